package web

import (
	"archive/zip"
	"bytes"
	"image/png"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"perechen/internal/register"
	"perechen/internal/testkit"
)

// shortOfDigital is the Committee without the digital points of one process.
func shortOfDigital(t *testing.T) (w *world, process register.Process) {
	t.Helper()
	s := testkit.Clean()
	process = s.Register.Processes[0]
	kept := s.Register.Usages[:0:0]
	for _, u := range s.Register.Usages {
		x, _ := s.Register.Touchpoint(u.Touchpoint)
		if class, _ := s.Procedure.ClassOf(x); u.Process == process.Key && class == register.Digital {
			continue
		}
		kept = append(kept, u)
	}
	s.Register.Usages = kept
	w = newWorld(t, Options{Documents: papers{}})
	w.add(t, "komzan", s)
	return w, process
}

// The first thing that the page says is which process has no digital point, with the finding's own reason; it stands
// first in the drawing and in the table.
func TestCoverageNamesTheProcessWithoutADigitalPointFirst(t *testing.T) {
	w, process := shortOfDigital(t)
	_, body := w.get(t, "/komzan/pictures/coverage")
	page := testkit.ParseHTML(t, body)
	loud := page.All(".loud li")[0].Text()
	if !strings.Contains(loud, process.Title) || !strings.Contains(loud, "нет цифровой точки") || !strings.Contains(loud, "У процесса") {
		t.Errorf("what stands out: %q", loud)
	}
	if got, want := page.One(t, ".says").Text(), "У процесса «"+process.Title+"» нет ни одной цифровой точки."; got != want {
		t.Errorf("the picture says %q, want %q", got, want)
	}
	if _, file := w.get(t, "/komzan/pictures/coverage.svg"); !strings.Contains(strings.Join(strings.Fields(testkit.ParseHTML(t, file).Text()), " "), "нет ни одной цифровой точки") {
		t.Error("the file does not say what the picture says")
	}
	if got := page.All(".facttable tbody tr")[0].Text(); !strings.HasPrefix(got, process.Title) || !strings.Contains(got, "нет") {
		t.Errorf("first row of the table: %q", got)
	}
	for _, which := range []string{"svg.wide", "svg.slim"} {
		svg := page.One(t, which)
		if text := svg.Text(); !strings.Contains(text, "НЕТ") || !strings.Contains(text, "Строки — процессы") {
			t.Errorf("%s says %q", which, text)
		}
	}
	if strings.Contains(body, "points/new") {
		t.Error("a passer-by is led to a form")
	}
}

func TestCoverageOfACleanRegisterIsCalm(t *testing.T) {
	w := newWorld(t, Options{})
	w.add(t, "komzan", testkit.Clean())
	_, body := w.get(t, "/komzan/pictures/coverage")
	page := testkit.ParseHTML(t, body)
	if len(page.All(".loud")) > 0 || !strings.Contains(page.One(t, ".clean").Text(), "и цифровая, и офлайн-точка") {
		t.Errorf("a clean register is not calm: %q", page.Texts(".loud"))
	}
}

// The printed class of a telephone is disputed: the picture does not say «no», it says what it hangs on.
func TestCoverageSaysWhatAFindingHangsOn(t *testing.T) {
	w := committee(t, Options{})
	_, body := w.get(t, "/komzan/pictures/coverage")
	page := testkit.ParseHTML(t, body)
	loud := strings.Join(page.Texts(".loud li"), "\n")
	if !strings.Contains(loud, "неясно, есть ли цифровая точка") || !strings.Contains(loud, "замечание исчезнет") {
		t.Errorf("what stands out: %q", loud)
	}
	href, _ := page.All(".loud li .do a")[0].Attr("href")
	address, id, _ := strings.Cut(href, "#")
	if _, findings := w.get(t, address); id == "" || !strings.Contains(findings, `id="`+id+`"`) {
		t.Errorf("the finding is not at %s", href)
	}
}

