package office

import "strconv"

// grid makes a Table out of the cells of a text document as they come, and keeps it rectangular.
type grid struct {
	j     *job
	place string // «таблица 2»
	t     *Table
	wide  int
	spans []gridSpan // merged cells in order of appearance
}

// gridSpan is a merged cell; small, as a workbook may list a million.
type gridSpan struct{ row, col, rows, cols int32 }

func span(row, col, rows, cols int) gridSpan {
	const most = 1 << 20
	return gridSpan{int32(min(row, most)), int32(min(col, most)), int32(min(rows, most)), int32(min(cols, most))}
}

// at says where the row being filled is, for a sentence.
func (g *grid) at() string { return g.place + ", строка " + strconv.Itoa(len(g.t.Rows)) }

func (g *grid) row() error {
	if len(g.t.Rows) >= g.j.lim.Rows {
		return g.j.tooManyRows(g.place)
	}
	g.t.Rows = append(g.t.Rows, Row{})
	return g.j.hold(3 * rowSize)
}

// put adds a cell to the last row.
func (g *grid) put(c Cell) error {
	r := &g.t.Rows[len(g.t.Rows)-1]
	if len(r.Cells) >= g.j.lim.Columns {
		return g.j.tooManyColumns(g.place)
	}
	r.Cells = append(r.Cells, c)
	g.wide = max(g.wide, len(r.Cells))
	return g.j.hold(3*cellSize + len(c.Text)) // growing slices keep their old selves for a while
}

// finish makes the table rectangular and lays the spans: a span is cut at the edges of the table and before a cell that
// an earlier one covers.
func (g *grid) finish() (*Table, error) {
	for i := range g.t.Rows {
		r := &g.t.Rows[i]
		if n := g.wide - len(r.Cells); n > 0 {
			if err := g.j.hold(2 * n * cellSize); err != nil {
				return nil, err
			}
			r.Cells = append(r.Cells, make([]Cell, n)...)
		}
	}
	for _, s := range g.spans {
		lay(g.t.Rows, s, false)
	}
	return g.t, nil
}

// lay makes the cells of a span covered and its first cell the owner. Spans that meet are cut, not joined; so is one that
// meets a cell with text, unless it lies over such cells (hide), as in a workbook.
func lay(rows []Row, s gridSpan, hide bool) {
	row, col := int(s.row), int(s.col)
	owner := &rows[row].Cells[col]
	if owner.Covered || owner.RowSpan > 1 || owner.ColSpan > 1 {
		return
	}
	taken := func(r, c int) bool {
		cell := &rows[r].Cells[c]
		return cell.Covered || cell.RowSpan > 1 || cell.ColSpan > 1 || !hide && cell.Text != ""
	}
	cols := 1
	for cols < int(s.cols) && col+cols < len(rows[row].Cells) && !taken(row, col+cols) {
		cols++
	}
	down := 1
next:
	for down < int(s.rows) && row+down < len(rows) {
		for c := range cols {
			if taken(row+down, col+c) {
				break next
			}
		}
		down++
	}
	if cols == 1 && down == 1 {
		return
	}
	for r := range down {
		for c := range cols {
			if r > 0 || c > 0 {
				rows[row+r].Cells[col+c] = Cell{Covered: true}
			}
		}
	}
	if down > 1 {
		owner.RowSpan = down
	}
	if cols > 1 {
		owner.ColSpan = cols
	}
}
