package picture

import (
	"cmp"
	"net/url"
	"slices"

	"perechen/internal/drawing"
	"perechen/internal/lang"
	"perechen/internal/upkeep"
)

// addQuery adds a parameter to an address.
func addQuery(address, name, value string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	q := u.Query()
	q.Set(name, value)
	u.RawQuery = q.Encode()
	return u.String()
}

// FreshStates are the values of Only of Freshness, in the order in which they are drawn.
var FreshStates = []string{upkeep.FreshConfirmed, upkeep.FreshNew, upkeep.FreshAgeing, upkeep.FreshOverdue}

type freshRow struct {
	title, href string
	states      map[string]int
	points      int
}

// state is how fresh a point is, as far as the one who looks may know: deadlines are the business of those who work here.
func (v *View) state(w upkeep.Freshness) string {
	if v.Inside {
		return w.State
	}
	if w.Confirmed != "" {
		return upkeep.FreshConfirmed
	}
	return upkeep.FreshNew
}

// Freshness shows how much of the register is confirmed in the period of the order, by department. Only is one of
// FreshStates: the points of that state alone are listed.
func (v *View) Freshness() *Picture {
	rows := map[string]*freshRow{}
	all := &freshRow{title: v.Lang.T("picture.body"), states: map[string]int{}}
	list := Table{Caption: v.Lang.T("picture.fresh.points"), Head: []string{v.Lang.T("col.point"), v.Lang.T("filter.department"), v.Lang.T("picture.fresh.state"), v.Lang.T("picture.fresh.day")}, Paged: true}
	if v.Inside {
		list.Head = append(list.Head, v.Lang.T("picture.fresh.due"))
	}
	type line struct {
		weight int
		due    string
		cells  []Cell
	}
	var lines []line
	points := v.Watch.Points
	names := make(map[string]string, len(v.Register.Touchpoints))
	for i := range v.Register.Touchpoints {
		names[v.Register.Touchpoints[i].Key] = v.Register.Touchpoints[i].Text()
	}
	for _, w := range points {
		if v.Department != "" && w.Responsible != v.Department {
			continue
		}
		state := v.state(w)
		r := rows[w.Responsible]
		if r == nil {
			r = &freshRow{states: map[string]int{}}
			rows[w.Responsible] = r
		}
		for _, x := range []*freshRow{r, all} {
			x.states[state]++
			x.points++
		}
		if v.Only != "" && v.Only != state {
			continue
		}
		day := ""
		if w.Confirmed != "" {
			day = lang.Date(string(w.Confirmed))
			if w.Changed {
				day += ", " + v.Lang.T("picture.fresh.changed")
			}
		}
		cells := []Cell{{Text: names[w.Point], Href: v.to("points", w.Point), Own: true}, {Text: cmp.Or(v.department(w.Responsible), v.Lang.T("picture.officer")), Own: w.Responsible != ""},
			{Text: v.Lang.T("picture.fresh." + state), Bad: state == upkeep.FreshOverdue}, {Text: cmp.Or(day, "—")}}
		if v.Inside {
			due := "—"
			if w.Due != "" {
				due = lang.Date(string(w.Due))
			}
			cells = append(cells, Cell{Text: due})
		}
		lines = append(lines, line{-slices.Index(FreshStates, state), string(w.Due), cells})
	}
	slices.SortStableFunc(lines, func(a, b line) int { return cmp.Or(cmp.Compare(a.weight, b.weight), cmp.Compare(a.due, b.due)) })
	for _, l := range lines {
		list.Rows = append(list.Rows, l.cells)
	}
	var shown []freshRow
	if len(points) > 0 && v.Department == "" {
		shown = append(shown, *all)
	}
	for _, d := range v.Register.Departments {
		if r := rows[d.Key]; r != nil {
			r.title, r.href = d.Title, addQuery(v.to("pictures", "freshness"), "department", d.Key)
			shown = append(shown, *r)
		}
	}
	if r := rows[""]; r != nil {
		r.title = v.Lang.T("picture.officer")
		shown = append(shown, *r)
	}
	p := &Picture{Title: v.Lang.T("picture.freshness"), Total: len(list.Rows), Line: v.Lang.T("picture.fresh.line", lang.Number(int64(all.states[upkeep.FreshConfirmed])), v.Lang.Count(all.points, "fact.points"))}
	if n := all.states[upkeep.FreshOverdue]; n > 0 {
		p.Loud = append(p.Loud, Loud{Title: v.Lang.T("picture.fresh.loud", v.Lang.Count(n, "fact.points")), Href: addQuery(v.to("pictures", "freshness"), "only", upkeep.FreshOverdue)})
	}
	sums := Table{Caption: v.Lang.T("picture.fresh.table"), Head: []string{v.Lang.T("filter.department")}}
	states := v.states()
	for _, s := range states {
		sums.Head = append(sums.Head, v.Lang.T("picture.fresh."+s))
	}
	for i := range shown {
		cells := []Cell{{Text: shown[i].title, Href: shown[i].href, Own: shown[i].href != ""}}
		for _, s := range states {
			c := count(shown[i].states[s])
			c.Bad = s == upkeep.FreshOverdue && shown[i].states[s] > 0
			cells = append(cells, c)
		}
		sums.Rows = append(sums.Rows, cells)
	}
	p.Tables = []Table{sums, list}
	p.draw = func(_, _ int, small bool) *drawing.Drawing { return v.freshness(shown, small) }
	return p
}

