package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"perechen/internal/register"
	"perechen/internal/testkit"
)

// settingsScreens are the pages of the register of processes and of settings, those that only a form leads to included.
func settingsScreens(t *testing.T) (*world, map[string]string) {
	t.Helper()
	w := committee(t, Options{Documents: papers{}})
	w.add(t, "zan", testkit.Committee())
	w.staff(t, Options{Documents: papers{}})
	w.appoint(t, "zan", register.RoleOfficer, "officer", "", "2026-01-12", "")
	reg := w.state(t, "komzan")
	for i, p := range reg.Processes {
		p.Scope = []string{register.ScopeInter, register.ScopeIntra}[i%2]
		p.Department, p.Direction = reg.Departments[0].Key, "Кадровая политика"
		p.Included = &register.Act{Kind: "приказ", Number: "5", Date: "2026-02-01"}
		if i == 2 {
			p.Excluded, p.To = &register.Act{Kind: "приказ", Number: "9", Date: "2026-04-01"}, "2026-04-01"
		}
		w.append(t, "komzan", amend(register.KindProcess, p.Key, p))
	}
	p, err := w.ledger.Procedure(t.Context(), "zan", 0)
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]string{}
	get := func(name, address string) { _, pages[name] = w.get(t, address) }
	send := func(name, address string, v url.Values, file, text string) {
		_, pages[name] = w.send(t, address, v, file, text)
	}
	read := url.Values{"op": {"read"}}
	get("register", "/komzan/process-register")
	get("nothing found", "/komzan/process-register?q=нетничего")
	get("empty register", "/minec/process-register")
	get("process of the register", "/komzan/processes/"+reg.Processes[2].Key)
	w.as(t, "officer")
	get("officer register", "/komzan/process-register?state=in&scope="+url.QueryEscape(register.ScopeInter))
	get("edit", "/komzan/process-register/"+reg.Processes[0].Key+"/edit?done=saved")
	get("excluded", "/komzan/process-register/"+reg.Processes[2].Key+"/edit")
	get("new", "/komzan/process-register/new")
	_, pages["refused"] = w.post(t, "/komzan/process-register/new", url.Values{"op": {"save"}, "title": {""}, "included": {"вчера"}})
	get("import", "/komzan/process-register/import?done=3")
	send("import preview", "/komzan/process-register/import", read, "реестр.csv", reestr)
	send("import refused", "/komzan/process-register/import", read, "письмо.txt", "Уважаемые коллеги!")
	get("settings", "/komzan/settings?done=names")
	get("names", "/komzan/settings/names")
	get("department", "/komzan/settings/departments/"+reg.Departments[0].Key)
	get("new department", "/komzan/settings/departments/new")
	get("procedure", "/zan/settings/procedure")
	send("procedure preview", "/zan/settings/procedure", read, "novyj.yaml", versionOf(t, p, usedNeed(t, w.state(t, "zan"), p), usedKind(t, w.state(t, "zan"), p)))
	send("procedure the same", "/zan/settings/procedure", read, "staryj.yaml", string(register.Encode(p)))
	w.as(t, "admin")
	get("admin names", "/komzan/settings/names")
	get("next steps", "/komzan/settings?done=body")
	get("new body", "/-/bodies/new")
	send("faults", "/-/bodies/new", read, "faults.yaml", orderFile(t, "title:", "titel:"))
	send("new body names", "/-/bodies/new", url.Values{"op": {"read"}, "shipped": {"minec-alania-46-2024"}}, "", "")
	return w, pages
}

func TestSettingsInARealBrowser(t *testing.T) {
	w, pages := settingsScreens(t)
	srv := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, hr *http.Request) {
		if html, ok := pages[strings.TrimPrefix(hr.URL.Path, "/shown/")]; ok {
			rw.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = rw.Write([]byte(html))
			return
		}
		w.handler.ServeHTTP(rw, hr)
	}))
	t.Cleanup(srv.Close)
	b := testkit.NewBrowser(t)
	for name := range pages {
		b.Open(srv.URL + "/shown/" + url.PathEscape(name))
		examine(t, b, "settings "+name)
	}
}
