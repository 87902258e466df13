package workday

import (
	"slices"
	"strings"
)

// dayList reads days from the present lexeme on: «пн-пт», «вторник, четверг», «с понедельника по пятницу», «ежедневно,
// кроме субботы и воскресенья». It stops before what is not a day.
func (p *parser) dayList() (days []dated, reason string) {
	for {
		l, ok := p.peek()
		if !ok {
			break
		}
		switch l.kind {
		case daily:
			p.i++
			days = append(days, plainDays(0, 1, 2, 3, 4, 5, 6)...)
		case working: // «рабочие дни», not «рабочие часы»
			p.i++
			if strings.HasPrefix(l.text, "рабоч") {
				if next, ok := p.peek(); !ok || next.kind != filler || !strings.HasPrefix(next.text, "д") {
					return nil, "неясно, к чему относится слово «" + l.text + "»"
				}
			}
			days = append(days, plainDays(0, 1, 2, 3, 4)...)
		case date:
			day, only, reason := p.dated()
			if reason != "" {
				return nil, reason
			}
			if i := slices.IndexFunc(days, func(d dated) bool { return d.day == day && d.only != 0 }); i >= 0 {
				days[i].only |= only // «первая среда и третья среда месяца»
			} else {
				days = append(days, dated{day: day, only: only})
			}
		case dayName:
			p.i++
			last := l.n
			if n, ok := p.rangeEnd(); ok {
				last = n
			}
			for d := l.n; ; d = (d + 1) % 7 {
				days = append(days, dated{day: d})
				if d == last {
					break
				}
			}
		}
		if !p.moreDays() {
			break
		}
	}
	slices.SortStableFunc(days, func(a, b dated) int { return a.day - b.day })
	for i := 1; i < len(days); i++ {
		if days[i].day == days[i-1].day {
			return nil, "день «" + nominative[days[i].day] + "» назван дважды"
		}
	}
	return p.without(days)
}

// rangeEnd reads «- пятница» or «по пятницу» after a day.
func (p *parser) rangeEnd() (day int, ok bool) {
	i := p.i
	if i < len(p.ls) && p.ls[i].kind == mark && p.ls[i].text == "." { // «пн.-пт.»
		i++
	}
	if i+1 < len(p.ls) && (p.ls[i].kind == to && p.ls[i].text == "по" || p.ls[i].kind == mark && p.ls[i].text == "-") && p.ls[i+1].kind == dayName {
		p.i = i + 2
		return p.ls[i+1].n, true
	}
	return 0, false
}

// moreDays tells whether the list goes on after commas, «и» and filler, and moves there if it does.
func (p *parser) moreDays() bool {
	i := p.i
	for ; i < len(p.ls); i++ {
		l := p.ls[i]
		switch {
		case l.kind == and, l.kind == filler, l.kind == mark && (l.text == "," || l.text == "."):
			continue
		case l.kind == to && l.text == "по", l.kind == from: // «по вторникам и по четвергам»
			if i+1 < len(p.ls) && (p.ls[i+1].kind == dayName || p.ls[i+1].kind == date) {
				continue
			}
		case l.kind == dayName, l.kind == date:
			p.i = i
			return true
		}
		return false
	}
	return false
}

// without takes away the days after «кроме»; праздничные дни are no days of the week.
func (p *parser) without(days []dated) ([]dated, string) {
	i := p.i
	for i < len(p.ls) && (p.ls[i].kind == filler || p.ls[i].kind == mark && (p.ls[i].text == "," || p.ls[i].text == "(")) {
		i++
	}
	if i >= len(p.ls) || p.ls[i].kind != except {
		return days, ""
	}
	p.i = i + 1
	found := false
	for {
		l, ok := p.peek()
		switch {
		case ok && (l.kind == filler || l.kind == and || l.kind == mark && l.text != ";"):
			if l.kind == mark && l.text == "," && p.after() != dayName && p.after() != weekend && p.after() != holiday && p.after() != date {
				p.i++
				return days, missing(found)
			}
			p.i++
			continue
		case ok && l.kind == weekend:
			p.i++
			found = true
			days = slices.DeleteFunc(days, func(d dated) bool { return d.day >= 5 })
			continue
		case ok && l.kind == holiday:
			p.i++
			found = true
			continue
		case ok && l.kind == date:
			day, except, reason := p.dated()
			i := slices.IndexFunc(days, func(d dated) bool { return d.day == day })
			if reason == "" && i < 0 {
				reason = "день «" + nominative[day] + "» исключён, но не назван"
			}
			if reason != "" {
				return days, reason
			}
			found = true
			days[i].except |= except
			continue
		case ok && l.kind == dayName:
			p.i++
			found = true
			days = slices.DeleteFunc(days, func(d dated) bool { return d.day == l.n })
			continue
		}
		return days, missing(found)
	}
}

func missing(found bool) string {
	if !found {
		return "неясно, кроме каких дней"
	}
	return ""
}
