package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"perechen/internal/store"
)

// The officer's day: take the order in, look at the findings, settle one, approve an edition, print and check the report.
func TestFromOrderToReport(t *testing.T) {
	p := committee(t, true)

	var checked struct{ Findings, Rejected []finding }
	if code := p.facts(&checked, "check"); code != exitRefused {
		t.Errorf("check with violations: exit code %d, want %d", code, exitRefused)
	}
	rules := map[string]int{}
	var unused string
	for _, f := range checked.Findings {
		rules[f.Rule]++
		if f.Rule == "R1" {
			unused = f.ID
		}
	}
	for rule, least := range map[string]int{"R1": 4, "R2": 3, "R3": 1, "R5": 2, "R6": 1, "R7": 1, "R8": 1, "R9": 1, "R14": 1, "R16": 1} {
		if rules[rule] < least {
			t.Errorf("rule %s: %d findings, want at least %d", rule, rules[rule], least)
		}
	}

	p.must("finding", "reject", unused, "--reason", "служит только для публикации")
	open := len(checked.Findings)
	p.facts(&checked, "check")
	if len(checked.Findings) != open-1 || len(checked.Rejected) != 1 || checked.Rejected[0].ID != unused {
		t.Errorf("after a rejection: %d open and %d rejected, want %d and 1", len(checked.Findings), len(checked.Rejected), open-1)
	}

	p.must("edition", "--number", "1", "--date", "2026-02-16", "--act", "№ 9-р от 16.02.2026")
	p.facts(&checked, "check")
	for _, f := range checked.Findings {
		if f.Rule == "R16" {
			t.Errorf("an approved edition leaves the finding %s", f.Text)
		}
	}

	dir := t.TempDir()
	for _, format := range formats {
		file := filepath.Join(dir, "otchet."+format)
		p.must("report", "--edition", "1", "-o", file)
		if out := p.must("verify", file); !strings.Contains(out, "подлинный") {
			t.Errorf("verify %s: %s", format, out)
		}
		if format == "pdf" {
			continue
		}
		var got imports
		p.facts(&got, "import", file)
		if got.Changes.Included+got.Changes.Changed+got.Changes.Excluded+got.Changes.Moved != 0 || len(got.Usages) != 10 {
			t.Errorf("the report as %s, read back: %d usages, changes %+v; want 10 and none", format, len(got.Usages), got.Changes)
		}
	}
	if out := p.must("diff", "1", "now"); !strings.Contains(out, "Изменений нет") {
		t.Errorf("diff of an edition with itself: %s", out)
	}
	p.must("verify")
}

func TestVerifyFindsAnAlteredDocument(t *testing.T) {
	p := committee(t, true)
	dir := t.TempDir()
	pdf := filepath.Join(dir, "otchet.pdf")
	p.must("report", "-o", pdf)
	b, err := os.ReadFile(pdf)
	if err != nil {
		t.Fatal(err)
	}
	i := bytes.LastIndex(b, []byte("/MediaBox"))
	b[i+len("/MediaBox [0 0 ")] ^= 1
	if err := os.WriteFile(pdf, b, 0o644); err != nil {
		t.Fatal(err)
	}
	if code, out, _ := p.run("verify", pdf); code != exitDamaged {
		t.Errorf("an altered report: exit code %d, want %d: %s", code, exitDamaged, out)
	}
}

func TestExtractIsCheckedWithoutTheInstallation(t *testing.T) {
	p := committee(t, true)
	file := filepath.Join(t.TempDir(), "zhurnal.jsonl")
	p.must("export", "-o", file)
	key := filepath.Join(p.data, store.PublicKeyFile)

	elsewhere := newPlace(t)
	if code, _, errs := elsewhere.run("verify", file, "--key", key); code != exitDone {
		t.Fatalf("a good extract: exit code %d: %s", code, errs)
	}
	if code, _, _ := elsewhere.run("verify", file); code != exitDamaged {
		t.Error("an extract was taken as proved without a key")
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(b, []byte("\n"))
	for name, altered := range map[string][]byte{
		"a changed byte":     bytes.Replace(b, []byte("64-90-22"), []byte("64-90-23"), 1),
		"a removed entry":    bytes.Join(append(append([][]byte{}, lines[:5]...), lines[6:]...), nil),
		"two entries turned": bytes.Join(append(append(append([][]byte{}, lines[:5]...), lines[6], lines[5]), lines[7:]...), nil),
	} {
		if err := os.WriteFile(file, altered, 0o644); err != nil {
			t.Fatal(err)
		}
		if code, out, _ := elsewhere.run("verify", file, "--key", key); code != exitDamaged {
			t.Errorf("%s: exit code %d, want %d: %s", name, code, exitDamaged, out)
		}
	}
}

func TestWrongUsageIsSaidInRussian(t *testing.T) {
	p := committee(t, false)
	for _, args := range [][]string{
		{"nosuch"}, {"import"}, {"report"}, {"edition", "--number", "x"}, {"list", "--nosuch"}, {"check", "--on", "16.02.2026"}, {"diff", "1"},
	} {
		code, _, errs := p.run(args...)
		if code != exitUsage {
			t.Errorf("perechen %v: exit code %d, want %d", args, code, exitUsage)
		}
		if !strings.ContainsAny(errs, "абвгдежзиклмнопрстуфхцчшщыьэюя") || strings.Count(errs, "\n") != 1 {
			t.Errorf("perechen %v said %q, want one Russian sentence", args, errs)
		}
	}
}

// A rule that begins on a day is silent before it, whenever the register was written down.
func TestCheckOnADayUsesTheRulesOfThatDay(t *testing.T) {
	p := committee(t, true)
	restricted := func(day string) (n int) {
		var checked struct{ Findings []finding }
		p.facts(&checked, "check", "--on", day)
		for _, f := range checked.Findings {
			if f.Rule == "R18" {
				n++
			}
		}
		return n
	}
	if before, after := restricted("2025-05-31"), restricted("2026-02-16"); before != 0 || after != 1 {
		t.Errorf("restricted channels: %d on 31.05.2025 and %d on 16.02.2026, want 0 and 1", before, after)
	}
}
