package web

import (
	"bytes"
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"perechen/internal/feedback"
	"perechen/internal/lang"
	"perechen/internal/office"
	"perechen/internal/render"
	"perechen/internal/upkeep"
)

// resultsPage shows what clients think, for a quarter or a year, never of fewer people than the threshold.
type resultsPage struct {
	frame
	Period  string
	Periods []section
	Facts   []fact
	Note    string
	Tables  []resultTable
	Pains   []painRow
	Files   []documentLink
	Empty   empty
	Rule    string
	Ways    []link
}

type resultTable struct {
	ID, Title, Head string
	Timed           bool // the columns of answers in time and of repeated appeals are shown
	Rows            []resultRow
}

// A resultRow is a sum over whole blocks, as words and bars. A share that is not shown is empty.
type resultRow struct {
	Label, Href      string
	Ru               bool
	N                int
	Got, Satisfied   shareView
	InTime, Repeated string
}

type shareView struct {
	Text  string
	Width int
}

// A period is a quarter or a year of results.
type period struct {
	code, title string
	results     []feedback.Result
}

// periods are the years and quarters of which there is something, the newest first.
func (r *request) periods(rs []feedback.Result) []period {
	var ps []period
	for i := len(rs) - 1; i >= 0; i-- {
		q := rs[i].Quarter
		ps = append(ps, period{string(q), r.lang.T("results.quarter", roman[q.Number()], q.Year()), rs[i : i+1]})
	}
	for i := len(rs) - 1; i >= 0; i-- {
		year := strconv.Itoa(rs[i].Quarter.Year())
		if j := slices.IndexFunc(ps, func(p period) bool { return p.code == year }); j >= 0 {
			ps[j].results = append(ps[j].results, rs[i])
			continue
		}
		ps = append(ps, period{year, r.lang.T("results.year", year), []feedback.Result{rs[i]}})
	}
	return ps
}

var roman = []string{"", "I", "II", "III", "IV"}

// chosen is the period asked for, the newest when none is.
func chosenPeriod(ps []period, code string) (period, bool) {
	if code == "" && len(ps) > 0 {
		return ps[0], true
	}
	for _, p := range ps {
		if p.code == code {
			return p, true
		}
	}
	return period{}, false
}

func (s *site) feedbackResults(r *request) (page, error) {
	rs, err := s.desk.FeedbackResults(r.Context(), r.slug)
	if err != nil {
		return nil, err
	}
	terms := upkeep.FeedbackTerms(r.snap.proc)
	p := &resultsPage{frame: r.frame("results", "", r.lang.T("results.title")), Rule: r.lang.T("results.rule", terms.Threshold)}
	p.Ways = append(p.Ways, link{p.home + "feedback/code", r.lang.T("code.title")})
	if r.may(whoMember) {
		p.Ways = append(p.Ways, link{p.home + "feedback", r.lang.T("appeals.title")}, link{p.home + "surveys", r.lang.T("surveys.title")})
	}
	ps := r.periods(rs)
	chosen, ok := chosenPeriod(ps, r.query.Get("period"))
	if !ok {
		if r.query.Get("period") != "" {
			return nil, notFound("results.noperiod")
		}
		p.Empty = empty{Title: r.lang.T("results.none"), Text: r.lang.T("results.nonetext", terms.Threshold)}
		return p, nil
	}
	p.Period = chosen.title
	for _, x := range ps {
		sec := section{link: link{p.home + "feedback/results?" + url.Values{"period": {x.code}}.Encode(), x.title}}
		if x.code == chosen.code {
			sec.Current = "page"
		}
		p.Periods = append(p.Periods, sec)
	}
	blocks, words, threshold, from := blocksOf(chosen)
	p.Facts = r.resultFacts(blocks, words)
	p.Note = r.carried(chosen, from)
	p.Tables = r.resultTables(&p.frame, blocks, words)
	p.Pains = r.pains(&p.frame, blocks)
	p.Rule = r.lang.T("results.rule", threshold)
	for _, format := range []string{"docx", "xlsx", "odt", "pdf"} {
		p.Files = append(p.Files, documentLink{link{p.home + "feedback/results/" + chosen.code + "." + format, strings.ToUpper(format)}, r.lang.T("results.title")})
	}
	return p, nil
}

// blocksOf are all blocks of a period, of answers and of words, the greatest threshold they were made by, and the month of the
// earliest answer.
func blocksOf(p period) (blocks, words []feedback.Block, threshold int, from feedback.Month) {
	for _, x := range p.results {
		blocks, words = append(blocks, x.Blocks...), append(words, x.Words...)
		threshold = max(threshold, x.Threshold)
		if from == "" || x.From < from {
			from = x.From
		}
	}
	return blocks, words, threshold, from
}

// carried says that answers of an earlier quarter, too few to be shown, are in the period too.
func (r *request) carried(p period, from feedback.Month) string {
	first := p.results[0].Quarter
	for _, x := range p.results {
		first = min(first, x.Quarter)
	}
	if q := from.Quarter(); q < first {
		return r.lang.T("results.carried", r.lang.T("results.quarter", roman[q.Number()], q.Year()))
	}
	return ""
}

func (r *request) resultFacts(blocks, words []feedback.Block) []fact {
	t := feedback.Total(blocks)
	fs := []fact{
		{Figure: lang.Number(int64(t.N)), Words: r.lang.Plural(t.N, "results.answers")},
		{Figure: r.share(t.Got, t.N).Text, Words: r.lang.T("results.gotwords")},
		{Figure: r.share(t.Satisfied, t.N).Text, Words: r.lang.T("results.satisfiedwords")},
	}
	if w := feedback.Total(words); w.N > 0 {
		fs = append(fs, fact{Figure: r.share(w.InTime, w.N).Text, Words: r.lang.T("results.intimewords")},
			fact{Figure: r.share(w.Repeated, w.N).Text, Words: r.lang.T("results.repeatedwords")})
	}
	return fs
}

