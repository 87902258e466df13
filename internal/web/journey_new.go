package web

import (
	"html/template"
	"net/url"
	"slices"
	"strings"

	"perechen/internal/journey"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// newJourneyPage begins a journey: from the usages of processes, from a shipped one, or from nothing.
type newJourneyPage struct {
	frame
	Wrong     []link
	Action    string
	Show      string
	Processes ask
	Profile   ask
	Dept      *ask
	About     string // of what the chosen processes give
	Maps      []template.HTML
	Hollow    string // why they give nothing
	Ready     []readyItem
}

// A readyItem is a shipped journey as it fits this body.
type readyItem struct {
	ID, Title, About string
	Bound            string
	Profile          string
	Found            []link // slot → process
	Misses           []string
	Sources          []string
}

func (s *site) newJourney(r *request) (page, error) {
	t := r.lang.T
	p := &newJourneyPage{frame: r.frame("journey_new", "desk", t("journey.new"))}
	p.Action = p.To("journeys", "new")
	chosen, profile := r.query["process"], r.query.Get("profile")
	if r.typed != nil {
		chosen, profile = r.typed.values["process"], r.typed.values.Get("profile")
	}
	chosen = slices.DeleteFunc(slices.Clone(chosen), func(key string) bool { return r.snap.processes[key] == nil })
	p.Processes = ask{ID: "f-process", Name: "process", Label: t("field.processes"), Hint: t("hint.journey.processes"), Error: r.fault("process")}
	for i := range r.snap.reg.Processes {
		x := &r.snap.reg.Processes[i]
		if x.InForce(r.day) {
			p.Processes.Options = append(p.Processes.Options, option{Value: x.Key, Text: x.Title, Selected: slices.Contains(chosen, x.Key)})
		}
	}
	p.Profile = r.profileAsk(profile)
	if ds := r.mayDraw(); len(ds) > 1 {
		p.Dept = s.deptAsk(r, ds, "")
	}
	p.Wrong = r.wrong(p.Processes)
	if len(chosen) > 0 {
		j := journey.Propose(r.snap.reg, r.snap.proc, chosen, profile, r.day)
		v := r.looker().Look(j)
		if p.About = journey.About(v, r.lang); j.Steps() == 0 {
			p.Hollow = t("journey.hollow")
		} else {
			for _, d := range journey.Map(v, journey.Options{Lang: r.lang, Home: p.home, ID: "proposed"}) {
				p.Maps = append(p.Maps, template.HTML(d.Inline()))
			}
		}
	}
	for _, ready := range journey.Shipped() {
		p.Ready = append(p.Ready, r.readyItem(&p.frame, journey.Take(ready, r.snap.reg, r.snap.proc, r.day)))
	}
	return p, nil
}

func (r *request) profileAsk(chosen string) ask {
	a := ask{ID: "f-profile", Name: "profile", Label: r.lang.T("field.profile"), Kind: "select", Options: []option{{Value: "", Text: r.lang.T("journey.any"), Selected: chosen == ""}}}
	for _, x := range r.snap.reg.Profiles {
		a.Options = append(a.Options, option{Value: x.Key, Text: x.Title, Selected: x.Key == chosen})
	}
	return a
}

func (r *request) readyItem(f *frame, got journey.Taken) readyItem {
	t := r.lang.T
	x := readyItem{ID: got.Ready.ID, Title: got.Ready.Title, About: got.Ready.About, Profile: got.Profile}
	steps := 0
	for _, j := range got.Journeys {
		steps += j.Steps()
	}
	x.Bound = t("journey.ready.bound", got.Bound, r.lang.Count(steps, "journey.steps.gen"))
	for _, key := range slices.Sorted(mapKeys(got.Found)) {
		x.Found = append(x.Found, link{Href: key, Text: got.Found[key]})
	}
	for _, m := range got.Misses {
		text := m.Looked
		if m.Action != "" {
			text = "«" + m.Action + "» (" + t("journey.state."+m.State) + "): " + m.Looked
		}
		if m.Bare {
			text += " — " + t("journey.bare")
		}
		x.Misses = append(x.Misses, text)
	}
	for _, s := range got.Ready.Sources {
		x.Sources = append(x.Sources, "«"+s.Quote+"»")
	}
	return x
}

// mapKeys ranges over the keys of a map.
func mapKeys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// beginJourney makes a draft of what was chosen and opens its form.
func (s *site) beginJourney(r *request, v url.Values) (string, error) {
	d := upkeep.Draft{ID: upkeep.NewID(), Department: v.Get("dept"), Content: upkeep.Content{Ground: r.actualised(r.lang.T("journey.ground"))}}
	if d.Department != "" && r.snap.departments[d.Department] == "" {
		return "", notFound("")
	}
	if d.Department == "" {
		if ds := r.mayDraw(); len(ds) > 0 && !slices.Contains(ds, "") {
			d.Department = ds[0]
		}
	}
	var js []register.Journey
	do, id, _ := strings.Cut(v.Get("do"), ":")
	switch do {
	case "ready":
		ready, ok := journey.ShippedByID(id)
		if !ok {
			return "", notFound("")
		}
		js = journey.Take(ready, r.snap.reg, r.snap.proc, r.day).Journeys
		d.Content.Ground = r.actualised(r.lang.T("journey.ground.ready", ready.Title))
	case "show", "propose", "empty":
		chosen := v["process"]
		for _, key := range chosen {
			if r.snap.processes[key] == nil {
				return "", notFound("")
			}
		}
		if profile := v.Get("profile"); profile != "" && !r.snap.describes(register.KindProfile, profile) {
			return "", notFound("")
		}
		if do == "show" {
			return s.address(r, "journeys", "new") + "?" + url.Values{"process": chosen, "profile": v["profile"]}.Encode() + "#proposed", nil
		}
		if len(chosen) == 0 && do == "propose" {
			return "", invalidField("process", r.lang.T("journey.choose"))
		}
		j := journey.Propose(r.snap.reg, r.snap.proc, chosen, v.Get("profile"), r.day)
		if do == "empty" || j.Steps() == 0 {
			j.Stages = []register.JourneyStage{{Steps: []register.JourneyStep{{}}}}
		}
		j.Key = freshKey("j")
		js = []register.Journey{j}
	default:
		return "", badRequest("error.badform")
	}
	for _, j := range js {
		d.Content.Changes = append(d.Content.Changes, upkeep.ProposedChange{Change: register.Change{Op: register.Include, Kind: register.KindJourney, Key: j.Key, Content: register.Encode(j)}})
	}
	p, err := s.desk.Save(r.Context(), r.actor(), r.slug, d)
	if err != nil {
		return "", err
	}
	return s.ownHref(r, subject{register.KindJourney, js[0].Key}, p.ID), nil
}
