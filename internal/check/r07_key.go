package check

import (
	"fmt"
	"slices"

	"perechen/internal/procedure"
	"perechen/internal/register"
)

// keyPoints is R7: each key point is declared, and some row uses a point of its kinds.
func keyPoints(s *scene) {
	for _, k := range s.pr.KeyPoints {
		if len(k.Kinds) == 0 {
			continue
		}
		n := note{
			severity: register.Violation,
			clause:   k.Clause,
			places:   []register.Place{s.clause(k.Clause, k.Text)},
			id:       append([]string{k.Clause}, k.Kinds...),
			subject:  []string{k.Text},
		}
		var declared []procedure.DeclaredPoint
		for _, d := range s.pr.Declared {
			if slices.Contains(k.Kinds, d.Kind) {
				declared = append(declared, d)
				n.places = append(n.places, s.declaredPlace(d))
			}
		}
		switch used := s.kindsUsed(k.Kinds); {
		case len(declared) == 0 && len(s.pr.Declared) > 0 && !used:
			n.text = fmt.Sprintf("Пункт %s называет ключевой точкой %s, но %s такой точки нет.",
				k.Clause, quoted(k.Text), inClauses(s.declaredClauses("")))
			n.fix = fmt.Sprintf("Объявите эту точку %s или уберите её из пункта %s.", inClauses(s.declaredClauses("")), k.Clause)
		case !used && len(s.rows) > 0:
			n.text = fmt.Sprintf("Пункт %s называет ключевой точкой %s, но ни в одной строке перечня её нет.", k.Clause, quoted(k.Text))
			n.fix = "Добавьте строку с этой точкой в те процессы, где она действует."
		default:
			continue
		}
		s.report(n)
	}
}

// kindsUsed tells whether some row uses a point of one of the kinds.
func (s *scene) kindsUsed(kinds []string) bool {
	return slices.ContainsFunc(kinds, func(kind string) bool { return s.usedKinds[kind] })
}
