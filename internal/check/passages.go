package check

import (
	"slices"

	"perechen/internal/lang"
	"perechen/internal/register"
)

// A passage is a stretch of text with a way to its place. Many rows of a register say the same, so what is read from a
// text is kept by text, and places are made only for what is reported.
type passage struct {
	text   string
	folded string // lang.Fold of text
	place  func(quote string) register.Place
}

// orderPassages are the paragraphs of the order's own text.
func (s *scene) orderPassages() []passage {
	if s.ofOrder == nil {
		for _, c := range s.pr.Clauses {
			for i, text := range c.Paragraphs {
				s.ofOrder = append(s.ofOrder, passage{text, s.fold(text), func(quote string) register.Place { return s.paragraph(c.Number, i+1, quote) }})
			}
		}
	}
	return s.ofOrder
}

// rowPassages are the words of the register: titles of processes and rows. A row's point is read where it first stands.
func (s *scene) rowPassages() []passage {
	if s.ofRows != nil {
		return s.ofRows
	}
	add := func(text string, place func(quote string) register.Place) {
		if text != "" {
			s.ofRows = append(s.ofRows, passage{text, s.fold(text), place})
		}
	}
	for _, p := range s.reg.Processes {
		add(p.Title, func(quote string) register.Place {
			place := s.processPlace(p)
			place.Quote = quote
			return place
		})
	}
	seen := make(map[string]bool)
	for _, r := range s.rows {
		place := func(quote string) register.Place { return s.rowQuoting(r, quote) }
		if !seen[r.Touchpoint] {
			seen[r.Touchpoint] = true
			add(r.point.Label, place)
		}
		add(r.Text, place)
		add(r.Feature, place)
	}
	return s.ofRows
}

// passages are those of the order and of the register.
func (s *scene) passages() []passage {
	if s.ofAll == nil {
		s.ofAll = append(slices.Clip(s.orderPassages()), s.rowPassages()...)
	}
	return s.ofAll
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
