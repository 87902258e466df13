package picture

import (
	"cmp"
	"slices"

	"perechen/internal/drawing"
	"perechen/internal/lang"
	"perechen/internal/register"
)

// A share is one bar: how many points of which class it stands for.
type share struct {
	title, href string
	classes     map[register.Class]int
	points      int
	usages      int
	processes   map[string]bool
	group       int // 0 a channel, 1 a department
}

func (s *share) note(class register.Class, uses []*register.Usage) {
	s.classes[class]++
	s.points++
	s.usages += len(uses)
	for _, u := range uses {
		s.processes[u.Process] = true
	}
}

// Channels shows through which channels the body is reached, by class, and what each department answers for.
func (v *View) Channels() *Picture {
	usages := map[string][]*register.Usage{}
	for i := range v.Register.Usages {
		u := &v.Register.Usages[i]
		if v.inForce(u.From, u.To) {
			usages[u.Touchpoint] = append(usages[u.Touchpoint], u)
		}
	}
	kinds, departments := map[string]*share{}, map[string]*share{}
	of := func(m map[string]*share, key string) *share {
		if m[key] == nil {
			m[key] = &share{classes: map[register.Class]int{}, processes: map[string]bool{}}
		}
		return m[key]
	}
	total := &share{classes: map[register.Class]int{}, processes: map[string]bool{}}
	for i := range v.Register.Touchpoints {
		t := &v.Register.Touchpoints[i]
		dept := v.answers(t)
		if !v.inForce(t.From, t.To) || v.Department != "" && dept != v.Department {
			continue
		}
		class, _ := v.Procedure.ClassOf(*t)
		of(kinds, t.Kind).note(class, usages[t.Key])
		of(departments, dept).note(class, usages[t.Key])
		total.note(class, usages[t.Key])
	}
	var all []share
	add := func(m map[string]*share, key, title, href string, group int) {
		if s := m[key]; s != nil {
			s.title, s.href, s.group = title, href, group
			all = append(all, *s)
			delete(m, key)
		}
	}
	for _, k := range v.Procedure.Kinds {
		add(kinds, k.Code, k.Title, v.chosen("kind", k.Code), 0)
	}
	for key := range kinds {
		add(kinds, key, v.Lang.T("picture.nokind"), "", 0)
	}
	slices.SortStableFunc(all, func(a, b share) int { return cmp.Compare(b.points, a.points) })
	at := len(all)
	for _, d := range v.Register.Departments {
		add(departments, d.Key, d.Title, v.chosen("department", d.Key), 1)
	}
	add(departments, "", v.Lang.T("picture.officer"), "", 1)
	p := &Picture{Title: v.Lang.T("picture.channels"), Total: len(all),
		Line: v.Lang.T("picture.channels.line", v.Lang.Count(total.points, "fact.points"), lang.Number(int64(total.classes[register.Digital])), lang.Number(int64(total.classes[register.Offline])))}
	byKind := Table{Caption: v.Lang.T("picture.bykind"), Head: []string{v.Lang.T("picture.channel"), v.Lang.T("col.class"), v.Lang.T("picture.points"), v.Lang.T("picture.usages"), v.Lang.T("picture.processes")}}
	byDept := Table{Caption: v.Lang.T("picture.bydept"), Head: []string{v.Lang.T("filter.department"), v.Lang.T("picture.digital"), v.Lang.T("picture.offline"), v.Lang.T("picture.otherclass"), v.Lang.T("picture.usages")}}
	for i := range all {
		s := &all[i]
		if i < at {
			byKind.Rows = append(byKind.Rows, []Cell{{Text: s.title, Href: s.href, Own: true}, {Text: v.classes(s)}, count(s.points), count(s.usages), count(len(s.processes))})
			continue
		}
		byDept.Rows = append(byDept.Rows, []Cell{{Text: s.title, Href: s.href, Own: s.href != ""}, count(s.classes[register.Digital]), count(s.classes[register.Offline]), count(s.classes[""]), count(s.usages)})
	}
	p.Tables = []Table{byKind, byDept}
	p.draw = func(from, to int, small bool) *drawing.Drawing { return v.bars(all[from:to], small) }
	return p
}

