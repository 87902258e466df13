package office

import "strconv"

// tableStyles writes the automatic styles of tables and codes, in their order in the text.
func (w *odtBody) tableStyles() {
	w.tables = 0
	w.blocks(func(*Para, odtAuto) {}, func(s *Section, t *Table, at odtAuto) {
		width, _ := w.l.area(s)
		mm := w.rule.fitColumns(t, w.l.TableSize, width)
		w.columns = append(w.columns, mm)
		w.tableStyle(wholeUnits(mm, int(width*100)), at)
	}, func(s *Section, c *Code, at odtAuto) {
		w.tableStyle(w.codeWidths(s, c), at)
	})
}

// tableStyle writes the style of one table and those of its columns; widths are hundredths of a millimetre.
func (w *odtBody) tableStyle(widths []int, at odtAuto) {
	x := w.x
	w.tables++
	name := "T" + strconv.Itoa(w.tables)
	total := 0
	for _, v := range widths {
		total += v
	}
	x.raw(`<style:style style:name="`, name, `" style:family="table"`)
	if at.master != "" && !at.caption {
		x.raw(` style:master-page-name="`, at.master, `"`)
	}
	x.raw(`><style:table-properties style:width="`, millimetres(float64(total)/100), `" table:align="left" fo:margin-bottom="8pt"`,
		` table:border-model="collapsing" style:may-break-between-rows="true"`)
	if at.newPage && !at.caption {
		x.raw(` fo:break-before="page"`)
	}
	x.raw(`/></style:style>`)
	for i, v := range widths {
		x.raw(`<style:style style:name="`, name, `.`)
		x.int(i + 1)
		x.raw(`" style:family="table-column"><style:table-column-properties style:column-width="`, millimetres(float64(v)/100), `"/></style:style>`)
	}
}

// openTable opens a table of n columns and says which it is.
func (w *odtBody) openTable(n int, caption string) {
	x := w.x
	w.tables++
	name := strconv.Itoa(w.tables)
	x.raw(`<table:table table:name="Таблица`, name, `" table:style-name="T`, name, `">`)
	if caption = cleanText(caption); caption != "" {
		x.raw(`<table:title>`)
		x.text(caption)
		x.raw(`</table:title>`)
	}
	for i := range n {
		x.raw(`<table:table-column table:style-name="T`, name, `.`)
		x.int(i + 1)
		x.raw(`"/>`)
	}
}

// table writes a table as wordBody.table does.
func (w *odtBody) table(s *Section, t *Table, at odtAuto) {
	x := w.x
	_, height := w.l.area(s)
	height *= pdfMM
	mm := w.columns[0]
	w.columns = w.columns[1:]
	heights := w.rule.rowHeights(t, mm, w.l.TableSize)
	t = splitGroups(t, heights, height)

	if caption := cleanText(t.Caption); caption != "" {
		w.para(&Para{Runs: []Run{{Text: caption}}}, at)
	}
	if len(mm) == 0 || len(t.Rows) == 0 {
		w.tables++ // its style has been written
		return
	}
	w.openTable(len(mm), t.Caption)
	head := min(t.Head, len(t.Rows))
	walk := newGridWalk(t)
	for i := range t.Rows {
		if i == 0 && head > 0 {
			x.raw(`<table:table-header-rows>`)
		}
		row := "Row"
		if heights[i] >= height/2 {
			row = "RowSplit"
		}
		x.raw(`<table:table-row table:style-name="`, row, `">`)
		for _, s := range walk.row(i) {
			w.cell(s, i < head, t.Borderless)
		}
		x.raw(`</table:table-row>`)
		if i == head-1 {
			x.raw(`</table:table-header-rows>`)
		}
	}
	x.raw(`</table:table>`)
}

func (w *odtBody) cell(s slot, head, plain bool) {
	x := w.x
	covered := s.cols
	if !s.above {
		covered--
		box, style := "Box", "Cell"
		if head {
			box, style = "BoxHead", "CellHead"
		}
		if plain {
			box = "BoxPlain"
		}
		x.raw(`<table:table-cell table:style-name="`, box, `" office:value-type="string"`)
		if s.cols > 1 {
			x.intAttr("table:number-columns-spanned", s.cols)
		}
		if s.rows > 1 {
			x.intAttr("table:number-rows-spanned", s.rows)
		}
		x.raw(`>`)
		for _, runs := range s.cell.paragraphs(false) {
			x.raw(`<text:p text:style-name="`, style, string(s.cell.Align.known()), `">`)
			for _, r := range runs {
				w.run(r)
			}
			x.raw(`</text:p>`)
		}
		x.raw(`</table:table-cell>`)
	}
	for range covered {
		x.raw(`<table:covered-table-cell/>`)
	}
}

// codeWidths are the columns of the table that holds a code, hundredths of a millimetre.
func (w *odtBody) codeWidths(s *Section, c *Code) []int {
	width, _ := w.l.area(s)
	left := min(c.side()+2*cellPadX/pdfMM+2, width*2/3)
	return []int{int(left * 100), int((width - left) * 100)}
}

// code writes a QR code as wordBody.code does.
func (w *odtBody) code(s *Section, c *Code) {
	png, err := c.png()
	if err != nil {
		w.err = err
		return
	}
	w.images = append(w.images, png)
	x := w.x
	n := strconv.Itoa(len(w.images))
	side := millimetres(c.side())
	w.openTable(2, "")
	x.raw(`<table:table-row table:style-name="Row"><table:table-cell table:style-name="BoxPlain" office:value-type="string"><text:p text:style-name="Cell">`,
		`<draw:frame draw:style-name="Picture" draw:name="code`, n, `" text:anchor-type="as-char" svg:width="`, side, `" svg:height="`, side, `">`,
		`<draw:image xlink:href="Pictures/code`, n, `.png" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/><svg:desc>`)
	x.text(cleanText(c.Alt))
	x.raw(`</svg:desc></draw:frame></text:p></table:table-cell><table:table-cell table:style-name="BoxMiddle" office:value-type="string">`)
	for i := range c.Beside {
		p := &c.Beside[i]
		w.para(p, w.auto(s, p))
	}
	if len(c.Beside) == 0 {
		x.raw(`<text:p text:style-name="Cell"/>`)
	}
	x.raw(`</table:table-cell></table:table-row></table:table>`)
}