// Each hole leads somebody who may to a form with the process and the need filled in.
func TestAHoleLeadsToAFilledForm(t *testing.T) {
	w, process := shortOfDigital(t)
	w.add(t, "minec", testkit.Ministry())
	w.staff(t, Options{})
	w.as(t, "officer")
	_, body := w.get(t, "/komzan/pictures/coverage")
	page := testkit.ParseHTML(t, body)
	href, _ := page.All(".loud li .do a.btn")[0].Attr("href")
	u, err := url.Parse(href)
	if err != nil || u.Query().Get("process") != process.Key {
		t.Fatalf("the form of the hole is %q", href)
	}
	_, form := w.get(t, href+"&need="+testkit.Clean().Procedure.Needs[0].Code)
	fields := testkit.ParseHTML(t, form).Form(t, editForm)
	found := map[string]bool{}
	for name, v := range fields {
		switch {
		case strings.HasSuffix(name, ".process") && v[0] == process.Key:
			found["process"] = true
		case strings.Contains(name, ".need") && v[0] == testkit.Clean().Procedure.Needs[0].Code:
			found["need"] = true
		}
	}
	if !found["process"] || !found["need"] {
		t.Errorf("fields of the form: %v", fields)
	}
	if res, _ := w.get(t, "/komzan/points/new?process=none&need=none"); res.StatusCode != http.StatusOK {
		t.Errorf("a process that there is not: %s", res.Status)
	}
}

func TestPicturesComeAsFiles(t *testing.T) {
	w := committee(t, Options{Documents: papers{}})
	for _, name := range pictureNames {
		for format, begin := range map[string]string{"svg": "<?xml", "png": "\x89PNG", "pdf": "%PDF-", "xlsx": "PK", "docx": "PK", "csv": ""} {
			res, body := w.get(t, "/komzan/pictures/"+name+"."+format)
			if res.StatusCode != http.StatusOK || !strings.HasPrefix(body, begin) || len(body) < 40 {
				t.Errorf("%s.%s: %s, %d bytes", name, format, res.Status, len(body))
			}
			switch format {
			case "png":
				if img, err := png.Decode(strings.NewReader(body)); err != nil || img.Bounds().Dx() < 2000 {
					t.Errorf("%s: %v", name, err)
				}
			case "xlsx":
				if _, err := zip.NewReader(bytes.NewReader([]byte(body)), int64(len(body))); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
	}
	for address, status := range map[string]int{"/komzan/pictures/none": 404, "/komzan/pictures/none.svg": 404, "/komzan/pictures/coverage.exe": 404, "/komzan/pictures/coverage.pdf?paper=a9": 400,
		"/nobody/pictures/coverage": 404, "/komzan/pictures/coverage.pdf?paper=A3": 200, "/komzan/pictures/coverage?on=2020-01-01": 200, "/komzan/pictures/coverage.svg?on=2020-01-01": 404} {
		if res, _ := w.get(t, address); res.StatusCode != status {
			t.Errorf("%s: %s, want %d", address, res.Status, status)
		}
	}
}

// A register of many processes comes in pages that lead on, and its table as a file has them all.
func TestLargePicturesComeInPages(t *testing.T) {
	w := newWorld(t, Options{Documents: papers{}})
	w.add(t, "wide", testkit.Wide(90, 30, 3))
	res, body := w.get(t, "/wide/pictures/coverage?page=2")
	page := testkit.ParseHTML(t, body)
	if n := len(page.All(".facttable tbody tr")); n != pictureRows {
		t.Errorf("%s: %d rows on a page", res.Status, n)
	}
	if len(body) > 700_000 {
		t.Errorf("a page of %d bytes", len(body))
	}
	_, csv := w.get(t, "/wide/pictures/coverage.csv")
	if n := strings.Count(csv, "\n"); n < 90 {
		t.Errorf("%d lines in the file", n)
	}
	_, body = w.get(t, "/wide/pictures/coverage?department="+testkit.Wide(90, 30, 3).Register.Departments[0].Key)
	if n := len(testkit.ParseHTML(t, body).All(".facttable tbody tr")); n == 0 || n > 31 {
		t.Errorf("%d rows of one department", n)
	}
}
