package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"perechen/internal/auth"
	"perechen/internal/testkit"
)

func TestFirstStartAsksForTheAdministrator(t *testing.T) {
	w := committee(t, Options{})
	w.accounts = auth.New(w.store.Accounts(), w.Now)
	w.open(t, Options{SetupCode: "k7m2-p9qa"})
	for _, address := range []string{"/-/accounts", "/-/sign-in", "/-/me"} {
		res, _ := w.get(t, address)
		if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != "/-/setup" {
			t.Errorf("%s: %s to %q, want the first start", address, res.Status, res.Header.Get("Location"))
		}
	}
	if res, _ := w.get(t, "/komzan/"); res.StatusCode != http.StatusOK {
		t.Errorf("the register is not read by passers-by: %s", res.Status)
	}
	_, body := w.get(t, "/-/setup")
	sound(t, "/-/setup", testkit.ParseHTML(t, body))
	who := url.Values{"login": {"Админ"}, "name": {"Админов А.А."}, "password": {password}}
	res, body := w.post(t, "/-/setup", who) // from 192.0.2.1
	wantStatus(t, "from afar without the code", res, http.StatusUnprocessableEntity)
	if page := testkit.ParseHTML(t, body); !strings.Contains(page.One(t, "#f-code-error").Text(), "терминал") {
		t.Error("the page does not say where the code is")
	}
	who.Set("code", " K7M2-P9QA ")
	who.Set("password", "коротко")
	res, body = w.post(t, "/-/setup", who)
	wantStatus(t, "a short password", res, http.StatusUnprocessableEntity)
	page := testkit.ParseHTML(t, body)
	if v, _ := page.One(t, "#f-name").Attr("value"); v != "Админов А.А." {
		t.Errorf("the name that was typed is lost: %q", v)
	}
	if strings.Contains(body, "коротко") {
		t.Error("the page repeats the password")
	}
	who.Set("password", password)
	res, _ = w.post(t, "/-/setup", who)
	wantStatus(t, "with the code", res, http.StatusSeeOther)
	c := res.Cookies()[0]
	if c.Name != "session" || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Secure {
		t.Errorf("the cookie over http is %v", c)
	}
	w.cookies = map[string]string{c.Name: c.Value}
	if res, _ := w.get(t, "/-/accounts"); res.StatusCode != http.StatusOK {
		t.Errorf("the administrator is not signed in: %s", res.Status)
	}
	w.cookies = nil
	if res, _ := w.post(t, "/-/setup", who); res.Header.Get("Location") != "/-/sign-in" {
		t.Error("a second administrator could set up the installation")
	}
}

func TestSetupFromTheMachineItselfNeedsNoCode(t *testing.T) {
	w := newWorld(t, Options{})
	w.accounts = auth.New(w.store.Accounts(), w.Now)
	w.open(t, Options{SetupCode: "k7m2-p9qa"})
	ask := func(remote, host, forwarded string) bool {
		r := httptest.NewRequest(http.MethodGet, "http://"+host+"/-/setup", nil)
		r.RemoteAddr = remote
		if forwarded != "" {
			r.Header.Set("X-Forwarded-For", forwarded)
		}
		_, body := w.do(t, r)
		return strings.Contains(body, `name="code"`)
	}
	for _, tt := range []struct {
		remote, host, forwarded string
		want                    bool
	}{
		{"127.0.0.1:5000", "127.0.0.1:8080", "", false},
		{"[::1]:5000", "localhost:8080", "", false},
		{"127.0.0.1:5000", "127.0.0.1:8080", "203.0.113.9", true},
		{"127.0.0.1:5000", "perechen.example.ru", "", true}, // through a web server that tells nothing
		{"10.0.0.7:5000", "127.0.0.1:8080", "", true},
	} {
		if got := ask(tt.remote, tt.host, tt.forwarded); got != tt.want {
			t.Errorf("%+v: asked for the code: %v", tt, got)
		}
	}
}