// states are those that the one who looks may know of.
func (v *View) states() []string {
	if v.Inside {
		return FreshStates
	}
	return FreshStates[:2]
}

func freshStyle(state string) (drawing.Style, drawing.Paint) {
	switch state {
	case upkeep.FreshConfirmed:
		return drawing.Style{Fill: drawing.Digital}, drawing.Field
	case upkeep.FreshAgeing:
		return drawing.Style{Fill: drawing.OfflineBg, Hatch: drawing.Up, HatchInk: drawing.Offline, Stroke: drawing.Offline}, drawing.Offline
	case upkeep.FreshOverdue:
		return drawing.Style{Fill: drawing.Bad, Stroke: drawing.Bad}, drawing.Field
	}
	return drawing.Style{Fill: drawing.Field, Stroke: drawing.Soft, Dash: []float64{4, 3}}, drawing.Ink
}

func (v *View) freshness(rows []freshRow, small bool) *drawing.Drawing {
	d := drawing.New(width(small), 0, v.Lang.T("picture.freshness"), v.Lang.T("picture.fresh.desc"))
	var keys []keyItem
	for _, s := range v.states() {
		keys = append(keys, keyItem{func(g *drawing.Group, x, y float64) {
			style, _ := freshStyle(s)
			g.Rect(x+.5, y+.5, 21, 19, style)
		}, v.Lang.T("picture.fresh." + s)})
	}
	y := v.key(d, 0, 0, d.Width, keys) + 8
	for i := range rows {
		r := &rows[i]
		left, room := 0.0, d.Width
		title := textType
		if i == 0 && v.Department == "" {
			title = boldType
		}
		lines := drawing.Wrap(r.title, d.Width, 3, title)
		if !small {
			left, room = 380, d.Width-380
			lines = drawing.Wrap(r.title, 368, 3, title)
		}
		g := d.Add(drawing.Group{Href: r.href, Title: r.title + ": " + v.Lang.Count(r.points, "fact.points")})
		for k, line := range lines {
			g.Text(0, y+14+float64(k)*18, line, title)
		}
		height, top := float64(len(lines))*18, y
		if small {
			top = y + height + 2
			height += 28
		}
		at := left
		least := 0.0 // what the narrowest bars take beyond their share
		for _, s := range v.states() {
			if n := r.states[s]; n > 0 {
				least += 26
			}
		}
		for _, s := range v.states() {
			n := r.states[s]
			if n == 0 {
				continue
			}
			w := 26 + (room-least)*float64(n)/float64(r.points)
			style, ink := freshStyle(s)
			g.Rect(at+.5, top, w-3, 24, style)
			text := drawing.Cut(lang.Number(int64(n)), w-6, boldType)
			if style.Hatch != drawing.Plain {
				g.Rect(at+3, top+4, drawing.Width(text, boldType)+6, 16, drawing.Style{Fill: style.Fill})
			}
			g.Text(at+6, top+17, text, in(boldType, ink))
			at += w
		}
		y += max(height, 24) + 12
		if i == 0 && v.Department == "" {
			d.Line(0, y-5, d.Width, y-5, drawing.Style{Stroke: drawing.Edge})
			y += 4
		}
	}
	d.Height = y
	return d
}
