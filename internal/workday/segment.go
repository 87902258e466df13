package workday

import "slices"

// A segment is a group of days with their hours.
type segment struct {
	days []int
	day  Day
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
	p.segments = append(p.segments, segment{days: days, day: d})
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
