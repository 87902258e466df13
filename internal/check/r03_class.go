package check

import (
	"fmt"

	"perechen/internal/lang"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// classAgrees is R3: the class that rows print for a point is the one that the order gives it, and the order gives one
// kind of channel one class.
func classAgrees(s *scene) {
	for _, t := range s.reg.Touchpoints {
		t = *s.points[t.Key]
		class, clause := s.classOf(t)
		if class == "" {
			s.reportMixed(t)
			continue
		}
		against := s.printedOtherwise(t.Key, class)
		if len(against) == 0 {
			continue
		}
		places := make([]register.Place, 0, len(against)+1)
		for _, r := range against {
			places = append(places, s.rowQuoting(r, r.Feature))
		}
		s.report(note{
			severity: register.Violation,
			clause:   clause,
			places:   append(places, s.classPlace(t, clause)),
			text: fmt.Sprintf("Точка %s по %s относится к %s, а %s перечня названа %s.", quoted(t.Text()), byClause(clause),
				classDativePlural(class), inRows(against), classInstrumental(other(class))),
			fix:      fmt.Sprintf("Назовите её %s %s или измените %s.", inRows(against), classInstrumental(class), theClause(clause)),
			id:       []string{"point", t.Key},
			subject:  []string{string(class)},
			byPlaces: true,
		})
	}
	for _, k := range s.pr.Kinds {
		s.reportKindTwice(k)
	}
}

// classFinding is the id of R3's finding on a point.
func classFinding(touchpoint string) string { return register.FindingID("R3", "point", touchpoint) }

// printedOtherwise are the rows that print another class for a point.
func (s *scene) printedOtherwise(touchpoint string, class register.Class) []*row {
	var rows []*row
	for _, i := range s.rowsOf[touchpoint] {
		if r := s.rows[i]; r.Printed != "" && r.Printed != class {
			rows = append(rows, r)
		}
	}
	return rows
}

// reportMixed reports a point of a kind that the order does not class, if rows class it both ways.
func (s *scene) reportMixed(t register.Touchpoint) {
	digital, offline := s.printedOtherwise(t.Key, register.Offline), s.printedOtherwise(t.Key, register.Digital)
	if len(digital) == 0 || len(offline) == 0 {
		return
	}
	var places []register.Place
	for _, r := range append(digital, offline...) {
		places = append(places, s.rowQuoting(r, r.Feature))
	}
	s.report(note{
		severity: register.Unclear,
		clause:   s.classClause(),
		places:   places,
		text: fmt.Sprintf("Точка %s %s перечня названа цифровой, а %s — офлайн-точкой; Порядок о ней не говорит.",
			quoted(t.Text()), inRows(digital), inRows(offline)),
		fix:      "Решите, к какому классу относится точка, и напишите одинаково во всех строках.",
		id:       []string{"point", t.Key},
		byPlaces: true,
	})
}

// reportKindTwice reports a kind of channel whose declared points stand under both classes of the order itself.
func (s *scene) reportKindTwice(k procedure.Kind) {
	if k.Class == "" {
		return
	}
	for _, d := range s.pr.Declared {
		if d.Kind != k.Code || d.Class == "" || d.Class == k.Class {
			continue
		}
		places := []register.Place{s.declaredPlace(d)}
		for _, same := range s.pr.Declared {
			if same.Kind == k.Code && same.Class == k.Class && same.Clause == k.Clause {
				places = append(places, s.declaredPlace(same))
			}
		}
		if len(places) == 1 {
			places = append(places, s.clause(k.Clause, ""))
		}
		s.report(note{
			severity: register.Unclear,
			clause:   d.Clause,
			places:   places,
			text: fmt.Sprintf("Точка %s стоит среди %s (%s), а %s относит такой канал (%s) к %s.",
				quoted(declaredText(d)), classGenitivePlural(d.Class), clauseText(d.Clause), theClause(k.Clause), lang.Fold(k.Title), classDativePlural(k.Class)),
			fix:     fmt.Sprintf("Перенесите точку в %s или объясните в Порядке, чем она отличается.", theClause(k.Clause)),
			id:      []string{"kind", k.Code, d.Key},
			subject: []string{declaredText(d), string(d.Class), string(k.Class)},
		})
	}
}

// classPlace is where the order says the class of a point: its own declared item, else one of its kind.
func (s *scene) classPlace(t register.Touchpoint, clause string) register.Place {
	if d, ok := s.declaredOf(t); ok {
		return s.declaredPlace(d)
	}
	for _, d := range s.pr.Declared {
		if d.Kind == t.Kind && d.Clause == clause {
			return s.declaredPlace(d)
		}
	}
	return s.clause(clause, "")
}

// classClause is the first clause that names points, for findings on points that the order does not class.
func (s *scene) classClause() string {
	if clauses := s.declaredClauses(""); len(clauses) > 0 {
		return clauses[0]
	}
	for _, k := range s.pr.Kinds {
		return k.Clause
	}
	return ""
}

func other(c register.Class) register.Class {
	if c == register.Digital {
		return register.Offline
	}
	return register.Digital
}
