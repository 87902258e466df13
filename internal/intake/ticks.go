package intake

import (
	"unicode/utf8"

	"perechen/internal/office"
	"perechen/internal/register"
)

// ticked finds two columns headed «Цифровая точка» and «Офлайн-точка» whose cells only mark one of them: «+», «да», «☑».
func (h *headingReader) ticked(t *office.Table, at *heading) {
	col := map[register.Class]int{}
	for c, text := range at.texts {
		if class := classOf(text).class; class != "" && utf8.RuneCountInString(text) <= 60 {
			if _, taken := col[class]; taken {
				return
			}
			col[class] = c
		}
	}
	if len(col) != 2 {
		return
	}
	marks := 0
	for r := at.row + at.depth; r < min(len(t.Rows), at.row+at.depth+sampledRows); r++ {
		for _, c := range col {
			if c >= len(t.Rows[r].Cells) || t.Rows[r].Cells[c].Covered || t.Rows[r].Cells[c].ColSpan > 1 {
				continue
			}
			text := oneLine(t.Rows[r].Cells[c].String())
			if utf8.RuneCountInString(text) > 3 {
				return
			}
			if !blank(text) {
				marks++
			}
		}
	}
	if marks == 0 {
		return
	}
	digital, offline := col[register.Digital], col[register.Offline]
	for f := range at.cols {
		if len(at.cols[f]) > 0 && (at.cols[f][0] == digital || at.cols[f][0] == offline) {
			at.cols[f], at.heads[f] = nil, ""
		}
	}
	at.ticks = []int{digital, offline}
	at.cols[fClass], at.heads[fClass] = []int{digital}, oneLine(at.texts[digital])+" / "+oneLine(at.texts[offline])
}
