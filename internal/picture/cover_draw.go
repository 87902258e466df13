package picture

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"perechen/internal/drawing"
	"perechen/internal/lang"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

var bothClasses = []register.Class{register.Digital, register.Offline}

// coverage is the picture of Covers: a row for each process, what lacks most first; its classes, then the needs.
type coverage struct {
	*View
	covers []Cover
	needs  []procedure.Need
	unmet  []procedure.Need
}

// Coverage shows which process is served by points of which class for which need, and where the holes are. Only "holes" leaves
// out processes that lack nothing.
func (v *View) Coverage() *Picture {
	c := &coverage{View: v, needs: v.needs()}
	c.covers, c.unmet = v.Covers()
	c.covers = slices.DeleteFunc(c.covers, func(x Cover) bool {
		return v.Department != "" && x.Process.Department != v.Department || v.Only == "holes" && x.weight() == 6
	})
	slices.SortStableFunc(c.covers, func(a, b Cover) int {
		return cmp.Or(cmp.Compare(a.weight(), b.weight()), cmp.Compare(len(b.Lacks), len(a.Lacks)))
	})
	p := &Picture{Title: v.Lang.T("picture.coverage"), Total: len(c.covers), Sliced: true, draw: c.draw}
	p.Tables = []Table{c.table()}
	counts, unclear := map[register.Class]int{}, map[register.Class]int{}
	for i := range c.covers {
		x := &c.covers[i]
		for _, class := range bothClasses {
			switch {
			case x.Unclear(class):
				unclear[class]++
			case !x.Has(class):
				counts[class]++
			}
		}
		if l, ok := c.loud(x); ok {
			p.Loud = append(p.Loud, l)
		}
	}
	p.Line = v.Lang.T("picture.coverage.line", v.Lang.Count(len(c.covers), "fact.processes"), c.lacking(counts, unclear, register.Digital), c.lacking(counts, unclear, register.Offline))
	if len(c.covers) > 0 {
		p.Calm = v.Lang.T("picture.coverage.calm")
	}
	p.Says = c.headline()
	for _, n := range c.unmet {
		p.Loud = append(p.Loud, Loud{Title: n.Text, What: v.Lang.T("picture.unmet"), Href: v.clause(n.Clause), Act: v.propose("", n.Code)})
	}
	return p
}

// lacking says how many processes have no point of a class, and of how many that cannot be said.
func (c *coverage) lacking(counts, unclear map[register.Class]int, class register.Class) string {
	text := lang.Number(int64(counts[class]))
	if n := unclear[class]; n > 0 {
		text += " " + c.Lang.T("picture.coverage.unclear", lang.Number(int64(n)))
	}
	return text
}

// loud says of a process that lacks a class what it lacks and why.
func (c *coverage) loud(x *Cover) (Loud, bool) {
	for _, class := range bothClasses {
		f := x.Finding[class]
		if x.Has(class) && f == nil {
			continue
		}
		l := Loud{Title: x.Process.Title, Href: c.to("processes", x.Process.Key, "rows"), What: c.Lang.T("picture.no." + string(class)), Act: c.propose(x.Process.Key, "")}
		switch {
		case x.Empty():
			l.What = c.Lang.T("picture.no.point")
		case x.Unclear(class):
			l.What = c.Lang.T("picture.unclear." + string(class))
		}
		if f != nil {
			l.Why = f.Text
			l.WhyHref = c.finding(f.ID)
		}
		return l, true
	}
	return Loud{}, false
}

