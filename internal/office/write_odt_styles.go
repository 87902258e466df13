package office

import (
	"fmt"
	"strconv"
)

// odtStyleNames names the styles of paragraphs in the file.
var odtStyleNames = map[Style]string{
	Body: "Standard", Title: "Title", Heading1: "Heading_20_1", Heading2: "Heading_20_2", Approval: "Approval", Small: "Small", Mono: "Mono",
}

func odtStyleName(a odtAuto) string {
	switch {
	case a.gap:
		return "Gap"
	case a.caption:
		return "Caption"
	}
	if name, ok := odtStyleNames[a.style]; ok {
		return name
	}
	return odtStyleNames[Body]
}

func odtAlign(a Align) string {
	switch a {
	case Left, Center, Right:
		return string(a)
	case Justify:
		return "justify"
	}
	return ""
}

// paragraphStyles writes the automatic styles that need gathered.
func (w *odtBody) paragraphStyles() {
	x := w.x
	for _, a := range w.styles {
		x.raw(`<style:style style:name="`, w.names[a], `" style:family="paragraph" style:parent-style-name="`, odtStyleName(a), `"`)
		if a.master != "" {
			x.raw(` style:master-page-name="`, a.master, `"`)
		}
		x.raw(`><style:paragraph-properties`, a.indent)
		if align := odtAlign(a.align); align != "" {
			x.raw(` fo:text-align="`, align, `"`)
		}
		if a.keep {
			x.raw(` fo:keep-with-next="always"`)
		}
		if a.newPage {
			x.raw(` fo:break-before="page"`)
		}
		x.raw(`/></style:style>`)
	}
}

// odtLook is the number of the automatic style R1…R15 of a run, 0 for a plain one.
func odtLook(r Run) int {
	n := 0
	for i, on := range []bool{r.Bold, r.Italic, r.Struck, r.Underline} {
		if on {
			n |= 1 << i
		}
	}
	return n
}

// odtFixedStyles writes the automatic styles that every document has: of runs, cells and rows.
func odtFixedStyles(x *xmlWriter) {
	for n := 1; n < 16; n++ {
		x.raw(`<style:style style:name="R`, strconv.Itoa(n), `" style:family="text"><style:text-properties`)
		if n&1 != 0 {
			x.raw(` fo:font-weight="bold" style:font-weight-asian="bold" style:font-weight-complex="bold"`)
		}
		if n&2 != 0 {
			x.raw(` fo:font-style="italic" style:font-style-asian="italic" style:font-style-complex="italic"`)
		}
		if n&4 != 0 {
			x.raw(` style:text-line-through-style="solid" style:text-line-through-type="single"`)
		}
		if n&8 != 0 {
			x.raw(` style:text-underline-style="solid" style:text-underline-width="auto" style:text-underline-color="font-color"`)
		}
		x.raw(`/></style:style>`)
	}
	for _, parent := range []string{"Cell", "CellHead"} {
		for _, a := range []Align{Left, Center, Right, Justify} {
			x.raw(`<style:style style:name="`, parent, string(a), `" style:family="paragraph" style:parent-style-name="`, parent,
				`"><style:paragraph-properties fo:text-align="`, odtAlign(a), `"/></style:style>`)
		}
	}
	box := func(name, border, align string) {
		x.raw(`<style:style style:name="`, name, `" style:family="table-cell"><style:table-cell-properties fo:border="`, border,
			`" style:vertical-align="`, align, `" fo:padding-left="`, millimetres(cellPadX/pdfMM), `" fo:padding-right="`, millimetres(cellPadX/pdfMM),
			`" fo:padding-top="`, millimetres(cellPadY/pdfMM), `" fo:padding-bottom="`, millimetres(cellPadY/pdfMM), `"/></style:style>`)
	}
	box("Box", "0.5pt solid #000000", "top")
	box("BoxHead", "0.5pt solid #000000", "middle")
	box("BoxPlain", "none", "top")
	box("BoxMiddle", "none", "middle")
	x.raw(`<style:style style:name="Row" style:family="table-row"><style:table-row-properties fo:keep-together="always"/></style:style>`,
		`<style:style style:name="RowSplit" style:family="table-row"><style:table-row-properties fo:keep-together="auto"/></style:style>`,
		`<style:style style:name="Picture" style:family="graphic"><style:graphic-properties style:vertical-pos="top" style:vertical-rel="baseline"/></style:style>`)
}

