package web

import (
	"context"
	"net/url"
	"slices"

	"perechen/internal/lang"
	"perechen/internal/pointhealth"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// A HealthWork is the looking at points that the administrator has switched on for the installation.
type HealthWork struct {
	Times string // when, as the settings say
	// Ask has it done soon, on whichever node; false when it is under way or was asked for.
	Ask func(ctx context.Context, account string) (bool, error)
}

// healthRoutes are the page of what was seen of the points of a body.
func (s *site) healthRoutes(mux router) {
	mux.HandleFunc("/{body}/health", s.form(s.healthPage, s.doHealth, who{whoMember, whoWatcher}, who{register.RoleOfficer, register.RoleDepartment}))
}

// healthPage is what was looked at, when, and what came of it.
type healthPage struct {
	frame
	Done    string
	Off     bool // for the installation
	Setting string
	On      bool // for the body
	May     bool // switch it
	MayAsk  bool
	Reason  ask
	Wrong   []link
	Line    string
	Items   []healthItem
	Others  []note // what the rules say of hours, contacts and restricted channels
}

type healthItem struct {
	Key, Name, Href string
	Contact         contact
	State           string
	Tone            string
	Text            string
	When            moment
	Since           string
	Finding         string // id of an open one
	Clause          string
	Decided         string // the reason, when a decision holds
	Looks           []healthLook
	order           int
}

type healthLook struct {
	When moment
	Text string
	Tone string
}

// healthRules are the rules of the register that speak of whether a point can be reached: hours, contacts, channels that are
// restricted from a day.
var healthRules = []string{"R9", "R12", "R18"}

func (s *site) healthPage(r *request) (page, error) {
	set, records, err := s.desk.Health(r.Context(), r.slug)
	if err != nil {
		return nil, err
	}
	p := &healthPage{frame: r.frame("health", "desk", r.lang.T("health.title")), Off: s.health == nil, On: set.On,
		May: r.grants.In(register.RoleOfficer, ""), MayAsk: s.health != nil && set.On && r.may(register.RoleOfficer, register.RoleDepartment)}
	if done := r.query.Get("done"); slices.Contains([]string{"asked", "already", "on", "off", "decided"}, done) {
		p.Done = r.lang.T("health.done." + done)
	}
	p.Reason = r.asked(ask{Name: "reason", Label: r.lang.T("health.reason"), Kind: "textarea", Max: 1500})
	p.Wrong = r.wrong(p.Reason)
	if s.health != nil {
		p.Setting = r.lang.T("health.times", s.health.Times)
	}
	known := map[string]pointhealth.Record{}
	for _, k := range records {
		known[k.Point] = k
	}
	bad := 0
	for i := range r.snap.reg.Touchpoints {
		t := &r.snap.reg.Touchpoints[i]
		if pointhealth.Of(*t) == "" {
			continue
		}
		item := r.healthItem(&p.frame, t, known[t.Key])
		if item.order == 0 {
			bad++
		}
		p.Items = append(p.Items, item)
	}
	slices.SortStableFunc(p.Items, func(a, b healthItem) int { return a.order - b.order })
	p.Line = r.lang.T("health.line", r.lang.Count(len(p.Items), "health.points"), bad)
	for i := range r.snap.findings {
		if f := &r.snap.findings[i]; slices.Contains(healthRules, f.Rule) {
			p.Others = append(p.Others, r.note(&p.frame, f))
		}
	}
	return p, nil
}

func (r *request) healthItem(f *frame, t *register.Touchpoint, k pointhealth.Record) healthItem {
	v := r.viewPoint(f, t)
	item := healthItem{Key: t.Key, Name: v.Label, Href: v.Href, Contact: v.Contact, State: r.lang.T("health.never"), order: 3}
	if k.Value != pointhealth.Print(t.Contact) || len(k.Looks) == 0 {
		return item
	}
	last := k.Last()
	item.Text, item.When = last.Text, newMoment(last.Time, r.loc)
	item.order = map[pointhealth.Verdict]int{pointhealth.Good: 4, pointhealth.Notable: 2, pointhealth.Bad: 1, pointhealth.Unknown: 3}[last.Verdict]
	item.Tone = healthTone(last.Verdict)
	item.State = r.lang.T("health." + string(last.Verdict))
	if found, ok := k.Finding(*t, r.snap.proc.Actualise.Clause); ok {
		item.State, item.Tone, item.order = r.lang.T("health.broken"), "back", 0
		item.Since = newMoment(k.Fails, r.loc).Date
		item.Finding, item.Clause = found.ID, found.Clause
		if item.Decided = pointhealth.Decided(r.snap.reg, found); item.Decided != "" {
			item.Finding, item.order = "", 2
		}
	}
	for _, l := range k.Looks {
		item.Looks = append(item.Looks, healthLook{newMoment(l.Time, r.loc), l.Text, healthTone(l.Verdict)})
	}
	return item
}

func healthTone(v pointhealth.Verdict) string {
	return map[pointhealth.Verdict]string{pointhealth.Good: "done", pointhealth.Notable: "waits", pointhealth.Bad: "back"}[v]
}

// doHealth switches the looking on and off, has it done now, and settles the finding of a point.
func (s *site) doHealth(r *request, form url.Values) (string, error) {
	ctx, done := r.Context(), ""
	switch form.Get("act") {
	case "on", "off":
		done = form.Get("act")
		if err := s.desk.SetHealth(ctx, r.actor(), r.slug, done == "on"); err != nil {
			return "", err
		}
	case "look":
		if s.health == nil {
			return "", &upkeep.Error{Code: upkeep.CodeStale, Text: lang.Russian.T("health.off")}
		}
		if err := s.desk.MayAskHealth(ctx, r.actor(), r.slug); err != nil {
			return "", err
		}
		ok, err := s.health.Ask(ctx, r.viewer.ID)
		if err != nil {
			return "", err
		}
		if done = "already"; ok {
			done = "asked"
		}
	case "decide":
		if err := s.desk.DecideHealth(ctx, r.actor(), r.slug, form.Get("point"), form.Get("reason")); err != nil {
			return "", err
		}
		done = "decided"
	default:
		return "", badRequest("error.badform")
	}
	return r.frameless("health?done=" + done), nil
}
