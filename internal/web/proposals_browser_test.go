package web

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"perechen/internal/auth"
	"perechen/internal/testkit"
)

// A hand is a person at a browser whose clicks and page loads are counted.
type hand struct {
	*testkit.Browser
	base    string
	actions int
}

// at signs the person in by the page for it, which is where the counting begins, and goes on to an address.
func (w *world) at(t *testing.T, b *testkit.Browser, base, login, next string) *hand {
	t.Helper()
	h := &hand{Browser: b, base: base}
	b.Open(base + "/")
	testkit.Eval[int](b, `fetch("/-/sign-out", {method: "POST"}).then(r => r.status)`)
	b.Open(base + "/-/sign-in?" + url.Values{"next": {next}}.Encode())
	b.Do(chromedp.SendKeys(chromedp.CSS("input[name=login]"), login), chromedp.SendKeys(chromedp.CSS("input[name=password]"), password))
	h.click("main form .btn.main")
	h.actions = 0
	return h
}

// click clicks and waits for the page that it leads to: one action.
func (h *hand) click(selector string) {
	h.actions++
	testkit.Eval[bool](h.Browser, "(window.before = true)")
	if !testkit.Eval[bool](h.Browser, `document.querySelector("`+strings.ReplaceAll(selector, `\`, `\\`)+`") !== null`) {
		panic("there is nothing to click at " + selector + ": " + h.text("main"))
	}
	h.Do(chromedp.Click(chromedp.CSS(selector)))
	for range 200 {
		if testkit.Eval[bool](h.Browser, `!window.before && document.readyState === "complete"`) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	panic("the click on " + selector + " leads nowhere")
}

func (h *hand) fill(selector, text string) {
	testkit.Eval[string](h.Browser, `document.querySelector("`+selector+`").value = ""`)
	h.Do(chromedp.SendKeys(chromedp.CSS(selector), text))
}

func (h *hand) text(selector string) string {
	return testkit.Eval[string](h.Browser, `(document.querySelector("`+selector+`")?.textContent ?? "").replace(/\s+/g, " ").trim()`)
}

// wait waits until an expression is true, for what the script does by itself.
func (h *hand) wait(t *testing.T, expression string) {
	t.Helper()
	for range 300 {
		if testkit.Eval[bool](h.Browser, `((says) => `+expression+`)(id => document.getElementById(id).textContent.replace(/\s+/g, " "))`) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("it never came to %s; the page says %q", expression, h.text("main"))
}

func TestTelephoneIsProposedInFiveActionsAndIncludedInThree(t *testing.T) {
	w := workplace(t)
	srv := httptest.NewServer(w.handler)
	defer srv.Close()
	b := testkit.NewBrowser(t)
	b.Size(1280, 900)
	h := w.at(t, b, srv.URL, "clerk", "/komzan/")
	h.click("#row-p1\\.phone .change a")
	h.fill("#p-phone-value", "8 (8672) 64-90-31")
	h.click(".submit .btn.main")
	if h.actions > 5 || h.text("main .state") != "ждёт проверки" {
		t.Errorf("a changed telephone takes %d actions, the page says %q", h.actions, h.text("main"))
	}
	t.Logf("proposed in %d actions", h.actions)
	h = w.at(t, b, srv.URL, "officer", "")
	if got := testkit.Eval[string](b, "location.pathname"); got != "/komzan/desk" {
		t.Errorf("the officer begins at %s", got)
	}
	h.click("a[href^='/komzan/proposals/p']")
	h.click("button[value=include]")
	if h.actions > 3 || h.text("main .state") != "включено" || w.value(t, "phone") != "8 (8672) 64-90-31" {
		t.Errorf("including takes %d actions, the page says %q", h.actions, h.text("main"))
	}
	t.Logf("included in %d actions", h.actions)
}

func TestFormKeepsItselfWhileOneTypes(t *testing.T) {
	w := workplace(t)
	srv := httptest.NewServer(w.handler)
	defer srv.Close()
	b := testkit.NewBrowser(t)
	b.Size(1280, 900)
	h := w.at(t, b, srv.URL, "clerk", "/komzan/points/phone/edit")
	h.fill("#p-phone-value", "8 (8672) 64-90-2")
	h.wait(t, `says("saved") === "сохранено в 12:00"`)
	h.wait(t, `says("p-phone-value-said").includes("10 цифр вместо 11")`)
	if got := h.text("#changes ins"); got != "64-90-2" {
		t.Errorf("the redline says %q", got)
	}
	if got := testkit.Eval[string](b, "document.activeElement.id"); got != "p-phone-value" {
		t.Errorf("the focus went to %q", got)
	}
	h.Do(chromedp.SendKeys(chromedp.CSS("#p-phone-value"), "9"))
	h.wait(t, `!says("p-phone-value-said").includes("цифр")`)
	// The tab is closed and the point opened again.
	b.Open(srv.URL + "/komzan/points/phone/edit")
	if got := testkit.Eval[string](b, `document.getElementById("p-phone-value").value`); got != "8 (8672) 64-90-29" {
		t.Errorf("left of it is %q", got)
	}
	// The session is lost while one types; nothing is retyped.
	h.fill("#p-phone-hours", "с 9:00 до 18:00")
	h.wait(t, `says("saved").startsWith("сохранено") && document.querySelectorAll("#changes dt").length === 2`)
	if _, err := w.accounts.EndSessions(t.Context(), w.ids["clerk"], "", auth.From{}); err != nil {
		t.Fatal(err)
	}
	h.fill("#p-phone-place", "пр. Мира, 25")
	h.wait(t, `says("saved").includes("войдите снова")`)
	h.click(".submit .btn.main")
	h.fill("input[name=login]", "clerk")
	h.fill("input[name=password]", password)
	h.click("main form .btn.main")
	h.click("main form .btn.main")
	if got := h.text("main"); !strings.Contains(got, "ждёт проверки") || !strings.Contains(got, "пр. Мира, 25") {
		t.Errorf("after signing in again: %q", got)
	}
}

func TestProposalsWithoutScripts(t *testing.T) {
	w := workplace(t)
	srv := httptest.NewServer(w.handler)
	defer srv.Close()
	b := testkit.NewBrowser(t)
	b.Size(360, 800)
	h := w.at(t, b, srv.URL, "clerk", "/komzan/points/phone/edit")
	b.Scripts(false)
	b.Open(srv.URL + "/komzan/points/phone/edit")
	h.fill("#p-phone-value", "8 (8672) 64-90-2")
	h.click(".plainly")
	if got := h.text("#p-phone-value-said") + h.text("#saved"); !strings.Contains(got, "10 цифр вместо 11") || !strings.Contains(got, "сохранено в 12:00") {
		t.Errorf("the check says %q", got)
	}
	// Enter in a field keeps, it does not submit.
	h.fill("#p-phone-value", "8 (8672) 64-90-29")
	testkit.Eval[bool](b, "(window.before = true)")
	h.Do(chromedp.SendKeys(chromedp.CSS("#p-phone-value"), kb.Enter))
	h.wait(t, `!window.before && document.readyState === "complete"`)
	if got := testkit.Eval[string](b, "location.pathname"); !strings.HasSuffix(got, "/edit") {
		t.Errorf("Enter leads to %s", got)
	}
	h.click(".submit .btn.main")
	if got := h.text("main .state"); got != "ждёт проверки" {
		t.Errorf("submitted: %q", got)
	}
	b.Scripts(true)
}

// TestConflictIsSettledByKeyboard chooses one's own text, with no pointer.
func TestConflictIsSettledByKeyboard(t *testing.T) {
	w := workplace(t)
	srv := httptest.NewServer(w.handler)
	defer srv.Close()
	at := w.conflict(t)
	b := testkit.NewBrowser(t)
	b.Size(360, 800)
	h := w.at(t, b, srv.URL, "deputy", at)
	if n := testkit.Eval[int](b, `document.querySelectorAll(".sides").length && getComputedStyle(document.querySelector(".sides")).gridTemplateColumns.split(" ").length`); n != 1 {
		t.Errorf("on a telephone the texts stand in %d columns", n)
	}
	for range 60 {
		h.Do(chromedp.KeyEvent(kb.Tab))
		if testkit.Eval[bool](b, `document.activeElement.type === "radio"`) {
			break
		}
	}
	h.Do(chromedp.KeyEvent(" "))
	if !testkit.Eval[bool](b, `document.querySelector("input[type=radio][value=mine]").checked`) {
		t.Fatal("the choice is not reached by keyboard")
	}
	for range 60 {
		h.Do(chromedp.KeyEvent(kb.Tab))
		if testkit.Eval[bool](b, `document.activeElement.value === "settle"`) {
			break
		}
	}
	testkit.Eval[bool](b, "(window.before = true)")
	h.Do(chromedp.KeyEvent(kb.Enter))
	h.wait(t, `!window.before && document.readyState === "complete"`)
	if got := testkit.Eval[string](b, `document.getElementById("p-phone-value")?.value ?? document.body.innerText`); got != "8 (8672) 64-90-32" {
		t.Errorf("settled: %q", got)
	}
}

// conflict makes a proposal of the deputy's under which the register has moved on, and gives the address of the choice.
func (w *world) conflict(t *testing.T) string {
	t.Helper()
	first := w.proposed(t, "8 (8672) 64-90-31")
	v := w.form(t, "deputy", "/komzan/points/phone/edit", editForm)
	v.Set("p.phone.value", "8 (8672) 64-90-32")
	_, at, _ := w.press(t, "/komzan/points/phone/edit", v, "save")
	w.as(t, "officer")
	w.press(t, first, w.page(t, first).Form(t, "form.review"), "include")
	at, _, _ = strings.Cut(at, "/edit")
	return at + "/conflict"
}

func TestProposalPagesInARealBrowser(t *testing.T) {
	w := workplace(t)
	srv := httptest.NewServer(w.handler)
	defer srv.Close()
	conflict := w.conflict(t)
	waits := w.proposed(t, "8 (8672) 64-90-2")
	v := w.form(t, "clerk", "/komzan/usages/p1.email/edit", editForm)
	v.Set("p.email.from", "завтра")
	v.Set("u.p1.email.feature", strings.Repeat("Ы", 200))
	_, draft, _ := w.press(t, "/komzan/usages/p1.email/edit", v, "save")
	v = w.form(t, "clerk", "/komzan/points/site/edit", editForm)
	v.Set("p.site.out", "1")
	_, back, _ := w.press(t, "/komzan/points/site/edit", v, "submit")
	w.as(t, "officer")
	v = w.page(t, back).Form(t, "form.review")
	v.Set("remark", "Сайт остаётся.")
	v.Set("r.touchpoint.site.", "Почему?")
	w.press(t, back, v, "return")
	b := testkit.NewBrowser(t)
	for _, p := range []struct {
		login     string
		addresses []string
	}{
		{"clerk", []string{"/komzan/points/phone/edit", "/komzan/points/new", "/komzan/bulk", "/komzan/bulk?process=p1", "/komzan/proposals", draft, back, back + "/edit", waits, "/komzan/points/phone", "/komzan/?kind=phone"}},
		{"deputy", []string{conflict, strings.Replace(conflict, "/conflict", "", 1), strings.Replace(conflict, "/conflict", "/edit", 1)}},
		{"officer", []string{"/komzan/proposals", "/komzan/proposals?view=mine", "/komzan/proposals?view=closed&q=нет", waits, waits + "?lang=en", "/komzan/points/email/edit?lang=en"}},
	} {
		b.Size(1280, 900)
		w.at(t, b, srv.URL, p.login, "/komzan/proposals?lang=ru")
		for _, address := range p.addresses {
			b.Open(srv.URL + address)
			examine(t, b, p.login+" "+address)
		}
	}
}
