package check

import (
	"fmt"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// actsCited is R14: an act that is cited has a number and a date. The order's citations are looked at first; the order's
// words are then searched for acts that nobody listed as citations.
func actsCited(s *scene) {
	cited := make(map[string]bool) // clauses whose citation is looked at as data
	cite := func(c procedure.Citation, what, id string) {
		if c.Clause == "" && c.Quote == "" {
			return
		}
		cited[c.Clause] = true
		lacks := lacking(c.Act)
		if lacks == "" {
			return
		}
		s.report(note{
			severity: register.Form,
			clause:   c.Clause,
			places:   []register.Place{s.clause(c.Clause, c.Quote)},
			text:     fmt.Sprintf("%s ссылается на %s без %s.", upperFirst(theClause(c.Clause)), what, lacks),
			fix:      fmt.Sprintf("Укажите %s.", strings.NewReplacer("номера", "номер", "даты", "дату").Replace(lacks)),
			id:       []string{id, c.Clause},
			subject:  []string{c.Quote, c.Act.Number, string(c.Act.Date)},
		})
	}
	cite(s.pr.Processes, "акт, утвердивший реестр процессов,", "processes")
	for i, c := range s.pr.Basis {
		cite(c, actName(c.Act), fmt.Sprint("basis ", i))
	}
	s.citedInWords(cited)

	mine := func(a register.Act, whose, clause string, place register.Place, id ...string) {
		if lacks := lacking(a); lacks != "" {
			s.report(note{
				severity: register.Form,
				clause:   clause,
				places:   []register.Place{place},
				text:     fmt.Sprintf("%s без %s.", whose, lacks),
				fix:      fmt.Sprintf("Укажите %s акта.", strings.NewReplacer("номера", "номер", "даты", "дату").Replace(lacks)),
				id:       id,
				subject:  []string{a.Number, string(a.Date)},
			})
		}
	}
	for _, p := range s.reg.Processes {
		if p.Included != nil && *p.Included != (register.Act{}) {
			mine(*p.Included, fmt.Sprintf("Акт, по которому процесс %s включён в реестр, назван", quoted(p.Title)), s.pr.Processes.Clause, s.processPlace(p), "process", p.Key)
		}
	}
	for _, a := range s.reg.Appointments {
		if a.Act != (register.Act{}) {
			mine(a.Act, "Акт о назначении назван", s.role(a.Role).Clause, s.appointmentPlace(a), "appointment", a.Key)
		}
	}
}

// lacking says what an act is cited without, in the genitive: «номера и даты», «даты»; "" if nothing lacks.
func lacking(a register.Act) string {
	switch {
	case strings.TrimSpace(a.Number) == "" && a.Date == "":
		return "номера и даты"
	case strings.TrimSpace(a.Number) == "":
		return "номера"
	case a.Date == "":
		return "даты"
	}
	return ""
}

// actName names a cited act for a sentence: «акт (приказ)», with its title where there is one.
func actName(a register.Act) string {
	switch {
	case a.Title != "":
		return "акт " + quoted(a.Title)
	case a.Kind != "":
		return "акт (" + a.Kind + ")"
	}
	return "акт"
}

var (
	// approvedBy finds «утверждённого приказом …»: an act that exists already; «утверждается приказом» is no citation.
	approvedBy = lang.Expression(`(?i)утвержд[её]нн\p{L}*\s+(приказом|распоряжением|постановлением|указом|протоколом|решением)`)
	actNumber  = lang.Expression(`(?i)(№|\bN)\s*\S`)
	actDate    = lang.Expression(`(?i)\d{1,2}[.\s"»]+(\d{1,2}|[а-я]{3,8})[.\s]+\d{4}`)
)

// citedInWords looks through the order's words for an approving act without number and date, beside listed citations.
func (s *scene) citedInWords(cited map[string]bool) {
	for _, c := range s.pr.Clauses {
		if cited[c.Number] {
			continue
		}
		for i, text := range c.Paragraphs {
			if !strings.Contains(s.fold(text), "утвержд") {
				continue // most of the text, and the expression is slow to say so
			}
			hits := approvedBy().FindAllStringIndex(text, -1)
			for j, hit := range hits {
				end := len(text)
				if j+1 < len(hits) {
					end = hits[j+1][0]
				}
				words := text[hit[0]:end]
				if cut := strings.Index(words, ";"); cut >= 0 {
					words = words[:cut]
				}
				var a register.Act
				if actNumber().MatchString(words) {
					a.Number = "есть"
				}
				if actDate().MatchString(words) {
					a.Date = "есть"
				}
				lacks := lacking(a)
				if lacks == "" {
					continue
				}
				s.report(note{
					severity: register.Form,
					clause:   c.Number,
					places:   []register.Place{s.paragraph(c.Number, i+1, text[hit[0]:hit[1]])},
					text:     fmt.Sprintf("%s ссылается на акт без %s.", upperFirst(theClause(c.Number)), lacks),
					fix:      fmt.Sprintf("Укажите %s акта.", strings.NewReplacer("номера", "номер", "даты", "дату").Replace(lacks)),
					id:       []string{"words", c.Number, lang.Fold(words)},
					subject:  []string{words},
				})
			}
		}
	}
}
