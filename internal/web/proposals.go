package web

import (
	"net/url"
	"slices"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// proposalRoutes are the pages by which departments propose and officers decide.
func (s *site) proposalRoutes(mux router) {
	draws := who{register.RoleDepartment, register.RoleOfficer}
	reads := who{whoMember, whoWatcher}
	mux.HandleFunc("/{body}/proposals", s.form(s.proposals, nil, reads))
	mux.HandleFunc("/{body}/proposals/{id}", s.form(s.review, s.decide, reads))
	mux.HandleFunc("/{body}/proposals/{id}/edit", s.form(s.editGet, s.editPost, draws))
	mux.HandleFunc("/{body}/proposals/{id}/conflict", s.form(s.conflictGet, s.conflictPost, draws))
	mux.HandleFunc("/{body}/points/new", s.form(s.newGet, s.editPost, draws))
	mux.HandleFunc("/{body}/points/{key}/edit", s.form(s.subjectGet, s.editPost, draws))
	mux.HandleFunc("/{body}/usages/{key}/edit", s.form(s.subjectGet, s.editPost, draws))
	mux.HandleFunc("/{body}/bulk", s.upload(s.bulkGet, s.bulkPost, draws))
}

// proposalsPage lists proposals: those that wait for a decision, one's own, the closed ones.
type proposalsPage struct {
	frame
	Lead                          string
	MayDraw                       bool
	PointsHref, NewHref, BulkHref string
	Tell                          *telling
	Views                         []section
	Filter                        filter
	Action, Plain, Caption        string
	Items                         []proposalItem
	Pager                         pager
	Empty                         empty
}

type proposalItem struct {
	moment
	Href, Title, What, Who, Department, State, Remarks string
}

// The views of the list.
const (
	viewQueue  = "queue"
	viewMine   = "mine"
	viewOthers = "department"
	viewClosed = "closed"
)

// openStates are those of proposals that somebody still works on.
var openStates = []upkeep.State{upkeep.StateDraft, upkeep.StateSubmitted, upkeep.StateReturned}

// closedStates are those of proposals that nobody works on any more.
var closedStates = []upkeep.State{upkeep.StateIncluded, upkeep.StateWithdrawn}

func (s *site) proposals(r *request) (page, error) {
	all, err := s.desk.Proposals(r.Context(), r.actor(), r.slug, upkeep.ProposalQuery{States: openStates})
	if err != nil {
		return nil, err
	}
	// The closed ones grow without end: they are read for their own list alone, and whole only to be searched or shown.
	closed := r.query.Get("view") == viewClosed
	if closed {
		old, err := s.desk.Proposals(r.Context(), r.actor(), r.slug, upkeep.ProposalQuery{States: closedStates, Bare: r.query.Get("q") == ""})
		if err != nil {
			return nil, err
		}
		all = append(all, old...)
	}
	p := &proposalsPage{frame: r.frame("proposals", "desk", r.lang.T("proposals.title")), Lead: r.lang.T("proposals.lead"), MayDraw: r.may(register.RoleDepartment, register.RoleOfficer)}
	p.PointsHref, p.NewHref, p.BulkHref = p.To("points"), p.To("points", "new"), p.To("bulk")
	p.Action = p.To("proposals")
	decides := r.may(register.RoleOfficer, register.RoleHead)
	in := map[string][]upkeep.Proposal{}
	for _, d := range all {
		if v := r.viewOf(d); v != "" {
			in[v] = append(in[v], d)
		}
		if d.State == upkeep.StateSubmitted && decides {
			in[viewQueue] = append(in[viewQueue], d)
		}
	}
	slices.SortStableFunc(in[viewQueue], func(a, b upkeep.Proposal) int { return a.Submitted.Compare(b.Submitted) })
	views := []string{viewMine, viewOthers, viewClosed}
	if decides {
		views = append([]string{viewQueue}, views...)
	}
	view := r.query.Get("view")
	if !slices.Contains(views, view) {
		view = views[0]
		if view == viewQueue && len(in[viewQueue]) == 0 && len(in[viewMine]) > 0 {
			view = viewMine
		}
	}
	for _, v := range views {
		x := section{link: link{p.with(url.Values{"view": {v}}, "proposals"), r.lang.T("proposals.view." + v)}}
		if v != viewClosed || closed {
			x.Count = lang.Number(int64(len(in[v])))
		}
		if v == view {
			x.Current, p.Caption = "page", x.Text
		}
		p.Views = append(p.Views, x)
	}
	return p, s.list(r, p, view, in[view])
}

// viewOf is the part of the list to which a proposal belongs, beside the queue.
func (r *request) viewOf(d upkeep.Proposal) string {
	switch {
	case d.State == upkeep.StateIncluded || d.State == upkeep.StateWithdrawn:
		return viewClosed
	case d.Author == r.viewer.ID || slices.Contains(d.Savers, r.viewer.ID):
		return viewMine
	case d.State != upkeep.StateSubmitted || !r.may(register.RoleOfficer, register.RoleHead):
		return viewOthers
	}
	return ""
}

// list shows a page of the proposals that the filter lets through.
func (s *site) list(r *request, p *proposalsPage, view string, ds []upkeep.Proposal) error {
	p.Plain = p.with(url.Values{"view": {view}}, "proposals")
	p.Filter = filter{Text: r.query.Get("q"), Any: len(ds) > 0, Hidden: []option{{Name: "view", Value: view}}}
	chosen := r.query.Get("department")
	p.Filter.Set = p.Filter.Text != "" || chosen != ""
	var departments []option
	seen := map[string]bool{}
	for _, d := range ds {
		if key := d.Department; !seen[key] && key != "" {
			seen[key] = true
			departments = append(departments, option{Value: key, Text: r.departmentName(key), Selected: key == chosen})
		}
	}
	if len(departments) > 1 || chosen != "" {
		p.Filter.Selects = []choice{{Name: "department", Label: r.lang.T("filter.department"), All: r.lang.T("filter.any.m"), Options: departments}}
	}
	words := strings.Fields(lang.Fold(p.Filter.Text))
	names := map[string]string{}
	name := func(id string) string {
		if _, ok := names[id]; !ok {
			names[id] = s.who(r, id)
		}
		return names[id]
	}
	ds = slices.DeleteFunc(slices.Clone(ds), func(d upkeep.Proposal) bool {
		if chosen != "" && d.Department != chosen || len(words) == 0 {
			return chosen != "" && d.Department != chosen
		}
		text := lang.Fold(d.Outline.Text + " " + r.departmentName(d.Department) + " " + name(d.Author))
		return slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
	})
	p.Pager = r.pager(len(ds))
	ds = ds[p.Pager.from:p.Pager.to]
	if view == viewClosed && len(ds) > 0 {
		var ids []string
		for _, d := range ds {
			ids = append(ids, d.ID)
		}
		var err error
		if ds, err = s.desk.Proposals(r.Context(), r.actor(), r.slug, upkeep.ProposalQuery{IDs: ids}); err != nil {
			return err
		}
	}
	for _, d := range ds {
		at := d.Updated
		if view == viewQueue {
			at = d.Submitted
		}
		x := proposalItem{moment: newMoment(at, r.loc), Href: p.with(nil, "proposals", d.ID), Title: r.proposalTitle(&d), What: r.outlineText(d.Outline), Who: name(d.Author), Department: r.departmentName(d.Department), State: string(d.State)}
		if (d.State == upkeep.StateDraft || d.State == upkeep.StateReturned) && view == viewMine {
			x.Href = p.with(nil, "proposals", d.ID, "edit")
		}
		if n := len(d.OpenRemarks()); n > 0 {
			x.Remarks = r.lang.Count(n, "proposals.remarks")
		}
		p.Items = append(p.Items, x)
	}
	if len(p.Items) == 0 {
		p.Empty = empty{Title: r.lang.T("proposals.none." + view), Text: r.lang.T("proposals.none." + view + "text")}
		if p.Filter.Set {
			p.Empty = empty{Title: r.lang.T("proposals.nomatch"), Text: r.lang.T("findings.matchtext"), Href: p.Plain, Link: r.lang.T("filter.reset")}
		} else if p.MayDraw && view == viewMine {
			p.Empty.Href, p.Empty.Link = p.PointsHref, r.lang.T("proposals.begin")
		}
	}
	return nil
}

// outlineText sums a proposal up: «2 изменения, 1 исключение».
func (r *request) outlineText(o upkeep.Outline) string {
	var parts []string
	for _, x := range []struct {
		n  int
		op register.Op
	}{{o.Include, register.Include}, {o.Amend, register.Amend}, {o.Exclude, register.Exclude}} {
		if x.n > 0 {
			parts = append(parts, r.lang.Count(x.n, "proposals."+string(x.op)))
		}
	}
	if parts == nil {
		return r.lang.T("preview.none")
	}
	return strings.Join(parts, ", ")
}

// newGet opens the form of a new point: under a key of its own, so that the address stays what it is.
func (s *site) newGet(r *request) (page, error) {
	if r.typed != nil {
		return s.editGet(r)
	}
	e := &editing{untouched: true}
	if err := s.fill(r, e, url.Values{}, []string{freshKey("t")}, nil); err != nil {
		return nil, err
	}
	if !r.query.Has("process") && !r.query.Has("need") {
		return s.editView(r, e)
	}
	u, err := s.source(r).usage(freshKey("u"), "")
	if err != nil {
		return nil, err
	}
	title, need := r.filled(&u.Usage)
	u.Touchpoint = e.sheet.points[0].Key
	e.sheet.points[0].usages = append(e.sheet.points[0].usages, u)
	p, err := s.editView(r, e)
	if err != nil {
		return nil, err
	}
	switch {
	case title != "":
		p.Tell = &telling{Tone: "look", Title: r.lang.T("picture.telltitle", title), Text: r.lang.T("picture.telltext")}
	case need != "":
		p.Tell = &telling{Tone: "look", Title: r.lang.T("picture.tellneed", need), Text: r.lang.T("picture.telltext")}
	}
	return p, nil
}

// subjectGet opens the form of a point or of a usage: of the draft that the viewer has of it, if there is one.
func (s *site) subjectGet(r *request) (page, error) {
	if r.typed == nil {
		sub := subject{register.KindTouchpoint, r.PathValue("key")}
		if strings.Contains(r.Pattern, "/usages/") {
			sub.kind = register.KindUsage
		}
		id, err := s.openDraft(r, sub)
		if err != nil {
			return nil, err
		}
		if id != "" {
			return nil, &moved{s.address(r, "proposals", id, "edit")}
		}
	}
	return s.editGet(r)
}

// openDraft finds a draft, or a returned proposal, of the viewer's own that is about a subject.
func (s *site) openDraft(r *request, sub subject) (string, error) {
	ds, err := s.desk.Proposals(r.Context(), r.actor(), r.slug, upkeep.ProposalQuery{States: []upkeep.State{upkeep.StateDraft, upkeep.StateReturned}, Author: r.viewer.ID})
	if err != nil {
		return "", err
	}
	for _, d := range ds {
		if d.Outline.Include+d.Outline.Amend+d.Outline.Exclude > maxRest {
			continue // a file: it is not what somebody means who opens a point
		}
		p, err := s.desk.Proposal(r.Context(), r.actor(), r.slug, d.ID)
		if err != nil {
			return "", err
		}
		if slices.ContainsFunc(p.Content.Changes, func(c upkeep.ProposedChange) bool { return c.Kind == sub.kind && c.Key == sub.key }) {
			return d.ID, nil
		}
	}
	return "", nil
}

// moved sends a reader on to where the page is.
type moved struct{ to string }

func (m *moved) Error() string { return "moved to " + m.to }
