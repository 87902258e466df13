package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"perechen/internal/testkit"
)

func TestSheetsOfAPointAndAProcessAreForEverybody(t *testing.T) {
	w := committee(t, Options{})
	for page, file := range map[string]string{"/komzan/points/phone": "/komzan/points/phone/sheet.pdf", "/komzan/processes/p3": "/komzan/processes/p3/poster.pdf"} {
		links := 0
		for _, a := range w.page(t, page).All("p.exports a") {
			href, _ := a.Attr("href")
			if href != file && href != file+"?size=A5" {
				t.Errorf("%s leads to %s", page, href)
			}
			links++
			res, body := w.get(t, href)
			if res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(body, "%PDF-") {
				t.Errorf("%s: %s %s", href, res.Status, res.Header.Get("Content-Type"))
			}
		}
		if links != 2 {
			t.Errorf("%s offers %d sheets, want 2", page, links)
		}
	}
	for address, status := range map[string]int{"/komzan/points/nothing/sheet.pdf": 404, "/nobody/points/phone/sheet.pdf": 404, "/komzan/points/phone/sheet.pdf?size=A3": 400,
		"/komzan/points/phone/sheet.pdf?edition=1": 200, "/komzan/points/phone/sheet.pdf?edition=7": 404} {
		if res, _ := w.get(t, address); res.StatusCode != status {
			t.Errorf("%s: %s, want %d", address, res.Status, status)
		}
	}
}

func TestAllSheetsOfABodyAreForThoseWhoWorkThere(t *testing.T) {
	w := working(t)
	if res, _ := w.get(t, "/komzan/walls.pdf?what=points"); res.StatusCode == http.StatusOK {
		t.Error("a passer-by prints all sheets of a body")
	}
	w.as(t, "officer")
	page := w.page(t, "/komzan/walls")
	if text := page.One(t, ".tell").Text(); !strings.Contains(text, "--site") || !strings.Contains(text, "http://example.com") {
		t.Errorf("the page does not say where the codes will lead: %s", text)
	}
	res, body := w.get(t, "/komzan/walls.pdf?what=points&what=processes&size=A5")
	if n := strings.Count(body, "/Type/Page/Parent"); res.StatusCode != http.StatusOK || n == 0 || res.Header.Get("Sheets") == "" || strings.Count(body, "MediaBox[0 0 419.53 595.28]") != n {
		t.Errorf("%s, %d pages, Sheets %q", res.Status, n, res.Header.Get("Sheets"))
	}
	for address, status := range map[string]int{"/komzan/walls.pdf": 400, "/komzan/walls.pdf?what=points&department=nothing": 400, "/komzan/walls.pdf?what=points&size=B5": 400} {
		if res, _ := w.get(t, address); res.StatusCode != status {
			t.Errorf("%s: %s, want %d", address, res.Status, status)
		}
	}
	ones := page.All("input[name=one]")
	if len(ones) < 4 {
		t.Fatalf("%d sheets to choose from", len(ones))
	}
	var two []string
	for _, e := range []testkit.HTML{ones[1], ones[len(ones)-1]} {
		value, _ := e.Attr("value")
		two = append(two, value)
	}
	res, body = w.get(t, "/komzan/walls.pdf?"+url.Values{"what": {"points", "processes"}, "one": two}.Encode())
	if n := strings.Count(body, "/Type/Page/Parent"); n != 2 || res.Header.Get("Sheets") != "2" {
		t.Errorf("two that were chosen: %d pages, Sheets %q", n, res.Header.Get("Sheets"))
	}
	if res, _ := w.get(t, "/komzan/walls.pdf?what=points&one=points:nothing"); res.StatusCode != http.StatusBadRequest {
		t.Errorf("one that is not there: %s", res.Status)
	}
	w.open(t, Options{Address: "https://perechen.example.ru"})
	if tells := w.page(t, "/komzan/walls").All(".tell"); len(tells) != 0 {
		t.Errorf("the page complains though the address is set: %s", tells[0].Text())
	}
	if _, body := w.get(t, "/komzan/walls.pdf?what=processes"); !strings.Contains(body, "https://perechen.example.ru/komzan/processes/") {
		t.Error("the sheets do not hold the address of the settings")
	}
}

// TestRealBrowserPrintsWalls: the officer comes from the documents, sees no fault of accessibility at any width, and gets
// the file with its progress told.
func TestRealBrowserPrintsWalls(t *testing.T) {
	w := working(t)
	srv := httptest.NewServer(w.handler)
	t.Cleanup(srv.Close)
	b := testkit.NewBrowser(t)
	b.Size(1280, 900)
	signIn(b, srv.URL, "officer")
	b.Open(srv.URL + "/komzan/documents")
	b.Do(chromedp.Click(chromedp.CSS("#walls ~ ul a.btn")), chromedp.WaitVisible(chromedp.CSS("body.page-walls")))
	examine(t, b, "walls")
	b.Do(chromedp.Click(chromedp.CSS("form[data-sheets] .main")))
	said := testkit.Eval[string](b, `new Promise(done => { const s = document.querySelector("form[data-sheets] [role=status]");
		const look = () => { if (s.textContent.startsWith("Файл сохранён")) { done(s.textContent); return; } setTimeout(look, 20); }; look(); })`)
	if !strings.HasPrefix(said, "Файл сохранён. Листов: ") {
		t.Errorf("the page says %q", said)
	}
}
