package office

import (
	"math"

	"perechen/internal/office/pdf"
)

// A pdfCell is a cell on paper.
type pdfCell struct {
	col, cols, rows int // what it really covers
	x, w            float64
	text            *pdfText
	align           Align
	elem            *pdf.Elem
	paras           []*pdf.Elem // of its paragraphs, when there are several
	next            int         // first line not yet drawn

	// Of a cell of several rows:
	last   int     // row
	top    float64 // on the current page
	slot   int     // in the order of the page's content
	later  bool    // the page is not the one it began on
	repeat bool    // short enough to be drawn again on each page
}

// A pdfGrid walks the rows of a table from top to bottom and makes them rectangular: a span reaches only over cells
// that are marked as covered, a covered cell that nothing covers is an empty cell.
type pdfGrid struct {
	rows  []Row
	cols  int
	until []int // first row that is free again, by column
}

func newPDFGrid(t *Table) *pdfGrid {
	g := &pdfGrid{rows: t.Rows, cols: 1}
	for _, r := range t.Rows {
		g.cols = max(g.cols, len(r.Cells))
	}
	g.until = make([]int, g.cols)
	return g
}

func (g *pdfGrid) cell(row, col int) Cell {
	if c := g.rows[row].Cells; col < len(c) {
		return c[col]
	}
	return Cell{}
}

func (g *pdfGrid) covered(row, col int) bool {
	c := g.rows[row].Cells
	return col < len(c) && c[col].Covered
}

// start gives the cells that begin in a row; none reaches row limit.
func (g *pdfGrid) start(row, limit int) []pdfCell {
	cells := make([]pdfCell, 0, g.cols)
	for col := 0; col < g.cols; col++ {
		if g.until[col] > row {
			continue
		}
		c := g.cell(row, col)
		p := pdfCell{col: col, cols: 1, rows: 1}
		if !c.Covered {
			for p.cols < c.ColSpan && col+p.cols < g.cols && g.until[col+p.cols] <= row && g.covered(row, col+p.cols) {
				p.cols++
			}
			for p.rows < c.RowSpan && row+p.rows < limit && g.allCovered(row+p.rows, col, p.cols) {
				p.rows++
			}
		}
		p.last = row + p.rows - 1
		for i := range p.cols {
			g.until[col+i] = row + p.rows
		}
		cells = append(cells, p)
		col += p.cols - 1
	}
	return cells
}

func (g *pdfGrid) allCovered(row, col, cols int) bool {
	for i := range cols {
		if !g.covered(row, col+i) {
			return false
		}
	}
	return true
}

// edges gives the left edge of each column and the right edge of the last, in a table of the given width. Columns keep
// the wanted proportions as far as no word must be torn for them.
func (l *pdfLayout) edges(t *Table, cols int, width, pad float64) []float64 {
	word, all := l.sample(t, cols)
	w := make([]float64, cols)
	if len(t.Widths) == 0 {
		for i := range w { // room for the longest word; the rest is shared by the length of the texts
			w[i] = max(min(word[i], width/3)+2*pad, min(all[i]+2*pad, width))
		}
	}
	known, n := 0.0, 0
	ok := func(v float64) bool { return v > 0 && !math.IsInf(v, 0) }
	for i := range w {
		if i < len(t.Widths) {
			w[i] = t.Widths[i]
		}
		if ok(w[i]) {
			known, n = known+w[i], n+1
		}
	}
	mean := 1.0
	if n > 0 {
		mean = known / float64(n)
	}
	sum := 0.0
	for i := range w {
		if !ok(w[i]) {
			w[i] = mean
		}
		sum += w[i]
	}
	lack, spare := 0.0, make([]float64, cols)
	spares := 0.0
	for i := range w {
		w[i] *= width / sum
		if need := min(word[i], width/3) + 2*pad + 0.1; need > w[i] {
			lack += need - w[i]
			w[i] = need
		} else {
			spare[i] = w[i] - need
			spares += spare[i]
		}
	}
	x := make([]float64, cols+1)
	for i := range w {
		if spares > lack && lack > 0 {
			w[i] -= spare[i] * lack / spares
		}
		x[i+1] = x[i] + w[i]
	}
	for i := range x {
		x[i] *= width / x[cols]
	}
	return x
}

// sample gives the widths of the longest word and of the longest text of each column, over the first rows.
func (l *pdfLayout) sample(t *Table, cols int) (word, all []float64) {
	const rows = 200
	word, all = make([]float64, cols), make([]float64, cols)
	for i, r := range t.Rows[:min(len(t.Rows), rows)] {
		for c, cell := range r.Cells {
			if cell.Covered || cell.ColSpan > 1 {
				continue
			}
			s := l.setText([]Run{{Text: cell.String()}}, pdfType{size: l.tableSize, lead: 1, bold: cell.Bold || i < t.Head}, math.MaxInt32/2000, 0)
			one, sum := 0, 0
			for _, g := range s.glyphs {
				if g.r == ' ' || g.r == '\n' {
					one = 0
					continue
				}
				if one += int(g.adv); g.brk != brkNever {
					word[c] = max(word[c], float64(one)*l.tableSize/1000)
					one = 0
				}
				word[c] = max(word[c], float64(one)*l.tableSize/1000)
				sum += int(g.adv)
			}
			all[c] = max(all[c], float64(sum)*l.tableSize/1000)
		}
	}
	return word, all
}
