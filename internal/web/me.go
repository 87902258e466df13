package web

import (
	"net/url"
	"strings"

	"perechen/internal/auth"
)

// mePage is a person's own: sessions, password, the way out.
type mePage struct {
	frame
	Wrong    []link
	Done     string
	Login    string
	Admin    bool
	Backups  bool
	Sessions []sessionItem
	Others   bool // there are sessions besides this one
	Asks     []ask
}

type sessionItem struct {
	ID, Agent, Address string
	Begun, Seen        moment
	Current            bool
}

func (s *site) me(r *request) (page, error) {
	p := &mePage{frame: r.plain("me", r.viewer.Name), Login: r.viewer.Login, Admin: r.viewer.Admin, Backups: s.custody != nil}
	sessions, err := s.accounts.Sessions(r.Context(), r.viewer.ID)
	if err != nil {
		return nil, err
	}
	for _, x := range sessions {
		item := sessionItem{ID: x.ID, Agent: browserName(x.Agent), Address: x.Address, Begun: newMoment(x.Created, r.loc), Seen: newMoment(x.Seen, r.loc), Current: x.ID == r.viewer.session.ID}
		if item.Agent == "" {
			item.Agent = r.lang.T("me.browser")
		}
		p.Others = p.Others || !item.Current
		p.Sessions = append(p.Sessions, item)
	}
	p.Asks = []ask{
		r.asked(ask{Name: "old", Kind: "password", Label: r.lang.T("me.old"), Complete: "current-password"}),
		r.asked(ask{Name: "password", Kind: "password", Label: r.lang.T("me.new"), Hint: r.lang.T("account.passwordhint"), Complete: "new-password"}),
	}
	p.Wrong = r.wrong(p.Asks...)
	switch done := r.query.Get("done"); done {
	case "password", "ended":
		p.Done = r.lang.T("me.done." + done)
	}
	return p, nil
}

func (s *site) changeMe(r *request, v url.Values) (string, error) {
	ctx, me := r.Context(), r.viewer
	switch v.Get("act") {
	case "password":
		return "/-/me?done=password", s.accounts.ChangePassword(ctx, me.ID, v.Get("old"), v.Get("password"), me.session.ID, from(r.Request))
	case "end":
		if err := s.accounts.EndSession(ctx, me.ID, v.Get("session"), from(r.Request)); err != nil {
			return "", err
		}
		return "/-/me?done=ended", nil
	case "all": // everywhere means here too
		if _, err := s.accounts.EndSessions(ctx, me.ID, "", from(r.Request)); err != nil {
			return "", err
		}
		setCookie(r.w, r.Request, sessionCookie, "", 0)
		return "/-/sign-in", nil
	}
	return "", badRequest("error.badform")
}

// browserName says in a word or two which browser calls itself so; people know their machines by that.
func browserName(agent string) string {
	name, system := "", ""
	for _, b := range [][2]string{{"YaBrowser/", "Яндекс Браузер"}, {"Edg/", "Edge"}, {"OPR/", "Opera"}, {"Firefox/", "Firefox"}, {"Chromium/", "Chromium"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}} {
		if strings.Contains(agent, b[0]) {
			name = b[1]
			break
		}
	}
	for _, o := range [][2]string{{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"Mac OS X", "macOS"}, {"Linux", "Linux"}} {
		if strings.Contains(agent, o[0]) {
			system = o[1]
			break
		}
	}
	switch {
	case name == "":
		return cut(agent, 40)
	case system == "":
		return name
	}
	return name + ", " + system
}

// accountAsks are the fields of an account.
func (r *request) accountAsks(a auth.Account, passwordHint string) []ask {
	return []ask{
		r.asked(ask{Name: "name", Label: r.lang.T("account.name"), Hint: r.lang.T("account.namehint"), Value: a.Name, Complete: "off", Max: 120}),
		r.asked(ask{Name: "login", Label: r.lang.T("account.login"), Hint: r.lang.T("account.loginhint"), Value: a.Login, Complete: "off", Max: 60}),
		r.asked(ask{Name: "email", Kind: "email", Label: r.lang.T("account.email"), Hint: r.lang.T("account.emailhint"), Value: a.Email, Complete: "off", Max: 254, Optional: true}),
		r.asked(ask{Name: "password", Kind: "password", Label: r.lang.T("signin.password"), Hint: passwordHint, Complete: "new-password", Optional: a.ID != ""}),
	}
}

// accountOf reads the fields of an account.
func accountOf(v url.Values) auth.NewAccount {
	return auth.NewAccount{Login: v.Get("login"), Name: v.Get("name"), Email: v.Get("email"), Admin: v.Get("admin") != "", Password: v.Get("password")}
}
