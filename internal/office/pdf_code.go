package office

import "math"

// codeSize is the side of the code in points.
func (l *pdfLayout) codeSize(c *Code) float64 {
	if len(c.Modules) == 0 {
		return 0
	}
	v := c.SizeMM
	if math.IsNaN(v) || v <= 0 {
		v = 25
	}
	return min(v*pdfMM, l.width(), l.room())
}

// codeGap is the width of the quiet zone around the code, and the least space around it.
func (l *pdfLayout) codeGap(c *Code) float64 {
	if len(c.Modules) == 0 {
		return 8
	}
	return max(l.codeSize(c)*quietZone/float64(len(c.Modules)), 8)
}

// codeColumn is where the words beside a code begin, from the margin.
func (l *pdfLayout) codeColumn(c *Code) float64 {
	size := l.codeSize(c)
	if size == 0 {
		return 0
	}
	x := size + l.codeGap(c)
	if x > l.width()*0.8 {
		return 0 // no room beside: below
	}
	return x
}

func (l *pdfLayout) codeHeight(c *Code) float64 {
	x, h := l.codeColumn(c), 0.0
	for i := range c.Beside {
		s := l.look(&c.Beside[i])
		h += l.setText(c.Beside[i].Runs, s.pdfType, l.width()-x, 0).height()
	}
	if size := l.codeSize(c); x == 0 && size > 0 {
		h += size + l.codeGap(c)
	} else {
		h = max(h, size)
	}
	return h + l.codeGap(c)
}

// code draws a QR code as squares, with its paragraphs to the right of it.
func (l *pdfLayout) code(c *Code) {
	l.skip(l.codeGap(c))
	size, x := l.codeSize(c), l.codeColumn(c)
	if l.y+size > l.floor() {
		l.newPage()
	}
	top, page := l.y, l.pages
	if size > 0 {
		fig := l.parent().Add("Figure").Alt(c.Alt).Box(l.page, l.left, l.y, size, size)
		l.tag(fig)
		l.page.Squares(squares(c.Modules, l.left, l.y, size))
		l.untag()
		fig.Close()
	}
	if x == 0 && size > 0 {
		l.y += size + l.codeGap(c)
	}
	for i := range c.Beside {
		s := l.look(&c.Beside[i])
		s.left, s.indent = x, 0
		if s.align == Justify {
			s.align = Left
		}
		l.flow(l.setText(c.Beside[i].Runs, s.pdfType, l.width()-x, 0), s, l.parent().Add(s.tag))
	}
	if l.pages == page {
		l.y = max(l.y, top+size)
	}
	l.after = l.codeGap(c)
}
