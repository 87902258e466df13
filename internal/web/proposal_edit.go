package web

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// editPage is the form of a proposal.
type editPage struct {
	frame
	Heading, Of, Lead     string // Of is what is changed, in the register's own words
	Action                string
	Wrong                 []link
	Tell                  *telling
	Remarks               []remark
	Hidden                []option
	Points                []pointForm
	Many                  bool
	Others                []option
	OthersMore            string
	Dept                  *ask
	Ground, GroundText    ask
	GroundAct, Note, Find ask
	Found                 []option
	Preview               preview
	Saved                 string
	CanDrop               bool
	live                  bool // only the form is sent, to the script
}

// A telling says what happened, or what to look at, at the head of a page. Tone: done, look, wrong.
type telling struct {
	Tone, Title, Text string
	Link              *link
}

// An editing is one look at a proposal's form: the proposal as it is kept, and the sheet with what was typed.
type editing struct {
	id       string
	version  int64            // that the form was filled from
	proposal *upkeep.Proposal // nil: not kept yet
	sheet    *sheet
	dept     string
	find     string
	fields   []upkeep.FieldError

	untouched bool // nothing was typed yet: there is nothing to judge
}

// start opens a form: of the point, usage or proposal that the address names.
func (s *site) start(r *request) (*editing, error) {
	e := &editing{id: r.PathValue("id")}
	var show, open []string
	switch {
	case e.id != "":
		if err := s.kept(r, e); err != nil {
			return nil, err
		}
		show, open = r.query["show"], r.query["open"]
		if len(show) > maxPoints || len(open) > maxRest {
			return nil, badRequest("error.toolarge", maxForm>>20)
		}
		for _, key := range open {
			u := r.snap.usages[key]
			if u == nil {
				return nil, notFound("")
			}
			show = append(show, u.Touchpoint)
		}
		e.find = clean(r.query.Get("find"))
	case strings.HasSuffix(r.Pattern, "/usages/{key}/edit"):
		u := r.snap.usages[r.PathValue("key")]
		if u == nil {
			return nil, notFound("")
		}
		show, open = []string{u.Touchpoint}, []string{u.Key}
	case strings.HasSuffix(r.Pattern, "/points/{key}/edit"):
		if r.snap.points[r.PathValue("key")] == nil {
			return nil, notFound("")
		}
		show = []string{r.PathValue("key")}
	}
	v := url.Values{}
	if r.typed != nil {
		v = r.typed.values
		if e.id == "" { // a form that was refused keeps its proposal: there may be a draft of it by now
			if err := s.named(r, e, v); err != nil {
				return nil, err
			}
		}
	}
	return e, s.fill(r, e, v, show, open)
}

// kept reads the proposal that is being edited.
func (s *site) kept(r *request, e *editing) error {
	p, err := s.desk.Proposal(r.Context(), r.actor(), r.slug, e.id)
	if err != nil {
		return err
	}
	e.proposal, e.version, e.dept = p, p.Version, p.Department
	return nil
}

// named reads the proposal that a form names, if it was ever kept.
func (s *site) named(r *request, e *editing, v url.Values) error {
	e.id = v.Get("proposal")
	err := s.kept(r, e)
	if upkeep.CodeOf(err) == upkeep.CodeNotFound {
		e.proposal = nil
		return nil
	}
	return err
}

// fill lays out the sheet: as the proposal is kept, or as it was typed. What the form does not hold stays as it is kept.
func (s *site) fill(r *request, e *editing, v url.Values, show, open []string) error {
	src := s.source(r)
	var content *upkeep.Content
	if e.proposal != nil {
		content = e.proposal.Content
		src.includes(content)
	}
	sh, err := src.sheet(content, show, open)
	if err != nil {
		return err
	}
	e.sheet = sh
	if !v.Has("form") {
		if content == nil {
			sh.ground = r.groundOf(sh)
		}
		return nil
	}
	e.sheet = &sheet{others: sh.others, ground: sh.ground, note: sh.note}
	if err := e.sheet.take(src, v); err != nil {
		return err
	}
	e.sheet.others = slices.DeleteFunc(slices.Clone(e.sheet.others), func(c upkeep.ProposedChange) bool {
		return e.sheet.holds(spot{c.Kind, c.Key, ""})
	})
	if err := e.sheet.read(v, r.snap); err != nil {
		return err
	}
	if n, err := strconv.ParseInt(v.Get("version"), 10, 64); err == nil {
		e.version = n
	}
	if v.Has("dept") {
		if e.dept = v.Get("dept"); e.dept != "" && r.snap.departments[e.dept] == "" {
			return notFound("")
		}
	}
	e.find = clean(v.Get("find"))
	return r.readGround(e.sheet, v)
}

