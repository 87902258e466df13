package office

import "strconv"

// An xlsxLook is what a cell looks like.
type xlsxLook struct {
	style  Style // of a paragraph
	cell   bool  // of a table
	head   bool
	border bool
	bold   bool
	align  Align
	indent int  // steps
	free   bool // without the format «Text»
}

// style returns the number of a look in the workbook.
func (b *xlsxBook) style(k xlsxLook) int {
	id, ok := b.styles[k]
	if !ok {
		b.looks = append(b.looks, k)
		id = len(b.looks)
		b.styles[k] = id
		b.font(b.fontOf(k))
	}
	return id
}

// An xlsxFont is how letters look.
type xlsxFont struct {
	family                          string
	size                            float64
	bold, italic, struck, underline bool
}

// font returns the number of a font in the workbook.
func (b *xlsxBook) font(f xlsxFont) int {
	id, ok := b.fonts[f]
	if !ok {
		id = len(b.fonts)
		b.fonts[f] = id
	}
	return id
}

func (b *xlsxBook) fontOf(k xlsxLook) xlsxFont {
	f := xlsxFont{family: officeFont(b.l.Font), size: b.size(k.style, k.cell), bold: k.bold || k.head}
	if k.style == Mono && !k.cell {
		f.family = monoFont
	}
	switch k.style {
	case Title, Heading1, Heading2:
		f.bold = true
	}
	return f
}

// properties writes what a font is, in the order of Excel; name is the element that names it.
func (f xlsxFont) properties(x *xmlWriter, name string) {
	for _, p := range []struct {
		on  bool
		xml string
	}{{f.bold, `<b/>`}, {f.italic, `<i/>`}, {f.struck, `<strike/>`}, {f.underline, `<u/>`}} {
		if p.on {
			x.raw(p.xml)
		}
	}
	x.raw(`<sz val="`, decimal(f.size), `"/><`, name)
	x.attr("val", f.family)
	x.raw(`/><family val="2"/>`)
}

func (k xlsxLook) alignment() (horizontal, vertical string) {
	horizontal, vertical = "left", "top"
	switch {
	case k.head, k.style == Title, k.style == Heading1, k.style == Heading2:
		horizontal, vertical = "center", "center"
	}
	switch k.align {
	case Left, Center, Right:
		horizontal = string(k.align)
	case Justify:
		horizontal = "justify"
	}
	return horizontal, vertical
}

func (b *xlsxBook) writeStyles(x *xmlWriter) {
	x.raw(`<styleSheet xmlns="`, nsSheet, `"><fonts`)
	fonts := make([]xlsxFont, len(b.fonts))
	for f, id := range b.fonts {
		fonts[id] = f
	}
	x.intAttr("count", len(fonts))
	x.raw(`>`)
	for _, f := range fonts {
		x.raw(`<font>`)
		f.properties(x, "name")
		x.raw(`</font>`)
	}
	x.raw(`</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>`,
		`<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>`)
	for _, side := range []string{"left", "right", "top", "bottom"} {
		x.raw(`<`, side, ` style="thin"><color rgb="FF000000"/></`, side, `>`)
	}
	x.raw(`<diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs`)
	x.intAttr("count", len(b.looks)+1)
	x.raw(`><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>`)
	for _, k := range b.looks {
		format, border := "49", "0" // «Text»: a cell that an officer edits stays text
		if k.free {
			format = "0"
		}
		if k.border {
			border = "1"
		}
		x.raw(`<xf numFmtId="`, format, `"`)
		x.intAttr("fontId", b.font(b.fontOf(k)))
		x.raw(` fillId="0" borderId="`, border, `" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1"><alignment`)
		horizontal, vertical := k.alignment()
		x.raw(` horizontal="`, horizontal, `" vertical="`, vertical, `" wrapText="1"`)
		if k.indent > 0 {
			x.intAttr("indent", k.indent)
		}
		x.raw(`/></xf>`)
	}
	x.raw(`</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`)
}

// decimal writes a measure as XML has it.
func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// size is the size of letters: a sheet is read on a screen, so its running text is as large as its tables.
func (b *xlsxBook) size(style Style, cell bool) float64 {
	l := b.l
	switch {
	case cell:
		return l.TableSize
	case style == Title:
		return min(l.Size, l.TableSize+2)
	case style == Small:
		return min(smallSize, l.TableSize)
	case style == Mono:
		return min(monoSize, l.TableSize)
	}
	return l.TableSize
}
