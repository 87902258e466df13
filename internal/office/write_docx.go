package office

import (
	"fmt"
	"io"
	"math"
)

// WriteDOCX writes d as a Word document (ECMA-376, transitional): A4 pages, upright and lying sections mixed, the page's
// number at the top from the second page, real headings, table headings that repeat, group cells merged.
func WriteDOCX(w io.Writer, d *Doc) error {
	rule, err := newRuler()
	if err != nil {
		return err
	}
	names, values, err := d.properties()
	if err != nil {
		return err
	}
	p := newPackager(w, d.Created)
	layout := d.Layout.sound()
	body := &wordBody{d: d, l: &layout, rule: rule, linkIDs: map[string]int{}}
	parts := []struct {
		name  string
		write func(*xmlWriter)
	}{
		{"[Content_Types].xml", wordContentTypes},
		{"_rels/.rels", func(x *xmlWriter) { rootRels(x, "word/document.xml") }},
		{"docProps/core.xml", func(x *xmlWriter) { wordCore(x, d, p.time) }},
		{"docProps/app.xml", wordApp},
		{"docProps/custom.xml", func(x *xmlWriter) { wordCustom(x, names, values) }},
		{"word/document.xml", body.write},
		{"word/styles.xml", func(x *xmlWriter) { wordStyles(x, &layout) }},
		{"word/settings.xml", wordSettings},
		{"word/fontTable.xml", func(x *xmlWriter) { wordFonts(x, &layout) }},
		{"word/header-first.xml", func(x *xmlWriter) { wordHeader(x, false) }},
		{"word/header.xml", func(x *xmlWriter) { wordHeader(x, true) }},
		{"word/footer.xml", func(x *xmlWriter) { wordFooter(x, layout.FooterNote) }},
		{"word/_rels/document.xml.rels", body.rels},
	}
	for _, part := range parts {
		if err := p.xml(part.name, part.write); err != nil {
			return err
		}
		if body.err != nil {
			return body.err
		}
	}
	for i, png := range body.images {
		if err := p.bytes(fmt.Sprintf("word/media/code%d.png", i+1), png); err != nil {
			return err
		}
	}
	return p.close()
}

// wordBody writes word/document.xml and remembers what its relationships must name.
type wordBody struct {
	d       *Doc
	l       *Layout
	rule    *ruler
	x       *xmlWriter
	sec     *Section
	links   []string
	linkIDs map[string]int // by address: index in links, from 1
	images  [][]byte
	err     error

	landscape  bool // how the section before lies
	newPage    bool // the next block begins a page
	afterTable bool // the last block was a table
}

// twips is a length in twentieths of a point.
func twips(mm float64) int { return int(math.Round(mm * 1440 / 25.4)) }

// halfPoints is a size of letters.
func halfPoints(pt float64) int { return int(math.Round(pt * 2)) }

// textWidth returns the width between the margins of a section, twips. Both margins are rounded alone, as they stand in
// the file, so that a table is exactly as wide as the text.
func (w *wordBody) textWidth() int {
	width, _ := w.sec.page()
	return twips(width) - twips(w.l.Left) - twips(w.l.Right)
}

func (w *wordBody) write(x *xmlWriter) {
	w.x = x
	x.raw(`<w:document xmlns:w="`, nsWord, `" xmlns:r="`, nsRelationships, `" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"`,
		` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="`, nsPicture, `"><w:body>`)
	sections := w.d.sections()
	for i := range sections {
		w.section(&sections[i], i == 0, i == len(sections)-1)
		w.landscape = sections[i].Landscape
	}
	x.raw(`</w:body></w:document>`)
}

// section writes the blocks of a section and its properties: inside its last paragraph, or for the last section of the
// document after it. A section that ends with a table gets a paragraph for them, one point high: Word puts an empty
// line of full height there otherwise, and now and then an empty page.
func (w *wordBody) section(s *Section, first, last bool) {
	w.sec, w.newPage, w.afterTable = s, false, false
	closed := false
	for i, b := range s.Blocks {
		switch b := b.(type) {
		case *Para:
			closed = i == len(s.Blocks)-1
			if closed && !last {
				w.para(b, func() { w.sectionProperties(first) })
			} else {
				w.para(b, nil)
			}
			w.newPage, w.afterTable = false, false
		case *Table:
			w.beforeTable(b.Caption != "")
			w.table(b)
			w.newPage, w.afterTable = false, true
		case *Code:
			w.beforeTable(false)
			w.code(b)
			w.newPage, w.afterTable = false, true
		case *PageBreak:
			w.newPage = true
		}
	}
	if !closed {
		w.gap(1, func() {
			if !last {
				w.sectionProperties(first)
			}
		})
	}
	if last {
		w.sectionProperties(first)
	}
}

// beforeTable parts a table from the one before it, with which Word would join it, and begins a page where one is asked
// for; a caption does both.
func (w *wordBody) beforeTable(caption bool) {
	switch {
	case caption:
	case w.newPage:
		w.gap(1, nil)
	case w.afterTable:
		w.gap(6, nil)
	}
}

// gap writes an empty paragraph of a height in points.
func (w *wordBody) gap(points int, inside func()) {
	w.x.raw(`<w:p><w:pPr><w:pStyle w:val="Gap"/>`)
	if w.newPage {
		w.x.raw(`<w:pageBreakBefore/>`)
	}
	w.x.raw(`<w:spacing w:line="`)
	w.x.int(20 * points)
	w.x.raw(`" w:lineRule="exact"/>`)
	if inside != nil {
		inside()
	}
	w.x.raw(`</w:pPr></w:p>`)
}

// begins says where a section of the document begins: on the page of the one before it, or on a page of its own.
func (w *wordBody) begins(first bool) string {
	if w.sec.Follows && !first && w.sec.Landscape == w.landscape {
		return "continuous"
	}
	return "nextPage"
}

// sectionProperties: only the first page of the document goes without a number.
func (w *wordBody) sectionProperties(first bool) {
	x, l := w.x, w.l
	width, height := w.sec.page()
	x.raw(`<w:sectPr><w:headerReference w:type="default" r:id="header"/><w:headerReference w:type="first" r:id="headerFirst"/>`,
		`<w:footerReference w:type="default" r:id="footer"/><w:footerReference w:type="first" r:id="footer"/><w:type w:val="`, w.begins(first), `"/><w:pgSz`)
	x.intAttr("w:w", twips(width))
	x.intAttr("w:h", twips(height))
	if w.sec.Landscape {
		x.attr("w:orient", "landscape")
	}
	x.raw(`/><w:pgMar`)
	x.intAttr("w:top", twips(l.Top))
	x.intAttr("w:right", twips(l.Right))
	x.intAttr("w:bottom", twips(l.Bottom))
	x.intAttr("w:left", twips(l.Left))
	x.intAttr("w:header", twips(numberEdge(l)))
	x.intAttr("w:footer", twips(l.Bottom/2))
	x.raw(` w:gutter="0"/>`)
	if first {
		x.raw(`<w:titlePg/>`)
	}
	x.raw(`</w:sectPr>`)
}

// numberEdge is the distance of the page's number from the upper edge of the page, mm: ГОСТ Р 7.0.97 asks for ten at
// least, and a narrow margin leaves its half.
func numberEdge(l *Layout) float64 { return min(10, l.Top/2) }
