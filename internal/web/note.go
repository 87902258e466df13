package web

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"perechen/internal/register"
)

// A note is a finding in the margin of the thing it is about.
type note struct {
	ID, Href string
	Tone     string // violation, unclear, form: how it is coloured
	Severity string
	Clause   string
	Text     string
	Fix      string // what to do, where the page of findings does not have it yet
}

// tone is the English name of a severity, for classes and message keys.
func tone(s register.Severity) string {
	switch s {
	case register.Violation:
		return "violation"
	case register.Unclear:
		return "unclear"
	}
	return "form"
}

func (r *request) note(f *frame, x *register.Finding) note {
	t := tone(x.Severity)
	return note{ID: x.ID, Href: r.findingHref(f, x.ID), Tone: t, Severity: r.lang.T("severity." + t), Clause: x.Clause, Text: tight(x.Text)}
}

// findingHref is where a finding stands on the page of findings.
func (r *request) findingHref(f *frame, id string) string {
	q := f.View.query()
	if page := r.snap.place[id]/pageRows + 1; page > 1 {
		q.Set("page", strconv.Itoa(page))
	}
	return f.with(q, "findings") + "#" + id
}

// maxNotes is how many notes stand beside one thing; more are counted and left to the page of findings.
const maxNotes = 20

// capped cuts a long column of notes; more says how many are left out, nil for none.
func (r *request) capped(f *frame, ns []note) (shown []note, more *link) {
	if len(ns) <= maxNotes {
		return ns, nil
	}
	return ns[:maxNotes], &link{f.To("findings"), r.lang.T("note.more", r.lang.Count(len(ns)-maxNotes, "fact.findings"))}
}

// notesAbout are the notes of one subject's own page.
func (r *request) notesAbout(f *frame, kind register.Kind, key string) []note {
	var ns []note
	for _, x := range r.snap.about[subject{kind, key}] {
		ns = append(ns, r.note(f, x))
	}
	return ns
}

// A margin gives each row of a table the notes that belong beside it, each finding in full only once.
type margin struct {
	r    *request
	f    *frame
	seen map[string]bool  // findings shown in full
	used map[subject]bool // points and processes that had their row
}

func (r *request) margin(f *frame) *margin {
	return &margin{r: r, f: f, seen: map[string]bool{}, used: map[subject]bool{}}
}

// row gives the notes of a row: about the row itself; about its point and its process where they first appear, unless
// the finding names rows of its own. What stands in full above is only named again.
func (m *margin) row(u *register.Usage) (ns []note, again []link) {
	var names []string
	if t := m.r.snap.points[u.Touchpoint]; t != nil {
		names = append(names, t.Text(), t.Label)
	}
	if p := m.r.snap.processes[u.Process]; p != nil {
		names = append(names, p.Title)
	}
	add := func(x *register.Finding) {
		n := m.r.note(m.f, x)
		if !m.seen[x.ID] {
			m.seen[x.ID] = true
			n.Text = tight(short(x.Text, names...))
			ns = append(ns, n)
			return
		}
		l := link{n.Href, clauseText(m.r.lang, x.Clause)}
		if x.Clause == "" {
			l.Text = n.Severity
		}
		if !slices.ContainsFunc(again, func(a link) bool { return a.Text == l.Text }) {
			again = append(again, l)
		}
	}
	for _, x := range m.r.snap.about[subject{register.KindUsage, u.Key}] {
		add(x)
	}
	for _, sub := range []subject{{register.KindTouchpoint, u.Touchpoint}, {register.KindProcess, u.Process}} {
		if sub.key == "" || m.used[sub] {
			continue
		}
		m.used[sub] = true
		for _, x := range m.r.snap.about[sub] {
			if !namesRows(x) && !m.seen[x.ID] {
				add(x)
			}
		}
	}
	return ns, again
}

func namesRows(x *register.Finding) bool {
	return slices.ContainsFunc(x.Places, func(p register.Place) bool { return p.Kind == register.KindUsage })
}

// short is the first sentence of a finding, without the names that stand in the row beside it: «Точка «Телефон: …» не
// объявлена.» becomes «Точка не объявлена.» The whole of it is on the page of findings.
func short(text string, names ...string) string {
	for _, n := range names {
		if n != "" {
			text = strings.Replace(text, " «"+n+"»", "", 1)
		}
	}
	runes := []rune(text)
	for i := 1; i+2 < len(runes); i++ {
		// A sentence ends where a capital letter follows and a word, not an initial or a number, stands before.
		if runes[i] == '.' && runes[i+1] == ' ' && unicode.IsUpper(runes[i+2]) && unicode.IsLower(runes[i-1]) && i >= 4 && unicode.IsLower(runes[i-2]) && unicode.IsLower(runes[i-3]) {
			return string(runes[:i+1])
		}
	}
	return text
}
