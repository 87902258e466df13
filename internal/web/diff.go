package web

import (
	"net/url"
	"strconv"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/render"
)

// diffPage is the redline between two states.
type diffPage struct {
	frame
	Line        string
	From, Until []option
	Sections    []diffSection
	Papers      []documentLink
	Cut         string // set when there is more than a page can show
}

// maxDifferences is how many differences one page shows; the sheet of changes has them all.
const maxDifferences = 1000

type diffSection struct {
	ID, Title string
	Items     []diffItem
}

type diffItem struct {
	Kind   register.Kind
	Key    string
	Op     register.Op
	Word   string
	Title  string
	Under  string // of a row: its process
	Href   string
	Fields []field
	Rows   string   // of a point in a proposal: how many rows of the report follow it,
	In     []string // and in which processes
	Remark *ask     // in the officer's review
	Heir   string   // of what was excluded: where one says what stands in its place
}

// A side is one of the two states that are compared.
type side struct {
	State
	reg  *register.Register
	name string // «редакция 1 от 16.02.2026»
}

func (s *site) diff(r *request) (page, error) {
	p := &diffPage{frame: r.frame("diff", "editions", r.lang.T("diff.title"))}
	a, b, err := s.sides(r)
	if err != nil {
		return nil, err
	}
	p.Line = r.lang.T("diff.line", a.name, b.name)
	p.From, p.Until = r.sideOptions(a, true), r.sideOptions(b, false)
	at := map[register.Kind]int{}
	ds := register.Compare(a.reg, b.reg)
	if len(ds) > maxDifferences {
		p.Cut = r.lang.T("diff.cut", lang.Number(maxDifferences), lang.Number(int64(len(ds))))
		ds = ds[:maxDifferences]
	}
	for _, d := range ds {
		if _, ok := at[d.Kind]; !ok {
			at[d.Kind] = len(p.Sections)
			p.Sections = append(p.Sections, diffSection{ID: string(d.Kind), Title: r.lang.T("kinds." + string(d.Kind))})
		}
		sec := &p.Sections[at[d.Kind]]
		sec.Items = append(sec.Items, r.diffItem(&p.frame, d, a.reg, b.reg))
	}
	if s.documents != nil && a.N > 0 && b.N > 0 {
		q := url.Values{"a": {sideValue(a)}, "b": {sideValue(b)}}
		for _, format := range reportFormats {
			p.Papers = append(p.Papers, documentLink{link{p.with(q, "diff."+format), strings.ToUpper(format)}, r.lang.T("documents.diff")})
		}
	}
	return p, nil
}

func (r *request) diffItem(f *frame, d register.Difference, a, b *register.Register) diffItem {
	item := diffItem{Op: d.Op, Word: r.lang.T("diff." + string(d.Op)), Title: render.Subject(d, a, b)}
	if d.Op != register.Exclude {
		switch d.Kind {
		case register.KindProcess:
			item.Href = f.To("processes", d.Key, "rows")
		case register.KindTouchpoint:
			item.Href = f.To("points", d.Key)
		case register.KindJourney:
			item.Href = f.To("journeys", d.Key)
		case register.KindForm:
			item.Href = f.To("forms", d.Key)
		}
	}
	switch d.Op {
	case register.Amend:
		item.Fields = r.fields(d.Fields)
	case register.Include:
		item.Fields = r.wholly(d.After, true)
	default:
		item.Fields = r.wholly(d.Before, false)
	}
	return item
}

// wholly shows what was included or excluded: what a reader of the register would miss in the title alone.
func (r *request) wholly(x any, in bool) []field {
	var fs []field
	add := func(name, text string) {
		if text != "" {
			fs = append(fs, field{Name: r.fieldName(name), JSON: name, Runs: []run{newRun(text, !in, in)}})
		}
	}
	switch x := x.(type) {
	case register.Usage:
		add("text", x.Text)
		add("feature", x.Feature)
	case register.Touchpoint:
		add("kind", r.title("kind", x.Kind))
		add("place", x.Place)
		add("hours", x.Hours)
	case register.Attribute:
		add("values", strings.Join(x.Values, "; "))
	case register.Profile:
		add("group", x.Group)
	case register.Journey:
		add("state", r.title("state", x.State))
		add("profile", r.title("profile", x.Profile))
		for _, s := range register.StageTexts(x) {
			add("stages", s)
		}
	}
	return fs
}

// sides reads «a» and «b»: an edition's number, «n12» for an entry, a date, «0» for the empty register. Without «b» it is
// the newest state; without «a» the last edition before it, or the empty register.
func (s *site) sides(r *request) (a, b side, err error) {
	if b, err = s.side(r, r.query.Get("b")); err != nil {
		return a, b, err
	}
	from := r.query.Get("a")
	if from == "" {
		from = "0"
		for _, e := range r.snap.reg.Editions {
			if e.N < b.N && (b.Edition == nil || e.Number < b.Edition.Number) {
				from = strconv.Itoa(e.Number)
			}
		}
	}
	a, err = s.side(r, from)
	return a, b, err
}

func (s *site) side(r *request, text string) (side, error) {
	x := side{State: State{Body: r.slug}, reg: &register.Register{}}
	number := func(n int64) string { return lang.Number(n) }
	switch {
	case text == "":
		x.N = r.view.N
		x.name = r.lang.T("diff.current", number(x.N))
	case text == "0":
		x.name = r.lang.T("diff.begin")
	case strings.HasPrefix(text, "n"):
		n, err := strconv.ParseInt(text[1:], 10, 64)
		if err != nil || n < 1 {
			return x, badRequest("error.badnumber", text)
		}
		if n > r.head.N {
			return x, notFound("error.noentry", text[1:])
		}
		x.N, x.name = n, r.lang.T("diff.entry", number(n))
	default:
		if _, ok := register.Date(text).Time(); ok {
			n, err := s.ledger.At(r.Context(), r.slug, register.Date(text))
			if err != nil {
				return x, err
			}
			x.N, x.On, x.name = n, register.Date(text), r.lang.T("diff.on", lang.Date(text))
			break
		}
		n, err := strconv.Atoi(text)
		if err != nil {
			return x, badRequest("error.badnumber", text)
		}
		e, ok := r.snap.reg.Edition(n)
		if !ok {
			return x, notFound("error.noedition", text)
		}
		x.N, x.Edition, x.name = e.N, &e, editionName(r.lang, e)
	}
	if x.N == 0 {
		return x, nil
	}
	reg, err := s.ledger.State(r.Context(), r.slug, x.N)
	x.reg = reg
	return x, err
}

// sideValue is what an address says for a state.
func sideValue(x side) string {
	switch {
	case x.Edition != nil:
		return strconv.Itoa(x.Edition.Number)
	case x.On != "":
		return string(x.On)
	case x.N == 0:
		return "0"
	}
	return "n" + strconv.FormatInt(x.N, 10)
}

func (r *request) sideOptions(chosen side, begin bool) []option {
	var os []option
	if begin {
		os = append(os, option{Value: "0", Text: r.lang.T("diff.begin")})
	}
	for _, e := range r.snap.reg.Editions {
		os = append(os, option{Value: strconv.Itoa(e.Number), Text: editionName(r.lang, e)})
	}
	os = append(os, option{Value: "n" + strconv.FormatInt(r.view.N, 10), Text: r.lang.T("diff.current", lang.Number(r.view.N))})
	value, found := sideValue(chosen), false
	for i := range os {
		os[i].Selected = os[i].Value == value
		found = found || os[i].Selected
	}
	if !found {
		os = append(os, option{Value: value, Text: chosen.name, Selected: true})
	}
	return os
}
