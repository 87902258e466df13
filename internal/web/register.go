package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/register"
)

// registerPage is the official table, alive.
type registerPage struct {
	frame
	Heading     string
	EditionLine string
	EditionAct  string
	SinceLine   string // what was recorded after the edition
	SinceHref   string
	Reports     bool
	ReportHref  string
	Today       register.Date
	Facts       []fact
	Filter      filter
	Shown       string
	Exports     []link
	Table       table
	Pager       pager
	Empty       empty
}

// A fact is one figure of the summary, leading to what it counts.
type fact struct{ Href, Figure, Words, Tone string }

// An empty tells what to do where there is nothing to show.
type empty struct{ Title, Text, Command, Href, Link string }

// A table is rows of the register, grouped by process.
type table struct {
	Caption string
	Notes   bool // some row has a note: the table has a margin
	Groups  []group
}

// A group is one process with its rows.
type group struct {
	No        string
	Title     string
	Href      string
	Continued bool // the process began on an earlier page
	Rows      []row
}

// A row is one usage.
type row struct {
	Key     string
	Process string // title, where rows are not grouped
	Href    string // of the process
	Point   *pointView
	Needs   []string
	Text    string
	Class   register.Class
	Printed register.Class // as the document has it, when it differs
	Notes   []note
	Again   []link // findings that stand in full beside an earlier row
}

func (s *site) register(r *request) (page, error) {
	p := &registerPage{frame: r.frame("register", "register", r.lang.T("nav.register")), Today: r.today, Heading: hang(r.heading())}
	snap := r.snap
	p.edition(r)
	if s.documents != nil && len(snap.reg.Usages) > 0 {
		p.Reports = true
		p.ReportHref = p.To("report.docx")
	}
	q, err := r.rowQuery()
	if err != nil {
		return nil, err
	}
	p.Filter = r.filter(&p.frame)
	if r.view.N == 0 {
		p.Filter = filter{}
		p.Empty = r.emptyRegister(&p.frame)
		return p, nil
	}
	p.Facts = r.facts(&p.frame)
	n := r.pageNumber(len(snap.reg.Usages))
	q.Offset, q.Limit = (n-1)*pageRows, pageRows
	found, err := s.ledger.Rows(r.Context(), r.slug, r.view.N, q)
	if err != nil {
		return nil, err
	}
	if last := r.pageNumber(found.Total); last != n { // the address names a page that the choice does not reach
		q.Offset = (last - 1) * pageRows
		if found, err = s.ledger.Rows(r.Context(), r.slug, r.view.N, q); err != nil {
			return nil, err
		}
	}
	if found.Total == 0 {
		p.Empty = r.emptyRegister(&p.frame)
		return p, nil
	}
	p.Pager = r.pager(found.Total)
	p.Table = r.table(&p.frame, found.Rows)
	if q.Offset > 0 {
		s.continued(r, &p.Table, q)
	}
	p.Shown = r.lang.T("register.all", r.lang.Count(found.Total, "register.rows"))
	if p.Filter.Set {
		p.Shown = r.lang.T("register.part", lang.Number(int64(found.Total)), r.lang.Count(len(snap.reg.Usages), "register.rows"))
	}
	if p.Pager.Many {
		p.Shown += ", " + r.lang.T("register.page", lang.Number(int64(p.Pager.from+1)), lang.Number(int64(p.Pager.to)))
	}
	if s.documents != nil {
		for _, format := range listFormats {
			query := r.rowValues()
			for k, v := range r.view.query() {
				query[k] = v
			}
			p.Exports = append(p.Exports, link{p.with(query, "list."+format), strings.ToUpper(format)})
		}
	}
	return p, nil
}

// heading is the register's own name: that of the procedure without «Порядок ведения».
func (r *request) heading() string {
	const prefix = "порядок ведения перечня "
	title := strings.Join(strings.Fields(r.snap.proc.Title), " ")
	if len(title) > len(prefix) && strings.HasPrefix(strings.ToLower(title), prefix) {
		runes := []rune(title)
		return "Перечень " + string(runes[len([]rune(prefix)):])
	}
	return lang.Russian.T("register.title")
}

