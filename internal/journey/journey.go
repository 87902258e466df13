// Package journey shows клиентские пути: it holds a journey against the register that it leads through, proposes one from
// the usages of a process, takes a shipped one over into a body's own points, and draws it as a map.
//
// It is pure: the same register and journey give the same view, the same proposal and the same drawing.
package journey

import (
	"cmp"
	"slices"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// A View is a journey with all that its pictures and tables say.
type View struct {
	register.Journey
	Profile   string   // title; empty: any client
	Processes []string // titles
	Stages    []Stage
	Marks     []Mark // about the whole
	Changed   int    // all marks, those of steps too

	Minutes, Days int // of all steps that say how long they take; Days are working days
	Timed         int // how many do
	Pains         int
	Documents     []string // all that are needed on the way, without repeats
}

// A Stage of a View.
type Stage struct {
	Title string
	Steps []Step
}

// A Step of a View; No counts from 1 through all stages. At tells where it stands, from 0.
type Step struct {
	register.JourneyStep
	No, Stage, At int
	NeedText      string
	Points        []Point
}

// A Point of a step: what was written down with what the register says now.
type Point struct {
	register.JourneyPoint
	Class register.Class // by the procedure; empty where nobody says
	Kind  string         // title of the channel's kind; empty for a place outside
	Does  string         // the interaction in the register's words
	Key   string         // of the point in the register; empty when it is not there
	Bare  bool           // the point is in the register, its use for this is not
	Mark  *Mark
}

// A Mark is what happened to something on the way since it was written, with the day where it is known.
type Mark struct {
	register.JourneyMark
	Day register.Date // of the exclusion, or the last day of validity
}

// Gone tells whether there is nothing left to go to.
func (m Mark) Gone() bool { return m.What == register.MarkGone || m.What == register.MarkEnded }

// Text says a mark in a few words: «точка исключена 12.11.2026».
func (m Mark) Text(t lang.Tag) string {
	day := ""
	if m.Day != "" {
		day = " " + lang.Date(string(m.Day))
	}
	return t.T("journey.mark."+m.What) + day
}

// A Looker makes views of the journeys of one register.
type Looker struct {
	proc      *procedure.Procedure
	watch     *register.JourneyWatch
	points    map[string]*register.Touchpoint
	usages    map[string]*register.Usage
	processes map[string]string // titles
	profiles  map[string]string
	excluded  func(kind register.Kind, key string) register.Date
}

// NewLooker reads a register on a day. Excluded tells the day on which a subject was excluded, empty for unknown; it may be nil.
func NewLooker(r *register.Register, p *procedure.Procedure, on register.Date, excluded func(kind register.Kind, key string) register.Date) *Looker {
	if p == nil {
		p = &procedure.Procedure{}
	}
	l := &Looker{proc: p, processes: make(map[string]string, len(r.Processes)), profiles: make(map[string]string, len(r.Profiles)), watch: register.WatchJourneys(r, on), excluded: excluded,
		points: make(map[string]*register.Touchpoint, len(r.Touchpoints)), usages: make(map[string]*register.Usage, len(r.Usages))}
	for i := range r.Processes {
		l.processes[r.Processes[i].Key] = r.Processes[i].Title
	}
	for i := range r.Profiles {
		l.profiles[r.Profiles[i].Key] = r.Profiles[i].Title
	}
	for i := range r.Touchpoints {
		l.points[r.Touchpoints[i].Key] = &r.Touchpoints[i]
	}
	for i := range r.Usages {
		l.usages[r.Usages[i].Key] = &r.Usages[i]
	}
	return l
}

// Marks counts what has happened to a journey's points and processes.
func (l *Looker) Marks(j register.Journey) int { return len(l.watch.Marks(j)) }

// Sum makes a view without stages: what lists say of a journey.
func (l *Looker) Sum(j register.Journey) *View {
	v := &View{Journey: j, Profile: l.profiles[j.Profile], Changed: l.Marks(j)}
	for _, key := range j.Processes {
		v.Processes = append(v.Processes, cmp.Or(l.processes[key], key))
	}
	for _, s := range j.Stages {
		for _, x := range s.Steps {
			v.count(x)
		}
	}
	return v
}

// Look makes the view of one journey.
func (l *Looker) Look(j register.Journey) *View {
	v := l.Sum(j)
	marks := map[[3]int]*Mark{}
	for _, m := range l.watch.Marks(j) {
		x := Mark{JourneyMark: m, Day: m.To}
		if x.Day == "" && l.excluded != nil && (m.What == register.MarkGone || m.What == register.MarkProcess || m.What == register.MarkProfile) {
			x.Day = l.excluded(m.Kind, m.Key)
		}
		if m.Stage < 0 {
			v.Marks = append(v.Marks, x)
		} else {
			marks[[3]int{m.Stage, m.Step, m.Point}] = &x
		}
	}
	no := 0
	for i, s := range j.Stages {
		stage := Stage{Title: s.Title}
		for k, x := range s.Steps {
			no++
			step := Step{JourneyStep: x, No: no, Stage: i, At: k}
			if n, ok := l.proc.NeedByCode(x.Need); ok {
				step.NeedText = n.Text
			}
			for n, p := range x.Points {
				step.Points = append(step.Points, l.point(p, marks[[3]int{i, k, n}]))
			}
			stage.Steps = append(stage.Steps, step)
		}
		v.Stages = append(v.Stages, stage)
	}
	return v
}

func (v *View) count(s register.JourneyStep) {
	if s.Minutes > 0 || s.Days > 0 {
		v.Minutes, v.Days, v.Timed = v.Minutes+s.Minutes, v.Days+s.Days, v.Timed+1
	}
	if s.Pain != "" {
		v.Pains++
	}
	for _, d := range s.Documents {
		if !slices.ContainsFunc(v.Documents, func(x string) bool { return lang.Fold(x) == lang.Fold(d) }) {
			v.Documents = append(v.Documents, d)
		}
	}
}

func (l *Looker) point(p register.JourneyPoint, m *Mark) Point {
	x := Point{JourneyPoint: p, Mark: m}
	key := p.Touchpoint
	if u := l.usages[p.Usage]; u != nil {
		x.Does, key, x.Class = u.Text, u.Touchpoint, u.Printed
	}
	if t := l.points[key]; t != nil {
		x.Key, x.Kind = key, l.proc.KindTitle(t.Kind)
		x.Bare = p.Usage == ""
		if c, _ := l.proc.ClassOf(*t); c != "" {
			x.Class = c
		}
	}
	return x
}

// Time sums up how long the way takes: «3 рабочих дня 20 минут»; empty when no step says.
func (v *View) Time(t lang.Tag) string { return Time(t, v.Days, v.Minutes) }

// Time says working days and minutes; hours from sixty minutes on.
func Time(t lang.Tag, days, minutes int) string {
	var parts []string
	if days > 0 {
		parts = append(parts, t.Count(days, "journey.days"))
	}
	if h := minutes / 60; h > 0 {
		parts = append(parts, t.Count(h, "journey.hours"))
	}
	if m := minutes % 60; m > 0 {
		parts = append(parts, t.Count(m, "journey.minutes"))
	}
	return strings.Join(parts, " ")
}

// Steps are all steps in their order.
func (v *View) Steps() []Step {
	var out []Step
	for _, s := range v.Stages {
		out = append(out, s.Steps...)
	}
	return out
}
