package web

import (
	"net/url"
	"sync"

	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// A bodyState is what a coordinator sees of a body below: how much is open there and what is late.
type bodyState struct {
	n             int64
	erasures      int64
	day           register.Date
	open, overdue int // tasks
	asked, late   int // points to confirm
	edition       int
	editionDate   register.Date
	usages        int
}

// bodyStates remembers the newest of each body.
type bodyStates struct {
	mu   sync.Mutex
	held map[string]bodyState
}

// deskBodies puts on the desk the bodies below this one, the latest ones first by what is late there.
func (s *site) deskBodies(r *request, p *deskPage) error {
	orgs, err := s.bodiesBelow(r.Context(), r.slug)
	if err != nil {
		return err
	}
	b := deskBlock{ID: "bodies", Title: r.lang.T("desk.bodies"), Line: r.lang.T("desk.bodiesline")}
	for _, o := range orgs {
		st, err := s.bodyState(r, o.Slug)
		if err != nil {
			return err
		}
		item := deskItem{link: link{"/" + url.PathEscape(o.Slug) + "/desk", shortName(&o)}, Ru: true}
		item.Small = r.lang.T("desk.noedition")
		if st.edition > 0 {
			item.Small = r.lang.T("desk.bodyedition", st.edition, lang.Date(string(st.editionDate)))
		}
		switch {
		case st.usages == 0:
			item.State, item.Tone = r.lang.T("desk.bodyempty"), "waits"
		case st.overdue+st.late > 0:
			item.State, item.Tone = r.lang.T("desk.bodylate", r.lang.Count(st.overdue, "desk.taskwords"), r.lang.Count(st.late, "fact.points")), "back"
			b.Bad = true
		case st.open+st.asked > 0:
			item.State = r.lang.T("desk.bodywork", r.lang.Count(st.open, "desk.taskwords"), r.lang.Count(st.asked, "fact.points"))
		default:
			item.State, item.Tone = r.lang.T("desk.bodyfine"), "done"
		}
		b.Count++
		b.Items = append(b.Items, item)
	}
	if b.Count > 0 {
		b.More = &link{p.home + "below", r.lang.T("below.title")}
		b.Words = r.lang.Plural(b.Count, "desk.bodywords")
		p.Blocks = append(p.Blocks, b)
	}
	return nil
}

func (s *site) bodyState(r *request, slug string) (bodyState, error) {
	h, err := s.ledger.Head(r.Context(), slug)
	if err != nil {
		return bodyState{}, err
	}
	s.bodyStates.mu.Lock()
	st, ok := s.bodyStates.held[slug]
	s.bodyStates.mu.Unlock()
	if ok && st.n == h.N && st.erasures == h.Erasures && st.day == r.today {
		return st, nil
	}
	st = bodyState{n: h.N, erasures: h.Erasures, day: r.today}
	w, err := upkeep.LookAt(r.Context(), s.ledger, slug, h.N, r.today)
	switch {
	case upkeep.CodeOf(err) == ledger.CodeNotFound:
		return st, nil // it has no Порядок yet
	case err != nil:
		return st, err
	}
	for _, t := range w.Tasks {
		if t.Open() {
			st.open++
		}
		if t.Overdue {
			st.overdue++
		}
	}
	for _, f := range w.Points {
		switch {
		case f.State == upkeep.FreshOverdue:
			st.late++
		case f.Asked():
			st.asked++
		}
	}
	st.usages = len(w.Register.Usages)
	if es := w.Register.Editions; len(es) > 0 {
		st.edition, st.editionDate = es[len(es)-1].Number, es[len(es)-1].Date
	}
	s.bodyStates.mu.Lock()
	s.bodyStates.held[slug] = st
	s.bodyStates.mu.Unlock()
	return st, nil
}
