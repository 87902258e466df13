package office

import "perechen/internal/office/pdf"

// tag says that what follows on the page belongs to the element; nil stands for what an artifact opened.
func (l *pdfLayout) tag(e *pdf.Elem) {
	if e == nil || e == l.open {
		return
	}
	l.page.Begin(e)
	l.open = e
}

func (l *pdfLayout) untag() {
	l.page.End()
	l.open = nil
}

func (l *pdfLayout) artifact(kind string) {
	l.page.Artifact(kind)
	l.open = nil
}

// drawLine draws line i of a text in a column at x of the given width, y being the top of the line. The element is nil
// inside of an artifact.
func (l *pdfLayout) drawLine(t *pdfText, i int, x, y, width float64, a Align, e *pdf.Elem) {
	ln := &t.lines[i]
	w := float64(ln.w) * t.size / 1000
	gap := 0.0
	switch a {
	case Center:
		x += (width - w) / 2
	case Right:
		x += width - w
	case Justify:
		if !ln.last && ln.gaps > 0 {
			if g := (width - w) / float64(ln.gaps); g < 2*t.size { // a line of one long word stays ragged
				gap = max(g, 0)
			}
		}
	}
	base := y + (t.lead-t.size*1.107)/2 + t.size*0.891 // ascent and descent of the fonts
	for from := ln.from; from < ln.to; {
		to, adv, gaps := from, 0, 0
		for to < ln.to && t.glyphs[to].face == t.glyphs[from].face && t.glyphs[to].run == t.glyphs[from].run {
			adv += int(t.glyphs[to].adv)
			if r := t.glyphs[to].r; r == ' ' || r == '\u00a0' {
				gaps++
			}
			to++
		}
		piece := float64(adv)*t.size/1000 + gap*float64(gaps)
		l.drawPiece(t, from, to, x, base, piece, gap, to == ln.to && ln.blank, e)
		x += piece
		from = to
	}
}

// drawPiece draws glyphs of one run and face; a blank after the last word of a line keeps words apart when text is
// copied.
func (l *pdfLayout) drawPiece(t *pdfText, from, to int, x, base, width, gap float64, blank bool, e *pdf.Elem) {
	l.scratch = l.scratch[:0]
	for _, g := range t.glyphs[from:to] {
		l.scratch = append(l.scratch, g.r)
	}
	first := t.glyphs[from]
	face := l.faces[first.face]
	if blank {
		l.scratch = append(l.scratch, ' ')
	}
	r := &t.runs[first.run]
	own := t.element(int(first.run), e)
	l.tag(own)
	l.page.Text(face, t.size, x, base, l.scratch, gap)
	if r.Underline {
		l.page.Fill(x, base+t.size*0.11, width, t.size*0.05)
	}
	if r.Struck {
		l.page.Fill(x, base-t.size*0.27, width, t.size*0.05)
	}
	if own != nil && r.Link != "" {
		if link := safeLink(r.Link); link != "" {
			l.page.Link(own, x, base-t.size*0.891, width, t.size*1.107, link, r.Text)
		}
	}
}

// element gives a run that is a link, struck out or underlined an element of its own within e.
func (t *pdfText) element(run int, e *pdf.Elem) *pdf.Elem {
	r := &t.runs[run]
	if e == nil || r.Link == "" && !r.Struck && !r.Underline {
		return e
	}
	if t.elems == nil {
		t.elems = make([]*pdf.Elem, len(t.runs))
	}
	if t.elems[run] == nil {
		switch {
		case safeLink(r.Link) != "":
			t.elems[run] = e.Add("Link")
		case r.Struck:
			t.elems[run] = e.Add("Span").Decoration("LineThrough")
		case r.Underline:
			t.elems[run] = e.Add("Span").Decoration("Underline")
		default:
			return e
		}
	}
	return t.elems[run]
}

// close closes the elements of runs.
func (t *pdfText) close() {
	for _, e := range t.elems {
		if e != nil {
			e.Close()
		}
	}
	t.elems = nil
}
