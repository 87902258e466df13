package office

import "perechen/internal/office/pdf"

// A pdfCell is a cell on paper.
type pdfCell struct {
	col, cols, rows int
	x, w            float64 // of its text
	text            *pdfText
	align           Align
	elem            *pdf.Elem
	paras           []*pdf.Elem // of its paragraphs, when there are several
	next            int         // first line not yet drawn

	// Of a cell of several rows:
	last   int     // row
	top    float64 // on the current page
	slot   int     // in the order of the page's content
	later  bool    // the page is not the one it began on
	repeat bool    // short enough to be drawn again on each page
}

// cells sets the texts of the cells that begin in a row; rows are asked for in order.
func (p *pdfTable) cells(row int) []pdfCell {
	slots := p.walk.row(row)
	cells := make([]pdfCell, 0, len(slots))
	for _, s := range slots {
		if s.above {
			continue
		}
		c := pdfCell{col: s.col, cols: s.cols, rows: s.rows, last: row + s.rows - 1}
		left, right := p.padX, p.padX
		if p.t.Borderless && c.col == 0 {
			left = 0 // flush with the text around
		}
		if p.t.Borderless && c.col+c.cols == p.walk.n {
			right = 0
		}
		c.x = p.x[c.col] + left
		c.w = p.x[c.col+c.cols] - right - c.x
		typ := pdfType{size: p.tableSize, lead: p.lead, bold: s.cell.Bold || row < p.heads}
		if c.align = s.cell.Align; c.align == "" {
			c.align = Left
			if row < p.heads {
				c.align = Center
			}
		}
		runs := s.cell.Runs
		if len(runs) == 0 {
			runs = []Run{{Text: s.cell.Text}}
		}
		c.text = p.setText(runs, typ, c.w, 0)
		c.repeat = c.height() <= p.room()/3
		cells = append(cells, c)
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

// para is the element of a line of the cell: its own paragraph where there are several, nil in an artifact.
func (c *pdfCell) para(line int, artifact bool) *pdf.Elem {
	if artifact {
		return nil
	}
	if c.text.paras == 1 {
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
