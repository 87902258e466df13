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
	doubt []string   // pairs of headings that name the same field
}

func (l *layout) has(f field) bool { return len(l.cols[f]) > 0 }

// layoutOf reads a row of headings: texts are the headings by column, "" where there is none; span tells that a column
// is under the same merged heading as the one before. nil when they are not the headings of a register: those name
// the point and the process or the interaction.
//
// Of two columns with the same field the one with the procedure's own heading is read, else the first.
func (h *headingReader) layoutOf(texts []string, span []bool) *layout {
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
				l.doubt = append(l.doubt, fmt.Sprintf("«%s» и «%s» обе похожи на графу «%s», прочитана первая",
					l.heads[s.field], oneLine(t), fieldNames[s.field]))
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
	if !l.has(fPoint) || !l.has(fProcess) && !l.has(fUsage) && !l.has(fNeeds) {
		return nil
	}
	return l
}

// report turns the doubts about columns into findings.
func (l *layout) report(f *findings, at *register.Source) {
	for _, d := range l.doubt {
		f.add("R13", register.Unclear, "", "Две графы таблицы озаглавлены одинаково по смыслу: "+d+".",
			[]string{"columns", d}, placeOf(at, d)).Fix = "Озаглавьте графы по форме отчёта и загрузите файл снова."
	}
}
