package office

import (
	"errors"
	"slices"
)

// spreadsheet reads office:spreadsheet: a section per sheet; of a hidden one the beginning is looked at. The text of a cell
// is what the file itself shows for its value.
func (d *odt) spreadsheet() (*Doc, error) {
	x := d.x
	doc := &Doc{Format: "ods"}
	texts := newTexts(d.j)
	for depth := x.depth; x.more(depth); {
		if !x.is(nsTable, "table") {
			continue
		}
		name := x.id(nsTable, "name")
		style := x.id(nsTable, "style-name")
		hidden := d.styles.of("table", style).hidden
		if hidden && len(doc.Hidden) >= peekRows {
			continue
		}
		s := &odsSheet{d, newSheet(d.j, texts, "лист «"+name+"»"), 1}
		notes := slices.Clone(d.j.notes)
		if hidden {
			s.sheet.peek = peekRows
		}
		err := s.rows()
		if hidden && d.j.ctx.Err() == nil && x.err == nil {
			d.j.notes = notes
			if err != nil && !errors.Is(err, errPeeked) {
				continue // nobody asked for it
			}
			err = nil
		}
		if err != nil {
			return nil, err
		}
		t, err := s.sheet.table(name)
		if err != nil {
			return nil, err
		}
		if hidden {
			if t != nil {
				doc.Hidden = append(doc.Hidden, Section{Name: name, Blocks: []Block{t}})
			}
			continue
		}
		if t != nil {
			doc.Sections = append(doc.Sections, Section{Name: name, Blocks: []Block{t}})
		}
	}
	return doc, x.err
}

type odsSheet struct {
	d     *odt
	sheet *sheet
	line  int // number of the next row
}

func (s *odsSheet) rows() error {
	x := s.d.x
	for depth := x.depth; x.more(depth); {
		var err error
		switch {
		case x.is(nsTable, "table-header-rows"), x.is(nsTable, "table-rows"), x.is(nsTable, "table-row-group"):
			err = s.rows()
		case x.is(nsTable, "table-row"):
			err = s.row()
		}
		if err != nil {
			return err
		}
	}
	return x.err
}

func (s *odsSheet) row() error {
	d, x, sh := s.d, s.d.x, s.sheet
	again := max(x.number(nsTable, "number-rows-repeated", 1), 1)
	shown := x.id(nsTable, "visibility")
	sh.begin(s.line)
	sh.hidden = shown == "collapse" || shown == "filter"
	col := 0
	for depth := x.depth; x.more(depth); {
		covered := x.is(nsTable, "covered-table-cell")
		if !covered && !x.is(nsTable, "table-cell") {
			continue
		}
		copies := max(x.number(nsTable, "number-columns-repeated", 1), 1)
		rows := x.number(nsTable, "number-rows-spanned", 1)
		cols := x.number(nsTable, "number-columns-spanned", 1)
		at := col
		b := &box{at: func() string { return sh.at(at) }, start: -1}
		if err := d.blocks(frame{d.f, b}); err != nil {
			return err
		}
		text, err := sh.texts.number([]byte(b.text.String()))
		if err != nil {
			return err
		}
		if covered {
			text = 0
		} else if err := sh.merge(span(sh.line-1, col, rows, cols)); err != nil {
			return err
		}
		if text == 0 {
			col += copies
			continue
		}
		for range copies {
			if err := sh.put(col, text); err != nil {
				return err
			}
			col++
		}
	}
	if x.err != nil {
		return x.err
	}
	s.line = min(s.line+again, 1<<30)
	if err := sh.end(); err != nil || len(sh.row) == 0 {
		return err
	}
	full := append([]uint32(nil), sh.row...)
	for range again - 1 {
		sh.begin(0)
		sh.row = append(sh.row, full...)
		if err := sh.end(); err != nil {
			return err
		}
	}
	return nil
}
