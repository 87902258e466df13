package web

import (
	"encoding/json"
	"strconv"
	"strings"

	"perechen/internal/journey"
	"perechen/internal/register"
)

// journeyEditPage is the form of one journey in a proposal. It works without script: steps are added, moved and taken out
// by buttons that send the form.
type journeyEditPage struct {
	frame
	ownPage
	Heading, Whose                  string // Whose is the title of the journey
	Name, State, Of, Profile, Aside ask
	Processes                       ask
	Way                             ask // what is said of the stages together
	Stages                          []stageForm
	MapHref                         string
}

// A journeying is one look at the form.
type journeying = drafting[register.Journey]

var ownJourney = ownForm[register.Journey]{
	kind: register.KindJourney, words: "journey.ground",
	read:  (*request).readJourney,
	press: changeJourney,
	page:  journeyPageOf,
}

// A stageForm is a stage in the form, a stepForm a step in it.
type stageForm struct {
	ID, At, Heading string
	Title           ask
	Steps           []stepForm
	Up, Down        bool
}

type stepForm struct {
	ID, At, Heading, Line string
	Open                  bool
	Action, Need          ask
	Points                []stepPoint
	PointsName            string
	Add, Outside          ask
	Documents, Duration   ask
	Pain, Weight          ask
	Up, Down              bool
}

// A stepPoint is a point that a step has: kept by its hidden field, taken out by its box.
type stepPoint struct {
	Hidden, Drop, Seen option
	Text, Mark         string
	Gone               bool
}

func journeyPageOf(s *site, r *request, e *journeying) (page, error) {
	t := r.lang.T
	p := &journeyEditPage{frame: r.frame("journey_edit", "desk", ""), Heading: t("journey.edit.heading"), Whose: e.now.Title}
	if e.from == nil {
		p.Heading, p.Whose = t("journey.edit.new"), ""
	} else {
		p.Out = &option{Name: "out", Value: "1", Text: t("journey.edit.out"), Selected: e.out}
	}
	p.Title = strings.TrimSpace(p.Heading + " " + p.Whose)
	if e.proposal != nil {
		p.MapHref = p.with(nil, "proposals", e.id, "journeys", e.key)
	}
	texts := [][2]string{{"stages", ""}}
	for i, stage := range e.now.Stages {
		for k, step := range stage.Steps {
			texts = append(texts, [2]string{"stages." + strconv.Itoa(i) + "." + strconv.Itoa(k) + ".action", step.Action})
		}
	}
	return p, e.fill(s, r, &p.frame, &p.ownPage, texts, func(x *ownFields) {
		x.now = e.from != nil
		(&journeyFields{x, e}).page(p)
	})
}

// change does to the journey what a button says; at is where to go on reading.
func changeJourney(e *journeying, do, what string) (at string) {
	is, ks, step := strings.Cut(what, ".")
	i, err := strconv.Atoi(is)
	if err != nil {
		return ""
	}
	k := -1
	if step {
		if k, err = strconv.Atoi(ks); err != nil {
			return ""
		}
	}
	spot := func(i, k int) string { return "#s-" + strconv.Itoa(i) + "-" + strconv.Itoa(k) }
	switch do {
	case "step":
		if journey.AddStep(&e.now, i, k) {
			return "&open=" + strconv.Itoa(i) + "." + strconv.Itoa(k+1) + spot(i, k+1)
		}
	case "stage":
		if journey.AddStage(&e.now, i) {
			return "&open=" + strconv.Itoa(i+1) + ".0#g-" + strconv.Itoa(i+1)
		}
	case "up", "down":
		by := 1
		if do == "up" {
			by = -1
		}
		if !step {
			journey.MoveStage(&e.now, i, by)
			return "#g-" + strconv.Itoa(max(0, i+by))
		}
		if i, k, ok := journey.MoveStep(&e.now, i, k, by); ok {
			return spot(i, k)
		}
	case "drop":
		if !step {
			journey.DropStage(&e.now, i)
			return "#g-" + strconv.Itoa(max(0, i-1))
		}
		journey.DropStep(&e.now, i, k)
		return "#g-" + strconv.Itoa(i)
	case "point":
		return "&open=" + what + spot(i, k)
	}
	return ""
}

// proposedJourney shows the map of a journey as a proposal wants it.
func (s *site) proposedJourney(r *request) (page, error) {
	id, key := r.PathValue("id"), r.PathValue("key")
	d, err := s.desk.Proposal(r.Context(), r.actor(), r.slug, id)
	if err != nil {
		return nil, err
	}
	for _, c := range d.Content.Changes {
		if c.Kind != register.KindJourney || c.Key != key || c.Op == register.Exclude || c.Content == nil {
			continue
		}
		var j register.Journey
		if err := json.Unmarshal(c.Content, &j); err != nil {
			return nil, err
		}
		p := &journeyPage{frame: r.frame("journey", "desk", j.Title)}
		p.Journey = r.journeyView(&p.frame, r.looker().Look(j), "map")
		p.Proposed = &link{p.with(nil, "proposals", id), r.lang.T("journey.proposed")}
		return p, nil
	}
	return nil, notFound("")
}

// named is the title that a content gives itself.
func (r *request) named(content json.RawMessage) string {
	var x struct {
		Title string `json:"title"`
	}
	_ = json.Unmarshal(content, &x)
	return x.Title
}
