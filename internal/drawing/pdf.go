package drawing

import (
	"fmt"
	"io"
	"math"
	"strings"
	"time"

	"perechen/internal/office/pdf"
)

// A Paper is a size of paper.
type Paper byte

const (
	A4 Paper = iota
	A3
)

// ParsePaper reads «a4» or «A3»; the empty string is A4.
func ParsePaper(s string) (Paper, error) {
	switch strings.ToLower(s) {
	case "", "a4":
		return A4, nil
	case "a3":
		return A3, nil
	}
	return A4, fmt.Errorf("no paper %q: a4 or a3", s)
}

// A Print says how drawings are put on paper.
type Print struct {
	Paper   Paper
	Title   string    // of the document; the first drawing's title when empty
	Notes   []string  // below each drawing
	Footer  string    // at the foot of each page, before its number
	Base    string    // begins the addresses of links that are paths of ours; without it they lead nowhere
	Created time.Time // zero for none
}

const (
	point    = 72.0 / 96 // of a unit, in points
	pageEdge = 36.0      // margin of a page, in points
)

// WritePDF writes each drawing on a page of its own, upright or across as it fits better, as large as it goes but not
// larger than it was drawn. The file is tagged: a heading, a figure with the drawing's title and description as its text,
// the notes. The text of a drawing is text and can be searched. The same calls give the same bytes.
func WritePDF(w io.Writer, s Print, drawings ...*Drawing) error {
	title := s.Title
	if title == "" && len(drawings) > 0 {
		title = drawings[0].Title
	}
	p := &printer{print: s, w: pdf.New(w, pdf.Meta{Title: title, Producer: "perechen", Lang: "ru-RU", Created: s.Created})}
	for i, d := range drawings {
		p.drawing(d, i, len(drawings))
	}
	return p.w.Close()
}

type printer struct {
	print  Print
	w      *pdf.Writer
	page   *pdf.Page
	x, y   float64 // where the drawing's zero stands, in points
	k      float64 // points for a unit
	figure *pdf.Elem
	open   *pdf.Elem
}

var (
	headType   = Type{Size: 16 / point, Bold: true}
	noteType   = Type{Size: 9 / point}
	footerType = Type{Size: 8 / point, Color: Soft}
)

func (p *printer) drawing(d *Drawing, i, n int) {
	short, long := 595.28, 841.89
	if p.print.Paper == A3 {
		short, long = long, 1190.55
	}
	width, height := short, long
	if d.Width*1.15 > d.Height {
		width, height = long, short
	}
	p.page = p.w.NewPage(width, height)
	p.open = nil
	room := width - 2*pageEdge
	y := pageEdge
	if title := clean(d.Title); title != "" {
		tag := "H1"
		if i > 0 {
			tag = "H2"
		}
		y = p.words(p.w.Root().Add(tag), Wrap(title, room/point, 3, headType), headType, y) + 8
	}
	var notes []string
	for _, s := range p.print.Notes {
		notes = append(notes, Wrap(s, room/point, 0, noteType)...)
	}
	lead := noteType.lead() * point
	notes = notes[:min(len(notes), int(height/4/lead))]
	floor := height - pageEdge - 14
	if len(notes) > 0 {
		floor -= float64(len(notes))*lead + 8
	}
	p.k = min(point, room/max(d.Width, 1), (floor-y)/max(d.Height, 1))
	p.x, p.y = pageEdge+(room-d.Width*p.k)/2, y
	alt := strings.TrimSpace(clean(d.Title) + ". " + clean(d.Desc))
	p.figure = p.w.Root().Add("Figure").Alt(alt).Box(p.page, p.x, p.y, d.Width*p.k, d.Height*p.k)
	p.items(&d.Group, d.X, d.Y, p.figure)
	p.page.End()
	p.figure.Close()
	p.open = nil
	if len(notes) > 0 {
		p.words(p.w.Root().Add("P"), notes, noteType, y+d.Height*p.k+8)
	}
	foot := clean(p.print.Footer)
	if n > 1 {
		foot = strings.TrimPrefix(fmt.Sprintf("%s · %d / %d", foot, i+1, n), " · ")
	}
	if foot != "" {
		p.page.Artifact("Pagination")
		p.line(Cut(foot, room/point, footerType), footerType, pageEdge, height-pageEdge, footerType.size()*point)
		p.page.End()
	}
}

// words sets lines as the content of an element and returns where they end.
func (p *printer) words(e *pdf.Elem, lines []string, t Type, y float64) float64 {
	p.page.Begin(e)
	for i, s := range lines {
		if i < len(lines)-1 {
			s += " "
		}
		p.line(s, t, pageEdge, y+t.size()*point*ascent, t.size()*point)
		y += t.lead() * point
	}
	p.page.End()
	e.Close()
	return y
}

// line shows text at x with its baseline at y, all in points, in as many faces as it needs.
func (p *printer) line(s string, t Type, x, y, size float64) {
	p.page.FillColor(rgb(t.color()))
	runes := []rune(s)
	for from := 0; from < len(runes); {
		f := t.font(runes[from])
		to, adv := from, 0
		for to < len(runes) && t.font(runes[to]) == f {
			adv += f.Advance(runes[to])
			to++
		}
		p.page.Text(p.w.Face(f), size, x, y, runes[from:to], 0)
		x += float64(adv) * size / 1000
		from = to
	}
}

func rgb(c Paint) pdf.RGB {
	v := c.rgb()
	return pdf.RGB{v.R, v.G, v.B}
}

// begin says that what follows is content of the element.
func (p *printer) begin(e *pdf.Elem) {
	if p.open != e {
		p.page.Begin(e)
		p.open = e
	}
}

func (p *printer) items(g *Group, dx, dy float64, e *pdf.Elem) {
	for _, it := range g.items {
		switch it := it.(type) {
		case shape:
			p.begin(e)
			p.shape(it, dx, dy)
		case text:
			p.begin(e)
			// a blank keeps the words of neighbouring texts apart when they are copied
			p.line(it.s+" ", it.t, p.x+(it.left()+dx)*p.k, p.y+(it.y+dy)*p.k, it.t.size()*p.k)
		case *Group:
			p.group(it, dx+it.X, dy+it.Y, e)
		}
	}
}

// group draws a group; one that leads somewhere becomes a link of the file.
func (p *printer) group(g *Group, dx, dy float64, e *pdf.Elem) {
	href := safe(g.Href)
	if strings.HasPrefix(href, "/") && p.print.Base != "" {
		href = strings.TrimSuffix(p.print.Base, "/") + href
	}
	x1, y1, x2, y2, ok := g.bounds()
	if !ok || !strings.Contains(href, ":") {
		p.items(g, dx, dy, e)
		return
	}
	link := e.Add("Link")
	p.items(g, dx, dy, link)
	title := clean(g.Title)
	if title == "" {
		title = href
	}
	dx, dy = dx-g.X, dy-g.Y // the bounds are in the coordinates around the group
	p.page.Link(link, p.x+(x1+dx)*p.k, p.y+(y1+dy)*p.k, (x2-x1)*p.k, (y2-y1)*p.k, href, title)
	p.page.End()
	p.open = nil
	link.Close()
}

func (p *printer) shape(h shape, dx, dy float64) {
	o := h.outline()
	g := p.page
	if h.style.Fill != "" && h.kind != 'l' {
		g.FillColor(rgb(h.style.Fill))
		p.path(o, dx, dy)
		g.FillPath()
	}
	if h.style.Hatch != Plain {
		g.Save()
		p.path(o, dx, dy)
		g.ClipPath()
		p.hatch(h, dx, dy)
		g.Restore()
	}
	if h.style.Stroke != "" {
		g.LineColor(rgb(h.style.Stroke))
		dash := make([]float64, len(h.style.Dash))
		for i, d := range h.style.Dash {
			dash[i] = d * p.k
		}
		g.LineStyle(h.style.width()*p.k, dash)
		p.path(o, dx, dy)
		g.StrokePath()
	}
}

func (p *printer) path(o *Path, dx, dy float64) {
	at := func(x, y float64) (float64, float64) { return p.x + (x+dx)*p.k, p.y + (y+dy)*p.k }
	started := false
	for _, s := range o.ops {
		if s.kind != 'M' && !started {
			continue
		}
		x, y := at(s.p[0], s.p[1])
		switch s.kind {
		case 'M':
			p.page.MoveTo(x, y)
			started = true
		case 'L':
			p.page.LineTo(x, y)
		case 'C':
			x2, y2 := at(s.p[2], s.p[3])
			x3, y3 := at(s.p[4], s.p[5])
			p.page.CurveTo(x, y, x2, y2, x3, y3)
		case 'Z':
			p.page.ClosePath()
		}
	}
	if !started {
		p.page.MoveTo(p.x, p.y)
	}
}

// hatch draws the lines of a hatch over the box of the shape, which is the outline that clips them.
func (p *printer) hatch(h shape, dx, dy float64) {
	box := Group{items: []item{h}}
	x1, y1, x2, y2, ok := box.bounds()
	if !ok || (x2-x1)*(y2-y1) > 1e8 {
		return
	}
	lines := new(Path)
	from := func(v, step float64) float64 { return math.Floor(v/step) * step }
	kind := h.style.Hatch
	if kind == Up || kind == Cross {
		for c := from(x1+y1, hatchStep); c <= x2+y2; c += hatchStep {
			lines.Move(c-y2, y2).Line(c-y1, y1)
		}
	}
	if kind == Down || kind == Cross {
		for c := from(x1-y2, hatchStep); c <= x2-y1; c += hatchStep {
			lines.Move(c+y1, y1).Line(c+y2, y2)
		}
	}
	if kind == Level {
		for y := from(y1, hatchStep/2) + 2; y <= y2; y += hatchStep / 2 {
			lines.Move(x1, y).Line(x2, y)
		}
	}
	if kind == Dots {
		p.page.FillColor(rgb(h.style.hatchInk()))
		for y := from(y1, hatchStep/2) + 2; y <= y2+hatchDot; y += hatchStep / 2 {
			shift := 2.0
			if int(math.Round((y-2)/(hatchStep/2)))&1 != 0 {
				shift = 6
			}
			for x := from(x1, hatchStep) - hatchStep + shift; x <= x2+hatchDot; x += hatchStep {
				p.path(new(Path).rounded(x-hatchDot, y-hatchDot, 2*hatchDot, 2*hatchDot, hatchDot), dx, dy)
				p.page.FillPath()
			}
		}
		return
	}
	p.page.LineColor(rgb(h.style.hatchInk()))
	p.page.LineStyle(hatchLine*p.k, nil)
	p.path(lines, dx, dy)
	p.page.StrokePath()
}
