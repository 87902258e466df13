package office

import "strconv"

// table reads w:tbl: rows may begin and end off the grid, cells merge across (gridSpan, hMerge) and down (vMerge).
func (d *docx) table(fr frame) error {
	place := "вложенная таблица"
	if fr.cell == nil {
		d.f.tables++
		place = "таблица " + strconv.Itoa(d.f.tables)
	}
	t := &docxTable{d: d, g: &grid{j: d.j, place: place, t: &Table{}}, down: map[int]int{}}
	if err := t.rows(); err != nil {
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

type docxTable struct {
	d    *docx
	g    *grid
	down map[int]int // column → index in g.spans of the cell that merges down there
	body bool        // a row that is no heading has come
}

func (t *docxTable) rows() error {
	x := t.d.x
	for depth := x.depth; x.more(depth); {
		var err error
		switch {
		case x.is(nsW, "tr"):
			err = t.row()
		case x.is(nsMC, "AlternateContent"):
			err = t.d.alternate(t.rows)
		case t.d.transparent():
			err = t.rows()
		}
		if err != nil {
			return err
		}
	}
	return x.err
}

// docxRow is a row on its way.
type docxRow struct {
	from, to    turns // where the row begins; where the longest of its cells ends
	first       int   // packed place of the first words, -1 while there are none
	down        map[int]int
	last        int // index in g.spans of the last cell, for hMerge
	head, begun bool
}

func (t *docxTable) row() error {
	d, x := t.d, t.d.x
	r := &docxRow{from: d.f.at, to: d.f.at, first: -1, down: map[int]int{}, last: -1}
	after, deleted := 0, false
	begin := func() error {
		if r.begun {
			return nil
		}
		r.begun = true
		return t.g.row()
	}
	for depth := x.depth; x.more(depth); {
		switch {
		case x.is(nsW, "trPr"):
			before := 0
			for inner := x.depth; x.more(inner); {
				switch {
				case x.is(nsW, "gridBefore"):
					before = x.number(nsW, "val", 0)
				case x.is(nsW, "gridAfter"):
					after = x.number(nsW, "val", 0)
				case x.is(nsW, "tblHeader"):
					r.head = x.on(nsW)
				case x.is(nsW, "del"), x.is(nsW, "ins"):
					deleted = deleted || x.is(nsW, "del")
					d.j.note(Tracked, t.g.at, "")
				}
			}
			if deleted {
				x.rest(depth)
				return x.err
			}
			if before > 0 {
				if err := begin(); err != nil {
					return err
				}
			}
			if err := t.blank(before); err != nil {
				return err
			}
		default:
			if err := begin(); err != nil {
				return err
			}
			if err := t.cells(r); err != nil {
				return err
			}
		}
	}
	if x.err != nil {
		return x.err
	}
	if err := begin(); err != nil {
		return err
	}
	if err := t.blank(after); err != nil {
		return err
	}
	d.f.at, t.down = r.to, r.down
	if r.first < 0 {
		r.first = r.from.pack()
	}
	rows := t.g.t.Rows
	rows[len(rows)-1].Page = r.first
	if r.head && !t.body {
		t.g.t.Head = len(rows)
	} else {
		t.body = true
	}
	return nil
}

// cells reads the element just started in a row: a cell or a wrapper of cells.
func (t *docxTable) cells(r *docxRow) error {
	d, x := t.d, t.d.x
	if !x.is(nsW, "tc") {
		if d.transparent() {
			for depth := x.depth; x.more(depth); {
				if err := t.cells(r); err != nil {
					return err
				}
			}
		}
		return x.err
	}
	rows := t.g.t.Rows
	row, col := len(rows)-1, len(rows[len(rows)-1].Cells)
	b := &box{at: func() string { return t.g.at() + ", столбец " + strconv.Itoa(col+1) }, start: -1}
	d.f.at = r.from
	wide, vertical, across := 1, "", ""
	fr := frame{d.f, b}
	outer := d.joined
	d.joined = nil
	for depth := x.depth; x.more(depth); {
		if !x.is(nsW, "tcPr") {
			if err := d.block(fr); err != nil {
				return err
			}
			continue
		}
		for inner := x.depth; x.more(inner); {
			switch {
			case x.is(nsW, "gridSpan"):
				wide = min(max(x.number(nsW, "val", 1), 1), d.j.lim.Columns+1)
			case x.is(nsW, "vMerge"):
				vertical = merge(x)
			case x.is(nsW, "hMerge"):
				across = merge(x)
			}
		}
	}
	if x.err != nil {
		return x.err
	}
	if err := d.flush(fr, outer); err != nil {
		return err
	}
	if r.first < 0 {
		r.first = b.start
	}
	r.to = r.to.later(d.f.at)

	if across == "continue" && r.last >= 0 {
		t.g.spans[r.last].cols += int32(wide)
		return t.blank(wide)
	}
	above, open := t.down[col]
	if vertical == "continue" && open {
		t.g.spans[above].rows++
		r.down[col], r.last = above, above
		return t.blank(wide)
	}
	if err := t.g.put(b.result()); err != nil {
		return err
	}
	if err := t.g.t.link(d.j, row, col, b.links); err != nil {
		return err
	}
	r.last = -1
	if wide > 1 || vertical != "" || across != "" {
		r.last = len(t.g.spans)
		t.g.spans = append(t.g.spans, span(row, col, 1, wide))
	}
	if vertical != "" {
		r.down[col] = r.last
	}
	return t.blank(wide - 1)
}

// blank adds n cells: those that a merged one covers, or those before and after the cells of a row.
func (t *docxTable) blank(n int) error {
	for range max(n, 0) {
		if err := t.g.put(Cell{}); err != nil {
			return err
		}
	}
	return nil
}

func merge(x *tokens) string {
	if v, ok := x.attr(nsW, "val"); ok && v == "restart" {
		return v
	}
	return "continue"
}
