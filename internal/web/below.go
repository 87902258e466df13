package web

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"

	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// belowPage shows a coordinator how the bodies below keep their registers: who is current and who is late. It holds
// nothing of what they have not published among themselves: no drafts, no proposals.
type belowPage struct {
	frame
	Line  string
	Items []belowItem
}

type belowItem struct {
	Name, Href, Of       string // Of: the superior body, when that is not this one
	Edition, EditionHref string
	Last                 string
	Tasks, TasksHref     string
	Points               string
	Findings, FindHref   string
	Late                 bool
	Empty                bool
}

func (s *site) below(r *request) (page, error) {
	p := &belowPage{frame: r.frame("below", "people", r.lang.T("below.title"))}
	orgs, err := s.bodiesBelow(r.Context(), r.slug)
	if err != nil {
		return nil, err
	}
	late := 0
	for _, o := range orgs {
		item, err := s.belowItem(r, o)
		if err != nil {
			return nil, err
		}
		if item.Late {
			late++
		}
		p.Items = append(p.Items, item)
	}
	p.Line = r.lang.T("below.line", r.lang.Count(len(orgs), "below.count"), late)
	return p, nil
}

func (s *site) belowItem(r *request, o register.Organisation) (belowItem, error) {
	ctx := r.Context()
	home := "/" + url.PathEscape(o.Slug) + "/"
	item := belowItem{Name: shortName(&o), Href: home, TasksHref: home + "tasks", FindHref: home + "findings"}
	if o.Parent != r.slug {
		if up, err := s.ledger.State(ctx, o.Parent, 0); err == nil {
			item.Of = shortName(&up.Organisation)
		}
	}
	head, err := s.ledger.Head(ctx, o.Slug)
	if err != nil {
		return item, err
	}
	if head.N == 0 {
		item.Empty, item.Late = true, true
		return item, nil
	}
	item.Last = newMoment(head.Time, r.loc).Date
	snap, err := s.snapshots.get(ctx, s.ledger, snapshotKey{o.Slug, head.N, head.Erasures, r.today})
	if err != nil {
		return item, err
	}
	item.Edition = r.lang.T("register.noedition")
	if n := len(snap.reg.Editions); n > 0 {
		e := snap.reg.Editions[n-1]
		item.Edition, item.EditionHref = r.lang.T("register.edition", e.Number, lang.Date(string(e.Date))), home+"editions/"+strconv.Itoa(e.Number)
	}
	tasks, points := 0, 0
	for _, t := range snap.watch.Tasks {
		if t.Open() && t.Overdue {
			tasks++
		}
	}
	for _, f := range snap.watch.Points {
		if f.State == upkeep.FreshOverdue {
			points++
		}
	}
	item.Tasks, item.Points, item.Findings = lang.Number(int64(tasks)), lang.Number(int64(points)), lang.Number(int64(len(snap.findings)))
	item.Late = tasks+points > 0
	return item, nil
}

// bodiesBelow are the bodies whose superior is this one, and theirs, in the order of their names. A tree that bites its
// own tail lists nobody twice.
func (s *site) bodiesBelow(ctx context.Context, slug string) ([]register.Organisation, error) {
	all, err := s.ledger.Bodies(ctx)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{slug: true}
	var below []register.Organisation
	for found := true; found; {
		found = false
		for _, o := range all {
			if seen[o.Parent] && !seen[o.Slug] {
				seen[o.Slug], found = true, true
				below = append(below, o)
			}
		}
	}
	slices.SortStableFunc(below, func(a, b register.Organisation) int {
		return cmp.Compare(lang.Collate(shortName(&a)), lang.Collate(shortName(&b)))
	})
	return below, nil
}
