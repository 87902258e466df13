package workday

import (
	"fmt"
	"slices"
	"unicode/utf8"
)

// An Error says why a statement of hours was not understood. Nothing is guessed: a statement that can be read in two ways
// is not understood.
type Error struct {
	Text   string // the statement
	Reason string
}

// Error is one Russian sentence.
func (e *Error) Error() string {
	text := e.Text
	if utf8.RuneCountInString(text) > 80 {
		text = string([]rune(text)[:80]) + "…"
	}
	return fmt.Sprintf("часы «%s» не поняты: %s", text, e.Reason)
}

// maxText bounds a statement, in bytes; an order's longest is some two hundred.
const maxText = 2000

// ParseHours reads opening hours as orders and doors state them: «понедельник - пятница с 9-00 до 18-00, перерыв с 13-00
// до 14-00», «пн–чт 9:00–18:00, пт до 16:45; сб, вс — выходной», «ежедневно, кроме воскресенья, с 10 до 17». A day that is
// not named is closed; рабочие дни are Monday to Friday. A break belongs
// to all the hours before it back to the last break, and if hours stand in its own phrase, no farther back than the
// semicolon. A day may be limited to some of its dates («первая и третья среда месяца», «кроме последней пятницы месяца»), have
// three spells of work, and be «по записи». Statements without days and anything with two readings give an *Error.
func ParseHours(text string) (Hours, error) {
	fail := func(reason string) (Hours, error) { return Hours{}, &Error{text, reason} }
	if len(text) > maxText {
		return fail("текст длиннее, чем бывают часы работы")
	}
	p := parser{ls: lex(text)}
	for _, l := range p.ls {
		if l.kind == unknown {
			return fail("неизвестное слово «" + l.text + "»")
		}
	}
	if reason := p.run(); reason != "" {
		return fail(reason)
	}
	var h Hours
	for i := range h.Days {
		h.Days[i] = Day{Closed: true}
	}
	seen := [7]bool{}
	for _, s := range p.segments {
		for _, code := range s.days {
			d := code.day
			if s.day.Closed && code.only != 0 {
				continue // «последняя пятница месяца – выходной»: below
			}
			if seen[d] {
				return fail("о дне «" + nominative[d] + "» сказано дважды")
			}
			seen[d] = true
			if s.day.Break() && (s.day.BreakFrom <= s.day.Open || s.day.BreakTo >= s.day.Close) {
				return fail("перерыв выходит за часы работы")
			}
			if s.day.LateFrom < s.day.LateTo && (s.day.LateFrom <= s.day.BreakTo || s.day.LateTo >= s.day.Close) {
				return fail("второй перерыв выходит за часы работы")
			}
			h.Days[d] = s.day
			if !s.day.Closed {
				h.Days[d].Only, h.Days[d].Except = code.only, code.except
			}
		}
	}
	for _, s := range p.segments {
		for _, code := range s.days {
			if !s.day.Closed || code.only == 0 {
				continue
			}
			if h.Days[code.day].Closed {
				return fail("день «" + nominative[code.day] + "» и так выходной")
			}
			h.Days[code.day].Except |= code.only
		}
	}
	h.ByAppointment = p.booked
	return h, nil
}

type parser struct {
	ls         []lexeme
	i          int
	segments   []segment
	days       []dated // named, waiting for hours
	loose      *Day    // hours that wait for days: «с 9 до 18 по рабочим дням»
	hoursRun   bool    // hours stand before their days in this statement
	paused     int     // segments before this one have had their say about breaks
	pausedFrom int     // first segment of which a break was said last
	phrase     int     // first segment after the last semicolon
	spells     bool    // the hours read last are spells of work, with the break between them
	booked     bool    // «по записи»
	unsure     string  // a date of which nobody has said that it is of a month
}

func (p *parser) peek() (lexeme, bool) {
	if p.i < len(p.ls) {
		return p.ls[p.i], true
	}
	return lexeme{}, false
}

// run reads the whole statement; it gives the reason why it cannot.
func (p *parser) run() (reason string) {
	for {
		l, ok := p.peek()
		if !ok {
			break
		}
		switch l.kind {
		case filler, mark, and:
			switch l.text {
			case "/":
				return "неясна косая черта"
			case ";":
				p.phrase = len(p.segments)
			}
			p.i++
		case round:
			p.i++
			reason = p.open(Day{Close: fullDay})
		case booking:
			p.booked = true
			p.i++
		case dayName, daily, working, date:
			reason = p.named(p.dayList())
		case except:
			if len(p.segments) == 0 || p.days != nil {
				return "неясно, из каких дней исключение"
			}
			last := &p.segments[len(p.segments)-1]
			last.days, reason = p.without(last.days)
		case holiday:
			if len(p.segments) == 0 || !p.segments[len(p.segments)-1].day.Closed {
				return "неясно, что в праздничные дни"
			}
			p.i++ // «выходные: суббота, воскресенье и праздничные дни»
		case weekend:
			return "неясно, к чему относится слово «" + l.text + "»"
		case closed:
			p.i++
			reason = p.shut()
		case without:
			p.i++
			reason = p.noBreak()
		case pause:
			p.i++
			reason = p.breakTime()
		case from, to, number:
			if l.kind != number {
				if next := p.after(); next == dayName || next == working || next == filler || next == daily || next == from || next == date || next == booking {
					p.i++
					continue
				}
			}
			reason = p.times()
		default:
			return "неясно, к чему относится слово «" + l.text + "»"
		}
		if reason != "" {
			return reason
		}
	}
	if p.unsure != "" {
		return "неясно, к чему относится слово «" + p.unsure + "»: назовите день месяца, «первая среда месяца»"
	}
	if p.days != nil && p.loose == nil {
		return "не названы часы"
	}
	if p.loose != nil {
		if p.loose.Open == 0 && p.loose.Close == fullDay && len(p.segments) == 0 {
			p.add(plainDays(0, 1, 2, 3, 4, 5, 6), *p.loose)
			return ""
		}
		return "не названы дни недели"
	}
	if !slices.ContainsFunc(p.segments, func(s segment) bool { return !s.day.Closed }) {
		return "не названы часы"
	}
	return ""
}

// after is the kind of the lexeme after the present one.
func (p *parser) after() kind {
	if p.i+1 < len(p.ls) {
		return p.ls[p.i+1].kind
	}
	return unknown
}
