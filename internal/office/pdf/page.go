package pdf

import (
	"math"
	"strconv"
)

// A Page is the page being written. Lengths are points; y runs down from the upper edge.
type Page struct {
	Width, Height float64

	w      *Writer
	num    int
	node   int
	key    int // in the parent tree
	marks  []int
	bufs   [][]byte
	cur    int
	face   *Face // of the text state; nil when not known
	size   float64
	rules  []byte
	annots []int
	open   bool
}

// A pageNode is a branch of the tree of pages.
type pageNode struct {
	num  int
	kids []int
}

const pagesPerNode = 500

// NewPage closes the page before and starts another.
func (w *Writer) NewPage(width, height float64) *Page {
	w.closePage()
	if n := len(w.pageNodes); n == 0 || len(w.pageNodes[n-1].kids) == pagesPerNode {
		w.pageNodes = append(w.pageNodes, pageNode{num: w.alloc()})
	}
	n := &w.pageNodes[len(w.pageNodes)-1]
	p := &Page{Width: width, Height: height, w: w, num: w.alloc(), node: n.num, key: len(w.parents), bufs: make([][]byte, 1)}
	n.kids = append(n.kids, p.num)
	w.parents = append(w.parents, w.alloc())
	w.page = p
	return p
}

func (w *Writer) closePage() {
	p := w.page
	if p == nil {
		return
	}
	w.page = nil
	p.End()
	if len(p.rules) > 0 {
		p.put("/Artifact BMC\n0.5 w\n")
		p.bufs[p.cur] = append(p.bufs[p.cur], p.rules...)
		p.put("S\nEMC\n")
	}
	var all []byte
	for _, b := range p.bufs {
		all = append(all, b...)
	}
	content := w.alloc()
	w.stream(content, "", all, true)
	w.begin(w.parents[p.key])
	w.buf = append(w.buf, '[')
	for _, n := range p.marks {
		w.buf = append(strconv.AppendInt(w.buf, int64(n), 10), " 0 R "...)
	}
	w.buf = append(w.buf, ']')
	w.end()
	w.begin(p.num)
	b := strconv.AppendInt(append(w.buf, "<</Type/Page/Parent "...), int64(p.node), 10)
	b = append(b, " 0 R/MediaBox[0 0 "...)
	b = append(num(append(num(b, p.Width), ' '), p.Height), "]/Resources "...)
	b = append(strconv.AppendInt(b, int64(w.resources), 10), " 0 R/Contents "...)
	b = append(strconv.AppendInt(b, int64(content), 10), " 0 R/StructParents "...)
	b = strconv.AppendInt(b, int64(p.key), 10)
	if len(p.annots) > 0 {
		b = append(b, "/Tabs/S/Annots["...)
		for _, a := range p.annots {
			b = append(strconv.AppendInt(b, int64(a), 10), " 0 R "...)
		}
		b = append(b, ']')
	}
	w.buf = append(b, ">>"...)
	w.end()
}

func (w *Writer) writePages() {
	total := 0
	var kids []byte
	for _, n := range w.pageNodes {
		total += len(n.kids)
		kids = append(strconv.AppendInt(kids, int64(n.num), 10), " 0 R "...)
		w.begin(n.num)
		b := strconv.AppendInt(append(w.buf, "<</Type/Pages/Parent "...), int64(w.pages), 10)
		b = strconv.AppendInt(append(b, " 0 R/Count "...), int64(len(n.kids)), 10)
		b = append(b, "/Kids["...)
		for _, k := range n.kids {
			b = append(strconv.AppendInt(b, int64(k), 10), " 0 R "...)
		}
		w.buf = append(b, "]>>"...)
		w.end()
	}
	w.put(w.pages, "<</Type/Pages/Count %d/Kids[%s]>>", total, kids)
}

func (p *Page) put(s string) { p.bufs[p.cur] = append(p.bufs[p.cur], s...) }

// Slot keeps a place in the page's order of content, to be filled by In before the page ends.
func (p *Page) Slot() int {
	p.End()
	p.bufs = append(p.bufs, nil, nil)
	p.cur = len(p.bufs) - 1
	p.face = nil
	return p.cur - 1
}

// In draws into a slot.
func (p *Page) In(slot int, draw func()) {
	p.End()
	was := p.cur
	p.cur, p.face = slot, nil
	draw()
	p.End()
	p.cur, p.face = was, nil
}

// Begin says that what is drawn from here to End is content of the element.
func (p *Page) Begin(e *Elem) {
	p.End()
	p.open = true
	id := len(p.marks)
	p.marks = append(p.marks, e.num)
	e.mark(p, id)
	b := append(append(p.bufs[p.cur], '/'), e.tag...)
	b = strconv.AppendInt(append(b, "<</MCID "...), int64(id), 10)
	p.bufs[p.cur] = append(b, ">>BDC\n"...)
}

