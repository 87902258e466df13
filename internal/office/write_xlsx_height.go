package office

import (
	"bytes"
	"math"
	"regexp"
)

// maxRowHeight is Excel's, points.
const maxRowHeight = 409

// No program fits a row of merged cells to its text, and LibreOffice none at all unless asked, so all heights are reckoned and
// written. A row whose height a program may fit again when an officer edits it is written without the mark of a height
// that a person has set. The library always writes the mark; so heights with the mark have a quarter of a point, those without
// are whole, and unmark takes the mark from the latter.

// fittedHeight is a height that programs may change.
func fittedHeight(points float64) float64 { return math.Ceil(min(points, maxRowHeight)) }

// fixedHeight is a height that stays.
func fixedHeight(points float64) float64 { return min(math.Ceil(points)+0.25, maxRowHeight-0.75) }

var markedHeight = regexp.MustCompile(`( ht="[0-9]+") customHeight="1"`)

// unmark works on any stretch of a sheet's XML that does not end inside of a tag; in texts a quotation mark is a reference,
// so they never look like an attribute.
func unmark(sheet []byte) []byte { return markedHeight.ReplaceAll(sheet, []byte("$1")) }

// wholeTags cuts b after its last tag.
func wholeTags(b []byte) (tags, rest []byte) {
	i := bytes.LastIndexByte(b, '>') + 1
	return b[:i], b[i:]
}

// heights returns the heights of the rows of a table as they are written.
func (s *xlsxSheet) heights(t *Table) []float64 {
	widths := s.tableWidths(t)
	size := s.size(Body, true)
	fitted := make([]float64, len(t.Rows)) // as a program fits it: by the cells that are not merged
	fixed := make([]float64, len(t.Rows))  // where merged cells want more
	height := func(sl slot, head bool) float64 {
		const slack = 0.97 // columns of a sheet are whole pixels wide
		return float64(s.rule.lines(sl.cell.String(), cellType(size, head || sl.cell.Bold), sl.room(widths)*slack))*size*lineHeight + 2
	}
	type group struct {
		row, rows int
		height    float64
	}
	var groups []group
	walk := newGridWalk(t)
	for i := range t.Rows {
		fitted[i] = size*lineHeight + 2
		for _, sl := range walk.row(i) {
			switch {
			case sl.above:
			case sl.rows > 1:
				groups = append(groups, group{i, sl.rows, height(sl, i < t.Head)})
			case sl.cols > 1:
				fixed[i] = max(fixed[i], height(sl, i < t.Head))
			default:
				fitted[i] = max(fitted[i], height(sl, i < t.Head))
			}
		}
		if fixed[i] <= fitted[i] {
			fixed[i] = 0
		}
	}
	for _, g := range groups {
		have := 0.0
		for i := g.row; i < g.row+g.rows; i++ {
			have += max(fitted[i], fixed[i])
		}
		if g.height <= have {
			continue
		}
		for i := g.row; i < g.row+g.rows; i++ {
			fixed[i] = max(fitted[i], fixed[i]) * g.height / have
		}
	}
	for i := range fixed {
		if fixed[i] > 0 {
			fixed[i] = fixedHeight(fixed[i])
		} else {
			fixed[i] = fittedHeight(fitted[i])
		}
	}
	return fixed
}
