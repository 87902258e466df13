package check

import (
	"fmt"

	"perechen/internal/lang"
	"perechen/internal/register"
)

// lettersOfOneAlphabet is R12 for words that are no contacts: titles of processes, interactions and features. A letter of
// another alphabet there hides the row from search and makes one thing two. One finding for each text, with its rows.
func lettersOfOneAlphabet(s *scene) {
	type text struct {
		what, words string
		fault       fault
		places      []register.Place
	}
	var found []*text
	byWords := make(map[string]*text)
	look := func(what, words string, place func() register.Place) {
		id := what + "\x00" + words
		t, seen := byWords[id]
		if !seen {
			if f := hiddenLetters(words); f.code != "" {
				t = &text{what: what, words: words, fault: f}
				found = append(found, t)
			}
			byWords[id] = t
		}
		if t != nil {
			t.places = append(t.places, place())
		}
	}
	for _, p := range s.reg.Processes {
		look("Процесс", p.Title, func() register.Place { return s.processPlace(p) })
	}
	for _, r := range s.rows {
		look("Взаимодействие", r.Text, func() register.Place { return s.rowQuoting(r, r.Text) })
		look("Особенность", r.Feature, func() register.Place { return s.rowQuoting(r, r.Feature) })
	}
	for _, t := range found {
		s.report(note{
			severity: t.fault.severity,
			clause:   s.classClause(),
			places:   t.places,
			text:     fmt.Sprintf("%s %s: %s.", t.what, quoted(t.words), t.fault.text),
			fix:      t.fault.fix,
			id:       []string{t.fault.code, t.what, lang.Fold(t.words)},
			subject:  []string{t.words},
		})
	}
}
