package check

import (
	"fmt"
	"slices"

	"perechen/internal/procedure"
	"perechen/internal/register"
)

// declaredUnused is R1: one finding for each declared point that no row uses. A point named only in general declares no
// single place, and a key point that is missing altogether is R7's finding.
func declaredUnused(s *scene) {
	if len(s.rows) == 0 {
		return
	}
	missing := s.missingKeyKinds()
	for _, d := range s.pr.Declared {
		if d.Generic || s.used[d.Key] || missing[d.Kind] {
			continue
		}
		s.report(note{
			severity: register.Unclear,
			clause:   d.Clause,
			places:   []register.Place{s.declaredPlace(d)},
			text: fmt.Sprintf("Точка %s объявлена %s, но ни одна строка перечня её не использует.",
				quoted(declaredText(d)), inClauses([]string{d.Clause})),
			fix:     fmt.Sprintf("Добавьте строку с этой точкой или исключите её из %s.", ofClause(d.Clause)),
			id:      []string{d.Key},
			subject: []string{declaredText(d)},
		})
	}
}

// usedUndeclared is R2: one finding for each point that rows use and section 3 does not name, or names otherwise.
func usedUndeclared(s *scene) {
	if len(s.pr.Declared) == 0 {
		return
	}
	for _, t := range s.reg.Touchpoints {
		t = *s.points[t.Key]
		rows := s.rowsOf[t.Key]
		if len(rows) == 0 {
			continue
		}
		d, declared := s.declaredOf(t)
		switch {
		case !declared:
			s.reportUndeclared(t)
		case !d.Generic && t.Value != "" && d.Value != "" && contactID(t.Kind, t.Value) != contactID(t.Kind, d.Value):
			s.report(note{
				severity: register.Violation,
				clause:   d.Clause,
				places:   append(s.rowPlaces(rows), s.declaredPlace(d)),
				text: fmt.Sprintf("Точка %s стоит в перечне с контактом %s, а %s она объявлена с контактом %s.",
					quoted(d.Label), quoted(t.Value), inClauses([]string{d.Clause}), quoted(d.Value)),
				fix:     fmt.Sprintf("Укажите верный контакт и в перечне, и в %s.", atClause(d.Clause)),
				id:      []string{t.Key, d.Key},
				subject: []string{t.Value, d.Value},
			})
		}
	}
}

func (s *scene) reportUndeclared(t register.Touchpoint) {
	rows := s.rowsOf[t.Key]
	class := s.classIn(t)
	clauses := s.declaredClauses(class)
	if len(clauses) == 0 {
		clauses = append(s.declaredClauses(""), "")
	}
	n := note{
		severity: register.Violation,
		clause:   clauses[0],
		places:   s.rowPlaces(rows),
		text: fmt.Sprintf("Точка %s используется %s перечня, но %s не объявлена.",
			quoted(t.Text()), inRows(s.rowsAt(rows)), inClauses(s.declaredClauses(""))),
		fix:     fmt.Sprintf("Назовите эту точку в %s или уберите её из перечня.", atClause(clauses[0])),
		id:      []string{t.Key},
		subject: []string{t.Text()},
	}
	general := slices.IndexFunc(s.pr.Declared, func(d procedure.DeclaredPoint) bool { return d.Generic && d.Class == class })
	if general >= 0 {
		d := s.pr.Declared[general]
		n.severity = register.Unclear
		n.places = append(n.places, s.declaredPlace(d))
		n.text += fmt.Sprintf(" %s называет %s только в общем виде: неясно, входит ли в них эта точка.", upperFirst(theClause(d.Clause)), quoted(declaredText(d)))
		n.subject = append(n.subject, declaredText(d))
		n.fix = fmt.Sprintf("Назовите эту точку в %s или отклоните замечание, если она входит в %s.", atClause(d.Clause), quoted(declaredText(d)))
	}
	s.report(n)
}

// classIn is the class of a point by the order, else the class that most of its rows print.
func (s *scene) classIn(t register.Touchpoint) register.Class {
	if class, _ := s.classOf(t); class != "" {
		return class
	}
	count := make(map[register.Class]int)
	for _, i := range s.rowsOf[t.Key] {
		count[s.rows[i].Printed]++
	}
	if count[register.Offline] > count[register.Digital] {
		return register.Offline
	}
	if count[register.Digital] > 0 {
		return register.Digital
	}
	return ""
}

// declaredPlace is where the order names a point.
func (s *scene) declaredPlace(d procedure.DeclaredPoint) register.Place {
	p := s.clause(d.Clause, d.Quote)
	if p.Quote == "" {
		p.Quote = declaredText(d)
	}
	return p
}

// declaredText is a declared point in one line: «телефон отдела … : 8 (8672) 64-90-22».
func declaredText(d procedure.DeclaredPoint) string {
	return register.Touchpoint{Label: d.Label, Value: d.Value}.Text()
}

// rowsAt are the rows with these indexes.
func (s *scene) rowsAt(indexes []int) []*row {
	rows := make([]*row, 0, len(indexes))
	for _, i := range indexes {
		rows = append(rows, s.rows[i])
	}
	return rows
}

// rowPlaces are the places of the rows with these indexes.
func (s *scene) rowPlaces(indexes []int) []register.Place {
	places := make([]register.Place, 0, len(indexes)+1)
	for _, i := range indexes {
		places = append(places, s.row(s.rows[i]))
	}
	return places
}