func TestSignInKeepsWhatWasTypedAndGoesOn(t *testing.T) {
	w := committee(t, Options{})
	w.staff(t, Options{})
	res, _ := w.get(t, "/-/accounts?q=1")
	if got := res.Header.Get("Location"); got != "/-/sign-in?next=%2F-%2Faccounts%3Fq%3D1" {
		t.Errorf("a passer-by is led to %q", got)
	}
	// The session ends while a form is being filled in.
	typed := url.Values{"name": {"Новиков Н.Н. & <Ко>"}, "login": {"novikov"}, "password": {"секрет не для показа"}, "admin": {"1"}}
	res, body := w.post(t, "/-/accounts/new?x=1", typed)
	wantStatus(t, "a form without session", res, http.StatusUnauthorized)
	page := testkit.ParseHTML(t, body)
	sound(t, "kept sign-in", page)
	if strings.Contains(body, url.QueryEscape("секрет")) || strings.Contains(body, "секрет") {
		t.Error("the page of the kept form holds the password")
	}
	kept, _ := page.One(t, "input[name=kept]").Attr("value")
	to, _ := page.One(t, "input[name=to]").Attr("value")
	in := url.Values{"login": {"admin"}, "password": {"не тот пароль"}, "kept": {kept}, "to": {to}}
	res, body = w.post(t, "/-/sign-in", in)
	wantStatus(t, "a wrong password", res, http.StatusUnprocessableEntity)
	if again, _ := testkit.ParseHTML(t, body).One(t, "input[name=kept]").Attr("value"); again != kept {
		t.Error("a wrong password loses the kept form")
	}
	in.Set("password", password)
	res, body = w.post(t, "/-/sign-in", in)
	wantStatus(t, "the right password", res, http.StatusOK)
	page = testkit.ParseHTML(t, body)
	sound(t, "kept form", page)
	form := page.One(t, "main form")
	if action, _ := form.Attr("action"); action != "/-/accounts/new?x=1" {
		t.Errorf("the kept form goes to %q", action)
	}
	send := url.Values{}
	for _, x := range form.All("input") {
		name, _ := x.Attr("name")
		value, _ := x.Attr("value")
		send.Add(name, value)
	}
	w.cookies = map[string]string{"session": res.Cookies()[0].Value}
	res, body = w.post(t, "/-/accounts/new", send)
	wantStatus(t, "the kept form sent on", res, http.StatusOK) // no password came with it, so one was made
	if !strings.Contains(body, "novikov") {
		t.Error("the account was not made of the kept form")
	}
	if a, err := w.accounts.ByLogin(t.Context(), "novikov"); err != nil || a.Name != "Новиков Н.Н. & <Ко>" || !a.Admin {
		t.Errorf("the account is %+v, %v", a, err)
	}
}

func TestGoingOnLeadsOnlyToOurOwnPages(t *testing.T) {
	w := committee(t, Options{})
	w.staff(t, Options{})
	for next, want := range map[string]string{"/komzan/?q=a": "/komzan/?q=a", "https://evil.example/": "/komzan/desk", "//evil.example/": "/komzan/desk", `/\evil.example`: "/komzan/desk", "javascript:alert(1)": "/komzan/desk", "": "/komzan/desk", "/": "/komzan/desk"} {
		res, _ := w.post(t, "/-/sign-in", url.Values{"login": {"clerk"}, "password": {password}, "next": {next}})
		if got := res.Header.Get("Location"); got != want {
			t.Errorf("next=%q leads to %q, want %q", next, got, want)
		}
	}
	// The administrator, who has a role in no body, begins at the accounts.
	res, _ := w.post(t, "/-/sign-in", url.Values{"login": {"admin"}, "password": {password}})
	if got := res.Header.Get("Location"); got != "/-/accounts" {
		t.Errorf("the administrator begins at %q", got)
	}
}

func TestSignInSaysTheSameForEveryFailure(t *testing.T) {
	w := committee(t, Options{})
	w.staff(t, Options{})
	if err := w.accounts.Block(t.Context(), auth.By{}, w.ids["reader"], true); err != nil {
		t.Fatal(err)
	}
	var first string
	for _, try := range [][2]string{{"officer", "не тот пароль"}, {"nobody", password}, {"reader", password}} {
		res, body := w.post(t, "/-/sign-in", url.Values{"login": {try[0]}, "password": {try[1]}})
		wantStatus(t, try[0], res, http.StatusUnprocessableEntity)
		text := testkit.ParseHTML(t, body).One(t, "#wrong").Text()
		if first == "" {
			first = text
		}
		if text != first || text == "" {
			t.Errorf("%s: %q, want %q", try[0], text, first)
		}
		if l := w.lastAudit(t); l.Action != auth.ActSignInFailed {
			t.Errorf("the audit log says %+v", l)
		}
	}
}

