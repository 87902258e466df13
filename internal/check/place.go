package check

import (
	"fmt"
	"strconv"
	"strings"

	"perechen/internal/register"
)

var ordinals = []string{"", "первый", "второй", "третий", "четвёртый", "пятый", "шестой", "седьмой", "восьмой", "девятый",
	"десятый", "одиннадцатый", "двенадцатый", "тринадцатый", "четырнадцатый", "пятнадцатый", "шестнадцатый",
	"семнадцатый", "восемнадцатый", "девятнадцатый", "двадцатый"}

// A spotKey tells places apart that share a clause or a list.
type spotKey struct {
	kind      register.Kind
	key, text string
}

func keyOf(p register.Place) spotKey { return spotKey{p.Kind, p.Key, p.Text} }

// clause is the place of some words of the order. The paragraph is the one that has the words; where none has them, or
// nothing is quoted, the place is the clause as a whole.
func (s *scene) clause(number, quote string) register.Place {
	if quote != "" {
		if c, ok := s.pr.ClauseByNumber(number); ok {
			want := s.fold(quote)
			for i, paragraph := range c.Paragraphs {
				if strings.Contains(s.fold(paragraph), want) {
					return s.paragraph(number, i+1, quote)
				}
			}
		}
	}
	return register.Place{Text: clauseText(number), Clause: number, Quote: quote}
}

// paragraph is the place of words in the n-th paragraph (from 1) of a clause.
func (s *scene) paragraph(number string, n int, quote string) register.Place {
	p := register.Place{Text: clauseText(number), Clause: number, Quote: quote}
	if c, _ := s.pr.ClauseByNumber(number); len(c.Paragraphs) > 1 {
		if n < len(ordinals) {
			p.Text += ", " + ordinals[n] + " абзац"
		} else {
			p.Text += ", абзац " + strconv.Itoa(n)
		}
	}
	s.spot[keyOf(p)] = n
	return p
}

func numbered(clause string) bool { return clause != "" && clause[0] >= '0' && clause[0] <= '9' }

// row is the place of a row, as the report counts rows.
func (s *scene) row(r *row) register.Place {
	said := s.said[r.at]
	fresh := said == ""
	if fresh {
		name := r.point.Text()
		if !r.hasPoint {
			name = r.Text
		}
		said = "строка " + strconv.Itoa(r.number) + " перечня: " + name
		s.said[r.at] = said
	}
	p := register.Place{Text: said, Kind: register.KindUsage, Key: r.Key, Source: r.Source}
	if fresh {
		s.spot[keyOf(p)] = r.number
	}
	return p
}

// rowQuoting is the place of a row with the words of it that are meant.
func (s *scene) rowQuoting(r *row, quote string) register.Place {
	p := s.row(r)
	p.Quote = quote
	return p
}

// point is the place of a point as such, whatever rows it stands in.
func (s *scene) point(t register.Touchpoint, quote string) register.Place {
	p := register.Place{Text: "точка: " + t.Text(), Kind: register.KindTouchpoint, Key: t.Key, Quote: quote, Source: t.Source}
	s.spot[keyOf(p)] = t.Position
	return p
}

// processPlace is the place of a process.
func (s *scene) processPlace(pr register.Process) register.Place {
	p := register.Place{Text: "процесс: " + pr.Title, Kind: register.KindProcess, Key: pr.Key}
	s.spot[keyOf(p)] = pr.Position
	return p
}

// editionPlace is the place of an edition.
func (s *scene) editionPlace(e register.Edition) register.Place {
	p := register.Place{Text: fmt.Sprintf("редакция № %d", e.Number), Kind: register.KindEdition, Key: strconv.Itoa(e.Number)}
	s.spot[keyOf(p)] = e.Number
	return p
}

// appointmentPlace is the place of an appointment. The person's name is no business of a finding.
func (s *scene) appointmentPlace(a register.Appointment) register.Place {
	title := s.role(a.Role).Title
	switch title { // roles of the installation, which no order names
	case register.RoleCoordinator:
		title = "координатор"
	case register.RoleReader:
		title = "читатель"
	}
	return register.Place{Text: "назначение: " + title, Kind: register.KindAppointment, Key: a.Key}
}
