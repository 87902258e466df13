package check

import (
	"fmt"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/workday"
)

// A statement of hours, in the order or in the register.
type statement struct {
	subject string // the point whose hours they are: key of the declared point, else of the register's own
	who     string // who receives; "" for everybody
	address string
	hours   string // verbatim
	place   register.Place
}

// statements gathers all statements of hours. Where a paragraph has the same words twice, each place quotes its own.
func (s *scene) statements() []statement {
	if s.hours != nil {
		return s.hours
	}
	s.hours = []statement{}
	times := make(map[string]int) // clause, paragraph and words → how often quoted so far
	for i, r := range s.pr.Reception {
		id := fmt.Sprint(r.Clause, " ", r.Item, " ", r.Hours)
		place := s.hoursPlace(r.Clause, r.Item, r.Hours, times[id])
		times[id]++
		subject := r.Point
		if subject == "" {
			subject = fmt.Sprint("reception ", i) // nobody said of what; it cannot contradict anything
		}
		s.hours = append(s.hours, statement{subject, r.Who, r.Place, r.Hours, place})
	}
	for _, t := range s.reg.Touchpoints {
		t = *s.points[t.Key]
		if t.Hours == "" || !s.inForce(t.From, t.To) {
			continue
		}
		subject := t.Declared
		if subject == "" {
			subject = "point " + t.Key
		}
		s.hours = append(s.hours, statement{subject, "", t.Place, t.Hours, s.point(t, t.Hours)})
	}
	return s.hours
}

// hoursPlace quotes the nth (from 0) occurrence of hours in a paragraph with two words before it.
func (s *scene) hoursPlace(clause string, item int, hours string, nth int) register.Place {
	c, _ := s.pr.ClauseByNumber(clause)
	if item < 1 || item > len(c.Paragraphs) || !strings.Contains(c.Paragraphs[item-1], hours) {
		return s.clause(clause, hours)
	}
	text := c.Paragraphs[item-1]
	at := strings.Index(text, hours)
	for range nth {
		next := strings.Index(text[at+len(hours):], hours)
		if next < 0 {
			break
		}
		at += len(hours) + next
	}
	from, end := at, at+len(hours)
	before := tokens(text[:at])
	for i := len(before) - 1; i >= max(0, len(before)-2) && !strings.ContainsAny(text[before[i].end:from], ".;,)"); i-- {
		from = before[i].start
	}
	if strings.Contains(text[from:at], "(") && strings.HasPrefix(text[end:], ")") {
		end++
	}
	return s.paragraph(clause, item, text[from:end])
}

// hoursAgree is R9: statements of hours about one point do not contradict one another. What is said of one person must lie
// within what is said of everybody; two statements about the same must be equal, unless they are about different days.
func hoursAgree(s *scene) {
	type read struct {
		statement
		hours workday.Hours
	}
	bySubject := make(map[string][]read)
	var subjects []string
	for _, st := range s.statements() {
		h, err := workday.ParseHours(st.hours)
		if err != nil {
			continue // hours in words that nobody can compare: «по предварительной записи»
		}
		if bySubject[st.subject] == nil {
			subjects = append(subjects, st.subject)
		}
		bySubject[st.subject] = append(bySubject[st.subject], read{st, h})
	}
	for _, subject := range subjects {
		var places []register.Place
		var sentences, looked []string
		in := make(map[int]bool)
		said := make(map[string]bool)
		of := bySubject[subject]
		for i, a := range of {
			for j := i + 1; j < len(of); j++ {
				b := of[j]
				if a.address != "" && b.address != "" && lang.Fold(a.address) != lang.Fold(b.address) || !contradict(a.who, b.who, a.hours, b.hours) {
					continue
				}
				in[i], in[j] = true, true
				sentence := fmt.Sprintf("%s и %s. %s", quoted(a.statement.hours), quoted(b.statement.hours), difference(a.who, b.who, a.hours, b.hours))
				if !said[sentence] {
					said[sentence] = true
					sentences = append(sentences, sentence)
				}
			}
		}
		for i, a := range of {
			if in[i] {
				places = append(places, a.place)
				looked = append(looked, a.statement.hours)
			}
		}
		if len(places) == 0 {
			continue
		}
		s.report(note{
			severity: register.Violation,
			clause:   firstClause(places, s.classClause()),
			places:   places,
			text:     "Часы противоречат друг другу: " + strings.Join(sentences, " "),
			fix:      "Решите, какие часы верны, и укажите везде одни.",
			id:       []string{subject},
			subject:  looked,
		})
	}
}

// contradict tells whether two statements about one point cannot both hold.
func contradict(whoA, whoB string, a, b workday.Hours) bool {
	switch {
	case lang.Fold(whoA) == lang.Fold(whoB):
		return sharesDay(a, b) && a.Conflicts(b) != ""
	case whoB == "":
		return !within(a, b)
	case whoA == "":
		return !within(b, a)
	}
	return false
}

// difference says in what two statements differ. Where one is about a person and the other about everybody, only the days
// on which the person's hours go beyond count: nobody expects a head to receive all week.
func difference(whoA, whoB string, a, b workday.Hours) string {
	for i := range a.Days {
		person := a.Days[i]
		everybody := b.Days[i]
		if whoA == "" {
			person, everybody = everybody, person
		}
		if lang.Fold(whoA) != lang.Fold(whoB) && dayWithin(person, everybody) {
			a.Days[i], b.Days[i] = workday.Day{Closed: true}, workday.Day{Closed: true}
		}
	}
	return a.Conflicts(b)
}

func sharesDay(a, b workday.Hours) bool {
	for i := range a.Days {
		d, o := a.Days[i], b.Days[i]
		if d.Closed || o.Closed || d.Only != 0 && o.Only != 0 && d.Only&o.Only == 0 { // the first Wednesday and the third are two days
			continue
		}
		return true
	}
	return false
}

// within tells whether hours h lie in hours o: never open when o is closed or has its break.
func within(h, o workday.Hours) bool {
	for i, d := range h.Days {
		if !dayWithin(d, o.Days[i]) {
			return false
		}
	}
	return true
}

func dayWithin(d, o workday.Day) bool {
	switch {
	case d.Closed:
		return true
	case o.Closed || d.Open < o.Open || d.Close > o.Close:
		return false
	case o.Only != 0 && (d.Only == 0 || d.Only&^o.Only != 0):
		return false
	case o.Except&^d.Except != 0 && (d.Only == 0 || d.Only&o.Except != 0):
		return false
	}
	return rests(d, o.BreakFrom, o.BreakTo) && rests(d, o.LateFrom, o.LateTo)
}

// rests tells whether a day is closed in a stretch of minutes; an empty one is none.
func rests(d workday.Day, from, to int) bool {
	in := func(begin, end int) bool { return begin <= from && to <= end }
	return from >= to || from >= d.Close || to <= d.Open || in(d.BreakFrom, d.BreakTo) || in(d.LateFrom, d.LateTo)
}