// editGet shows the form.
func (s *site) editGet(r *request) (page, error) {
	if r.clash != nil {
		return s.clashPage(r), nil
	}
	e, err := s.start(r)
	if err != nil {
		return nil, err
	}
	if sub, ok := ownSubject(e.proposal); ok && r.typed == nil {
		return nil, &moved{s.ownHref(r, sub, e.id)}
	}
	if r.edited != nil { // a post that was refused: its errors, and the version that it has kept all the same
		e.fields = r.edited.fields
		if r.edited.proposal != nil {
			e.proposal, e.version = r.edited.proposal, r.edited.version
		}
	}
	return s.editView(r, e)
}

func (s *site) editView(r *request, e *editing) (*editPage, error) {
	p := &editPage{frame: r.frame("proposal_edit", "desk", ""), Lead: r.lang.T("proposal.editlead")}
	content, err := e.sheet.content(s.source(r))
	if err != nil {
		return nil, err
	}
	judged := *content
	if e.untouched {
		judged = upkeep.Content{}
	}
	d, err := s.desk.Preview(r.Context(), r.actor(), r.slug, judged)
	if err != nil {
		return nil, err
	}
	if r.query.Has("check") && e.fields == nil {
		e.fields = append(e.sheet.dates(r), d.Faults...)
	}
	p.Preview = r.preview(&p.frame, d, maxPreview)
	p.Preview.Ground = groundText(r.lang, content.Ground)
	said := newSayings()
	said.wrong(e.fields)
	rest := e.sheet.spots(said, p.Preview.notes, p.Preview.findings)
	if n := len(p.Preview.notes) - len(rest); n > 0 {
		p.Preview.AtFields = r.lang.T("preview.atfields", r.lang.Count(n, "fact.findings"))
	}
	p.Preview.New, p.Preview.MoreNew = r.few(rest, maxPreview)
	if e.proposal != nil {
		for _, x := range e.proposal.OpenRemarks() {
			m := remark{Text: x.Text, Who: r.lang.T("remark.who", s.who(r, x.By), lang.Date(string(register.DateOf(x.At.In(r.loc)))))}
			if !e.sheet.holds(spot{x.Kind, x.Key, x.Field}) {
				p.Remarks = append(p.Remarks, m)
				continue
			}
			at := spot{x.Kind, x.Key, x.Field}
			said.remarks[at] = append(said.remarks[at], m)
		}
	}
	v := &sheetView{r: r, f: &p.frame, said: said, sheet: e.sheet}
	for _, part := range e.sheet.points {
		p.Points = append(p.Points, v.point(part))
	}
	p.Many = len(p.Points) > 1
	for i := range p.Points {
		p.Points[i].Folded = p.Points[i].Folded && p.Many
	}
	p.Heading = r.lang.T("proposal.heading.many")
	switch {
	case len(p.Points) == 1 && p.Points[0].Fresh:
		p.Heading = r.lang.T("proposal.heading.new")
	case len(p.Points) == 1:
		p.Heading, p.Of = r.lang.T("proposal.heading.one"), p.Points[0].Title
	case len(p.Points) == 0 && len(e.sheet.others) == 0:
		p.Lead = r.lang.T("proposal.emptylead")
	}
	p.Title = strings.TrimSpace(p.Heading + " " + p.Of)
	p.Others = r.otherOptions(e.sheet.others)
	if n := len(e.sheet.others) - len(p.Others); n > 0 {
		p.OthersMore = r.lang.T("proposal.othermore", lang.Number(int64(n)))
	}
	s.why(r, p, e, v)
	p.Find = v.put(ask{ID: "f-find", Name: "find", Label: r.lang.T("proposal.findlabel"), Kind: "search", Value: e.find, Max: 200}, spot{})
	p.Find.Error = ""
	p.Found = r.found(e)
	p.Wrong = v.wrongs(e.fields)
	p.Action = r.URL.Path
	if e.proposal != nil {
		p.Action = p.with(nil, "proposals", e.id, "edit")
	} else if e.id == "" {
		e.id = upkeep.NewID()
	}
	p.Hidden = []option{{Name: "form", Value: "1"}, {Name: "proposal", Value: e.id}, {Name: "version", Value: strconv.FormatInt(e.version, 10)}}
	if e.proposal != nil {
		p.Saved = r.lang.T("form.saved", e.proposal.Updated.In(r.loc).Format("15:04"))
		p.CanDrop = true
		if len(d.Conflicts) > 0 {
			p.Tell = &telling{Tone: "look", Title: r.lang.T("conflict.title"), Text: r.lang.T("conflict.lead"), Link: &link{p.with(nil, "proposals", e.id, "conflict"), r.lang.T("conflict.open")}}
		}
	}
	return p, nil
}

