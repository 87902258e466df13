package check

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/segment"
)

// numbersMakeSense is R20: days exist, follow one another, and clauses and editions are numbered without a gap or a repeat.
func numbersMakeSense(s *scene) {
	s.lookActDates()
	s.lookEditions()
	s.lookValidity()
	s.lookClauseNumbers()
	s.lookWrittenDates()
	s.lookClockTimes()
	for _, a := range s.reg.Attributes {
		for _, v := range a.Values {
			if b, ok := segment.ParseBand(v); ok && b.Reversed {
				place := s.attributePlace(a)
				place.Quote = v
				s.nonsense(place, s.appendixOf("attributes"), fmt.Sprintf("В признаке %s полоса %s начинается большим числом, чем кончается.", quoted(a.Title), quoted(v)),
					"Поменяйте числа местами или исправьте их.", "band", a.Key, v)
			}
		}
	}
}

// nonsense files a violation at one place.
func (s *scene) nonsense(place register.Place, clause, text, fix string, id ...string) {
	s.report(note{severity: register.Violation, clause: clause, places: []register.Place{place}, text: text, fix: fix, id: id, subject: []string{text}})
}

// partPlace is the first of the named parts that the order has, or the first as it is.
func (s *scene) partPlace(names ...string) register.Place {
	for _, n := range names {
		if _, ok := s.clauseAt[n]; ok {
			return s.clause(n, "")
		}
	}
	return s.clause(names[0], "")
}

func (s *scene) lookActDates() {
	act := s.pr.Act
	head := s.partPlace("бланк", "преамбула", "название")
	if impossible(act.Date) {
		s.nonsense(head, head.Clause, fmt.Sprintf("Дата акта %s невозможна.", quoted(string(act.Date))), "Исправьте дату.", "act")
	}
	if r := act.Registration; r != nil {
		place := s.partPlace("регистрация", "преамбула", "название")
		switch {
		case impossible(r.Date):
			s.nonsense(place, place.Clause, fmt.Sprintf("Дата регистрации %s невозможна.", quoted(string(r.Date))), "Исправьте дату.", "registration")
		case r.Date != "" && act.Date != "" && r.Date < act.Date:
			s.nonsense(place, place.Clause, fmt.Sprintf("Акт от %s зарегистрирован %s, раньше, чем подписан.", day(act.Date), day(r.Date)),
				"Проверьте обе даты.", "registration")
		}
	}
	for i, c := range append(slices.Clone(s.pr.Basis), s.pr.Processes) {
		place := s.clause(c.Clause, c.Quote)
		id := fmt.Sprint("cited ", i)
		switch {
		case impossible(c.Act.Date):
			s.nonsense(place, c.Clause, fmt.Sprintf("Дата акта %s невозможна.", quoted(string(c.Act.Date))), "Исправьте дату.", id)
		case c.Act.Date != "" && act.Date != "" && c.Act.Date > act.Date:
			s.nonsense(place, c.Clause, fmt.Sprintf("Порядок от %s ссылается на акт от %s, которого тогда ещё не было.", day(act.Date), day(c.Act.Date)),
				"Проверьте даты.", id)
		}
	}
}

func (s *scene) lookEditions() {
	clause := s.formClause()
	editions := slices.Clone(s.reg.Editions)
	slices.SortStableFunc(editions, func(a, b register.Edition) int { return cmp.Compare(a.Number, b.Number) })
	for i, e := range editions {
		place, id := s.editionPlace(e), "edition "+strconv.Itoa(e.Number)
		switch {
		case impossible(e.Date) || impossible(e.Act.Date):
			s.nonsense(place, clause, fmt.Sprintf("У редакции № %d невозможная дата.", e.Number), "Исправьте дату.", id)
		case e.Date != "" && e.Date < s.pr.Act.Date:
			s.nonsense(place, clause, fmt.Sprintf("Редакция № %d датирована %s, раньше самого Порядка (%s).", e.Number, day(e.Date), day(s.pr.Act.Date)), "Проверьте дату редакции.", id)
		case e.Date != "" && e.Act.Date > e.Date:
			s.nonsense(place, clause, fmt.Sprintf("Редакция № %d от %s утверждена актом от %s, которого тогда ещё не было.", e.Number, day(e.Date), day(e.Act.Date)),
				"Проверьте даты редакции и акта.", id)
		}
		if i == 0 {
			continue
		}
		switch last := editions[i-1]; {
		case e.Number == last.Number:
			s.nonsense(place, clause, fmt.Sprintf("Номер редакции %d стоит дважды.", e.Number), "Дайте редакциям разные номера.", id, "twice")
		case e.Date != "" && e.Date < last.Date:
			s.nonsense(place, clause, fmt.Sprintf("Редакция № %d датирована %s, раньше редакции № %d (%s).", e.Number, day(e.Date), last.Number, day(last.Date)),
				"Проверьте даты редакций.", id, "order")
		}
	}
}

