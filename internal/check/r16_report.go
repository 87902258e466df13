package check

import (
	"fmt"
	"strings"

	"perechen/internal/register"
)

// reportApproved is R16: where the order says that the report is approved, the register has an edition with number, date
// and approving act. Changes that are newer than the last edition are the normal state of a living register.
func reportApproved(s *scene) {
	form := s.pr.Report
	if form == nil || !form.Approval || len(s.rows) == 0 {
		return
	}
	place := s.clause(form.Clause, "утверждается")
	if len(s.reg.Editions) == 0 {
		s.report(note{
			severity: register.Violation,
			clause:   form.Clause,
			places:   []register.Place{place},
			text: fmt.Sprintf("По %s отчёт утверждается, но утверждённой редакции перечня нет: не указаны ни утвердивший, ни дата, ни номер редакции.",
				byClause(form.Clause)),
			fix: "Утвердите редакцию: укажите её номер, дату и утверждающий акт.",
			id:  []string{"none"},
		})
		return
	}
	last := s.reg.Editions[0]
	for _, e := range s.reg.Editions {
		if e.Number > last.Number {
			last = e
		}
	}
	var lacks []string
	if last.Number <= 0 {
		lacks = append(lacks, "номер редакции")
	}
	if last.Date == "" {
		lacks = append(lacks, "дата редакции")
	}
	switch lacking(last.Act) {
	case "номера и даты":
		lacks = append(lacks, "номер и дата утверждающего акта")
	case "номера":
		lacks = append(lacks, "номер утверждающего акта")
	case "даты":
		lacks = append(lacks, "дата утверждающего акта")
	}
	if s.reg.Organisation.HeadTitle == "" && s.pr.Holder.HeadTitle == "" {
		lacks = append(lacks, "должность утверждающего")
	}
	if len(lacks) == 0 {
		return
	}
	s.report(note{
		severity: register.Violation,
		clause:   form.Clause,
		places:   []register.Place{place, s.editionPlace(last)},
		text: fmt.Sprintf("По %s отчёт утверждается, но у последней редакции не хватает: %s.", byClause(form.Clause),
			strings.Join(lacks, ", ")),
		fix:     "Утвердите новую редакцию со всеми реквизитами.",
		id:      []string{"lacks"},
		subject: []string{fmt.Sprint(last.Number), string(last.Date), last.Act.Number, string(last.Act.Date)},
	})
}
