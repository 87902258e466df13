package check

import (
	"fmt"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
)

// appendixClause names the part of the order that an appendix is, where the procedure has no name for it.
const appendixClause = "приложение"

// appendicesMentioned is R17: some clause mentions each appendix, and an appendix that a clause mentions is there.
func appendicesMentioned(s *scene) {
	for i, a := range s.pr.Appendices {
		part := a.Clause
		if part == "" {
			part = appendixClause
		}
		n := note{
			severity: register.Form,
			clause:   part,
			places:   []register.Place{{Text: "приложение " + quoted(a.Title), Clause: part, Quote: a.Title}},
			id:       []string{"appendix", fmt.Sprint(i), a.Kind},
			subject:  []string{a.Title, a.MentionedIn},
		}
		s.spot[keyOf(n.places[0])] = i
		c, known := s.pr.ClauseByNumber(a.MentionedIn)
		switch {
		case a.MentionedIn == "":
			n.text = fmt.Sprintf("На приложение %s не ссылается ни один пункт Порядка.", quoted(a.Title))
			n.fix = "Сошлитесь на приложение в том пункте, который его требует, или исключите приложение."
		case known && !mentionsAppendix(c.Paragraphs):
			n.clause = c.Number
			n.places = append(n.places, s.clause(c.Number, ""))
			n.text = fmt.Sprintf("Считается, что на приложение %s ссылается %s, но слова «приложение» там нет.", quoted(a.Title), clauseText(c.Number))
			n.fix = "Впишите в пункт ссылку на приложение."
		default:
			continue
		}
		s.report(n)
	}
	if len(s.pr.Appendices) > 0 || s.pr.Report != nil {
		return
	}
	for _, c := range s.pr.Clauses {
		if numbered(c.Number) && mentionsAppendix(c.Paragraphs) {
			s.report(note{
				severity: register.Violation,
				clause:   c.Number,
				places:   []register.Place{s.clause(c.Number, "")},
				text:     fmt.Sprintf("%s ссылается на приложение, но приложений у Порядка нет.", upperFirst(theClause(c.Number))),
				fix:      "Добавьте приложение или уберите ссылку на него.",
				id:       []string{"clause", c.Number},
			})
		}
	}
}

// mentionsAppendix tells whether a text speaks of an appendix, in any form of the word.
func mentionsAppendix(paragraphs []string) bool {
	for _, p := range paragraphs {
		if strings.Contains(lang.Fold(p), "приложени") {
			return true
		}
	}
	return false
}
