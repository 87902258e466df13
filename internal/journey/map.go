package journey

import (
	"math"
	"net/url"
	"strconv"
	"strings"

	"perechen/internal/drawing"
	"perechen/internal/lang"
	"perechen/internal/register"
)

// Options of a map. The zero value draws for a page of 1280 pixels.
type Options struct {
	Lang   lang.Tag
	Width  float64 // 1200 when zero
	Column float64 // the least width of a step; 168 when zero
	Home   string  // begins the addresses of points: "/komzan/"; empty: steps lead nowhere
	ID     string  // of the first part; «map» when empty
}

// Measures of a map.
const (
	laneWidth = 104.0 // names of the lanes
	gap       = 12.0  // between columns, and inside of lanes
	pad       = 10.0  // inside of cards
	wideStep  = 260.0 // a step is not wider, however few there are
)

var (
	textType  = drawing.Type{Size: 13}
	boldType  = drawing.Type{Size: 13, Bold: true}
	noteType  = drawing.Type{Size: 11.5, Color: drawing.Soft}
	laneType  = drawing.Type{Size: 12, Bold: true, Color: drawing.Soft}
	stageType = drawing.Type{Size: 14.5, Bold: true}
)

// Map draws a journey: stages across, below each the steps, in lanes what the client does, where (digital and offline points
// told apart by shape and word), which need that meets, which documents it takes, how long it lasts and what hurts. A lane that
// is empty is left out. A long way is drawn in several parts, one below the other, so that nothing has
// to be scrolled sideways or set too small; text is wrapped and never cut.
func Map(v *View, o Options) []*drawing.Drawing {
	if o.Lang == "" {
		o.Lang = lang.Russian
	}
	if o.Width <= 0 {
		o.Width = 1200
	}
	if o.Column <= 0 {
		o.Column = 168
	}
	if o.ID == "" {
		o.ID = "map"
	}
	steps := v.Steps()
	most := max(1, int((o.Width-laneWidth)/(o.Column+gap)))
	parts := max(1, (len(steps)+most-1)/most)
	ends := breaks(steps, parts, most)
	m := &mapper{v: v, o: o}
	var out []*drawing.Drawing
	for i, end := range ends {
		m.column = min(wideStep, (o.Width-laneWidth)/float64(max(1, end-before(ends, i)))-gap)
		out = append(out, m.part(steps[before(ends, i):end], i, len(ends)))
	}
	return out
}

// breaks parts the steps: evenly, but between stages where one ends near, and never more than most in a part. It gives the end of
// each part.
func breaks(steps []Step, parts, most int) []int {
	ends := make([]int, 0, parts)
	from := 0
	for left := parts; left > 1; left-- {
		even := from + (len(steps)-from+left-1)/left
		best := even
		for _, at := range []int{even, even - 1, even + 1, even + 2, even - 2} {
			if at > from && at < len(steps) && at-from <= most && len(steps)-at <= most*(left-1) && steps[at].At == 0 {
				best = at
				break
			}
		}
		ends, from = append(ends, best), best
	}
	return append(ends, len(steps))
}

func before(ends []int, i int) int {
	if i == 0 {
		return 0
	}
	return ends[i-1]
}

// Whole is the map in one picture under its title, for a file.
func Whole(v *View, o Options) *drawing.Drawing {
	if o.Width <= 0 {
		o.Width = 1200
	}
	parts := Map(v, o)
	if o.Lang == "" {
		o.Lang = lang.Russian
	}
	const edge = 24.0
	d := drawing.New(o.Width+2*edge, 0, Title(v, o.Lang), Describe(v, o.Lang))
	d.ID = o.ID + "-whole"
	y := edge
	y += d.Box(edge, y, o.Width, 0, v.Title, drawing.Type{Size: 24, Bold: true}) + 4
	y += d.Box(edge, y, o.Width, 0, About(v, o.Lang), drawing.Type{Size: 14, Color: drawing.Soft}) + 16
	for _, p := range parts {
		g := p.Group
		g.ID, g.Title, g.Desc, g.X, g.Y = "", "", "", edge, y
		d.Add(g)
		y += p.Height + 20
	}
	d.Height = y - 20 + edge
	return d
}

// Pages puts the parts of a map together as pages of paper can hold them: one below the other as long as they are no higher
// than tall. The first page has the title.
func Pages(v *View, o Options, tall float64) []*drawing.Drawing {
	if o.Lang == "" {
		o.Lang = lang.Russian
	}
	parts := Map(v, o)
	var out []*drawing.Drawing
	var page *drawing.Drawing
	for i, p := range parts {
		if page == nil || page.Height+20+p.Height > tall {
			title := Title(v, o.Lang)
			if i > 0 {
				title = o.Lang.T("journey.map.more", v.Title)
			}
			page = drawing.New(p.Width, 0, title, Describe(v, o.Lang))
			page.ID = o.ID + "-" + strconv.Itoa(i)
			if i == 0 {
				page.Height = page.Box(0, 0, p.Width, 0, About(v, o.Lang), drawing.Type{Size: 14, Color: drawing.Soft}) + 14
			}
			out = append(out, page)
		} else {
			page.Height += 20
		}
		g := p.Group
		g.ID, g.Title, g.Desc, g.X, g.Y = "", "", "", 0, page.Height
		page.Add(g)
		page.Height += p.Height
	}
	return out
}

