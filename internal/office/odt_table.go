package office

import "strconv"

// table reads table:table of a text document.
func (d *odt) table(fr frame) error {
	x := d.x
	place := "вложенная таблица"
	if fr.cell == nil {
		d.f.tables++
		place = "таблица " + strconv.Itoa(d.f.tables)
	}
	style := x.id(nsTable, "style-name")
	d.breakBefore(d.styles.of("table", style))
	t := &odtTable{d: d, g: &grid{j: d.j, place: place, t: &Table{}}}
	if err := t.rows(false); err != nil {
		return err
	}
	table, err := t.g.finish()
	if err != nil {
		return err
	}
	if len(table.Rows) > 0 {
		table.Page = table.Rows[0].Page
	}
	return fr.table(table)
}

type odtTable struct {
	d *odt
	g *grid
}

func (t *odtTable) rows(head bool) error {
	x := t.d.x
	for depth := x.depth; x.more(depth); {
		var err error
		switch {
		case x.is(nsTable, "table-header-rows"):
			err = t.rows(true)
		case x.is(nsTable, "table-rows"), x.is(nsTable, "table-row-group"):
			err = t.rows(head)
		case x.is(nsText, "soft-page-break"):
			t.d.f.at.soft++
		case x.is(nsTable, "table-row"):
			err = t.row(head)
		}
		if err != nil {
			return err
		}
	}
	return x.err
}

func (t *odtTable) row(head bool) error {
	d, x := t.d, t.d.x
	from := d.f.at
	to, first := from, -1
	again := x.number(nsTable, "number-rows-repeated", 1)
	if err := t.g.row(); err != nil {
		return err
	}
	at := len(t.g.t.Rows) - 1
	for depth := x.depth; x.more(depth); {
		covered := x.is(nsTable, "covered-table-cell")
		if !covered && !x.is(nsTable, "table-cell") {
			continue
		}
		rows := x.number(nsTable, "number-rows-spanned", 1)
		cols := x.number(nsTable, "number-columns-spanned", 1)
		copies := max(x.number(nsTable, "number-columns-repeated", 1), 1)
		col := len(t.g.t.Rows[at].Cells)
		b := &box{at: func() string { return t.g.at() + ", столбец " + strconv.Itoa(col+1) }, start: -1}
		d.f.at = from
		if err := d.blocks(frame{d.f, b}); err != nil {
			return err
		}
		to = to.later(d.f.at)
		cell := b.result()
		if !covered {
			if err := t.g.t.link(d.j, at, col, b.links); err != nil {
				return err
			}
		}
		if covered { // whatever lies under the other cell is not seen
			cell, rows, cols = Cell{}, 1, 1
		} else if first < 0 {
			first = b.start
		}
		if err := t.put(cell, rows, cols, copies); err != nil {
			return err
		}
	}
	if x.err != nil {
		return x.err
	}
	d.f.at = to
	if first < 0 {
		first = from.pack()
	}
	t.g.t.Rows[at].Page = first
	for range again - 1 {
		if err := t.repeat(at); err != nil {
			return err
		}
	}
	if head && t.g.t.Head == at {
		t.g.t.Head = len(t.g.t.Rows)
	}
	return nil
}

// put adds a cell; the cells it covers come by themselves, as covered ones.
func (t *odtTable) put(c Cell, rows, cols, copies int) error {
	for range copies {
		row := t.g.t.Rows[len(t.g.t.Rows)-1]
		if rows > 1 || cols > 1 {
			t.g.spans = append(t.g.spans, span(len(t.g.t.Rows)-1, len(row.Cells), rows, cols))
		}
		if err := t.g.put(c); err != nil {
			return err
		}
	}
	return nil
}

// repeat adds a row like the one at index at, but without its merges.
func (t *odtTable) repeat(at int) error {
	if err := t.g.row(); err != nil {
		return err
	}
	rows := t.g.t.Rows
	rows[len(rows)-1].Page = rows[at].Page
	for _, c := range rows[at].Cells {
		if err := t.g.put(c); err != nil {
			return err
		}
	}
	return nil
}
