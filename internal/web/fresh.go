package web

import (
	"cmp"

	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// A fresh says in a few words when a point was confirmed last; Tone is «bad» when the confirmation is late, «look» when the
// point was changed after it. The empty text says that there is nothing to say.
type fresh struct{ Text, Tone string }

func (r *request) fresh(key string) fresh {
	w, ok := r.snap.watch.Point(key)
	if !ok {
		return fresh{}
	}
	day := lang.Date(string(w.Confirmed))
	late := w.State == upkeep.FreshOverdue && r.may(whoMember, whoWatcher) // a missed deadline is the business of those who work here
	switch {
	case late && w.Confirmed != "":
		return fresh{r.lang.T("fresh.late", day), "bad"}
	case late:
		return fresh{r.lang.T("fresh.never", lang.Date(string(w.Due))), "bad"}
	case w.Confirmed != "" && w.Changed:
		return fresh{r.lang.T("fresh.changed", day), "look"}
	case w.Confirmed != "":
		return fresh{r.lang.T("fresh.confirmed", day), ""}
	}
	return fresh{}
}

// tracked tells whether pages speak of confirmations at all: to those who work here, and to everybody once there are some.
func (r *request) tracked() bool {
	return len(r.snap.reg.Confirmations) > 0 || r.may(whoMember, whoWatcher)
}

// confirmedBy says for a point's own page when it was confirmed and by whom, and who must do it by when.
func (r *request) confirmedBy(key string) (confirmed, asks string) {
	w, ok := r.snap.watch.Point(key)
	if !ok || !r.tracked() {
		return "", ""
	}
	confirmed = r.lang.T("fresh.none")
	if w.Confirmed != "" {
		by := cmp.Or(r.snap.departments[w.By], r.lang.T("fresh.officer"))
		confirmed = r.lang.T("fresh.by", lang.Date(string(w.Confirmed)), by)
		if w.Changed {
			confirmed = r.lang.T("fresh.bychanged", lang.Date(string(w.Confirmed)), by)
		}
	}
	if w.Due == "" || !r.may(whoMember, whoWatcher) {
		return confirmed, ""
	}
	who := cmp.Or(r.snap.departments[w.Responsible], r.lang.T("fresh.officer"))
	asks = r.lang.T("fresh.until", lang.Date(string(w.Due)), who)
	if w.State == upkeep.FreshOverdue {
		asks = r.lang.T("fresh.over", lang.Date(string(w.Due)), who)
	}
	return confirmed, asks
}

// confirmer is the name of the person who confirmed a point last; empty for passers-by, and when nobody has.
func (s *site) confirmer(r *request, key string) (string, error) {
	w, ok := r.snap.watch.Point(key)
	if !ok || w.Confirmed == "" || !r.may(whoMember, whoWatcher) {
		return "", nil
	}
	history, err := s.ledger.History(r.Context(), r.slug, register.KindConfirmation, key)
	if err != nil {
		return "", err
	}
	name := ""
	for _, e := range history {
		if e.N <= r.view.N {
			name = s.nameOf(r, e.Actor)
		}
	}
	return name, nil
}

// tasksAt are the open tasks at a subject, for those who work with the register.
func (r *request) tasksAt(f *frame, kind register.Kind, key string) []taskItem {
	if !r.may(whoMember, whoWatcher) {
		return nil
	}
	var ts []taskItem
	for _, t := range r.snap.watch.Tasks {
		if !t.Open() {
			break // closed ones stand last
		}
		if t.Kind == kind && t.Subject == key {
			ts = append(ts, r.taskItem(f, t))
		}
	}
	return ts
}
