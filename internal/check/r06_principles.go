package check

import (
	"fmt"

	"perechen/internal/register"
)

// checkBothClasses is the name by which a procedure's principle asks for R6.
const checkBothClasses = "both_classes"

// bothClasses is R6: each process has a digital and an offline point. It is computed under two readings, by the order's
// class and by the printed one. What is missing under both is a violation; what is missing under one only hangs on the
// findings of R3, and the sentence says so.
func bothClasses(s *scene) {
	clause, quote, asked := s.principle(checkBothClasses)
	if !asked || len(s.rows) == 0 {
		return
	}
	principle := s.clause(clause, quote)
	for _, p := range s.reg.Processes {
		if !s.inForce(p.From, p.To) {
			continue
		}
		rows := s.rowsAt(s.rowsIn[p.Key])
		if len(rows) == 0 {
			s.report(note{
				severity: register.Violation,
				clause:   clause,
				places:   []register.Place{principle, s.processPlace(p)},
				text:     fmt.Sprintf("У процесса %s нет ни одной точки взаимодействия.", quoted(p.Title)),
				fix:      "Добавьте строки с цифровой и с офлайн-точкой или исключите процесс.",
				id:       []string{p.Key, "none"},
				subject:  []string{p.Title},
			})
			continue
		}
		for _, class := range []register.Class{register.Digital, register.Offline} {
			s.reportMissingClass(p, rows, class, principle)
		}
	}
}

func (s *scene) reportMissingClass(p register.Process, rows []*row, class register.Class, principle register.Place) {
	var byOrder, byPrint, open bool
	var disputed []*row // rows of this class under one reading only
	for _, r := range rows {
		ordered, _ := s.classOf(*r.point)
		printed := r.Printed
		if ordered == "" {
			ordered = printed
		}
		if printed == "" {
			printed = ordered
		}
		byOrder = byOrder || ordered == class
		byPrint = byPrint || printed == class
		open = open || ordered == ""
		if ordered != printed && (ordered == class || printed == class) {
			disputed = append(disputed, r)
		}
	}
	if byOrder && byPrint {
		return
	}
	n := note{
		severity: register.Violation,
		clause:   principle.Clause,
		places:   append(s.placesOf(rows), principle, s.processPlace(p)),
		text:     fmt.Sprintf("У процесса %s нет %s.", quoted(p.Title), classGenitive(class)),
		fix:      fmt.Sprintf("Добавьте процессу строку с %s.", classInstrumental(class)),
		id:       []string{p.Key, string(class)},
		subject:  []string{string(class)},
		byPlaces: true,
	}
	switch {
	case byOrder: // the order has it, the printed class does not
		n.severity = register.Unclear
		r := disputed[0]
		_, clause := s.classOf(*r.point)
		n.text = fmt.Sprintf("У процесса %s нет %s по напечатанному классу. Если точку %s считать %s, как в %s, замечание исчезнет.",
			quoted(p.Title), classGenitive(class), quoted(r.point.Text()), classInstrumental(class), atClause(clause))
		n.fix = fmt.Sprintf("Сначала решите, к какому классу относится точка (замечание R3); если она остаётся %s, добавьте процессу %s.",
			classInstrumental(other(class)), classAccusative(class))
	case byPrint: // printed so, but the order says otherwise
		n.severity = register.Unclear
		r := disputed[0]
		_, clause := s.classOf(*r.point)
		n.text = fmt.Sprintf("У процесса %s нет %s по классу из %s. Если точку %s считать %s, как напечатано в перечне, замечание исчезнет.",
			quoted(p.Title), classGenitive(class), ofClause(clause), quoted(r.point.Text()), classInstrumental(class))
		n.fix = fmt.Sprintf("Сначала решите, к какому классу относится точка (замечание R3); если она остаётся %s, добавьте процессу %s.",
			classInstrumental(other(class)), classAccusative(class))
	case open:
		n.severity = register.Unclear
		n.text = fmt.Sprintf("У процесса %s нет %s среди точек, класс которых известен; класс остальных не определён.",
			quoted(p.Title), classGenitive(class))
		n.fix = "Определите класс точек процесса."
	}
	if byOrder != byPrint {
		for _, r := range disputed {
			n.depends = append(n.depends, classFinding(r.point.Key))
		}
	}
	s.report(n)
}

// principle finds a principle that asks for a check, with its clause and words.
func (s *scene) principle(check string) (clause, quote string, ok bool) {
	for _, p := range s.pr.Principles {
		if p.Check == check {
			return p.Clause, p.Text, true
		}
	}
	return "", "", false
}
