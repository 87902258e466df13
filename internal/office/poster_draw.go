package office

import "perechen/internal/office/pdf"

// draw puts a poster on a page of its own.
func (w *PosterWriter) draw(x *posterPlan, p Poster) {
	l := w.l
	page := l.w.NewPage(w.width, w.height)
	l.page, l.open = page, nil
	l.pages++
	left, right := posterMargin*w.unit, w.width-posterMargin*w.unit
	width, scale := right-left, x.scale
	sheet := l.parent().Add("Sect")
	y := posterMargin * w.unit
	if x.kicker != nil {
		y = w.text(sheet.Add("P"), x.kicker, left, y, width) + 1.5*w.unit*scale
	}
	y = w.text(sheet.Add("H1"), x.title, left, y, width) + 3*w.unit*scale
	if x.lead != nil {
		y = w.text(sheet.Add("P"), x.lead, left, y, width) + 3*w.unit*scale
	}
	y += 3 * w.unit * scale
	column := left + w.column(p)
	// What is left over is given to the parts, so that the page is filled and not crowded.
	gap := w.gap(scale)
	if n := len(x.parts); n > 0 {
		gap += min(max(0, w.room(p)-x.height)/float64(2*n), posterGap*w.unit*0.6)
	}
	for i := range x.parts {
		part := &x.parts[i]
		thick := 0.5 * w.unit / pdfMM
		if i == 0 {
			thick = 2.5 * w.unit / pdfMM
		}
		w.rule(left, y, width, thick)
		y += gap
		first := part.items
		if len(part.label.glyphs) > 0 && len(first) > 0 {
			// The label stands on the base line of the first line beside it.
			down := base(first[0].text) - base(part.label)
			w.text(sheet.Add("H2"), part.label, left, y+max(0, down), column-left)
		}
		w.items(sheet, x, part, column, y, right-column)
		y += w.partHeight(x, part) + gap
	}
	if len(x.parts) == 0 {
		w.rule(left, y, width, 2.5*w.unit/pdfMM)
	}
	w.codes(sheet, p)
	w.foot(sheet, p)
	sheet.Close()
}

// base is how far below its top the first base line of a text stands.
func base(t *pdfText) float64 { return (t.lead-t.size*1.107)/2 + t.size*0.891 }

// text draws a text and closes its element; it returns where the text ends.
func (w *PosterWriter) text(e *pdf.Elem, t *pdfText, x, y, width float64) float64 {
	for i := range t.lines {
		w.l.drawLine(t, i, x, y+float64(i)*t.lead, width, Left, e)
	}
	w.l.untag()
	e.Close()
	return y + t.height()
}

func (w *PosterWriter) rule(x, y, width, thick float64) {
	w.l.artifact("Layout")
	w.l.page.Fill(x, y, width, thick)
	w.l.untag()
}

func (w *PosterWriter) items(sheet *pdf.Elem, x *posterPlan, part *posterPartPlan, left, y, width float64) {
	in, itemTag, textTag := sheet, "", "P"
	if part.list {
		in, itemTag, textTag = sheet.Add("L"), "LI", "LBody"
	}
	for i, it := range part.items {
		if i > 0 {
			y += w.itemGap(x.scale)
		}
		to := in
		if itemTag != "" {
			to = in.Add(itemTag)
		}
		if it.note == nil {
			y = w.text(to.Add(textTag), it.text, left, y, width)
		} else {
			body := to
			if itemTag != "" {
				body = to.Add(textTag)
			}
			y = w.text(body.Add("P"), it.text, left, y, width)
			y = w.text(body.Add("P"), it.note, left, y, width)
			if body != to {
				body.Close()
			}
		}
		if to != in {
			to.Close()
		}
	}
	if in != sheet {
		in.Close()
	}
}

// codes draws the codes side by side above the foot.
func (w *PosterWriter) codes(sheet *pdf.Elem, p Poster) {
	codes := p.Codes[:min(2, len(p.Codes))]
	left := posterMargin * w.unit
	half := (w.width - 2*left - 6*w.unit) / 2
	side := posterCode * w.unit
	top := w.footTop() - side - 5*w.unit
	for i, c := range codes {
		x := left + float64(i)*(half+6*w.unit)
		width := half
		if len(codes) == 1 {
			width = w.width - 2*left
		}
		fig := sheet.Add("Figure").Alt(c.Alt).Box(w.l.page, x, top, side, side)
		w.l.tag(fig)
		w.l.page.Squares(squares(c.Modules, x, top, side))
		w.l.untag()
		fig.Close()
		w.codeWords(sheet, c, x+side+4*w.unit, top, width-side-4*w.unit, side)
	}
}

// codeWords sets the words beside a code into its height.
func (w *PosterWriter) codeWords(sheet *pdf.Elem, c PosterCode, x, y, width, height float64) {
	u := w.unit / pdfMM
	var title, address *pdfText
	for scale := 1.0; ; scale -= 0.05 {
		size := 13 * u * scale
		title = w.l.setText([]Run{{Text: c.Title, Bold: true}}, pdfType{size: size, lead: size * 1.16}, width, 0)
		size = 9.5 * u * scale
		address = w.l.setText([]Run{{Text: c.Address, Link: c.Address}}, pdfType{size: size, lead: size * 1.2}, width, 0)
		if title.height()+address.height()+2*w.unit <= height {
			break
		}
		if scale < 0.6 {
			w.l.clip(title, 3, width)
			w.l.clip(address, max(1, int((height-title.height()-2*w.unit)/address.lead)), width)
			break
		}
	}
	y = w.text(sheet.Add("P"), title, x, y, width)
	if c.Address == "" {
		return
	}
	e := sheet.Add("P")
	for i := range address.lines {
		w.l.drawLine(address, i, x, y+2*w.unit+float64(i)*address.lead, width, Left, e)
	}
	w.l.untag()
	address.close()
	e.Close()
}

// foot draws the two small texts at the foot, each in its half.
func (w *PosterWriter) foot(sheet *pdf.Elem, p Poster) {
	left, top := posterMargin*w.unit, w.footTop()
	width := w.width - 2*left
	w.rule(left, top, width, 0.5*w.unit/pdfMM)
	size := posterFoot * w.unit / pdfMM
	share := [2]float64{0.62, 0.34}
	for i, s := range p.Foot {
		if s == "" {
			continue
		}
		cell := width * share[i]
		t := w.l.setText([]Run{{Text: s}}, pdfType{size: size, lead: size * 1.16}, cell, 0)
		w.l.clip(t, 3, cell)
		x, align := left, Left
		if i == 1 {
			x, align = left+width-cell, Right
		}
		e := sheet.Add("P")
		for k := range t.lines {
			w.l.drawLine(t, k, x, top+1.6*w.unit+float64(k)*t.lead, cell, align, e)
		}
		w.l.untag()
		e.Close()
	}
}

// squares are the dark modules of a code as rectangles, those that touch in a row as one.
func squares(modules [][]bool, x, y, side float64) [][4]float64 {
	if len(modules) == 0 {
		return nil
	}
	m := side / float64(len(modules))
	var out [][4]float64
	for r, row := range modules {
		for from := 0; from < len(row); from++ {
			if !row[from] {
				continue
			}
			to := from
			for to < len(row) && row[to] {
				to++
			}
			out = append(out, [4]float64{x + float64(from)*m, y + float64(r)*m, float64(to-from) * m, m})
			from = to
		}
	}
	return out
}