// Title names the picture; Describe says in a sentence or two what there is to see; About is the line under the title.
func Title(v *View, t lang.Tag) string { return t.T("journey.map.title", v.Title) }

// Describe says what the map shows to those who do not see it.
func Describe(v *View, t lang.Tag) string {
	var names []string
	for _, s := range v.Stages {
		names = append(names, s.Title)
	}
	return t.T("journey.map.desc", t.Count(len(v.Stages), "journey.stages"), strings.Join(names, ", "), t.Count(v.Journey.Steps(), "journey.steps")) + " " + About(v, t) + "."
}

// About sums a journey up in one line.
func About(v *View, t lang.Tag) string {
	parts := []string{t.T("journey.state." + v.State)}
	if v.Profile != "" {
		parts = append(parts, v.Profile)
	} else {
		parts = append(parts, t.T("journey.any"))
	}
	parts = append(parts, t.Count(v.Journey.Steps(), "journey.steps"))
	if s := v.Time(t); s != "" {
		if v.Timed < v.Journey.Steps() {
			s = t.T("journey.timed", s, t.Count(v.Timed, "journey.steps.gen"))
		}
		parts = append(parts, s)
	}
	if v.Pains > 0 {
		parts = append(parts, t.Count(v.Pains, "journey.pains"))
	}
	return strings.Join(parts, " · ")
}

// A lane is a row of the map.
type lane struct {
	name string // key of its name
	draw func(m *mapper, g *drawing.Group, s Step, x, y, w float64) float64
	has  func(s Step) bool
}

var lanes = []lane{
	{"action", (*mapper).action, func(Step) bool { return true }},
	{"points", (*mapper).points, func(s Step) bool { return len(s.Points) > 0 }},
	{"need", (*mapper).need, func(s Step) bool { return s.NeedText != "" }},
	{"documents", (*mapper).documents, func(s Step) bool { return len(s.Documents) > 0 }},
	{"time", (*mapper).time, func(s Step) bool { return s.Duration != "" }},
	{"pain", (*mapper).pain, func(s Step) bool { return s.Pain != "" }},
}

func lanesOf(steps []Step) []lane {
	var out []lane
	for _, l := range lanes {
		for _, s := range steps {
			if l.has(s) {
				out = append(out, l)
				break
			}
		}
	}
	return out
}

type mapper struct {
	v      *View
	o      Options
	column float64
}

// part draws some steps in a row.
func (m *mapper) part(steps []Step, no, of int) *drawing.Drawing {
	t := m.o.Lang
	d := drawing.New(m.o.Width, 0, Title(m.v, t), Describe(m.v, t))
	if of > 1 {
		d.Title = t.T("journey.map.part", Title(m.v, t), no+1, of)
	}
	d.ID, d.Class = m.o.ID+"-"+strconv.Itoa(no+1), "journey"
	if len(steps) == 0 {
		d.Height = d.Box(0, 0, m.o.Width, 0, t.T("journey.map.none"), noteType)
		return d
	}
	right := laneWidth + float64(len(steps))*(m.column+gap)
	y := m.stages(&d.Group, steps) + gap
	for i, l := range lanesOf(steps) {
		back := d.Add(drawing.Group{})
		g := d.Add(drawing.Group{})
		height := g.Box(0, y+gap, laneWidth-gap, 0, t.T("journey.lane."+l.name), laneType)
		for k, s := range steps {
			if l.has(s) {
				height = max(height, l.draw(m, g, s, m.x(k), y+gap, m.column))
			}
		}
		height += 2 * gap
		if i%2 == 1 {
			back.Rect(0, y, right, height, drawing.Style{Fill: drawing.Ground})
		}
		back.Line(0, y, right, y, drawing.Style{Stroke: drawing.Edge})
		y += height
	}
	d.Line(0, y, right, y, drawing.Style{Stroke: drawing.Edge})
	d.Height = y + 1
	return d
}

func (m *mapper) x(k int) float64 { return laneWidth + float64(k)*(m.column+gap) + gap/2 }