// why are the fields about the proposal as a whole.
func (s *site) why(r *request, p *editPage, e *editing, v *sheetView) {
	if ds := r.mayDraw(); len(ds) > 1 {
		a := v.put(*s.deptAsk(r, ds, e.dept), spot{"", "", "department"})
		p.Dept = &a
	}
	options, text := r.groundOptions(e.sheet)
	p.Ground = v.put(ask{ID: "f-ground", Name: "ground", Label: r.lang.T("proposal.ground"), Kind: "select", Options: options, Clause: r.clauseRef(&p.frame, r.snap.proc.Actualise.Clause)}, spot{"", "", "ground"})
	p.GroundText = v.put(ask{ID: "f-groundtext", Name: "groundtext", Label: r.lang.T("proposal.groundtext"), Hint: r.lang.T("hint.groundtext"), Value: text, Max: 1000, Optional: true}, spot{"", "", "groundtext"})
	p.GroundAct = v.put(ask{ID: "f-groundact", Name: "groundact", Label: r.lang.T("proposal.groundact"), Hint: r.lang.T("hint.groundact"), Value: e.sheet.ground.Act, Max: 500, Optional: true}, spot{"", "", "groundact"})
	p.Note = v.put(ask{ID: "f-note", Name: "note", Label: r.lang.T("proposal.note"), Hint: r.lang.T("hint.note"), Kind: "textarea", Rows: 2, Value: e.sheet.note, Max: 4000, Optional: true}, spot{"", "", "note"})
}

// mayDraw lists the departments for which the viewer draws up proposals, the whole body («») first where that is allowed.
func (r *request) mayDraw() []string {
	var keys []string
	for _, role := range []string{register.RoleDepartment, register.RoleOfficer} {
		ds, all := r.grants.Departments(role)
		if all {
			keys = []string{""}
			for _, d := range r.snap.reg.Departments {
				keys = append(keys, d.Key)
			}
			return keys
		}
		for _, d := range ds {
			if !slices.Contains(keys, d) {
				keys = append(keys, d)
			}
		}
	}
	return keys
}

// otherOptions lists changes that the form does not hold, each with the button that takes it out.
func (r *request) otherOptions(cs []upkeep.ProposedChange) []option {
	var os []option
	for _, c := range cs {
		o := option{Value: "drop:" + string(c.Kind) + ":" + c.Key, Text: r.lang.T("proposal.other."+string(c.Op), r.lang.T("kind."+string(c.Kind)), r.subjectName(c.Kind, c.Key))}
		if x, ok := upkeep.ReplacementIn(c.Change); ok {
			o.Text = r.lang.T("proposal.other.heir", r.subjectName(x.Kind, x.Old), r.subjectName(x.Kind, x.By))
		}
		os = append(os, o)
		if len(os) == maxRest {
			break
		}
	}
	return os
}

// subjectName is a subject of the register as people know it; its key where it is not there.
func (r *request) subjectName(kind register.Kind, key string) string {
	switch kind {
	case register.KindTouchpoint:
		if t := r.snap.points[key]; t != nil {
			return t.Text()
		}
	case register.KindUsage:
		if u := r.snap.usages[key]; u != nil {
			return r.title("process", u.Process)
		}
	case register.KindProcess:
		return r.title("process", key)
	case register.KindJourney:
		return r.title("of", key)
	case register.KindProfile:
		return r.title("profile", key)
	case register.KindAttribute:
		if a := r.snap.attribute(key); a != nil {
			return a.Title
		}
	}
	return key
}

// maxFound is how many points a search in the form offers.
const maxFound = 12

// found are the points that the words of the search name and that are not in the form yet.
func (r *request) found(e *editing) []option {
	if e.find == "" {
		return nil
	}
	var os []option
	words := strings.Fields(lang.Fold(e.find))
	for i := range r.snap.reg.Touchpoints {
		t := &r.snap.reg.Touchpoints[i]
		text := lang.Fold(t.Text() + " " + t.Place)
		if e.sheet.point(t.Key) != nil || slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) }) {
			continue
		}
		if os = append(os, option{Value: "point:" + t.Key, Text: t.Text()}); len(os) == maxFound {
			break
		}
	}
	if os == nil {
		os = []option{{Value: "find", Text: r.lang.T("proposal.notfound")}}
	}
	return os
}