func (c *coverage) table() Table {
	t := Table{Caption: c.Lang.T("picture.coverage.table"), Paged: true, Words: true, From: 3,
		Head: []string{c.Lang.T("col.process"), c.Lang.T("picture.digital"), c.Lang.T("picture.offline")}}
	for _, n := range c.needs {
		t.Head = append(t.Head, n.Text)
	}
	for i := range c.covers {
		x := &c.covers[i]
		row := []Cell{{Text: x.Process.Title, Href: c.to("processes", x.Process.Key, "rows"), Own: true, Small: c.department(x.Process.Department)}}
		for _, class := range bothClasses {
			cell := Cell{Text: lang.Number(int64(x.Points[class]))}
			switch {
			case x.Unclear(class):
				cell.Text, cell.Bad = c.Lang.T("picture.unclear"), true
			case !x.Has(class):
				cell = Cell{Text: c.Lang.T("process.nowhere"), Bad: true, Act: c.propose(x.Process.Key, "")}
			}
			row = append(row, cell)
		}
		for _, n := range c.needs {
			met := x.Needs[n.Code]
			cell := Cell{}
			for _, class := range needClasses {
				if met[class] > 0 {
					if cell.Text != "" {
						cell.Text += ", "
					}
					cell.Text += c.Lang.T("class."+cmp.Or(string(class), "none")) + "\u00a0" + lang.Number(int64(met[class]))
				}
			}
			if met == nil {
				cell = Cell{Text: c.Lang.T("process.nowhere"), Act: c.propose(x.Process.Key, n.Code)}
			}
			row = append(row, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (c *coverage) draw(from, to int, small bool) *drawing.Drawing {
	d := drawing.New(width(small), 0, c.Lang.T("picture.coverage"), c.Lang.T("picture.coverage.desc"))
	keys := []keyItem{c.classKey(register.Digital, "picture.key.d"), c.classKey(register.Offline, "picture.key.o"),
		{func(g *drawing.Group, x, y float64) { hole(g, x, y, 24, 20) }, c.Lang.T("picture.key.hole")}}
	if slices.ContainsFunc(c.covers, func(x Cover) bool { return x.Disputed() }) {
		keys = append(keys, c.classKey(disputed, "picture.key.disputed"))
	}
	y := c.key(d, 0, 0, d.Width, keys) + 8
	if small {
		y = c.narrowHead(d, y)
		for i := range c.covers[from:to] {
			y = c.block(d, &c.covers[from+i], y)
		}
	} else {
		y = c.head(d, y)
		for i := range c.covers[from:to] {
			y = c.row(d, &c.covers[from+i], y)
		}
	}
	d.Height = y + 1
	return d
}

// hole is the sign of what nothing satisfies.
func hole(g *drawing.Group, x, y, w, h float64) {
	g.RoundRect(x+.75, y+.75, w-1.5, h-1.5, 3, drawing.Style{Fill: drawing.Field, Stroke: drawing.Bad, Width: 1.5, Dash: []float64{4, 3}})
}

// The columns of the wide drawing.
const (
	titleWidth = 350.0
	classWidth = 116.0
)

// headLines is how many lines the name of a need may take at the head of its column.
const headLines = 9

func (c *coverage) needWidth() float64 {
	return (wide - titleWidth - 2*classWidth) / float64(max(1, len(c.needs)))
}

func (c *coverage) head(d *drawing.Drawing, y float64) float64 {
	height := 20.0
	nw := c.needWidth()
	t := c.headType(nw - 8)
	for _, n := range c.needs {
		height = max(height, float64(len(drawing.Wrap(n.Text, nw-8, headLines, t)))*t.Size*1.3)
	}
	d.Text(10, y+height-5, c.Lang.T("col.process"), headType)
	for i, class := range bothClasses {
		d.Box(titleWidth+float64(i)*classWidth+6, y+height-20, classWidth-12, 20, c.Lang.T("picture."+string(class)), headType)
	}
	for i, n := range c.needs {
		lines := drawing.Wrap(n.Text, nw-8, headLines, t)
		x := titleWidth + 2*classWidth + float64(i)*nw + 6
		for k, line := range lines {
			d.Text(x, y+height-5-float64(len(lines)-1-k)*t.Size*1.3, line, t)
		}
	}
	y += height + 4
	d.Line(0, y, wide, y, drawing.Style{Stroke: drawing.Rule, Width: 1.5})
	return y + 1
}

// headType is the size in which the longest word of a need fits into its column.
func (c *coverage) headType(room float64) drawing.Type {
	t := headType
	for _, n := range c.needs {
		for _, word := range strings.Fields(n.Text) {
			for t.Size > 9 && drawing.Width(word, t) > room {
				t.Size -= .5
			}
		}
	}
	return t
}

func (c *coverage) row(d *drawing.Drawing, x *Cover, y float64) float64 {
	title := boldType
	if x.weight() > 2 {
		title = textType
	}
	lines := drawing.Wrap(x.Process.Title, titleWidth-28, 3, title)
	height := max(46, float64(len(lines))*18+14)
	if x.weight() < 3 {
		d.Rect(0, y, wide, height, drawing.Style{Fill: drawing.BadBg})
		d.Rect(0, y, 6, height, drawing.Style{Fill: drawing.Bad})
	}
	g := d.Add(drawing.Group{Href: c.to("processes", x.Process.Key, "rows"), Title: strings.Join(lines, " ")})
	for i, line := range lines {
		g.Text(16, y+height/2-float64(len(lines))*9+float64(i)*18+13.5, line, title)
	}
	for i, class := range bothClasses {
		c.class(&d.Group, x, class, titleWidth+float64(i)*classWidth+5, y+5, classWidth-10, height-10)
	}
	nw := c.needWidth()
	for i, n := range c.needs {
		c.need(&d.Group, x, n, titleWidth+2*classWidth+float64(i)*nw+4, y+height/2-15, nw-8, false)
	}
	y += height
	d.Line(0, y, wide, y, drawing.Style{Stroke: drawing.Edge})
	return y + 1
}

// class is the field that says how many points of a class a process has; without any it is the loudest thing there is.
func (c *coverage) class(to *drawing.Group, x *Cover, class register.Class, left, top, w, h float64) {
	n := x.Points[class]
	if !x.Has(class) || x.Unclear(class) {
		word, style, paint := c.Lang.T("picture.none"), drawing.Style{Fill: drawing.Bad}, drawing.Field
		if x.Unclear(class) {
			word, style, paint = c.Lang.T("picture.unclear"), drawing.Style{Fill: drawing.Field, Stroke: drawing.Unclear, Width: 2, Dash: []float64{6, 3}}, drawing.Unclear
		}
		g := to.Add(drawing.Group{Href: c.propose(x.Process.Key, ""), Title: x.Process.Title + ": " + c.Lang.T("picture.no."+string(class))})
		if x.Unclear(class) {
			f := x.Finding[class]
			g.Href, g.Title = c.finding(f.ID), f.Text
		}
		g.RoundRect(left, top, w, h, 4, style)
		if g.Href != "" && !x.Unclear(class) && h >= 34 {
			g.Title = word + " " + c.Lang.T("picture.add") + ". " + g.Title
			g.Text(left+w/2, top+h/2, word, anchored(in(boldType, paint), drawing.Middle))
			g.Text(left+w/2, top+h/2+14, drawing.Cut(c.Lang.T("picture.add"), w-4, smallType), anchored(in(smallType, paint), drawing.Middle))
			return
		}
		g.Text(left+w/2, top+h/2+5, word, anchored(in(boldType, paint), drawing.Middle))
		return
	}
	c.chip(to, left, top+h/2-10, class)
	to.Text(left+28, top+h/2+5, drawing.Cut(c.Lang.Count(n, "fact.points"), w-28, textType), textType)
}

// need is the field of a need in a process: the signs of the classes through which it is met, or a hole.
func (c *coverage) need(to *drawing.Group, x *Cover, n procedure.Need, left, top, w float64, tall bool) {
	met := x.Needs[n.Code]
	if met == nil {
		g := to.Add(drawing.Group{Href: c.propose(x.Process.Key, n.Code), Title: c.Lang.T("picture.hole", x.Process.Title, n.Text)})
		h := 30.0
		if tall {
			h = 44
		}
		word := c.Lang.T("process.nowhere")
		if g.Href != "" {
			word = "+"
			if w > 60 {
				word = "+ " + c.Lang.T("process.nowhere")
			}
		}
		hole(g, left, top, w, h)
		g.Text(left+w/2, top+h/2+4.5, drawing.Cut(word, w-2, smallType), anchored(in(smallType, drawing.Bad), drawing.Middle))
		return
	}
	at := 0.0
	for _, class := range needClasses {
		if met[class] == 0 {
			continue
		}
		if tall {
			c.chip(to, left+w/2-10, top+at, class)
		} else {
			c.chip(to, left+at, top+5, class)
		}
		at += 24
	}
}

// narrowHead lists the needs by the numbers under which they stand on a telephone.
func (c *coverage) narrowHead(d *drawing.Drawing, y float64) float64 {
	for i, n := range c.needs {
		y += d.Box(0, y, narrow, 0, strconv.Itoa(i+1)+". "+n.Text, smallType)
	}
	y += 8
	d.Line(0, y, narrow, y, drawing.Style{Stroke: drawing.Rule, Width: 1.5})
	return y + 1
}

// block is a process on a telephone: title, classes, then the needs by number.
func (c *coverage) block(d *drawing.Drawing, x *Cover, y float64) float64 {
	lines := drawing.Wrap(x.Process.Title, narrow-16, 4, boldType)
	perLine := max(1, min(len(c.needs), 9))
	rows := (len(c.needs) + perLine - 1) / perLine
	step := 66.0 // the number of a need, and two signs below it
	for _, met := range x.Needs {
		step = max(step, 18+24*float64(len(met)))
	}
	height := 8 + float64(len(lines))*18 + 6 + 40 + 8 + float64(rows)*step + 4
	if x.weight() < 3 {
		d.Rect(0, y, narrow, height, drawing.Style{Fill: drawing.BadBg})
		d.Rect(0, y, 6, height, drawing.Style{Fill: drawing.Bad})
	}
	g := d.Add(drawing.Group{Href: c.to("processes", x.Process.Key, "rows"), Title: strings.Join(lines, " ")})
	at := y + 8
	for _, line := range lines {
		g.Text(12, at+13.5, line, boldType)
		at += 18
	}
	at += 6
	half := (narrow - 16) / 2
	for i, class := range bothClasses {
		left := 12 + float64(i)*half
		if x.Has(class) && !x.Unclear(class) {
			c.class(&d.Group, x, class, left, at, half-4, 40)
			continue
		}
		d.Text(left, at+25, c.Lang.T("picture.short."+string(class)), smallType)
		c.class(&d.Group, x, class, left+70, at, half-76, 40)
	}
	at += 48
	w := (narrow - 16) / float64(perLine)
	for i, n := range c.needs {
		left, top := 12+float64(i%perLine)*w, at+float64(i/perLine)*step
		d.Text(left+w/2-1, top+11, strconv.Itoa(i+1), anchored(smallType, drawing.Middle))
		c.need(&d.Group, x, n, left, top+16, w-3, true)
	}
	y += height
	d.Line(0, y, narrow, y, drawing.Style{Stroke: drawing.Edge})
	return y + 1
}
