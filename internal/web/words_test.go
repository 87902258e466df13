package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"perechen/internal/register"
	"perechen/internal/testkit"
)

func TestABodySaysWhatPeopleCallThings(t *testing.T) {
	w := everyday(t, Options{})
	w.staffOf(t, "minstroj", map[string][2]string{"officer": {register.RoleOfficer, ""}, "clerk": {register.RoleDepartment, "kadry"}})
	const address = "/minstroj/settings/words"
	find := func() []string {
		return w.page(t, "/minstroj/find?q="+url.QueryEscape("гривенники")).Texts(".answers h3")
	}
	if got := find(); len(got) != 0 {
		t.Fatalf("found without being told: %q", got)
	}
	w.as(t, "clerk")
	res, _ := w.get(t, address)
	wantStatus(t, "a clerk", res, http.StatusForbidden)
	w.as(t, "officer")
	fields := w.page(t, address).Form(t, "form.narrow")
	fields.Set("lines", "гривенники = денежное содержание\nденежное содержание = гривенники")
	fields.Set("do", "save")
	res, body := w.post(t, address, fields)
	wantStatus(t, "a loop", res, http.StatusUnprocessableEntity)
	if p := testkit.ParseHTML(t, body); !strings.Contains(p.Text(), "приводит к самому себе") || !strings.Contains(p.Form(t, "form.narrow").Get("lines"), "гривенники") {
		t.Error("a loop is not told, or what was typed is lost")
	}
	fields.Set("lines", "  гривенники  =  денежное содержание\n\n")
	fields.Set("do", "look")
	_, body = w.post(t, address, fields)
	if got := testkit.ParseHTML(t, body).Texts(".changes ins"); len(got) != 1 || got[0] != "Выплата денежного содержания" {
		t.Errorf("it would change %q", got)
	}
	fields.Set("do", "save")
	res, _ = w.post(t, address, fields)
	wantStatus(t, "saved", res, http.StatusSeeOther)
	res, _ = w.post(t, address, fields)
	wantStatus(t, "saved from before", res, http.StatusConflict)
	w.as(t, "")
	if got := find(); len(got) == 0 || got[0] != "Выплата денежного содержания" {
		t.Errorf("answers %q", got)
	}
}
