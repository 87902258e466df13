package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"perechen/internal/journey"
	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// Names of the fields of a step begin with s, its stage and its place: «s0.1.action».
func stepName(i, k int, field string) string {
	return "s" + strconv.Itoa(i) + "." + strconv.Itoa(k) + "." + field
}

// maxStepPoints is how many points the list of a step offers to add; a body with more is searched by the process.
const maxStepPoints = 300

// readJourney takes the journey from what was typed. Points keep what was written of them until somebody says that they were
// looked at again; what a form says of them beyond their keys is not taken.
func (r *request) readJourney(e *journeying, v url.Values) ([]upkeep.FieldError, error) {
	j := register.Journey{Key: e.key, Title: squeeze(v.Get("title")), State: v.Get("state"), Of: v.Get("of"), Profile: v.Get("profile"), Note: clean(v.Get("aside")), Position: e.was.Position,
		Processes: []string{}, Stages: []register.JourneyStage{}}
	if j.State != register.ToBe {
		j.State, j.Of = register.AsIs, ""
	}
	for _, key := range v["process"] {
		known := r.snap.processes[key] != nil || slices.Contains(e.was.Processes, key)
		if known && !slices.Contains(j.Processes, key) {
			j.Processes = append(j.Processes, key)
		}
	}
	if j.Profile != "" && j.Profile != e.was.Profile && !r.snap.describes(register.KindProfile, j.Profile) {
		return nil, notFound("")
	}
	for i := 0; i < journey.MaxStages && v.Has("g"+strconv.Itoa(i)+".title"); i++ {
		s := register.JourneyStage{Title: squeeze(v.Get("g" + strconv.Itoa(i) + ".title")), Steps: []register.JourneyStep{}}
		for k := 0; k < journey.MaxSteps && v.Has(stepName(i, k, "action")); k++ {
			s.Steps = append(s.Steps, r.readStep(e, v, i, k))
		}
		j.Stages = append(j.Stages, s)
	}
	e.now = j
	return nil, nil
}

func (r *request) readStep(e *journeying, v url.Values, i, k int) register.JourneyStep {
	get := func(field string) string { return clean(v.Get(stepName(i, k, field))) }
	s := register.JourneyStep{Action: squeeze(get("action")), Need: get("need"), Duration: squeeze(get("duration")), Pain: squeeze(get("pain")), Weight: get("weight")}
	if _, ok := r.snap.proc.NeedByCode(s.Need); !ok && !r.hadNeed(e.was, s.Need) {
		s.Need = ""
	}
	if !slices.Contains([]string{register.PainSlight, register.PainMiddle, register.PainSevere}, s.Weight) || s.Pain == "" {
		s.Weight = ""
	}
	s.Minutes, s.Days, _ = journey.ParseDuration(s.Duration)
	for line := range strings.SplitSeq(get("documents"), "\n") {
		if line = squeeze(line); line != "" && len(s.Documents) < 50 {
			s.Documents = append(s.Documents, line)
		}
	}
	drop, seen := v[stepName(i, k, "drop")], v[stepName(i, k, "seen")]
	add := func(code string) {
		p, ok := r.pointOf(e.was, code, slices.Contains(seen, code))
		if ok && len(s.Points) < journey.MaxPoints && !slices.ContainsFunc(s.Points, func(x register.JourneyPoint) bool { return pointCode(x) == pointCode(p) }) {
			s.Points = append(s.Points, p)
		}
	}
	for _, code := range v[stepName(i, k, "point")] {
		if !slices.Contains(drop, code) {
			add(code)
		}
	}
	if code := get("add"); code != "" {
		add(code)
	}
	if text := squeeze(get("outside")); text != "" {
		add("o:" + text)
	}
	return s
}

func (r *request) hadNeed(j register.Journey, code string) bool {
	for _, s := range j.Stages {
		if slices.ContainsFunc(s.Steps, func(x register.JourneyStep) bool { return x.Need == code }) {
			return true
		}
	}
	return false
}

// pointCode is how a form names a point of a step: a usage, a point alone, or words for a place outside.
func pointCode(p register.JourneyPoint) string {
	switch {
	case p.Usage != "":
		return "u:" + p.Usage
	case p.Touchpoint != "":
		return "t:" + p.Touchpoint
	}
	return "o:" + p.Text
}

