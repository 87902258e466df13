package web

import (
	"net/http"
	"net/url"
	"slices"
	"testing"

	"perechen/internal/register"
)

// TestTheBodySaysWhatComesFirst: without a word of the body stands first what serves more needs, under a heading that claims nothing;
// what the officer puts first stands first, and what is no longer in force drops out.
func TestTheBodySaysWhatComesFirst(t *testing.T) {
	w := everyday(t, Options{})
	w.staffOf(t, "minstroj", map[string][2]string{"officer": {register.RoleOfficer, ""}, "clerk": {register.RoleDepartment, "kadry"}})
	w.as(t, "")
	p := w.page(t, "/minstroj/find")
	if len(p.All("#often")) != 0 || p.One(t, "#does").Text() != "Чем занимается" {
		t.Error("nobody has said what is needed most, and the page does")
	}
	if got := p.Texts("ul.often li"); len(got) != frontProcesses {
		t.Errorf("%d processes", len(got))
	}
	const form = "/minstroj/settings/first"
	w.as(t, "clerk")
	res, _ := w.post(t, form, url.Values{"p1": {"otpusk"}})
	wantStatus(t, "by a clerk", res, http.StatusForbidden)
	w.as(t, "officer")
	w.page(t, "/minstroj/settings").One(t, `a[href="`+form+`"]`)
	fields := w.page(t, form).Form(t, "form.narrow")
	fields.Set("p1", "otpusk")
	fields.Set("p3", "uvolnenie")
	fields.Set("p4", "otpusk")
	res, _ = w.post(t, form, fields)
	wantStatus(t, "saved", res, http.StatusSeeOther)
	if got := w.page(t, res.Header.Get("Location")).Form(t, "form.narrow"); got.Get("p1") != "otpusk" || got.Get("p2") != "uvolnenie" || got.Get("p3") != "" {
		t.Errorf("the form says %v", got)
	}
	fields.Set("p1", "schet")
	res, _ = w.post(t, form, fields)
	wantStatus(t, "from an old form", res, http.StatusConflict)
	fields = w.page(t, form).Form(t, "form.narrow")
	fields.Set("p1", "no-such")
	res, _ = w.post(t, form, fields)
	wantStatus(t, "of what is not there", res, http.StatusNotFound)

	w.as(t, "")
	hrefs := func() (all []string) {
		for _, a := range w.page(t, "/minstroj/find").All("ul.often a") {
			href, _ := a.Attr("href")
			all = append(all, href)
		}
		return all
	}
	if got := hrefs(); len(got) != frontProcesses || got[0] != "/minstroj/processes/otpusk" || got[1] != "/minstroj/processes/uvolnenie" || slices.Contains(got[2:], got[0]) {
		t.Errorf("the page begins with %q", got)
	}
	x, _ := stateOf(t, w, "minstroj").Process("otpusk")
	x.Excluded, x.To = &register.Act{Kind: "приказ", Number: "1", Date: "2026-02-01"}, "2026-02-01"
	w.append(t, "minstroj", amend(register.KindProcess, x.Key, x))
	if got := hrefs(); got[0] != "/minstroj/processes/uvolnenie" || slices.Contains(got, "/minstroj/processes/otpusk") {
		t.Errorf("what is no longer in force still stands: %q", got)
	}
}
