package office

import "strconv"

// table writes a table as wide as the text. Rows are not split between pages, except those higher than half a page; a
// group of rows may be, and a group higher than a page is cut into cells that repeat its label (see splitGroups).
func (w *wordBody) table(t *Table) {
	x := w.x
	if caption := cleanText(t.Caption); caption != "" {
		x.raw(`<w:p><w:pPr><w:pStyle w:val="Caption"/>`)
		if w.newPage {
			x.raw(`<w:pageBreakBefore/>`)
		}
		x.raw(`</w:pPr>`)
		w.run(Run{Text: caption})
		x.raw(`</w:p>`)
	}
	if t.columns() == 0 || len(t.Rows) == 0 {
		return
	}
	width, height := w.l.area(w.sec)
	height *= pdfMM
	mm := w.rule.fitColumns(t, w.l.TableSize, width)
	widths := wholeUnits(mm, w.textWidth())
	heights := w.rule.rowHeights(t, mm, w.l.TableSize)
	t = splitGroups(t, heights, height)

	w.tableHead(widths, t.Borderless, t.Caption)
	walk := newGridWalk(t)
	for i := range t.Rows {
		head := i < t.Head
		x.raw(`<w:tr><w:trPr>`)
		if heights[i] < height/2 {
			x.raw(`<w:cantSplit/>`)
		}
		if head {
			x.raw(`<w:tblHeader/>`)
		}
		x.raw(`</w:trPr>`)
		for _, s := range walk.row(i) {
			w.cell(s, widths, head, t.Rows[i].Keep)
		}
		x.raw(`</w:tr>`)
	}
	x.raw(`</w:tbl>`)
}

// tableHead opens a table of columns of exact widths in twips.
func (w *wordBody) tableHead(widths []int, borderless bool, caption string) {
	x := w.x
	style := "TableGrid"
	if borderless {
		style = "TablePlain"
	}
	total := 0
	for _, v := range widths {
		total += v
	}
	x.raw(`<w:tbl><w:tblPr><w:tblStyle w:val="`, style, `"/><w:tblW`)
	x.intAttr("w:w", total)
	x.raw(` w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/><w:tblLayout w:type="fixed"/>`,
		`<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>`)
	if caption = cleanText(caption); caption != "" {
		x.raw(`<w:tblCaption`)
		x.attr("w:val", caption)
		x.raw(`/>`)
	}
	x.raw(`</w:tblPr><w:tblGrid>`)
	for _, v := range widths {
		x.raw(`<w:gridCol`)
		x.intAttr("w:w", v)
		x.raw(`/>`)
	}
	x.raw(`</w:tblGrid>`)
}

func (w *wordBody) cell(s slot, widths []int, head, keep bool) {
	x := w.x
	width := 0
	for _, v := range widths[s.col : s.col+s.cols] {
		width += v
	}
	x.raw(`<w:tc><w:tcPr><w:tcW`)
	x.intAttr("w:w", width)
	x.raw(` w:type="dxa"/>`)
	if s.cols > 1 {
		x.raw(`<w:gridSpan`)
		x.intAttr("w:val", s.cols)
		x.raw(`/>`)
	}
	style := "Cell"
	if head {
		style = "CellHead"
	}
	if s.above {
		x.raw(`<w:vMerge/></w:tcPr><w:p><w:pPr><w:pStyle w:val="`, style, `"/></w:pPr></w:p></w:tc>`)
		return
	}
	if s.rows > 1 {
		x.raw(`<w:vMerge w:val="restart"/>`)
	}
	if head {
		x.raw(`<w:vAlign w:val="center"/>`)
	}
	x.raw(`</w:tcPr>`)
	for _, runs := range s.cell.paragraphs(false) {
		x.raw(`<w:p><w:pPr><w:pStyle w:val="`, style, `"/>`)
		if keep {
			x.raw(`<w:keepNext/>`)
		}
		wordAlign(x, s.cell.Align)
		x.raw(`</w:pPr>`)
		for _, r := range runs {
			w.run(r)
		}
		x.raw(`</w:p>`)
	}
	x.raw(`</w:tc>`)
}

// code writes a QR code as a picture with its words beside it, in a table without borders.
func (w *wordBody) code(c *Code) {
	png, err := c.png()
	if err != nil {
		w.err = err
		return
	}
	w.images = append(w.images, png)
	x := w.x
	side := c.side()
	total := w.textWidth()
	left := min(twips(side+2*cellPadX/pdfMM+2), total*2/3)
	w.tableHead([]int{left, total - left}, true, "")
	x.raw(`<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="`)
	x.int(left)
	x.raw(`" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr><w:r>`)
	w.picture(len(w.images), c.Alt, side)
	x.raw(`</w:r></w:p></w:tc><w:tc><w:tcPr><w:tcW w:w="`)
	x.int(total - left)
	x.raw(`" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>`)
	w.newPage, w.afterTable = false, false
	for i := range c.Beside {
		p := c.Beside[i]
		p.NoText = true
		w.para(&p, nil)
	}
	if len(c.Beside) == 0 {
		x.raw(`<w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr></w:p>`)
	}
	x.raw(`</w:tc></w:tr></w:tbl>`)
}

// picture writes picture n, a square of side mm, into the line.
func (w *wordBody) picture(n int, alt string, side float64) {
	x := w.x
	emu := strconv.Itoa(int(side * 36000))
	id := strconv.Itoa(n)
	x.raw(`<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="`, emu, `" cy="`, emu, `"/><wp:docPr id="`, id, `" name="code`, id, `"`)
	x.attr("descr", cleanText(alt))
	x.raw(`/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>`,
		`<a:graphic><a:graphicData uri="`, nsPicture, `"><pic:pic><pic:nvPicPr><pic:cNvPr id="`, id, `" name="code`, id, `.png"/><pic:cNvPicPr/></pic:nvPicPr>`,
		`<pic:blipFill><a:blip r:embed="image`, id, `"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`,
		`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="`, emu, `" cy="`, emu, `"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>`,
		`</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>`)
}
