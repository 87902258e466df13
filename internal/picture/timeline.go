package picture

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"perechen/internal/drawing"
	"perechen/internal/lang"
	"perechen/internal/register"
)

// A month of the log.
type month struct {
	key      string // 2026-02
	title    string
	ops      map[register.Op]int
	editions []register.Edition
}

var ops = []register.Op{register.Include, register.Amend, register.Exclude}

func (m *month) sum() int {
	return m.ops[register.Include] + m.ops[register.Amend] + m.ops[register.Exclude]
}

// Timeline shows when the register changed and when editions were approved, by month, the newest last in the drawing.
// Only is a year, «2026»: without it all months are shown.
func (v *View) Timeline() *Picture {
	at := map[string]*month{}
	first, last := "", ""
	get := func(key string) *month {
		if at[key] == nil {
			at[key] = &month{key: key, ops: map[register.Op]int{}}
		}
		if first == "" || key < first {
			first = key
		}
		last = max(last, key)
		return at[key]
	}
	changes := 0
	for i := range v.Lines {
		e := &v.Lines[i]
		switch e.Kind {
		case register.KindTouchpoint, register.KindUsage, register.KindProcess:
			get(e.Time.Format("2006-01")).ops[e.Op]++
			changes++
		}
	}
	for _, e := range v.Register.Editions {
		if len(e.Date) >= 7 {
			m := get(string(e.Date[:7]))
			m.editions = append(m.editions, e)
		}
	}
	var months []month
	if t, err := time.Parse("2006-01", first); err == nil {
		for ; t.Format("2006-01") <= last && len(months) < 1200; t = t.AddDate(0, 1, 0) {
			m := get(t.Format("2006-01"))
			if v.Only == "" || strings.HasPrefix(m.key, v.Only+"-") {
				m.title = v.month(t)
				months = append(months, *m)
			}
		}
	}
	p := &Picture{Title: v.Lang.T("picture.timeline"), Total: len(months),
		Line: v.Lang.T("picture.timeline.line", v.Lang.Count(changes, "picture.changes"), v.Lang.Count(len(v.Register.Editions), "picture.editions"))}
	t := Table{Caption: v.Lang.T("picture.timeline.table"), Head: []string{v.Lang.T("picture.month"), v.Lang.T("picture.op.include"), v.Lang.T("picture.op.change"), v.Lang.T("picture.op.exclude"), v.Lang.T("picture.edition")}, Paged: true}
	for i := range months {
		m := &months[len(months)-1-i] // the newest first
		cells := []Cell{{Text: m.title}}
		for _, op := range ops {
			cells = append(cells, count(m.ops[op]))
		}
		c := Cell{}
		for k, e := range m.editions {
			if k == 0 {
				c.Href = v.to("editions", strconv.Itoa(e.Number))
			} else {
				c.Text += "; "
			}
			c.Text += v.edition(e)
		}
		t.Rows = append(t.Rows, append(cells, c))
	}
	p.Tables = []Table{t}
	p.draw = func(from, to int, small bool) *drawing.Drawing {
		part := months[len(months)-to : len(months)-from]
		if small {
			return v.months(part)
		}
		return v.years(part)
	}
	return p
}

// Years lists the years of the log, the newest first.
func (v *View) Years() []string {
	var out []string
	first, last := 0, 0
	see := func(y int) {
		if y > 0 && (first == 0 || y < first) {
			first = y
		}
		last = max(last, y)
	}
	for i := range v.Lines {
		see(v.Lines[i].Time.Year())
	}
	for _, e := range v.Register.Editions {
		if t, ok := e.Date.Time(); ok {
			see(t.Year())
		}
	}
	for y := last; y >= first && y > 0 && len(out) < 100; y-- {
		out = append(out, strconv.Itoa(y))
	}
	return out
}

func (v *View) month(t time.Time) string {
	return v.Lang.T(fmt.Sprintf("month.%d", t.Month())) + " " + strconv.Itoa(t.Year())
}

func (v *View) edition(e register.Edition) string {
	return v.Lang.T("picture.editionno", e.Number, lang.Date(string(e.Date)))
}

func opStyle(op register.Op) (drawing.Style, drawing.Paint) {
	switch op {
	case register.Include:
		return drawing.Style{Fill: drawing.Digital}, drawing.Field
	case register.Amend:
		return drawing.Style{Fill: drawing.OfflineBg, Hatch: drawing.Up, HatchInk: drawing.Offline, Stroke: drawing.Offline}, drawing.Offline
	}
	return drawing.Style{Fill: drawing.Field, Hatch: drawing.Cross, HatchInk: drawing.Bad, Stroke: drawing.Bad}, drawing.Bad
}

