package register

import "slices"

// What a mark on a journey says.
const (
	MarkGone    = "gone"    // the point or its interaction is not in the register any more
	MarkEnded   = "ended"   // it is, and its validity has ended
	MarkChanged = "changed" // the point reads otherwise now
	MarkNeed    = "need"    // the interaction does not satisfy the step's need any more
	MarkProcess = "process" // a process of the journey is not in the register, or was taken out
	MarkProfile = "profile" // its profile is not in the register
)

// A JourneyMark says where a journey and the register disagree: something happened to a usage or a point since the journey
// was written. Stage, Step and Point count from 0; they are -1 for what is about the journey as a whole.
type JourneyMark struct {
	What               string
	Stage, Step, Point int
	Kind               Kind   // what has changed: KindUsage, KindTouchpoint, KindProcess, KindProfile
	Key                string // of it
	Was, Now           string // of MarkChanged: both texts; of MarkNeed: Was is the code of the need
	To                 Date   // of MarkEnded: the last day
}

// A JourneyWatch holds journeys against one register on one day.
type JourneyWatch struct {
	on        Date
	usages    map[string]*Usage
	points    map[string]*Touchpoint
	processes map[string]*Process
	profiles  map[string]bool
}

// WatchJourneys makes the watch; without a day, validity is not looked at.
func WatchJourneys(r *Register, on Date) *JourneyWatch {
	w := &JourneyWatch{on: on, usages: make(map[string]*Usage, len(r.Usages)), points: make(map[string]*Touchpoint, len(r.Touchpoints)),
		processes: make(map[string]*Process, len(r.Processes)), profiles: make(map[string]bool, len(r.Profiles))}
	for i := range r.Usages {
		w.usages[r.Usages[i].Key] = &r.Usages[i]
	}
	for i := range r.Touchpoints {
		w.points[r.Touchpoints[i].Key] = &r.Touchpoints[i]
	}
	for i := range r.Processes {
		w.processes[r.Processes[i].Key] = &r.Processes[i]
	}
	for i := range r.Profiles {
		w.profiles[r.Profiles[i].Key] = true
	}
	return w
}

// Marks are the disagreements of one journey, in the order of its steps, those about the whole first.
func (w *JourneyWatch) Marks(j Journey) []JourneyMark {
	var ms []JourneyMark
	whole := JourneyMark{Stage: -1, Step: -1, Point: -1}
	if j.Profile != "" && !w.profiles[j.Profile] {
		m := whole
		m.What, m.Kind, m.Key = MarkProfile, KindProfile, j.Profile
		ms = append(ms, m)
	}
	for _, key := range j.Processes {
		if p := w.processes[key]; p == nil || !p.InForce(w.on) {
			m := whole
			m.What, m.Kind, m.Key = MarkProcess, KindProcess, key
			ms = append(ms, m)
		}
	}
	for i, stage := range j.Stages {
		for k, step := range stage.Steps {
			for n, p := range step.Points {
				if m, ok := w.mark(step, p); ok {
					m.Stage, m.Step, m.Point = i, k, n
					ms = append(ms, m)
				}
			}
		}
	}
	return ms
}

func (w *JourneyWatch) mark(s JourneyStep, p JourneyPoint) (JourneyMark, bool) {
	if p.Outside() {
		return JourneyMark{}, false
	}
	point := p.Touchpoint
	u := w.usages[p.Usage]
	if p.Usage != "" {
		switch {
		case u == nil:
			return JourneyMark{What: MarkGone, Kind: KindUsage, Key: p.Usage}, true
		case w.over(u.To):
			return JourneyMark{What: MarkEnded, Kind: KindUsage, Key: p.Usage, To: u.To}, true
		}
		point = u.Touchpoint
	}
	t := w.points[point]
	switch {
	case t == nil:
		return JourneyMark{What: MarkGone, Kind: KindTouchpoint, Key: point}, true
	case w.over(t.To):
		return JourneyMark{What: MarkEnded, Kind: KindTouchpoint, Key: point, To: t.To}, true
	case t.Text() != p.Text:
		return JourneyMark{What: MarkChanged, Kind: KindTouchpoint, Key: point, Was: p.Text, Now: t.Text()}, true
	case t.Place != p.Place:
		return JourneyMark{What: MarkChanged, Kind: KindTouchpoint, Key: point, Was: p.Place, Now: t.Place}, true
	case u != nil && s.Need != "" && !slices.ContainsFunc(u.Needs, func(n NeedRef) bool { return n.Code == s.Need }):
		return JourneyMark{What: MarkNeed, Kind: KindUsage, Key: p.Usage, Was: s.Need}, true
	}
	return JourneyMark{}, false
}

func (w *JourneyWatch) over(to Date) bool { return to != "" && w.on != "" && to < w.on }
