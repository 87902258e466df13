package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"perechen/internal/register"
	"perechen/internal/testkit"
	"perechen/internal/upkeep"
)

// wakeNotices gives the world a desk that tells people, and an appointment that tells the clerk.
func wakeNotices(t *testing.T) *world {
	t.Helper()
	w := committee(t, Options{})
	w.staff(t, Options{})
	w.desk = upkeep.New(w.store.Upkeep(), w.ledger, knownPeople{w}, w.Now)
	w.desk.On(w.desk.Notify)
	w.open(t, Options{})
	_, err := w.desk.Appoint(t.Context(), upkeep.Actor{Account: w.ids["head"]}, "komzan", register.Appointment{Role: register.RoleReader, Person: "Петров П.П.", Account: w.ids["clerk"],
		Act: register.Act{Kind: "приказ", Number: "11-р", Date: "2026-04-01"}}, "")
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestNoticesAreSeenAndTickedOff(t *testing.T) {
	w := wakeNotices(t)
	w.as(t, "clerk")
	_, body := w.get(t, "/komzan/")
	if bell := testkit.ParseHTML(t, body).One(t, "a.bell").Text(); !strings.Contains(bell, "1 новое уведомление") {
		t.Errorf("the masthead says %q", bell)
	}
	res, body := w.get(t, "/-/notices")
	wantStatus(t, "the notices", res, http.StatusOK)
	page := testkit.ParseHTML(t, body)
	sound(t, "/-/notices", page)
	if text := page.One(t, "ul.notices").Text(); !strings.Contains(text, "Вам поручена роль: читатель") || !strings.Contains(text, "11-р") {
		t.Errorf("the list says %q", text)
	}
	id, _ := page.One(t, "button[name=see]").Attr("value")
	w.as(t, "officer")
	if _, body := w.get(t, "/-/notices?all=1"); strings.Contains(body, "поручена") {
		t.Error("the notice is shown to somebody else")
	}
	if res, _ := w.post(t, "/-/notices", url.Values{"see": {id}}); res.StatusCode != http.StatusSeeOther {
		t.Errorf("ticking off: %s", res.Status)
	}
	w.as(t, "clerk")
	if _, body := w.get(t, "/-/notices"); !strings.Contains(body, "поручена") {
		t.Error("somebody else has ticked it off")
	}
	res, _ = w.post(t, "/-/notices", url.Values{"see": {id}})
	wantStatus(t, "ticking off", res, http.StatusSeeOther)
	_, body = w.get(t, res.Header.Get("Location"))
	page = testkit.ParseHTML(t, body)
	sound(t, "no notices", page)
	if strings.Contains(body, "поручена") || page.One(t, "a.bell").Text() != "Уведомления" {
		t.Error("it is still new")
	}
	if _, body := w.get(t, "/-/notices?all=1"); !strings.Contains(body, "прочитано") {
		t.Error("the list of all does not show it")
	}
	res, body = w.post(t, "/-/notices", url.Values{"act": {"mode"}, "mode": {"hourly"}})
	wantStatus(t, "an unknown mode", res, http.StatusUnprocessableEntity)
	sound(t, "an unknown mode", testkit.ParseHTML(t, body))
	res, _ = w.post(t, "/-/notices", url.Values{"act": {"mode"}, "mode": {"daily"}})
	wantStatus(t, "a mode", res, http.StatusSeeOther)
	_, body = w.get(t, "/-/notices")
	if v, _ := testkit.ParseHTML(t, body).One(t, "input[checked]").Attr("value"); v != "daily" {
		t.Errorf("the mode is %q", v)
	}
}