// pointOf is the point that a code names: as the journey has it, or anew from the register.
func (r *request) pointOf(was register.Journey, code string, anew bool) (register.JourneyPoint, bool) {
	kind, key, _ := strings.Cut(code, ":")
	if kind == "o" {
		return register.JourneyPoint{Text: key}, key != ""
	}
	if !anew {
		for _, s := range was.Stages {
			for _, x := range s.Steps {
				for _, p := range x.Points {
					if pointCode(p) == code {
						return p, true
					}
				}
			}
		}
	}
	switch kind {
	case "u":
		if u := r.snap.usages[key]; u != nil && r.snap.points[u.Touchpoint] != nil {
			return register.StepThrough(*u, *r.snap.points[u.Touchpoint]), true
		}
	case "t":
		if t := r.snap.points[key]; t != nil {
			return register.JourneyPoint{Touchpoint: t.Key, Text: t.Text(), Place: t.Place}, true
		}
	}
	return register.JourneyPoint{}, false
}

// journeyFields fills the form.
type journeyFields struct {
	*ownFields
	e *journeying
}

// put gives a field what is said of it, and a select its choice.
func (f *journeyFields) put(a ask, field string) ask {
	for i := range a.Options {
		a.Options[i].Selected = a.Options[i].Selected || a.Kind == "select" && a.Options[i].Value == a.Value
	}
	return f.ownFields.put(a, field)
}

func (f *journeyFields) page(p *journeyEditPage) {
	r, j, t := f.r, f.e.now, f.r.lang.T
	p.Name = f.put(ask{ID: "f-title", Name: "title", Label: t("field.title"), Value: j.Title, Max: 300}, "title")
	p.State = f.put(ask{ID: "f-state", Name: "state", Label: t("field.state"), Kind: "select", Value: j.State, Options: []option{{Value: register.AsIs, Text: t("journey.state.as-is")}, {Value: register.ToBe, Text: t("journey.state.to-be")}}}, "state")
	of := []option{{Value: "", Text: t("journey.of.none")}}
	for _, x := range r.snap.reg.Journeys {
		if x.State == register.AsIs && x.Key != j.Key {
			of = append(of, option{Value: x.Key, Text: x.Title})
		}
	}
	if !slices.ContainsFunc(of, func(o option) bool { return o.Value == j.Of }) {
		of = append(of, option{Value: j.Of, Text: r.otherTitle(f.e, j.Of)})
	}
	p.Of = f.put(ask{ID: "f-of", Name: "of", Label: t("field.of"), Hint: t("hint.journey.of"), Kind: "select", Value: j.Of, Options: of, Optional: true}, "of")
	p.Profile = f.put(r.profileAsk(j.Profile), "profile")
	p.Aside = f.put(ask{ID: "f-aside", Name: "aside", Label: t("field.note"), Hint: t("hint.journey.note"), Kind: "textarea", Rows: 2, Value: j.Note, Max: 2000, Optional: true}, "note")
	p.Processes = ask{ID: "f-process", Name: "process", Label: t("field.processes"), Hint: t("hint.journey.processes")}
	for i := range r.snap.reg.Processes {
		x := &r.snap.reg.Processes[i]
		if on := slices.Contains(j.Processes, x.Key); on || x.InForce(r.day) {
			p.Processes.Options = append(p.Processes.Options, option{Value: x.Key, Text: x.Title, Selected: on})
		}
	}
	for _, key := range j.Processes {
		if r.snap.processes[key] == nil {
			p.Processes.Options = append(p.Processes.Options, option{Value: key, Text: t("journey.mark.process") + ": " + key, Selected: true})
		}
	}
	p.Processes = f.put(p.Processes, "processes")
	p.Way = f.put(ask{ID: "f-stages", Label: t("field.stages")}, "stages")
	v := r.looker().Look(j)
	offered := f.offered()
	open := r.URL.Query().Get("open")
	for i, s := range v.Stages {
		p.Stages = append(p.Stages, f.stage(i, s, len(v.Stages), offered, open))
	}
}

// otherTitle is the title of a journey of the same proposal; its key where it is not there.
func (r *request) otherTitle(e *journeying, key string) string {
	for _, c := range e.content.Changes {
		if c.Kind == register.KindJourney && c.Key == key {
			if name := r.named(c.Content); name != "" {
				return name
			}
		}
	}
	return key
}

func (f *journeyFields) stage(i int, s journey.Stage, stages int, offered []option, open string) stageForm {
	t := f.r.lang.T
	at := strconv.Itoa(i)
	out := stageForm{ID: "g-" + at, At: at, Heading: t("journey.stage", i+1), Up: i > 0, Down: i < stages-1}
	out.Title = f.put(ask{ID: "g-" + at + "-title", Name: "g" + at + ".title", Label: t("journey.stage.title"), Value: s.Title, Max: 200}, "stages."+at+".title")
	for k, x := range s.Steps {
		step := f.step(i, k, x, offered)
		step.Up = i > 0 || k > 0
		step.Down = i < stages-1 || k < len(s.Steps)-1
		step.Open = step.Open || open == step.At
		out.Steps = append(out.Steps, step)
	}
	return out
}

