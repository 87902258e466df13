package intake

import (
	"fmt"
	"slices"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/office"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// A ProcessRegister is what a document says of the реестр межведомственных и внутриведомственных процессов, before
// anybody has agreed to it. Keys are those that new processes would get.
type ProcessRegister struct {
	File      string                `json:"file"`
	Format    string                `json:"format"`
	Act       *register.Act         `json:"act,omitempty"` // by which the document was issued
	Processes []register.Process    `json:"processes"`
	Findings  []register.Finding    `json:"findings"`
	Skipped   []Skipped             `json:"skipped,omitempty"`
	places    []*register.Source    // of Processes
	acts      []map[field]string    // of Processes: cells with acts and dates, as printed
	dept      []register.Department // that were looked among
}

// Source tells where the process with that number of Processes stood.
func (d *ProcessRegister) Source(i int) *register.Source { return d.places[i] }

// ParseProcesses reads a реестр процессов: every table that names processes by its headings, in any order of columns. The
// scope of a process stands in a column, in a row across the table, or in the words above the table. Departments are
// those of the register. The error is an *Error: the document has no such table, or it is a table of points.
func ParseProcesses(doc *office.Doc, file string, p *procedure.Procedure, departments []register.Department) (*ProcessRegister, error) {
	d := &ProcessRegister{File: file, Format: doc.Format, dept: departments, Processes: []register.Process{}}
	f := &findings{}
	b := &processBuilder{d: d, p: p, f: f, keys: newKeyring(), byID: map[string]int{}, clause: p.Processes.Clause}
	ts := tablesOf(doc, file)
	if len(ts) == 0 && doc.Format == "txt" {
		ts = tablesOf(listed(doc), file)
	}
	h := newProcessHeadings()
	points := newHeadingReader(p, procedure.NewMatcher(p))
	var last *headed
	isRegister := false
	found := 0
	for _, t := range ts {
		if _, ok := points.find(t); ok {
			isRegister, last = true, nil
			continue
		}
		hd, ok := h.findProcesses(t)
		scope := scopeAbove(t)
		switch {
		case ok:
			hd.layout.report(f, t.source(max(hd.from-1, 0), ""))
			follow := last != nil && t.follow
			if scope == "" && !follow {
				scope = scopeIn(hd.layout.heads[fProcess])
			}
			b.table(hd, scope, follow)
		case last != nil && (t.follow || scope != "") && last.layout.goesOnIn(t):
			hd = headed{table: t, layout: last.layout}
			b.table(hd, scope, t.follow)
		default:
			last = nil
			continue
		}
		found++
		last = &hd
	}
	b.flush()
	if len(d.Processes) == 0 {
		return nil, b.nothing(file, tablesOf(doc, file), found, isRegister)
	}
	d.Act = actOf(paragraphsOf(doc, file), p, &findings{})
	for i := range d.Processes {
		d.Processes[i].Position = i + 1
	}
	d.Findings = f.list()
	return d, nil
}

// goesOnIn tells whether a table without headings may be the rest of the one with this layout: it is as wide, and where
// rows are numbered, so is its first one, unless that is the rest of a row.
func (l *layout) goesOnIn(t table) bool {
	if len(t.Rows) == 0 || len(t.Rows[0].Cells) != l.width {
		return false
	}
	texts := rowTexts(t, 0)
	if !l.has(fNumber) {
		return true
	}
	no, title := texts[l.cols[fNumber][0]], texts[l.cols[fProcess][0]]
	return numeral(no) > 0 || scopeIn(no) != "" || no == "" && (title == "" || lowerStart(title))
}

// listed is a text of lines as a table of one column: a list of processes under its heading.
func listed(doc *office.Doc) *office.Doc {
	out := *doc
	out.Sections = nil
	for _, s := range doc.Sections {
		t := &office.Table{}
		for _, b := range s.Blocks {
			if p, ok := b.(*office.Para); ok && clean(p.Text()) != "" {
				t.Rows = append(t.Rows, office.Row{Line: p.Line, Cells: []office.Cell{{Text: p.Text()}}})
			}
		}
		out.Sections = append(out.Sections, office.Section{Blocks: []office.Block{t}})
	}
	return &out
}

// nothing is the refusal of a document without a process.
func (b *processBuilder) nothing(file string, ts []table, found int, isRegister bool) *Error {
	switch {
	case found > 0:
		why := "нет ни одной строки"
		if s := b.d.Skipped; len(s) > 0 {
			why = fmt.Sprintf("нет строк, которые можно взять; первая из %d — %s", len(s), s[0].Reason)
		}
		return &Error{fmt.Sprintf("В файле «%s» под заголовками реестра процессов %s. Заполните таблицу и загрузите файл снова.", file, why)}
	case isRegister:
		return &Error{fmt.Sprintf("В файле «%s» — перечень точек взаимодействия, а не реестр процессов: загрузите его как перечень. В таблице реестра процессов нет граф о точках.", file)}
	}
	e := nothingFound(file, ts)
	_, what, _ := strings.Cut(e.Text, "(раздел 3 порядка): ")
	return &Error{fmt.Sprintf("В файле «%s» не найдена таблица реестра процессов с графами «Наименование процесса» (функции, сервиса), «Вид процесса», «Ответственный отдел»: %s", file,
		strings.Replace(what, "по форме отчёта", "так", 1))}
}

// scopeIn gives the scope that a text speaks of; "" if of neither or of both.
func scopeIn(text string) string {
	inter, intra := false, false
	for _, w := range lang.Words(russianText(text)) {
		inter = inter || strings.HasPrefix(w, "межведомств")
		intra = intra || strings.HasPrefix(w, "внутриведомств")
	}
	switch {
	case inter && !intra:
		return register.ScopeInter
	case intra && !inter:
		return register.ScopeIntra
	}
	return ""
}

// scopeAbove is the scope named nearest above a table, or by the name of its sheet.
func scopeAbove(t table) string {
	for _, text := range slices.Backward(t.before) {
		if s := scopeIn(text); s != "" {
			return s
		}
		if len([]rune(text)) > 2*headRunes {
			break // running text, not a heading
		}
	}
	return scopeIn(t.Sheet)
}

// newProcessHeadings knows the headings of a реестр процессов.
func newProcessHeadings() *headingReader {
	h := &headingReader{own: map[string]bool{}, seen: map[string]scored{}, words: procedure.ProcessWords()}
	h.names = func(heading string) (field, bool) {
		code, ok := procedure.ProcessField(heading)
		return processCodes[code], ok
	}
	return h
}

// genericActs are headings that mean the act of inclusion where no other column does.
var genericActs = set("акт основание документ реквизиты приказ")

// findProcesses looks for the headings of a реестр процессов: the first row that names the processes and something about
// them, alone or with the one or two rows under it.
func (h *headingReader) findProcesses(t table) (headed, bool) {
	for r := range min(len(t.Rows), headingRows) {
		var best *heading
		for n := 1; n <= 3 && r+n <= len(t.Rows); n++ {
			if n > 1 && (best != nil && !h.goesOn(t.Table, r+n-2) || best == nil && !sparse(t.Rows[r+n-2])) {
				break
			}
			texts, span := h.headings(t.Table, r, n)
			if l := h.processLayout(texts, span); l != nil && h.headingRow(t.Table, r, n, l, false) {
				best = &heading{l, r, n, texts, span}
			}
		}
		if best != nil {
			for i := range best.depth {
				best.keys = append(best.keys, foldedRow(t.Rows[best.row+i]))
			}
			return headed{table: t, layout: best.layout, from: best.row + best.depth}, true
		}
	}
	return headed{}, false
}

// processLayout is the layout of a реестр процессов; nil when the headings are not one's. Where nothing but the direction is
// named, the directions are the processes.
func (h *headingReader) processLayout(texts []string, span []bool) *layout {
	l := h.named(texts, span)
	if !l.has(fProcess) && l.has(fDirection) {
		l.cols[fProcess], l.heads[fProcess] = l.cols[fDirection], l.heads[fDirection]
		l.cols[fDirection], l.heads[fDirection] = nil, ""
	}
	if !l.has(fProcess) {
		return nil
	}
	for c, text := range texts {
		words := lang.Words(text)
		if !l.has(fIncluded) && !span[c] && !l.reads(c) && len(words) > 0 && len(words) <= 3 && genericActs[words[0]] {
			l.cols[fIncluded], l.heads[fIncluded] = []int{c}, oneLine(text)
		}
	}
	filled := 0
	for c, text := range texts {
		if text != "" && !span[c] {
			filled++
		}
	}
	if l.named() >= 2 || l.has(fNumber) || filled == 1 && len(texts) == 1 && h.bare(texts[0]) {
		return l
	}
	return nil
}

// bare tells a heading of nothing but words of headings: one that stands alone must be no sentence.
func (h *headingReader) bare(text string) bool {
	for _, w := range lang.Words(russianText(text)) {
		if !lang.IsFunctionWord(w) && !slices.ContainsFunc(h.words, func(of string) bool { return lang.Stem(of) == lang.Stem(w) }) {
			return false
		}
	}
	return true
}
