package upkeep

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/workday"
)

// The states of a point by its confirmations («Всё верно»).
const (
	FreshNew       = "new"       // nobody has confirmed it yet, and its first period runs
	FreshConfirmed = "confirmed" // confirmed, and the period runs
	FreshAgeing    = "ageing"    // the period ends within the days in which the department is asked
	FreshOverdue   = "overdue"   // the period is over
)

// Freshness says when a point was confirmed last and when it must be again.
type Freshness struct {
	Point       string        // key
	State       string        // FreshNew, FreshConfirmed, FreshAgeing, FreshOverdue
	Responsible string        // key of the department that confirms; empty: the authorised officer
	Confirmed   register.Date // of the last confirmation; empty: never
	By          string        // key of the department that confirmed
	Changed     bool          // the point or an interaction of it was changed after it was confirmed
	Due         register.Date // the last day of the period
	Climbed     string        // whom the missed deadline has reached: RoleOfficer, RoleHead; empty: nobody yet
}

// Asked tells whether the point waits for a confirmation.
func (f Freshness) Asked() bool { return f.State == FreshAgeing || f.State == FreshOverdue }

// A Watch is a body's register looked at on a day: how fresh its points are, which tasks are open and how late they are.
// Everything in it follows from the state and the day; no job must have run. It is for reading only and safe for
// concurrent use.
type Watch struct {
	Register  *register.Register
	Procedure *procedure.Procedure
	Calendar  workday.Calendar
	Terms     Terms
	Day       register.Date

	Points []Freshness // of all points in force, in report order
	Tasks  []TaskState // open ones by deadline, then closed ones, the newest first

	byPoint map[string]int
	byTask  map[string]int
}

// Point gives the freshness of a point; ok is false when it is not in the register or not in force.
func (w *Watch) Point(key string) (Freshness, bool) {
	i, ok := w.byPoint[key]
	if !ok {
		return Freshness{}, false
	}
	return w.Points[i], true
}

// Task gives the task with that key.
func (w *Watch) Task(key string) (TaskState, bool) {
	i, ok := w.byTask[key]
	if !ok {
		return TaskState{}, false
	}
	return w.Tasks[i], true
}

// A Reader is what a Watch is made from; see the methods of *ledger.Ledger for the promises.
type Reader interface {
	Head(ctx context.Context, slug string) (ledger.Head, error)
	State(ctx context.Context, slug string, n int64) (*register.Register, error)
	Procedure(ctx context.Context, slug string, n int64) (*procedure.Procedure, error)
	Traces(ctx context.Context, slug string, n int64) (ledger.Traces, error)
	Days(ctx context.Context, slug string, ns []int64) (map[int64]register.Date, error)
}

// LookAt looks at the register at entry n (0: the newest) on a day. An Error with CodeNotFound when the body has no Порядок
// at that entry.
func LookAt(ctx context.Context, l Reader, slug string, n int64, on register.Date) (*Watch, error) {
	if n == 0 {
		h, err := l.Head(ctx, slug)
		if err != nil {
			return nil, err
		}
		n = h.N
	}
	r, err := l.State(ctx, slug, n)
	if err != nil {
		return nil, err
	}
	p, err := l.Procedure(ctx, slug, n)
	if err != nil {
		return nil, err
	}
	traces, err := l.Traces(ctx, slug, n)
	if err != nil {
		return nil, err
	}
	ns := make([]int64, 0, len(r.Touchpoints))
	for _, t := range r.Touchpoints {
		ns = append(ns, traces.Entry(register.KindTouchpoint, t.Key))
	}
	days, err := l.Days(ctx, slug, ns)
	if err != nil {
		return nil, err
	}
	return look(r, p, traces, days, on), nil
}

// A Watcher makes Watches and keeps the newest of each body: many pages of one state on one day share it.
type Watcher struct {
	reader Reader
	mu     sync.Mutex
	newest map[string]watched
}

type watched struct {
	*Watch
	erasures int64
}

// NewWatcher looks through a ledger.
func NewWatcher(l Reader) *Watcher { return &Watcher{reader: l, newest: map[string]watched{}} }

// At gives the register at entry n (0: the newest) looked at on a day; see LookAt.
func (x *Watcher) At(ctx context.Context, slug string, n int64, on register.Date) (*Watch, error) {
	h, err := x.reader.Head(ctx, slug)
	if err != nil {
		return nil, err
	}
	if n == 0 {
		n = h.N
	}
	x.mu.Lock()
	held := x.newest[slug]
	x.mu.Unlock()
	if held.Watch != nil && held.Register.N == n && held.Day == on && held.erasures == h.Erasures {
		return held.Watch, nil
	}
	w, err := LookAt(ctx, x.reader, slug, n, on)
	if err == nil && n == h.N {
		x.mu.Lock()
		x.newest[slug] = watched{w, h.Erasures}
		x.mu.Unlock()
	}
	return w, err
}

// entries tells by which entry a subject got its content (ledger.Traces).
type entries interface {
	Entry(kind register.Kind, key string) int64
}