func TestSessionsEnd(t *testing.T) {
	w := committee(t, Options{})
	w.staff(t, Options{})
	in := func(want bool, when string) {
		t.Helper()
		res, _ := w.get(t, "/-/me")
		if (res.StatusCode == http.StatusOK) != want {
			t.Errorf("%s: /-/me is %s", when, res.Status)
		}
	}
	w.as(t, "officer")
	in(true, "at first")
	begin := w.now
	for range 30 {
		w.now = w.now.Add(auth.Idle - time.Hour)
		if w.now.Sub(begin) > auth.Life {
			break
		}
		in(true, "in use")
	}
	in(false, "after its whole life")
	delete(w.tokens, "officer")
	w.as(t, "officer")
	in(true, "anew")
	w.now = w.now.Add(auth.Idle + time.Minute)
	in(false, "unused for long")
	for _, login := range []string{"officer", "clerk", "head"} {
		delete(w.tokens, login)
		w.as(t, login)
	}
	w.as(t, "officer")
	if _, err := w.accounts.SignIn(t.Context(), "officer", password, auth.From{Address: "192.0.2.7", Agent: "Mozilla/5.0 (Windows NT 10.0) Chrome/120 YaBrowser/24"}); err != nil {
		t.Fatal(err)
	}
	_, body := w.get(t, "/-/me")
	page := testkit.ParseHTML(t, body)
	sound(t, "/-/me", page)
	if !strings.Contains(body, "Яндекс Браузер, Windows") {
		t.Error("the other session is not named by its browser")
	}
	id, _ := page.One(t, "input[name=session]").Attr("value")
	w.as(t, "clerk")
	if res, _ := w.post(t, "/-/me", url.Values{"act": {"end"}, "session": {id}}); res.StatusCode != http.StatusNotFound {
		t.Errorf("another's session: %s, want 404", res.Status)
	}
	if l := w.lastAudit(t); l.Action != auth.ActForeign || l.Account != w.ids["clerk"] {
		t.Errorf("the audit log says %+v", l)
	}
	w.as(t, "officer")
	res, _ := w.post(t, "/-/me", url.Values{"act": {"end"}, "session": {id}})
	wantStatus(t, "one's own session", res, http.StatusSeeOther)
	if left, _ := w.accounts.Sessions(t.Context(), w.ids["officer"]); len(left) != 1 {
		t.Errorf("%d sessions are left", len(left))
	}
	res, _ = w.post(t, "/-/me", url.Values{"act": {"all"}})
	wantStatus(t, "everywhere", res, http.StatusSeeOther)
	in(false, "after signing out everywhere")
	w.as(t, "head")
	if err := w.accounts.Block(t.Context(), auth.By{}, w.ids["head"], true); err != nil {
		t.Fatal(err)
	}
	in(false, "after being blocked")
}

func TestPasswordIsChangedByItsOwner(t *testing.T) {
	w := committee(t, Options{})
	w.staff(t, Options{})
	w.as(t, "officer")
	other, err := w.accounts.SignIn(t.Context(), "officer", password, auth.From{})
	if err != nil {
		t.Fatal(err)
	}
	res, body := w.post(t, "/-/me", url.Values{"act": {"password"}, "old": {"не тот"}, "password": {"новый длинный пароль"}})
	wantStatus(t, "a wrong old password", res, http.StatusUnprocessableEntity)
	if e := testkit.ParseHTML(t, body).One(t, "#f-old-error").Text(); !strings.Contains(e, "не подходит") {
		t.Errorf("at the field stands %q", e)
	}
	res, _ = w.post(t, "/-/me", url.Values{"act": {"password"}, "old": {password}, "password": {"новый длинный пароль"}})
	wantStatus(t, "the right one", res, http.StatusSeeOther)
	if _, _, ok, _ := w.accounts.Who(t.Context(), other.Token); ok {
		t.Error("the other session is still open")
	}
	if res, _ := w.get(t, "/-/me?done=password"); res.StatusCode != http.StatusOK {
		t.Error("the session in which the password was changed is over")
	}
}

func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	w := committee(t, Options{})
	w.staff(t, Options{})
	w.as(t, "admin")
	for _, h := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "", "Origin", "https://evil.example"}} {
		res, body := w.post(t, "/-/accounts/new", url.Values{"name": {"Х"}, "login": {"evil"}}, h...)
		wantStatus(t, strings.Join(h, " "), res, http.StatusForbidden)
		sound(t, "refused", testkit.ParseHTML(t, body))
		if l := w.lastAudit(t); l.Action != auth.ActOrigin {
			t.Errorf("the audit log says %+v", l)
		}
	}
	if _, err := w.accounts.ByLogin(t.Context(), "evil"); err == nil {
		t.Error("the form of another site made an account")
	}
}

