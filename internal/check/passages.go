package check

import (
	"slices"

	"perechen/internal/lang"
	"perechen/internal/register"
)

// A passage is a text with everything that says it. Many rows of a register say the same, so a text is read once, and
// places are made only for what is reported.
type passage struct {
	text   string
	folded string // lang.Fold of text
	by     []speaker
}

// A speaker is a place before it is made: a paragraph of the order, a process or a row.
type speaker interface {
	place(s *scene, quote string) register.Place
}

type (
	paragraphSpeaker struct {
		clause string
		n      int
	}
	processSpeaker register.Process
)

func (p paragraphSpeaker) place(s *scene, quote string) register.Place {
	return s.paragraph(p.clause, p.n, quote)
}

func (p *processSpeaker) place(s *scene, quote string) register.Place {
	place := s.processPlace(register.Process(*p))
	place.Quote = quote
	return place
}

func (r *row) place(s *scene, quote string) register.Place { return s.rowQuoting(r, quote) }

// readOrder gives the paragraphs of the order's own text, each by itself.
func (s *scene) readOrder() []passage {
	var all []passage
	for _, c := range s.pr.Clauses {
		for i, text := range c.Paragraphs {
			all = append(all, passage{text, lang.Fold(text), []speaker{paragraphSpeaker{c.Number, i + 1}}})
		}
	}
	return all
}

// readAll gives the paragraphs of the order and, after them, the words of the register: titles of processes and rows, equal
// texts together, in the order in which they first stand. A row's point is read where it first stands.
func (s *scene) readAll() []passage {
	all := slices.Clone(s.orderPassages())
	at := make(map[string]int)
	add := func(text string, by speaker) {
		if text == "" {
			return
		}
		i, known := at[text]
		if !known {
			i = len(all)
			at[text] = i
			all = append(all, passage{text: text, folded: lang.Fold(text)})
		}
		all[i].by = append(all[i].by, by)
	}
	for i := range s.reg.Processes {
		add(s.reg.Processes[i].Title, (*processSpeaker)(&s.reg.Processes[i]))
	}
	seen := make(map[string]bool)
	for _, r := range s.rows {
		if !seen[r.Touchpoint] {
			seen[r.Touchpoint] = true
			add(r.point.Label, r)
		}
		add(r.Text, r)
		add(r.Feature, r)
	}
	return all
}

// fold is lang.Fold, remembered.
func (s *scene) fold(text string) string {
	f, known := s.folds[text]
	if !known {
		f = lang.Fold(text)
		s.folds[text] = f
	}
	return f
}
