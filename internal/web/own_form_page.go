package web

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// ownPage is what the pages of forms of one subject have in common.
type ownPage struct {
	Form                    string // the kind of the subject
	Action                  string
	Wrong                   []link
	Tell                    *telling
	Remarks                 []remark // those that no field shows
	Hidden                  []option
	Out                     *option // to exclude the subject
	Others                  []link  // forms of the other subjects of the proposal
	Dept                    *ask
	Ground, GroundAct, Note ask
	Preview                 preview
	Saved                   string
	CanDrop                 bool
	live                    bool // only the form is sent, to the script
}

func (p *ownPage) onlyForm() { p.live = true }

// block is the part of the page that is sent: to the script only what stands in main.
func (p *ownPage) block() string {
	if p.live {
		return "main"
	}
	return "layout"
}

// ownFields fills the fields of a subject: what stands in them, what stands in the register, what is said of them.
type ownFields struct {
	sheetView
	kind  register.Kind
	key   string
	now   bool // the subject stands in the register: what is typed differs from something
	shown map[string]bool
}

// field fills in a field of the subject. was is what the register has, for those who see it changed.
func (x *ownFields) field(name, value, was string, a ask) ask {
	a.Value = value
	said := was
	for i := range a.Options {
		a.Options[i].Selected = a.Options[i].Selected || a.Kind == "select" && a.Options[i].Value == value
		if a.Options[i].Value == was {
			said = a.Options[i].Text
		}
	}
	if x.now && value != was {
		a.Was = cmp.Or(said, x.r.lang.T("form.nothing"))
	}
	return x.put(a, name)
}

// put fills in what is said of a field; a field without a name is one that nothing is said of.
func (x *ownFields) put(a ask, name string) ask {
	if name == "" {
		return a
	}
	x.shown[name] = true
	return x.sheetView.put(a, spot{x.kind, x.key, name})
}

// about fills in what is said of a field of the proposal as a whole.
func (x *ownFields) about(a ask, name string) ask { return x.sheetView.put(a, spot{"", "", name}) }

// fill makes the common part of the page of a form. texts are the fields with what stands in them, each where a finding that
// quotes it is to be shown; a finding that quotes nothing stands at the first of them. lay lays the fields out.
func (e *drafting[T]) fill(s *site, r *request, f *frame, p *ownPage, texts [][2]string, lay func(*ownFields)) error {
	t := r.lang.T
	content := e.whole()
	judged := content
	if e.untouched || e.barred {
		judged = upkeep.Content{}
	}
	d, err := s.desk.Preview(r.Context(), r.actor(), r.slug, judged)
	if err != nil {
		return err
	}
	if r.URL.Query().Has("check") && r.typed == nil && e.fields == nil {
		e.fields = d.Faults
	}
	p.Preview = r.preview(f, d, maxPreview)
	p.Preview.Ground = groundText(r.lang, content.Ground)
	said := newSayings()
	said.wrong(e.fields)
	rest := said.quoting(e.kind, e.key, texts, p.Preview.notes, p.Preview.findings)
	if n := len(p.Preview.notes) - len(rest); n > 0 {
		p.Preview.AtFields = t("preview.atfields", r.lang.Count(n, "fact.findings"))
	}
	p.Preview.New, p.Preview.MoreNew = r.few(rest, maxPreview)
	var remarks []upkeep.Remark
	if e.proposal != nil {
		remarks = e.proposal.OpenRemarks()
	}
	shown := func(m upkeep.Remark) remark {
		return remark{Text: m.Text, Who: t("remark.who", s.who(r, m.By), lang.Date(string(register.DateOf(m.At.In(r.loc)))))}
	}
	for _, m := range remarks {
		at := spot{m.Kind, m.Key, m.Field}
		said.remarks[at] = append(said.remarks[at], shown(m))
	}
	x := &ownFields{sheetView: sheetView{r: r, f: f, said: said}, kind: e.kind, key: e.key, shown: map[string]bool{}}
	lay(x)
	for _, m := range remarks {
		if m.Kind != e.kind || m.Key != e.key || !x.shown[m.Field] {
			v := shown(m)
			if name := r.remarkOf(m, content); name != "" {
				v.Text = name + ": " + v.Text
			}
			p.Remarks = append(p.Remarks, v)
		}
	}
	if ds := r.mayDraw(); len(ds) > 1 {
		a := x.about(*s.deptAsk(r, ds, e.dept), "department")
		p.Dept = &a
	}
	p.Ground = x.about(ask{ID: "f-groundtext", Name: "groundtext", Label: t("proposal.ground"), Value: content.Ground.Text, Max: 1000, Clause: r.clauseRef(f, r.snap.proc.Actualise.Clause)}, "ground")
	p.GroundAct = x.about(ask{ID: "f-groundact", Name: "groundact", Label: t("proposal.groundact"), Hint: t("hint.groundact"), Value: content.Ground.Act, Max: 500, Optional: true}, "groundact")
	p.Note = x.about(ask{ID: "f-note", Name: "note", Label: t("proposal.note"), Hint: t("hint.note"), Kind: "textarea", Rows: 2, Value: content.Note, Max: 4000, Optional: true}, "note")
	if p.Wrong = x.wrongs(e.fields); len(p.Wrong) == 0 && r.typed != nil && r.typed.text != "" {
		p.Wrong = []link{{Text: r.typed.text}}
	}
	e.hold(s, r, f, p, d, content)
	return nil
}

