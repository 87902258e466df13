package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"perechen/internal/register"
	"perechen/procedures"
)

// newVersion writes another version of the Committee's order: pairs of old and new words of its file.
func newVersion(t *testing.T, pairs ...string) string {
	t.Helper()
	b, err := procedures.FS.ReadFile("komzan-alania-9r-2026.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text := string(b)
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(text, pairs[i]) {
			t.Fatalf("the order does not say %q", pairs[i])
		}
		text = strings.ReplaceAll(text, pairs[i], pairs[i+1])
	}
	path := filepath.Join(t.TempDir(), "poryadok-2027.yaml")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// orderText cuts the words of the order out of the file, so that a test may change what quotes them.
func orderText(t *testing.T, path string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text, _, ok := strings.Cut(string(b), "\ntext:")
	if !ok {
		t.Fatal("the order has no text")
	}
	if err := os.WriteFile(path, []byte(text+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestANewVersionOfTheOrderIsLookedAtAndTaken(t *testing.T) {
	p := committee(t, true)
	log := p.must("log")
	same := newVersion(t)
	if out := p.must("procedure", "preview", same); !strings.Contains(out, "совпадают") {
		t.Errorf("the same order:\n%s", out)
	}
	if code, _, errs := p.run("procedure", "apply", same, "--ground", "x", "--act", "приказ № 3 от 11.01.2027"); code != exitRefused || !strings.Contains(errs, "уже в силе") {
		t.Errorf("the same order taken: %d %s", code, errs)
	}
	file := newVersion(t, "code: consultation\n", "code: advice\n")
	orderText(t, file)
	var got procedureFacts
	p.facts(&got, "procedure", "preview", file)
	if p.must("log") != log {
		t.Error("a preview changed the log")
	}
	if len(got.Usages) == 0 || len(got.Tasks) == 0 || len(got.Needs) != 2 || len(got.Doubts) == 0 {
		t.Errorf("%d usages lose a need, %d tasks, %d needs, doubts %q", len(got.Usages), len(got.Tasks), len(got.Needs), got.Doubts)
	}
	for _, u := range got.Usages {
		if !slices.ContainsFunc(u.Lost, func(n register.NeedRef) bool { return n.Code == "consultation" }) {
			t.Errorf("%+v", u)
		}
	}
	if !slices.ContainsFunc(got.Appear, func(f register.Finding) bool { return f.Rule == "R4" }) {
		t.Errorf("no finding of a need that the order does not have: %d appear", len(got.Appear))
	}
	wanted := len(got.Tasks)
	for _, args := range [][]string{{}, {"--ground", "изменение порядка"}, {"--ground", "изменение порядка", "--act", "когда-то"}} {
		if code, _, _ := p.run(append([]string{"procedure", "apply", file}, args...)...); code != exitUsage {
			t.Errorf("%v: exit code %d", args, code)
		}
	}
	if p.must("log") != log {
		t.Error("a refused act changed the log")
	}
	p.facts(&got, "procedure", "apply", file, "--ground", "изменение порядка", "--act", "приказ № 3 от 11.01.2027")
	if len(got.Tasks) != wanted || got.Tasks[0].Due == "" || got.Tasks[0].Clause == "" {
		t.Errorf("promised %d tasks, opened %+v", wanted, got.Tasks)
	}
	if out := p.must("log"); !strings.Contains(out, "приказ №\u00a03 от\u00a011.01.2027") {
		t.Errorf("the log does not name the act:\n%s", out)
	}
	p.must("verify")
	if out := p.must("procedure", "preview", file); !strings.Contains(out, "совпадают") {
		t.Errorf("taken, it is not the order in force:\n%s", out)
	}
	// And back: another act, the needs are there again.
	got = procedureFacts{}
	p.facts(&got, "procedure", "apply", "komzan-alania-9r-2026", "--ground", "2.3", "--act", "приказ № 4 от 12.01.2027")
	if len(got.Usages) != 0 || !slices.ContainsFunc(got.Vanish, func(f register.Finding) bool { return f.Rule == "R4" }) {
		t.Errorf("back: %+v", got.Usages)
	}
}

func TestAnOrderOfAnotherIdTakesThePlaceOfTheEarlierOne(t *testing.T) {
	p := committee(t, true)
	file := newVersion(t, "id: komzan-alania-9r-2026", "id: komzan-alania-3-2027")
	p.must("procedure", "apply", file, "--ground", "изменение порядка", "--act", "приказ № 3 от 11.01.2027")
	if out := p.must("body", "list"); !strings.Contains(out, "komzan-alania-3-2027") {
		t.Errorf("%s", out)
	}
	p.run("check")
	p.must("procedure", "apply", "komzan-alania-9r-2026", "--ground", "отмена изменений", "--act", "приказ № 4 от 12.01.2027")
	p.must("verify")
}

func TestAPointChangesItsClassWithTheOrder(t *testing.T) {
	p := committee(t, true)
	var got procedureFacts
	file := newVersion(t, "kind: phone\n    class: digital", "kind: phone\n    class: offline")
	p.facts(&got, "procedure", "preview", file)
	if len(got.Points) == 0 || got.Points[0].Before != "digital" || got.Points[0].After != "offline" || len(got.Tasks) == 0 || !strings.Contains(got.Tasks[0].Reason, "стала офлайн-точкой") {
		t.Errorf("%+v %+v", got.Points, got.Tasks)
	}
}

func TestAFaultyOrderIsToldLineByLineAndTakesNothing(t *testing.T) {
	p := committee(t, true)
	log := p.must("log")
	path := filepath.Join(t.TempDir(), "bad.yaml")
	if err := os.WriteFile(path, []byte("id: x\nneeds: &a [*a, *a]\ntitle: 5\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, cmd := range []string{"preview", "apply"} {
		args := []string{"procedure", cmd, path}
		if cmd == "apply" {
			args = append(args, "--ground", "x", "--act", "№ 3 от 11.01.2027")
		}
		code, _, errs := p.run(args...)
		if code != exitRefused || !strings.Contains(errs, "bad.yaml, строка 2") {
			t.Errorf("%s: %d %s", cmd, code, errs)
		}
	}
	if p.must("log") != log {
		t.Error("a faulty order changed the log")
	}
}
