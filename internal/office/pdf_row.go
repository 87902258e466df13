package office

// rows places the rows from one on. Those that stay with the next are set together with it.
func (p *pdfTable) rows(r int) {
	for r < len(p.t.Rows) {
		run := [][]pdfCell{p.cells(r)}
		for p.t.Rows[r+len(run)-1].Keep && r+len(run) < len(p.t.Rows) && len(run) < keptRows {
			run = append(run, p.cells(r+len(run)))
		}
		if len(run) > 1 && !p.bare {
			h := 0.0
			for _, cells := range run {
				h += p.rowHeight(cells, -1)
			}
			if h > p.floor()-p.y && h <= p.room()-p.headHeight() {
				p.breakPage()
			}
		}
		for _, cells := range run {
			p.row(r, cells)
			r++
		}
	}
}

// keptRows is the most rows that are kept together.
const keptRows = 8

// row places one row: here, on the next page, or over several pages if it is taller than one.
func (p *pdfTable) row(r int, cells []pdfCell) {
	tr := p.tr()
	for i := range cells {
		c := &cells[i]
		tag := "TD"
		if r < p.heads {
			tag = "TH"
		}
		c.elem = tr.Add(tag).Cell(c.cols, c.rows)
	}
	tr.Close()
	for started := false; ; started = true {
		h := p.rowHeight(cells, r)
		label := 0.0 // of a group that begins here: it wants its first page to hold it
		for i := range cells {
			if c := &cells[i]; !started && c.rows > 1 && c.repeat {
				label = max(label, c.height())
			}
		}
		avail, fresh := p.floor()-p.y, p.room()-p.headHeight()
		if max(h, label) > avail && !started && !p.bare && (max(h, label) <= fresh || avail < fresh/3) {
			p.breakPage()
			h, avail = p.rowHeight(cells, r), p.floor()-p.y
		}
		p.endRow(p.y)
		if h <= avail+0.01 {
			p.drawPart(cells, started, h)
			p.pendRow = r
			return
		}
		p.drawPart(cells, started, avail)
		p.pendRow = -1
		p.breakPage()
	}
}

// rowHeight is what the rest of the row and the labels that end with it take.
func (p *pdfTable) rowHeight(cells []pdfCell, r int) float64 {
	h := p.lead + 2*cellPadY
	for i := range cells {
		if c := &cells[i]; c.rows == 1 {
			h = max(h, float64(len(c.text.lines)-c.next)*p.lead+2*cellPadY)
		}
	}
	for _, s := range p.spans {
		if s.last == r {
			h = max(h, s.rest()-(p.y-s.top))
		}
	}
	return h
}

// drawPart draws of a row what fits into height h and leaves the lower edge pending.
func (p *pdfTable) drawPart(cells []pdfCell, started bool, h float64) {
	p.pend, p.pendTop = p.pend[:0], p.y
	for i := range cells {
		c := &cells[i]
		if c.rows > 1 {
			if !started {
				p.untag()
				c.top, c.slot = p.y, p.page.Slot()
				p.spans = append(p.spans, c)
			}
			continue
		}
		p.drawLines(c, p.y, h, false)
		p.pend = append(p.pend, c)
	}
	p.y += h
	p.bare = false
}

// drawLines draws the lines of a cell that are left and fit between y and y+h, or, again, its first ones as an artifact.
func (p *pdfTable) drawLines(c *pdfCell, y, h float64, again bool) {
	n := max(0, int((h-2*cellPadY+0.01)/p.lead))
	from := c.next
	if again {
		from = 0
		p.artifact("Pagination")
	}
	to := min(from+n, len(c.text.lines))
	for k := from; k < to; k++ {
		p.drawLine(c.text, k, c.x, y+cellPadY+float64(k-from)*p.lead, c.w, c.align, c.para(k, again))
	}
	if p.untag(); !again {
		c.next = to
	}
}

// endRow draws the lower edge of the row placed last and ends the cells that end with it.
func (p *pdfTable) endRow(bottom float64) {
	for _, c := range p.pend {
		p.sides(c, p.pendTop, bottom)
		if p.pendRow >= 0 {
			c.close()
		}
	}
	if len(p.pend) == 0 && p.pendRow < 0 {
		return
	}
	p.pend = p.pend[:0]
	kept := p.spans[:0]
	for _, s := range p.spans {
		if p.pendRow >= 0 && s.last <= p.pendRow {
			p.flush(s, bottom)
			s.close()
		} else {
			kept = append(kept, s)
		}
	}
	clear(p.spans[len(kept):])
	p.spans, p.pendRow = kept, -1
}

// flush draws a cell of several rows down to the given height of the page.
func (p *pdfTable) flush(s *pdfCell, bottom float64) {
	again := s.next == len(s.text.lines)
	if !again || s.later && s.repeat {
		p.page.In(s.slot, func() {
			p.open = nil
			p.drawLines(s, s.top, bottom-s.top, again)
		})
		p.open = nil
	}
	p.sides(s, s.top, bottom)
}

// breakPage ends the part of the table on this page and goes on with the next.
func (p *pdfTable) breakPage() {
	bottom := p.y
	for _, s := range p.spans {
		bottom = max(bottom, min(s.top+s.rest(), p.floor()))
	}
	p.endRow(bottom)
	for _, s := range p.spans {
		p.flush(s, bottom)
		s.later = true
	}
	p.newPage()
	p.drawHead(true)
	for _, s := range p.spans {
		s.top, s.slot = p.y, p.page.Slot()
	}
	p.bare = true
}
