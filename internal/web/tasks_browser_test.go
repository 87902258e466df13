package web

import (
	"net/http/httptest"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"perechen/internal/testkit"
)

// signIn signs a person in as people do.
func signIn(b *testkit.Browser, base, login string) {
	b.Open(base + "/-/sign-in?next=/komzan/desk")
	b.Do(chromedp.SendKeys(chromedp.CSS("input[name=login]"), login), chromedp.SendKeys(chromedp.CSS("input[name=password]"), password+kb.Enter),
		chromedp.WaitVisible(chromedp.CSS("body.page-desk")))
}

// TestEveryWorkingPageInARealBrowser: desk, tasks, confirmations and the calendar, each by those who come there, on a day on
// which much is late; in both widths and schemes nothing scrolls sideways and axe finds nothing.
func TestEveryWorkingPageInARealBrowser(t *testing.T) {
	w := working(t)
	overdue := w.register(t).Tasks[0].Key
	w.now = time.Date(2026, 7, 6, 9, 0, 0, 0, time.UTC)
	srv := httptest.NewServer(w.handler)
	t.Cleanup(srv.Close)
	for login, addresses := range map[string][]string{
		"clerk":   {"/komzan/desk", "/komzan/tasks", "/komzan/tasks/" + w.taskAt(t, w.clerksPoint(t)), "/komzan/confirm", "/komzan/points", "/komzan/"},
		"officer": {"/komzan/desk", "/komzan/tasks?state=all", "/komzan/tasks/" + overdue, "/komzan/confirm", "/komzan/confirm?show=all", "/komzan/calendar", "/komzan/calendar?year=2024", "/komzan/calendar?year=2027", "/komzan/points/" + w.clerksPoint(t)},
		"head":    {"/komzan/desk", "/komzan/tasks", "/komzan/confirm"},
		"reader":  {"/komzan/desk?lang=en", "/komzan/tasks?q=нет"},
	} {
		b := testkit.NewBrowser(t)
		b.Size(1280, 900)
		signIn(b, srv.URL, login)
		for _, address := range addresses {
			b.Open(srv.URL + address)
			examine(t, b, login+" "+address)
		}
	}
}

// TestConfirmingWithKeysAndWithoutScripts: from the desk by Tab and Enter alone, in a browser that runs no scripts.
func TestConfirmingWithKeysAndWithoutScripts(t *testing.T) {
	w := working(t)
	w.now = time.Date(2026, 7, 6, 9, 0, 0, 0, time.UTC)
	srv := httptest.NewServer(w.handler)
	t.Cleanup(srv.Close)
	b := testkit.NewBrowser(t)
	b.Scripts(false)
	b.Size(360, 800)
	signIn(b, srv.URL, "clerk")
	press := func(selector string) {
		t.Helper()
		tabTo(t, b, selector)
		b.Do(chromedp.KeyEvent(kb.Enter))
	}
	press("#points ~ .ways .btn.main")
	b.Do(chromedp.WaitVisible(chromedp.CSS("body.page-confirm")))
	press(".actions .btn.main")
	b.Do(chromedp.WaitVisible(chromedp.CSS(".tell.done")))
	if n := len(w.register(t).Confirmations); n != 1 {
		t.Errorf("%d points were confirmed, want the clerk's one", n)
	}
}

// tabTo moves the focus by Tab alone to what the selector names.
func tabTo(t *testing.T, b *testkit.Browser, selector string) {
	t.Helper()
	for range 120 {
		b.Do(chromedp.KeyEvent(kb.Tab))
		if testkit.Eval[bool](b, "document.activeElement.matches(`"+selector+"`)") {
			return
		}
	}
	t.Fatalf("%s cannot be reached by Tab", selector)
}
