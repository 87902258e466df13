package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"perechen/internal/testkit"
)

// Two bodies stand beside each other: needs by the shared code, processes by alike titles.
func TestTwoRegistersAreCompared(t *testing.T) {
	w := committee(t, Options{Documents: papers{}})
	w.add(t, "clean", testkit.Clean())
	_, body := w.get(t, "/-/compare?a=komzan&b=clean")
	page := testkit.ParseHTML(t, body)
	tables := page.All(".facttable")
	if len(tables) != 3 {
		t.Fatalf("%d tables", len(tables))
	}
	if got := tables[0].Text(); !strings.Contains(got, "цифровая") {
		t.Errorf("needs: %q", got)
	}
	if got := page.One(t, "svg.wide").Text(); !strings.Contains(got, "Ц") {
		t.Errorf("the picture says %q", got)
	}
	for _, format := range compareFormats {
		if res, file := w.get(t, "/-/compare?a=komzan&b=clean&format="+format); res.StatusCode != http.StatusOK || len(file) < 100 {
			t.Errorf("%s: %s, %d bytes", format, res.Status, len(file))
		}
	}
	for address, status := range map[string]int{"/-/compare": 200, "/-/compare?a=komzan": 200, "/-/compare?a=komzan&b=komzan": 400, "/-/compare?a=komzan&b=nobody": 404,
		"/-/compare?a=komzan&b=clean&format=exe": 404, "/-/compare?format=pdf": 404} {
		if res, _ := w.get(t, address); res.StatusCode != status {
			t.Errorf("%s: %s, want %d", address, res.Status, status)
		}
	}
}

// Every picture is sound for people with disabilities, wide and narrow, by day and by night, goes on without scrolling
// sideways, and its links can be reached with the keyboard.
func TestPicturesInARealBrowser(t *testing.T) {
	w, _ := shortOfDigital(t)
	w.add(t, "minec", testkit.Ministry())
	w.staff(t, Options{})
	srv := httptest.NewServer(w.handler)
	t.Cleanup(srv.Close)
	b := testkit.NewBrowser(t)
	b.Media("screen", "light")
	for _, address := range []string{"/komzan/pictures", "/komzan/pictures/coverage", "/komzan/pictures/channels", "/komzan/pictures/freshness", "/komzan/pictures/timeline", "/-/compare?a=komzan&b=minec"} {
		b.Open(srv.URL + address)
		examine(t, b, address)
		for _, width := range []int64{1280, 360} {
			b.Size(width, 900)
			testkit.Eval[bool](b, "document.fonts.ready.then(() => true)") // a font is fetched when it is first shown
			// What is drawn as text is as wide in the browser as it was measured.
			if off := testkit.Eval[[]string](b, `[...document.querySelectorAll("svg.drawing")].filter(s => s.checkVisibility()).flatMap(s => [...s.querySelectorAll("text")].filter(t => {
				const r = t.getBBox(), v = s.viewBox.baseVal; return r.x < -2 || r.x + r.width > v.width + 2 || r.y + r.height > v.height + 2; }).map(t => t.textContent))`); len(off) > 0 {
				t.Errorf("%s at %d px: text leaves the picture: %q", address, width, off)
			}
		}
	}
	b.Size(1280, 900)
	b.Open(srv.URL + "/komzan/pictures/coverage")
	reached := false
	for range 60 {
		b.Do(chromedp.KeyEvent(kb.Tab))
		if testkit.Eval[bool](b, `!!document.activeElement.closest("svg.wide a")`) {
			reached = true
			break
		}
	}
	if !reached {
		t.Error("the keyboard does not reach the links of the picture")
	}
}
