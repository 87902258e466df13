package web

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"perechen/internal/journey"
	"perechen/internal/lang"
	"perechen/internal/register"
)

// JourneyDocuments makes the files of journeys; what is given in Options.Documents may be one.
type JourneyDocuments interface {
	// Journey writes the map of a journey (svg, png, pdf on paper a4 or a3) or its table (docx, odt, xlsx).
	Journey(ctx context.Context, w io.Writer, s State, key, format, paper string) error
	// Journeys writes the list of the journeys with these keys; note says what was left out.
	Journeys(ctx context.Context, w io.Writer, s State, keys []string, note, format string) error
}

// journeyParams choose journeys in the list.
var journeyParams = []string{"q", "profile", "process", "state", "changed"}

// journeyRoutes are the pages of клиентские пути: read by everybody, changed by proposals.
func (s *site) journeyRoutes(mux router) {
	read := func(pattern string, h http.HandlerFunc) { mux.HandleFunc(pattern, s.onlyRead(h)) }
	draws := who{register.RoleDepartment, register.RoleOfficer}
	reads := who{whoMember, whoWatcher}
	read("/{body}/journeys", s.page(s.journeys, append([]string{"page"}, journeyParams...)...))
	for _, format := range listFormats {
		read("/{body}/journeys/list."+format, s.journeyFile)
	}
	read("/{body}/journeys/{key}", s.page(s.journey))
	read("/{body}/journeys/{key}/compare", s.page(s.compareJourneys, "with"))
	read("/{body}/journeys/{key}/{file}", s.journeyFile)
	mux.HandleFunc("/{body}/journeys/new", s.form(s.newJourney, s.beginJourney, draws))
	mux.HandleFunc("/{body}/journeys/{key}/edit", s.form(ownJourney.get(s), ownJourney.post(s), draws))
	mux.HandleFunc("/{body}/proposals/{id}/journeys/{key}", s.form(s.proposedJourney, nil, reads))
}

// journeysPage lists the journeys of the body.
type journeysPage struct {
	frame
	Line    string
	Filter  filter
	Action  string
	Plain   string
	Items   []journeyItem
	Pager   pager
	Papers  []documentLink
	NewHref string
	Empty   empty
}

type journeyItem struct {
	link
	State, StateWord, Profile, Note string
	Processes                       []string
	Steps, Time, Pains, Changed     string
}

// looker holds the journeys of the state in view against it.
func (r *request) looker() *journey.Looker {
	return journey.NewLooker(r.snap.reg, r.snap.proc, r.day, r.excludedOn())
}

// excludedOn tells when a subject was excluded, from the lines of the log.
func (r *request) excludedOn() func(register.Kind, string) register.Date {
	days := sync.OnceValue(func() map[subject]register.Date {
		m := map[subject]register.Date{}
		for _, e := range r.snap.lines {
			if e.Op == register.Exclude {
				m[subject{e.Kind, e.Key}] = register.DateOf(e.Time.In(r.loc))
			}
		}
		return m
	})
	return func(kind register.Kind, key string) register.Date { return days()[subject{kind, key}] }
}

func (s *site) journeys(r *request) (page, error) {
	t := r.lang.T
	all := r.snap.reg.Journeys
	p := &journeysPage{frame: r.frame("journeys", "processes", t("journeys.title")), Action: "", Filter: r.journeyFilter()}
	p.Action, p.Plain = p.To("journeys"), p.To("journeys")
	l := r.looker()
	chosen := r.chosenJourneys(l)
	p.Line = t("journeys.line", r.lang.Count(len(all), "journeys.count"))
	p.Pager = r.pager(len(chosen))
	for _, j := range chosen[p.Pager.from:p.Pager.to] {
		v := l.Sum(j)
		x := journeyItem{link: link{p.To("journeys", j.Key), j.Title}, State: j.State, StateWord: t("journey.state." + j.State), Profile: v.Profile, Processes: v.Processes,
			Steps: r.lang.Count(j.Steps(), "journey.steps"), Time: v.Time(r.lang)}
		if v.Pains > 0 {
			x.Pains = r.lang.Count(v.Pains, "journey.pains")
		}
		if v.Changed > 0 {
			x.Changed = t("journeys.changed", r.lang.Count(v.Changed, "journeys.points"))
		}
		p.Items = append(p.Items, x)
	}
	if _, ok := s.documents.(JourneyDocuments); ok && len(chosen) > 0 {
		q := r.journeyValues()
		for k, v := range r.view.query() {
			q[k] = v
		}
		for _, f := range listFormats {
			p.Papers = append(p.Papers, documentLink{link{p.with(q, "journeys", "list."+f), strings.ToUpper(f)}, t("journeys.title")})
		}
	}
	if r.drawsJourneys(s) {
		p.NewHref = p.To("journeys", "new")
	}
	if len(p.Items) == 0 {
		p.Empty = empty{Title: t("journeys.none"), Text: t("journeys.nonetext"), Href: p.NewHref, Link: t("journeys.begin")}
		if len(all) > 0 {
			p.Empty = empty{Title: t("journeys.nomatch"), Text: t("findings.matchtext"), Href: p.Plain, Link: t("filter.reset")}
		}
	}
	return p, nil
}

