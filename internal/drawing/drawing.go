// Package drawing is a small model of flat pictures (maps, matrices, bars, lines of time) with three ways out: SVG for
// pages and for files, PNG, and pages of a tagged PDF. What is drawn once looks the same in all of them.
//
//	d := drawing.New(320, 60, "Каналы отдела кадров", "Пять цифровых точек, две офлайн.")
//	d.Rect(0, 20, 200, 24, drawing.Style{Fill: drawing.Digital})
//	d.Rect(200, 20, 80, 24, drawing.Style{Fill: drawing.OfflineBg, Hatch: drawing.Up, HatchInk: drawing.Offline})
//	d.Text(4, 14, "цифровые · 5", drawing.Type{Bold: true})
//	cell := d.Add(drawing.Group{Href: "/komzan/points", Title: "Все точки отдела"})
//	cell.Text(0, 58, "все точки", drawing.Type{Color: drawing.Link})
//	page := d.Inline()                           // an <svg> for a page: follows its scheme, its print, its fonts
//	err := d.WriteSVG(w)                         // a file of its own, also for office programs
//	err = d.WritePNG(w, 2)                       // two pixels for one
//	err = drawing.WritePDF(w, drawing.Print{}, d) // A4, text that can be searched
//
// Lengths are CSS pixels (96 in an inch; MM is a millimetre of them), y runs down. Colours are names of what the pages
// call them (Ink, Digital …), so that a picture in a page follows light and dark. Nothing may be said by colour alone:
// Style.Hatch and words are there for that. Text is measured by the font it is drawn with (Width, Wrap, Cut), and
// Group.Box never lets it out of its box.
package drawing

// MM is a millimetre in the units of a drawing.
const MM = 96 / 25.4

// A Drawing is a picture: a group with a size. Title and Desc are read to those who cannot see it; a drawing whose ID is
// empty may stand only once in a page.
type Drawing struct {
	Width, Height float64
	Group
}

// New starts a picture. The title names it, the description says in a sentence or two what there is to see.
func New(width, height float64, title, desc string) *Drawing {
	return &Drawing{Width: width, Height: height, Group: Group{Title: title, Desc: desc}}
}

// A Group holds shapes, text and groups, drawn in the order in which they were added.
type Group struct {
	ID    string  // of the element in a page; no spaces
	Class string  // of the element in a page
	X, Y  float64 // where the group's own zero stands in the group around it
	// Href makes all of the group lead to an address. Title is then its name for those who cannot see it, with the text
	// that is seen in it; without a title that text alone is.
	Href        string
	Title, Desc string

	items []item
}

// item is a shape, a text or a *Group.
type item interface{}

// Add puts a group into the group and returns it, to be drawn into.
func (g *Group) Add(child Group) *Group {
	c := &child
	g.items = append(g.items, c)
	return c
}

// Empty tells whether nothing is drawn in the group.
func (g *Group) Empty() bool { return len(g.items) == 0 }

// A Style says how a shape is painted; the zero style paints nothing.
type Style struct {
	Fill     Paint
	Hatch    Hatch // drawn over the fill
	HatchInk Paint // Ink when empty
	Stroke   Paint
	Width    float64   // of the stroke; 1 when zero
	Dash     []float64 // lengths of strokes and gaps by turns
}

func (s Style) width() float64 {
	if s.Width <= 0 {
		return 1
	}
	return s.Width
}

func (s Style) hatchInk() Paint {
	if s.HatchInk == "" {
		return Ink
	}
	return s.HatchInk
}

type shape struct {
	kind       byte // 'r' rectangle, 'c' circle, 'l' line, 'p' path
	x, y, w, h float64
	r          float64
	path       Path
	style      Style
}

// Rect draws a rectangle.
func (g *Group) Rect(x, y, width, height float64, s Style) { g.RoundRect(x, y, width, height, 0, s) }

// RoundRect draws a rectangle with round corners.
func (g *Group) RoundRect(x, y, width, height, radius float64, s Style) {
	g.items = append(g.items, shape{kind: 'r', x: x, y: y, w: width, h: height, r: max(0, min(radius, width/2, height/2)), style: s})
}

// Circle draws a circle.
func (g *Group) Circle(x, y, radius float64, s Style) {
	g.items = append(g.items, shape{kind: 'c', x: x, y: y, r: radius, style: s})
}

// Line draws a straight line, with the stroke of the style.
func (g *Group) Line(x1, y1, x2, y2 float64, s Style) {
	g.items = append(g.items, shape{kind: 'l', x: x1, y: y1, w: x2 - x1, h: y2 - y1, style: s})
}

// Polygon draws a closed shape through points given as x, y, x, y ….
func (g *Group) Polygon(s Style, xy ...float64) {
	g.Path(new(Path).through(xy).Close(), s)
}

// Polyline draws an open line through points given as x, y, x, y ….
func (g *Group) Polyline(s Style, xy ...float64) {
	g.Path(new(Path).through(xy), s)
}

// Path draws any outline.
func (g *Group) Path(p *Path, s Style) {
	g.items = append(g.items, shape{kind: 'p', path: *p, style: s})
}

// An Anchor says which point of a text stands at its x.
type Anchor byte

const (
	Start Anchor = iota
	Middle
	End
)

// A Type says how text is set.
type Type struct {
	Size   float64 // 14 when zero
	Bold   bool
	Color  Paint // Ink when empty
	Anchor Anchor
	Lead   float64 // from line to line in Box; 1.3 of the size when zero
}

func (t Type) size() float64 {
	if t.Size <= 0 {
		return 14
	}
	return t.Size
}

func (t Type) color() Paint {
	if t.Color == "" {
		return Ink
	}
	return t.Color
}

func (t Type) lead() float64 {
	if t.Lead <= 0 {
		return t.size() * 1.3
	}
	return t.Lead
}

type text struct {
	x, y float64
	s    string
	t    Type
}

// Text draws one line of text with its baseline at y. It is as wide as Width says.
func (g *Group) Text(x, y float64, s string, t Type) {
	if s = clean(s); s != "" {
		g.items = append(g.items, text{x, y, s, t})
	}
}

// Box sets text in lines within a box, from its upper edge, and returns the height that it took. What does not fit in
// is cut with «…» at the end of the last line; a height of zero is no limit. With Middle and End the lines stand in the
// middle or at the right side of the box.
func (g *Group) Box(x, y, width, height float64, s string, t Type) float64 {
	lines := 0
	if height > 0 {
		lines = max(1, int((height-t.size()*descent)/t.lead()+1e-9))
	}
	at := x
	switch t.Anchor {
	case Middle:
		at += width / 2
	case End:
		at += width
	}
	set := Wrap(s, width, lines, t)
	for i, line := range set {
		g.Text(at, y+float64(i)*t.lead()+(t.lead()-t.size()*(ascent+descent))/2+t.size()*ascent, line, t)
	}
	return float64(len(set)) * t.lead()
}