// edition writes the line that says which edition is in view, and what was recorded after it.
func (p *registerPage) edition(r *request) {
	var last *register.Edition
	if r.view.Edition != nil {
		last = r.view.Edition
	} else if eds := r.snap.reg.Editions; len(eds) > 0 {
		last = &eds[len(eds)-1]
	}
	if last == nil {
		p.EditionLine = r.lang.T("register.noedition")
		return
	}
	p.EditionLine = r.lang.T("register.edition", last.Number, lang.Date(string(last.Date)))
	p.EditionAct = actText(register.Act{Kind: last.Act.Kind, Number: last.Act.Number, Date: last.Act.Date})
	// The edition's own entry stands after the state that it approves.
	if since := r.view.N - last.N - 1; r.view.Edition == nil && since > 0 {
		p.SinceLine = r.lang.T("register.since", r.lang.Count(int(since), "register.entries"))
		q := url.Values{"a": {strconv.Itoa(last.Number)}}
		if r.view.past() {
			q.Set("b", "n"+strconv.FormatInt(r.view.N, 10))
		}
		p.SinceHref = p.with(q, "diff")
	}
}

func (r *request) facts(f *frame) []fact {
	snap := r.snap
	reg := snap.reg
	count := func(n int, key, href string) fact {
		return fact{Href: href, Figure: lang.Number(int64(n)), Words: r.lang.Plural(n, key)}
	}
	fs := []fact{
		count(len(reg.Processes), "fact.processes", f.To("processes")),
		count(len(reg.Touchpoints), "fact.points", f.To("points")),
		count(len(reg.Usages), "fact.usages", f.To("")),
	}
	if needs := snap.needs(); len(needs) > 0 {
		met := 0
		for _, n := range needs {
			if len(snap.met[""][n.Code]) > 0 {
				met++
			}
		}
		fs = append(fs, fact{Href: f.To("processes") + "#needs", Figure: r.lang.T("fact.of", met, len(needs)), Words: r.lang.T("fact.needs")})
	}
	findings := count(len(snap.findings), "fact.findings", f.To("findings"))
	if slices.ContainsFunc(snap.findings, func(x register.Finding) bool { return x.Severity == register.Violation }) {
		findings.Tone = "bad"
	}
	return append(fs, findings)
}

// table groups rows by process, in the order in which they come.
func (r *request) table(f *frame, rows []ledger.Row) table {
	t := table{Caption: r.lang.T("register.caption")}
	m := r.margin(f)
	for i := range rows {
		lr := &rows[i]
		if i == 0 || lr.Usage.Process != rows[i-1].Usage.Process {
			g := group{Title: lr.Process.Title, Href: f.To("processes", lr.Usage.Process)}
			if no := r.snap.processNo[lr.Usage.Process]; no > 0 {
				g.No = strconv.Itoa(no)
			} else {
				g.Title, g.Href = cmp.Or(lr.Usage.Process, r.lang.T("register.noprocess")), ""
			}
			t.Groups = append(t.Groups, g)
		}
		g := &t.Groups[len(t.Groups)-1]
		out := r.row(f, lr)
		out.Notes, out.Again = m.row(&lr.Usage)
		t.Notes = t.Notes || len(out.Notes) > 0
		g.Rows = append(g.Rows, out)
	}
	return t
}

func (r *request) row(f *frame, lr *ledger.Row) row {
	out := row{Key: lr.Usage.Key, Text: lr.Usage.Text, Class: lr.Class, Process: lr.Process.Title, Href: f.To("processes", lr.Usage.Process)}
	if lr.Touchpoint.Key != "" {
		v := r.viewPoint(f, &lr.Touchpoint)
		out.Point = &v
	}
	if p := lr.Usage.Printed; p != "" && p != lr.Class {
		out.Printed = p
	}
	for _, n := range lr.Usage.Needs {
		out.Needs = append(out.Needs, n.Text)
	}
	return out
}

// continued marks the first group of a page when the page before it ended with the same process.
func (s *site) continued(r *request, t *table, q ledger.Query) {
	q.Offset, q.Limit = q.Offset-1, 1
	before, err := s.ledger.Rows(r.Context(), r.slug, r.view.N, q)
	if err != nil || len(before.Rows) == 0 || len(t.Groups) == 0 {
		return // only a word under a heading depends on it
	}
	no := r.snap.processNo[before.Rows[0].Usage.Process]
	t.Groups[0].Continued = no > 0 && strconv.Itoa(no) == t.Groups[0].No
}

// emptyRegister says why there is nothing to show, and what to do.
func (r *request) emptyRegister(f *frame) empty {
	t := r.lang.T
	switch {
	case r.view.On != "" && r.view.N == 0:
		return empty{Title: t("empty.before"), Text: t("empty.beforetext"), Href: f.home, Link: t("empty.beforelink")}
	case len(r.rowValues()) > 0:
		return empty{Title: t("empty.filter"), Text: t("empty.filtertext"), Href: f.To(""), Link: t("filter.reset")}
	}
	e := empty{Title: t("empty.title"), Text: t("empty.import"), Command: r.importCommand()}
	if n := len(r.snap.reg.Touchpoints); n > 0 {
		e.Href, e.Link = f.To("points"), t("empty.points", r.lang.Count(n, "fact.points"))
	}
	return e
}

