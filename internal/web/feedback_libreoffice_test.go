package web

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestResultsOpenInLibreOffice: the documents of a quarter, of a year and of a survey say in another program what the pages say:
// the figures, the tables, the map of pains, and no words of clients but those of the survey.
func TestResultsOpenInLibreOffice(t *testing.T) {
	w := voices(t)
	w.as(t, "officer")
	dir := t.TempDir()
	want := map[string][]string{}
	for name, address := range map[string]string{"quarter": "/komzan/feedback/results/2026-2", "year": "/komzan/feedback/results/2026"} {
		page := w.page(t, strings.Replace(address, "results/", "results?period=", 1))
		want[name] = append(page.Texts(".facts .figure b"), "Карта болей: процесс по шагам", "Повторные", "Составлено")
		for _, row := range page.All("table.results tbody tr") {
			cell := row.One(t, "th")
			want[name] = append(want[name], cell.Text())
		}
		for _, format := range []string{"docx", "xlsx"} {
			save(t, w, address+"."+format, filepath.Join(dir, name+"."+format))
		}
	}
	want["survey"] = []string{"Как работают внутренние сервисы", "предложение 7", "от 89 %"}
	save(t, w, "/komzan/surveys/oprosodin/results.docx", filepath.Join(dir, "survey.docx"))
	files, _ := filepath.Glob(filepath.Join(dir, "*.?*x"))
	convert := exec.Command("soffice", append([]string{"-env:UserInstallation=file://" + filepath.ToSlash(t.TempDir()), "--headless", "--convert-to", "pdf:writer_pdf_Export", "--outdir", filepath.Join(dir, "docx")}, having(files, ".docx")...)...)
	sheets := exec.Command("soffice", append([]string{"-env:UserInstallation=file://" + filepath.ToSlash(t.TempDir()), "--headless", "--convert-to", "pdf:calc_pdf_Export", "--outdir", filepath.Join(dir, "xlsx")}, having(files, ".xlsx")...)...)
	for _, c := range []*exec.Cmd{convert, sheets} {
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("LibreOffice (apt-get install libreoffice-writer libreoffice-calc): %v %s", err, out)
		}
	}
	for _, file := range files {
		format := strings.TrimPrefix(filepath.Ext(file), ".")
		name := strings.TrimSuffix(filepath.Base(file), "."+format)
		pdf := filepath.Join(dir, format, name+".pdf")
		out, err := exec.Command("pdftotext", "-raw", pdf, "-").Output()
		if err != nil {
			t.Fatalf("pdftotext (apt-get install poppler-utils): %v", err)
		}
		text := unspaced(string(out))
		for _, words := range want[name] {
			if !strings.Contains(text, unspaced(words)) {
				t.Errorf("%s.%s does not say %q in LibreOffice", name, format, words)
			}
		}
		if name != "survey" && strings.Contains(text, "дозвониться") {
			t.Errorf("%s.%s holds words of clients", name, format)
		}
		if shots := os.Getenv("PERECHEN_SHOTS"); shots != "" { // a folder to look at the documents in
			if out, err := exec.Command("pdftoppm", "-r", "50", "-png", pdf, filepath.Join(shots, "doc-"+name+"-"+format)).CombinedOutput(); err != nil {
				t.Fatalf("pdftoppm: %v %s", err, out)
			}
		}
	}
}

func save(t *testing.T, w *world, address, file string) {
	t.Helper()
	res, body := w.get(t, address)
	wantStatus(t, address, res, http.StatusOK)
	if err := os.WriteFile(file, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
}

func having(files []string, ext string) (some []string) {
	for _, f := range files {
		if strings.HasSuffix(f, ext) {
			some = append(some, f)
		}
	}
	return some
}

// unspaced is a text without its spaces, which another program breaks as it likes.
func unspaced(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "\u00a0", " ")), "")
}
