package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"perechen/internal/auth"
	"perechen/internal/register"
	"perechen/internal/testkit"
)

// newOfficer is a form that appoints.
func newOfficer(w *world, login string) url.Values {
	return url.Values{"role": {register.RoleOfficer}, "person": {"Новиков Н.Н."}, "account": {w.ids[login]}, "department": {""},
		"act.kind": {"приказ"}, "act.number": {"01-02/01"}, "act.date": {"2026-04-01"}, "from": {""}, "to": {""}}
}

func TestPeopleAreAppointedByAct(t *testing.T) {
	w := committee(t, Options{})
	w.staff(t, Options{})
	w.as(t, "head")
	form := newOfficer(w, "clerk")
	form.Set("act.number", "")
	form.Set("to", "2026-03-01")
	form.Set("actor", "u-evil") // a field that the form does not have
	res, body := w.post(t, "/komzan/people/new", form)
	wantStatus(t, "without a number", res, http.StatusUnprocessableEntity)
	page := testkit.ParseHTML(t, body)
	sound(t, "refused appointment", page)
	if e := page.One(t, "#f-act-number-error").Text(); !strings.Contains(e, "номер акта") {
		t.Errorf("at the number stands %q", e)
	}
	if v, _ := page.One(t, "#f-person").Attr("value"); v != "Новиков Н.Н." {
		t.Errorf("the person that was typed is lost: %q", v)
	}
	form.Set("act.number", "01-02/01")
	res, body = w.post(t, "/komzan/people/new", form)
	wantStatus(t, "the end before the beginning", res, http.StatusUnprocessableEntity)
	if e := testkit.ParseHTML(t, body).One(t, "#f-to-error").Text(); e == "" {
		t.Error("nothing is said at the end of the term")
	}
	form.Set("to", "")
	res, _ = w.post(t, "/komzan/people/new", form)
	wantStatus(t, "complete", res, http.StatusSeeOther)
	_, body = w.get(t, res.Header.Get("Location"))
	for _, want := range []string{"01-02/01", "Новиков Н.Н.", "Назначение внесено"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not show %q", want)
		}
	}
	res, body = w.post(t, "/komzan/people/new", form)
	wantStatus(t, "the same once more", res, http.StatusUnprocessableEntity)
	if !strings.Contains(body, "уже имеет ту же роль") {
		t.Error("a second equal appointment is not explained")
	}
	for _, login := range []string{"officer", "clerk", "reader"} {
		w.as(t, login)
		res, body := w.get(t, "/komzan/people")
		wantStatus(t, login+" sees", res, http.StatusOK)
		sound(t, "/komzan/people", testkit.ParseHTML(t, body))
		before := headOf(t, w, "komzan")
		res, _ = w.post(t, "/komzan/people/new", form)
		wantStatus(t, login+" appoints", res, http.StatusForbidden)
		if l := w.lastAudit(t); l.Action != auth.ActRefused || l.Body != "komzan" || l.Account != w.ids[login] {
			t.Errorf("the audit log says %+v", l)
		}
		if headOf(t, w, "komzan") != before {
			t.Error("a refused appointment left an entry")
		}
	}
	w.as(t, "minister")
	for _, address := range []string{"/komzan/people", "/komzan/people/new", "/komzan/people/officer-officer", "/komzan/below"} {
		res, _ := w.get(t, address)
		wantStatus(t, "another body's officer: "+address, res, http.StatusForbidden)
	}
	w.as(t, "admin")
	res, _ = w.get(t, "/minec/people/officer-officer")
	wantStatus(t, "an appointment of another body", res, http.StatusNotFound)
	res, _ = w.post(t, "/minec/people/officer-officer", url.Values{"act": {"revoke"}})
	wantStatus(t, "revoking through another body", res, http.StatusNotFound)
}

func TestHeadLinksOnlyPeopleOfTheBody(t *testing.T) {
	w := committee(t, Options{})
	w.staff(t, Options{})
	w.as(t, "head")
	_, body := w.get(t, "/komzan/people/new")
	if strings.Contains(body, "Васильев") || !strings.Contains(body, "Петров П.П.") {
		t.Error("the head reads the names of another body's people, or not those of his own")
	}
	res, _ := w.post(t, "/komzan/people/new", newOfficer(w, "minister"))
	wantStatus(t, "an account that was not offered", res, http.StatusUnprocessableEntity)
	w.as(t, "admin")
	res, _ = w.post(t, "/komzan/people/new", newOfficer(w, "minister"))
	wantStatus(t, "the administrator links anybody", res, http.StatusSeeOther)
}

