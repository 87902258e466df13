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
// semicolon. Statements without days, days of the month («первый понедельник месяца») and anything
// with two readings give an *Error.
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
		for _, d := range s.days {
			if seen[d] {
				return fail("о дне «" + nominative[d] + "» сказано дважды")
			}
			seen[d] = true
			if s.day.Break() && (s.day.BreakFrom <= s.day.Open || s.day.BreakTo >= s.day.Close) {
				return fail("перерыв выходит за часы работы")
			}
			h.Days[d] = s.day
		}
	}
	return h, nil
}

// A segment is a group of days with their hours.
type segment struct {
	days  []int
	day   Day
	known bool // day has been said
}

type parser struct {
	ls       []lexeme
	i        int
	segments []segment
	days     []int // named, waiting for hours
	loose    *Day  // hours that wait for days: «с 9 до 18 по рабочим дням»
	hoursRun bool  // hours stand before their days in this statement
	paused   int   // segments before this one have had their say about breaks
	phrase   int   // first segment after the last semicolon
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
		case dayName, daily, working:
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
				if next := p.after(); next == dayName || next == working || next == filler || next == daily || next == from {
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
	if p.days != nil && p.loose == nil {
		return "не названы часы"
	}
	if p.loose != nil {
		if p.loose.Open == 0 && p.loose.Close == fullDay && len(p.segments) == 0 {
			p.add([]int{0, 1, 2, 3, 4, 5, 6}, *p.loose)
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

// named takes days that have been read.
func (p *parser) named(days []int, reason string) string {
	if reason != "" {
		return reason
	}
	if p.loose != nil {
		p.hoursRun = true
		p.add(days, *p.loose)
		p.loose = nil
		return ""
	}
	for _, d := range days {
		if slices.Contains(p.days, d) {
			return "день «" + nominative[d] + "» назван дважды"
		}
	}
	p.days = append(p.days, days...)
	return ""
}

// open takes hours that have been read.
func (p *parser) open(d Day) string {
	switch {
	case p.days != nil:
		p.add(p.days, d)
		p.days = nil
	case p.loose != nil:
		return p.second(p.loose, d)
	case len(p.segments) > 0 && !p.hoursRun: // «пн-пт 9–13, 14–18»
		return p.second(&p.segments[len(p.segments)-1].day, d)
	default:
		p.loose = &d
	}
	return ""
}

// second makes one day of two spells of work, with a break between.
func (p *parser) second(first *Day, d Day) string {
	if first.Closed || first.Break() || d.Open <= first.Close {
		return "часы названы дважды"
	}
	*first = Day{Open: first.Open, Close: d.Close, BreakFrom: first.Close, BreakTo: d.Open}
	return ""
}

func (p *parser) add(days []int, d Day) {
	p.segments = append(p.segments, segment{days: days, day: d, known: true})
}

// shut takes «выходной», which stands after its days or before them.
func (p *parser) shut() string {
	if p.days != nil {
		p.add(p.days, Day{Closed: true})
		p.days = nil
		return ""
	}
	for {
		l, ok := p.peek()
		switch {
		case !ok:
			return "не названы выходные дни"
		case l.kind == filler, l.kind == closed, l.kind == mark && (l.text == "-" || l.text == ":" || l.text == "."):
			p.i++
			continue
		case l.kind == holiday:
			p.i++
			return ""
		case l.kind != dayName:
			return "не названы выходные дни"
		}
		days, reason := p.dayList()
		if reason == "" {
			p.add(days, Day{Closed: true})
		}
		return reason
	}
}

// noBreak takes «без перерыва», «без обеда» and «без выходных».
func (p *parser) noBreak() string {
	l, ok := p.peek()
	switch {
	case ok && l.kind == weekend:
		p.i++
		if p.days != nil || len(p.segments) > 0 {
			return "" // «ежедневно, без выходных»
		}
		return p.named([]int{0, 1, 2, 3, 4, 5, 6}, "")
	case ok && l.kind == pause:
		p.i++
		for {
			l, ok := p.peek()
			if !ok || l.kind != pause && l.kind != filler {
				break
			}
			p.i++
		}
		p.paused = len(p.segments)
		return ""
	}
	return "неясно, без чего"
}

// breakTime takes the hours after «перерыв».
func (p *parser) breakTime() string {
	for {
		l, ok := p.peek()
		if !ok || l.kind != filler && l.kind != pause && (l.kind != mark || l.text == "," || l.text == ";") {
			break
		}
		p.i++
	}
	if l, ok := p.peek(); ok && (l.kind == dayName || l.kind == working) {
		return "перерыв назван не для всех дней"
	}
	d, reason := p.span()
	if reason != "" {
		return reason
	}
	var days []*Day
	if p.loose != nil {
		days = append(days, p.loose)
	}
	begin := p.paused
	if p.loose != nil || p.phrase < len(p.segments) { // after hours of the same phrase: of that phrase alone
		begin = max(begin, p.phrase)
	}
	for i := begin; i < len(p.segments); i++ {
		if !p.segments[i].day.Closed {
			days = append(days, &p.segments[i].day)
		}
	}
	if len(days) == 0 {
		return "перерыв стоит раньше часов"
	}
	for _, day := range days {
		if day.Break() {
			return "перерыв назван дважды"
		}
		day.BreakFrom, day.BreakTo = d.Open, d.Close
	}
	p.paused = len(p.segments)
	return ""
}

// times takes «с 9 до 18», or «до 17» after hours that say when work begins.
func (p *parser) times() string {
	if l, _ := p.peek(); l.kind == to {
		if p.days == nil || len(p.segments) == 0 || p.segments[len(p.segments)-1].day.Closed {
			return "не названо начало работы"
		}
		p.i++
		ends := p.clock(p.i)
		if len(ends) == 0 {
			return "неясно, до какого часа"
		}
		end := ends[0]
		p.i = end.next
		begin := p.segments[len(p.segments)-1].day.Open
		if end.at <= begin {
			return "конец работы раньше начала"
		}
		return p.open(Day{Open: begin, Close: end.at})
	}
	d, reason := p.span()
	if reason != "" {
		return reason
	}
	return p.open(d)
}
