package cli

import (
	"strings"

	"perechen/internal/lang"
	"perechen/internal/procedure"
)

// groundClause reads the clause that a person names as a ground: «4.1», «п. 4.1», «пункт 4.1». One that the order does not
// have is refused before anything is written, for what the log once says stays there; an order kept without its words has
// clauses that nobody can look up, so any is taken.
func groundClause(p *procedure.Procedure, s string) (string, error) {
	clause := strings.TrimSpace(s)
	for _, word := range []string{"пункт ", "п. ", "п."} {
		if rest, ok := strings.CutPrefix(lang.Fold(clause), word); ok {
			clause = strings.TrimSpace(rest)
			break
		}
	}
	if p.KnowsClause(clause) || len(p.Clauses) == 0 && clause != "" {
		return clause, nil
	}
	return "", refusef("пункта «%s» в Порядке нет, основанием он быть не может; об изменениях перечня говорит пункт %s. Ничего не записано", s, p.Actualise.Clause)
}
