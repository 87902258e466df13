package web

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"perechen/internal/register"
	"perechen/internal/testkit"
	"perechen/internal/upkeep"
)

// workScreens are the pages of those who are signed in, by who looks at them.
var workScreens = map[string][]string{
	"":         {"/-/sign-in", "/-/sign-in?next=/komzan/people"},
	"admin":    {"/", "/-/me", "/-/accounts", "/-/accounts?q=никто-такой", "/-/accounts/new", "/-/accounts/{officer}", "/-/audit", "/-/audit?action=sign-in&from=2026-02-31", "/-/notices", "/komzan/people", "/komzan/people/officer-officer", "/minec/below", "/komzan/?lang=ru"},
	"head":     {"/komzan/editions/3/approve", "/komzan/", "/komzan/people", "/komzan/people?done=added", "/komzan/people/new"},
	"clerk":    {"/-/notices", "/-/notices?all=1&done=mode"},
	"minister": {"/minec/editions/prepare", "/minec/editions/1/approve"},
	"officer":  {"/komzan/editions", "/komzan/editions/prepare", "/komzan/editions/3/approve", "/komzan/editions/2", "/komzan/editions/2/publish", "/komzan/findings", "/komzan/findings/{finding}", "/komzan/people", "/minec/people", "/komzan/nothing"},
}

// serveWork gives the address of a server with people in it, and a way to be one of them in the browser.
func serveWork(t *testing.T) (w *world, base string, be func(b *testkit.Browser, login string)) {
	t.Helper()
	w = committee(t, Options{})
	org, err := w.ledger.State(t.Context(), "komzan", 0)
	if err != nil {
		t.Fatal(err)
	}
	o := org.Organisation
	o.Parent = "minec"
	w.append(t, "komzan", amend(register.KindOrganisation, "komzan", o))
	w.staff(t, Options{Documents: papers{}})
	w.as(t, "officer")
	w.get(t, "/minec/people") // for the audit log
	w.desk = upkeep.New(w.store.Upkeep(), w.ledger, knownPeople{w}, w.Now)
	w.desk.On(w.desk.Notify)
	w.open(t, Options{Documents: papers{}})
	for _, number := range []string{"11-р", "12-р"} {
		a := register.Appointment{Role: register.RoleReader, Person: "Петров П.П.", Account: w.ids["clerk"], Act: register.Act{Kind: "приказ", Number: number, Date: "2026-04-01"}}
		if number == "12-р" {
			a.Role = register.RoleCoordinator
		}
		if _, err := w.desk.Appoint(t.Context(), upkeep.Actor{Account: w.ids["head"]}, "komzan", a, ""); err != nil {
			t.Fatal(err)
		}
	}
	w.prepareEdition(t, "komzan", "officer")
	phone := register.Touchpoint{Key: "new", Kind: "phone", Label: "Телефон приёмной", Value: "8 (8672) 53-00-00", Contact: "+78672530000"}
	w.append(t, "minec", include(register.KindTouchpoint, "new", phone))
	w.prepareEdition(t, "minec", "minister")
	phone.Label = "Телефон"
	w.append(t, "minec", amend(register.KindTouchpoint, "new", phone)) // what is prepared is void now
	srv := httptest.NewServer(w.handler)
	t.Cleanup(srv.Close)
	return w, srv.URL, func(b *testkit.Browser, login string) {
		b.Open(srv.URL + "/favicon.ico")
		if login == "" {
			testkit.Eval[string](b, `document.cookie = "session=; path=/; max-age=0"`)
			return
		}
		w.as(t, login)
		testkit.Eval[string](b, `document.cookie = "session=`+w.tokens[login]+`; path=/"`)
	}
}

func TestWorkingPagesInARealBrowser(t *testing.T) {
	w, base, be := serveWork(t)
	b := testkit.NewBrowser(t)
	for login, addresses := range workScreens {
		b.Size(1280, 900)
		be(b, login)
		for _, address := range addresses {
			address = strings.ReplaceAll(address, "{officer}", w.ids["officer"])
			if strings.Contains(address, "{finding}") {
				id, _ := w.page(t, "/komzan/findings").All("article.finding")[0].Attr("id")
				address = strings.ReplaceAll(address, "{finding}", id)
			}
			b.Open(base + address)
			examine(t, b, login+" "+address)
		}
	}
}

// A person is appointed with the keyboard alone and without scripts.
func TestAppointingByKeyboardWithoutScripts(t *testing.T) {
	w, base, be := serveWork(t)
	b := testkit.NewBrowser(t)
	be(b, "")
	b.Scripts(false)
	b.Size(1280, 900)
	b.Open(base + "/komzan/people/new")
	b.Do(
		chromedp.Focus(chromedp.CSS("#f-login")), chromedp.KeyEvent("head"), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(password+kb.Enter),
		chromedp.WaitVisible(chromedp.CSS("#f-role")),
		chromedp.Focus(chromedp.CSS("#f-role")), chromedp.KeyEvent(kb.ArrowDown),
		chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent("Новиков Н.Н."),
		chromedp.Focus(chromedp.CSS("#f-act-number")), chromedp.KeyEvent("01-02/01"+kb.Enter),
		chromedp.WaitVisible(chromedp.CSS("#wrong [role=alert]")),
	)
	if got := testkit.Eval[string](b, `document.activeElement.getAttribute("role")`); got != "alert" {
		t.Errorf("after a refusal the focus is on %q, want what is wrong", got)
	}
	if got := testkit.Eval[string](b, `document.querySelector("#f-person").value + "|" + document.querySelector("#f-role").value`); got != "Новиков Н.Н.|officer" {
		t.Errorf("after a refusal the form holds %q", got)
	}
	b.Do(chromedp.Focus(chromedp.CSS("#f-act-date")), chromedp.KeyEvent("04"), chromedp.KeyEvent("01"), chromedp.KeyEvent("2026"), chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS(".tell.done")))
	if got := testkit.Eval[string](b, `document.querySelector("section[aria-labelledby=g-now]").textContent`); !strings.Contains(got, "Новиков Н.Н.") {
		t.Errorf("the appointed person is not shown: %q", got)
	}
	_ = w
}
