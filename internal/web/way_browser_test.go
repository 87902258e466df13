package web

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"perechen/internal/register"
	"perechen/internal/testkit"
)

// TestAPersonWithATelephoneRealBrowser asks ten things of life on a telephone of 360 px. From the box to the answer it takes two
// taps: sending the question and opening the first answer. Then the network is gone, and what was opened, and the processes that
// were not, can still be read.
func TestAPersonWithATelephoneRealBrowser(t *testing.T) {
	w := everyday(t, Options{})
	w.now = time.Date(2026, 2, 16, 13, 30, 0, 0, time.UTC)
	w.append(t, "minstroj", include(register.KindClosure, "c1", register.Closure{Key: "c1", Touchpoint: "kadry-room", From: "2026-02-16", To: "2026-02-17", Reason: "ремонт"}))
	srv := httptest.NewServer(w.handler)
	closed := false
	defer func() {
		if !closed {
			srv.Close()
		}
	}()
	b := testkit.NewBrowser(t)
	b.Size(360, 780)
	b.Media("screen", "light")
	for _, q := range [][2]string{
		{"увольняюсь", "Увольнение"}, {"поменять банк", "Смена расчетного счета"}, {"справка 2-ндфл", "Выдача справки о доходах"}, {"хочу в отпуск", "Предоставление ежегодных"},
		{"забыл пароль", "Предоставление доступа"}, {"сломался принтер", "Ремонт и обслуживание"}, {"пропуск", "Оформление пропуска"}, {"больничный", "Оплата листка"},
		{"edjkmytybt", "Увольнение"}, {"камандировка", "Направление в служебную командировку"},
	} {
		b.Open(srv.URL + "/minstroj/find")
		b.Do(chromedp.SendKeys(chromedp.CSS("#q"), q[0]+kb.Enter), chromedp.WaitVisible(chromedp.CSS(".answers h3 a")))
		b.Do(chromedp.Click(chromedp.CSS(".answers h3 a")), chromedp.WaitVisible(chromedp.CSS(".way-page h1")))
		if got := testkit.Eval[string](b, `document.querySelector("h1").textContent`); !strings.HasPrefix(got, q[1]) {
			t.Errorf("%q leads to %q, want %q", q[0], got, q[1])
		}
		if n := testkit.Eval[int](b, `document.querySelectorAll(".spot").length`); n == 0 {
			t.Errorf("%q: nowhere to turn", q[0])
		}
	}
	for _, address := range []string{"/minstroj/find", "/minstroj/find?q=увольняюсь", "/minstroj/find?q=zzzz", "/minstroj/processes/uvolnenie", "/minstroj/departments/kadry", "/minstroj/points/kadry-room", "/minstroj/forms"} {
		b.Open(srv.URL + address)
		if over := testkit.Eval[int](b, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
			t.Errorf("%s scrolls sideways by %d px", address, over)
		}
		for _, scheme := range []string{"light", "dark"} {
			for _, v := range b.AxeIn(scheme) {
				t.Errorf("%s, %s: %s", address, scheme, v)
			}
		}
		if shift := testkit.Eval[float64](b, `new Promise(done => { let sum = 0; const o = new PerformanceObserver(l => { for (const e of l.getEntries()) sum += e.value; });
			o.observe({type: "layout-shift", buffered: true}); requestAnimationFrame(() => requestAnimationFrame(() => done(sum))); })`); shift > 0.01 {
			t.Errorf("%s: what is read moves by %.3f while it loads", address, shift)
		}
		b.Size(320, 256) // 1280 px at 400 %
		if over := testkit.Eval[int](b, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
			t.Errorf("%s at 400 %% scrolls sideways by %d px", address, over)
		}
		b.Size(360, 780)
	}
	testkit.Eval[bool](b, `(async () => { for (;;) {
		const name = (await caches.keys()).find(k => k.startsWith("pages-"));
		if (name && (await (await caches.open(name)).keys()).length >= 44) return true;
		await new Promise(again => setTimeout(again, 50));
	} })()`)
	srv.CloseClientConnections()
	srv.Close()
	closed = true
	for _, address := range []string{"/minstroj/processes/uvolnenie", "/minstroj/processes/arhiv", "/minstroj/find?q=никогда-не-спрашивали"} {
		b.Open(srv.URL + address)
		if got := testkit.Eval[string](b, `document.querySelector(".unplugged") ? document.querySelector(".unplugged").textContent : "none"`); !strings.HasPrefix(got, "Без сети. Данные на ") {
			t.Errorf("without a network %s says %q", address, got)
		}
		if testkit.Eval[string](b, `document.querySelector("h1").textContent`) == "" {
			t.Errorf("without a network %s is empty", address)
		}
	}
}
