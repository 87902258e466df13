package office

// Sizes of letters that no layout names, points.
const (
	smallSize  = 10
	monoSize   = 8
	numberSize = 12 // of the page's number
	footerSize = 8
)

// linkColour is dark enough for paper. Links are not underlined: in a redline that would read as an insertion.
const linkColour = "1F3864"

// wordStyles writes word/styles.xml: the roles of paragraphs as styles under the names that Word knows, so that its
// navigation, table of contents and screen readers see them.
func wordStyles(x *xmlWriter, l *Layout) {
	x.raw(`<w:styles xmlns:w="`, nsWord, `"><w:docDefaults><w:rPrDefault><w:rPr>`)
	wordFont(x, officeFont(l.Font))
	wordSize(x, l.Size)
	x.raw(`<w:lang w:val="ru-RU" w:eastAsia="ru-RU" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>`)

	style := func(id, name, based, next string, rest func()) {
		x.raw(`<w:style w:type="paragraph" w:styleId="`, id, `"`)
		if based == "" {
			x.raw(` w:default="1"`)
		}
		x.raw(`><w:name w:val="`, name, `"/>`)
		if based != "" {
			x.raw(`<w:basedOn w:val="`, based, `"/>`)
		}
		if next != "" {
			x.raw(`<w:next w:val="`, next, `"/>`)
		}
		x.raw(`<w:qFormat/>`)
		rest()
		x.raw(`</w:style>`)
	}
	spacing := func(before, after int, lines float64) {
		x.raw(`<w:spacing`)
		x.intAttr("w:before", before)
		x.intAttr("w:after", after)
		x.intAttr("w:line", int(240*lines+0.5))
		x.raw(` w:lineRule="auto"/>`)
	}
	indent := func(left, first float64) {
		x.raw(`<w:ind`)
		x.intAttr("w:left", twips(left))
		x.intAttr("w:firstLine", twips(first))
		x.raw(`/>`)
	}

	style("Normal", "Normal", "", "", func() {
		x.raw(`<w:pPr><w:suppressAutoHyphens/>`)
		spacing(0, 0, l.Spacing)
		indent(0, l.Indent)
		x.raw(`<w:jc w:val="both"/></w:pPr>`)
	})
	style("Title", "Title", "Normal", "Normal", func() {
		x.raw(`<w:pPr><w:keepNext/><w:keepLines/>`)
		spacing(320, 280, 1)
		indent(0, 0)
		x.raw(`<w:contextualSpacing/><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:bCs/></w:rPr>`)
	})
	for i, id := range []string{"Heading1", "Heading2"} {
		style(id, []string{"heading 1", "heading 2"}[i], "Normal", "Normal", func() {
			x.raw(`<w:pPr><w:keepNext/><w:keepLines/>`)
			if i == 0 {
				spacing(280, 160, 1)
				indent(0, 0)
				x.raw(`<w:jc w:val="center"/>`)
			} else {
				spacing(200, 120, 1)
				x.raw(`<w:jc w:val="left"/>`)
			}
			x.raw(`<w:outlineLvl`)
			x.intAttr("w:val", i)
			x.raw(`/></w:pPr><w:rPr><w:b/><w:bCs/></w:rPr>`)
		})
	}
	style("Approval", "Гриф утверждения", "Normal", "", func() {
		width := pageWidth - l.Left - l.Right
		x.raw(`<w:pPr><w:keepLines/>`)
		spacing(0, int(l.Size*30), 1)
		indent(width/2, 0)
		x.raw(`<w:contextualSpacing/><w:jc w:val="left"/></w:pPr>`)
	})
	style("Small", "Примечание", "Normal", "", func() {
		x.raw(`<w:pPr>`)
		spacing(0, 40, 1)
		indent(0, 0)
		x.raw(`<w:jc w:val="left"/></w:pPr><w:rPr>`)
		wordSize(x, min(smallSize, l.Size))
		x.raw(`</w:rPr>`)
	})
	style("Mono", "Отпечаток", "Small", "", func() {
		x.raw(`<w:rPr>`)
		wordFont(x, monoFont)
		x.raw(`<w:noProof/>`)
		wordSize(x, min(monoSize, l.Size))
		x.raw(`</w:rPr>`)
	})
	style("Cell", "Ячейка", "Normal", "", func() {
		x.raw(`<w:pPr><w:suppressAutoHyphens w:val="0"/>`)
		spacing(0, 0, 1)
		indent(0, 0)
		x.raw(`<w:jc w:val="left"/></w:pPr><w:rPr>`)
		wordSize(x, l.TableSize)
		x.raw(`</w:rPr>`)
	})
	style("Caption", "caption", "Cell", "Normal", func() {
		x.raw(`<w:pPr><w:keepNext/><w:keepLines/>`)
		spacing(160, 80, 1)
		x.raw(`</w:pPr>`)
	})
	style("CellHead", "Заголовок графы", "Cell", "", func() {
		x.raw(`<w:pPr><w:keepNext/><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:bCs/></w:rPr>`)
	})
	style("Gap", "Промежуток", "Normal", "", func() {
		x.raw(`<w:pPr>`)
		spacing(0, 0, 1)
		indent(0, 0)
		x.raw(`</w:pPr><w:rPr>`)
		wordSize(x, 1)
		x.raw(`</w:rPr>`)
	})
	style("Header", "header", "Normal", "", func() {
		x.raw(`<w:pPr>`)
		spacing(0, 0, 1)
		indent(0, 0)
		x.raw(`<w:jc w:val="center"/></w:pPr><w:rPr>`)
		wordSize(x, numberSize)
		x.raw(`</w:rPr>`)
	})
	style("Footer", "footer", "Normal", "", func() {
		x.raw(`<w:pPr>`)
		spacing(0, 0, 1)
		indent(0, 0)
		x.raw(`<w:jc w:val="left"/></w:pPr><w:rPr>`)
		wordSize(x, footerSize)
		x.raw(`</w:rPr>`)
	})
	x.raw(`<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="`, linkColour, `"/></w:rPr></w:style>`)
	wordTableStyle(x, "TablePlain", "Таблица без линий", false)
	wordTableStyle(x, "TableGrid", "Table Grid", true)
	x.raw(`</w:styles>`)
}

func wordTableStyle(x *xmlWriter, id, name string, borders bool) {
	x.raw(`<w:style w:type="table" w:styleId="`, id, `"><w:name w:val="`, name, `"/><w:tblPr>`)
	if borders {
		x.raw(`<w:tblBorders>`)
		for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
			x.raw(`<w:`, side, ` w:val="single" w:sz="4" w:space="0" w:color="000000"/>`)
		}
		x.raw(`</w:tblBorders>`)
	}
	x.raw(`<w:tblCellMar>`)
	for _, m := range []struct {
		side string
		pt   float64
	}{{"top", cellPadY}, {"left", cellPadX}, {"bottom", cellPadY}, {"right", cellPadX}} {
		x.raw(`<w:`, m.side)
		x.intAttr("w:w", int(m.pt*20))
		x.raw(` w:type="dxa"/>`)
	}
	x.raw(`</w:tblCellMar></w:tblPr></w:style>`)
}

func wordFont(x *xmlWriter, name string) {
	x.raw(`<w:rFonts`)
	for _, a := range []string{"w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"} {
		x.attr(a, name)
	}
	x.raw(`/>`)
}

func wordSize(x *xmlWriter, points float64) {
	x.raw(`<w:sz`)
	x.intAttr("w:val", halfPoints(points))
	x.raw(`/><w:szCs`)
	x.intAttr("w:val", halfPoints(points))
	x.raw(`/>`)
}
