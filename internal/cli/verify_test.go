package cli

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// rewritten copies a zip with one of its parts changed.
func rewritten(t *testing.T, path, part string, change func([]byte) []byte) string {
	t.Helper()
	in, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == part {
			content = change(content)
		}
		out, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := out.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), filepath.Base(path))
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestWordsAddedToTheFooter: a report with a sentence written into its header or footer was still genuine.
func TestWordsAddedToTheFooter(t *testing.T) {
	p := committee(t, true)
	p.must("edition", "--number", "1", "--date", "2026-02-16", "--act", "№ 9-р от 16.02.2026")
	report := filepath.Join(t.TempDir(), "r.docx")
	p.must("report", "--edition", "1", "-o", report)
	same := rewritten(t, report, "word/footer.xml", func(b []byte) []byte { return b })
	p.must("verify", same)
	added := rewritten(t, report, "word/footer.xml", func(b []byte) []byte {
		return bytes.Replace(b, []byte("</w:ftr>"), []byte("<w:p><w:r><w:t>Приписка</w:t></w:r></w:p></w:ftr>"), 1)
	})
	if code, out, _ := p.run("verify", added); code != exitDamaged || !strings.Contains(out, "колонтитул") {
		t.Errorf("code %d: %s", code, out)
	}
}

// TestLaterCheckpointFromWhatPeopleHave: a cut tail could be shown only with the bare text of a checkpoint, which no
// command gives; people have documents and extracts.
func TestLaterCheckpointFromWhatPeopleHave(t *testing.T) {
	p := committee(t, true)
	old := newPlace(t)
	if err := os.CopyFS(old.data, os.DirFS(p.data)); err != nil {
		t.Fatal(err)
	}
	p.must("appoint", "--person", "Иванова И.И.", "--act", "приказ № 10-р от 17.02.2026")
	dir := t.TempDir()
	for _, file := range []string{"l.docx", "l.odt", "l.xlsx", "l.pdf", "z.jsonl"} {
		path := filepath.Join(dir, file)
		if command := "list"; file == "z.jsonl" {
			p.must("export", "-o", path)
		} else {
			p.must(command, "-o", path)
		}
		p.must("verify", "--later", path)
		if code, out, errs := old.run("verify", "--later", path); code != exitDamaged || !strings.Contains(out, "Конец журнала отрезан") {
			t.Errorf("%s shows nothing of a cut tail: code %d: %s%s", file, code, out, errs)
		}
	}
	if code, _, errs := old.run("verify", "--later", order(t, "komzan-otchet.xlsx")); code != exitRefused || !strings.Contains(errs, "отпечатка") {
		t.Errorf("a document without a checkpoint: code %d: %s", code, errs)
	}
}
