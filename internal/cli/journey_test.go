package cli

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"perechen/internal/register"
)

// The files of a journey hold all of its words, as other programs read them: the map on A4 and A3 through poppler, the table
// through LibreOffice.
func TestJourneyFilesAreReadBackByLibreOffice(t *testing.T) {
	p := newPlace(t)
	_, stop := startDemo(t, p.data)
	if code := stop(); code != exitDone {
		t.Fatalf("the demonstration ends with %d", code)
	}
	for _, body := range []string{"komzan", "minec"} {
		if list := p.must("journey", "--body", body); !strings.Contains(list, "Увольнение с государственной службы  [uvolnenie]") || !strings.Contains(list, "Смена расчётного счёта без визита") {
			t.Errorf("journeys of %s: %s", body, list)
		}
	}
	var j register.Journey
	p.facts(&j, "journey", "uvolnenie", "--body", "minec")
	if j.Steps() < 8 || j.Profile == "" {
		t.Fatalf("the journey: %+v", j)
	}
	said := p.must("journey", "uvolnenie", "--body", "minec")
	dir := t.TempDir()
	files := map[string][]string{"a4.pdf": nil, "a3.pdf": {"--paper", "a3"}, "table.docx": nil, "map.svg": nil, "map.png": nil}
	for name, more := range files {
		p.must(append([]string{"journey", "uvolnenie", "--body", "minec", "-o", filepath.Join(dir, name)}, more...)...)
	}
	convert := exec.Command("soffice", "-env:UserInstallation=file://"+filepath.ToSlash(t.TempDir()), "--headless", "--convert-to", "pdf", "--outdir", dir, filepath.Join(dir, "table.docx"))
	if out, err := convert.CombinedOutput(); err != nil {
		t.Fatalf("LibreOffice (apt-get install libreoffice-writer): %v %s", err, out)
	}
	bare := func(s string) string {
		return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r <= ' ' || r == '\u00a0' || r == '-' }), "")
	}
	for _, name := range []string{"a4.pdf", "a3.pdf", "table.pdf"} {
		out, err := exec.Command("pdftotext", "-raw", filepath.Join(dir, name), "-").Output()
		if err != nil {
			t.Fatalf("pdftotext (apt-get install poppler-utils): %v", err)
		}
		text := bare(string(out))
		for _, s := range j.Stages {
			for _, x := range s.Steps {
				for _, w := range append([]string{x.Action, x.Pain, x.Points[0].Text}, x.Documents...) {
					if !strings.Contains(text, bare(w)) {
						t.Errorf("%s does not say «%s»", name, w)
					}
				}
				if !strings.Contains(said, x.Action) {
					t.Errorf("the terminal does not say «%s»", x.Action)
				}
			}
		}
	}
	if out, err := exec.Command("pdfinfo", filepath.Join(dir, "a3.pdf")).Output(); err != nil || !strings.Contains(string(out), "1190.55 x 841.89") {
		t.Errorf("the sheet A3: %v\n%s", err, out)
	}
	b, err := os.ReadFile(filepath.Join(dir, "map.png"))
	if err != nil {
		t.Fatal(err)
	}
	if img, err := png.Decode(bytes.NewReader(b)); err != nil || img.Bounds().Dx() < 1200 {
		t.Errorf("the picture: %v", err)
	}
	f, err := os.Open(filepath.Join(dir, "map.svg"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for d := xml.NewDecoder(f); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	for _, wrong := range [][]string{{"journey", "nothing", "-o", "x.pdf"}, {"journey", "-o", "x.pdf"}, {"journey", "uvolnenie", "-o", "x.exe"}, {"journey", "uvolnenie", "-o", "x.pdf", "--paper", "a5"}, {"journey", "nothing"}} {
		code, _, errs := p.run(append(wrong, "--body", "minec")...)
		if code == exitDone || strings.Count(strings.TrimSpace(errs), "\n") > 0 || errs == "" {
			t.Errorf("%v: %d %q", wrong, code, errs)
		}
		if _, err := os.Stat("x.pdf"); err == nil {
			t.Errorf("%v left a file", wrong)
		}
	}
}
