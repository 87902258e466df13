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
