package workday

// A reading is one way to read a time: minutes from midnight and the index of the lexeme after it.
type reading struct{ at, next int }

// span reads «с 9-00 до 18-00», «9:00–18:00», «9-18», «с 9 часов до 18 часов». Of all ways to cut «9-00-18-00» only those
// count in which the end follows the beginning and no figures are left over; two such ways are none.
func (p *parser) span() (Day, string) {
	i := p.i
	if i < len(p.ls) && p.ls[i].kind == from {
		i++
	}
	var found []Day
	end := 0
	for _, a := range p.clock(i) {
		j := a.next
		if j >= len(p.ls) || p.ls[j].kind != to && (p.ls[j].kind != mark || p.ls[j].text != "-") {
			continue
		}
		for _, b := range p.clock(j + 1) {
			if b.at <= a.at || p.figuresGoOn(b.next) {
				continue
			}
			found = append(found, Day{Open: a.at, Close: b.at})
			end = b.next
		}
	}
	switch len(found) {
	case 0:
		return Day{}, "неясно, с какого и до какого часа"
	case 1:
		p.i = end
		return found[0], ""
	}
	return Day{}, "часы можно прочесть по-разному"
}

// clock gives the ways to read a time at lexeme i: the hour with minutes, and the hour alone where «-» may also part two
// hours.
func (p *parser) clock(i int) []reading {
	at := func(k int) lexeme {
		if k < len(p.ls) {
			return p.ls[k]
		}
		return lexeme{kind: unknown}
	}
	h := at(i)
	if h.kind != number || len(h.text) > 2 || h.n > 24 {
		return nil
	}
	sep, m := at(i+1), at(i+2)
	minutes := m.kind == number && m.tight && len(m.text) == 2 && m.n < 60 && h.n*60+m.n <= fullDay
	switch {
	case sep.kind == hour:
		next := i + 2
		if at(next).kind == mark && at(next).text == "." {
			next++
		}
		if n := at(next); n.kind == number && len(n.text) == 2 && n.n < 60 && at(next+1).kind == minute {
			after := next + 2
			if at(after).kind == mark && at(after).text == "." {
				after++
			}
			return []reading{{h.n*60 + n.n, after}}
		}
		return []reading{{h.n * 60, next}}
	case sep.kind == mark && sep.tight && minutes && (sep.text == ":" || sep.text == "."):
		return []reading{{h.n*60 + m.n, p.hourWord(i + 3)}}
	case sep.kind == mark && sep.tight && minutes && sep.text == "-":
		return []reading{{h.n*60 + m.n, p.hourWord(i + 3)}, {h.n * 60, i + 1}}
	}
	return []reading{{h.n * 60, i + 1}}
}

// hourWord steps over «ч.» after a time that has its minutes already.
func (p *parser) hourWord(i int) int {
	if i < len(p.ls) && p.ls[i].kind == hour {
		i++
		if i < len(p.ls) && p.ls[i].kind == mark && p.ls[i].text == "." {
			i++
		}
	}
	return i
}

// figuresGoOn tells whether figures are left after a time: «-30» after «9-10», «до 18» after «9-20».
func (p *parser) figuresGoOn(i int) bool {
	if i < len(p.ls) && p.ls[i].kind == number {
		return true
	}
	if i+1 >= len(p.ls) || p.ls[i+1].kind != number {
		return false
	}
	switch l := p.ls[i]; l.kind {
	case to:
		return true
	case mark:
		return l.text == "-" || l.text == ":" || l.text == "." && p.ls[i+1].tight
	}
	return false
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
