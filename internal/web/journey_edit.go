package web

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"perechen/internal/journey"
	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// journeyEditPage is the form of one journey in a proposal. It works without script: steps are added, moved and taken out
// by buttons that send the form.
type journeyEditPage struct {
	frame
	Heading                         string
	Action                          string
	Wrong                           []link
	Tell                            *telling
	Remarks                         []remark
	Hidden                          []option
	Name, State, Of, Profile, Aside ask
	Processes                       ask
	Stages                          []stageForm
	Out                             *option // to exclude the journey
	Others                          []link  // other journeys of the proposal
	Dept                            *ask
	Ground, GroundAct, Note         ask
	Preview                         preview
	Saved                           string
	CanDrop                         bool
	MapHref                         string
	live                            bool
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

// A journeying is one look at the form.
type journeying struct {
	editing
	key     string
	base    string            // hash of what stands in the register
	from    *register.Journey // that; nil: a new one
	was     register.Journey  // as the proposal kept it, or as the register has it
	j       register.Journey
	out     bool
	content upkeep.Content // all of the proposal
}

// startJourney reads the proposal and the journey that the address names.
func (s *site) startJourney(r *request, v url.Values) (*journeying, error) {
	e := &journeying{key: r.PathValue("key")}
	e.id = r.URL.Query().Get("proposal")
	if id := v.Get("proposal"); id != "" {
		e.id = id
	}
	if e.id != "" {
		switch err := s.kept(r, &e.editing); {
		case err == nil:
		case upkeep.CodeOf(err) == upkeep.CodeNotFound && v.Has("form"):
			e.proposal = nil // the first time that it is kept
		default:
			return nil, err
		}
	}
	sub, err := s.desk.Subject(r.Context(), r.actor(), r.slug, register.KindJourney, e.key)
	if err != nil {
		return nil, err
	}
	known := sub.Content != nil
	if known {
		e.from = &register.Journey{}
		if err := json.Unmarshal(sub.Content, e.from); err != nil {
			return nil, err
		}
		e.was, e.base = *e.from, sub.Base
	}
	e.content = upkeep.Content{Ground: r.journeyGround(""), Changes: []upkeep.ProposedChange{}}
	if e.proposal != nil {
		e.content = *e.proposal.Content
		for _, c := range e.content.Changes {
			if c.Kind != register.KindJourney || c.Key != e.key {
				continue
			}
			known, e.base = true, c.Base
			if e.out = c.Op == register.Exclude; !e.out {
				e.was = register.Journey{}
				if err := json.Unmarshal(c.Content, &e.was); err != nil {
					return nil, err
				}
			}
		}
	}
	if !known {
		return nil, notFound("")
	}
	e.j = e.was
	if v.Has("form") {
		if n, err := strconv.ParseInt(v.Get("version"), 10, 64); err == nil {
			e.version = n
		}
		if v.Has("dept") {
			if e.dept = v.Get("dept"); e.dept != "" && r.snap.departments[e.dept] == "" {
				return nil, notFound("")
			}
		}
		if err := r.readJourney(e, v); err != nil {
			return nil, err
		}
	} else if e.proposal == nil {
		if ds := r.mayDraw(); len(ds) > 0 && !slices.Contains(ds, "") {
			e.dept = ds[0]
		}
	}
	return e, nil
}

// whole is the content of the proposal with the journey as it is in the form.
func (e *journeying) whole() upkeep.Content {
	c := e.content
	x := upkeep.ProposedChange{Change: register.Change{Op: register.Amend, Kind: register.KindJourney, Key: e.key, Content: register.Encode(e.j)}, Base: e.base}
	switch {
	case e.base == "":
		x.Op = register.Include
	case e.out:
		x.Op, x.Content = register.Exclude, nil
	}
	same := e.from != nil && x.Op == register.Amend && string(register.Encode(*e.from)) == string(x.Content)
	c.Changes = slices.Clone(c.Changes)
	i := slices.IndexFunc(c.Changes, func(y upkeep.ProposedChange) bool { return y.Kind == x.Kind && y.Key == x.Key })
	switch {
	case i >= 0 && same:
		c.Changes = slices.Delete(c.Changes, i, i+1)
	case i >= 0:
		c.Changes[i] = x
	case !same:
		c.Changes = append(c.Changes, x)
	}
	return c
}

func (s *site) editJourney(r *request) (page, error) {
	if r.clash != nil {
		return s.clashPage(r), nil
	}
	if r.typed == nil && r.URL.Query().Get("proposal") == "" {
		id, err := s.openDraft(r)
		if err != nil {
			return nil, err
		}
		if id != "" {
			return nil, &moved{s.journeyForm(r, r.PathValue("key"), id)}
		}
	}
	v := url.Values{}
	if r.typed != nil {
		v = r.typed.values
	}
	e, err := s.startJourney(r, v)
	if err != nil {
		return nil, err
	}
	if r.edited != nil {
		e.fields = r.edited.fields
		if r.edited.proposal != nil {
			e.proposal, e.version = r.edited.proposal, r.edited.version
		}
	}
	return s.journeyFormPage(r, e)
}

func (s *site) journeyFormPage(r *request, e *journeying) (*journeyEditPage, error) {
	t := r.lang.T
	p := &journeyEditPage{frame: r.frame("journey_edit", "desk", ""), Heading: t("journey.edit.heading", e.j.Title)}
	if e.from == nil {
		p.Heading = t("journey.edit.new")
	}
	p.Title = p.Heading
	content := e.whole()
	d, err := s.desk.Preview(r.Context(), r.actor(), r.slug, content)
	if err != nil {
		return nil, err
	}
	if r.URL.Query().Has("check") && e.fields == nil {
		e.fields = d.Faults
	}
	p.Preview = r.preview(&p.frame, d, maxPreview)
	p.Preview.Ground = groundText(r.lang, content.Ground)
	f := &journeyFields{r: r, e: e, wrong: map[string]string{}}
	for _, x := range e.fields {
		switch {
		case x.Kind == register.KindJourney && x.Key == e.key && f.wrong[x.Field] == "":
			f.wrong[x.Field] = x.Text
		case x.Kind == "" && x.Field != "" && f.wrong["about."+x.Field] == "":
			f.wrong["about."+x.Field] = x.Text
		default:
			p.Wrong = append(p.Wrong, link{Text: x.Text})
		}
	}
	f.page(p)
	p.Wrong = append(f.links, p.Wrong...)
	if len(p.Wrong) == 0 && r.typed != nil && r.typed.text != "" {
		p.Wrong = []link{{Text: r.typed.text}}
	}
	if ds := r.mayDraw(); len(ds) > 1 {
		p.Dept = s.deptAsk(r, ds, e.dept)
	}
	p.Action = p.with(nil, "journeys", e.key, "edit")
	if e.id == "" {
		e.id = upkeep.NewID()
	}
	p.Hidden = []option{{Name: "form", Value: "1"}, {Name: "proposal", Value: e.id}, {Name: "version", Value: strconv.FormatInt(e.version, 10)}}
	if e.from != nil {
		p.Out = &option{Name: "out", Value: "1", Text: t("journey.edit.out"), Selected: e.out}
	}
	for _, c := range content.Changes {
		if c.Kind == register.KindJourney && c.Key != e.key && c.Op != register.Exclude {
			var j register.Journey
			if json.Unmarshal(c.Content, &j) == nil {
				p.Others = append(p.Others, link{s.journeyForm(r, c.Key, e.id), j.Title + " (" + t("journey.state."+j.State) + ")"})
			}
		}
	}
	if e.proposal != nil {
		for _, x := range e.proposal.OpenRemarks() {
			p.Remarks = append(p.Remarks, remark{Text: x.Text, Who: t("remark.who", s.who(r, x.By), lang.Date(string(register.DateOf(x.At.In(r.loc)))))})
		}
		p.Saved = t("form.saved", e.proposal.Updated.In(r.loc).Format("15:04"))
		p.CanDrop = true
		p.MapHref = p.with(nil, "proposals", e.id, "journeys", e.key)
		if len(d.Conflicts) > 0 {
			p.Tell = &telling{Tone: "look", Title: t("conflict.title"), Text: t("conflict.lead"), Link: &link{p.with(nil, "proposals", e.id, "conflict"), t("conflict.open")}}
		}
	}
	return p, nil
}

// saveJourney keeps what was typed and does what the button says.
func (s *site) saveJourney(r *request, v url.Values) (string, error) {
	e, err := s.startJourney(r, v)
	if err != nil {
		return "", err
	}
	do, what, _ := strings.Cut(v.Get("do"), ":")
	if do == "withdraw" && e.proposal != nil {
		_, err := s.desk.Withdraw(r.Context(), r.actor(), r.slug, e.id, atoi64(v.Get("version")))
		return s.address(r, "proposals"), s.refused(r, &e.editing, err)
	}
	at := e.change(do, what)
	r.edited = &e.editing
	content := e.whole()
	if do == "settle" {
		merged, err := s.merge(r, &e.editing, &content, v)
		if err != nil || merged == nil {
			return s.journeyForm(r, e.key, e.id) + "&check=1", err
		}
		content = *merged
	}
	if do == "live" && e.proposal == nil && len(content.Changes) == 0 {
		return "", s.liveJourney(r, e)
	}
	p, err := s.desk.Save(r.Context(), r.actor(), r.slug, upkeep.Draft{ID: e.id, Version: e.version, Department: e.dept, Content: content})
	if err != nil {
		return "", s.refused(r, &e.editing, err)
	}
	e.proposal, e.version = p, p.Version
	switch do {
	case "live":
		return "", s.liveJourney(r, e)
	case "submit":
		if _, err := s.desk.Submit(r.Context(), r.actor(), r.slug, e.id, p.Version); err != nil {
			return "", s.refused(r, &e.editing, err)
		}
		return s.address(r, "proposals", e.id), nil
	case "save", "settle":
		at = "&check=1"
	case "map":
		return s.address(r, "proposals", e.id, "journeys", e.key), nil
	}
	return s.journeyForm(r, e.key, e.id) + at, nil
}

// change does to the journey what a button says; at is where to go on reading.
func (e *journeying) change(do, what string) (at string) {
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
		if journey.AddStep(&e.j, i, k) {
			return "&open=" + strconv.Itoa(i) + "." + strconv.Itoa(k+1) + spot(i, k+1)
		}
	case "stage":
		if journey.AddStage(&e.j, i) {
			return "&open=" + strconv.Itoa(i+1) + ".0#g-" + strconv.Itoa(i+1)
		}
	case "up", "down":
		by := 1
		if do == "up" {
			by = -1
		}
		if !step {
			journey.MoveStage(&e.j, i, by)
			return "#g-" + strconv.Itoa(max(0, i+by))
		}
		if i, k, ok := journey.MoveStep(&e.j, i, k, by); ok {
			return spot(i, k)
		}
	case "drop":
		if !step {
			journey.DropStage(&e.j, i)
			return "#g-" + strconv.Itoa(max(0, i-1))
		}
		journey.DropStep(&e.j, i, k)
		return "#g-" + strconv.Itoa(i)
	case "point":
		return "&open=" + what + spot(i, k)
	}
	return ""
}

// liveJourney answers the script with the parts that the server fills in.
func (s *site) liveJourney(r *request, e *journeying) error {
	p, err := s.journeyFormPage(r, e)
	if err != nil {
		return err
	}
	p.live = true
	r.answer = p
	return nil
}

func (p *journeyEditPage) block() string {
	if p.live {
		return "main"
	}
	return "layout"
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

// journeyOnly is the key of the first journey of a proposal that changes nothing else; such a one is edited in its own form.
func journeyOnly(p *upkeep.Proposal) string {
	key := ""
	if p == nil || p.Content == nil {
		return ""
	}
	for _, c := range p.Content.Changes {
		if c.Kind != register.KindJourney {
			return ""
		}
		if key == "" {
			key = c.Key
		}
	}
	return key
}

// named is the title that a content gives itself.
func (r *request) named(content json.RawMessage) string {
	var x struct {
		Title string `json:"title"`
	}
	_ = json.Unmarshal(content, &x)
	return x.Title
}
