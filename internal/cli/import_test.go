package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var committeeForms = []string{"komzan-alania-9r-2026.docx", "komzan-alania-9r-2026.odt", "komzan-otchet.xlsx", "komzan-alania-9r-2026.txt"}

func TestEveryFormOfTheReportGivesTheSameRegister(t *testing.T) {
	p := committee(t, false)
	var first imports
	for i, form := range committeeForms {
		var got imports
		if code := p.facts(&got, "import", order(t, form)); code != exitDone {
			t.Fatalf("%s: exit code %d", form, code)
		}
		if len(got.Processes) != 3 || len(got.Points) != 6 || len(got.Usages) != 10 {
			t.Errorf("%s: got %d processes, %d points, %d usages; want 3, 6, 10", form, len(got.Processes), len(got.Points), len(got.Usages))
		}
		if i == 0 {
			first = got
			continue
		}
		if d := cmp.Diff(first.Usages, got.Usages); d != "" {
			t.Errorf("%s: usages differ from those of %s (-first +this):\n%s", form, committeeForms[0], d)
		}
		if d := cmp.Diff(first.Points, got.Points); d != "" {
			t.Errorf("%s: points differ from those of %s (-first +this):\n%s", form, committeeForms[0], d)
		}
	}
}

func TestDryRunChangesNothingAndSecondImportNeither(t *testing.T) {
	p := committee(t, false)
	before := p.must("log")
	p.must("import", order(t, "komzan-alania-9r-2026.docx"))
	if after := p.must("log"); after != before {
		t.Errorf("a dry run changed the log:\n%s", after)
	}
	p.must("import", order(t, "komzan-alania-9r-2026.docx"), "--accept", "--ground", "4.1")
	accepted := p.must("log")
	if accepted == before {
		t.Fatal("an accepted import left the log as it was")
	}
	for _, form := range committeeForms {
		var got imports
		p.facts(&got, "import", order(t, form), "--accept", "--ground", "4.1")
		if got.Changes.Included+got.Changes.Changed+got.Changes.Excluded+got.Changes.Moved != 0 {
			t.Errorf("%s after the first import: changes %+v, want none", form, got.Changes)
		}
	}
	if again := p.must("log"); again != accepted {
		t.Errorf("importing the same again changed the log:\n%s", again)
	}
}

func TestMinistryOrderBringsItsDeclaredPoints(t *testing.T) {
	p := newPlace(t)
	p.must("init")
	p.must("body", "add", "--procedure", "minec-alania-46-2024")
	for _, form := range []string{"minec-alania-46-2024.docx", "minec-alania-46-2024.odt", "minec-alania-46-2024.txt"} {
		var got imports
		p.facts(&got, "import", order(t, form))
		kinds := map[string]int{}
		for _, d := range got.Declared {
			kinds[d.Kind]++
		}
		want := map[string]int{"site": 1, "email": 1, "phone": 3, "edms": 1, "office": 1}
		if d := cmp.Diff(want, kinds); d != "" {
			t.Errorf("%s: declared points by kind (-want +got):\n%s", form, d)
		}
	}
}

func TestAcceptNeedsAGround(t *testing.T) {
	p := committee(t, false)
	code, _, errs := p.run("import", order(t, "komzan-otchet.xlsx"), "--accept")
	if code != exitUsage || !strings.Contains(errs, "--ground") {
		t.Errorf("exit code %d, %q; want %d and a sentence about --ground", code, errs, exitUsage)
	}
	// A clause that the order does not have would stand in the log for ever.
	before := p.must("log")
	if code, _, errs := p.run("import", order(t, "komzan-otchet.xlsx"), "--accept", "--ground", "9.9"); code != exitRefused || !strings.Contains(errs, "пункта «9.9» в Порядке нет") || p.must("log") != before {
		t.Errorf("a clause that is not there: code %d: %s", code, errs)
	}
	p.must("import", order(t, "komzan-otchet.xlsx"), "--accept", "--ground", "п. 4.1")
}

func TestBrokenFilesAreRefusedWithASentence(t *testing.T) {
	p := committee(t, true)
	before := p.must("log")
	docx, err := os.ReadFile(order(t, "komzan-alania-9r-2026.docx"))
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{
		"empty.docx":   {},
		"old.docx":     append([]byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}, make([]byte, 4096)...),
		"cut.docx":     docx[:len(docx)/2],
		"no-table.txt": []byte("Фамилия\tИмя\nИванов\tИван\n"),
	} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
		code, _, errs := p.run("import", path, "--accept", "--ground", "4.1")
		if code != exitRefused || !strings.Contains(errs, name) || strings.Count(errs, "\n") != 1 {
			t.Errorf("%s: exit code %d, said %q; want %d and one sentence naming the file", name, code, errs, exitRefused)
		}
	}
	if after := p.must("log"); after != before {
		t.Error("a refused file changed the log")
	}
}

// A telephone that is changed in every row is one changed point, and keeps its key and history.
func TestChangedTelephoneIsOneChangedPoint(t *testing.T) {
	p := committee(t, true)
	b, err := os.ReadFile(order(t, "komzan-alania-9r-2026.txt"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "otchet.txt")
	i := strings.Index(string(b), "№ п/п")
	if err := os.WriteFile(path, []byte(strings.ReplaceAll(string(b[i:]), "64-90-22", "64-90-29")), 0o644); err != nil {
		t.Fatal(err)
	}
	var got imports
	p.facts(&got, "import", path, "--accept", "--ground", "4.1")
	if got.Changes.Included != 0 || got.Changes.Changed != 1 || got.Changes.Excluded != 0 {
		t.Errorf("changes %+v, want one changed point", got.Changes)
	}
	phone := ""
	for _, x := range got.Points {
		if x.Kind == "phone" {
			phone = x.Key
		}
	}
	if out := p.must("history", phone); !strings.Contains(out, "64-90-22") || !strings.Contains(out, "64-90-29") {
		t.Errorf("history of %s does not show both numbers:\n%s", phone, out)
	}
	for _, u := range got.Usages {
		if u.Point != phone && strings.HasPrefix(u.Point, "tel-") {
			t.Errorf("a usage names the point %s, the register calls it %s", u.Point, phone)
		}
	}
}
