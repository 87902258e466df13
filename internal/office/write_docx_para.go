package office

import "strings"

// wordStyleIDs names the styles of paragraphs in the file.
var wordStyleIDs = map[Style]string{
	Body: "Normal", Title: "Title", Heading1: "Heading1", Heading2: "Heading2", Approval: "Approval", Small: "Small", Mono: "Mono",
}

// para writes a paragraph; inside, when given, writes the properties of the section that it ends.
func (w *wordBody) para(p *Para, inside func()) {
	x := w.x
	id, ok := wordStyleIDs[p.Style]
	if !ok {
		id = wordStyleIDs[Body]
	}
	x.raw(`<w:p><w:pPr><w:pStyle w:val="`, id, `"/>`)
	if p.Keep {
		x.raw(`<w:keepNext/>`)
	}
	if w.newPage {
		x.raw(`<w:pageBreakBefore/>`)
	}
	if w.afterTable {
		x.raw(`<w:spacing w:before="160"/>`)
	}
	switch {
	case p.Style == Approval && w.sec.Landscape: // the style knows the half of an upright page
		x.raw(`<w:ind w:left="`)
		x.int(w.textWidth() / 2)
		x.raw(`"/>`)
	case p.Style == Body && (p.NoText || p.Align == Center || p.Align == Right):
		x.raw(`<w:ind w:firstLine="0"/>`)
	}
	wordAlign(x, p.Align)
	if inside != nil {
		inside()
	}
	x.raw(`</w:pPr>`)
	for _, r := range p.Runs {
		w.run(r)
	}
	x.raw(`</w:p>`)
}

func wordAlign(x *xmlWriter, a Align) {
	if a = a.known(); a != "" {
		x.raw(`<w:jc w:val="`, string(a), `"/>`)
	}
}

// run writes a run; its line breaks and tabs are elements of their own.
func (w *wordBody) run(r Run) {
	x := w.x
	text := cleanText(r.Text)
	if text == "" {
		return
	}
	link := 0
	if r.Link != "" {
		link = w.link(safeLink(r.Link))
	}
	if link > 0 {
		x.raw(`<w:hyperlink r:id="link`)
		x.int(link)
		x.raw(`" w:history="1">`)
	}
	x.raw(`<w:r>`)
	if link > 0 || r.Bold || r.Italic || r.Struck || r.Underline {
		x.raw(`<w:rPr>`)
		if link > 0 {
			x.raw(`<w:rStyle w:val="Hyperlink"/>`)
		}
		if r.Bold {
			x.raw(`<w:b/><w:bCs/>`)
		}
		if r.Italic {
			x.raw(`<w:i/><w:iCs/>`)
		}
		if r.Struck {
			x.raw(`<w:strike/>`)
		}
		if r.Underline {
			x.raw(`<w:u w:val="single"/>`)
		}
		x.raw(`</w:rPr>`)
	}
	for text != "" {
		i := strings.IndexAny(text, "\n\t")
		if i < 0 {
			i = len(text)
		}
		if i > 0 {
			x.raw(`<w:t xml:space="preserve">`)
			x.text(text[:i])
			x.raw(`</w:t>`)
		}
		if i == len(text) {
			break
		}
		if text[i] == '\n' {
			x.raw(`<w:br/>`)
		} else {
			x.raw(`<w:tab/>`)
		}
		text = text[i+1:]
	}
	x.raw(`</w:r>`)
	if link > 0 {
		x.raw(`</w:hyperlink>`)
	}
}

// link returns the number of the relationship that holds the address, 0 for none.
func (w *wordBody) link(address string) int {
	if address == "" {
		return 0
	}
	n, ok := w.linkIDs[address]
	if !ok {
		w.links = append(w.links, address)
		n = len(w.links)
		w.linkIDs[address] = n
	}
	return n
}
