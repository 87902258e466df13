package picture

import (
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"perechen/internal/drawing"
	"perechen/internal/journey"
	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/testkit"
	"perechen/internal/upkeep"
)

// A picture that was saved as SVG is put into documents: LibreOffice shows each of them with its words and its colours.
func TestPicturesOpenInLibreOffice(t *testing.T) {
	s := testkit.Journeys(1, 8)
	v := view(s)
	v.Watch.Points = []upkeep.Freshness{{Point: s.Register.Touchpoints[0].Key, State: upkeep.FreshNew}}
	v.Register.Editions = []register.Edition{{Number: 1, Date: s.On}}
	about := "Комитет. По состоянию на " + lang.Date(string(s.On))
	j := s.Register.Journeys[0]
	want := map[string]string{"journey": j.Stages[0].Steps[0].Action}
	draw := map[string]*drawing.Drawing{"journey": journey.Whole(journey.NewLooker(s.Register, s.Procedure, s.On, func(register.Kind, string) register.Date { return "" }).Look(j), journey.Options{})}
	for name, p := range map[string]*Picture{"coverage": v.Coverage(), "channels": v.Channels(), "freshness": v.Freshness(), "timeline": v.Timeline()} {
		want[name], draw[name] = p.Line, p.Whole(0, p.Total, about)
	}
	dir := t.TempDir()
	for name, d := range draw {
		f, err := os.Create(filepath.Join(dir, name+".svg"))
		if err != nil {
			t.Fatal(err)
		}
		if err := d.WriteSVG(f); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		doc := fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p><draw:frame text:anchor-type="paragraph" svg:width="17cm" svg:height="%.1fcm"><draw:image xlink:href="%s.svg" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p></office:text></office:body></office:document>`,
			min(24, 17*d.Height/d.Width), name)
		if err := os.WriteFile(filepath.Join(dir, name+".fodt"), []byte(doc), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	args := []string{"-env:UserInstallation=file://" + filepath.ToSlash(t.TempDir()), "--headless", "--convert-to", "pdf", "--outdir", dir}
	for name := range draw {
		args = append(args, filepath.Join(dir, name+".fodt"))
	}
	if out, err := exec.Command("soffice", args...).CombinedOutput(); err != nil {
		t.Fatalf("LibreOffice (apt-get install libreoffice-writer): %v %s", err, out)
	}
	bare := func(s string) string { return strings.Join(strings.Fields(strings.ReplaceAll(s, "\u00a0", " ")), "") }
	for name := range draw {
		file := filepath.Join(dir, name)
		out, err := exec.Command("pdftotext", "-raw", file+".pdf", "-").Output()
		if err != nil {
			t.Fatalf("pdftotext (apt-get install poppler-utils): %v", err)
		}
		if !strings.Contains(bare(string(out)), bare(want[name])) {
			t.Errorf("%s does not say %q in LibreOffice:\n%s", name, want[name], out)
		}
		if out, err := exec.Command("pdftoppm", "-r", "50", "-singlefile", "-png", file+".pdf", file).CombinedOutput(); err != nil {
			t.Fatalf("pdftoppm: %v %s", err, out)
		}
		f, err := os.Open(file + ".png")
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(f)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		inked, b := 0, img.Bounds()
		for y := b.Min.Y; y < b.Max.Y; y++ {
			for x := b.Min.X; x < b.Max.X; x++ {
				if r, g, bl, _ := img.At(x, y).RGBA(); min(r, g, bl) < 0xc000 {
					inked++
				}
			}
		}
		if inked < 400 {
			t.Errorf("%s is blank in LibreOffice: %d of %d points are inked", name, inked, b.Dx()*b.Dy())
		}
	}
}
