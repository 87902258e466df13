package office

import (
	"strings"
	"unicode"
)

// continuedMark ends the label of a group that goes on.
const continuedMark = " (продолжение)"

// splitGroups cuts the group cells of a table that are higher than a page. A merged cell shows its text once, at its top,
// so on the second page of a long group nobody sees what the rows belong to (Word and LibreOffice alike), and no
// program lets a writer know where a page will end. So a group higher than a page becomes several cells of at most half a
// page, each with the label and « (продолжение)»: whatever the program makes of the heights, every page has one. A
// label without letters, such as a number, is repeated as it stands beside a marked one. Groups that fit a page stay whole.
//
// heights are those of the rows and page is that of the text on a page, points. The table itself is not changed: the
// result is t or a copy of it. joinGroups is the way back.
func splitGroups(t *Table, heights []float64, page float64) *Table {
	out := t
	walk := newGridWalk(t)
	for i := range t.Rows {
		slots := walk.row(i)
		if i < t.Head {
			continue
		}
		marked := false
		for _, s := range slots {
			marked = marked || !s.above && s.rows > 1 && hasWord(s.cell.String())
		}
		for _, s := range slots {
			if s.above || s.rows < 2 || strings.TrimSpace(s.cell.String()) == "" || sum(heights[i:i+s.rows]) <= page {
				continue
			}
			if out == t {
				out = t.copyRows()
			}
			mark := continuedMark
			if marked && !hasWord(s.cell.String()) {
				mark = ""
			}
			start, height := i, 0.0
			for r := i; r <= i+s.rows; r++ {
				if r < i+s.rows && (r == start || height+heights[r] <= page/2) {
					height += heights[r]
					continue
				}
				c := s.cell.continued(mark)
				if start == i {
					c = *s.cell
				}
				c.RowSpan, c.ColSpan = r-start, s.cols
				out.Rows[start].Cells[s.col] = c
				if r < i+s.rows {
					start, height = r, heights[r]
				}
			}
		}
	}
	return out
}

// joinGroups undoes splitGroups in a table that was read: a cell that repeats the label of the group above it with the mark, and
// a cell without letters that repeats the one above it beside such a cell, go back into the group.
func joinGroups(t *Table) {
	n := t.columns()
	type group struct {
		row, end int // of the cell that carries the label; the first row after the group
		label    string
	}
	groups := make([]group, n)
	for i := range t.Rows {
		cells := t.Rows[i].Cells
		joined := false
		if i > 0 && t.Rows[i].Line > t.Rows[i-1].Line+1 { // a sheet's blank row, which is left out, parts them
			clear(groups)
		}
		for pass := range 2 {
			for c := range cells {
				cell, g := &cells[c], &groups[c]
				if cell.Covered || g.label == "" || g.end != i || i < t.Head {
					continue
				}
				text := strings.TrimSpace(cell.String())
				marked := text == g.label+continuedMark
				if pass == 0 && !marked || pass == 1 && (!joined || text != g.label || hasWord(text)) {
					continue
				}
				joined = true
				top := &t.Rows[g.row].Cells[c]
				rows := max(cell.RowSpan, 1)
				cols := max(cell.ColSpan, 1)
				if cols != max(top.ColSpan, 1) {
					continue
				}
				g.end += rows
				top.RowSpan = g.end - g.row
				*cell = Cell{Covered: true}
			}
		}
		for c := range cells {
			if cells[c].Covered {
				continue
			}
			groups[c] = group{row: i, end: i + max(cells[c].RowSpan, 1), label: strings.TrimSpace(cells[c].String())}
		}
	}
}

// continued is the cell as it stands where its group goes on.
func (c *Cell) continued(mark string) Cell {
	out := *c
	if len(c.Runs) > 0 {
		out.Runs = append(append([]Run(nil), c.Runs...), Run{Text: mark})
	} else {
		out.Text = c.Text + mark
	}
	return out
}

// copyRows returns a copy of t whose cells may be changed; its columns are complete.
func (t *Table) copyRows() *Table {
	out := *t
	n := t.columns()
	out.Rows = make([]Row, len(t.Rows))
	for i, r := range t.Rows {
		out.Rows[i] = r
		out.Rows[i].Cells = make([]Cell, n)
		copy(out.Rows[i].Cells, r.Cells)
	}
	return &out
}

// hasWord reports whether s has letters.
func hasWord(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }
