package pdf

import "strconv"

// An RGB is a colour of sRGB.
type RGB [3]uint8

// Save keeps the state of colours, lines and clipping until Restore; both must stand within the same content.
func (p *Page) Save() { p.put("q\n") }

// Restore takes back what was changed since Save.
func (p *Page) Restore() {
	p.put("Q\n")
	p.face = nil
}

// FillColor is the colour of what is filled and of text from here on.
func (p *Page) FillColor(c RGB) { p.color(c, "rg") }

// LineColor is the colour of lines from here on.
func (p *Page) LineColor(c RGB) { p.color(c, "RG") }

func (p *Page) color(c RGB, op string) {
	b := p.bufs[p.cur]
	for _, v := range c {
		b = append(strconv.AppendFloat(b, float64(v)/255, 'f', 3, 64), ' ')
	}
	p.bufs[p.cur] = append(append(b, op...), '\n')
}

// LineStyle is the width of lines from here on, with the lengths of their strokes and gaps by turns; joins are round.
func (p *Page) LineStyle(width float64, dash []float64) {
	b := append(num(p.bufs[p.cur], width), " w 1 j ["...)
	for _, d := range dash {
		b = append(num(b, max(d, .01)), ' ')
	}
	p.bufs[p.cur] = append(b, "] 0 d\n"...)
}

// MoveTo begins a part of an outline.
func (p *Page) MoveTo(x, y float64) { p.points("m", x, y) }

// LineTo goes straight to a point.
func (p *Page) LineTo(x, y float64) { p.points("l", x, y) }

// CurveTo goes to x, y by a cubic curve.
func (p *Page) CurveTo(x1, y1, x2, y2, x, y float64) { p.points("c", x1, y1, x2, y2, x, y) }

// ClosePath goes back to where the part began.
func (p *Page) ClosePath() { p.put("h\n") }

func (p *Page) points(op string, xy ...float64) {
	b := p.bufs[p.cur]
	for i := 0; i < len(xy); i += 2 {
		b = append(num(b, xy[i]), ' ')
		b = append(num(b, p.Height-xy[i+1]), ' ')
	}
	p.bufs[p.cur] = append(append(b, op...), '\n')
}

// FillPath paints the inside of the outline, StrokePath its line; ClipPath lets later paint through only inside of it.
func (p *Page) FillPath() { p.put("f\n") }

// StrokePath paints the line of the outline.
func (p *Page) StrokePath() { p.put("S\n") }

// ClipPath lets what is painted from here to Restore show only inside of the outline.
func (p *Page) ClipPath() { p.put("W n\n") }