func TestOverHTTPSTheCookieIsOfThisHostOnly(t *testing.T) {
	w := committee(t, Options{})
	w.staff(t, Options{})
	r := httptest.NewRequest(http.MethodPost, "/-/sign-in", strings.NewReader(url.Values{"login": {"officer"}, "password": {password}}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Forwarded-Proto", "https")
	r.Header.Set("X-Forwarded-For", "198.51.100.4, 203.0.113.9")
	r.RemoteAddr = "127.0.0.1:4000"
	res, _ := w.do(t, r)
	c := res.Cookies()[0]
	if c.Name != "__Host-session" || !c.Secure || c.Path != "/" || c.Domain != "" || !c.HttpOnly {
		t.Errorf("the cookie is %v", c)
	}
	if l := w.lastAudit(t); l.Address != "203.0.113.9" {
		t.Errorf("the address is %q: what a browser says of itself is not believed", l.Address)
	}
}

func TestAccountsAreTheAdministrators(t *testing.T) {
	w := committee(t, Options{})
	w.staff(t, Options{})
	for _, login := range []string{"officer", "head", "clerk", "minister"} {
		w.as(t, login)
		for _, address := range []string{"/-/accounts", "/-/accounts/new", "/-/accounts/" + w.ids["officer"], "/-/audit"} {
			res, body := w.get(t, address)
			wantStatus(t, login+" "+address, res, http.StatusForbidden)
			sound(t, address, testkit.ParseHTML(t, body))
		}
		res, _ := w.post(t, "/-/accounts/"+w.ids[login], url.Values{"act": {"save"}, "name": {"Я"}, "login": {login}, "admin": {"1"}})
		wantStatus(t, login+" makes himself an administrator", res, http.StatusForbidden)
		if l := w.lastAudit(t); l.Action != auth.ActRefused || l.Account != w.ids[login] || !strings.HasPrefix(l.Object, "POST /-/accounts/") {
			t.Errorf("the audit log says %+v", l)
		}
	}
	w.as(t, "admin")
	for _, address := range []string{"/-/accounts", "/-/accounts?q=иванов", "/-/accounts/new", "/-/accounts/" + w.ids["officer"], "/-/audit", "/-/audit?action=refused", "/-/audit?from=2026-02-31", "/-/me"} {
		res, body := w.get(t, address)
		wantStatus(t, address, res, http.StatusOK)
		sound(t, address, testkit.ParseHTML(t, body))
	}
	if res, _ := w.get(t, "/-/accounts/u-nobody"); res.StatusCode != http.StatusNotFound {
		t.Errorf("an account that is not there: %s", res.Status)
	}
	res, body := w.post(t, "/-/accounts/"+w.ids["admin"], url.Values{"act": {"save"}, "name": {"Админов А.А."}, "login": {"admin"}})
	wantStatus(t, "the only administrator", res, http.StatusForbidden)
	if !strings.Contains(body, "единственный администратор") {
		t.Error("the page does not say why")
	}
	res, body = w.post(t, "/-/accounts/"+w.ids["officer"], url.Values{"act": {"random"}})
	wantStatus(t, "a new password", res, http.StatusOK)
	secret := testkit.ParseHTML(t, body).All("dl.card code")[1].Text()
	if _, err := w.accounts.SignIn(t.Context(), "officer", secret, auth.From{Address: "192.0.2.44"}); err != nil {
		t.Errorf("the password that was shown does not open: %v", err)
	}
}

func TestWithoutAccountsNothingIsThere(t *testing.T) {
	w := committee(t, Options{})
	for _, address := range []string{"/-/sign-in", "/-/setup", "/-/me", "/-/accounts"} {
		res, _ := w.get(t, address)
		wantStatus(t, address, res, http.StatusNotFound)
	}
	_, body := w.get(t, "/komzan/")
	if strings.Contains(body, "/-/sign-in") || strings.Contains(body, "/-/me") {
		t.Error("a register without accounts offers to sign in")
	}
}

func TestSignedInPagesAreNotMixedUp(t *testing.T) {
	w := committee(t, Options{})
	w.staff(t, Options{})
	for _, login := range []string{"", "officer", "clerk", "officer", ""} {
		w.as(t, login)
		res, body := w.get(t, "/komzan/")
		wantStatus(t, login, res, http.StatusOK)
		for name, text := range map[string]string{"officer": "Иванова И.И.", "clerk": "Петров П.П."} {
			if strings.Contains(body, text) != (name == login) {
				t.Errorf("the page of %q and the name of %s", login, name)
			}
		}
	}
}
