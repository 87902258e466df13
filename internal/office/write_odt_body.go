package office

import (
	"fmt"
	"strings"
)

// odtBody writes content.xml. The automatic styles stand before the text in that file, so a first look at the blocks
// names the styles that they will need; the rows of tables are not looked at, their few styles are always the same.
type odtBody struct {
	d       *Doc
	l       *Layout
	rule    *ruler
	x       *xmlWriter
	styles  []odtAuto
	names   map[odtAuto]string
	tables  int
	columns [][]float64 // of the tables to come, mm
	images  [][]byte
	err     error
}

// odtAuto is what a paragraph adds to the style of its role.
type odtAuto struct {
	style   Style
	gap     bool // the empty paragraph after a table that ends the document
	caption bool // of a table
	align   Align
	keep    bool
	indent  string // fo:text-indent or fo:margin-left, as an attribute
	newPage bool
	master  string // the page that begins with the paragraph
}

func newODTBody(d *Doc, l *Layout, rule *ruler) *odtBody {
	w := &odtBody{d: d, l: l, rule: rule, names: map[odtAuto]string{}}
	w.blocks(func(p *Para, a odtAuto) { w.need(a) }, func(_ *Section, _ *Table, a odtAuto) {
		if a.caption {
			w.need(a)
		}
	}, func(s *Section, c *Code, a odtAuto) {
		for i := range c.Beside {
			w.need(w.auto(s, &c.Beside[i]))
		}
	})
	return w
}

// need names an automatic style.
func (w *odtBody) need(a odtAuto) {
	if a == (odtAuto{style: a.style, gap: a.gap, caption: a.caption}) {
		return
	}
	if _, ok := w.names[a]; !ok {
		w.styles = append(w.styles, a)
		w.names[a] = fmt.Sprintf("P%d", len(w.styles))
	}
}

// blocks goes through the document and tells for each block what it adds to its style: the page that begins with it.
func (w *odtBody) blocks(para func(*Para, odtAuto), table func(*Section, *Table, odtAuto), code func(*Section, *Code, odtAuto)) {
	sections := w.d.sections()
	for si := range sections {
		s := &sections[si]
		place := odtAuto{master: odtMaster(s, si == 0)}
		if s.Follows && si > 0 && sections[si-1].Landscape == s.Landscape {
			place = odtAuto{}
		}
		placed := false
		next := func() odtAuto {
			a := place
			place, placed = odtAuto{}, true
			return a
		}
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case *Para:
				a, at := w.auto(s, b), next()
				a.master, a.newPage = at.master, at.newPage
				para(b, a)
			case *Table:
				at := next()
				at.caption = b.Caption != ""
				table(s, b, at)
			case *Code:
				code(s, b, next())
			case *PageBreak:
				place.newPage = place.master == ""
			}
		}
		if !placed || si == len(sections)-1 { // page breaks alone are a page; after a table at the end a program wants a paragraph
			at := next()
			at.gap = true
			para(&Para{}, at)
		}
	}
}

// odtMaster names the page on which a section begins: only the first page of the document goes without a number.
func odtMaster(s *Section, first bool) string {
	switch {
	case s.Landscape && first:
		return "LandscapeFirst"
	case s.Landscape:
		return "Landscape"
	case first:
		return "PortraitFirst"
	}
	return "Standard"
}

// auto tells what a paragraph of the section adds to its style.
func (w *odtBody) auto(s *Section, p *Para) odtAuto {
	a := odtAuto{style: p.Style, align: p.Align, keep: p.Keep}
	switch {
	case p.Style == Approval && s.Landscape:
		width, _ := w.l.area(s)
		a.indent = ` fo:margin-left="` + millimetres(width/2) + `"`
	case p.Style == Body && (p.NoText || p.Align == Center || p.Align == Right):
		a.indent = ` fo:text-indent="0mm"`
	}
	return a
}

func millimetres(mm float64) string { return fmt.Sprintf("%.2fmm", mm) }

func (w *odtBody) write(x *xmlWriter) {
	w.x = x
	x.raw(`<office:document-content`, odtNamespaces, `>`)
	odtFonts(x, w.l)
	x.raw(`<office:automatic-styles>`)
	w.paragraphStyles()
	odtFixedStyles(x)
	w.tableStyles()
	x.raw(`</office:automatic-styles><office:body><office:text>`)
	w.tables = 0
	w.blocks(w.para, w.table, func(s *Section, c *Code, _ odtAuto) { w.code(s, c) })
	x.raw(`</office:text></office:body></office:document-content>`)
}

func (w *odtBody) para(p *Para, a odtAuto) {
	x := w.x
	name, ok := w.names[a]
	if !ok {
		name = odtStyleName(a)
	}
	level := 0
	switch p.Style {
	case Heading1:
		level = 1
	case Heading2:
		level = 2
	}
	if level > 0 {
		x.raw(`<text:h text:style-name="`, name, `"`)
		x.intAttr("text:outline-level", level)
		x.raw(`>`)
	} else {
		x.raw(`<text:p text:style-name="`, name, `">`)
	}
	for _, r := range p.Runs {
		w.run(r)
	}
	if level > 0 {
		x.raw(`</text:h>`)
	} else {
		x.raw(`</text:p>`)
	}
}

func (w *odtBody) run(r Run) {
	x := w.x
	text := cleanText(r.Text)
	if text == "" {
		return
	}
	link := ""
	if r.Link != "" {
		link = safeLink(r.Link)
	}
	if link != "" {
		x.raw(`<text:a xlink:type="simple"`)
		x.attr("xlink:href", link)
		x.raw(` text:style-name="Link" text:visited-style-name="Link">`)
	}
	look := odtLook(r)
	if look > 0 {
		x.raw(`<text:span text:style-name="R`)
		x.int(look)
		x.raw(`">`)
	}
	odtSpaced(x, text)
	if look > 0 {
		x.raw(`</text:span>`)
	}
	if link != "" {
		x.raw(`</text:a>`)
	}
}

// odtSpaced writes text with its spaces: OpenDocument makes one of several, and none of those at an edge (part 3, 6.1.2).
func odtSpaced(x *xmlWriter, s string) {
	for s != "" {
		i := strings.IndexAny(s, " \n\t")
		if i < 0 {
			i = len(s)
		}
		x.text(s[:i])
		plain := i > 0 // a letter stands before the space
		s = s[i:]
		if s == "" {
			return
		}
		switch s[0] {
		case '\n':
			x.raw(`<text:line-break/>`)
		case '\t':
			x.raw(`<text:tab/>`)
		default:
			n := len(s) - len(strings.TrimLeft(s, " "))
			if rest := s[n:]; n == 1 && plain && rest != "" && rest[0] != '\n' && rest[0] != '\t' {
				x.raw(" ")
			} else {
				x.raw(`<text:s text:c="`)
				x.int(n)
				x.raw(`"/>`)
			}
			s = s[n:]
			continue
		}
		s = s[1:]
	}
}
