package procedure

import (
	"slices"
	"strings"
	"testing"

	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/procedures"
)

// TestTextIsTheWholeOrder holds the text of each file to the order's own .txt: the same words in the same order, outside
// the tables.
func TestTextIsTheWholeOrder(t *testing.T) {
	for _, id := range []string{komzan, minec} {
		raw, err := procedures.FS.ReadFile("orders/" + id + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for line := range strings.Lines(string(raw)) {
			line = strings.ReplaceAll(line, "**", "") // bold
			if !inTable(line) {
				want = append(want, strings.Fields(line)...)
			}
		}
		var got []string
		for _, c := range load(t, id).Clauses {
			for _, p := range c.Paragraphs {
				got = append(got, strings.Fields(p)...)
			}
		}
		for i := range min(len(got), len(want)) {
			if got[i] != want[i] {
				t.Fatalf("%s: word %d is %q, want %q, after %q", id, i, got[i], want[i], strings.Join(want[max(0, i-5):i], " "))
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s: %d words, want %d", id, len(got), len(want))
		}
	}
}

// inTable tells a line of a table: cells are parted by tabs; the titles and the two continued cells of the Ministry's
// profiles stand alone.
func inTable(line string) bool {
	line = strings.TrimRight(line, "\r\n")
	if strings.Contains(line, "\t") {
		return true
	}
	for _, start := range []string{"Физическое лицо,", "Основные признаки", "Особенности клиентского пути", "Необходимо подписание",
		"Возможен перерасчет", "Предпочтительные каналы"} {
		if strings.HasPrefix(line, start) {
			return true
		}
	}
	return false
}

func TestFactsOfTheOrders(t *testing.T) {
	k, m := load(t, komzan), load(t, minec)

	if got, want := len(k.Needs), 7; got != want {
		t.Errorf("the Committee has %d needs, want %d", got, want)
	}
	if got, want := len(m.Needs), 8; got != want {
		t.Errorf("the Ministry has %d needs, want %d", got, want)
	}
	named := map[string]bool{}
	for _, n := range slices.Concat(k.Needs, m.Needs) {
		if n.Clause != "2.5" {
			t.Errorf("need %q has clause %q", n.Code, n.Clause)
		}
		if n.Other != (n.Canonical == "other") {
			t.Errorf("need %q: other %v, canonical %q", n.Code, n.Other, n.Canonical)
		}
		if !n.Other {
			named[n.Canonical] = true
		}
	}
	if got, want := len(named), 8; got != want {
		t.Errorf("%d named needs together, want %d", got, want)
	}
	if got, want := len(Canonical()), 9; got != want {
		t.Errorf("%d canonical needs, want %d", got, want)
	}

	digital, items := 0, map[int]bool{}
	for _, d := range k.Declared {
		if d.Clause == "3.2" {
			digital++
			items[d.Item] = true
			if d.Class != register.Digital {
				t.Errorf("point %q of 3.2 is %q", d.Key, d.Class)
			}
		}
	}
	if digital != 7 || len(items) != 6 {
		t.Errorf("the Committee declares %d digital points in %d items, want 7 in 6", digital, len(items))
	}
	phones := map[string]bool{}
	for _, d := range m.Declared {
		if d.Kind == "phone" {
			phones[d.Department] = true
		}
	}
	if len(phones) != 3 || len(m.Declared) != 7 {
		t.Errorf("the Ministry declares %d points with telephones of %d departments, want 7 and 3", len(m.Declared), len(phones))
	}

	hotline, _ := k.DeclaredByKey("goryachaya-liniya")
	if class, clause := k.ClassOf(register.Touchpoint{Kind: "phone", Declared: hotline.Key}); class != register.Offline || clause != "3.3" {
		t.Errorf("the hotline is %q by %q, want offline by 3.3", class, clause)
	}
	if class, clause := k.ClassOf(register.Touchpoint{Kind: "phone"}); class != register.Digital || clause != "3.2" {
		t.Errorf("a telephone is %q by %q, want digital by 3.2", class, clause)
	}
	if len(k.KeyPoints) != 3 || len(m.KeyPoints) != 2 {
		t.Errorf("%d and %d key points, want 3 and 2", len(k.KeyPoints), len(m.KeyPoints))
	}
	if a := k.Processes.Act; a.Number != "" || a.Date != "" {
		t.Errorf("the Committee cites its process register with %q of %q; the order does not", a.Number, a.Date)
	}
	if a := m.Processes.Act; a.Number != "91" || a.Date != "2023-12-19" {
		t.Errorf("the Ministry cites order %q of %q", a.Number, a.Date)
	}
	if k.Act.Number != "9-р" || k.Act.Date != "2026-02-16" || k.Act.Registration.Number != "0066-26-2" || k.Act.Registration.Date != "2026-02-17" {
		t.Errorf("the Committee's act is %+v", k.Act)
	}
	if m.Act.Number != "46" || m.Act.Date != "2024-05-13" || m.Act.Registration.Number != "0113-24-1" || m.Act.Registration.Date != "2024-05-14" {
		t.Errorf("the Ministry's act is %+v", m.Act)
	}
	if len(k.Reception) != 3 || len(m.Topics) != 3 || len(k.Topics) != 0 {
		t.Errorf("%d statements of hours, topics %d and %d", len(k.Reception), len(m.Topics), len(k.Topics))
	}
	for _, a := range m.Appendices {
		if a.MentionedIn != "" {
			t.Errorf("appendix %q is mentioned in %q; nothing mentions it", a.Title, a.MentionedIn)
		}
	}
}

func TestReportForms(t *testing.T) {
	form, own := load(t, komzan).Form()
	if !own || form.Clause != "4.2" || !form.Approval {
		t.Errorf("the Committee's form: own %v, clause %q", own, form.Clause)
	}
	var headings, fields []string
	for _, c := range form.Columns {
		headings = append(headings, c.Heading)
		fields = append(fields, c.Field)
	}
	raw, err := procedures.FS.ReadFile("orders/" + komzan + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	if row := strings.Join(headings, "\t"); !strings.Contains(string(raw), row) {
		t.Errorf("headings %q are not the order's", row)
	}
	if got, want := strings.Join(fields, " "), "number process touchpoint usage feature"; got != want {
		t.Errorf("fields %q, want %q", got, want)
	}
	if !strings.Contains(string(raw), strings.Join(form.Title, "\n")) {
		t.Errorf("title %q is not the order's", form.Title)
	}

	form, own = load(t, minec).Form()
	want := "ПЕРЕЧЕНЬ ТОЧЕК ВЗАИМОДЕЙСТВИЯ МИНИСТЕРСТВА ЭКОНОМИЧЕСКОГО РАЗВИТИЯ РЕСПУБЛИКИ СЕВЕРНАЯ ОСЕТИЯ-АЛАНИЯ С ВНУТРЕННИМ КЛИЕНТОМ"
	if got := strings.Join(form.Title, " "); own || got != want || len(form.Columns) != 5 {
		t.Errorf("the Ministry's form: own %v, title %q, %d columns", own, got, len(form.Columns))
	}
	width := 0.0
	for _, c := range form.Columns {
		width += c.Width
	}
	if width < 150 || width > 185 {
		t.Errorf("the common form is %.1f mm wide", width)
	}
}

// TestClientWords counts what R8 will look at: «внешний» four times in the Committee's order, never in the Ministry's.
func TestClientWords(t *testing.T) {
	for id, want := range map[string]int{komzan: 4, minec: 0} {
		n := 0
		for _, c := range load(t, id).Clauses {
			for _, p := range c.Paragraphs {
				for _, s := range lang.Stems(p) {
					if s == lang.Stem("внешний") {
						n++
					}
				}
			}
		}
		if n != want {
			t.Errorf("%s: «внешний» %d times, want %d", id, n, want)
		}
	}
}

func TestCite(t *testing.T) {
	for number, want := range map[string]string{"3.2": "пункт 3.2", "3": "раздел 3", "преамбула": "преамбула",
		"приказ, пункт 1": "приказ, пункт 1", "": ""} {
		if got := Cite(number); got != want {
			t.Errorf("Cite(%q) = %q, want %q", number, got, want)
		}
	}
	if got, want := CiteItem("3.2", 2), "пункт 3.2, абзац 2"; got != want {
		t.Errorf("CiteItem = %q, want %q", got, want)
	}
}
