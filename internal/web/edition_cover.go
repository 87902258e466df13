package web

import (
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// A coverList says of each process whether it has points of both classes and which needs no point of it satisfies.
type coverList struct {
	Line  string
	Items []coverItem // processes that lack something, as many as can be taken in
	More  *link
	Unmet []string // needs that nothing in the register satisfies
}

type coverItem struct {
	link
	Digital, Offline bool
	Empty            bool     // no point at all
	Needs            []string // without a point in this process
}

// shownProcesses is how many processes that lack something stand on the page.
const shownProcesses = 25

// completeness is the picture of coverage in short: see picture.Covers.
func (r *request) completeness(f *frame) coverList {
	covers, unmet := r.pictured(f).Covers()
	var c coverList
	whole, processes := 0, len(covers)
	for i := range covers {
		x := &covers[i]
		item := coverItem{link: link{f.To("processes", x.Process.Key, "rows"), x.Process.Title}, Digital: x.Has(register.Digital), Offline: x.Has(register.Offline), Empty: x.Empty()}
		for _, n := range x.Lacks {
			item.Needs = append(item.Needs, n.Text)
		}
		if item.Digital && item.Offline && len(item.Needs) == 0 {
			whole++
			continue
		}
		if len(c.Items) < shownProcesses {
			c.Items = append(c.Items, item)
		}
	}
	for _, n := range unmet {
		c.Unmet = append(c.Unmet, n.Text)
	}
	c.Line = r.lang.T("prepare.cover", whole, r.lang.Count(processes, "fact.processes"))
	if n := processes - whole - len(c.Items); n > 0 {
		c.More = &link{f.To("pictures", "coverage"), r.lang.T("prepare.coverall", r.lang.Count(n, "fact.processes"))}
	}
	return c
}

// stalePoints are what departments still owe: confirmations and tasks.
type stalePoints struct {
	Line   string // how many tasks are open
	Href   string
	Points []link // not confirmed in time
	More   string // points that are left out
	Tasks  int    // open ones
	Late   int    // of them, past their deadline
}

// stale tells what the departments still owe on the day of the page: what was not confirmed in its period, or was changed
// since, and what is still to be looked at again.
func (r *request) stale(f *frame) stalePoints {
	var st stalePoints
	more := 0
	for _, x := range r.snap.watch.Points {
		t := r.snap.points[x.Point]
		switch {
		case t == nil || x.State == upkeep.FreshConfirmed && !x.Changed:
		case len(st.Points) == shownPoints:
			more++
		default:
			st.Points = append(st.Points, link{f.To("points", t.Key), t.Text()})
		}
	}
	for _, t := range r.snap.watch.Tasks {
		if !t.Open() {
			break // the closed ones stand last
		}
		st.Tasks++
		if t.Overdue {
			st.Late++
		}
	}
	if more > 0 {
		st.More = r.lang.T("prepare.alsopoints", r.lang.Count(more, "prepare.points"))
	}
	if st.Tasks > 0 {
		st.Line = r.lang.T("prepare.open", r.lang.Count(st.Tasks, "prepare.tasks"))
		if st.Late > 0 {
			st.Line += ", " + r.lang.T("prepare.late", st.Late)
		}
		st.Line += "."
		st.Href = f.with(nil, "tasks")
	}
	return st
}

// shownPoints is how many points that nobody has confirmed stand on the page.
const shownPoints = 12