// hold fills in what the form carries along, where it goes, and what else stands in the same proposal.
func (e *drafting[T]) hold(s *site, r *request, f *frame, p *ownPage, d *upkeep.Preview, content upkeep.Content) {
	t := r.lang.T
	at := append(slices.Clone(ownPages[e.kind]), e.key, "edit")
	if e.proposal == nil && e.from == nil { // it has no address yet
		at = append(slices.Clone(ownPages[e.kind]), "new")
	}
	p.Form, p.Action = string(e.kind), f.with(nil, at...)
	if e.id == "" {
		e.id = upkeep.NewID()
	}
	p.Hidden = []option{{Name: "form", Value: "1"}, {Name: "key", Value: e.key}, {Name: "base", Value: e.base}, {Name: "proposal", Value: e.id}, {Name: "version", Value: strconv.FormatInt(e.version, 10)}}
	for _, c := range content.Changes {
		if ownPages[c.Kind] != nil && (c.Kind != e.kind || c.Key != e.key) {
			p.Others = append(p.Others, link{s.ownHref(r, subject{c.Kind, c.Key}, e.id), r.nameIn(c)})
		}
	}
	if e.proposal == nil {
		return
	}
	p.Saved = t("form.saved", e.proposal.Updated.In(r.loc).Format("15:04"))
	if e.barred {
		p.Saved = t("form.barred")
	}
	p.CanDrop = true
	if len(d.Conflicts) > 0 {
		p.Tell = &telling{Tone: "look", Title: t("conflict.title"), Text: t("conflict.lead"), Link: &link{f.with(nil, "proposals", e.id, "conflict"), t("conflict.open")}}
	}
}

// quoting puts findings at the fields whose words they quote, and gives the others back.
func (s *sayings) quoting(kind register.Kind, key string, texts [][2]string, ns []note, findings []register.Finding) (rest []note) {
	for i, x := range findings {
		shown := false
		for _, place := range x.Places {
			if place.Kind != kind || place.Key != key || len(texts) == 0 {
				continue
			}
			field := texts[0][0]
			for _, at := range texts {
				if place.Quote != "" && strings.Contains(at[1], place.Quote) {
					field = at[0]
					break
				}
			}
			shown = true
			at := spot{kind, key, field}
			if !slices.ContainsFunc(s.notes[at], func(n note) bool { return n.ID == ns[i].ID }) {
				s.notes[at] = append(s.notes[at], ns[i])
			}
		}
		if !shown {
			rest = append(rest, ns[i])
		}
	}
	return rest
}

// nameIn is the subject of a change as its proposal calls it; as the register does where that says nothing.
func (r *request) nameIn(c upkeep.ProposedChange) string {
	var x struct{ Title, State string }
	_ = json.Unmarshal(c.Encoded(), &x)
	name := cmp.Or(x.Title, r.subjectName(c.Kind, c.Key))
	if x.State != "" && c.Kind == register.KindJourney {
		name += " (" + r.lang.T("journey.state."+x.State) + ")"
	}
	return name
}

// remarkOf says what a remark is about that stands at the head of a form.
func (r *request) remarkOf(m upkeep.Remark, c upkeep.Content) string {
	name := ""
	for _, x := range c.Changes {
		if x.Kind == m.Kind && x.Key == m.Key && len(c.Changes) > 1 {
			name = r.nameIn(x)
		}
	}
	if m.Field == "" {
		return name
	}
	if name != "" {
		name += ", "
	}
	return name + r.fieldName(m.Field)
}