// lookValidity reports what ends before it begins, and days that no calendar has.
func (s *scene) lookValidity() {
	clause := s.pr.Processes.Clause
	see := func(from, to register.Date, place register.Place) {
		switch {
		case impossible(from) || impossible(to):
			s.nonsense(place, clause, fmt.Sprintf("Срок действия (%s) содержит невозможную дату.", place.Text), "Исправьте дату.", string(place.Kind), place.Key)
		case from != "" && to != "" && to < from:
			s.nonsense(place, clause, fmt.Sprintf("Срок действия (%s) кончается %s, раньше, чем начинается (%s).", place.Text, day(to), day(from)),
				"Исправьте срок действия.", string(place.Kind), place.Key)
		}
	}
	for _, p := range s.reg.Processes {
		if p.From != "" || p.To != "" {
			see(p.From, p.To, s.processPlace(p))
		}
	}
	for _, t := range s.reg.Touchpoints {
		if t.From != "" || t.To != "" {
			see(t.From, t.To, s.point(t, ""))
		}
	}
	for i := range s.reg.Usages {
		if u := &s.reg.Usages[i]; u.From != "" || u.To != "" {
			var r row
			s.join(&r, u, i)
			see(u.From, u.To, s.row(&r))
		}
	}
	for _, a := range s.reg.Appointments {
		see(a.From, a.To, s.appointmentPlace(a))
	}
}

// lookClauseNumbers reports a number that the order skips or repeats: 2.2 and then 2.4.
func (s *scene) lookClauseNumbers() {
	last := make(map[string]int) // «2.» → 3 after 2.3
	for _, c := range s.pr.Clauses {
		parent, number, ok := splitNumber(c.Number)
		if !ok {
			continue
		}
		want := last[parent] + 1
		last[parent] = number
		if number == want || want == 1 && parent == "" {
			continue
		}
		text, fix := fmt.Sprintf("Перед пунктом %s нет пункта %s%d.", c.Number, parent, want), "Проверьте нумерацию пунктов."
		if number < want {
			text = fmt.Sprintf("Пункт %s стоит не по порядку или дважды.", c.Number)
		}
		s.report(note{severity: register.Form, clause: c.Number, places: []register.Place{s.clause(c.Number, "")}, text: text, fix: fix, id: []string{"clause", c.Number}, subject: []string{text}})
	}
}

// splitNumber parts «2.10» into «2.» and 10; ok is false for parts of the order without a number.
func splitNumber(clause string) (parent string, number int, ok bool) {
	for part := range strings.SplitSeq(clause, ".") {
		if _, err := strconv.Atoi(part); err != nil {
			return "", 0, false
		}
	}
	i := strings.LastIndex(clause, ".")
	number, _ = strconv.Atoi(clause[i+1:])
	return clause[:i+1], number, true
}

var (
	figuresDate = lang.Expression(`\b(\d{1,2}\.\d{2}\.\d{4})\b`)
	wordsDate   = lang.Expression(`\b(\d{1,2}[ \x{00a0}](?:января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)[ \x{00a0}]\d{4})`)
)

// lookWrittenDates reports days in the order's words that no calendar has.
func (s *scene) lookWrittenDates() {
	for _, p := range s.orderPassages() {
		if !hasYear(p.text) {
			continue
		}
		for _, written := range append(figuresDate().FindAllString(p.text, -1), wordsDate().FindAllString(p.text, -1)...) {
			if _, ok := lang.ParseDate(written); !ok {
				place := p.by[0].place(s, written)
				s.nonsense(place, place.Clause, fmt.Sprintf("Дата %s невозможна.", quoted(written)), "Исправьте дату.", "written", place.Clause, written)
			}
		}
	}
}

// hasYear tells whether four figures stand together somewhere: most of the text has none, and the expressions are slow to
// say so.
func hasYear(text string) bool {
	run := 0
	for i := range len(text) {
		if run++; text[i] < '0' || text[i] > '9' {
			run = 0
		}
		if run == 4 {
			return true
		}
	}
	return false
}

// lookClockTimes reports hours that no clock shows.
func (s *scene) lookClockTimes() {
	for _, h := range s.statements() {
		for _, t := range clockTime().FindAllString(h.hours, -1) {
			hour, minute, _ := strings.Cut(strings.NewReplacer(".", ":", "-", ":").Replace(t), ":")
			hh, _ := strconv.Atoi(hour)
			if mm, _ := strconv.Atoi(minute); hh > 24 || mm > 59 || hh == 24 && mm > 0 {
				s.nonsense(h.place, firstClause([]register.Place{h.place}, s.classClause()), fmt.Sprintf("Время %s невозможно.", quoted(t)), "Исправьте часы.", "time", h.place.Clause, h.place.Key, t)
			}
		}
	}
}

func impossible(d register.Date) bool {
	if d == "" {
		return false
	}
	_, ok := d.Time()
	return !ok
}

// day prints a day for a sentence.
func day(d register.Date) string { return lang.Date(string(d)) }
