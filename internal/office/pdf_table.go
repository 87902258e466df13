package office

import "perechen/internal/office/pdf"

// Space inside of cells, points.
const (
	cellPadX = 4.5
	cellPadY = 2
)

// A pdfTable is a table on its way to paper.
//
// Rows are never split unless one is taller than a page. A cell of several rows is drawn when its page is done or its
// last row is placed, as only then its height on the page is known; a slot keeps its place in the order of reading.
// The lower edge of a row is drawn when the next row is placed or the page is done: there a row grows if a label beside
// it needs more lines.
type pdfTable struct {
	*pdfLayout
	t     *Table
	walk  *gridWalk
	x     []float64
	lead  float64
	padX  float64
	elem  *pdf.Elem
	body  *pdf.Elem // takes the rows: elem, or a group of it
	heads int       // rows of headings
	head  [][]pdfCell
	headH []float64 // their heights; empty when the head is too tall to be repeated

	spans   []*pdfCell // cells of several rows that reach below
	pend    []*pdfCell // cells of one row whose lower edge is not drawn
	pendTop float64
	pendRow int  // -1 when more of the row is to come
	bare    bool // nothing but the head stands on the page
}

func (l *pdfLayout) newTable(t *Table) *pdfTable {
	p := &pdfTable{pdfLayout: l, t: t, walk: newGridWalk(t), lead: l.tableSize * lineHeight, padX: cellPadX, pendRow: -1}
	p.heads = min(max(t.Head, 0), len(t.Rows))
	if w := l.width() / float64(p.walk.n); w < 45 {
		p.padX = w / 10
	}
	p.x = append(p.x, l.left)
	if l.fitted != t { // asked for twice: before the table is begun, and then
		l.fitted, l.columns = t, l.ruler.fitColumns(t, l.tableSize, l.width()/pdfMM)
	}
	for i, w := range l.columns {
		p.x = append(p.x, p.x[i]+w*pdfMM)
	}
	p.measureHead()
	return p
}

// measureHead sets the rows of headings. A head taller than half a page cannot be repeated: its rows then go like
// others.
func (p *pdfTable) measureHead() {
	var head [][]pdfCell
	h := make([]float64, p.heads)
	for r := range p.heads {
		head = append(head, p.cells(r))
		h[r] = p.lead + 2*cellPadY
		for i := range head[r] {
			if c := &head[r][i]; c.rows == 1 {
				h[r] = max(h[r], c.height())
			}
		}
		for _, row := range head {
			for i := range row {
				c := &row[i]
				if c.rows == 1 || c.last != r {
					continue
				}
				h[r] += max(0, c.height()-sum(h[r-c.rows+1:r+1]))
			}
		}
	}
	if sum(h) <= p.room()/2 {
		p.head, p.headH = head, h
		return
	}
	p.walk = newGridWalk(p.t)
}

func (p *pdfTable) headHeight() float64 { return sum(p.headH) }

func (l *pdfLayout) captionLook() pdfLook {
	return pdfLook{pdfType: pdfType{size: l.tableSize, lead: l.tableSize * lineHeight}, align: Left, tag: "Caption", keep: true}
}

// tableStart is the height of what must not be parted at the top of a table: caption, head and first row.
func (l *pdfLayout) tableStart(t *Table) float64 {
	h := 6.0
	if t.Caption != "" {
		s := l.captionLook()
		h += l.setText([]Run{{Text: t.Caption}}, s.pdfType, l.width(), 0).height() + 4
	}
	p := l.newTable(t)
	h += p.headHeight()
	if first := len(p.head); first < len(t.Rows) {
		row := 0.0
		for _, c := range p.cells(first) {
			if c.rows == 1 || c.repeat {
				row = max(row, c.height())
			}
		}
		h += min(row, l.room()/3)
	}
	return h
}

func (l *pdfLayout) table(t *Table) {
	if len(t.Rows) == 0 && t.Caption == "" {
		return
	}
	l.skip(6)
	p := l.newTable(t)
	p.elem = l.parent().Add("Table")
	p.body = p.elem
	if t.Caption != "" {
		s := l.captionLook()
		l.flow(l.setText([]Run{{Text: t.Caption}}, s.pdfType, l.width(), 0), s, p.elem.Add(s.tag))
		l.y += 4
	}
	p.bare = l.y <= l.top
	p.drawHead(false)
	p.rows(len(p.head))
	p.endRow(l.y)
	if p.body != p.elem {
		p.body.Close()
	}
	p.elem.Close()
	l.after = 8
}

// tr makes the element of a row; very long tables have their rows in groups.
func (p *pdfTable) tr() *pdf.Elem {
	if len(p.t.Rows) > pdf.MaxKids && (p.body == p.elem || p.body.Len() >= pdf.MaxKids) {
		if p.body != p.elem {
			p.body.Close()
		}
		p.body = p.elem.Add("TBody")
	}
	return p.body.Add("TR")
}

// drawHead draws the headings and the upper edge of what follows; again is for the pages after the first.
func (p *pdfTable) drawHead(again bool) {
	p.hline(p.x[0], p.x[len(p.x)-1], p.y)
	if again && len(p.head) > 0 {
		p.artifact("Pagination")
	}
	for r, cells := range p.head {
		var tr *pdf.Elem
		if !again {
			tr = p.tr()
		}
		for i := range cells {
			c := &cells[i]
			h := sum(p.headH[r : c.last+1])
			if !again {
				c.elem = tr.Add("TH").Cell(c.cols, c.rows)
			}
			y := p.y + (h-c.text.height())/2
			for k := range c.text.lines {
				p.drawLine(c.text, k, c.x, y+float64(k)*p.lead, c.w, c.align, c.para(k, again))
			}
			p.sides(c, p.y, p.y+h)
			if !again {
				p.untag()
				c.close()
			}
		}
		if !again {
			tr.Close()
		}
		p.y += p.headH[r]
	}
	p.untag()
}

func (p *pdfTable) hline(x1, x2, y float64) {
	if !p.t.Borderless {
		p.page.Rule(x1, y, x2, y)
	}
}

// sides draws the edges of a cell but the upper one.
func (p *pdfTable) sides(c *pdfCell, top, bottom float64) {
	if p.t.Borderless {
		return
	}
	x1, x2 := p.x[c.col], p.x[c.col+c.cols]
	if c.col == 0 {
		p.page.Rule(x1, top, x1, bottom)
	}
	p.page.Rule(x2, top, x2, bottom)
	p.page.Rule(x1, bottom, x2, bottom)
}
