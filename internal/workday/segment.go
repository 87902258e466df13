package workday

import "slices"

// A dated is a day of the week, Monday 0, perhaps limited to some of its dates.
type dated struct {
	day          int
	only, except Dates
}

func plainDays(days ...int) []dated {
	var all []dated
	for _, d := range days {
		all = append(all, dated{day: d})
	}
	return all
}

// A segment is a group of days with their hours.
type segment struct {
	days []dated
	day  Day
}

// named takes days that have been read.
func (p *parser) named(days []dated, reason string) string {
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
		if slices.ContainsFunc(p.days, func(x dated) bool { return x.day == d.day }) {
			return "день «" + nominative[d.day] + "» назван дважды"
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

// second makes one day of two or three spells of work, with breaks between.
func (p *parser) second(one *Day, d Day) string {
	switch {
	case one.Closed || one.LateFrom < one.LateTo || d.Open <= one.Close:
		return "часы названы дважды"
	case !one.Break():
		*one = Day{Open: one.Open, Close: d.Close, BreakFrom: one.Close, BreakTo: d.Open}
	case p.spells: // the break before was made of spells too
		one.LateFrom, one.LateTo, one.Close = one.Close, d.Open, d.Close
	default:
		return "часы названы дважды"
	}
	p.spells = true
	return ""
}

func (p *parser) add(days []dated, d Day) {
	p.segments = append(p.segments, segment{days: days, day: d})
	p.spells = d.Break()
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
		case l.kind != dayName && l.kind != date:
			return "не названы выходные дни"
		}
		days, reason := p.dayList()
		if reason == "" {
			p.add(days, Day{Closed: true})
		}
		return reason
	}
}