func count(n int) Cell { return Cell{Text: lang.Number(int64(n))} }

// classes says the classes of a share in words.
func (v *View) classes(s *share) string {
	text := ""
	for _, c := range []register.Class{register.Digital, register.Offline, ""} {
		if s.classes[c] > 0 {
			if text != "" {
				text += ", "
			}
			text += v.Lang.T("class." + cmp.Or(string(c), "none"))
		}
	}
	return text
}

// answers is the department that answers for a point: its own, or that of the processes which use it.
func (v *View) answers(t *register.Touchpoint) string {
	if v.Watch != nil {
		if w, ok := v.Watch.Point(t.Key); ok {
			return w.Responsible
		}
	}
	return t.Department
}

// chosen is the register with one thing chosen.
func (v *View) chosen(name, value string) string {
	to := v.to("")
	if to == "" {
		return ""
	}
	return addQuery(to, name, value)
}

// bars draws shares as bars of their classes, channels and departments under headings of their own.
func (v *View) bars(all []share, small bool) *drawing.Drawing {
	d := drawing.New(width(small), 0, v.Lang.T("picture.channels"), v.Lang.T("picture.channels.desc"))
	most := 1
	keys := []keyItem{v.classKey(register.Digital, "picture.key.d"), v.classKey(register.Offline, "picture.key.o")}
	for i := range all {
		most = max(most, all[i].points)
		if all[i].classes[""] > 0 && len(keys) == 2 {
			keys = append(keys, v.classKey("", "picture.key.none"))
		}
	}
	y := v.key(d, 0, 0, d.Width, keys)
	for i := range all {
		s := &all[i]
		if i == 0 || s.group != all[i-1].group {
			y += 14
			d.Text(0, y+14, v.Lang.T([]string{"picture.bykind", "picture.bydept"}[s.group]), boldType)
			y += 24
		}
		left, room, title := 0.0, d.Width-44, d.Width
		if !small {
			left, title = 380, 368
			room = d.Width - left - 60
		}
		g := d.Add(drawing.Group{Href: s.href, Title: s.title + ": " + v.Lang.Count(s.points, "fact.points")})
		lines := drawing.Wrap(s.title, title, 3, textType)
		for k, line := range lines {
			g.Text(0, y+14+float64(k)*18, line, textType)
		}
		height := float64(len(lines)) * 18
		top := y
		if small {
			top = y + height + 2
			height += 26
		}
		at := left
		for _, class := range []register.Class{register.Digital, register.Offline, ""} {
			n := s.classes[class]
			if n == 0 {
				continue
			}
			w := max(22, room*float64(n)/float64(most))
			v.bar(g, at, top, w, 22, class, n)
			at += w + 2
		}
		g.Text(at+6, top+16, lang.Number(int64(s.points)), boldType)
		y += max(height, 22) + 10
	}
	d.Height = y
	return d
}

// bar is a stretch of points of one class with their number and the letter of the class.
func (v *View) bar(g *drawing.Group, x, y, w, h float64, class register.Class, n int) {
	style, ink, letter := drawing.Style{Fill: drawing.Field, Stroke: drawing.Soft}, drawing.Soft, "?"
	switch class {
	case register.Digital:
		style, ink, letter = drawing.Style{Fill: drawing.Digital}, drawing.Field, v.Lang.T("picture.d")
	case register.Offline:
		style, ink, letter = drawing.Style{Fill: drawing.OfflineBg, Hatch: drawing.Up, HatchInk: drawing.Offline, Stroke: drawing.Offline}, drawing.Offline, v.Lang.T("picture.o")
	}
	text := letter + " " + lang.Number(int64(n))
	t := drawing.Type{Size: 12, Bold: true, Color: ink}
	if drawing.Width(text, t)+8 > w {
		text = letter
	}
	g.Rect(x, y, w, h, style)
	if class == register.Offline { // words stand on a plain field
		g.Rect(x+2, y+3, drawing.Width(text, t)+6, h-6, drawing.Style{Fill: drawing.OfflineBg})
	}
	g.Text(x+5, y+h/2+4.3, text, t)
}
