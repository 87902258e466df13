package web

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"

	"perechen/internal/check"
	"perechen/internal/ledger"
	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/search"
	"perechen/internal/upkeep"
	"perechen/internal/workday"
)

// A snapshot is one state of a register with what the pages ask of it again and again. It is shared and never changed.
type snapshot struct {
	reg         *register.Register
	proc        *procedure.Procedure // never nil; empty when the body has none yet
	watch       *upkeep.Watch        // confirmations and tasks on the day of the snapshot; empty when the body has no procedure yet
	findings    []register.Finding   // open ones, heaviest first
	rejected    []register.Finding
	finding     map[string]*register.Finding // by id
	place       map[string]int               // id → place in the list of all findings, from 0; rejected ones last
	about       map[subject][]*register.Finding
	processNo   map[string]int // number in the report, from 1
	processes   map[string]*register.Process
	points      map[string]*register.Touchpoint
	classes     map[string]register.Class // of points, by the procedure
	departments map[string]string
	usages      map[string]*register.Usage
	rowAt       map[string]int                                // usage → its place among the rows of its process, or of its point where it has none; from 0
	rowsAt      map[string][]*register.Usage                  // point → its usages, in report order
	closures    map[string][]register.Closure                 // point → its closures, earliest first
	rowsIn      map[string][]*register.Usage                  // process → its usages, in report order
	atPoint     map[string]int                                // point → how many findings are about it or its usages
	usedIn      map[string]int                                // point → in how many processes
	lines       []register.Entry                              // all entries up to the state, without their contents
	appointed   []register.Entry                              // entries about appointments, with their contents
	met         map[string]map[string]map[register.Class]bool // process → need → classes of the points; process "" is all
	finder      func() *search.Index                          // made when somebody first looks for something
	calendar    func() workday.Calendar
	titled      func() map[string][]*register.Process // by the words of their titles, in any order and form; made when somebody first asks
	askable     func() [3][]*register.Touchpoint      // see askPoints; made when somebody first asks
	journeys    func() []string                       // folded words of each journey, made when somebody first looks for some
}

// A subject is what an entry, a place or a finding is about.
type subject struct {
	kind register.Kind
	key  string
}

// A snapshotKey says which state, on which day it is looked at, and after how many erasures.
type snapshotKey struct {
	slug     string
	n        int64
	erasures int64
	day      register.Date
}

// newSnapshot reads a state and checks it; before is an earlier state of the same log, nil when none is at hand. State 0 is
// a register of which nothing is known.
func newSnapshot(ctx context.Context, l Reader, k snapshotKey, before *snapshot) (*snapshot, error) {
	s := &snapshot{reg: &register.Register{Organisation: register.Organisation{Slug: k.slug, Name: k.slug}}, proc: &procedure.Procedure{}}
	s.watch = &upkeep.Watch{Register: s.reg, Procedure: s.proc, Day: k.day}
	if k.n == 0 {
		// The body itself may be known by now, even where its register did not exist on the day that was asked for.
		if now, err := l.State(ctx, k.slug, 0); err == nil && now.Organisation.Name != "" {
			s.reg.Organisation = now.Organisation
		}
		s.index()
		return s, nil
	}
	type read struct {
		lines []register.Entry
		err   error
	}
	lines := make(chan read, 1)
	go func() { // beside the state, which takes longer
		var r read
		if before != nil { // the log only grows
			r.lines = slices.Clip(before.lines)
		}
		r.err = l.Lines(ctx, k.slug, int64(len(r.lines))+1, k.n, func(e register.Entry) error { r.lines = append(r.lines, e); return nil })
		lines <- r
	}()
	var err error
	if s.reg, err = l.State(ctx, k.slug, k.n); err != nil {
		return nil, err
	}
	type looked struct {
		watch *upkeep.Watch
		err   error
	}
	watch := make(chan looked, 1)
	switch p, err := l.Procedure(ctx, k.slug, k.n); {
	case err == nil:
		s.proc = p
		go func() { // beside the checks
			w, err := upkeep.LookAt(ctx, l, k.slug, k.n, k.day)
			watch <- looked{w, err}
		}()
	case errors.Is(err, ledger.ErrNotFound):
		watch <- looked{s.watch, nil}
	default:
		return nil, err
	}
	known := <-lines
	if known.err != nil {
		return nil, known.err
	}
	s.lines = known.lines
	for _, e := range s.lines {
		if e.Kind == register.KindAppointment {
			if err := l.Entries(ctx, k.slug, e.N, e.N, func(e register.Entry) error { s.appointed = append(s.appointed, e); return nil }); err != nil {
				return nil, err
			}
		}
	}
	for _, f := range check.Run(check.Input{Register: s.reg, Procedure: s.proc, On: k.day, Entries: s.lines}) {
		if f.Rejected != "" {
			s.rejected = append(s.rejected, f)
		} else {
			s.findings = append(s.findings, f)
		}
	}
	slices.SortStableFunc(s.findings, func(a, b register.Finding) int { return cmp.Compare(weight(a.Severity), weight(b.Severity)) })
	s.index()
	w := <-watch
	s.watch = w.watch
	return s, w.err
}

// weight orders severities, the heaviest first.
func weight(s register.Severity) int {
	return slices.Index([]register.Severity{register.Violation, register.Unclear, register.Form}, s)
}

