package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"perechen/internal/register"
)

func TestOldLinksLeadOn(t *testing.T) {
	w := everyday(t, Options{})
	w.staffOf(t, "minstroj", map[string][2]string{"officer": {register.RoleOfficer, ""}, "clerk": {register.RoleDepartment, "kadry"}})
	var cs []register.Change
	for _, u := range stateOf(t, w, "minstroj").Usages {
		if u.Process == "otpusk-bez" || u.Touchpoint == "kadry-tel" {
			cs = append(cs, register.Change{Op: register.Exclude, Kind: register.KindUsage, Key: u.Key})
		}
	}
	w.append(t, "minstroj", append(cs, register.Change{Op: register.Exclude, Kind: register.KindProcess, Key: "otpusk-bez"}, register.Change{Op: register.Exclude, Kind: register.KindTouchpoint, Key: "kadry-tel"})...)
	for old, by := range map[string]string{"/minstroj/points/kadry-tel": "kadry-room", "/minstroj/processes/otpusk-bez": "otpusk"} {
		w.as(t, "")
		if len(w.page(t, old).All(".gone")) != 1 {
			t.Errorf("%s does not say that it is gone", old)
		}
		w.as(t, "clerk")
		res, _ := w.post(t, old+"/successor", url.Values{"by": {by}})
		wantStatus(t, "by a clerk", res, http.StatusForbidden)
		w.as(t, "officer")
		href, _ := w.page(t, old).One(t, `a[href="`+old+`/successor"]`).Attr("href")
		res, _ = w.post(t, href, url.Values{"by": {"no-such"}})
		wantStatus(t, "by what is not there", res, http.StatusUnprocessableEntity)
		w.page(t, href)
		res, _ = w.post(t, href, url.Values{"by": {by}})
		wantStatus(t, "named", res, http.StatusSeeOther)
		if got := w.page(t, old).Texts(".gone a"); len(got) == 0 {
			t.Errorf("%s: somebody signed in does not see both", old)
		}
		w.as(t, "")
		res, _ = w.get(t, old)
		if to := res.Header.Get("Location"); res.StatusCode != http.StatusMovedPermanently || !strings.HasSuffix(to, "/"+by) {
			t.Errorf("%s: %s to %q", old, res.Status, to)
		}
	}
	// So do the codes on the doors, and what somebody is just typing is not lost.
	res, _ := w.get(t, "/minstroj/f/kadry-tel")
	if to := res.Header.Get("Location"); res.StatusCode != http.StatusSeeOther || to != "/minstroj/f/kadry-room" {
		t.Errorf("the code on the door: %s to %q", res.Status, to)
	}
	if res, page := w.post(t, "/minstroj/f/kadry-tel", url.Values{"got": {"yes"}, "scale": {"4"}, "text": {"Ответили сразу"}, "send": {"1"}, "token": {"of old"}}); res.StatusCode != http.StatusConflict || !strings.Contains(page, "Ответили сразу") {
		t.Errorf("what was typed about the old one: %s", res.Status)
	}
	res, body := w.get(t, "/minstroj/points/never-was")
	if res.StatusCode != http.StatusNotFound || !strings.Contains(body, `role="search"`) {
		t.Errorf("what never was: %s, and a box to search in must be there", res.Status)
	}
}

// TestAProposalNamesTheSuccessor: the form asks what replaces a point that is to go, also a point that the proposal itself brings; the
// redline shows it; the old link leads on the moment it is included.
func TestAProposalNamesTheSuccessor(t *testing.T) {
	w := workplace(t)
	v := w.form(t, "clerk", "/komzan/points/phone/edit", editForm)
	v.Set("p.phone.out", "1")
	v.Set("p.phone.by", "phone")
	status, at, page := w.press(t, "/komzan/points/phone/edit", v, "submit")
	if status != http.StatusUnprocessableEntity || len(page.Texts("#p-phone-by-error .error")) != 1 {
		t.Errorf("replaced by itself: %d %q", status, page.Texts(".error"))
	}
	v = page.Form(t, editForm)
	v.Set("p.phone.by", "")
	_, at, page = w.press(t, at, v, "point")
	v = page.Form(t, editForm)
	fresh := ""
	for _, key := range v["point"] {
		if isFresh(key) {
			fresh = key
		}
	}
	v.Set("p."+fresh+".label", "Телефон новой приёмной")
	v.Set("p."+fresh+".value", "8 (8672) 64-90-77")
	v.Set("p."+fresh+".kind", "phone")
	v.Set("p.phone.by", fresh)
	status, at, page = w.press(t, at, v, "submit")
	if status != http.StatusOK || !strings.Contains(strings.Join(page.Texts("li.exclude dl.changes ins"), "\n"), "Телефон новой приёмной") {
		t.Fatalf("%d %s: the redline says %q", status, at, page.Texts("dl.changes"))
	}
	w.as(t, "")
	if res, _ := w.get(t, "/komzan/points/phone"); res.StatusCode != http.StatusOK {
		t.Errorf("before it is included the old link gives %s", res.Status)
	}
	w.as(t, "officer")
	if status, _, page := w.press(t, at, w.page(t, at).Form(t, "form.review"), "include"); status != http.StatusOK {
		t.Fatalf("%d %q", status, page.Texts("main"))
	}
	w.as(t, "")
	res, _ := w.get(t, "/komzan/points/phone")
	if to := res.Header.Get("Location"); res.StatusCode != http.StatusMovedPermanently || !strings.HasSuffix(to, "/points/"+fresh) {
		t.Errorf("the old link: %s to %q", res.Status, to)
	}
}

func stateOf(t *testing.T, w *world, slug string) *register.Register {
	t.Helper()
	r, err := w.ledger.State(t.Context(), slug, 0)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
