package web

import (
	"cmp"
	"slices"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
)

// unitPage is a department for the one who looks for it: its points with their hours now, what it answers for, and who
// leads the body.
type unitPage struct {
	frame
	Leader    string
	Points    []wayPoint
	Processes []link
}

func (s *site) department(r *request) (page, error) {
	key := r.PathValue("key")
	title := r.snap.departments[key]
	if title == "" {
		return nil, notFound("")
	}
	p := &unitPage{frame: r.clientFrame("department", "find", sentenceCase(title)), Leader: leader(&r.snap.reg.Organisation)}
	for _, t := range r.pointsOf(key) {
		p.Points = append(p.Points, r.wayPoint(&p.frame, t))
	}
	slices.SortStableFunc(p.Points, func(a, b wayPoint) int { return a.rank() - b.rank() })
	for i := range r.snap.reg.Processes {
		if x := &r.snap.reg.Processes[i]; x.Department == key {
			p.Processes = append(p.Processes, link{p.To("processes", x.Key), x.Title})
		}
	}
	return p, nil
}

// pointsOf are the points that a department answers for, those in force.
func (r *request) pointsOf(department string) []*register.Touchpoint {
	var ts []*register.Touchpoint
	for i := range r.snap.reg.Touchpoints {
		t := &r.snap.reg.Touchpoints[i]
		if r.answersFor(t) == department && r.holds(t.From, t.To) {
			ts = append(ts, t)
		}
	}
	return ts
}

// leader is the head of the body as pages name him; empty where nobody is named.
func leader(o *register.Organisation) string {
	if o.HeadName == "" {
		return ""
	}
	if o.HeadTitle == "" {
		return o.HeadName
	}
	return sentenceCase(o.HeadTitle) + " " + o.HeadName
}

// A departmentView is a department on the body's page: whether somebody can be reached there now.
type departmentView struct {
	link
	Line string
	Now  string
	Open bool
}

const (
	frontProcesses = 8
	frontPoints    = 400 // points whose hours are looked at for the departments of the body's page
)

// front fills the page on which nothing was asked yet: what the body has put first, what else it does, and the departments.
func (p *findPage) front(r *request) {
	first := r.firstChosen()
	order := r.broadest(first)
	for _, x := range first {
		p.First = append(p.First, link{p.To("processes", x.Key), x.Title})
	}
	for _, x := range order[:min(len(order), max(0, frontProcesses-len(first)))] {
		p.Processes = append(p.Processes, link{p.To("processes", x.Key), x.Title})
	}
	if n := len(first) + len(order); n > len(p.First)+len(p.Processes) {
		p.All = r.lang.T("front.all", lang.Number(int64(n)))
	}
	p.Leader = leader(&r.snap.reg.Organisation)
	p.HasForms = len(r.snap.reg.Forms) > 0
	for _, d := range r.snap.reg.Departments {
		v := departmentView{link: link{p.To("departments", d.Key), sentenceCase(d.Title)}}
		if len(r.snap.reg.Touchpoints) <= frontPoints {
			points := r.pointsOf(d.Key)
			v.Line = r.lang.Count(len(points), "fact.points")
			for _, t := range points {
				if o := r.openPoint(&p.frame, t); o.Now != "" && (v.Now == "" || o.Open && !v.Open) {
					v.Now, v.Open = o.Now, o.Open
				}
			}
		}
		p.Departments = append(p.Departments, v)
	}
}

// nearestLooked is of how many points of a manner it is asked whether somebody is there now.
const nearestLooked = 40

// nearest are the points at which somebody tells to whom to turn when the register does not know: a telephone, then a mailbox,
// then a place to go to, one of each and not closed where there is a choice. Among equals stands first what serves the whole
// body rather than a department, then what serves more of what the body does.
func (r *request) nearest(f *frame) []wayPoint {
	var ps []wayPoint
	for _, ts := range r.snap.askable() {
		looked := 0
		for _, t := range ts {
			if !r.holds(t.From, t.To) {
				continue
			}
			p := r.wayPoint(f, t)
			shut := p.rank() >= closedRank
			switch looked++; {
			case looked == 1:
				ps = append(ps, p)
			case !shut: // those before it are
				ps[len(ps)-1] = p
			}
			if !shut || looked == nearestLooked {
				break
			}
		}
	}
	return ps
}

// askPoints are the telephones, the mailboxes and the places at which people answer questions, each sort with the most general first.
// Neither a site nor a document system answers questions, and a place must be named to be found.
func (s *snapshot) askPoints() [3][]*register.Touchpoint {
	var all [3][]*register.Touchpoint
	for i := range s.reg.Touchpoints {
		t := &s.reg.Touchpoints[i]
		switch s.manner(t) {
		case mannerPhone:
			all[0] = append(all[0], t)
		case mannerDigital:
			if strings.HasPrefix(string(newContact(t).Href), "mailto:") {
				all[1] = append(all[1], t)
			}
		case mannerVisit:
			if t.Place != "" {
				all[2] = append(all[2], t)
			}
		}
	}
	for _, ts := range all {
		slices.SortStableFunc(ts, func(a, b *register.Touchpoint) int {
			return cmp.Or(falseFirst(a.Department != "", b.Department != ""), len(s.rowsAt[b.Key])-len(s.rowsAt[a.Key]))
		})
	}
	return all
}

func falseFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