// stages draws the heads: arrows that point to what comes next.
func (m *mapper) stages(g *drawing.Group, steps []Step) float64 {
	type span struct{ from, to, stage int }
	var spans []span
	for k, s := range steps {
		if n := len(spans); n > 0 && spans[n-1].stage == s.Stage {
			spans[n-1].to = k
		} else {
			spans = append(spans, span{k, k, s.Stage})
		}
	}
	const nose = 12.0
	name := func(i int, s span) string {
		title := strconv.Itoa(s.stage+1) + ". " + m.v.Stages[s.stage].Title
		if i == 0 && steps[0].At > 0 {
			title = m.o.Lang.T("journey.continued", title)
		}
		return title
	}
	width := func(s span) float64 { return float64(s.to-s.from+1)*(m.column+gap) - gap/2 }
	height := 0.0
	for i, s := range spans {
		height = max(height, float64(len(drawing.Wrap(name(i, s), width(s)-2*nose-pad, 0, stageType)))*stageType.Size*1.3)
	}
	height += 2 * pad
	for i, s := range spans {
		x, w := m.x(s.from)-gap/4, width(s)
		g.Polygon(drawing.Style{Fill: drawing.Mark, Stroke: drawing.Rule}, x, 0.5, x+w-nose, 0.5, x+w, height/2, x+w-nose, height-0.5, x, height-0.5, x+nose, height/2)
		lines := float64(len(drawing.Wrap(name(i, s), w-2*nose-pad, 0, stageType))) * stageType.Size * 1.3
		g.Box(x+nose+pad, (height-lines)/2, w-2*nose-pad, 0, name(i, s), stageType)
	}
	return height
}

// action is a card with the number of the step.
func (m *mapper) action(g *drawing.Group, s Step, x, y, w float64) float64 {
	no := strconv.Itoa(s.No)
	left := pad + drawing.Width(no, boldType) + 8
	lines := drawing.Wrap(s.Action, w-left-pad, 0, boldType)
	h := float64(max(1, len(lines)))*boldType.Size*1.3 + 2*pad
	card := g.Add(drawing.Group{ID: m.o.ID + "-step-" + no})
	card.RoundRect(x, y, w, h, 6, drawing.Style{Fill: drawing.Field, Stroke: drawing.Rule})
	card.Box(x+pad, y+pad, w, 0, no, drawing.Type{Size: 13, Bold: true, Color: drawing.Link})
	card.Box(x+left, y+pad, w-left-pad, 0, s.Action, boldType)
	if s.No < m.v.Journey.Steps() { // on to the next one
		at := y + pad + boldType.Size*0.65
		card.Polyline(drawing.Style{Stroke: drawing.Rule, Width: 1.5}, x+w+2, at-4, x+w+gap-4, at, x+w+2, at+4)
	}
	return h
}

// points stands the alternatives of a step one below the other: a digital point is a screen with round corners, an offline one a
// house with square ones, a place outside has a dashed edge.
func (m *mapper) points(g *drawing.Group, s Step, x, y, w float64) float64 {
	from := y
	for i, p := range s.Points {
		if i > 0 {
			y += 4
			y += g.Box(x, y, w, 0, m.o.Lang.T("journey.or"), drawing.Type{Size: 11.5, Color: drawing.Soft, Anchor: drawing.Middle}) + 2
		}
		y += m.point(g, p, x, y, w)
	}
	return y - from
}

func (m *mapper) point(g *drawing.Group, p Point, x, y, w float64) float64 {
	t := m.o.Lang
	class, fill, ink, round := t.T("journey.outside"), drawing.Field, drawing.Soft, 0.0
	style := drawing.Style{Stroke: drawing.Soft, Dash: []float64{4, 3}}
	switch {
	case p.Outside():
	case p.Class == register.Digital:
		class, fill, ink, round, style = t.T("class.digital"), drawing.DigitalBg, drawing.Digital, 12, drawing.Style{Stroke: drawing.Digital}
	case p.Class == register.Offline:
		class, fill, ink, style = t.T("class.offline"), drawing.OfflineBg, drawing.Offline, drawing.Style{Stroke: drawing.Offline}
	case p.Mark != nil && p.Mark.Gone():
		class = t.T("journey.former")
	default:
		class, style = t.T("class.none"), drawing.Style{Stroke: drawing.Soft}
	}
	style.Fill = fill
	link := drawing.Group{}
	if m.o.Home != "" && p.Touchpoint != "" {
		link.Href = m.o.Home + "points/" + url.PathEscape(p.touchpoint())
		if p.Usage != "" { // to the row in which it is done
			link.Href += "#row-" + url.PathEscape(p.Usage)
		}
	}
	card := g.Add(link)
	back := card.Add(drawing.Group{})
	const icon = 18.0
	caption := drawing.Type{Size: 11, Bold: true, Color: ink}
	h := pad - 2
	h += max(card.Box(x+pad+icon, y+h, w-2*pad-icon, 0, class, caption), 14) + 3
	h += card.Box(x+pad, y+h, w-2*pad, 0, unbroken(p.Text), textType)
	if p.Place != "" {
		h += card.Box(x+pad, y+h+2, w-2*pad, 0, p.Place, noteType) + 2
	}
	if p.Bare {
		h += card.Box(x+pad, y+h+3, w-2*pad, 0, t.T("journey.bare"), drawing.Type{Size: 11.5, Color: drawing.Unclear}) + 3
	}
	if p.Mark != nil {
		color := drawing.Unclear
		if p.Mark.Gone() {
			color, style.Stroke, style.Dash, style.Width = drawing.Bad, drawing.Bad, []float64{6, 3}, 2
		}
		h += card.Box(x+pad, y+h+3, w-2*pad, 0, "! "+p.Mark.Text(t), drawing.Type{Size: 12, Bold: true, Color: color}) + 3
	}
	h += pad - 2
	back.RoundRect(x, y, w, h, round, style)
	m.icon(card, p, x+pad, y+pad-1, ink)
	return h
}

