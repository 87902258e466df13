package check

import (
	"fmt"

	"perechen/internal/register"
)

// topicsCovered is R21: each topic of the order's title has a process or a profile. A declared point of the topic, such as
// the department's telephone, covers it in part, and the sentence says so. A register without processes and profiles is
// not yet formed and says nothing about topics.
func topicsCovered(s *scene) {
	if len(s.pr.Topics) == 0 || len(s.reg.Processes)+len(s.reg.Profiles) == 0 {
		return
	}
	covered := make(map[string]bool)
	see := func(text string) {
		for _, t := range s.match().Topics(text) {
			covered[t.Code] = true
		}
	}
	for _, p := range s.reg.Processes {
		if s.inForce(p.From, p.To) {
			see(p.Title + ". " + p.Scope)
		}
	}
	for _, p := range s.reg.Profiles { // a profile belongs to its group; its title counts where the group is no topic
		if len(s.match().Topics(p.Group)) == 0 {
			see(p.Title)
		}
		see(p.Group)
	}
	partly := make(map[string][]string) // topic → declared points
	places := make(map[string][]register.Place)
	for _, d := range s.pr.Declared {
		for _, t := range s.match().Topics(d.Label) {
			partly[t.Code] = append(partly[t.Code], fmt.Sprintf("%s (%s)", quoted(declaredText(d)), clauseText(d.Clause)))
			places[t.Code] = append(places[t.Code], s.declaredPlace(d))
		}
	}
	for _, t := range s.pr.Topics {
		if covered[t.Code] {
			continue
		}
		n := note{
			severity: register.Violation,
			clause:   t.Clause,
			places:   append([]register.Place{s.phrase(t.Clause, t.Title)}, places[t.Code]...),
			text:     fmt.Sprintf("В названии Порядка есть тема %s, но в перечне по ней нет ни процесса, ни профиля.", quoted(t.Title)),
			fix:      "Добавьте процесс или профиль по этой теме или исключите её из названия.",
			id:       []string{t.Code},
			subject:  append([]string{t.Title}, partly[t.Code]...),
		}
		if points := partly[t.Code]; len(points) > 0 {
			n.severity = register.Unclear
			n.text = fmt.Sprintf("В названии Порядка есть тема %s, но в перечне по ней нет ни процесса, ни профиля; объявлено только: %s.",
				quoted(t.Title), andList(points))
		}
		s.report(n)
	}
}
