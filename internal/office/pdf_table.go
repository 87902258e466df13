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
	grid  *pdfGrid
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
	p := &pdfTable{pdfLayout: l, t: t, grid: newPDFGrid(t), lead: l.tableSize * 1.15, padX: cellPadX, pendRow: -1}
	p.heads = min(max(t.Head, 0), len(t.Rows))
	if w := l.width() / float64(p.grid.cols); w < 45 {
		p.padX = w / 10
	}
	p.x = l.edges(t, p.grid.cols, l.width(), p.padX)
	for i := range p.x {
		p.x[i] += l.left
	}
	p.measureHead()
	return p
}

// cells sets the texts of the cells that begin in a row.
func (p *pdfTable) cells(row, limit int) []pdfCell {
	cells := p.grid.start(row, limit)
	for i := range cells {
		c := &cells[i]
		src := p.grid.cell(row, c.col)
		left, right := p.padX, p.padX
		if p.t.Borderless && c.col == 0 {
			left = 0 // flush with the text around
		}
		if p.t.Borderless && c.col+c.cols == p.grid.cols {
			right = 0
		}
		c.x = p.x[c.col] + left
		c.w = p.x[c.col+c.cols] - right - c.x
		typ := pdfType{size: p.tableSize, lead: p.lead, bold: src.Bold}
		if c.align = src.Align; c.align == "" {
			c.align = Left
		}
		if row < p.heads {
			typ.bold = true
			if src.Align == "" {
				c.align = Center
			}
		}
		runs := src.Runs
		if len(runs) == 0 {
			runs = []Run{{Text: src.Text}}
		}
		if src.Covered {
			runs = []Run{{}}
		}
		c.text = p.setText(runs, typ, c.w, 0)
		c.repeat = c.height() <= p.room()/3
	}
	return cells
}

func (c *pdfCell) height() float64 { return c.text.height() + 2*cellPadY }

// rest is the height that what is still to be drawn of a cell takes: the lines left over, or a label to be repeated.
func (c *pdfCell) rest() float64 {
	switch n := len(c.text.lines) - c.next; {
	case n > 0:
		return float64(n)*c.text.lead + 2*cellPadY
	case c.later && c.repeat:
		return c.height()
	}
	return 0
}

// measureHead sets the rows of headings. A head taller than half a page cannot be repeated: its rows then go like
// others.
func (p *pdfTable) measureHead() {
	var head [][]pdfCell
	h, sum := make([]float64, p.heads), 0.0
	for r := range p.heads {
		head = append(head, p.cells(r, p.heads))
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
				have := 0.0
				for k := r - c.rows + 1; k <= r; k++ {
					have += h[k]
				}
				h[r] += max(0, c.height()-have)
			}
		}
	}
	for _, v := range h {
		sum += v
	}
	if sum <= p.room()/2 {
		p.head, p.headH = head, h
		return
	}
	clear(p.grid.until)
}

func (p *pdfTable) headHeight() (h float64) {
	for _, v := range p.headH {
		h += v
	}
	return h
}

func (l *pdfLayout) captionLook() pdfLook {
	return pdfLook{pdfType: pdfType{size: l.tableSize, lead: l.tableSize * 1.15}, align: Left, tag: "Caption", keep: true}
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
		for _, c := range p.cells(first, len(t.Rows)) {
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
	for r := len(p.head); r < len(t.Rows); r++ {
		p.row(r)
	}
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
			h := 0.0
			for _, v := range p.headH[r : c.last+1] {
				h += v
			}
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

// para is the element of a line of the cell: its own paragraph where there are several, nil in an artifact.
func (c *pdfCell) para(line int, artifact bool) *pdf.Elem {
	if artifact || c.text.paras == 1 {
		if artifact {
			return nil
		}
		return c.elem
	}
	if c.paras == nil {
		c.paras = make([]*pdf.Elem, c.text.paras)
	}
	n := c.text.lines[line].para
	if c.paras[n] == nil {
		c.paras[n] = c.elem.Add("P")
	}
	return c.paras[n]
}

func (c *pdfCell) close() {
	c.text.close()
	for _, e := range c.paras {
		if e != nil {
			e.Close()
		}
	}
	c.paras = nil
	c.elem.Close()
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