// look makes the Watch of a register; days are those of the entries by which its points got their content.
func look(r *register.Register, p *procedure.Procedure, trace entries, days map[int64]register.Date, on register.Date) *Watch {
	w := &Watch{Register: r, Procedure: p, Calendar: CalendarOf(r), Terms: TermsOf(p), Day: on,
		byPoint: make(map[string]int, len(r.Touchpoints)), byTask: make(map[string]int, len(r.Tasks))}
	departments := map[string]string{}
	for _, x := range r.Processes {
		departments[x.Key] = x.Department
	}
	type uses struct {
		last       int64 // entry of the newest interaction
		department string
		several    bool
		any        bool
	}
	usedBy := make(map[string]uses, len(r.Touchpoints))
	for i := range r.Usages {
		u := &r.Usages[i]
		x := usedBy[u.Touchpoint]
		d := departments[u.Process]
		x.several = x.several || d == "" || x.any && d != x.department
		x.department, x.any = d, true
		x.last = max(x.last, trace.Entry(register.KindUsage, u.Key))
		usedBy[u.Touchpoint] = x
	}
	confirmed := make(map[string]register.Confirmation, len(r.Confirmations))
	for _, c := range r.Confirmations {
		confirmed[c.Key] = c
	}
	periods := map[register.Date]period{}
	w.Points = make([]Freshness, 0, len(r.Touchpoints))
	for i := range r.Touchpoints {
		t := &r.Touchpoints[i]
		if t.To != "" && t.To < on {
			continue
		}
		f := Freshness{Point: t.Key, Responsible: t.Department}
		x := usedBy[t.Key]
		if f.Responsible == "" && x.any && !x.several {
			f.Responsible = x.department
		}
		since := trace.Entry(register.KindTouchpoint, t.Key)
		base := days[since]
		if c, ok := confirmed[t.Key]; ok {
			f.Confirmed, f.By = c.Date, c.Department
			base = max(base, c.Date)
			f.Changed = max(since, x.last) > cmp.Or(c.N, trace.Entry(register.KindConfirmation, t.Key))
		}
		pd, ok := periods[base]
		if !ok {
			pd = w.period(base)
			periods[base] = pd
		}
		f.Due = pd.due
		switch {
		case base == "":
			f.State = FreshNew
		case on > pd.due:
			f.State = FreshOverdue
			f.Climbed = climbed(on, pd.officer, pd.head)
		case on >= pd.asked:
			f.State = FreshAgeing
		case f.Confirmed != "":
			f.State = FreshConfirmed
		default:
			f.State = FreshNew
		}
		w.byPoint[t.Key] = len(w.Points)
		w.Points = append(w.Points, f)
	}
	w.tasks()
	return w
}

// A period of confirmation: its last day, the day from which the department is asked, and those on which a missed
// confirmation reaches the officer and the head.
type period struct{ due, asked, officer, head register.Date }

func (w *Watch) period(base register.Date) period {
	t, ok := base.Time()
	if !ok {
		return period{}
	}
	due := register.DateOf(addMonths(t, w.Terms.Months))
	if working, err := w.Calendar.Add(string(due), 0); err == nil {
		due = register.Date(working)
	}
	return period{due: due, asked: w.from(due, -w.Terms.ConfirmDays), officer: w.from(due, w.Terms.OfficerDays), head: w.from(due, w.Terms.HeadDays)}
}

// from counts working days; in a year whose calendar nobody has given, plain days: an alarm that comes too early is better
// than none, and the pages say that the year is missing.
func (w *Watch) from(day register.Date, n int) register.Date {
	if to, err := w.Calendar.Add(string(day), n); err == nil {
		return register.Date(to)
	}
	t, ok := day.Time()
	if !ok {
		return day
	}
	return register.DateOf(t.AddDate(0, 0, n))
}

// climbed says whom a missed deadline has reached.
func climbed(on, officer, head register.Date) string {
	switch {
	case on >= head:
		return register.RoleHead
	case on >= officer:
		return register.RoleOfficer
	}
	return ""
}

// addMonths is the same day n months later, or the last day of a shorter month.
func addMonths(t time.Time, n int) time.Time {
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1)
}

// A TaskState is a task looked at on a day.
type TaskState struct {
	register.Task
	Overdue bool
	Left    int    // working days from the day to the deadline, negative when it is missed; see Known
	Known   bool   // Left and Due could be counted: the calendar knows the years
	Climbed string // whom a missed deadline has reached: RoleOfficer, RoleHead
	Asks    string // key of the department that is asked; empty: the authorised officer
}

// Open tells that nothing has closed the task.
func (t TaskState) Open() bool { return t.Done == "" }

// tasks looks at the tasks of the register: open ones by deadline, those without one first; then closed ones.
func (w *Watch) tasks() {
	known := map[string]bool{}
	for _, d := range w.Register.Departments {
		known[d.Key] = true
	}
	type span struct {
		left          int
		ok            bool
		officer, head register.Date
	}
	spans := map[register.Date]span{}
	w.Tasks = make([]TaskState, 0, len(w.Register.Tasks))
	for _, t := range w.Register.Tasks {
		s := TaskState{Task: t}
		if known[t.Department] {
			s.Asks = t.Department
		}
		if t.Done == "" && t.Due != "" {
			sp, ok := spans[t.Due]
			if !ok {
				left, err := w.Calendar.Between(string(w.Day), string(t.Due))
				sp = span{left, err == nil, w.from(t.Due, w.Terms.OfficerDays), w.from(t.Due, w.Terms.HeadDays)}
				spans[t.Due] = sp
			}
			s.Left, s.Known, s.Overdue = sp.left, sp.ok, w.Day > t.Due
			if s.Overdue {
				s.Climbed = climbed(w.Day, sp.officer, sp.head)
			}
		}
		w.Tasks = append(w.Tasks, s)
	}
	slices.SortStableFunc(w.Tasks, func(a, b TaskState) int {
		if a.Open() != b.Open() {
			if a.Open() {
				return -1
			}
			return 1
		}
		if !a.Open() {
			return cmp.Or(cmp.Compare(b.Done, a.Done), cmp.Compare(a.Key, b.Key))
		}
		return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.Opened, b.Opened))
	})
	for i, t := range w.Tasks {
		w.byTask[t.Key] = i
	}
}
