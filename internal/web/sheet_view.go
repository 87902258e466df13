package web

import (
	"cmp"
	"slices"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// A pointForm is a point as its form shows it.
type pointForm struct {
	Key, Title                                                string
	Fresh, CanAdd                                             bool
	Hidden                                                    []option
	Folded                                                    bool // the facts of the point: it is here for its usages' sake, or to be excluded
	Says                                                      *ask // what is said of the point as a whole
	Whole                                                     ask
	Kind, Label, Value, Place, Hours, Department, From, Until ask
	Out                                                       option
	By                                                        *ask // what stands in its place once it is out
	Usages                                                    []usageForm
	Rest                                                      *restForm
}

// A usageForm is a usage under its point.
type usageForm struct {
	Key, Title, Line                  string
	Fresh, Open                       bool
	Hidden                            []option
	Whole                             ask
	Process                           *ask // of a new usage
	Needs                             ask
	Text, Feature, Forms, From, Until ask
	Out                               option
}

// A restForm lists usages that a long form opens one by one.
type restForm struct {
	Title, More string
	Items       []option
}

// maxRest is how many usages of one point are offered to be opened.
const maxRest = 60

// A spot is a field of a subject; an empty field is the subject as a whole.
type spot struct {
	kind       register.Kind
	key, field string
}

// sayings is what is to be said at the fields of a form: errors, findings of the checks, remarks of the officer.
type sayings struct {
	errors  map[spot]string
	notes   map[spot][]note
	remarks map[spot][]remark
}

func newSayings() *sayings {
	return &sayings{errors: map[spot]string{}, notes: map[spot][]note{}, remarks: map[spot][]remark{}}
}

// wrong adds errors of fields; of two at one field the first is shown.
func (s *sayings) wrong(fields []upkeep.FieldError) {
	for _, f := range fields {
		at := spot{f.Kind, f.Key, f.Field}
		if s.errors[at] == "" {
			s.errors[at] = f.Text
		}
	}
}

// sheetView lays a sheet out as forms.
type sheetView struct {
	r     *request
	f     *frame
	said  *sayings
	sheet *sheet
	asks  []ask // all fields in their order, for the list of errors
}

// put fills in what is said of a field and remembers it.
func (v *sheetView) put(a ask, at spot) ask {
	a.Error, a.Said, a.Remarks = v.said.errors[at], v.said.notes[at], v.said.remarks[at]
	v.asks = append(v.asks, a)
	return a
}

// wrongs lists the errors for the head of the form: each at its field, those that no field shows as they are.
func (v *sheetView) wrongs(fields []upkeep.FieldError) []link {
	ls := wrongs(v.asks...)
	for _, f := range fields {
		if !slices.ContainsFunc(v.asks, func(a ask) bool { return a.Error == f.Text }) {
			ls = append(ls, link{Text: f.Text})
		}
	}
	return ls
}

func (v *sheetView) point(p *pointPart) pointForm {
	t, r := p.Touchpoint, v.r
	view := pointForm{Key: p.Key, Fresh: p.from == nil, CanAdd: !p.out, Title: r.viewPoint(v.f, &t).Label}
	if t.Label == "" && t.Value == "" && p.from == nil {
		view.Title = r.lang.T("proposal.fresh")
	}
	view.Hidden = []option{{Name: "point", Value: p.Key}, {Name: "p." + p.Key + ".base", Value: p.base}}
	now := r.snap.points[p.Key]
	if now == nil {
		now = &register.Touchpoint{}
	}
	field := func(name, clause, value, was string, a ask) ask {
		a.ID, a.Name = "p-"+p.Key+"-"+name, "p."+p.Key+"."+name
		if a.Label == "" {
			a.Label = r.lang.T("field." + name)
		}
		a.Value, a.Clause = value, r.clauseRef(v.f, r.snap.proc.ClauseFor(clause, t))
		if p.from != nil && value != was {
			a.Was = cmp.Or(r.title(name, was), r.lang.T("form.nothing"))
		}
		return v.put(a, spot{register.KindTouchpoint, p.Key, name})
	}
	view.Whole = v.put(ask{ID: "p-" + p.Key, Label: view.Title}, spot{register.KindTouchpoint, p.Key, ""})
	if len(view.Whole.Said)+len(view.Whole.Remarks) > 0 {
		view.Says = &view.Whole
	}
	view.Value = field("value", "value", t.Value, now.Value, ask{Hint: r.lang.T("hint.value"), Max: 500})
	view.Label = field("label", "label", t.Label, now.Label, ask{Hint: r.lang.T("hint.label"), Kind: "textarea", Rows: 1, Max: 1000})
	view.Kind = field("kind", "kind", t.Kind, now.Kind, ask{Kind: "select", Options: r.kindOptions(t.Kind)})
	view.Place = field("place", "place", t.Place, now.Place, ask{Kind: "textarea", Rows: 1, Max: 1000})
	view.Hours = field("hours", "hours", t.Hours, now.Hours, ask{Kind: "textarea", Rows: 1, Max: 1000, Hint: r.lang.T("hint.hours")})
	view.Department = field("department", "department", t.Department, now.Department, ask{Kind: "select", Options: choose(r.departmentOptions(r.lang.T("form.nodepartment")), t.Department)})
	view.From = field("from", "validity", string(t.From), string(now.From), dateAsk(t.From))
	view.Until = field("to", "validity", string(t.To), string(now.To), dateAsk(t.To))
	view.Folded = !p.shown && p.from != nil && (p.out || p.Touchpoint == *p.from)
	for _, a := range []ask{view.Value, view.Label, view.Kind, view.Place, view.Hours, view.Department, view.From, view.Until} {
		view.Folded = view.Folded && a.Error == "" && len(a.Said)+len(a.Remarks) == 0
	}
	view.Out = option{Name: "p." + p.Key + ".out", Selected: p.out, Text: r.lang.T("proposal.outpoint")}
	if n := len(r.snap.usagesAt(p.Key)); n > 0 {
		view.Out.Text = r.lang.T("proposal.outwith", r.lang.Count(n, "proposal.withusages"))
	}
	if p.from != nil {
		view.By = v.heir(p)
	}
	if p.out {
		return view // its usages go with it: there is nothing to say about them
	}
	for _, u := range p.usages {
		view.Usages = append(view.Usages, v.usage(p, u))
	}
	view.Rest = v.rest(p)
	return view
}

// dateAsk is a field for a day; what no calendar has is shown as it was typed.
func dateAsk(d register.Date) ask {
	if d != "" && !isDate(d) {
		return ask{Size: "short"}
	}
	return ask{Kind: "date", Size: "short"}
}

func (v *sheetView) usage(p *pointPart, part *usagePart) usageForm {
	u, r := part.Usage, v.r
	view := usageForm{Key: u.Key, Fresh: part.from == nil, Open: part.open, Title: r.title("process", u.Process), Line: u.Text}
	if u.Process == "" {
		view.Title = r.lang.T("proposal.freshusage")
	}
	if part.out {
		view.Line = r.lang.T("proposal.isout")
	}
	prefix := "u." + u.Key + "."
	view.Hidden = []option{{Name: "usage", Value: u.Key}, {Name: prefix + "of", Value: p.Key}, {Name: prefix + "base", Value: part.base}, {Name: prefix + "needs", Value: "1"}}
	from := register.Usage{}
	if part.from != nil {
		from = *part.from
	}
	if u.Text != from.Text && u.Text == wording(from, u.Needs) {
		view.Hidden = append(view.Hidden, option{Name: prefix + "followed", Value: u.Text})
	}
	now := r.snap.usages[u.Key]
	if now == nil {
		now = &register.Usage{}
	}
	field := func(name, clause, value, was string, a ask) ask {
		a.ID, a.Name = "u-"+u.Key+"-"+name, prefix+name
		if a.Label == "" {
			a.Label = r.lang.T("field." + name)
		}
		a.Value, a.Clause = value, r.clauseRef(v.f, r.snap.proc.ClauseFor(clause, p.Touchpoint))
		if part.from != nil && value != was {
			a.Was = cmp.Or(r.title(name, was), r.lang.T("form.nothing"))
		}
		a = v.put(a, spot{register.KindUsage, u.Key, name})
		view.Open = view.Open || a.Error != "" || len(a.Remarks) > 0
		return a
	}
	view.Whole = v.put(ask{ID: "u-" + u.Key, Label: view.Title}, spot{register.KindUsage, u.Key, ""})
	view.Open = view.Open || view.Whole.Error != ""
	if view.Fresh {
		a := field("process", "process", u.Process, "", ask{Kind: "select", Options: r.processOptions(u.Process)})
		view.Process = &a
	}
	view.Needs = v.needs(p, part)
	view.Open = view.Open || view.Needs.Error != "" || len(view.Needs.Remarks) > 0
	view.Text = field("text", "text", u.Text, now.Text, ask{Kind: "textarea", Rows: 2, Max: 4000, Hint: r.lang.T("hint.text")})
	view.Feature = field("feature", "feature", u.Feature, now.Feature, ask{Kind: "textarea", Rows: 1, Max: 2000})
	view.Forms = field("forms", "forms", strings.Join(u.Forms, "\n"), strings.Join(now.Forms, "\n"), ask{Kind: "textarea", Rows: 1, Max: 4000, Hint: r.lang.T("hint.forms")})
	view.From = field("from", "validity", string(u.From), string(now.From), dateAsk(u.From))
	view.Until = field("to", "validity", string(u.To), string(now.To), dateAsk(u.To))
	view.Out = option{Name: prefix + "out", Selected: part.out, Text: r.lang.T("proposal.outusage")}
	return view
}

// needs are boxes for the procedure's own list; under «другие» its words are asked.
func (v *sheetView) needs(p *pointPart, part *usagePart) ask {
	r, u := v.r, part.Usage
	prefix := "u." + u.Key + "."
	a := ask{ID: "u-" + u.Key + "-needs", Name: prefix + "need", Label: r.lang.T("proposal.needs"), Clause: r.clauseRef(v.f, r.snap.proc.ClauseFor("needs", p.Touchpoint))}
	codes := u.NeedCodes()
	add := func(n procedure.Need, text string) {
		o := option{Value: n.Code, Text: text, Selected: slices.Contains(codes, n.Code)}
		if n.Other {
			var words []string
			for _, x := range u.Needs {
				if x.Code == n.Code && x.Text != "" {
					words = append(words, x.Text)
				}
			}
			other := v.put(ask{ID: "u-" + u.Key + "-other", Name: prefix + "other", Label: r.lang.T("proposal.other"), Kind: "textarea", Rows: 1, Value: strings.Join(words, "; "), Hint: r.lang.T("hint.other"), Max: 2000}, spot{register.KindUsage, u.Key, "other"})
			o.Ask = &other
		}
		a.Options = append(a.Options, o)
	}
	for _, n := range r.snap.proc.Needs {
		add(n, n.Text)
	}
	for _, n := range u.Needs { // a need that the procedure does not have (any more) stays until it is unticked
		if _, ok := r.snap.proc.NeedByCode(n.Code); !ok && !slices.ContainsFunc(a.Options, func(o option) bool { return o.Value == n.Code }) {
			add(procedure.Need{Code: n.Code}, n.Text)
		}
	}
	if now := r.snap.usages[u.Key]; now != nil && part.from != nil && !slices.Equal(now.Needs, u.Needs) {
		var words []string
		for _, n := range now.Needs {
			words = append(words, n.Text)
		}
		a.Was = cmp.Or(strings.Join(words, "; "), r.lang.T("form.nothing"))
	}
	return v.put(a, spot{register.KindUsage, u.Key, "needs"})
}

// rest offers the usages of a point that the form does not show.
func (v *sheetView) rest(p *pointPart) *restForm {
	all := v.r.snap.usagesAt(p.Key)
	rest := &restForm{}
	n := 0
	for _, u := range all {
		if slices.ContainsFunc(p.usages, func(x *usagePart) bool { return x.Key == u.Key }) {
			continue
		}
		if n++; n <= maxRest {
			rest.Items = append(rest.Items, option{Value: "open:" + u.Key, Text: v.r.title("process", u.Process)})
		}
	}
	if n == 0 {
		return nil
	}
	rest.Title = v.r.lang.T("proposal.rest", v.r.lang.Count(n, "fact.usages"))
	if n > maxRest {
		rest.More = v.r.lang.T("proposal.restmore", lang.Number(int64(n-maxRest)))
	}
	return rest
}

func (r *request) kindOptions(chosen string) []option {
	var os []option
	if _, ok := r.snap.proc.KindByCode(chosen); !ok {
		os = append(os, option{Value: chosen, Text: cmp.Or(chosen, r.lang.T("form.choose")), Selected: true})
	}
	for _, k := range r.snap.proc.Kinds {
		os = append(os, option{Value: k.Code, Text: k.Title, Selected: k.Code == chosen})
	}
	return os
}

// choose marks the option with a value.
func choose(os []option, value string) []option {
	for i := range os {
		os[i].Selected = os[i].Value == value
	}
	return os
}

func (r *request) processOptions(chosen string) []option {
	os := []option{{Value: "", Text: r.lang.T("form.choose"), Selected: chosen == ""}}
	for _, p := range r.snap.reg.Processes {
		os = append(os, option{Value: p.Key, Text: p.Title, Selected: p.Key == chosen})
	}
	return os
}

// usagesAt are the usages of a point in the register, in report order. The result is shared.
func (s *snapshot) usagesAt(point string) []*register.Usage { return s.rowsAt[point] }

// lastPoint and lastUsage are the last places taken in the report.
func (s *snapshot) lastPoint() int {
	n := 0
	for i := range s.reg.Touchpoints {
		n = max(n, s.reg.Touchpoints[i].Position)
	}
	return n
}

func (s *snapshot) lastUsage() int {
	n := 0
	for i := range s.reg.Usages {
		n = max(n, s.reg.Usages[i].Position)
	}
	return n
}
