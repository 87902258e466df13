package office

import (
	"unicode"

	"perechen/internal/office/pdf"

	"golang.org/x/text/unicode/norm"
)

// A pdfType is the look of a text: sizes in points.
type pdfType struct {
	size, lead   float64 // lead is the distance of base lines
	bold, italic bool
	mono         bool // and broken anywhere
}

// A pdfText is text set in lines of a given width.
type pdfText struct {
	pdfType
	runs   []Run
	glyphs []pdfGlyph
	lines  []pdfLine
	paras  int         // stretches between «\n»
	elems  []*pdf.Elem // of runs that have an element of their own, by run
}

// A pdfGlyph is one character of a text.
type pdfGlyph struct {
	r    rune
	run  int32
	adv  uint16 // 1/1000 of the size
	face uint8
	brk  uint8 // whether a line may end after it
}

// Ends of lines.
const (
	brkNever  = iota
	brkForced // when the word is longer than the line
	brkFree
)

// A pdfLine is glyphs from–to, without the blanks at its end.
type pdfLine struct {
	from, to int
	w        int // 1/1000 of the size
	gaps     int // blanks inside, for justifying
	para     int
	last     bool // of its paragraph
	blank    bool // was broken at a blank
}

func (t *pdfText) height() float64 { return float64(len(t.lines)) * t.lead }

// setText sets runs in lines of width points, the first one shorter by first.
func (l *pdfLayout) setText(runs []Run, typ pdfType, width, first float64) *pdfText {
	t := l.readText(runs, typ)
	t.breakLines(int(width*1000/typ.size), int((width-first)*1000/typ.size))
	return t
}

// readText measures the characters of runs and finds where lines may end; the size does not matter yet.
func (l *pdfLayout) readText(runs []Run, typ pdfType) *pdfText {
	t := &pdfText{pdfType: typ, runs: runs}
	for i, r := range runs {
		t.addRun(l, i, r)
	}
	t.findBreaks()
	return t
}

func (t *pdfText) addRun(l *pdfLayout, i int, r Run) {
	want := uint8(pdfRegular)
	switch bold, italic := r.Bold || t.bold, r.Italic || t.italic; {
	case t.mono:
		want = pdfMono
	case bold && italic:
		want = pdfBoldItalic
	case bold:
		want = pdfBold
	case italic:
		want = pdfItalic
	}
	s := r.Text
	if !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(s) // й of two characters is drawn as one
	}
	if t.glyphs == nil {
		t.glyphs = make([]pdfGlyph, 0, len(s))
	}
	for _, c := range s {
		g := pdfGlyph{r: c, run: int32(i)}
		switch {
		case c == '\n' || c == '\v' || c == '\f' || c == '\u2028' || c == '\u2029':
			g.r = '\n'
			t.glyphs = append(t.glyphs, g)
			continue
		case c == '\u200b': // zero width space
			if n := len(t.glyphs); n > 0 {
				t.glyphs[n-1].brk = brkFree
			}
			continue
		case c == '\t' || c >= '\u2000' && c <= '\u200a' && c != '\u2007' || c == '\u205f' || c == '\u3000':
			g.r = ' '
		case c == '\u2007' || c == '\u202f' || c == '\u00a0':
			g.r = '\u00a0'
		case c < ' ' || c == '\u00ad' || unicode.Is(unicode.Cf, c) || unicode.Is(unicode.Cc, c) || unicode.Is(unicode.Variation_Selector, c):
			continue
		}
		g.face = pdfFace(&l.fonts, want, g.r)
		g.adv = uint16(l.fonts[g.face].Advance(g.r))
		t.glyphs = append(t.glyphs, g)
	}
}

// findBreaks marks where lines may end, as Russian printing has it: no dash at the beginning of a line, no number torn
// from its №, no break inside of figures.
func (t *pdfText) findBreaks() {
	g := t.glyphs
	at := func(i int) rune {
		if i < 0 || i >= len(g) {
			return 0
		}
		return g[i].r
	}
	for i := range g {
		prev, r, next := at(i-1), g[i].r, at(i+1)
		switch {
		case g[i].brk != brkNever || next == '\n' || next == 0:
		case r == ' ':
			switch dash := next == '—' || next == '–'; {
			case next == ' ', dash && (at(i+2) == ' ' || at(i+2) == '\u00a0'):
			case (prev == '№' || prev == '§') && unicode.IsDigit(next):
			case (unicode.IsDigit(prev) || prev == ')') && (unicode.IsDigit(next) || next == '('):
				g[i].brk = brkForced // 8 (8672) 64-90-22, 10 000
			default:
				g[i].brk = brkFree
			}
		case t.mono:
			g[i].brk = brkForced
		case r == '—' || r == '–':
			if next != ' ' && !unicode.IsDigit(next) && next != ',' && next != '.' {
				g[i].brk = brkFree
			}
		case r == '-' && unicode.IsLower(prev) && cyrillic(prev) && cyrillic(at(i-2)) && cyrillic(next) && cyrillic(at(i+2)) && cyrillic(at(i+3)):
			g[i].brk = brkFree // Осетия-Алания, but neither РСО-Алания nor какой-то
		case r >= 0x2E80 && r <= 0x9FFF || r >= 0xAC00 && r <= 0xD7A3:
			g[i].brk = brkFree
		case r == '-' && unicode.IsDigit(prev) && unicode.IsDigit(next):
		case sensible(r) && !sensible(next) && next != ' ' && at(i+2) > ' ' && at(i+3) > ' ' && at(i+4) > ' ':
			g[i].brk = brkForced // never before a crumb: gov.ru, not gov.|ru
		}
	}
}

func cyrillic(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }

// sensible tells whether an address or another long word is best broken after the character.
func sensible(r rune) bool {
	switch r {
	case '/', '.', '-', '_', '@', '?', '&', '=', ',', ';', ':', ')', ']', '+', '\\', '|':
		return true
	}
	return false
}

// breakLines fills lines one by one; widths are in thousandths of the size.
func (t *pdfText) breakLines(width, first int) {
	g := t.glyphs
	t.lines, t.paras = t.lines[:0], 0
	avail := max(first, 1)
	start, w := 0, 0             // of the line
	free, forced := -1, -1       // last places to end it, -1 for none
	forcedW, blankAt := 0, false // width up to forced
	end := func(to int, last bool) {
		ln := t.line(start, to)
		ln.para, ln.last, ln.blank = t.paras, last, blankAt
		t.lines = append(t.lines, ln)
		start, w, free, forced, avail = to, 0, -1, -1, max(width, 1)
	}
	for i := 0; i < len(g); i++ {
		if g[i].r == '\n' {
			blankAt = true
			end(i, true)
			start = i + 1
			t.paras++
			continue
		}
		w += int(g[i].adv)
		if w > avail && g[i].r != ' ' && i > start && !unicode.Is(unicode.Mn, g[i].r) {
			to := i
			if free >= 0 {
				to = free + 1
			} else if forced >= 0 && forcedW*5 >= avail*2 {
				to = forced + 1
			}
			blankAt = g[to-1].r == ' '
			end(to, false)
			i = start - 1
			continue
		}
		switch g[i].brk {
		case brkFree:
			free = i
		case brkForced:
			forced, forcedW = i, w
		}
	}
	blankAt = false
	end(len(g), true)
	t.paras++
}