func (r *request) share(part, n int) shareView {
	s := feedback.ShareOf(part, n)
	key := "results.share"
	switch s.Edge {
	case -1:
		key = "results.least"
	case 1:
		key = "results.most"
	}
	return shareView{r.lang.T(key, s.Percent), s.Percent}
}

// resultTables are the tables but for that of pains, which is a map. What is said of words stands in the rows of one and the
// same thing only: what is joined beside the answers and beside the words is not the same.
func (r *request) resultTables(f *frame, blocks, words []feedback.Block) []resultTable {
	var ts []resultTable
	for _, name := range feedback.Tables {
		if name == feedback.Pains {
			continue
		}
		t := resultTable{ID: name, Title: r.lang.T("results.by." + name), Head: r.lang.T("results.head." + name)}
		wrote := feedback.Table(name, words)
		for _, row := range feedback.Table(name, blocks) {
			out := resultRow{N: row.N, Got: r.share(row.Got, row.N), Satisfied: r.share(row.Satisfied, row.N), InTime: "–", Repeated: "–"}
			i := slices.IndexFunc(wrote, func(w feedback.Row) bool { return w.Kind == row.Kind && w.Value == row.Value })
			if i >= 0 && row.Value != feedback.Mixed {
				w := wrote[i]
				out.InTime, out.Repeated, t.Timed = r.share(w.InTime, w.N).Text, r.share(w.Repeated, w.N).Text, true
			}
			out.Label, out.Href, out.Ru = r.resultLabel(f, name, row)
			t.Rows = append(t.Rows, out)
		}
		if len(t.Rows) > 0 {
			ts = append(ts, t)
		}
	}
	return ts
}

// resultLabel names a row: the register's words, or ours for what is not shown apart.
func (r *request) resultLabel(f *frame, table string, row feedback.Row) (label, href string, ru bool) {
	if row.Value == feedback.Mixed {
		return r.lang.T("results.mixed." + table), "", false
	}
	switch table {
	case feedback.ByChannel:
		return cmp.Or(r.kindTitle(row.Value), row.Value), "", true
	case feedback.ByNeed:
		if row.Value == "" {
			return r.lang.T("results.noneed"), "", false
		}
		if n, ok := r.snap.proc.NeedByCode(row.Value); ok {
			return n.Text, "", true
		}
		return row.Value, "", true
	}
	l := r.subjectLink(f, feedback.Subject{Kind: row.Kind, Key: row.Value})
	if l.Href == "" {
		l.Text += " (" + row.Value + ")"
	}
	return l.Text, l.Href, l.Href != ""
}

// feedbackFile sends the results of a period as a document.
func (s *site) feedbackFile(w http.ResponseWriter, hr *http.Request) {
	if s.desk == nil || s.accounts == nil {
		s.notFound(w, hr)
		return
	}
	code, format, _ := strings.Cut(hr.PathValue("file"), ".")
	r, err := s.opened(w, hr)
	var rs []feedback.Result
	if err == nil {
		r.lang = lang.Russian // documents are in the language of the order
		rs, err = s.desk.FeedbackResults(hr.Context(), r.slug)
	}
	if err != nil {
		s.fail(w, hr, err)
		return
	}
	chosen, ok := chosenPeriod(r.periods(rs), code)
	if !ok || code == "" || !slices.Contains(reportFormats, format) {
		s.notFound(w, hr)
		return
	}
	blocks, words, threshold, from := blocksOf(chosen)
	f := r.frame("results", "", "")
	sheet := render.FeedbackSheet{Title: r.lang.T("results.title"), Period: chosen.title}
	var facts []string
	for _, x := range r.resultFacts(blocks, words) {
		facts = append(facts, x.Figure+" "+x.Words)
	}
	sheet.Notes = append(sheet.Notes, strings.Join(facts, "; ")+".")
	if note := r.carried(chosen, from); note != "" {
		sheet.Notes = append(sheet.Notes, note)
	}
	for _, t := range r.resultTables(&f, blocks, words) {
		table := render.FeedbackTable{Title: t.Title, Head: []string{t.Head, r.lang.T("results.n"), r.lang.T("results.got"), r.lang.T("results.satisfied")}}
		if t.Timed {
			table.Head = append(table.Head, r.lang.T("results.intime"), r.lang.T("results.repeated"))
		}
		for _, row := range t.Rows {
			cells := []string{row.Label, strconv.Itoa(row.N), row.Got.Text, row.Satisfied.Text}
			if t.Timed {
				cells = append(cells, row.InTime, row.Repeated)
			}
			table.Rows = append(table.Rows, cells)
		}
		sheet.Tables = append(sheet.Tables, table)
	}
	if pains := r.painTable(r.pains(&f, blocks)); len(pains.Rows) > 0 {
		sheet.Tables = append(sheet.Tables, pains)
	}
	sheet.Foot = []string{r.lang.T("results.rule", threshold)}
	s.sendSheet(w, r, sheet, format, "обратная-связь-"+r.slug+"-"+chosen.code)
}

// sendSheet makes a document of results and sends it.
func (s *site) sendSheet(w http.ResponseWriter, r *request, sheet render.FeedbackSheet, format, name string) {
	s.sendFile(w, r, format, func(b *bytes.Buffer) (string, error) {
		return name, office.Write(b, format, render.Feedback(r.snap.reg.Organisation, sheet, r.now))
	})
}
