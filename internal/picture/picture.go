// Package picture makes the pictures of a register: who is served through what, where the holes are, how fresh it all is,
// how it came to be so. Each picture is also a table of the same facts and a sentence that says the main one.
//
// It is pure: a picture is made from a state that it is given, and draws with package drawing.
package picture

import (
	"perechen/internal/drawing"
	"perechen/internal/lang"
	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// A View is what a picture is made from, and what of it is wanted.
type View struct {
	Register  *register.Register
	Procedure *procedure.Procedure
	Watch     *upkeep.Watch
	Findings  []register.Finding // open ones
	Lines     []register.Entry   // of the log, without contents
	Day       register.Date
	Lang      lang.Tag
	Inside    bool // for those who work with the register: missed deadlines are shown

	Department string // only what belongs to this department; empty for all
	Only       string // a part of the picture: see each

	// To gives the address of a page of the body; Propose that of a form in which somebody may fill a hole, empty when
	// the one who looks may not. Any may be nil: then nothing leads there.
	To      func(parts ...string) string
	Propose func(process, need string) string
	Clause  func(number string) string // of the order
	Finding func(id string) string
}

func (v *View) to(parts ...string) string {
	if v.To == nil {
		return ""
	}
	return v.To(parts...)
}

func (v *View) propose(process, need string) string {
	if v.Propose == nil {
		return ""
	}
	return v.Propose(process, need)
}

func (v *View) clause(number string) string {
	if v.Clause == nil || number == "" {
		return ""
	}
	return v.Clause(number)
}

func (v *View) finding(id string) string {
	if v.Finding == nil {
		return ""
	}
	return v.Finding(id)
}

func (v *View) inForce(from, to register.Date) bool {
	return (from == "" || from <= v.Day) && (to == "" || v.Day <= to)
}

func (v *View) department(key string) string {
	for _, d := range v.Register.Departments {
		if d.Key == key {
			return d.Title
		}
	}
	return ""
}

// A Picture says the same three times: in a sentence, drawn, and in tables.
type Picture struct {
	Title  string
	Says   string // what is lacking, in a sentence that names it; empty when nothing is
	Line   string // what the picture shows, in a sentence
	Loud   []Loud // what must be seen first
	Calm   string // said instead when there is nothing of the kind
	Tables []Table
	Total  int  // things that may be shown in pages; Draw takes a part of them
	Sliced bool // a long picture is cut into sheets when it is printed

	draw func(from, to int, narrow bool) *drawing.Drawing
}

// Draw draws the things from … to of Total, for a wide page or for a telephone; nil when there is nothing to draw.
func (p *Picture) Draw(from, to int, narrow bool) *drawing.Drawing {
	if p.draw == nil || p.Total == 0 {
		return nil
	}
	return p.draw(max(0, from), min(to, p.Total), narrow)
}

// A Loud is a fact that needs somebody: its subject, what is wrong, why, and what can be done.
type Loud struct {
	Title, Href string // the subject
	What        string // «нет цифровой точки»
	Why         string // the finding's own sentence, with what it hangs on
	WhyHref     string
	Act         string // address of the form that fills the hole
}

// A Table holds the facts of a picture. Paged tables show the things that the drawing shows.
type Table struct {
	Caption string
	Head    []string
	Rows    [][]Cell
	Paged   bool
	Words   bool // the headings are the register's own words from the column WordsFrom on
	From    int
}

// A Cell of a Table.
type Cell struct {
	Text, Href string
	Small      string
	Act        string // address of the form that fills the hole
	Bad        bool
	Own        bool // the register's own words
}

// Widths of drawings.
const (
	wide   = 1200.0
	narrow = 328.0
)

func width(n bool) float64 {
	if n {
		return narrow
	}
	return wide
}

var (
	textType  = drawing.Type{Size: 14}
	boldType  = drawing.Type{Size: 14, Bold: true}
	smallType = drawing.Type{Size: 12, Color: drawing.Soft}
	headType  = drawing.Type{Size: 12, Bold: true, Color: drawing.Soft}
)

// in is the type in another colour.
func in(t drawing.Type, c drawing.Paint) drawing.Type {
	t.Color = c
	return t
}

func anchored(t drawing.Type, a drawing.Anchor) drawing.Type {
	t.Anchor = a
	return t
}

// chip draws the sign of a class with its letter: a disc for a digital point, a square for an offline one, so that shape
// and letter say what the colour says.
func (v *View) chip(g *drawing.Group, x, y float64, class register.Class) {
	const side = 20
	letter := drawing.Type{Size: 12, Bold: true, Anchor: drawing.Middle}
	switch class {
	case register.Digital:
		g.Circle(x+side/2, y+side/2, side/2, drawing.Style{Fill: drawing.Digital})
		g.Text(x+side/2, y+side/2+4.3, v.Lang.T("picture.d"), in(letter, drawing.Field))
	case register.Offline:
		g.Rect(x+.75, y+.75, side-1.5, side-1.5, drawing.Style{Fill: drawing.OfflineBg, Stroke: drawing.Offline, Width: 1.5})
		g.Text(x+side/2, y+side/2+4.3, v.Lang.T("picture.o"), in(letter, drawing.Offline))
	case disputed:
		g.Circle(x+side/2, y+side/2, side/2-.75, drawing.Style{Fill: drawing.Field, Stroke: drawing.Unclear, Width: 1.5, Dash: []float64{4, 2.5}})
		g.Text(x+side/2, y+side/2+4.3, "?", in(letter, drawing.Unclear))
	default:
		g.Rect(x+.5, y+.5, side-1, side-1, drawing.Style{Fill: drawing.Field, Stroke: drawing.Soft})
		g.Text(x+side/2, y+side/2+4.3, "?", in(letter, drawing.Soft))
	}
}

// key draws the legend: signs with their words, in lines, and returns the height.
func (v *View) key(d *drawing.Drawing, x, y, room float64, items []keyItem) float64 {
	at, top := x, y
	for _, it := range items {
		w := 28 + drawing.Width(it.text, smallType) + 22
		if at > x && at+w > x+room {
			at, y = x, y+26
		}
		it.sign(&d.Group, at, y)
		lines := drawing.Wrap(it.text, room-28, 3, smallType)
		for i, line := range lines {
			d.Text(at+28, y+14.5+float64(i)*16, line, smallType)
		}
		at += w
		if n := len(lines); n > 1 { // it stands in lines of its own
			at, y = x+room, y+float64(n-1)*16
		}
	}
	return y - top + 26
}

type keyItem struct {
	sign func(g *drawing.Group, x, y float64)
	text string
}

func (v *View) classKey(class register.Class, key string) keyItem {
	return keyItem{func(g *drawing.Group, x, y float64) { v.chip(g, x, y, class) }, v.Lang.T(key)}
}