// touchpoint is the point's key now, or what it was.
func (p Point) touchpoint() string {
	if p.Key != "" {
		return p.Key
	}
	return p.Touchpoint
}

// icon draws a screen for a digital point, a house for an offline one; x, y is its upper left corner, 12 by 12.
func (m *mapper) icon(g *drawing.Group, p Point, x, y float64, ink drawing.Paint) {
	s := drawing.Style{Stroke: ink, Width: 1.4}
	switch {
	case p.Outside():
		g.Circle(x+6, y+6, 4.5, drawing.Style{Stroke: ink, Width: 1.4, Dash: []float64{2, 2}})
	case p.Class == register.Digital:
		g.RoundRect(x, y+0.5, 12, 8, 1.5, s)
		g.Line(x+6, y+8.5, x+6, y+11.5, s)
		g.Line(x+2.5, y+11.5, x+9.5, y+11.5, s)
	case p.Class == register.Offline:
		g.Polygon(s, x+1.5, y+5.5, x+6, y+1, x+10.5, y+5.5, x+10.5, y+11.5, x+1.5, y+11.5)
		g.Line(x+6, y+8, x+6, y+11.5, s)
	default:
		g.Circle(x+6, y+6, 4.5, s)
	}
}

func (m *mapper) need(g *drawing.Group, s Step, x, y, w float64) float64 {
	return g.Box(x, y, w, 0, s.NeedText, textType)
}

func (m *mapper) documents(g *drawing.Group, s Step, x, y, w float64) float64 {
	from := y
	for i, d := range s.Documents {
		if i > 0 {
			y += 5
		}
		line := drawing.Style{Stroke: drawing.Soft, Width: 1.2}
		g.Polygon(line, x+0.5, y+2, x+7, y+2, x+10.5, y+5.5, x+10.5, y+14, x+0.5, y+14)
		g.Line(x+3, y+8, x+8, y+8, line)
		g.Line(x+3, y+11, x+8, y+11, line)
		y += max(15, g.Box(x+17, y, w-17, 0, d, textType))
	}
	return y - from
}

func (m *mapper) time(g *drawing.Group, s Step, x, y, w float64) float64 {
	line := drawing.Style{Stroke: drawing.Soft, Width: 1.3}
	g.Circle(x+6, y+8, 5.5, line)
	g.Polyline(line, x+6, y+5, x+6, y+8, x+8.5, y+9.5)
	return max(16, g.Box(x+17, y, w-17, 0, s.Duration, textType))
}

// pain is said by words, and by as many marks as it weighs.
func (m *mapper) pain(g *drawing.Group, s Step, x, y, w float64) float64 {
	color, marks := drawing.Unclear, 1
	switch s.Weight {
	case register.PainMiddle:
		marks = 2
	case register.PainSevere:
		color, marks = drawing.Bad, 3
	}
	back := g.Add(drawing.Group{})
	h := pad
	for i := range 3 {
		cx := x + pad + float64(i)*13
		style := drawing.Style{Stroke: color, Width: 1.2}
		if i < marks {
			style.Fill = color
		}
		g.Polygon(style, cx, y+h+10, cx+5, y+h+1, cx+10, y+h+10)
	}
	if s.Weight != "" {
		h += max(15, g.Box(x+pad+44, y+h-1, w-2*pad-44, 0, m.o.Lang.T("journey.pain."+s.Weight), drawing.Type{Size: 11.5, Bold: true, Color: color})) + 2
	} else {
		h += 16
	}
	h += g.Box(x+pad, y+h, w-2*pad, 0, s.Pain, textType) + pad - 2
	fill := drawing.Field
	if s.Weight == register.PainSevere {
		fill = drawing.BadBg
	}
	back.RoundRect(x, y, w, h, 3, drawing.Style{Fill: fill, Stroke: color})
	return math.Ceil(h)
}
