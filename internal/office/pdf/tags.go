package pdf

import "strconv"

// An Elem is a structure element: what a stretch of the pages is (a paragraph, a table cell). It is written when it is
// closed; children may be closed after their parent.
type Elem struct {
	w      *Writer
	num    int
	parent int
	tag    string
	attr   string // ready dictionary entries
	kids   []kid
	page   int // object of the page of the first kid on a page
}

// A kid is content on a page (mcid), an annotation (object with a page) or an element.
type kid struct {
	kind byte // 'm', 'o', 'e'
	n    int
	page int
}

// MaxKids is the number of children after which the caller should open a group: arrays of PDF/A-1 end at 8191.
const MaxKids = 4000

// Add makes a child element of a standard type of PDF 1.4: P, H1, Table, TR, TD, Span, Link, Figure and so on.
func (e *Elem) Add(tag string) *Elem {
	c := &Elem{w: e.w, num: e.w.alloc(), parent: e.num, tag: tag}
	e.kids = append(e.kids, kid{kind: 'e', n: c.num})
	return c
}

// Len is the number of children so far.
func (e *Elem) Len() int { return len(e.kids) }

// Cell says how many columns and rows a TD or TH spans; a TH of the head names what stands in its column.
func (e *Elem) Cell(cols, rows int) *Elem {
	if cols <= 1 && rows <= 1 && e.tag != "TH" {
		return e
	}
	a := "/A<</O/Table"
	if e.tag == "TH" {
		a += "/Scope/Column"
	}
	if rows > 1 {
		a += "/RowSpan " + strconv.Itoa(rows)
	}
	if cols > 1 {
		a += "/ColSpan " + strconv.Itoa(cols)
	}
	e.attr += a + ">>"
	return e
}

// Alt gives the words that stand for a picture.
func (e *Elem) Alt(text string) *Elem {
	e.attr += "/Alt" + string(textString(text))
	return e
}

// Decoration says that text is underlined or struck out ("Underline", "LineThrough").
func (e *Elem) Decoration(kind string) *Elem {
	e.attr += "/A<</O/Layout/TextDecorationType/" + kind + ">>"
	return e
}

// Box says where on its page a figure stands.
func (e *Elem) Box(p *Page, x, y, width, height float64) *Elem {
	b := append([]byte(nil), "/A<</O/Layout/Placement/Block/BBox["...)
	b = p.box(b, x, y, width, height)
	e.attr += string(b) + "]>>"
	return e
}

// Close writes the element. Nothing may be added to it afterwards.
func (e *Elem) Close() {
	w := e.w
	w.begin(e.num)
	b := append(append(w.buf, "<</S/"...), e.tag...)
	b = append(strconv.AppendInt(append(b, "/P "...), int64(e.parent), 10), " 0 R"...)
	if e.page != 0 {
		b = append(strconv.AppendInt(append(b, "/Pg "...), int64(e.page), 10), " 0 R"...)
	}
	b = append(b, e.attr...)
	if len(e.kids) > 0 {
		b = append(b, "/K["...)
		for i, k := range e.kids {
			if i > 0 {
				b = append(b, ' ')
			}
			b = k.append(b, e.page)
		}
		b = append(b, ']')
	}
	w.buf = append(b, ">>"...)
	w.end()
	e.kids = nil
}

func (k kid) append(b []byte, page int) []byte {
	switch {
	case k.kind == 'e':
		return append(strconv.AppendInt(b, int64(k.n), 10), " 0 R"...)
	case k.kind == 'o':
		b = strconv.AppendInt(append(b, "<</Type/OBJR/Obj "...), int64(k.n), 10)
		b = strconv.AppendInt(append(b, " 0 R/Pg "...), int64(k.page), 10)
		return append(b, " 0 R>>"...)
	case k.page == page:
		return strconv.AppendInt(b, int64(k.n), 10)
	}
	b = strconv.AppendInt(append(b, "<</Type/MCR/Pg "...), int64(k.page), 10)
	b = strconv.AppendInt(append(b, " 0 R/MCID "...), int64(k.n), 10)
	return append(b, ">>"...)
}

// mark notes that content of a page belongs to the element.
func (e *Elem) mark(p *Page, mcid int) {
	if e.page == 0 {
		e.page = p.num
	}
	e.kids = append(e.kids, kid{kind: 'm', n: mcid, page: p.num})
}

// writeTree writes the root of the structure and the way back from content to elements.
func (w *Writer) writeTree() {
	const leaf = 1000
	num := w.alloc()
	var kids []byte
	for from := 0; from < len(w.parents); from += leaf {
		to := min(from+leaf, len(w.parents))
		n := w.alloc()
		w.begin(n)
		b := append(w.buf, "<</Limits["...)
		b = strconv.AppendInt(append(strconv.AppendInt(b, int64(from), 10), ' '), int64(to-1), 10)
		b = append(b, "]/Nums["...)
		for k, o := range w.parents[from:to] {
			b = append(strconv.AppendInt(b, int64(from+k), 10), ' ')
			b = append(strconv.AppendInt(b, int64(o), 10), " 0 R "...)
		}
		w.buf = append(b, "]>>"...)
		w.end()
		kids = append(strconv.AppendInt(kids, int64(n), 10), " 0 R "...)
	}
	w.put(num, "<</Kids[%s]>>", kids)
	w.put(w.tree, "<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>", w.root.num, num, len(w.parents))
}