// editPost keeps what was typed and does what the button says.
func (s *site) editPost(r *request, v url.Values) (string, error) {
	e := &editing{id: r.PathValue("id")}
	keep := s.kept
	if e.id == "" {
		keep = func(r *request, e *editing) error { return s.named(r, e, v) }
	}
	if err := keep(r, e); err != nil {
		return "", err
	}
	do, what, _ := strings.Cut(v.Get("do"), ":")
	if do == "withdraw" && e.proposal != nil {
		_, err := s.desk.Withdraw(r.Context(), r.actor(), r.slug, e.id, atoi64(v.Get("version")))
		return s.address(r, "proposals"), s.refused(r, e, err)
	}
	if err := s.fill(r, e, v, nil, nil); err != nil {
		return "", err
	}
	at, err := s.change(r, e, do, what)
	if err != nil {
		return "", err
	}
	r.edited = e
	content, err := e.sheet.content(s.source(r))
	if err != nil {
		return "", err
	}
	if do == "settle" {
		if content, err = s.merge(r, e, content, v); err != nil || content == nil {
			return s.address(r, "proposals", e.id, "edit") + "?check=1", err
		}
	}
	if do == "live" && e.proposal == nil && len(content.Changes) == 0 {
		return "", s.live(r, e) // nothing has been changed yet: there is nothing to keep
	}
	p, err := s.desk.Save(r.Context(), r.actor(), r.slug, upkeep.Draft{ID: e.id, Version: e.version, Department: e.dept, Content: *content})
	if err != nil {
		return "", s.refused(r, e, err)
	}
	e.proposal, e.version = p, p.Version
	switch do {
	case "live":
		return "", s.live(r, e)
	case "submit":
		if e.fields = e.sheet.dates(r); len(e.fields) > 0 {
			return "", s.refused(r, e, &upkeep.Error{Code: upkeep.CodeInvalid, Fields: e.fields})
		}
		if _, err := s.desk.Submit(r.Context(), r.actor(), r.slug, e.id, p.Version); err != nil {
			return "", s.refused(r, e, err)
		}
		return s.address(r, "proposals", e.id), nil
	case "find":
		q := url.Values{"find": {e.find}}
		return s.address(r, "proposals", e.id, "edit") + "?" + q.Encode() + "#f-find", nil
	}
	if do == "save" || do == "settle" {
		at = "?check=1"
	}
	return s.address(r, "proposals", e.id, "edit") + at, nil
}

// change does to the sheet what a button says that adds to it or takes from it; at is where to go on reading.
func (s *site) change(r *request, e *editing, do, what string) (at string, err error) {
	src, sh := s.source(r), e.sheet
	switch do {
	case "point":
		key := cmp.Or(what, freshKey("t"))
		if sh.point(key) == nil && len(sh.points) < maxPoints {
			p, err := src.point(key, "")
			if err != nil {
				return "", err
			}
			sh.points = append(sh.points, p)
		}
		return "?" + url.Values{"show": {key}}.Encode() + "#p-" + key, nil
	case "usage":
		p := sh.point(what)
		if p == nil {
			return "", notFound("")
		}
		u, err := src.usage(freshKey("u"), "")
		if err != nil {
			return "", err
		}
		u.Touchpoint = p.Key
		p.usages = append(p.usages, u)
		return "#u-" + u.Key, nil
	case "open":
		if r.snap.usages[what] == nil {
			return "", notFound("")
		}
		return "?" + url.Values{"open": {what}}.Encode() + "#u-" + what, nil
	case "drop":
		kind, key, _ := strings.Cut(what, ":")
		sh.drop(register.Kind(kind), key)
	}
	return "", nil
}

// refused makes of an error of the desk what the page shows: sentences at the fields, or both texts side by side.
func (s *site) refused(r *request, e *editing, err error) error {
	var ue *upkeep.Error
	if !errors.As(err, &ue) {
		return err
	}
	r.edited = e
	switch {
	case len(ue.Conflicts) > 0:
		r.clash = ue
		return &formError{Status: http.StatusConflict, Text: ue.Text}
	case ue.Code == upkeep.CodeInvalid:
		e.fields = ue.Fields
		return &formError{Text: ue.Text}
	}
	return err
}

// live answers the script: the parts of the form that the server fills in.
func (s *site) live(r *request, e *editing) error {
	p, err := s.editView(r, e)
	if err != nil {
		return err
	}
	p.live = true
	r.answer = p
	return nil
}

// block is the part of the page that is sent: to the script only what stands in main.
func (p *editPage) block() string {
	if p.live {
		return "main"
	}
	return "layout"
}

// address is that of a page of the body.
func (s *site) address(r *request, parts ...string) string {
	f := frame{home: "/" + url.PathEscape(r.slug) + "/"}
	return f.with(nil, parts...)
}

func atoi64(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0
	}
	return n
}
