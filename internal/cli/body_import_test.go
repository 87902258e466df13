package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"perechen/internal/store"
	"perechen/internal/testkit/pgtest"
)

// TestABodyLeavesForAnotherInstallation: what was kept in a file goes on in PostgreSQL, or elsewhere, with every entry.
func TestABodyLeavesForAnotherInstallation(t *testing.T) {
	p := committee(t, true)
	file := filepath.Join(t.TempDir(), "zhurnal.jsonl")
	p.must("export", "-o", file)
	want := p.must("log") + p.must("list")
	for name, q := range map[string]*place{"SQLite": newPlace(t), "PostgreSQL": newPlace(t).on(pgtest.Database(t))} {
		q.must("init")
		out := q.must("body", "import", file, "--key", filepath.Join(p.data, store.PublicKeyFile))
		if !strings.Contains(out, "журнала не было") || !strings.Contains(out, "как в выгрузке") || strings.Contains(out, "из неё самой") {
			t.Errorf("%s: %s", name, out)
		}
		if got := q.must("log") + q.must("list"); got != want {
			t.Errorf("%s: the log is another:\n%s", name, got)
		}
		q.must("verify")
		if out := q.must("body", "import", file); !strings.Contains(out, "уже есть") {
			t.Errorf("%s: again: %s", name, out)
		}
		q.must("appoint", "--person", "Иванова Анна", "--role", "officer", "--act", "приказ № 1 от 16.02.2026")
		code, out, errs := q.run("body", "import", file)
		if code != exitRefused || out != "" || !strings.Contains(errs, "другом состоянии") {
			t.Errorf("%s: after a change: %d %s%s", name, code, out, errs)
		}
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, raw[:len(raw)-100], 0o600); err != nil {
		t.Fatal(err)
	}
	q := newPlace(t)
	q.must("init")
	if code, out, errs := q.run("body", "import", file); code != exitDamaged || out != "" || strings.Count(errs, "\n") != 1 {
		t.Errorf("a torn file: %d %s%s", code, out, errs)
	}
	if code, _, errs := q.run("body", "import", file+"x"); code != exitRefused || !strings.Contains(errs, "файла нет") {
		t.Errorf("no file: %d %s", code, errs)
	}
}