// Artifact says that what is drawn from here to End is no content: page numbers, repeated headings. The kind is
// Pagination or Layout.
func (p *Page) Artifact(kind string) {
	p.End()
	p.open = true
	p.put("/Artifact<</Type/" + kind + ">>BDC\n")
}

// End ends what Begin or Artifact began, if anything.
func (p *Page) End() {
	if p.open {
		p.put("EMC\n")
	}
	p.open = false
}

// Text shows characters in one line, the baseline at y, with gap points added at every space.
func (p *Page) Text(f *Face, size, x, y float64, text []rune, gap float64) {
	if len(text) == 0 {
		return
	}
	if f.obj == 0 {
		f.obj = p.w.alloc()
	}
	b := append(p.bufs[p.cur], "BT\n"...)
	if p.face != f || p.size != size {
		b = append(append(append(b, '/'), f.res...), ' ')
		b = append(num(b, size), " Tf\n"...)
		p.face, p.size = f, size
	}
	b = append(num(b, x), ' ')
	b = append(num(b, p.Height-y), " Td\n"...)
	adjust := int(math.Round(-gap * 1000 / size))
	b = append(b, '[', '(')
	for _, r := range text {
		c := f.cid(r)
		b = char(char(b, byte(c>>8)), byte(c))
		if adjust != 0 && (r == ' ' || r == '\u00a0') {
			b = append(strconv.AppendInt(append(b, ')'), int64(adjust), 10), '(')
		}
	}
	p.bufs[p.cur] = append(b, ")]TJ\nET\n"...)
}

// char appends a byte of a string.
func char(b []byte, c byte) []byte {
	switch c {
	case '(', ')', '\\':
		return append(b, '\\', c)
	case '\r':
		return append(b, '\\', 'r')
	case '\n':
		return append(b, '\\', 'n')
	}
	return append(b, c)
}

// Fill paints a rectangle black.
func (p *Page) Fill(x, y, width, height float64) {
	p.bufs[p.cur] = append(p.box4(p.bufs[p.cur], x, y, width, height), " re f\n"...)
}

// Squares paints many rectangles of x, y, width, height at once.
func (p *Page) Squares(rects [][4]float64) {
	b := p.bufs[p.cur]
	for _, r := range rects {
		b = append(p.box4(b, r[0], r[1], r[2], r[3]), " re\n"...)
	}
	p.bufs[p.cur] = append(b, "f\n"...)
}

// Rule draws a hairline of half a point as an artifact, when the page ends.
func (p *Page) Rule(x1, y1, x2, y2 float64) {
	b := append(num(p.rules, x1), ' ')
	b = append(num(b, p.Height-y1), " m "...)
	b = append(num(b, x2), ' ')
	p.rules = append(num(b, p.Height-y2), " l\n"...)
}

// Link makes a rectangle lead to an address; the element is the Link that holds the text.
func (p *Page) Link(e *Elem, x, y, width, height float64, uri, title string) {
	w, n := p.w, p.w.alloc()
	w.begin(n)
	b := p.box(append(w.buf, "<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect["...), x, y, width, height)
	b = append(b, "]/A<</S/URI/URI("...)
	for _, c := range []byte(uri) {
		if c <= ' ' || c >= 0x7f {
			b = append(b, '%', "0123456789ABCDEF"[c>>4], "0123456789ABCDEF"[c&15])
		} else {
			b = char(b, c)
		}
	}
	b = append(append(b, ")>>/Contents"...), textString(title)...)
	b = strconv.AppendInt(append(b, "/StructParent "...), int64(len(w.parents)), 10)
	w.buf = append(b, ">>"...)
	w.end()
	w.parents = append(w.parents, e.num)
	e.kids = append(e.kids, kid{kind: 'o', n: n, page: p.num})
	p.annots = append(p.annots, n)
}

// box appends the corners of a rectangle, box4 its corner and size.
func (p *Page) box(b []byte, x, y, width, height float64) []byte {
	b = append(num(b, x), ' ')
	b = append(num(b, p.Height-y-height), ' ')
	b = append(num(b, x+width), ' ')
	return num(b, p.Height-y)
}

func (p *Page) box4(b []byte, x, y, width, height float64) []byte {
	b = append(num(b, x), ' ')
	b = append(num(b, p.Height-y-height), ' ')
	b = append(num(b, width), ' ')
	return num(b, height)
}

// num appends a length with at most two decimals, within what PDF/A-1 allows.
func num(b []byte, v float64) []byte {
	if !(v > -32000) { // also not a number
		v = -32000
	}
	h := int64(math.Round(min(v, 32000) * 100))
	if h < 0 {
		b, h = append(b, '-'), -h
	}
	b = strconv.AppendInt(b, h/100, 10)
	if h %= 100; h != 0 {
		b = append(b, '.', byte('0'+h/10))
		if h%10 != 0 {
			b = append(b, byte('0'+h%10))
		}
	}
	return b
}
