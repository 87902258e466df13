package web

import (
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
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
	shots := os.Getenv("PERECHEN_SHOTS")
	for login, addresses := range map[string][]string{
		"clerk":   {"/komzan/desk", "/komzan/tasks", "/komzan/tasks/" + w.taskAt(t, w.clerksPoint(t)), "/komzan/confirm", "/komzan/points", "/komzan/"},
		"officer": {"/komzan/desk", "/komzan/tasks?state=all", "/komzan/tasks/" + overdue, "/komzan/confirm", "/komzan/confirm?show=all", "/komzan/calendar", "/komzan/calendar?year=2024", "/komzan/calendar?year=2027", "/komzan/points/" + w.clerksPoint(t)},
		"head":    {"/komzan/desk", "/komzan/tasks", "/komzan/confirm"},
		"reader":  {"/komzan/desk?lang=en", "/komzan/tasks?q=нет"},
	} {
		b := testkit.NewBrowser(t)
		b.Size(1280, 900)
		signIn(b, srv.URL, login)
		for i, address := range addresses {
			for _, width := range []int64{1280, 360} {
				b.Size(width, 900)
				b.Media("screen", "light")
				b.Open(srv.URL + address)
				if over := testkit.Eval[int](b, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
					t.Errorf("%s of %s at %d px scrolls sideways by %d px: %s", address, login, width, over, testkit.Eval[string](b,
						`[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 4).map(e => e.tagName + "." + e.className).join(" ")`))
				}
				if shots != "" { // a folder to look at the pages in
					if err := os.WriteFile(filepath.Join(shots, fmt.Sprintf("%s-%d-%d.png", login, i, width)), b.PNG(), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				for _, scheme := range []string{"light", "dark"} {
					for _, v := range b.AxeIn(scheme) {
						t.Errorf("%s of %s at %d px, %s: %s", address, login, width, scheme, v)
					}
				}
				if width == 360 {
					small := testkit.Eval[[]string](b, `[...document.querySelectorAll("header a, .btn, button, input:not([type=hidden]), select, summary, .pager a, .exports a")]
						.filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.5)
						.map(e => e.tagName + "." + e.className + " " + e.textContent.trim().slice(0, 20) + " " + e.getBoundingClientRect().height)`)
					if len(small) > 0 {
						t.Errorf("%s of %s: too small for a thumb: %q", address, login, small)
					}
				}
			}
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
