package intake

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/lang"
	"perechen/internal/office"
	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/testkit"
	"perechen/procedures"
)

const komzan, minec = "komzan-alania-9r-2026", "minec-alania-46-2024"

func load(t testing.TB, id string) *procedure.Procedure {
	t.Helper()
	p, err := procedure.Load(procedures.FS, id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// orderFile reads one of the orders' own files.
func orderFile(t testing.TB, name string) *office.Doc {
	t.Helper()
	b, err := procedures.FS.ReadFile("orders/" + name)
	if err != nil {
		t.Fatal(err)
	}
	d, err := office.Read(context.Background(), name, bytes.NewReader(b), int64(len(b)), office.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func parseFile(t testing.TB, name string) (*Draft, *procedure.Procedure) {
	t.Helper()
	p := load(t, komzan)
	if strings.HasPrefix(name, "minec") {
		p = load(t, minec)
	}
	d, err := Parse(orderFile(t, name), name, p)
	if err != nil {
		t.Fatal(err)
	}
	return d, p
}

// shape is a draft as it must come from every form of the same document: without keys of files and places.
type shape struct {
	Processes, Points, Usages []string
}

func shapeOf(r []register.Process, ts []register.Touchpoint, us []register.Usage) shape {
	var s shape
	title, text := map[string]string{}, map[string]string{}
	for _, p := range r {
		title[p.Key] = p.Title
		s.Processes = append(s.Processes, p.Title)
	}
	for _, t := range ts {
		text[t.Key] = t.Text()
		s.Points = append(s.Points, fmt.Sprintf("%s | %s | %s | %s | %s", t.Kind, t.Label, t.Value, t.Contact, t.Declared))
	}
	for _, u := range us {
		var codes []string
		for _, n := range u.Needs {
			codes = append(codes, n.Code)
		}
		s.Usages = append(s.Usages, fmt.Sprintf("%s | %s | %s | %s | %s | %s | %v", title[u.Process], text[u.Touchpoint], u.Text, u.Feature, u.Printed, u.Client, codes))
	}
	return s
}

func TestEachFormOfTheCommitteesReportGivesTheSame(t *testing.T) {
	hand := testkit.Committee()
	want := shapeOf(hand.Register.Processes, hand.Register.Touchpoints, hand.Register.Usages)
	for _, name := range []string{"komzan-alania-9r-2026.docx", "komzan-alania-9r-2026.odt", "komzan-alania-9r-2026.txt", "komzan-otchet.xlsx"} {
		d, _ := parseFile(t, name)
		if len(d.Processes) != 3 || len(d.Touchpoints) != 6 || len(d.Usages) != 10 || !d.HasTable {
			t.Errorf("%s: %d processes, %d points, %d usages, table %v", name, len(d.Processes), len(d.Touchpoints), len(d.Usages), d.HasTable)
		}
		if diff := cmp.Diff(want, shapeOf(d.Processes, d.Touchpoints, d.Usages)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		for _, u := range d.Usages {
			var texts []string
			for _, n := range u.Needs {
				texts = append(texts, n.Text)
			}
			if got := strings.Join(texts, ", "); got != u.Text {
				t.Errorf("%s: needs %q of %q", name, got, u.Text)
			}
		}
		if len(d.Skipped) > 0 {
			t.Errorf("%s: left out: %v", name, d.Skipped)
		}
		var rules []string
		for _, f := range d.Findings {
			rules = append(rules, f.Rule)
		}
		wantRules := "R4"
		if strings.HasSuffix(name, ".txt") {
			wantRules = "R19 R4" // its page break
		}
		if got := strings.Join(rules, " "); got != wantRules {
			t.Errorf("%s: findings %q, want %q: %+v", name, got, wantRules, d.Findings)
		}
	}
}

func TestTheActIsReadFromTheHead(t *testing.T) {
	for _, id := range []string{komzan, minec} {
		want := load(t, id).Act
		for _, ext := range []string{".docx", ".odt", ".txt"} {
			d, _ := parseFile(t, id+ext)
			if d.Act == nil {
				t.Errorf("%s%s: no act", id, ext)
				continue
			}
			got := *d.Act
			if lang.Fold(got.Issuer) != lang.Fold(want.Issuer) {
				t.Errorf("%s%s: issuer %q, want %q", id, ext, got.Issuer, want.Issuer)
			}
			got.Issuer = want.Issuer
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s%s (-want +got):\n%s", id, ext, diff)
			}
		}
	}
	d, _ := parseFile(t, "komzan-otchet.xlsx")
	if d.Act != nil {
		t.Errorf("a bare table has act %+v", d.Act)
	}
}

func TestAnOrderOfAnotherBodyIsTold(t *testing.T) {
	d, err := Parse(orderFile(t, minec+".docx"), "minec.docx", load(t, komzan))
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Findings) == 0 || d.Findings[0].Rule != "R14" || !strings.Contains(d.Findings[0].Text, "№ 46") || !strings.Contains(d.Findings[0].Text, "№ 9-р") {
		t.Errorf("findings %+v", d.Findings)
	}
	if len(d.Declared) != 7 || d.Declared[2].Contact != "+78672543054" || d.Declared[2].Declared != "" || !strings.HasPrefix(d.Declared[3].Label, "Отдел технического") {
		t.Errorf("declared points of a foreign order: %+v", d.Declared)
	}
}

func TestDeclaredPointsOfBothOrders(t *testing.T) {
	for _, id := range []string{komzan, minec} {
		p := load(t, id)
		var want []string
		for _, dp := range p.Declared {
			want = append(want, fmt.Sprintf("%s %s %s|%s|%s|%s|%s", procedure.CiteItem(dp.Clause, dp.Item), dp.Key, dp.Kind, dp.Label, dp.Value, dp.Department, dp.Place))
		}
		for _, ext := range []string{".docx", ".odt", ".txt"} {
			d, _ := parseFile(t, id+ext)
			var got []string
			for _, x := range d.Declared {
				got = append(got, fmt.Sprintf("%s %s %s|%s|%s|%s|%s", x.Source.Cell, x.Declared, x.Kind, x.Label, x.Value, x.Department, x.Place))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s%s (-want +got):\n%s", id, ext, diff)
			}
		}
	}
}

func TestImportingTheSameAgainChangesNothing(t *testing.T) {
	for _, id := range []string{komzan, minec} {
		forms := []string{id + ".docx", id + ".odt", id + ".txt"}
		if id == komzan {
			forms = append(forms, "komzan-otchet.xlsx")
		}
		for _, first := range forms {
			d, p := parseFile(t, first)
			cur := d.Against(nil, p, Options{Declared: true}).Target
			for _, again := range forms {
				d, _ := parseFile(t, again)
				for _, opt := range []Options{{}, {Declared: true}, {Partial: true}} {
					if opt.Declared && strings.HasSuffix(first, ".xlsx") {
						continue // the bare table declares nothing yet
					}
					if pl := d.Against(cur, p, opt); len(pl.Changes) > 0 {
						t.Errorf("%s after %s, %+v: %d changes: %v", again, first, opt, len(pl.Changes), append(append(pl.Included, pl.Changed...), pl.Excluded...))
					}
				}
			}
		}
	}
}

func TestSegmentationOfTheMinistry(t *testing.T) {
	hand := testkit.Ministry()
	for _, ext := range []string{".docx", ".odt", ".txt"} {
		d, _ := parseFile(t, minec+ext)
		if d.HasTable || len(d.Attributes) != 17 || len(d.Profiles) != 2 {
			t.Errorf("%s: table %v, %d attributes, %d profiles", ext, d.HasTable, len(d.Attributes), len(d.Profiles))
		}
		line := func(a register.Attribute) string {
			if a.Free { // what stands there explains the attribute, it is no value
				a.Values = nil
			}
			return fmt.Sprintf("%s | %s | %v | %s", a.Type, a.Title, a.Free, strings.Join(a.Values, "; "))
		}
		var got, want []string
		for _, a := range d.Attributes {
			got = append(got, line(a))
		}
		for _, a := range hand.Register.Attributes {
			want = append(want, line(a))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s attributes (-hand +got):\n%s", ext, diff)
		}
		for i, p := range d.Profiles {
			p.Key, p.Source = "", nil
			w := hand.Register.Profiles[i]
			w.Key, w.Source = "", nil
			if diff := cmp.Diff(w, p); diff != "" {
				t.Errorf("%s profile (-hand +got):\n%s", ext, diff)
			}
		}
		if len(d.Findings) > 0 { // what is wrong with the dictionary is found in the register
			t.Errorf("%s: %s", ext, told(d.Findings))
		}
	}
}
