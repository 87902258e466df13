package web

import (
	"net/url"
	"slices"

	"perechen/internal/auth"
	"perechen/internal/register"
)

func (s *site) auditRoutes(mux router) {
	mux.HandleFunc("/-/audit", s.form(s.auditPage, nil, who{whoAdmin}))
}

// auditPage is the log of sign-ins, administrators' acts and of what was refused.
type auditPage struct {
	frame
	Accounts, Actions, Bodies ask
	From, To                  ask
	Wrong                     []link
	Line                      string
	Filtered                  bool
	Items                     []auditItem
	Pager                     pager
}

type auditItem struct {
	moment
	Who, WhoHref            string
	Action                  string
	Refused                 bool
	Body, BodyHref          string
	About                   string // name of the account that it is about
	Object, Detail, Address string
}

func (s *site) auditPage(r *request) (page, error) {
	ctx := r.Context()
	p := &auditPage{frame: r.plain("audit", r.lang.T("audit.title"))}
	q := auth.Query{Account: r.query.Get("account"), Action: r.query.Get("action"), Body: r.query.Get("body"), Limit: pageRows}
	p.Filtered = q.Account+q.Action+q.Body+r.query.Get("from")+r.query.Get("to") != ""
	all, err := s.accounts.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	names := map[string]string{"local": r.lang.T("audit.local")}
	accounts := []option{{Text: r.lang.T("audit.anybody")}}
	for _, a := range all {
		names[a.ID] = a.Name
		accounts = append(accounts, option{Value: a.ID, Text: a.Name, Selected: a.ID == q.Account})
	}
	actions := []option{{Text: r.lang.T("audit.anything")}}
	for _, a := range auth.Actions {
		actions = append(actions, option{Value: a, Text: r.actionName(a), Selected: a == q.Action})
	}
	orgs, err := s.ledger.Bodies(ctx)
	if err != nil {
		return nil, err
	}
	bodies := []option{{Text: r.lang.T("audit.anywhere")}}
	shorts := map[string]string{}
	for _, o := range orgs {
		shorts[o.Slug] = shortName(&o)
		bodies = append(bodies, option{Value: o.Slug, Text: shorts[o.Slug], Selected: o.Slug == q.Body})
	}
	p.Accounts = ask{ID: "f-account", Name: "account", Label: r.lang.T("audit.who"), Kind: "select", Options: accounts}
	p.Actions = ask{ID: "f-action", Name: "action", Label: r.lang.T("audit.what"), Kind: "select", Options: actions}
	p.Bodies = ask{ID: "f-body", Name: "body", Label: r.lang.T("audit.body"), Kind: "select", Options: bodies}
	p.From = ask{ID: "f-from", Name: "from", Label: r.lang.T("audit.from"), Kind: "date", Value: r.query.Get("from")}
	p.To = ask{ID: "f-to", Name: "to", Label: r.lang.T("audit.to"), Kind: "date", Value: r.query.Get("to")}
	for _, d := range []struct {
		ask  *ask
		next int
	}{{&p.From, 0}, {&p.To, 1}} {
		if d.ask.Value == "" {
			continue
		}
		day, ok := register.Date(d.ask.Value).Time()
		if !ok {
			d.ask.Error = r.lang.T("error.baddate", d.ask.Value)
			continue
		}
		at := midnight(day, d.next, r.loc)
		if d.next == 0 {
			q.From = at
		} else {
			q.To = at
		}
	}
	p.Wrong = wrongs(p.From, p.To)
	_, total, err := s.accounts.AuditLines(ctx, auth.Query{Account: q.Account, Action: q.Action, Body: q.Body, From: q.From, To: q.To, Limit: 1})
	if err != nil {
		return nil, err
	}
	p.Pager = r.pager(total)
	q.Offset = p.Pager.from
	lines, total, err := s.accounts.AuditLines(ctx, q)
	if err != nil {
		return nil, err
	}
	p.Line = r.lang.Count(total, "audit.count")
	for _, l := range lines {
		item := auditItem{moment: newMoment(l.Time, r.loc), Who: names[l.Account], Action: r.actionName(l.Action), Refused: refusals[l.Action], Body: shorts[l.Body], Object: l.Object, Detail: l.Detail, Address: l.Address}
		switch {
		case item.Who == "":
			item.Who = r.lang.T("audit.nobody")
			if l.Account != "" {
				item.Who = l.Account
			}
		case l.Account != "local":
			item.WhoHref = "/-/accounts/" + url.PathEscape(l.Account)
		}
		if n := names[l.Object]; n != "" {
			item.About, item.Object = n, ""
		}
		if item.Body != "" {
			item.BodyHref = "/" + url.PathEscape(l.Body) + "/"
		}
		p.Items = append(p.Items, item)
	}
	return p, nil
}

// refusals are the actions that were not let through.
var refusals = map[string]bool{auth.ActSignInFailed: true, auth.ActSignInPaused: true, auth.ActRefused: true, auth.ActForeign: true, auth.ActStale: true, auth.ActOrigin: true}

func (r *request) actionName(action string) string {
	if !slices.Contains(auth.Actions, action) {
		return action
	}
	return r.lang.T("act." + action)
}
