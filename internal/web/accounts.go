package web

import (
	"net/url"
	"strings"

	"perechen/internal/auth"
	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/rights"
)

func (s *site) accountRoutes(mux router) {
	mux.HandleFunc("/-/accounts", s.form(s.accountsPage, nil, who{whoAdmin}))
	mux.HandleFunc("/-/accounts/new", s.form(s.newAccount, s.addAccount, who{whoAdmin}))
	mux.HandleFunc("/-/accounts/{id}", s.form(s.account, s.changeAccount, who{whoAdmin}))
}

// accountsPage lists who can sign in.
type accountsPage struct {
	frame
	Query  string
	Line   string
	Items  []accountItem
	Pager  pager
	Bodies []link // to appoint somebody in
}

type accountItem struct {
	Href, Name, Login, Email string
	Admin, Blocked, Mute     bool // Mute: has no password
	Roles                    []string
}

func (s *site) accountsPage(r *request) (page, error) {
	p := &accountsPage{frame: r.plain("accounts", r.lang.T("accounts.title")), Query: strings.TrimSpace(r.query.Get("q"))}
	all, err := s.accounts.Accounts(r.Context())
	if err != nil {
		return nil, err
	}
	var chosen []auth.Account
	wanted := lang.Fold(p.Query)
	for _, a := range all {
		if strings.Contains(lang.Fold(a.Name+" "+a.Login+" "+a.Email), wanted) {
			chosen = append(chosen, a)
		}
	}
	roles, bodies, err := s.rolesOf(r)
	if err != nil {
		return nil, err
	}
	p.Pager = r.pager(len(chosen))
	for _, a := range chosen[p.Pager.from:p.Pager.to] {
		p.Items = append(p.Items, accountItem{Href: "/-/accounts/" + url.PathEscape(a.ID), Name: a.Name, Login: a.Login, Email: a.Email, Admin: a.Admin, Blocked: a.Blocked, Mute: !a.HasPassword(), Roles: roles[a.ID]})
	}
	p.Line = r.lang.Count(len(chosen), "accounts.count")
	p.Bodies = bodies
	return p, nil
}

// rolesOf tells in which bodies each account holds which roles today, and lists the bodies' pages of people.
func (s *site) rolesOf(r *request) (map[string][]string, []link, error) {
	roles := map[string][]string{}
	var bodies []link
	orgs, err := s.ledger.Bodies(r.Context())
	if err != nil {
		return nil, nil, err
	}
	for _, o := range orgs {
		reg, err := s.ledger.State(r.Context(), o.Slug, 0)
		if err != nil {
			return nil, nil, err
		}
		name := shortName(&reg.Organisation)
		bodies = append(bodies, link{"/" + url.PathEscape(o.Slug) + "/people", name})
		for _, a := range reg.Appointments {
			if a.Account != "" && rights.InForce(a, r.today) {
				roles[a.Account] = append(roles[a.Account], name+": "+r.roleName(a.Role, a.Deputy))
			}
		}
	}
	return roles, bodies, nil
}

func shortName(o *register.Organisation) string {
	switch {
	case o.ShortName != "":
		return o.ShortName
	case o.Name != "":
		return o.Name
	}
	return o.Slug
}

// roleName is the name of a role for pages: short and the same in every body.
func (r *request) roleName(role string, deputy bool) string {
	switch role {
	case register.RoleOfficer, register.RoleDepartment, register.RoleHead, register.RoleCoordinator, register.RoleReader:
		role = r.lang.T("role." + role)
	}
	if deputy {
		return r.lang.T("people.deputyof", role)
	}
	return role
}

// accountPage makes or changes an account.
type accountPage struct {
	frame
	Wrong  []link
	Done   string
	ID     string // empty: a new one
	Asks   []ask
	Admin  bool
	Item   accountItem
	Self   bool
	Secret string // a password made just now: shown once
	Login  string
}

func (s *site) newAccount(r *request) (page, error) {
	p := &accountPage{frame: r.plain("account", r.lang.T("account.new")), Asks: r.accountAsks(auth.Account{}, r.lang.T("account.randomhint")), Admin: r.ticked("admin", "1", false)}
	p.Asks[3].Optional = true
	p.Wrong = r.wrong(p.Asks...)
	return p, nil
}

func (s *site) addAccount(r *request, v url.Values) (string, error) {
	n := accountOf(v)
	made := n.Password == ""
	if made {
		n.Password = auth.RandomPassword()
	}
	a, err := s.accounts.Add(r.Context(), r.by(), n)
	if err != nil {
		return "", err
	}
	if made {
		r.answer = &accountPage{frame: r.plain("secret", a.Name), ID: a.ID, Login: a.Login, Secret: n.Password}
	}
	return "/-/accounts/" + a.ID + "?done=added", nil
}

func (s *site) account(r *request) (page, error) {
	a, err := s.accounts.Account(r.Context(), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	roles, _, err := s.rolesOf(r)
	if err != nil {
		return nil, err
	}
	p := &accountPage{frame: r.plain("account", a.Name), ID: a.ID, Login: a.Login, Asks: r.accountAsks(a, r.lang.T("account.keephint")), Self: a.ID == r.viewer.ID}
	p.Admin = r.ticked("admin", "1", a.Admin)
	p.Item = accountItem{Name: a.Name, Admin: a.Admin, Blocked: a.Blocked, Mute: !a.HasPassword(), Roles: roles[a.ID]}
	p.Wrong = r.wrong(p.Asks...)
	switch done := r.query.Get("done"); done {
	case "added", "saved", "blocked", "unblocked":
		p.Done = r.lang.T("account.done." + done)
	}
	return p, nil
}

func (s *site) changeAccount(r *request, v url.Values) (string, error) {
	id := r.PathValue("id")
	here := "/-/accounts/" + url.PathEscape(id)
	switch v.Get("act") {
	case "save":
		_, err := s.accounts.Change(r.Context(), r.by(), id, accountOf(v))
		return here + "?done=saved", err
	case "block":
		return here + "?done=blocked", s.accounts.Block(r.Context(), r.by(), id, true)
	case "unblock":
		return here + "?done=unblocked", s.accounts.Block(r.Context(), r.by(), id, false)
	case "random":
		a, err := s.accounts.Account(r.Context(), id)
		if err != nil {
			return "", err
		}
		secret := auth.RandomPassword()
		if err := s.accounts.SetPassword(r.Context(), r.by(), id, secret); err != nil {
			return "", err
		}
		r.answer = &accountPage{frame: r.plain("secret", a.Name), ID: a.ID, Login: a.Login, Secret: secret}
		return here, nil
	}
	return "", badRequest("error.badform")
}

// by is the viewer as package auth notes it.
func (r *request) by() auth.By { return auth.By{Account: r.viewer.ID, From: from(r.Request)} }
