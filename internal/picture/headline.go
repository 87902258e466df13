package picture

import "perechen/internal/drawing"

// headline says in a sentence or two what the drawing shows first: the process that lacks a class by its name, so that nobody
// has to look for it. It is empty when nothing is lacking.
func (c *coverage) headline() string {
	text := ""
	add := func(s string) {
		if text != "" {
			text += " "
		}
		text += s
	}
	say := func(key string, is func(x *Cover) bool) {
		var titles []string
		for i := range c.covers {
			if is(&c.covers[i]) {
				titles = append(titles, c.covers[i].Process.Title)
			}
		}
		switch n := len(titles); {
		case n == 1:
			add(c.Lang.T("picture.says."+key, titles[0]))
		case n > 1:
			add(c.Lang.T("picture.says."+key+".many", c.Lang.Count(n, "picture.ofprocesses"), titles[0]))
		}
	}
	say("point", (*Cover).Empty)
	for _, class := range bothClasses {
		say(string(class), func(x *Cover) bool { return !x.Empty() && !x.Has(class) && !x.Unclear(class) })
	}
	if text == "" {
		for _, class := range bothClasses {
			say("unclear."+string(class), func(x *Cover) bool { return x.Unclear(class) })
		}
	}
	if n := len(c.unmet); text == "" && n == 1 {
		add(c.Lang.T("picture.says.need", c.unmet[0].Text))
	} else if text == "" && n > 1 {
		add(c.Lang.T("picture.says.need.many", c.Lang.Count(n, "picture.ofneeds"), c.unmet[0].Text))
	}
	return text
}

// Whole is a part of the picture as a file shows it, where no page stands around it: under its title and what it says, with
// whose it is and of which day below. Nil when there is nothing to draw.
func (p *Picture) Whole(from, to int, about string) *drawing.Drawing {
	part := p.Draw(from, to, false)
	if part == nil {
		return nil
	}
	const edge = 24.0
	d := drawing.New(part.Width+2*edge, 0, part.Title, part.Desc)
	y := edge
	y += d.Box(edge, y, part.Width, 0, p.Title, drawing.Type{Size: 24, Bold: true}) + 4
	if p.Says != "" {
		y += d.Box(edge, y, part.Width, 0, p.Says, drawing.Type{Size: 18, Bold: true, Color: drawing.Bad}) + 4
	}
	y += d.Box(edge, y, part.Width, 0, p.Line, drawing.Type{Size: 14, Color: drawing.Soft}) + 16
	g := part.Group
	g.ID, g.Title, g.Desc, g.X, g.Y = "", "", "", edge, y
	d.Add(g)
	y += part.Height + 16
	y += d.Box(edge, y, part.Width, 0, about, smallType)
	d.Height = y + edge
	return d
}

// Sheet is a part of the picture for paper, where its title stands above and its facts below; the first one begins with what
// the picture says.
func (p *Picture) Sheet(from, to int) *drawing.Drawing {
	part := p.Draw(from, to, false)
	if part == nil || from > 0 || p.Says == "" {
		return part
	}
	d := drawing.New(part.Width, 0, part.Title, part.Desc)
	y := d.Box(0, 0, part.Width, 0, p.Says, drawing.Type{Size: 20, Bold: true, Color: drawing.Bad}) + 12
	g := part.Group
	g.ID, g.Title, g.Desc, g.Y = "", "", "", y
	d.Add(g)
	d.Height = y + part.Height
	return d
}