func (s *snapshot) index() {
	r := s.reg
	s.finder = sync.OnceValue(func() *search.Index {
		return search.New(search.FromRegister(r), search.Shipped().With(search.Own(upkeep.PhraseLines(r))))
	})
	s.journeys = sync.OnceValue(s.journeyWords)
	s.askable = sync.OnceValue(s.askPoints)
	s.titled = sync.OnceValue(func() map[string][]*register.Process {
		m := make(map[string][]*register.Process, len(r.Processes))
		for i := range r.Processes {
			words := titleWords(r.Processes[i].Title)
			m[words] = append(m[words], &r.Processes[i])
		}
		return m
	})
	s.calendar = sync.OnceValue(func() workday.Calendar { return upkeep.CalendarOf(r) })
	s.processNo = make(map[string]int, len(r.Processes))
	s.processes = make(map[string]*register.Process, len(r.Processes))
	for i := range r.Processes {
		s.processNo[r.Processes[i].Key] = i + 1
		s.processes[r.Processes[i].Key] = &r.Processes[i]
	}
	s.points = make(map[string]*register.Touchpoint, len(r.Touchpoints))
	s.classes = make(map[string]register.Class, len(r.Touchpoints))
	for i := range r.Touchpoints {
		t := &r.Touchpoints[i]
		s.points[t.Key] = t
		s.classes[t.Key], _ = s.proc.ClassOf(*t)
	}
	s.departments = make(map[string]string, len(r.Departments))
	for _, d := range r.Departments {
		s.departments[d.Key] = d.Title
	}
	s.usages = make(map[string]*register.Usage, len(r.Usages))
	s.usedIn = map[string]int{}
	s.met = map[string]map[string]map[register.Class]bool{"": {}}
	s.rowAt = make(map[string]int, len(r.Usages))
	s.rowsAt = make(map[string][]*register.Usage, len(r.Touchpoints))
	s.rowsIn = make(map[string][]*register.Usage, len(r.Processes))
	s.closures = map[string][]register.Closure{}
	for _, c := range r.Closures {
		s.closures[c.Touchpoint] = append(s.closures[c.Touchpoint], c)
	}
	for _, cs := range s.closures {
		slices.SortStableFunc(cs, func(a, b register.Closure) int {
			return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.FromTime, b.FromTime))
		})
	}
	rows := map[subject]int{}
	pairs := make(map[[2]string]bool)
	for i := range r.Usages {
		u := &r.Usages[i]
		s.usages[u.Key] = u
		s.rowsAt[u.Touchpoint] = append(s.rowsAt[u.Touchpoint], u)
		s.rowsIn[u.Process] = append(s.rowsIn[u.Process], u)
		owner := subject{register.KindProcess, u.Process}
		if s.processes[u.Process] == nil {
			owner = subject{register.KindTouchpoint, u.Touchpoint}
		}
		s.rowAt[u.Key] = rows[owner]
		rows[owner]++
		if pair := [2]string{u.Touchpoint, u.Process}; !pairs[pair] {
			pairs[pair] = true
			s.usedIn[u.Touchpoint]++
		}
		class := s.classOf(u)
		for _, n := range u.Needs {
			s.meet("", n.Code, class)
			if u.Process != "" {
				s.meet(u.Process, n.Code, class)
			}
		}
	}
	s.finding = map[string]*register.Finding{}
	s.place = map[string]int{}
	s.about = map[subject][]*register.Finding{}
	s.atPoint = map[string]int{}
	for i := range s.findings {
		f := &s.findings[i]
		s.finding[f.ID] = f
		s.place[f.ID] = i
		points := map[string]bool{}
		for _, p := range f.Places {
			switch u := s.usages[p.Key]; {
			case p.Kind == register.KindTouchpoint:
				points[p.Key] = true
			case p.Kind == register.KindUsage && u != nil:
				points[u.Touchpoint] = true
			}
			for _, sub := range []subject{{p.Kind, p.Key}, {"clause", p.Clause}} {
				if sub.key != "" && !slices.Contains(s.about[sub], f) {
					s.about[sub] = append(s.about[sub], f)
				}
			}
		}
		for key := range points {
			s.atPoint[key]++
		}
		if sub := (subject{"clause", f.Clause}); f.Clause != "" && len(f.Places) == 0 {
			s.about[sub] = append(s.about[sub], f)
		}
	}
	for i := range s.rejected {
		s.finding[s.rejected[i].ID] = &s.rejected[i]
		s.place[s.rejected[i].ID] = len(s.findings) + i
	}
}

func (s *snapshot) meet(process, need string, class register.Class) {
	if s.met[process] == nil {
		s.met[process] = map[string]map[register.Class]bool{}
	}
	if s.met[process][need] == nil {
		s.met[process][need] = map[register.Class]bool{}
	}
	s.met[process][need][class] = true
}

// classOf is the class of a usage's point by the procedure; as printed where the procedure says nothing.
func (s *snapshot) classOf(u *register.Usage) register.Class {
	return cmp.Or(s.classes[u.Touchpoint], u.Printed)
}

// needs are the needs that the procedure names; the open one («другие») is left out, for it asks for nothing in particular.
func (s *snapshot) needs() []procedure.Need {
	return slices.DeleteFunc(slices.Clone(s.proc.Needs), func(n procedure.Need) bool { return n.Other })
}
