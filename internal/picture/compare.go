package picture

import (
	"cmp"
	"slices"
	"strings"

	"perechen/internal/drawing"
	"perechen/internal/lang"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// A Side is one of two bodies that are compared, as it stands on the day.
type Side struct {
	Name      string
	Register  *register.Register
	Procedure *procedure.Procedure
	To        func(parts ...string) string // address of a page of the body; nil: nothing leads anywhere
}

// An offer is what one body has for a need: points by class and the channels they are reached through.
type offer struct {
	named  bool // the body's order names the need
	points map[register.Class]int
	kinds  []string
	seen   map[string]bool
}

type needRow struct {
	title  string
	offers [2]offer
}

// Comparison shows which need two bodies serve, through what, and which processes of theirs are alike. Needs are matched by
// the code that all bodies share, channels by theirs, processes by the words of their titles.
func Comparison(t lang.Tag, day register.Date, a, b Side) *Picture {
	c := &comparison{tag: t, day: day, sides: [2]Side{a, b}}
	c.needs()
	p := &Picture{Title: t.T("compare.title"), Total: len(c.rows), Sliced: true, draw: c.draw}
	both, only := 0, [2]int{}
	needs := Table{Caption: t.T("compare.needs"), Head: []string{t.T("filter.need"), a.Name, b.Name}, Words: true, From: 1, Paged: true}
	for i := range c.rows {
		r := &c.rows[i]
		has := [2]bool{len(r.offers[0].points) > 0, len(r.offers[1].points) > 0}
		switch {
		case has[0] && has[1]:
			both++
		case has[0] || has[1]:
			one, other := 0, 1
			if has[1] {
				one, other = 1, 0
			}
			only[one]++
			p.Loud = append(p.Loud, Loud{Title: r.title, What: t.T("compare.only", c.sides[one].Name, c.sides[other].Name)})
		}
		row := []Cell{{Text: r.title, Own: true}}
		for k := range c.sides {
			row = append(row, Cell{Text: c.say(&r.offers[k]), Bad: !has[k] && has[1-k]})
		}
		needs.Rows = append(needs.Rows, row)
	}
	p.Line = t.T("compare.line", t.Count(both, "compare.neednum"), a.Name, lang.Number(int64(only[0])), b.Name, lang.Number(int64(only[1])))
	p.Calm = t.T("compare.calm")
	p.Tables = []Table{needs, c.kinds(), c.processes()}
	return p
}

type comparison struct {
	tag   lang.Tag
	day   register.Date
	sides [2]Side
	rows  []needRow
}

// needs lays out the needs that at least one of the bodies names: the shared ones in their order, then each body's own.
func (c *comparison) needs() {
	at := map[string]int{}
	order := map[string]int{}
	for i, n := range procedure.Canonical() {
		order[n.Code] = i + 1
	}
	keys := [2]map[string]string{{}, {}} // need's code in the body → shared key
	for k, s := range c.sides {
		for _, n := range s.Procedure.Needs {
			if n.Other {
				continue
			}
			key := n.Canonical
			if key == "" {
				key = "own " + strings.Join(lang.Stems(n.Text), " ")
			}
			keys[k][n.Code] = key
			i, ok := at[key]
			if !ok {
				i = len(c.rows)
				at[key] = i
				c.rows = append(c.rows, needRow{title: n.Text})
			}
			c.rows[i].offers[k].named = true
		}
		v := View{Register: s.Register, Procedure: s.Procedure, Day: c.day}
		points := map[string]*register.Touchpoint{}
		for i := range s.Register.Touchpoints {
			if t := &s.Register.Touchpoints[i]; v.inForce(t.From, t.To) {
				points[t.Key] = t
			}
		}
		for i := range s.Register.Usages {
			u := &s.Register.Usages[i]
			t := points[u.Touchpoint]
			if t == nil || !v.inForce(u.From, u.To) {
				continue
			}
			class, _ := s.Procedure.ClassOf(*t)
			class = cmp.Or(class, u.Printed)
			for _, n := range u.Needs {
				key, ok := keys[k][n.Code]
				if !ok {
					continue
				}
				o := &c.rows[at[key]].offers[k]
				if o.points == nil {
					o.points, o.seen = map[register.Class]int{}, map[string]bool{}
				}
				if !o.seen[t.Key] {
					o.seen[t.Key] = true
					o.points[class]++
				}
				if title := s.Procedure.KindTitle(t.Kind); title != "" && !slices.Contains(o.kinds, title) {
					o.kinds = append(o.kinds, title)
				}
			}
		}
	}
	rank := map[string]int{}
	for key, i := range at {
		rank[c.rows[i].title] = cmp.Or(order[key], 1000)
	}
	slices.SortStableFunc(c.rows, func(x, y needRow) int { return cmp.Compare(rank[x.title], rank[y.title]) })
}

// say puts an offer into words: «цифровая 2, офлайн 1: телефон, кабинет».
func (c *comparison) say(o *offer) string {
	if len(o.points) == 0 {
		if !o.named {
			return c.tag.T("compare.notnamed")
		}
		return c.tag.T("process.nowhere")
	}
	var parts []string
	for _, class := range []register.Class{register.Digital, register.Offline, ""} {
		if n := o.points[class]; n > 0 {
			parts = append(parts, c.tag.T("class."+cmp.Or(string(class), "none"))+"\u00a0"+lang.Number(int64(n)))
		}
	}
	text := strings.Join(parts, ", ")
	if len(o.kinds) > 0 {
		text += ": " + strings.Join(o.kinds, ", ")
	}
	return text
}

// kinds counts the points of each channel in both bodies.
func (c *comparison) kinds() Table {
	t := Table{Caption: c.tag.T("compare.kinds"), Head: []string{c.tag.T("picture.channel"), c.sides[0].Name, c.sides[1].Name}, Words: true, From: 1}
	var codes []string
	titles, counts := map[string]string{}, [2]map[string]int{{}, {}}
	for k, s := range c.sides {
		v := View{Day: c.day}
		for i := range s.Register.Touchpoints {
			if x := &s.Register.Touchpoints[i]; v.inForce(x.From, x.To) {
				counts[k][x.Kind]++
			}
		}
		for _, x := range s.Procedure.Kinds {
			if titles[x.Code] == "" {
				titles[x.Code] = x.Title
				codes = append(codes, x.Code)
			}
		}
	}
	for _, code := range codes {
		a, b := counts[0][code], counts[1][code]
		if a+b == 0 {
			continue
		}
		t.Rows = append(t.Rows, []Cell{{Text: titles[code], Own: true}, count(a), count(b)})
	}
	return t
}

// alike is from where on two titles are held to be of one process: twice the shared stems over all of them.
const alike = 0.6

// processes pairs the processes of both bodies whose titles share most words, the most alike first; then those without a
// pair. A process has one pair at most.
func (c *comparison) processes() Table {
	t := Table{Caption: c.tag.T("compare.processes"), Head: []string{c.sides[0].Name, c.sides[1].Name, c.tag.T("compare.alike")}, Words: true}
	stems := [2][][]string{}
	with := map[string][]int{} // stem → processes of the second body
	for k, s := range c.sides {
		for i := range s.Register.Processes {
			set := lang.Stems(s.Register.Processes[i].Title)
			slices.Sort(set)
			set = slices.Compact(set)
			stems[k] = append(stems[k], set)
			for _, stem := range set {
				if k == 1 {
					with[stem] = append(with[stem], i)
				}
			}
		}
	}
	type pair struct {
		a, b int
		like float64
	}
	var pairs []pair
	equal := map[string]int{} // the same words: paired before all others
	for j, set := range stems[1] {
		if key := strings.Join(set, " "); key != "" {
			if _, ok := equal[key]; !ok {
				equal[key] = j
			}
		}
	}
	shared := make([]int, len(stems[1]))
	for i, set := range stems[0] {
		key := strings.Join(set, " ")
		if j, ok := equal[key]; ok && key != "" {
			pairs = append(pairs, pair{i, j, 1})
			delete(equal, key)
			continue
		}
		clear(shared)
		for _, stem := range set {
			for _, j := range with[stem] {
				shared[j]++
			}
		}
		for j, n := range shared {
			if n == 0 {
				continue
			}
			if like := 2 * float64(n) / float64(len(set)+len(stems[1][j])); like >= alike {
				pairs = append(pairs, pair{i, j, like})
			}
		}
	}
	slices.SortFunc(pairs, func(x, y pair) int {
		return cmp.Or(cmp.Compare(y.like, x.like), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	taken := [2]map[int]bool{{}, {}}
	cell := func(k, i int) Cell {
		s := c.sides[k]
		x := Cell{Text: s.Register.Processes[i].Title, Own: true}
		if s.To != nil {
			x.Href = s.To("processes", s.Register.Processes[i].Key)
		}
		return x
	}
	for _, p := range pairs {
		if taken[0][p.a] || taken[1][p.b] {
			continue
		}
		taken[0][p.a], taken[1][p.b] = true, true
		word := c.tag.T("compare.similar")
		if p.like > 0.999 {
			word = c.tag.T("compare.same")
		}
		t.Rows = append(t.Rows, []Cell{cell(0, p.a), cell(1, p.b), {Text: word}})
	}
	for k := range c.sides {
		for i := range stems[k] {
			if taken[k][i] {
				continue
			}
			row := []Cell{{Text: "—"}, {Text: "—"}, {Text: c.tag.T("compare.alone")}}
			row[k] = cell(k, i)
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

// draw puts the offers of both bodies beside each other, need by need.
func (c *comparison) draw(from, to int, small bool) *drawing.Drawing {
	d := drawing.New(width(small), 0, c.tag.T("compare.title"), c.tag.T("compare.desc"))
	v := &View{Lang: c.tag}
	y := v.key(d, 0, 0, d.Width, []keyItem{v.classKey(register.Digital, "picture.key.d"), v.classKey(register.Offline, "picture.key.o"),
		{func(g *drawing.Group, x, y float64) { hole(g, x, y, 24, 20) }, c.tag.T("compare.key")}}) + 10
	left, room := 360.0, (wide-360)/2
	if small {
		left, room = 12, narrow-12
	} else {
		top := 0.0
		for k, s := range c.sides {
			top = max(top, d.Box(left+float64(k)*room, y, room-16, 0, s.Name, headType))
		}
		y += top + 6
		d.Line(0, y, wide, y, drawing.Style{Stroke: drawing.Rule, Width: 1.5})
		y++
	}
	for i := range c.rows[from:to] {
		r := &c.rows[from+i]
		y += 8
		if small {
			y += d.Box(0, y, narrow, 0, r.title, boldType) + 4
			for k, s := range c.sides {
				y += d.Box(0, y, narrow, 0, s.Name, smallType)
				y += c.offer(d, v, &r.offers[k], left, y, room) + 6
			}
		} else {
			height := d.Box(10, y+2, left-26, 0, r.title, textType)
			for k := range c.sides {
				height = max(height, c.offer(d, v, &r.offers[k], left+float64(k)*room, y, room-16))
			}
			y += height
		}
		y += 6
		d.Line(0, y, d.Width, y, drawing.Style{Stroke: drawing.Edge})
		y++
	}
	d.Height = y + 1
	return d
}

// offer draws what one body has for a need and returns the height.
func (c *comparison) offer(d *drawing.Drawing, v *View, o *offer, x, y, room float64) float64 {
	if len(o.points) == 0 {
		word := c.tag.T("process.nowhere")
		if !o.named {
			word = c.tag.T("compare.notnamed")
		}
		hole(&d.Group, x, y, min(room, 200), 26)
		d.Text(x+min(room, 200)/2, y+17.5, drawing.Cut(word, min(room, 200)-8, smallType), anchored(in(smallType, drawing.Bad), drawing.Middle))
		return 30
	}
	at := x
	for _, class := range []register.Class{register.Digital, register.Offline, ""} {
		n := o.points[class]
		if n == 0 {
			continue
		}
		v.chip(&d.Group, at, y, class)
		text := lang.Number(int64(n))
		d.Text(at+26, y+15, text, boldType)
		at += 26 + drawing.Width(text, boldType) + 18
	}
	height := 24.0
	if len(o.kinds) > 0 {
		height += d.Box(x, y+22, room, 0, strings.Join(o.kinds, ", "), smallType)
	}
	return height
}