func odtFonts(x *xmlWriter, l *Layout) {
	x.raw(`<office:font-face-decls>`)
	font := func(name, family, generic, pitch string) {
		x.raw(`<style:font-face style:name="`, name, `"`)
		x.attr("svg:font-family", "'"+family+"'")
		x.raw(` style:font-family-generic="`, generic, `" style:font-pitch="`, pitch, `"/>`)
	}
	font("Text", officeFont(l.Font), "roman", "variable")
	font("Fixed", monoFont, "modern", "fixed")
	x.raw(`</office:font-face-decls>`)
}

// odtStyles writes styles.xml: the roles of paragraphs, the pages and what stands at their edges.
func odtStyles(x *xmlWriter, l *Layout) {
	x.raw(`<office:document-styles`, odtNamespaces, `>`)
	odtFonts(x, l)
	x.raw(`<office:styles><style:default-style style:family="paragraph"><style:paragraph-properties fo:orphans="2" fo:widows="2" style:tab-stop-distance="12.5mm"/>`,
		`<style:text-properties style:font-name="Text" style:font-name-asian="Text" style:font-name-complex="Text"`)
	odtSize(x, l.Size)
	x.raw(` fo:language="ru" fo:country="RU" style:language-asian="zxx" style:country-asian="none" style:language-complex="zxx" style:country-complex="none" fo:hyphenate="false"/></style:default-style>`)

	width := pageWidth - l.Left - l.Right
	style := func(name, display, parent, extra, paragraph, text string) {
		x.raw(`<style:style style:name="`, name, `"`)
		if display != "" {
			x.raw(` style:display-name="`, display, `"`)
		}
		x.raw(` style:family="paragraph"`)
		if parent != "" {
			x.raw(` style:parent-style-name="`, parent, `"`)
		}
		x.raw(extra, `><style:paragraph-properties `, paragraph, `/>`)
		if text != "" {
			x.raw(`<style:text-properties`, text, `/>`)
		}
		x.raw(`</style:style>`)
	}
	const (
		tight = ` fo:text-indent="0mm" fo:line-height="100%" `
		bold  = ` fo:font-weight="bold" style:font-weight-asian="bold" style:font-weight-complex="bold"`
		keep  = ` fo:keep-with-next="always" fo:keep-together="always" `
	)
	size := func(points float64) string { return fmt.Sprintf(` fo:font-size="%gpt"`, points) }
	style("Standard", "", "", ` style:class="text"`, fmt.Sprintf(`fo:text-align="justify" fo:text-indent="%s" fo:line-height="%.0f%%"`, millimetres(l.Indent), l.Spacing*100), "")
	style("Title", "", "Standard", ` style:class="chapter"`, tight+keep+`fo:text-align="center" fo:margin-top="16pt" fo:margin-bottom="14pt" style:contextual-spacing="true"`, bold)
	for i, display := range []string{"Heading 1", "Heading 2"} {
		style("Heading_20_"+strconv.Itoa(i+1), display, "Standard", fmt.Sprintf(` style:next-style-name="Standard" style:default-outline-level="%d" style:class="text"`, i+1),
			[]string{tight + keep + `fo:text-align="center" fo:margin-top="14pt" fo:margin-bottom="8pt"`,
				` fo:line-height="100%"` + keep + `fo:text-align="left" fo:margin-top="10pt" fo:margin-bottom="6pt"`}[i], bold)
	}
	style("Approval", "Гриф утверждения", "Standard", "", tight+fmt.Sprintf(`fo:text-align="left" fo:margin-left="%s" fo:margin-bottom="%gpt" fo:keep-together="always" style:contextual-spacing="true"`, millimetres(width/2), l.Size*1.5), "")
	style("Small", "Примечание", "Standard", "", tight+`fo:text-align="left" fo:margin-bottom="2pt"`, size(min(smallSize, l.Size)))
	style("Mono", "Отпечаток", "Small", "", `fo:text-align="left"`, ` style:font-name="Fixed"`+size(min(monoSize, l.Size))+` fo:language="zxx" fo:country="none"`)
	// LibreOffice before 7.6 does not know the zone and cuts every word that it can.
	style("Cell", "Ячейка", "Standard", "", tight+`fo:text-align="left"`, size(l.TableSize)+
		` fo:hyphenate="true" fo:hyphenation-remain-char-count="3" fo:hyphenation-push-char-count="3" loext:hyphenation-zone="20mm"`)
	style("Caption", "", "Cell", ` style:class="extra"`, keep+`fo:margin-top="8pt" fo:margin-bottom="4pt"`, "")
	style("CellHead", "Заголовок графы", "Cell", "", `fo:text-align="center"`, bold)
	style("Gap", "Промежуток", "Standard", "", tight, size(1))
	style("Header", "", "Standard", ` style:class="extra"`, tight+`fo:text-align="center"`, size(numberSize))
	style("Footer", "", "Standard", ` style:class="extra"`, tight+`fo:text-align="left"`, size(footerSize))
	x.raw(`<style:style style:name="Link" style:display-name="Internet link" style:family="text"><style:text-properties fo:color="#`, linkColour, `"/></style:style></office:styles>`)
	odtPages(x, l)
	x.raw(`</office:document-styles>`)
}

