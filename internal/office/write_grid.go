package office

import "strings"

// A slot is a place of a row of the grid, as wide as its cell: a cell of its own, or the continuation of one above.
type slot struct {
	col, cols int   // first column, number of columns
	rows      int   // of an own cell: rows that it spans, itself among them
	cell      *Cell // nil in a continuation
	above     bool  // continues a cell above
}

// A gridWalk goes through a table row by row and says what stands in each. Spans that would leave the table, cross the
// lower edge of its heading or lie over one another are cut, so that every program draws the same table.
type gridWalk struct {
	t     *Table
	n     int
	down  []int // by first column: rows that the cell above still takes
	cols  []int // by first column: columns of that cell
	slots []slot
}

func newGridWalk(t *Table) *gridWalk {
	n := t.columns()
	return &gridWalk{t: t, n: n, down: make([]int, n), cols: make([]int, n)}
}

var emptyCell Cell

// row returns the slots of row i from left to right; rows must be asked for in order. The result is good until the next call.
func (g *gridWalk) row(i int) []slot {
	g.slots = g.slots[:0]
	cells := g.t.Rows[i].Cells
	left := len(g.t.Rows) - i
	if i < g.t.Head {
		left = min(left, g.t.Head-i)
	}
	for c := 0; c < g.n; {
		if g.down[c] > 0 {
			g.slots = append(g.slots, slot{col: c, cols: g.cols[c], above: true})
			g.down[c]--
			c += g.cols[c]
			continue
		}
		cell := &emptyCell
		if c < len(cells) && !cells[c].Covered {
			cell = &cells[c]
		}
		span := 1
		for span < cell.ColSpan && c+span < g.n && g.down[c+span] == 0 {
			span++
		}
		rows := min(max(cell.RowSpan, 1), left)
		g.slots = append(g.slots, slot{col: c, cols: span, rows: rows, cell: cell})
		g.down[c], g.cols[c] = rows-1, span
		c += span
	}
	return g.slots
}

// known is a, or the zero value for an alignment that there is not.
func (a Align) known() Align {
	switch a {
	case Left, Center, Right, Justify:
		return a
	}
	return ""
}

// paragraphs returns the cell's text as paragraphs of runs: «\n» parts them.
func (c *Cell) paragraphs(bold bool) [][]Run {
	runs := c.Runs
	if len(runs) == 0 {
		runs = []Run{{Text: c.Text}}
	}
	out := [][]Run{nil}
	for _, r := range runs {
		text := cleanText(r.Text)
		r.Bold = r.Bold || c.Bold || bold
		for {
			line, rest, more := strings.Cut(text, "\n")
			if r.Text = line; line != "" {
				out[len(out)-1] = append(out[len(out)-1], r)
			}
			if !more {
				break
			}
			out = append(out, nil)
			text = rest
		}
	}
	return out
}
