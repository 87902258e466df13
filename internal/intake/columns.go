package intake

import (
	"fmt"

	"perechen/internal/register"
)

// A layout says which columns of a table hold which field, with the heading that says so.
type layout struct {
	cols  [nFields][]int // usually one column; several under one merged heading
	heads [nFields]string
	width int
	keys  [][]string // the heading rows folded, to know them again on the next page
	doubt []doubled  // headings that name the same field as another
	guess []guess    // columns read by what they hold
	ticks []int      // the columns «Цифровая» and «Офлайн» with a mark in one of them; nil for none
}

// doubled is a heading that names the field of another.
type doubled struct {
	field field
	col   int
	first string
	text  string
}

// guess is a column whose cells, not its heading, say what it is.
type guess struct {
	field field
	head  string
}

func (l *layout) has(f field) bool { return len(l.cols[f]) > 0 }

// layoutOf reads a row of headings: texts are the headings by column, "" where there is none; span tells that a column
// is under the same merged heading as the one before. nil when they are not the headings of a register: those name
// the point and the process or the interaction.
//
// Of two columns with the same field the one with the procedure's own heading is read, else the first.
func (h *headingReader) layoutOf(texts []string, span []bool) *layout {
	if l := h.named(texts, span); l.whole() {
		return l
	}
	return nil
}

// whole tells that the columns make a register.
func (l *layout) whole() bool {
	return l.has(fPoint) && (l.has(fProcess) || l.has(fUsage) || l.has(fNeeds))
}

// named gives the columns whose headings are known, be they a register or not.
func (h *headingReader) named(texts []string, span []bool) *layout {
	l := &layout{width: len(texts)}
	var own [nFields]bool
	for c, t := range texts {
		if span[c] {
			continue
		}
		s := h.field(t)
		switch {
		case s.field == fOther:
			continue
		case l.has(s.field) && (own[s.field] || !s.own):
			if !own[s.field] {
				l.doubt = append(l.doubt, doubled{s.field, c, l.heads[s.field], oneLine(t)})
			}
			continue
		}
		own[s.field] = s.own
		l.heads[s.field] = oneLine(t)
		l.cols[s.field] = []int{c}
		for n := c + 1; n < len(texts) && span[n]; n++ {
			l.cols[s.field] = append(l.cols[s.field], n)
		}
	}
	return l
}

// report turns the doubts about columns into findings.
func (l *layout) report(f *findings, at *register.Source) {
	for _, d := range l.doubt {
		if !l.has(d.field) || l.heads[d.field] != d.first || l.reads(d.col) {
			continue // settled by what the columns hold
		}
		text := fmt.Sprintf("«%s» и «%s» обе похожи на графу «%s», прочитана первая", d.first, d.text, fieldNames[d.field])
		f.add("R13", register.Unclear, "", "Две графы таблицы озаглавлены одинаково по смыслу: "+text+".",
			[]string{"columns", text}, placeOf(at, text)).Fix = "Озаглавьте графы по форме отчёта и загрузите файл снова."
	}
	for _, g := range l.guess {
		head := "Графа «" + clip(g.head, 80) + "»"
		if g.head == "" {
			head = "Графа без заголовка"
		}
		f.add("R13", register.Unclear, "", fmt.Sprintf("%s прочитана как «%s»: так говорят её ячейки, а не заголовок.", head, fieldNames[g.field]),
			[]string{"guess", fieldNames[g.field], g.head}, placeOf(at, g.head)).Fix = "Проверьте прочитанное; чтобы сомнений не было, озаглавьте графы по форме отчёта."
	}
}

// reads tells whether column c is read as something.
func (l *layout) reads(c int) bool {
	for _, of := range l.cols {
		if len(of) > 0 && of[0] == c {
			return true
		}
	}
	return false
}