func odtSize(x *xmlWriter, points float64) {
	for _, a := range []string{"fo:font-size", "style:font-size-asian", "style:font-size-complex"} {
		x.attr(a, fmt.Sprintf("%gpt", points))
	}
}

// odtPages writes the four pages: upright and lying, first of the document (without a number) and following.
func odtPages(x *xmlWriter, l *Layout) {
	edge := numberEdge(l)
	bottom := l.Bottom
	note := cleanText(l.FooterNote)
	if note != "" {
		bottom = l.Bottom / 2
	}
	x.raw(`<office:automatic-styles>`)
	for _, landscape := range []bool{false, true} {
		s := Section{Landscape: landscape}
		w, h := s.page()
		name, orient := "PagePortrait", "portrait"
		if landscape {
			name, orient = "PageLandscape", "landscape"
		}
		x.raw(`<style:page-layout style:name="`, name, `"><style:page-layout-properties fo:page-width="`, millimetres(w), `" fo:page-height="`, millimetres(h),
			`" style:print-orientation="`, orient, `" fo:margin-left="`, millimetres(l.Left), `" fo:margin-right="`, millimetres(l.Right),
			`" fo:margin-top="`, millimetres(edge), `" fo:margin-bottom="`, millimetres(bottom), `"/>`,
			`<style:header-style><style:header-footer-properties fo:min-height="`, millimetres(l.Top-edge), `" fo:margin-bottom="0mm"/></style:header-style><style:footer-style>`)
		if note != "" {
			x.raw(`<style:header-footer-properties fo:min-height="`, millimetres(l.Bottom-bottom), `" fo:margin-top="0mm"/>`)
		}
		x.raw(`</style:footer-style></style:page-layout>`)
	}
	x.raw(`</office:automatic-styles><office:master-styles>`)
	for _, m := range [][3]string{{"Standard", "PagePortrait", ""}, {"Landscape", "PageLandscape", ""}, {"PortraitFirst", "PagePortrait", "Standard"}, {"LandscapeFirst", "PageLandscape", "Landscape"}} {
		x.raw(`<style:master-page style:name="`, m[0], `" style:page-layout-name="`, m[1], `"`)
		if m[2] != "" {
			x.raw(` style:next-style-name="`, m[2], `"`)
		}
		x.raw(`><style:header><text:p text:style-name="Header">`)
		if m[2] == "" {
			x.raw(`<text:page-number text:select-page="current">2</text:page-number>`)
		}
		x.raw(`</text:p></style:header>`)
		if note != "" {
			x.raw(`<style:footer><text:p text:style-name="Footer">`)
			odtSpaced(x, note)
			x.raw(`</text:p></style:footer>`)
		}
		x.raw(`</style:master-page>`)
	}
	x.raw(`</office:master-styles>`)
}
