package workday

// noBreak takes «без перерыва», «без обеда» and «без выходных».
func (p *parser) noBreak() string {
	l, ok := p.peek()
	switch {
	case ok && l.kind == weekend:
		p.i++
		if p.days != nil || len(p.segments) > 0 {
			return "" // «ежедневно, без выходных»
		}
		return p.named(plainDays(0, 1, 2, 3, 4, 5, 6), "")
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
		p.pausedFrom = p.paused
		return ""
	}
	for i := p.i; i < len(p.ls); i++ { // «без предварительной записи»
		if p.ls[i].kind == booking {
			p.i = i + 1
			return ""
		}
		if p.ls[i].kind != filler {
			break
		}
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
	if begin == len(p.segments) && p.loose == nil { // one more break of the same days
		begin = p.pausedFrom
	}
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
		switch {
		case !day.Break():
			day.BreakFrom, day.BreakTo = d.Open, d.Close
		case day.LateFrom < day.LateTo || d.Open <= day.BreakTo || d.Close >= day.Close:
			return "перерыв назван дважды"
		default:
			day.LateFrom, day.LateTo = d.Open, d.Close
		}
	}
	p.spells = false
	p.pausedFrom, p.paused = begin, len(p.segments)
	if p.loose == nil && p.i+1 < len(p.ls) && p.ls[p.i].kind == and && (p.ls[p.i+1].kind == from || p.ls[p.i+1].kind == number) {
		p.i++
		return p.breakTime() // «перерывы с 11 до 12 и с 15 до 16»
	}
	return ""
}
