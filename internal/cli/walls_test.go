package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"perechen/internal/render"
)

func TestWallsArePrintedForABody(t *testing.T) {
	p := committee(t, true)
	file := filepath.Join(t.TempDir(), "walls.pdf")
	code, out, errs := p.run("walls", "-o", file)
	if code != exitDone || !strings.Contains(out, "9\u00a0листов") || !strings.Contains(errs, "нет QR-кодов") {
		t.Fatalf("exit code %d: %s%s", code, out, errs)
	}
	b, err := os.ReadFile(file)
	if err != nil || !bytes.HasPrefix(b, []byte("%PDF-1.4")) {
		t.Fatalf("%v, %.20q", err, b)
	}
	var facts struct {
		Sheets int
		Site   string
	}
	if code := p.facts(&facts, "walls", "-o", file, "--processes", "--size", "a5", "--site", "https://p.example.ru/"); code != exitDone || facts.Sheets != 3 || facts.Site != "https://p.example.ru" {
		t.Errorf("exit code %d, %+v", code, facts)
	}
	for _, args := range [][]string{{"walls"}, {"walls", "-o", file, "--only", "nothing"}, {"walls", "-o", "x.docx"}, {"walls", "-o", file, "--size", "A3"}, {"walls", "-o", file, "--site", "example"}} {
		if code, _, errs := p.run(args...); code != exitUsage || errs == "" {
			t.Errorf("%v: exit code %d: %s", args, code, errs)
		}
	}
}

func TestSheetsAreChosenByKey(t *testing.T) {
	all := []render.Sheet{{Kind: render.DoorSheets, Key: "phone"}, {Kind: render.DoorSheets, Key: "p1"}, {Kind: render.Posters, Key: "p1"}}
	got, err := onlySheets(all, []string{"p1"})
	if err != nil || len(got) != 2 || got[1].Kind != render.Posters {
		t.Errorf("%v, %v", got, err)
	}
	if got, err := onlySheets(all, nil); err != nil || len(got) != 3 {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := onlySheets(all, []string{"phone", "room"}); err == nil {
		t.Error("a sheet that is not there is chosen")
	}
}
