package office

import "perechen/internal/office/pdf"

// A pdfLook is how a paragraph of some style is set.
type pdfLook struct {
	pdfType
	left, indent  float64 // of the column, of the first line
	before, after float64
	align         Align
	tag           string
	keep          bool
}

var pdfHeadingTags = [...]string{1: "H1", 2: "H2", 3: "H3"}

// look is the appearance of a paragraph on the current page.
func (l *pdfLayout) look(p *Para) pdfLook {
	s := pdfLook{pdfType: pdfType{size: l.size, lead: l.size * lineHeight}, align: Left, tag: "P", keep: p.Keep}
	switch p.Style {
	case Title:
		s.bold, s.align, s.tag = true, Center, "H1"
		s.before, s.after = 16, 14
	case Heading1:
		s.bold, s.align, s.tag, s.keep = true, Center, pdfHeadingTags[l.headings], true
		s.before, s.after = 14, 8
	case Heading2:
		s.bold, s.align, s.tag, s.keep = true, Center, pdfHeadingTags[l.headings+1], true
		s.before, s.after = 12, 6
	case Approval:
		s.left = l.width() / 2
	case Small:
		s.size = min(smallSize, l.size)
		s.lead = s.size * lineHeight
	case Mono:
		s.mono, s.size = true, min(monoSize, l.size)
		s.lead = s.size * lineHeight
	default:
		s.lead, s.align, s.indent = s.lead*l.spacing, Justify, l.indent
	}
	if p.Align != "" {
		s.align = p.Align
	}
	if p.NoText || s.align == Center || s.align == Right {
		s.indent = 0
	}
	return s
}

func (l *pdfLayout) paragraph(p *Para) {
	s := l.look(p)
	before := s.before
	if p.Style == Title && l.style == Title {
		before, l.after = 0, 0 // one title in several paragraphs
	}
	if l.style == Approval && p.Style != Approval {
		before = max(before, l.size*1.5)
	}
	l.skip(before)
	l.style = p.Style
	t := l.setText(p.Runs, s.pdfType, l.width()-s.left, s.indent)
	if s.align == Center {
		t.balance(l.width() - s.left)
	}
	if len(t.glyphs) == 0 { // space only
		l.y += t.lead
		return
	}
	l.flow(t, s, l.parent().Add(s.tag))
	l.after = s.after
}

// linesTogether is the number of lines that must stand on the page a text begins on: two, all three of three, as the
// last one may not stand alone either.
func linesTogether(t *pdfText) int {
	if len(t.lines) == 3 {
		return 3
	}
	return min(2, len(t.lines))
}

// flow draws the lines of a text down the page and on to the next ones, never leaving one line of a paragraph alone.
func (l *pdfLayout) flow(t *pdfText, s pdfLook, e *pdf.Elem) {
	for i := 0; i < len(t.lines); {
		n := min(int((l.floor()-l.y+0.01)/t.lead), len(t.lines)-i)
		switch rest := len(t.lines) - i - n; {
		case rest == 1 && n > 2:
			n--
		case i == 0 && rest > 0 && n < linesTogether(t):
			n = 0
		}
		if n <= 0 && l.y > l.top {
			l.newPage()
			continue
		}
		for range max(n, 1) {
			x, w := l.left+s.left, l.width()-s.left
			if i == 0 {
				x, w = x+s.indent, w-s.indent
			}
			l.drawLine(t, i, x, l.y, w, s.align, e)
			l.y += t.lead
			i++
		}
		if i < len(t.lines) {
			l.newPage()
		}
	}
	l.untag()
	t.close()
	e.Close()
}
