package render

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/office"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// A Wall makes the sheets that hang where clients pass: on the door of a point, and for a process where people would look
// for it. Only what is in force on the day is shown.
type Wall struct {
	reg   *register.Register
	proc  *procedure.Procedure
	site  Site
	day   register.Date
	state string // the edition, or the day

	points    map[string]*register.Touchpoint
	processes map[string]*register.Process
	of        map[string][]*register.Usage // by point
	in        map[string][]*register.Usage // by process
}

// NewWall makes the sheets of a state. edition is set when the state was asked for as that edition; a state in which
// nothing was changed since the last one is that one too. p is called as the body calls itself (Named).
func NewWall(r *register.Register, p *procedure.Procedure, site Site, edition *register.Edition, day register.Date) *Wall {
	w := &Wall{reg: r, proc: p, site: site, day: day, state: "По состоянию на " + lang.Date(string(day)),
		points: map[string]*register.Touchpoint{}, processes: map[string]*register.Process{},
		of: map[string][]*register.Usage{}, in: map[string][]*register.Usage{}}
	if n := len(r.Editions); edition == nil && n > 0 && r.Editions[n-1].N+1 == r.N {
		edition = &r.Editions[n-1]
	}
	if edition != nil {
		w.state = fmt.Sprintf("Редакция № %d", edition.Number)
		if edition.Date != "" {
			w.state += " от " + lang.Date(string(edition.Date))
		}
	}
	for i := range r.Touchpoints {
		if t := &r.Touchpoints[i]; inForce(t.From, t.To, day) {
			w.points[t.Key] = t
		}
	}
	for i := range r.Processes {
		if p := &r.Processes[i]; p.InForce(day) && inForce(p.From, p.To, day) {
			w.processes[p.Key] = p
		}
	}
	for i := range r.Usages {
		u := &r.Usages[i]
		if !inForce(u.From, u.To, day) || w.points[u.Touchpoint] == nil {
			continue
		}
		w.of[u.Touchpoint] = append(w.of[u.Touchpoint], u)
		if w.processes[u.Process] != nil {
			w.in[u.Process] = append(w.in[u.Process], u)
		}
	}
	return w
}

// inForce tells whether something that is in force from one day to another is so on a day.
func inForce(from, to, day register.Date) bool {
	return (from == "" || day == "" || from <= day) && (to == "" || day == "" || day <= to)
}

// A SheetKind is a sort of sheets.
type SheetKind string

// The sorts of sheets.
const (
	DoorSheets SheetKind = "points"
	Posters    SheetKind = "processes"
)

// A Sheet names one sheet: of a point or of a process.
type Sheet struct {
	Kind SheetKind
	Key  string
}

// Sheets lists all sheets of a kind, in the order of the register.
func (w *Wall) Sheets(kind SheetKind) []Sheet {
	var all []Sheet
	switch kind {
	case DoorSheets:
		for i := range w.reg.Touchpoints {
			if key := w.reg.Touchpoints[i].Key; w.points[key] != nil {
				all = append(all, Sheet{kind, key})
			}
		}
	case Posters:
		for i := range w.reg.Processes {
			if key := w.reg.Processes[i].Key; w.processes[key] != nil {
				all = append(all, Sheet{kind, key})
			}
		}
	}
	return all
}

// Has tells whether the state has what a sheet is about.
func (w *Wall) Has(s Sheet) bool {
	return s.Kind == DoorSheets && w.points[s.Key] != nil || s.Kind == Posters && w.processes[s.Key] != nil
}

// Write writes the sheets, each on a page of its own, telling after each how many are done. What the state does not have
// is left out. It stops when told returns an error.
func (w *Wall) Write(out io.Writer, paper office.Paper, sheets []Sheet, told func(done int) error) error {
	title := "Листы для печати. " + w.body()
	if len(sheets) == 1 && w.Has(sheets[0]) {
		title = w.poster(sheets[0]).Title
	}
	pw, err := office.NewPosterWriter(out, office.PosterMeta{Title: title, Author: w.body(), Created: w.reg.Time, Paper: paper})
	if err != nil {
		return err
	}
	for i, s := range sheets {
		if w.Has(s) {
			p := w.poster(s)
			if err := w.codes(&p, s); err != nil {
				return err
			}
			pw.Add(p)
		}
		if told != nil {
			if err := told(i + 1); err != nil {
				return err
			}
		}
	}
	return pw.Close()
}

func (w *Wall) body() string { return cmp.Or(w.proc.Holder.Name, w.reg.Organisation.Name) }

func (w *Wall) poster(s Sheet) office.Poster {
	p := office.Poster{}
	if s.Kind == DoorSheets {
		p = w.door(w.points[s.Key])
	} else {
		p = w.way(w.processes[s.Key])
	}
	p.Foot = [2]string{w.body(), w.state}
	return p
}

// codes puts the codes on a sheet; where the address of the pages is not known, there are none. An address that no code
// can hold is printed without one.
func (w *Wall) codes(p *office.Poster, s Sheet) error {
	if w.site.Base == "" {
		return nil
	}
	page, title := w.site.Point(s.Key), "Эта точка на сайте"
	if s.Kind == Posters {
		page, title = w.site.Process(s.Key), "Подробно и с формами"
	}
	for _, c := range []office.PosterCode{
		{Title: title, Address: page, Alt: "QR-код страницы: " + page},
		{Title: "Скажите, как прошло", Address: w.site.Feedback(s.Key), Alt: "QR-код для отзыва: " + w.site.Feedback(s.Key)},
	} {
		if m, err := codeModules(c.Address); err == nil {
			c.Modules = m
		}
		p.Codes = append(p.Codes, c)
	}
	return nil
}

// name is how people call a point: its label, or its kind where it has none.
func (w *Wall) name(t *register.Touchpoint) string {
	return capital(cmp.Or(t.Label, w.proc.KindTitle(t.Kind), t.Value, t.Key))
}

// hours are the opening hours as they are written: the point's own, or what the order says of it.
func (w *Wall) hours(t *register.Touchpoint) string {
	if t.Hours != "" || t.Declared == "" {
		return t.Hours
	}
	said := ""
	for _, r := range w.proc.Reception {
		if r.Point != t.Declared || r.Who != "" {
			continue
		}
		if said != "" && said != r.Hours {
			return "" // the order contradicts itself: nothing is printed
		}
		said = r.Hours
	}
	return said
}

// hourLines are the opening hours, a line for each statement.
func (w *Wall) hourLines(t *register.Touchpoint) []string {
	var lines []string
	for _, line := range strings.FieldsFunc(w.hours(t), func(r rune) bool { return r == ';' || r == '\n' }) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, capital(line))
		}
	}
	return lines
}

func (w *Wall) department(key string) string {
	for _, d := range w.reg.Departments {
		if d.Key == key {
			return capital(d.Title)
		}
	}
	return ""
}

// needs are what the usages give, in plain words, each once.
func (w *Wall) needs(us []*register.Usage) []string {
	var texts []string
	for _, u := range us {
		for _, n := range u.Needs {
			text := n.Text
			if known, ok := w.proc.NeedByCode(n.Code); ok && !known.Other {
				text = cmp.Or(known.Text, n.Text)
			}
			text = strings.TrimRight(strings.TrimSpace(strings.ReplaceAll(text, " клиентом", "")), ";.,") // who reads it is the client
			if text != "" && !slices.ContainsFunc(texts, func(x string) bool { return lang.Fold(x) == lang.Fold(text) }) {
				texts = append(texts, text)
			}
		}
	}
	return texts
}

// more names what was left out.
func more(n int) string { return "и ещё " + lang.Number(int64(n)) }
