package office

import (
	"math"
	"strings"

	"perechen/internal/office/pdf"
)

// A ruler measures text in the letters of Liberation Serif, which are as wide as those of Times New Roman. Office programs set
// the text themselves; it serves to decide what they cannot: how wide a column must be for its words, what may be split
// between pages, how high a row of merged cells is.
type ruler struct{ fonts [pdfFaces]*pdf.Font }

func newRuler() (*ruler, error) {
	fonts, err := pdfFonts()
	if err != nil {
		return nil, err
	}
	return &ruler{fonts}, nil
}

// A typeface is a face (pdfRegular, pdfBold, pdfMono) and a size in points.
type typeface struct {
	face int
	size float64
}

func cellType(size float64, bold bool) typeface {
	if bold {
		return typeface{pdfBold, size}
	}
	return typeface{pdfRegular, size}
}

// lineHeight is the height of a line of Times New Roman in its size.
const lineHeight = 1.15

// width is the width of s in points.
func (r *ruler) width(s string, l typeface) float64 {
	f, n := r.fonts[l.face], 0
	for _, c := range s {
		n += int(f.Advance(c))
	}
	return float64(n) * l.size / 1000
}

// lines reckons the lines that s takes in a column of width points; it is never less than one.
func (r *ruler) lines(s string, l typeface, width float64) int {
	width = max(width, l.size)
	lines := 0
	for para := range strings.SplitSeq(s, "\n") {
		lines++
		x := 0.0
		for word := range strings.FieldsSeq(para) {
			w := r.width(word, l)
			if x > 0 && x+w > width {
				lines++
				x = 0
			}
			if w > width { // longer than a line: cut between letters
				more := math.Ceil(w/width) - 1
				lines += int(more)
				w -= more * width
			}
			x += w + l.size/4
		}
	}
	return lines
}

// longest is the width of the longest stretch of s that programs do not break, points: they break at spaces and after hyphens.
func (r *ruler) longest(s string, l typeface) float64 {
	out := 0.0
	for word := range strings.FieldsSeq(s) {
		for part := range strings.SplitAfterSeq(word, "-") {
			out = max(out, r.width(part, l))
		}
	}
	return out
}

// rowHeights reckons the heights of the table's rows, points; widths are those of its columns, mm. Cells that span
// several rows are left out: a group's label hardly ever is higher than the group.
func (r *ruler) rowHeights(t *Table, widths []float64, size float64) []float64 {
	out := make([]float64, len(t.Rows))
	walk := newGridWalk(t)
	for i := range t.Rows {
		lines := 1
		for _, s := range walk.row(i) {
			if s.above || s.rows > 1 {
				continue
			}
			lines = max(lines, r.lines(s.cell.String(), cellType(size, s.cell.Bold || i < t.Head), s.room(widths)))
		}
		out[i] = float64(lines)*size*lineHeight + 2*cellPadY
	}
	return out
}

// room is the width for text in a slot, points; widths are those of the columns, mm.
func (s slot) room(widths []float64) float64 {
	return sum(widths[s.col:s.col+s.cols])*pdfMM - 2*cellPadX
}

func sum(v []float64) float64 {
	total := 0.0
	for _, x := range v {
		total += x
	}
	return total
}
