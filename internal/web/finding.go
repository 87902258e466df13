package web

import (
	"cmp"
	"net/http"
	"net/url"

	"perechen/internal/check"
	"perechen/internal/pointhealth"
	"perechen/internal/register"
)

// findingPage is one finding, with what the officer does about it.
type findingPage struct {
	frame
	Wrong  []link
	Weight string // severity, or that it was rejected
	Item   findingItem
}

// A settling is what the officer may do about a finding: set it aside with a reason, or take that back.
type settling struct {
	ID     string // of the finding
	Action string // address of the form
	Back   string // where to go on
	Reason ask
}

func (s *site) settleRoutes(mux router) {
	mux.HandleFunc("/{body}/findings/{id}", s.form(s.finding, s.settle, who{whoMember, whoAdmin}, who{register.RoleOfficer}))
}

func (s *site) finding(r *request) (page, error) {
	id := r.PathValue("id")
	x, err := s.findingOf(r, id)
	if err != nil {
		return nil, err
	}
	if x == nil {
		return nil, notFound("error.nofinding", id)
	}
	p := &findingPage{frame: r.frame("finding", "findings", r.lang.T("settle.title"))}
	p.Weight = r.lang.T("severity." + tone(x.Severity))
	p.Item = s.findingItem(r, &p.frame, x, ruleTitles())
	if x.Rejected != "" {
		var err error
		if p.Item.Decided, err = s.decided(r, x); err != nil {
			return nil, err
		}
	}
	if p.Item.Settle != nil {
		p.Item.Settle.Back = r.typedOr("back", r.findingHref(&p.frame, id))
		p.Item.Settle.Reason = r.asked(p.Item.Settle.Reason)
		p.Wrong = r.wrong(p.Item.Settle.Reason)
	}
	return p, nil
}

func (s *site) settle(r *request, v url.Values) (string, error) {
	id := r.PathValue("id")
	back := cmp.Or(local(v.Get("back")), "/"+url.PathEscape(r.slug)+"/findings#"+id)
	switch v.Get("act") {
	case "reject":
		x, err := s.findingOf(r, id)
		switch {
		case err != nil:
			return "", err
		case x != nil && x.Rule == pointhealth.Rule:
			return back, s.desk.DecideHealth(r.Context(), r.actor(), r.slug, x.Places[0].Key, v.Get("reason"))
		}
		if x == nil {
			return "", &pageError{http.StatusConflict, "error.nofinding", []any{id}}
		}
		return back, s.desk.RejectFinding(r.Context(), r.actor(), r.slug, *x, v.Get("reason"))
	case "restore":
		return back, s.desk.RestoreFinding(r.Context(), r.actor(), r.slug, id)
	}
	return "", badRequest("error.badform")
}

// settling gives the form for a finding to the officer of the whole body; nil to everybody else.
func (s *site) settling(r *request, f *frame, x *register.Finding) *settling {
	if s.desk == nil || !r.officer() {
		return nil
	}
	return &settling{
		ID:     x.ID,
		Action: f.with(nil, "findings", x.ID),
		Reason: ask{ID: "reason-" + x.ID, Name: "reason", Kind: "textarea", Label: r.lang.T("settle.reason"), Hint: r.lang.T("settle.hint"), Max: 1500},
	}
}

// officer tells whether the viewer is the authorised officer of the whole body, which the newest state must show.
func (r *request) officer() bool {
	return r.viewer != nil && !r.view.past() && r.grants.In(register.RoleOfficer, "")
}

// decided says when a finding was set aside, and to those who work in the body, by whom.
func (s *site) decided(r *request, x *register.Finding) (string, error) {
	history, err := s.ledger.History(r.Context(), r.slug, register.KindDecision, x.ID)
	if err != nil || len(history) == 0 {
		return "", err
	}
	for i := len(history) - 1; i >= 0; i-- {
		e := history[i]
		if e.N > r.view.N || e.Op == register.Exclude {
			continue
		}
		when := newMoment(e.Time, r.loc).Date
		if name := s.nameOf(r, e.Actor); name != "" {
			return r.lang.T("settle.by", when, name), nil
		}
		return r.lang.T("settle.when", when), nil
	}
	return "", nil
}

// nameOf is the name of whoever did something, for those who work in the body; empty for a passer-by and for the terminal.
func (s *site) nameOf(r *request, account string) string {
	if s.accounts == nil || !r.may(whoMember, whoAdmin) || account == "" || account == "local" {
		return ""
	}
	return s.accounts.Name(r.Context(), account)
}

// ruleTitles are the names of the rules by their ids.
func ruleTitles() map[string]string {
	titles := map[string]string{pointhealth.Rule: pointhealth.RuleTitle}
	for _, rule := range check.Rules() {
		titles[rule.ID] = rule.Title
	}
	return titles
}
