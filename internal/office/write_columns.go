package office

import "math"

// columns returns the number of columns of the table's grid.
func (t *Table) columns() int {
	n := len(t.Widths)
	for i := range t.Rows {
		n = max(n, len(t.Rows[i].Cells))
	}
	return n
}

// fitColumns shares total mm among the columns of the table: in the proportion of its Widths, or by what the cells hold when
// it has none. A column in which a word would be cut in two takes what it lacks from those that have room to spare:
// proportions are written for one body's words, and another body's are longer. No word takes more than a third of the table.
func (r *ruler) fitColumns(t *Table, size, total float64) []float64 {
	n := t.columns()
	need := make([]float64, n)  // for the longest word, mm
	whole := make([]float64, n) // for the longest cell in one line, mm
	walk := newGridWalk(t)
	for i := range t.Rows {
		for _, s := range walk.row(i) {
			if s.above || s.cols > 1 {
				continue
			}
			text, l := s.cell.String(), cellType(size, s.cell.Bold || i < t.Head)
			need[s.col] = max(need[s.col], r.longest(text, l)/pdfMM)
			if len(t.Widths) == 0 {
				whole[s.col] = max(whole[s.col], r.width(text, l)/pdfMM)
			}
		}
	}
	const pads = 2*cellPadX/pdfMM + 0.3 // and what rounding takes
	for c := range need {
		need[c] = min(need[c], total/3) + pads
	}
	if len(t.Widths) == 0 {
		return autoColumns(need, whole, total)
	}
	out := shareColumns(t.Widths, n, total)
	lack, spare := 0.0, 0.0
	for c := range out {
		if out[c] < need[c] {
			lack += need[c] - out[c]
		} else {
			spare += out[c] - need[c]
		}
	}
	if lack == 0 || spare == 0 {
		return out
	}
	given := min(lack, spare)
	for c := range out {
		if out[c] < need[c] {
			out[c] += (need[c] - out[c]) * given / lack
		} else {
			out[c] -= (out[c] - need[c]) * given / spare
		}
	}
	return out
}

// shareColumns shares total among n columns in proportion; a column without a sensible share gets the mean of the others.
func shareColumns(widths []float64, n int, total float64) []float64 {
	ok := func(i int) bool { return i < len(widths) && widths[i] > 0 && !math.IsInf(widths[i], 0) }
	known, count := 0.0, 0
	for i := range n {
		if ok(i) {
			known += widths[i]
			count++
		}
	}
	mean := 1.0
	if count > 0 {
		mean = known / float64(count)
	}
	out := make([]float64, n)
	for i := range out {
		out[i] = mean
		if ok(i) {
			out[i] = widths[i]
		}
	}
	all := sum(out)
	for i := range out {
		out[i] *= total / all
	}
	return out
}

// autoColumns gives each column room for its words and shares the rest by the length of the texts.
func autoColumns(need, whole []float64, total float64) []float64 {
	out := make([]float64, len(need))
	least := sum(need)
	if least >= total {
		return shareColumns(need, len(need), total)
	}
	more := 0.0
	for c := range need {
		out[c] = min(max(whole[c]-need[c], 0), total) + 0.01
		more += out[c]
	}
	for c := range out {
		out[c] = need[c] + out[c]*(total-least)/more
	}
	return out
}

// wholeUnits rounds widths so that they add up to their sum in units exactly; unit is in mm.
func wholeUnits(widths []float64, total int) []int {
	all := sum(widths)
	out := make([]int, len(widths))
	acc, before := 0.0, 0
	for i, w := range widths {
		acc += w
		edge := int(math.Round(float64(total) * acc / all))
		out[i] = edge - before
		before = edge
	}
	return out
}
