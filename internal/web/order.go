package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"perechen/internal/lang"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// orderPage is the order's own text, clause by clause, with the findings in the margin where the fault is.
type orderPage struct {
	frame
	Act          string
	Heading      string
	Registration string
	Contents     []link
	Clauses      []clause
	Command      string
}

type clause struct {
	ID         string // anchor
	Name       string // for those who hear the page: «пункт 2.5»
	Heading    string
	Paragraphs []paragraph
	Notes      []note
	Again      []link
	More       *link
}

// again names a finding that stands in full further up; one mention of a clause is enough.
func (c *clause) again(l link) {
	if !slices.ContainsFunc(c.Again, func(a link) bool { return a.Text == l.Text }) {
		c.Again = append(c.Again, l)
	}
}

type paragraph struct {
	ID   string
	Item bool // of a list
	Runs []textRun
}

// A textRun is a stretch of a paragraph: its number, words that a finding quotes (Href leads to it), or plain words.
type textRun struct {
	Text, Href string
	Number     bool
}

func (s *site) order(r *request) (page, error) {
	proc := r.snap.proc
	p := &orderPage{frame: r.frame("order", "order", r.lang.T("nav.order")), Act: actText(register.Act{Kind: proc.Act.Kind, Number: proc.Act.Number, Date: proc.Act.Date}),
		Heading: hang(cmp.Or(proc.Title, r.lang.T("nav.order")))}
	if reg := proc.Act.Registration; reg != nil {
		p.Registration = lang.Russian.T("order.registered", reg.By, reg.Number, lang.Date(string(reg.Date)))
	}
	seen := map[string]bool{}
	for _, c := range proc.Clauses {
		out := clause{ID: anchor(c.Number), Name: procedure.Cite(c.Number), Heading: c.Heading}
		about := r.snap.about[subject{"clause", c.Number}]
		for _, x := range about {
			if seen[x.ID] {
				out.again(link{r.findingHref(&p.frame, x.ID), clauseText(r.lang, x.Clause)})
				continue
			}
			seen[x.ID] = true
			n := r.note(&p.frame, x)
			n.Text = short(n.Text)
			out.Notes = append(out.Notes, n)
		}
		out.Notes, out.More = r.capped(&p.frame, out.Notes)
		if c.Heading != "" {
			p.Contents = append(p.Contents, link{"#" + out.ID, sectionTitle(c)})
		}
		for i, text := range c.Paragraphs {
			if i == 0 && c.Heading != "" && strings.Contains(lang.Fold(text), lang.Fold(c.Heading)) {
				out.Heading = text // printed once, as the order has it: «2. Порядок формирования Перечня»
				continue
			}
			out.Paragraphs = append(out.Paragraphs, paragraph{ID: out.ID + "-" + strconv.Itoa(i+1), Item: strings.HasPrefix(text, "-") || i > 0 && numbered(c.Number) && startsLow(text), Runs: r.runs(&p.frame, c.Number, i == 0, text, about)})
		}
		p.Clauses = append(p.Clauses, out)
	}
	return p, nil
}

func sectionTitle(c procedure.Clause) string {
	if numbered(c.Number) {
		return c.Number + ". " + c.Heading
	}
	return c.Heading
}

func numbered(clause string) bool { return clause != "" && clause[0] >= '0' && clause[0] <= '9' }

// startsLow tells a paragraph that goes on a list: it begins with a small letter.
func startsLow(s string) bool {
	for _, c := range s {
		return unicode.IsLower(c)
	}
	return false
}

// runs cuts a paragraph at its number and at the words that findings quote.
func (r *request) runs(f *frame, number string, first bool, text string, about []*register.Finding) []textRun {
	var runs []textRun
	if n := number + "."; first && strings.HasPrefix(text, n) {
		runs = append(runs, textRun{Text: n, Number: true})
		text = text[len(n):]
	} else if first && strings.HasPrefix(text, number+" ") {
		runs = append(runs, textRun{Text: number, Number: true})
		text = text[len(number):]
	}
	type span struct {
		from, to int
		id       string
	}
	var spans []span
	for _, x := range about {
		for _, pl := range x.Places {
			if pl.Clause != number || pl.Quote == "" {
				continue
			}
			for at := 0; ; {
				i := strings.Index(text[at:], pl.Quote)
				if i < 0 {
					break
				}
				spans = append(spans, span{at + i, at + i + len(pl.Quote), x.ID})
				at += i + len(pl.Quote)
			}
		}
	}
	slices.SortStableFunc(spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to)) })
	at := 0
	for _, s := range spans {
		if s.from < at {
			continue // overlaps what is marked already
		}
		if s.from > at {
			runs = append(runs, textRun{Text: text[at:s.from]})
		}
		runs = append(runs, textRun{Text: text[s.from:s.to], Href: r.findingHref(f, s.id)})
		at = s.to
	}
	if at < len(text) {
		runs = append(runs, textRun{Text: text[at:]})
	}
	return runs
}

// anchor names a part of the order in an address: «2.5» stays, other names keep their letters.
func anchor(clause string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) || c == '.' {
			return unicode.ToLower(c)
		}
		return '-'
	}, clause)
}
