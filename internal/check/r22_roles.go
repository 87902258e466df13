package check

import (
	"fmt"
	"strings"

	"perechen/internal/procedure"
	"perechen/internal/register"
)

// rolesAppointed is R22: a role that is held by appointment has an appointment by an act, in force on the day.
func rolesAppointed(s *scene) {
	for _, role := range s.pr.Roles {
		if !role.Appointed {
			continue
		}
		var lapsed *register.Appointment
		held := false
		for i, a := range s.reg.Appointments {
			switch {
			case a.Role != role.Code || a.Act == (register.Act{}):
			case s.inForce(a.From, a.To):
				held = true
			case lapsed == nil || a.To > lapsed.To:
				lapsed = &s.reg.Appointments[i]
			}
		}
		if held {
			continue
		}
		name := "Роль " + quoted(role.Title)
		n := note{
			severity: register.Unclear,
			clause:   role.Clause,
			places:   []register.Place{s.rolePlace(role)},
			text:     fmt.Sprintf("%s исполняется по назначению (%s), но акта о назначении в перечне нет.", name, clauseText(role.Clause)),
			fix:      "Внесите акт о назначении: номер, дату и срок.",
			id:       []string{role.Code},
		}
		if lapsed != nil {
			n.text = fmt.Sprintf("%s исполняется по назначению (%s), но ни одно назначение на день проверки не действует.", name, clauseText(role.Clause))
			n.fix = "Внесите новый акт о назначении или исправьте срок прежнего."
			n.subject = []string{lapsed.Key, string(lapsed.From), string(lapsed.To)}
		}
		s.report(n)
	}
}

// rolePlace is where the order speaks of a role: its first paragraph that says «назначен…», else the clause.
func (s *scene) rolePlace(role procedure.Role) register.Place {
	c, _ := s.pr.ClauseByNumber(role.Clause)
	for i, p := range c.Paragraphs {
		for _, t := range tokens(p) {
			if strings.HasPrefix(t.word, "назнач") {
				return s.paragraph(role.Clause, i+1, p[t.start:t.end])
			}
		}
	}
	return s.clause(role.Clause, "")
}

// role is the role with that code; one that the order does not have is named by its code.
func (s *scene) role(code string) procedure.Role {
	for _, r := range s.pr.Roles {
		if r.Code == code {
			return r
		}
	}
	return procedure.Role{Code: code, Title: code}
}
