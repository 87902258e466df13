package cli

import (
	"bytes"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"perechen/internal/ledger"
	"perechen/internal/register"
	"perechen/internal/store"
)

// What an edition was issued with is handed out for ever, byte for byte, and verify notices another file in its place.
func TestReportOfAnEditionStaysAsItWasIssued(t *testing.T) {
	p := committee(t, true)
	var e register.Edition
	if code := p.facts(&e, "edition", "--number", "1", "--date", "2026-02-16", "--act", "№ 9-р от 16.02.2026"); code != exitDone {
		t.Fatalf("exit code %d", code)
	}
	if len(e.Documents) != len(formats) {
		t.Fatalf("the edition's entry lists %+v", e.Documents)
	}
	read := func(format string) []byte {
		file := filepath.Join(t.TempDir(), "r."+format)
		p.must("report", "--edition", "1", "-o", file)
		p.must("verify", file)
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for _, d := range e.Documents {
		b := read(d.Format)
		if sum := ledger.FileSum(b); sum != d.SHA256 || int64(len(b)) != d.Size || d.Name != "otchet-1."+d.Format {
			t.Errorf("%+v: got %d bytes of hash %s", d, len(b), sum)
		}
	}
	p.must("rebuild")
	p.must("verify")
	if out := p.must("export", "-o", filepath.Join(t.TempDir(), "x.jsonl")); !strings.Contains(out, "Файлы редакций в выгрузку не входят") {
		t.Errorf("the export does not say what it leaves out: %s", out)
	}

	db, err := sql.Open("sqlite", "file:"+filepath.Join(p.data, store.DatabaseFile))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, q := range []string{"DROP TRIGGER file_update", "UPDATE file SET content = content || x'20' WHERE sha256 = '" + e.Documents[1].SHA256 + "'"} {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	if code, out, _ := p.run("verify"); code != exitDamaged || !strings.Contains(out, "«otchet-1."+e.Documents[1].Format+"»") {
		t.Errorf("a changed file: exit code %d: %s", code, out)
	}
	file := filepath.Join(t.TempDir(), "r."+e.Documents[1].Format)
	if code, _, errs := p.run("report", "--edition", "1", "-o", file); code != exitDamaged || !strings.Contains(errs, "изменён") {
		t.Errorf("a changed file is handed out: exit code %d: %s", code, errs)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("a file was written all the same")
	}
	if !bytes.Equal(read(e.Documents[0].Format), read(e.Documents[0].Format)) {
		t.Error("the other file changes")
	}
}

// An erasure takes the files in which the erased words are printed; the report is then made anew, without them.
func TestErasureTakesTheFilesToo(t *testing.T) {
	p := committee(t, true)
	var e register.Edition
	p.facts(&e, "edition", "--number", "1", "--date", "2026-02-16", "--act", "№ 9-р от 16.02.2026")
	_, out, _ := p.run("log")
	n := ""
	for _, line := range strings.Split(out, "\n") {
		if strings.Contains(line, "взаимодействие") && n == "" {
			n = strings.Fields(line)[0]
		}
	}
	if code, _, errs := p.run("erase", n, "--act", "152-ФЗ, статья 21"); code != exitDone {
		t.Fatalf("erase %q: %s", n, errs)
	}
	p.must("verify")
	file := filepath.Join(t.TempDir(), "r.pdf")
	p.must("report", "--edition", "1", "-o", file)
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if ledger.FileSum(b) == e.Documents[3].SHA256 {
		t.Error("the report still has the erased words")
	}
}