func (v *View) opKeys() []keyItem {
	var keys []keyItem
	for _, op := range ops {
		keys = append(keys, keyItem{func(g *drawing.Group, x, y float64) {
			style, _ := opStyle(op)
			g.Rect(x+.5, y+.5, 21, 19, style)
		}, v.Lang.T("picture.op." + string(op))})
	}
	return append(keys, keyItem{func(g *drawing.Group, x, y float64) { flag(g, x+4, y+1) }, v.Lang.T("picture.edition")})
}

// flag marks an edition.
func flag(g *drawing.Group, x, y float64) {
	g.Line(x, y, x, y+18, drawing.Style{Stroke: drawing.Link, Width: 2})
	g.Polygon(drawing.Style{Fill: drawing.Link}, x, y, x+13, y+5, x, y+10)
}

// years draws the months from left to right, a column each.
func (v *View) years(months []month) *drawing.Drawing {
	d := drawing.New(wide, 0, v.Lang.T("picture.timeline"), v.Lang.T("picture.timeline.desc"))
	y := v.key(d, 0, 0, wide, v.opKeys()) + 12
	most, flags := 1, 0
	for i := range months {
		most = max(most, months[i].sum())
		flags = max(flags, len(months[i].editions))
	}
	flags = min(flags, 6)
	step := min(110, wide/float64(max(1, len(months))))
	top := y + float64(flags)*24 + 20
	const height = 240.0
	base := top + height
	for i := range months {
		m := &months[i]
		x := float64(i) * step
		at := base
		for _, op := range ops {
			n := m.ops[op]
			if n == 0 {
				continue
			}
			h := max(3, height*float64(n)/float64(most))
			style, _ := opStyle(op)
			at -= h
			d.Rect(x+step*.15, at, step*.7, h, style)
		}
		if n := m.sum(); n > 0 && step >= 24 {
			d.Text(x+step/2, at-5, drawing.Cut(lang.Number(int64(n)), step, smallType), anchored(in(smallType, drawing.Ink), drawing.Middle))
		}
		for k, e := range m.editions[:min(len(m.editions), flags)] {
			g := d.Add(drawing.Group{Href: v.to("editions", strconv.Itoa(e.Number)), Title: v.edition(e)})
			fx, fy := x+step/2-1, y+float64(k)*24
			flag(g, fx, fy)
			g.Line(fx, fy, fx, at-18, drawing.Style{Stroke: drawing.Link, Dash: []float64{2, 3}})
			text, t := v.Lang.T("picture.no", e.Number), in(smallType, drawing.Link)
			if fx+18+drawing.Width(text, t) < wide && (step > 44 || i == len(months)-1 || len(months[i+1].editions) == 0) {
				g.Text(fx+17, fy+10, text, t)
			} else if step > 20 {
				g.Text(fx-4, fy+10, text, anchored(t, drawing.End))
			}
		}
		month, year, _ := strings.Cut(m.title, " ")
		if step >= 64 {
			d.Text(x+step/2, base+17, drawing.Cut(month, step-2, smallType), anchored(smallType, drawing.Middle))
		} else if step >= 26 {
			d.Text(x+step/2, base+17, string([]rune(month)[:min(3, len([]rune(month)))]), anchored(smallType, drawing.Middle))
		}
		if i == 0 || strings.HasSuffix(m.key, "-01") {
			d.Text(x+4, base+36, year, boldType)
			d.Line(x, base, x, base+40, drawing.Style{Stroke: drawing.Soft})
		}
	}
	d.Line(0, base, wide, base, drawing.Style{Stroke: drawing.Rule, Width: 1.5})
	d.Height = base + 46
	return d
}

// months draws the months from the newest down, a line each.
func (v *View) months(months []month) *drawing.Drawing {
	d := drawing.New(narrow, 0, v.Lang.T("picture.timeline"), v.Lang.T("picture.timeline.desc"))
	y := v.key(d, 0, 0, narrow, v.opKeys()) + 10
	most := 1
	for i := range months {
		most = max(most, months[i].sum())
	}
	for i := len(months) - 1; i >= 0; i-- {
		m := &months[i]
		d.Text(0, y+15, m.title, smallType)
		at := 112.0
		for _, op := range ops {
			n := m.ops[op]
			if n == 0 {
				continue
			}
			w := max(4, 170*float64(n)/float64(most))
			style, _ := opStyle(op)
			d.Rect(at, y+2, w, 18, style)
			at += w + 1
		}
		d.Text(at+5, y+15, lang.Number(int64(m.sum())), smallType)
		y += 26
		for _, e := range m.editions {
			g := d.Add(drawing.Group{Href: v.to("editions", strconv.Itoa(e.Number)), Title: v.edition(e)})
			flag(g, 112, y)
			g.Text(130, y+12, v.edition(e), in(smallType, drawing.Link))
			y += 26
		}
	}
	d.Height = y
	return d
}
