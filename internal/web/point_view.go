package web

import (
	"html/template"
	"net/mail"
	"net/url"
	"strings"
	"unicode/utf8"

	"perechen/internal/lang"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// A pointView is a point as every table shows it.
type pointView struct {
	Key, Href string
	Label     string
	Contact   contact
	Where     string // address and hours
	Fresh     fresh
}

func (r *request) viewPoint(f *frame, t *register.Touchpoint) pointView {
	v := pointView{Key: t.Key, Href: f.To("points", t.Key), Label: t.Label, Contact: newContact(t), Fresh: r.fresh(t.Key)}
	if v.Label == "" {
		v.Label = r.kindTitle(t.Kind)
		if v.Label == "" {
			v.Label, v.Contact.Text = t.Value, ""
		}
	}
	if v.Label == "" {
		v.Label = t.Key
	}
	var where []string
	for _, w := range []string{t.Place, t.Hours} {
		if w != "" {
			where = append(where, w)
		}
	}
	v.Where = strings.Join(where, " · ")
	return v
}

// kindTitle is how the procedure calls a kind of channel.
func (r *request) kindTitle(code string) string {
	k, _ := r.snap.proc.KindByCode(code)
	return k.Title
}

// A contact is a point's telephone, mailbox or address: a link when it can safely be followed, words otherwise.
type contact struct {
	Text     string
	Href     template.URL // tel:, mailto:, http: or https: only; empty when there is nothing to follow
	External bool
}

// newContact reads the canonical contact of a point. What is not plainly a telephone, a mailbox or a site is not a link.
func newContact(t *register.Touchpoint) contact {
	c := contact{Text: t.Value}
	switch s := t.Contact; {
	case strings.HasPrefix(s, "http://"), strings.HasPrefix(s, "https://"):
		if u, err := url.Parse(s); err == nil && u.Host != "" && u.User == nil {
			c.Href, c.External = template.URL(u.String()), true
		}
	case strings.HasPrefix(s, "+"):
		if digits := s[1:]; len(digits) >= 5 && len(digits) <= 15 && strings.Trim(digits, "0123456789") == "" {
			c.Href = template.URL("tel:" + s)
		}
	case strings.Contains(s, "@"):
		if a, err := mail.ParseAddress(s); err == nil && a.Address == s && !strings.ContainsAny(s, "?&%#\" ") {
			c.Href = template.URL("mailto:" + (&url.URL{Path: s}).EscapedPath())
		}
	}
	return c
}

// validity says when a subject is in force; empty when nothing limits it.
func validity(t lang.Tag, from, to register.Date) string {
	switch a, b := lang.Date(string(from)), lang.Date(string(to)); {
	case from != "" && to != "":
		return t.T("valid.fromto", a, b)
	case from != "":
		return t.T("valid.from", a)
	case to != "":
		return t.T("valid.to", b)
	}
	return ""
}

// actText is an act as it is cited: «приказ № 9-р от 16.02.2026 «Об утверждении…»».
func actText(a register.Act) string { return a.Text() }

var isoDates = lang.Expression(`\b\d{4}-\d{2}-\d{2}\b`)

// loose are the spaces at which a line must not break: after № and «пункт», inside a telephone, before a date.
var loose = lang.Expression(`№ |(?i:\b(?:п|пп|ст|г|стр)\. |пункт[а-я]* |строк[а-я]* |от )(?:\d)|\d \(\d+\) \d`)

// tight puts no-break spaces where a line must not break. It is for words that we write about the register, never for the
// register's own.
func tight(s string) string {
	return loose().ReplaceAllStringFunc(s, func(m string) string { return strings.ReplaceAll(m, " ", "\u00a0") })
}

// hang keeps short words with what follows them, for headings: «с клиентом в рамках» does not break after «в».
func hang(s string) string {
	words := strings.Split(s, " ")
	var b strings.Builder
	for i, w := range words {
		b.WriteString(w)
		if i == len(words)-1 {
			break
		}
		if n := utf8.RuneCountInString(w); n > 0 && n <= 2 && !strings.ContainsAny(w, ".,;:") {
			b.WriteString("\u00a0")
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// groundText is the ground of an entry: clause, words and act.
func groundText(t lang.Tag, g register.Ground) string {
	var parts []string
	if g.Clause != "" {
		parts = append(parts, clauseText(t, g.Clause))
	}
	for _, s := range []string{g.Text, g.Act} {
		if s != "" {
			parts = append(parts, tight(isoDates().ReplaceAllStringFunc(s, lang.Date)))
		}
	}
	return strings.Join(parts, ", ")
}

// sourceText says where in a document a value stood.
func sourceText(s *register.Source) string {
	if s == nil {
		return ""
	}
	var parts []string
	add := func(word string, n int) {
		if n > 0 {
			parts = append(parts, word+"\u00a0"+lang.Number(int64(n)))
		}
	}
	if s.File != "" {
		parts = append(parts, s.File)
	}
	add("стр.", s.Page)
	if s.Sheet != "" {
		parts = append(parts, "лист «"+s.Sheet+"»")
	}
	add("таблица", s.Table)
	add("строка", s.Row)
	if s.Cell != "" {
		parts = append(parts, "графа «"+s.Cell+"»")
	}
	add("строка файла", s.Line)
	return strings.Join(parts, ", ")
}

// clauseText refers to a clause: «п. 2.5», or a part of the order by its own name.
func clauseText(t lang.Tag, number string) string {
	if numbered(number) {
		return t.T("order.number", number)
	}
	return procedure.Cite(number)
}
