package render

import (
	"cmp"
	"slices"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/office"
	"perechen/internal/register"
)

// mostWays is how many other ways a door sheet names.
const mostWays = 4

// door is the sheet of a point.
func (w *Wall) door(t *register.Touchpoint) office.Poster {
	p := office.Poster{Title: w.name(t)}
	if kind := w.proc.KindTitle(t.Kind); !strings.Contains(lang.Fold(p.Title), lang.Fold(kind)) {
		p.Kicker = capital(kind)
	}
	if t.Value != "" && !strings.Contains(p.Title, t.Value) {
		p.Lead = t.Value
	}
	part := func(label string, big bool, items []office.PosterItem) {
		if len(items) > 0 {
			p.Parts = append(p.Parts, office.PosterPart{Label: label, Items: items, Big: big, Rest: more})
		}
	}
	part("Часы работы", true, plainItems(w.hourLines(t)...))
	part("Где", false, plainItems(t.Place))
	part("С чем обращаться", false, w.canDo(t.Key))
	part("Отдел", false, plainItems(w.department(t.Department)))
	part(w.otherWays(t))
	return p
}

// canDo says for which processes a point serves and what one gets there.
func (w *Wall) canDo(point string) []office.PosterItem {
	var keys []string
	of := map[string][]*register.Usage{}
	for _, u := range w.of[point] {
		if u.Process != "" && w.processes[u.Process] == nil {
			continue // the process is no longer in force
		}
		if of[u.Process] == nil {
			keys = append(keys, u.Process)
		}
		of[u.Process] = append(of[u.Process], u)
	}
	var items []office.PosterItem
	for _, key := range keys {
		needs := w.needs(of[key])
		if key != "" {
			items = append(items, office.PosterItem{Text: capital(w.processes[key].Title), Note: capital(strings.Join(needs, "; "))})
			continue
		}
		for _, n := range needs {
			items = append(items, office.PosterItem{Text: capital(n)})
		}
	}
	return items
}

// otherWays are the points where the same processes are served, those that serve most of them first: of a place where one
// must go, the digital ones only.
func (w *Wall) otherWays(t *register.Touchpoint) (label string, big bool, items []office.PosterItem) {
	class, _ := w.proc.ClassOf(*t)
	label = "Можно и не приходить"
	if class == register.Digital || t.Contact != "" || t.Value != "" {
		label = "Ещё способы"
	}
	serves := map[string]map[string]bool{}
	for _, u := range w.of[t.Key] {
		for _, x := range w.in[u.Process] {
			if serves[x.Touchpoint] == nil {
				serves[x.Touchpoint] = map[string]bool{}
			}
			serves[x.Touchpoint][u.Process] = true
		}
	}
	var ways []*register.Touchpoint
	for key := range serves {
		other := w.points[key]
		c, _ := w.proc.ClassOf(*other)
		if key != t.Key && (class == register.Digital || c == register.Digital) {
			ways = append(ways, other)
		}
	}
	slices.SortFunc(ways, func(a, b *register.Touchpoint) int {
		return cmp.Or(cmp.Compare(len(serves[b.Key]), len(serves[a.Key])), cmp.Compare(a.Position, b.Position), cmp.Compare(a.Key, b.Key))
	})
	for _, o := range ways[:min(mostWays, len(ways))] {
		items = append(items, office.PosterItem{Text: capital(o.Text())})
	}
	return label, false, items
}

// way is the poster of a process.
func (w *Wall) way(x *register.Process) office.Poster {
	p := office.Poster{Kicker: "Куда обратиться", Title: capital(x.Title)}
	of := map[string][]*register.Usage{}
	var points []*register.Touchpoint
	for _, u := range w.in[x.Key] {
		if of[u.Touchpoint] == nil {
			points = append(points, w.points[u.Touchpoint])
		}
		of[u.Touchpoint] = append(of[u.Touchpoint], u)
	}
	for _, class := range []register.Class{register.Digital, register.Offline, ""} {
		var items []office.PosterItem
		for _, t := range points {
			if c, _ := w.proc.ClassOf(*t); c != class {
				continue
			}
			var note []string
			for _, s := range []string{t.Place, capital(w.hours(t)), capital(strings.Join(w.needs(of[t.Key]), "; "))} {
				if s != "" {
					note = append(note, strings.TrimRight(s, ".;"))
				}
			}
			items = append(items, office.PosterItem{Text: capital(t.Text()), Note: strings.Join(note, ". ")})
		}
		if len(items) > 0 {
			label := map[register.Class]string{register.Digital: "Дистанционно", register.Offline: "Лично", "": "Где"}[class]
			p.Parts = append(p.Parts, office.PosterPart{Label: label, Items: items, Rest: more})
		}
	}
	if d := w.department(x.Department); d != "" {
		p.Parts = append(p.Parts, office.PosterPart{Label: "Отвечает", Items: []office.PosterItem{{Text: d}}, Rest: more})
	}
	return p
}

// plainItems are those texts that say something.
func plainItems(texts ...string) []office.PosterItem {
	var items []office.PosterItem
	for _, t := range texts {
		if t != "" {
			items = append(items, office.PosterItem{Text: t})
		}
	}
	return items
}
