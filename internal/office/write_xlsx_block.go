package office

import (
	"math"
	"strings"
)

// para writes a paragraph as a row of cells merged from column from to the last one. A row of merged cells is not fitted
// by any program, so its height is reckoned; a text higher than a row can be goes on in the next one.
func (s *xlsxSheet) para(p *Para, from int) error {
	look := xlsxLook{style: p.Style, align: p.Align}
	indent := 0.0 // mm
	if p.Style == Approval && from == 0 {
		if from = s.middle(); from == 0 {
			indent = sum(s.widths) / 2
			look.indent = int(indent / indentWidth)
		}
	}
	width := (sum(s.widths[from:]) - indent - 2) * pdfMM
	size := s.size(p.Style, false)
	face := cellType(size, p.Style == Title || p.Style == Heading1 || p.Style == Heading2)
	if p.Style == Mono {
		face.face = pdfMono
	}
	for _, runs := range cutRuns(p.Runs, int(maxRowHeight/(size*lineHeight))-2, size, width) {
		cell, err := s.value(runs, look)
		if err != nil {
			return err
		}
		look.free = len(cell.text) > 255 && !startsFormula(cell.text)
		cell.style = s.style(look)
		height := float64(s.rule.lines(cell.text, face, width))*size*lineHeight + 3
		switch p.Style {
		case Title, Heading1, Heading2:
			height += size
		}
		row := s.row
		if strings.TrimSpace(cell.text) == "" {
			s.row++
			s.height += height
			continue
		}
		cells := make([]bookCell, len(s.widths)-from)
		for i := range cells {
			cells[i].style = cell.style
		}
		cells[0] = cell
		s.put(from, cells, rowHeight{height, true})
		s.merge(row, from, 1, len(cells))
	}
	return nil
}

// indentWidth is about the width of a step of indent, mm: three spaces.
const indentWidth = 3.2

// middle is the column that begins near the middle of the sheet, 0 for none.
func (s *xlsxSheet) middle() int {
	total, x, best := sum(s.widths), 0.0, 0
	near := total * 0.15
	for i, w := range s.widths {
		if d := math.Abs(x - total/2); d <= near {
			best, near = i, d
		}
		x += w
	}
	return best
}

// startsFormula reports whether a spreadsheet takes the text for a formula when it is typed.
func startsFormula(s string) bool { return s != "" && strings.ContainsRune("=+-@", rune(s[0])) }

// cutRuns cuts runs between words into pieces of about so many lines; most often there is one.
func cutRuns(runs []Run, lines int, size, width float64) [][]Run {
	room := max(int(float64(lines)*width/(size*0.6)), 200) // letters
	var out [][]Run
	var piece []Run
	left := room
	for _, r := range runs {
		for len(r.Text) > 2*left { // a Russian letter is two bytes
			i := strings.LastIndexAny(r.Text[:2*left], " \n")
			if i <= 0 {
				i = strings.IndexAny(r.Text[1:], " \n") + 1
			}
			if i <= 0 {
				break
			}
			head := r
			head.Text = r.Text[:i]
			out = append(out, append(piece, head))
			piece, left = nil, room
			r.Text = r.Text[i+1:]
		}
		piece = append(piece, r)
		left = max(left-len(r.Text)/2, 1)
	}
	return append(out, piece)
}

// table writes a table on the first columns of the sheet.
func (s *xlsxSheet) table(t *Table) error {
	if t.Caption != "" {
		if err := s.para(P(Body, t.Caption), 0); err != nil {
			return err
		}
	}
	n := t.columns()
	if n == 0 || len(t.Rows) == 0 {
		return nil
	}
	heights := s.heights(t)
	walk := newGridWalk(t)
	cells := make([]bookCell, n)
	for i := range t.Rows {
		head := i < t.Head
		row := s.row
		slots := walk.row(i)
		for _, sl := range slots {
			look := xlsxLook{cell: true, head: head, border: !t.Borderless}
			var cell bookCell
			if !sl.above {
				look.bold, look.align = sl.cell.Bold, sl.cell.Align
				var err error
				if cell, err = s.value(sl.cell.runs(), look); err != nil {
					return err
				}
				look.free = len(cell.text) > 255 && !startsFormula(cell.text)
			}
			cell.style = s.style(look)
			for c := range sl.cols {
				cells[sl.col+c] = bookCell{style: cell.style}
			}
			cells[sl.col] = cell
		}
		s.put(0, cells, heights[i])
		for _, sl := range slots {
			if !sl.above {
				s.merge(row, sl.col, sl.rows, sl.cols)
			}
		}
	}
	return nil
}

// runs are the cell's text as runs.
func (c *Cell) runs() []Run {
	if len(c.Runs) > 0 {
		return c.Runs
	}
	return []Run{{Text: c.Text}}
}

// code puts the picture of a QR code on the left and its words on the columns right of it, or under it where there are none.
func (s *xlsxSheet) code(c *Code) error {
	side := c.side()
	from, x := 0, 0.0
	for from < len(s.widths) && x < side+2 {
		x += s.widths[from]
		from++
	}
	first, start := s.row, s.height
	if !s.dry {
		png, err := c.png()
		if err != nil {
			return err
		}
		s.pictures = append(s.pictures, xlsxPicture{s.row, side, cleanText(c.Alt), png})
	}
	beside := func() error {
		for i := range c.Beside {
			if err := s.para(&c.Beside[i], from); err != nil {
				return err
			}
		}
		return nil
	}
	if from < len(s.widths) {
		if err := beside(); err != nil {
			return err
		}
	}
	if rest := side*pdfMM + 6 - (s.height - start); rest > 0 {
		rows := int(math.Ceil(rest / 15))
		s.row += rows
		s.height += 15 * float64(rows)
	}
	if from == len(s.widths) {
		from = 0
		if err := beside(); err != nil {
			return err
		}
	}
	if s.row == first {
		s.row++
	}
	return nil
}
