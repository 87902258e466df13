package web

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"perechen/internal/register"
	"perechen/internal/testkit"
)

// The pages of journeys for eyes and for those without: nothing scrolls sideways, axe finds nothing, the map gives way to the
// list where there is no room, and a step is added and moved by keys alone and without scripts.
func TestJourneysRealBrowser(t *testing.T) {
	w := workplace(t)
	w.as(t, "clerk")
	_, ready, _ := w.press(t, "/komzan/journeys/new", url.Values{}, "ready:uvolnenie")
	form := w.drawn(t)
	id := form[strings.Index(form, "=")+1:]
	key := form[len("/komzan/journeys/"):strings.Index(form, "/edit")]
	long := testkit.Clean().Register.Journeys[0]
	long.Stages[0].Title = strings.Repeat("Очень длинное название этапа ", 5)
	long.Stages[1].Steps[1].Pain = strings.Repeat("непереносимоедлинноеслово", 6)
	long.Stages[1].Steps[0].Points = append(long.Stages[1].Steps[0].Points, register.JourneyPoint{Text: "https://" + strings.Repeat("adres.", 30) + "ru/"})
	to := long
	to.Key, to.State, to.Of, to.Position = "to-be", register.ToBe, long.Key, 2
	w.append(t, "komzan", include(register.KindJourney, long.Key, long), include(register.KindJourney, to.Key, to))
	srv := httptest.NewServer(w.handler)
	t.Cleanup(srv.Close)
	b := testkit.NewBrowser(t)
	b.Open(srv.URL + "/favicon.ico")
	testkit.Eval[string](b, `document.cookie = "session=`+w.tokens["clerk"]+`; path=/"`)
	for _, address := range []string{"/komzan/journeys", "/komzan/journeys/" + long.Key, "/komzan/journeys/" + long.Key + "/compare", "/komzan/journeys/new?process=p3", form, ready, "/komzan/proposals/" + id + "/journeys/" + key} {
		b.Open(srv.URL + address)
		examine(t, b, address)
		if strings.HasSuffix(address, "/"+long.Key) {
			b.Size(360, 800)
			shown := func() string {
				return testkit.Eval[string](b, `[".journey-map", ".journey-table", ".journey-list"].filter(s => document.querySelector(s).checkVisibility()).join()`)
			}
			if got := shown(); got != ".journey-list" {
				t.Errorf("at 360 px these are seen: %s", got)
			}
			b.Size(1280, 900)
			if got := shown(); got != ".journey-map,.journey-table" {
				t.Errorf("at 1280 px these are seen: %s", got)
			}
		}
	}
	b.Scripts(false)
	b.Size(1280, 900)
	b.Open(srv.URL + form)
	steps := func() []string {
		return testkit.Eval[[]string](b, `[...document.querySelectorAll("details.step > summary > span:last-child")].map(e => e.textContent)`)
	}
	before := steps()
	b.Do(chromedp.Focus(chromedp.CSS(`button[value="step:0.0"]`)), chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS("#s-0-1-action")),
		chromedp.Focus(chromedp.CSS("#s-0-1-action")), chromedp.KeyEvent("Спросить у секретаря"),
		chromedp.Focus(chromedp.CSS(`button[value="up:0.1"]`)), chromedp.KeyEvent(kb.Enter),
		chromedp.WaitReady(chromedp.CSS(`#s-0-0-action[value="Спросить у секретаря"]`)))
	if got := steps(); len(got) != len(before)+1 || got[0] != "Спросить у секретаря" || got[1] != before[0] {
		t.Errorf("steps after the keyboard: %q, before: %q", got, before)
	}
}