// importCommand is what to type to fill the register.
func (r *request) importCommand() string {
	return "perechen import --body " + r.slug + " ФАЙЛ"
}

// A filter is a form that chooses rows, with what is chosen.
type filter struct {
	Any     bool // there is something to choose from
	Set     bool // something is chosen
	Open    bool // something beside the words is chosen
	Text    string
	Hidden  []option
	Selects []choice
}

// A choice is one list of the filter.
type choice struct {
	Name, Label, All string
	Options          []option
}

// An option of a choice, or a hidden field (Name, Value).
type option struct {
	Name, Value, Text string
	Selected          bool
}

// rowParams are the parameters that choose rows.
var rowParams = []string{"q", "process", "kind", "need", "class", "department"}

// rowValues are the parameters of the address that choose rows.
func (r *request) rowValues() url.Values {
	q := url.Values{}
	for _, p := range rowParams {
		if v := r.query.Get(p); v != "" {
			q.Set(p, v)
		}
	}
	return q
}

// rowQuery is what the address asks of the rows, without offset and limit.
func (r *request) rowQuery() (ledger.Query, error) {
	q := ledger.Query{
		Process: r.query.Get("process"), Kind: r.query.Get("kind"), Need: r.query.Get("need"),
		Class: r.query.Get("class"), Department: r.query.Get("department"), Text: r.query.Get("q"),
	}
	if len(q.Text) > 1000 {
		return q, badRequest("error.longquery")
	}
	return q, nil
}

// maxOptions is how long a list may be to be chosen from; a longer one is for the search.
const maxOptions = 500

// filter offers what the register holds: a list with nothing to choose from is left out.
func (r *request) filter(f *frame) filter {
	out := filter{Text: r.query.Get("q"), Any: len(r.snap.reg.Usages) > 0, Set: len(r.rowValues()) > 0}
	for name, v := range r.view.query() {
		out.Hidden = append(out.Hidden, option{Name: name, Value: v[0]})
	}
	add := func(name, all string, options []option) {
		chosen := r.query.Get(name)
		if (len(options) < 2 || len(options) > maxOptions) && chosen == "" {
			return
		}
		if chosen != "" {
			out.Open = true
			if len(options) > maxOptions {
				options = slices.DeleteFunc(options, func(o option) bool { return o.Value != chosen })
			}
			if !slices.ContainsFunc(options, func(o option) bool { return o.Value == chosen }) {
				options = append(options, option{Value: chosen, Text: chosen})
			}
		}
		for i := range options {
			options[i].Selected = options[i].Value == chosen
		}
		out.Selects = append(out.Selects, choice{Name: name, Label: r.lang.T("filter." + name), All: r.lang.T(all), Options: options})
	}
	snap := r.snap
	var processes, kinds, needs, departments []option
	for _, p := range snap.reg.Processes {
		processes = append(processes, option{Value: p.Key, Text: p.Title})
	}
	inUse := map[string]bool{}
	owners := map[string]bool{}
	for _, t := range snap.reg.Touchpoints {
		if snap.usedIn[t.Key] > 0 {
			inUse[t.Kind] = true
			owners[t.Department] = true
		}
	}
	for _, p := range snap.reg.Processes {
		owners[p.Department] = true
	}
	for _, k := range snap.proc.Kinds {
		if inUse[k.Code] {
			kinds = append(kinds, option{Value: k.Code, Text: k.Title})
		}
	}
	for _, n := range snap.proc.Needs {
		if len(snap.met[""][n.Code]) > 0 {
			needs = append(needs, option{Value: n.Code, Text: n.Text})
		}
	}
	for _, d := range snap.reg.Departments {
		if owners[d.Key] {
			departments = append(departments, option{Value: d.Key, Text: d.Title})
		}
	}
	add("process", "filter.any.n", processes)
	add("kind", "filter.any.m", kinds)
	add("need", "filter.any.f", needs)
	add("class", "filter.any.m", []option{{Value: string(register.Digital), Text: r.lang.T("class.digital")}, {Value: string(register.Offline), Text: r.lang.T("class.offline")}})
	add("department", "filter.any.m", departments)
	return out
}
