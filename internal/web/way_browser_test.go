package web

import (
	"log/slog"
	"net"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
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
	defer func() { srv.Close() }()
	unplug := func() {
		srv.CloseClientConnections()
		srv.Close()
	}
	w.shipped(t, "komzan-alania-9r-2026")
	w.shipped(t, "minec-alania-46-2024")
	b := testkit.NewBrowser(t)
	b.Size(360, 780)
	b.Media("screen", "light")
	b.Slow(true)
	for _, address := range []string{"/minstroj/find", "/minstroj/processes/uvolnenie", "/minstroj/points/kadry-room"} {
		b.Open(srv.URL + address)
		v := b.Opened()
		t.Logf("%s on a slow line: drawn after %.0f ms, whole after %.0f ms, %d bytes", address, v.Drawn, v.Whole, v.Bytes)
		if v.Rounds > 2 || len(v.Waits) > 1 || v.Waited > 25_000 || v.Bytes > 50_000 || v.Started > 6 || v.Shift > 0.001 {
			t.Errorf("%s on a slow line: %+v, want one thing waited for beside the page, 25 KB until something is drawn, 50 KB in all, and nothing that moves", address, v)
		}
	}
	b.Slow(false)
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
	tenQuestions(t, w, b, srv.URL)
	for _, address := range []string{"/minstroj/find", "/minstroj/find?q=увольняюсь", "/minstroj/find?q=zzzz", "/minstroj/processes/uvolnenie", "/minstroj/departments/kadry", "/minstroj/points/kadry-room", "/minstroj/forms"} {
		b.Open(srv.URL + address)
		if shift := testkit.Eval[float64](b, `new Promise(done => { let sum = 0; const o = new PerformanceObserver(l => { for (const e of l.getEntries()) sum += e.value; });
			o.observe({type: "layout-shift", buffered: true}); requestAnimationFrame(() => requestAnimationFrame(() => done(sum))); })`); shift > 0.01 {
			t.Errorf("%s: what is read moves by %.3f while it loads", address, shift)
		}
		examine(t, b, address)
		b.Size(360, 780)
	}
	testkit.Eval[bool](b, `(async () => { for (;;) {
		const name = (await caches.keys()).find(k => k.startsWith("pages-"));
		if (name && (await (await caches.open(name)).keys()).length >= 44) return true;
		await new Promise(again => setTimeout(again, 50));
	} })()`)
	unplug()
	for _, address := range []string{"/minstroj/processes/uvolnenie", "/minstroj/processes/arhiv", "/minstroj/find?q=никогда-не-спрашивали"} {
		b.Open(srv.URL + address)
		if got := testkit.Eval[string](b, `document.querySelector(".unplugged") ? document.querySelector(".unplugged").textContent : "none"`); !strings.HasPrefix(got, "Без сети. Данные на ") {
			t.Errorf("without a network %s says %q", address, got)
		}
		if testkit.Eval[string](b, `document.querySelector("h1").textContent`) == "" {
			t.Errorf("without a network %s is empty", address)
		}
	}
	if got := testkit.Eval[string](b, `document.querySelector(".unplugged").textContent + document.querySelectorAll(".answers li").length`); !strings.HasSuffix(got, "Того, что вы спросили, на устройстве нет.0") {
		t.Errorf("a question that was never asked with a network: %q", got)
	}
	b.Open(srv.URL + "/minstroj/processes/uvolnenie")
	if got := testkit.Eval[string](b, `document.querySelector(".spot .now").textContent`); !regexp.MustCompile(`^\d\d\.\d\d\.\d{4}, \d\d:\d\d: (открыто|закрыто|перерыв)`).MatchString(got) {
		t.Errorf("without a network a point says %q: when was that so?", got)
	}

	// A newer program begins at the same address, with another register. What the old one kept goes; what was opened is fetched anew.
	x := *stateOf(t, w, "minstroj")
	p, _ := x.Process("uvolnenie")
	p.Title = "Увольнение по-новому"
	w.append(t, "minstroj", amend(register.KindProcess, p.Key, p))
	old := testkit.Eval[string](b, `caches.keys().then(ks => ks.sort().join(" "))`)
	next, err := newPages(w.ledger, Options{Now: w.Now, Log: slog.New(slog.DiscardHandler)}, &static{"the next build", sync.OnceValue(hashFiles)})
	if err != nil {
		t.Fatal(err)
	}
	address := strings.TrimPrefix(srv.URL, "http://")
	l, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	srv = httptest.NewUnstartedServer(next)
	srv.Listener.Close()
	srv.Listener = l
	srv.Start()
	b.Open(srv.URL + "/minstroj/processes/uvolnenie")
	if got := testkit.Eval[string](b, `document.querySelector("h1").textContent + (document.querySelector(".unplugged") || {textContent: ""}).textContent`); got != p.Title {
		t.Errorf("the newer program shows %q", got)
	}
	if got := testkit.Eval[string](b, `(async () => { for (;;) {
		const names = (await caches.keys()).sort();
		if (names.join() === "pages-the next build,shell-the next build" && await (await caches.open(names[0])).match("/minstroj/processes/arhiv", {ignoreVary: true})) return names.join(" ");
		await new Promise(again => setTimeout(again, 50));
	} })()`); got == old {
		t.Errorf("the caches are %q as before", got)
	}
	b.Open(srv.URL + "/minstroj/processes/uvolnenie")
	unplug()
	b.Open(srv.URL + "/minstroj/processes/uvolnenie")
	if got := testkit.Eval[string](b, `document.querySelector("h1").textContent + " " + (document.querySelector(".unplugged") || {textContent: "none"}).textContent`); !strings.HasPrefix(got, p.Title+" Без сети. Данные на ") {
		t.Errorf("kept of the newer program: %q", got)
	}
}
