package register

import "slices"

// The states of a journey: the way as clients walk it today, and as it should be.
const (
	AsIs = "as-is" // как есть
	ToBe = "to-be" // как должно быть
)

// The weights of a pain, in rising order.
const (
	PainSlight = "slight" // неудобство
	PainMiddle = "middle" // трудность
	PainSevere = "severe" // препятствие
)

// A Journey is a клиентский путь: what a client of some profile goes through to get something done in one process or
// several, stage by stage. Its steps lead through usages of the register; what they said of them when the journey was
// written stays with the step, so that a journey can tell what has changed since.
type Journey struct {
	Key       string         `json:"key"`
	Title     string         `json:"title"`
	State     string         `json:"state"`             // AsIs, ToBe
	Of        string         `json:"of,omitempty"`      // of one as it should be: key of the Journey as it is
	Profile   string         `json:"profile,omitempty"` // key of a Profile; empty: any client
	Processes []string       `json:"processes"`         // keys of Processes, in the order of the way
	Note      string         `json:"note,omitempty"`    // where it is taken from
	Stages    []JourneyStage `json:"stages"`
	Position  int            `json:"position"`
}

// A JourneyStage is a part of the way with a name: «Узнать порядок».
type JourneyStage struct {
	Title string        `json:"title"`
	Steps []JourneyStep `json:"steps"`
}

// A JourneyStep is one thing that the client does. Several points are alternatives: any of them will do.
type JourneyStep struct {
	Action    string         `json:"action"`         // what the client does
	Need      string         `json:"need,omitempty"` // code of the need that is satisfied
	Points    []JourneyPoint `json:"points,omitempty"`
	Documents []string       `json:"documents,omitempty"`
	Duration  string         `json:"duration,omitempty"` // as people say it
	Minutes   int            `json:"minutes,omitempty"`  // the same for counting; Days are working days
	Days      int            `json:"days,omitempty"`
	Pain      string         `json:"pain,omitempty"`   // what hurts
	Weight    string         `json:"weight,omitempty"` // of the pain: PainSlight, PainMiddle, PainSevere
}

// A JourneyPoint is where a step is done: a usage of the register, a point of it whose use for this is not written down yet, or a
// place outside of it («банк»), which has a text only.
type JourneyPoint struct {
	Usage      string `json:"usage,omitempty"`      // key of a Usage; empty: the point alone
	Touchpoint string `json:"touchpoint,omitempty"` // key of its Touchpoint; empty: outside
	Text       string `json:"text"`                 // the point as it was printed when the step was written
	Place      string `json:"place,omitempty"`      // its address then
}

// Through tells that a step of the journey is done at the point with this key.
func (j *Journey) Through(point string) bool {
	for _, s := range j.Stages {
		for _, x := range s.Steps {
			for _, p := range x.Points {
				if p.Touchpoint == point && point != "" {
					return true
				}
			}
		}
	}
	return false
}

// Outside tells that the step is done where the register has no say.
func (p JourneyPoint) Outside() bool { return p.Usage == "" && p.Touchpoint == "" }

// PointOf is where a step through that usage is done, as the register says now; ok is false when it is not there.
func (r *Register) PointOf(usage string) (p JourneyPoint, ok bool) {
	i := slices.IndexFunc(r.Usages, func(u Usage) bool { return u.Key == usage })
	if i < 0 {
		return JourneyPoint{}, false
	}
	t, ok := r.Touchpoint(r.Usages[i].Touchpoint)
	return StepThrough(r.Usages[i], t), ok
}

// StepThrough is where a step through the usage u of the point t is done.
func StepThrough(u Usage, t Touchpoint) JourneyPoint {
	return JourneyPoint{Usage: u.Key, Touchpoint: t.Key, Text: t.Text(), Place: t.Place}
}

// Journey returns the journey with that key.
func (r *Register) Journey(key string) (Journey, bool) {
	for _, j := range r.Journeys {
		if j.Key == key {
			return j, true
		}
	}
	return Journey{}, false
}

// Steps counts the steps of all stages.
func (j Journey) Steps() int {
	n := 0
	for _, s := range j.Stages {
		n += len(s.Steps)
	}
	return n
}

// StageTexts says a journey stage by stage, as a person would: «Узнать порядок: позвонить в отдел кадров (Телефон…)».
func StageTexts(j Journey) []string {
	var out []string
	for _, s := range j.Stages {
		out = append(out, FieldText(Encode(s)))
	}
	return out
}
