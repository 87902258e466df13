package check

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"perechen/internal/register"
)

// rowsWhole is R19 for what is in the register: a row that looks like the rest of the row above it, torn off by a page
// break. It starts in the middle of a sentence and says nothing of its class, while the row above does. A break that is
// seen in a file is reported, and mended, when the file is read; a row of the dictionary keeps how it was printed, so what was
// done to it is reported until somebody agrees to the reading.
func rowsWhole(s *scene) {
	s.lookDictionary()
	for i := 1; i < len(s.rows); i++ {
		above, r := s.rows[i-1], s.rows[i]
		if r.Feature != "" || above.Feature == "" || r.Process != above.Process && r.hasProcess {
			continue
		}
		if !startsLower(r.point.Label) || !startsLower(r.Text) {
			continue
		}
		s.report(note{
			severity: register.Unclear,
			clause:   s.formClause(),
			places:   []register.Place{s.rowQuoting(above, above.Text), s.rowQuoting(r, r.Text)},
			text:     fmt.Sprintf("Похоже, строка %d перечня — это конец строки %d, оторванный переходом на новую страницу.", r.number, above.number),
			fix:      fmt.Sprintf("Если это так, соедините обе строки и исключите строку %d.", r.number),
			id:       []string{above.Key, r.Key},
			byPlaces: true,
		})
	}
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// formClause is the clause of the report's form, where the order has one.
func (s *scene) formClause() string {
	if s.pr.Report != nil && s.pr.Report.Clause != "" {
		return s.pr.Report.Clause
	}
	return s.pr.Processes.Clause
}