func (f *journeyFields) step(i, k int, x journey.Step, offered []option) stepForm {
	t := f.r.lang.T
	at := strconv.Itoa(i) + "." + strconv.Itoa(k)
	id := "s-" + strconv.Itoa(i) + "-" + strconv.Itoa(k)
	field := func(name, label, value string) ask {
		return ask{ID: id + "-" + name, Name: stepName(i, k, name), Label: t(label), Value: value, Max: 1000, Optional: true}
	}
	out := stepForm{ID: id, At: at, Heading: t("journey.step", x.No), Line: x.Action, PointsName: stepName(i, k, "point")}
	a := field("action", "journey.lane.action", x.Action)
	a.Optional = false
	out.Action = f.put(a, "stages."+at+".action")
	a = field("need", "journey.lane.need", x.Need)
	a.Kind, a.Options = "select", []option{{Value: "", Text: t("journey.noneed")}}
	for _, n := range f.r.snap.proc.Needs {
		a.Options = append(a.Options, option{Value: n.Code, Text: n.Text})
	}
	out.Need = f.put(a, "stages."+at+".need")
	for _, p := range x.Points {
		out.Points = append(out.Points, f.point(i, k, p))
	}
	a = field("add", "journey.addpoint", "")
	a.Kind, a.Options = "select", append([]option{{Value: "", Text: t("journey.choosepoint")}}, offered...)
	out.Add = f.put(a, "")
	out.Outside = f.put(field("outside", "journey.addoutside", ""), "")
	a = field("documents", "journey.lane.documents", strings.Join(x.Documents, "\n"))
	a.Kind, a.Rows, a.Hint = "textarea", 1, t("hint.journey.documents")
	out.Documents = f.put(a, "stages."+at+".documents")
	a = field("duration", "journey.lane.time", x.Duration)
	a.Hint = t("hint.journey.duration")
	if x.Duration != "" {
		if x.Minutes+x.Days == 0 {
			a.Hint = t("journey.uncounted")
		} else {
			a.Hint = t("journey.counted", journey.Time(f.r.lang, x.Days, x.Minutes))
		}
	}
	out.Duration = f.put(a, "stages."+at+".duration")
	out.Pain = f.put(field("pain", "journey.lane.pain", x.Pain), "stages."+at+".pain")
	a = field("weight", "journey.weight", x.Weight)
	a.Kind, a.Options = "select", []option{{Value: "", Text: t("journey.noweight")}}
	for _, w := range []string{register.PainSlight, register.PainMiddle, register.PainSevere} {
		a.Options = append(a.Options, option{Value: w, Text: t("journey.pain." + w)})
	}
	out.Weight = f.put(a, "stages."+at+".weight")
	out.Open = out.Action.Error != "" || len(out.Action.Said) > 0 || x.Action == ""
	return out
}

func (f *journeyFields) point(i, k int, p journey.Point) stepPoint {
	t := f.r.lang.T
	code := pointCode(p.JourneyPoint)
	out := stepPoint{Hidden: option{Name: stepName(i, k, "point"), Value: code}, Drop: option{Name: stepName(i, k, "drop"), Value: code, Text: t("journey.droppoint")}, Text: p.Text}
	if p.Outside() {
		out.Text += " (" + t("journey.outside") + ")"
	}
	if p.Mark != nil {
		out.Mark, out.Gone = p.Mark.Text(f.r.lang), p.Mark.Gone()
		if p.Mark.What == register.MarkChanged {
			out.Mark += ": " + p.Mark.Now
			out.Seen = option{Name: stepName(i, k, "seen"), Value: code, Text: t("journey.seen")}
		}
	}
	return out
}

// offered are the points that a step may lead through: the usages of the journey's processes, then all points of the body.
func (f *journeyFields) offered() []option {
	var out []option
	r := f.r
	for _, key := range f.e.now.Processes {
		for i := range r.snap.reg.Usages {
			u := &r.snap.reg.Usages[i]
			if x := r.snap.points[u.Touchpoint]; u.Process == key && x != nil && len(out) < maxStepPoints {
				out = append(out, option{Value: "u:" + u.Key, Text: cut(x.Text()+" — "+lang.Fold(u.Text), 160)})
			}
		}
	}
	for i := range r.snap.reg.Touchpoints {
		if x := &r.snap.reg.Touchpoints[i]; len(out) < maxStepPoints {
			out = append(out, option{Value: "t:" + x.Key, Text: cut(r.lang.T("journey.pointonly", x.Text()), 160)})
		}
	}
	return out
}
