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
	res, body := w.get(t, "/minstroj/points/never-was")
	if res.StatusCode != http.StatusNotFound || !strings.Contains(body, `role="search"`) {
		t.Errorf("what never was: %s, and a box to search in must be there", res.Status)
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