func TestRevokedPersonIsOutAtOnce(t *testing.T) {
	w := committee(t, Options{})
	w.staff(t, Options{})
	w.as(t, "officer")
	if res, _ := w.get(t, "/komzan/people"); res.StatusCode != http.StatusOK {
		t.Fatal("the officer does not see the people")
	}
	w.as(t, "head")
	_, body := w.get(t, "/komzan/people/officer-officer")
	page := testkit.ParseHTML(t, body)
	sound(t, "an appointment", page)
	base, _ := page.All("input[name=base]")[0].Attr("value")
	// Somebody else changes it meanwhile.
	changed := url.Values{"act": {"save"}, "base": {base}, "role": {register.RoleOfficer}, "person": {"Иванова И.И."}, "account": {w.ids["officer"]}, "act.kind": {"приказ"},
		"act.number": {"10-р"}, "act.date": {"2026-01-12"}, "from": {"2026-01-12"}, "to": {"2026-12-31"}}
	res, _ := w.post(t, "/komzan/people/officer-officer", changed)
	wantStatus(t, "the change", res, http.StatusSeeOther)
	res, body = w.post(t, "/komzan/people/officer-officer", url.Values{"act": {"revoke"}, "base": {base}, "ground": {"приказ № 12-р от 06.04.2026"}})
	wantStatus(t, "on top of something newer", res, http.StatusConflict)
	page = testkit.ParseHTML(t, body)
	if g, _ := page.One(t, "#f-ground").Attr("value"); g != "приказ № 12-р от 06.04.2026" {
		t.Errorf("the ground that was typed is lost: %q", g)
	}
	if l := w.lastAudit(t); l.Action != auth.ActStale {
		t.Errorf("the audit log says %+v", l)
	}
	_, body = w.get(t, "/komzan/people/officer-officer")
	base, _ = testkit.ParseHTML(t, body).All("input[name=base]")[0].Attr("value")
	res, _ = w.post(t, "/komzan/people/officer-officer", url.Values{"act": {"revoke"}, "base": {base}, "ground": {"приказ № 12-р от 06.04.2026"}})
	wantStatus(t, "revoking", res, http.StatusSeeOther)
	w.as(t, "officer") // the same session as before
	res, _ = w.get(t, "/komzan/people")
	wantStatus(t, "after being revoked", res, http.StatusForbidden)
	w.as(t, "head")
	_, body = w.get(t, "/komzan/people")
	past := testkit.ParseHTML(t, body).One(t, "section[aria-labelledby=g-past]").Text()
	if !strings.Contains(past, "Иванова И.И.") || !strings.Contains(past, "приказ № 12-р") {
		t.Errorf("the page forgets who was revoked: %q", past)
	}
}

func TestDeputyHasTheRoleForTwoWeeks(t *testing.T) {
	w := committee(t, Options{})
	w.staff(t, Options{}) // the deputy's days are 1–14 April
	for _, tt := range []struct {
		at   time.Time
		want int
	}{
		{time.Date(2026, 3, 31, 23, 59, 0, 0, time.UTC), http.StatusForbidden},
		{time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC), http.StatusOK},
		{time.Date(2026, 4, 14, 23, 59, 0, 0, time.UTC), http.StatusOK},
		{time.Date(2026, 4, 15, 0, 0, 0, 0, time.UTC), http.StatusForbidden},
	} {
		w.now = tt.at
		delete(w.tokens, "deputy")
		w.as(t, "deputy")
		res, body := w.get(t, "/komzan/people")
		wantStatus(t, tt.at.String(), res, tt.want)
		if tt.at.Day() == 15 && !strings.Contains(body, "закончилось 14.04.2026") {
			t.Error("the page does not say that the appointment has ended")
		}
	}
}

func TestCoordinatorReadsTheBodiesBelow(t *testing.T) {
	w := committee(t, Options{})
	org, err := w.ledger.State(t.Context(), "komzan", 0)
	if err != nil {
		t.Fatal(err)
	}
	o := org.Organisation
	o.Parent = "minec"
	w.append(t, "komzan", amend(register.KindOrganisation, "komzan", o))
	w.staff(t, Options{})
	w.appoint(t, "minec", register.RoleCoordinator, "reader", "", "2026-01-12", "")
	w.as(t, "reader")
	res, body := w.get(t, "/minec/below")
	wantStatus(t, "the bodies below", res, http.StatusOK)
	page := testkit.ParseHTML(t, body)
	sound(t, "/minec/below", page)
	if text := page.One(t, "table.below tbody").Text(); !strings.Contains(text, "02.03.2026") {
		t.Errorf("the current edition is not told: %q", text)
	}
	w.as(t, "minister") // an officer there, not a coordinator
	res, _ = w.get(t, "/minec/below")
	wantStatus(t, "an officer of the superior body", res, http.StatusForbidden)
	w.appoint(t, "minec", register.RoleCoordinator, "minister", "", "2026-01-12", "")
	res, _ = w.get(t, "/komzan/people")
	wantStatus(t, "its coordinator reads", res, http.StatusOK)
	res, _ = w.post(t, "/komzan/people/new", newOfficer(w, "minister"))
	wantStatus(t, "its coordinator writes", res, http.StatusForbidden)
	w.as(t, "officer")
	res, _ = w.get(t, "/minec/people")
	wantStatus(t, "the body above is not open to those below", res, http.StatusForbidden)
}
