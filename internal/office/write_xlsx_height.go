package office

import "math"

// maxRowHeight is Excel's, points.
const maxRowHeight = 409

// A rowHeight is the height of a row, points. No program fits a row of merged cells to its text, and LibreOffice none at
// all unless asked, so all heights are reckoned and written. A row whose height a program may fit again when an officer
// edits it is written without the mark of a height that a person has set.
type rowHeight struct {
	points float64
	fixed  bool
}

// whole is the height as it is written.
func (h rowHeight) whole() float64 { return math.Ceil(min(h.points, maxRowHeight)) }

// heights returns the heights of the rows of a table as they are written.
func (s *xlsxSheet) heights(t *Table) []rowHeight {
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
	heights := make([]rowHeight, len(t.Rows))
	for i := range heights {
		heights[i] = rowHeight{fitted[i], false}
		if fixed[i] > 0 {
			heights[i] = rowHeight{fixed[i], true}
		}
	}
	return heights
}
