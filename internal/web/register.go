package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"perechen/internal/lang"
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
	Ask         bool // a passer-by: the box «Что вам нужно?» stands first
}

// A fact is one figure of the summary, leading to what it counts.
type fact struct{ Href, Figure, Words, Tone string }

// An empty tells what to do where there is nothing to show.
type empty struct{ Title, Text, Command, Href, Link string }

func (s *site) register(r *request) (page, error) {
	p := &registerPage{frame: r.frame("register", "register", r.lang.T("nav.register")), Today: r.today, Heading: hang(r.heading())}
	snap := r.snap
	p.Ask = r.viewer == nil && !r.view.past() && r.view.N > 0
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
	n := r.pageNumber(len(snap.reg.Usages), pageRows)
	q.Offset, q.Limit = (n-1)*pageRows, pageRows
	found, err := s.ledger.Rows(r.Context(), r.slug, r.view.N, q)
	if err != nil {
		return nil, err
	}
	if last := r.pageNumber(found.Total, pageRows); last != n { // the address names a page that the choice does not reach
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