// drawsJourneys tells whether the viewer may propose changes to the state in view.
func (r *request) drawsJourneys(s *site) bool {
	return s.desk != nil && !r.view.past() && r.may(register.RoleDepartment, register.RoleOfficer)
}

// journeyValues are the parameters of the address that choose journeys.
func (r *request) journeyValues() url.Values {
	q := url.Values{}
	for _, name := range journeyParams {
		if v := r.query.Get(name); v != "" {
			q.Set(name, v)
		}
	}
	return q
}

// chosenJourneys are those that the address asks for.
func (r *request) chosenJourneys(l *journey.Looker) []register.Journey {
	words := strings.Fields(lang.Fold(r.query.Get("q")))
	q := r.query
	var texts []string
	if len(words) > 0 {
		texts = r.snap.journeys()
	}
	var out []register.Journey
	for i, j := range r.snap.reg.Journeys {
		switch {
		case q.Get("profile") != "" && j.Profile != q.Get("profile"),
			q.Get("process") != "" && !slices.Contains(j.Processes, q.Get("process")),
			q.Get("state") != "" && j.State != q.Get("state"),
			len(words) > 0 && slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(texts[i], w) }),
			q.Get("changed") != "" && l.Marks(j) == 0:
			continue
		}
		out = append(out, j)
	}
	return out
}

// journeyWords are the words by which each journey is found: its own, those of its profile, processes, steps and points.
func (s *snapshot) journeyWords() []string {
	out := make([]string, len(s.reg.Journeys))
	profiles := map[string]string{}
	for _, p := range s.reg.Profiles {
		profiles[p.Key] = p.Title
	}
	for i, j := range s.reg.Journeys {
		var b strings.Builder
		add := func(words ...string) {
			for _, w := range words {
				b.WriteString(w)
				b.WriteByte('\n')
			}
		}
		add(j.Title, profiles[j.Profile], j.Note)
		for _, key := range j.Processes {
			if p := s.processes[key]; p != nil {
				add(p.Title)
			}
		}
		for _, stage := range j.Stages {
			add(stage.Title)
			for _, x := range stage.Steps {
				add(x.Action, x.Pain)
				add(x.Documents...)
				for _, p := range x.Points {
					add(p.Text)
				}
			}
		}
		out[i] = lang.Fold(b.String())
	}
	return out
}

// journeyFilter offers what the journeys differ in.
func (r *request) journeyFilter() filter {
	js := r.snap.reg.Journeys
	f := filter{Text: r.query.Get("q"), Any: len(js) > 1 || len(r.journeyValues()) > 0, Set: len(r.journeyValues()) > 0}
	for name, v := range r.view.query() {
		f.Hidden = append(f.Hidden, option{Name: name, Value: v[0]})
	}
	add := func(name, label, all string, options []option) {
		chosen := r.query.Get(name)
		if len(options) < 2 && chosen == "" && name != "changed" {
			return
		}
		for i := range options {
			options[i].Selected = options[i].Value == chosen
		}
		f.Selects = append(f.Selects, choice{Name: name, Label: label, All: all, Options: options})
	}
	t := r.lang.T
	add("state", t("field.state"), t("filter.any.n"), []option{{Value: register.AsIs, Text: t("journey.state.as-is")}, {Value: register.ToBe, Text: t("journey.state.to-be")}})
	profiles, processes := map[string]bool{}, map[string]bool{}
	for _, j := range js {
		profiles[j.Profile] = true
		for _, key := range j.Processes {
			processes[key] = true
		}
	}
	var ps, qs []option
	for _, x := range r.snap.reg.Profiles {
		if profiles[x.Key] {
			ps = append(ps, option{Value: x.Key, Text: x.Title})
		}
	}
	for _, x := range r.snap.reg.Processes {
		if processes[x.Key] {
			qs = append(qs, option{Value: x.Key, Text: x.Title})
		}
	}
	add("profile", t("field.profile"), t("filter.any.m"), ps)
	add("process", t("filter.process"), t("filter.any.n"), qs)
	add("changed", t("journeys.whether"), t("journeys.all"), []option{{Value: "1", Text: t("journeys.onlychanged")}})
	return f
}
