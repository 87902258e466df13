package check

import (
	"fmt"
	"slices"

	"perechen/internal/lang"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// keyPoints is R7: each key point is declared, and some row uses a point of its kinds; where the order asks for every
// kind of a key point, each kind is looked at alone.
func keyPoints(s *scene) {
	for _, k := range s.pr.KeyPoints {
		if !k.Every {
			s.lookKey(k, k.Kinds, quoted(k.Text))
			continue
		}
		for _, kind := range k.Kinds {
			s.lookKey(k, []string{kind}, fmt.Sprintf("%s (%s)", quoted(k.Text), lang.Fold(s.pr.KindTitle(kind))))
		}
	}
}

func (s *scene) lookKey(k procedure.KeyPoint, kinds []string, name string) {
	if len(kinds) == 0 || s.kindsUsed(kinds) {
		return
	}
	n := note{
		severity: register.Violation,
		clause:   k.Clause,
		places:   []register.Place{s.clause(k.Clause, k.Text)},
		id:       append([]string{k.Clause}, kinds...),
		subject:  []string{k.Text},
	}
	declared := false
	for _, d := range s.pr.Declared {
		if slices.Contains(kinds, d.Kind) {
			declared = true
			n.places = append(n.places, s.declaredPlace(d))
		}
	}
	switch {
	case !declared && len(s.pr.Declared) > 0:
		where := inClauses(s.declaredClauses(""))
		n.text = fmt.Sprintf("%s называет ключевой точкой %s, но %s такой точки нет.", upperFirst(theClause(k.Clause)), name, where)
		n.fix = fmt.Sprintf("Назовите эту точку %s или уберите её из %s.", where, ofClause(k.Clause))
	case len(s.rows) > 0:
		n.text = fmt.Sprintf("%s называет ключевой точкой %s, но ни в одной строке перечня её нет.", upperFirst(theClause(k.Clause)), name)
		n.fix = "Добавьте строку с этой точкой в те процессы, где она действует."
	default:
		return
	}
	s.report(n)
}

// missingKeyKinds are the kinds of key points that no row uses; R7 reports them, so R1 does not.
func (s *scene) missingKeyKinds() map[string]bool {
	missing := make(map[string]bool)
	for _, k := range s.pr.KeyPoints {
		for _, kind := range k.Kinds {
			if !s.usedKinds[kind] && (k.Every || !s.kindsUsed(k.Kinds)) {
				missing[kind] = true
			}
		}
	}
	return missing
}

// kindsUsed tells whether some row uses a point of one of the kinds.
func (s *scene) kindsUsed(kinds []string) bool {
	return slices.ContainsFunc(kinds, func(kind string) bool { return s.usedKinds[kind] })
}
