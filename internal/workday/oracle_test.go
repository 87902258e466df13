package workday

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

// A rota is a week as a clerk would write it on a board, from which an oracle counts every minute by itself and from which Hours
// are made for At. Spells are minutes of a day; Nth limits a day of the week to some of its dates in a month, 1 to 5 and 6 for the
// last; Not takes such dates away.
type rota struct {
	days [7]struct {
		spells   [][2]int
		nth, not map[int]bool
	}
}

func (r rota) hours() Hours {
	var h Hours
	mask := func(m map[int]bool) (n Dates) {
		for i := range m {
			n |= 1 << (i - 1)
		}
		return n
	}
	for i, d := range r.days {
		if len(d.spells) == 0 {
			h.Days[i] = Day{Closed: true}
			continue
		}
		x := Day{Open: d.spells[0][0], Close: d.spells[len(d.spells)-1][1], Only: mask(d.nth), Except: mask(d.not)}
		if len(d.spells) > 1 {
			x.BreakFrom, x.BreakTo = d.spells[0][1], d.spells[1][0]
		}
		if len(d.spells) > 2 {
			x.LateFrom, x.LateTo = d.spells[1][1], d.spells[2][0]
		}
		h.Days[i] = x
	}
	return h
}

// special is the production calendar as its own list of days; years says which years anybody has given.
type special struct {
	years map[int]bool
	days  map[string]string
}

func (s special) calendar(t *testing.T) Calendar {
	var all []Year
	for y := range s.years {
		year := Year{Number: y}
		for d, kind := range s.days {
			if d[:4] == fmt.Sprint(y) {
				year.Days = append(year.Days, Special{Date: d, Kind: kind})
			}
		}
		all = append(all, year)
	}
	c, err := Calendar{}.With(all...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// spells is one day of the oracle, by the rules alone: when it is open if no exception says otherwise, and whether anybody knows.
func (r rota) spells(s special, day time.Time) (spells [][2]int, known bool) {
	weekday := map[time.Weekday]int{time.Monday: 0, time.Tuesday: 1, time.Wednesday: 2, time.Thursday: 3, time.Friday: 4, time.Saturday: 5, time.Sunday: 6}[day.Weekday()]
	roundTheClock := true
	for _, d := range r.days {
		if len(d.spells) != 1 || d.spells[0] != [2]int{0, 1440} || len(d.nth) > 0 || len(d.not) > 0 {
			roundTheClock = false
		}
	}
	if roundTheClock { // rule: nothing in a calendar changes it
		return [][2]int{{0, 1440}}, true
	}
	if !s.years[day.Year()] { // rule: of a year that nobody gave nothing is said
		return nil, false
	}
	kind := s.days[day.Format("2006-01-02")]
	if kind == "holiday" || kind == "off" && weekday < 5 { // rule: closed, whatever the week says
		return nil, true
	}
	d := r.days[weekday]
	borrowed := false
	if (kind == "working" || kind == "short") && weekday >= 5 && len(d.spells) == 0 { // rule: a working Saturday has a Friday's hours
		d, borrowed = r.days[4], true
	}
	which, isLast := 0, day.AddDate(0, 0, 7).Month() != day.Month()
	for x := day; x.Month() == day.Month(); x = x.AddDate(0, 0, -7) {
		which++
	}
	if len(d.nth) > 0 && (borrowed || !d.nth[which] && !(d.nth[6] && isLast)) {
		return nil, true
	}
	if !borrowed && (d.not[which] || d.not[6] && isLast) {
		return nil, true
	}
	for _, spell := range d.spells {
		if end := d.spells[len(d.spells)-1][1] - 60; kind == "short" { // rule: the day ends an hour sooner
			spell[1] = min(spell[1], end)
		}
		if spell[0] < spell[1] {
			spells = append(spells, spell)
		}
	}
	return spells, true
}

// minutes is whether each minute of some days is open, and known.
func (r rota) minutes(s special, begin time.Time, days int, gaps []Exception) (open, known []bool) {
	for i := range days {
		day := begin.AddDate(0, 0, i)
		spells, ok := r.spells(s, day)
		for m := range 1440 {
			is := false
			for _, spell := range spells {
				is = is || spell[0] <= m && m < spell[1]
			}
			now := day.Add(time.Duration(m) * time.Minute)
			for _, g := range gaps { // rule: while an exception lasts, it is closed
				begun := now.Equal(g.From) || now.After(g.From)
				over := !g.To.IsZero() && (now.Equal(g.To) || now.After(g.To))
				is = is && (!begun || over)
			}
			open, known = append(open, is), append(known, ok)
		}
	}
	return open, known
}

func randomRota(rnd *rand.Rand) (r rota) {
	kind := rnd.IntN(8)
	for i := range r.days {
		d := &r.days[i]
		switch {
		case kind == 0: // round the clock
			d.spells = [][2]int{{0, 1440}}
			continue
		case kind == 1 && i < 5: // round the clock but not on days off
			d.spells = [][2]int{{0, 1440}}
			continue
		case kind == 2: // evenings to midnight and from midnight on: a night, as it can be written
			d.spells = [][2]int{{0, 120 + 30*rnd.IntN(3)}, {1200, 1440}}
		case i >= 5 && rnd.IntN(3) > 0, rnd.IntN(9) == 0:
			continue
		default:
			at := 5 * rnd.IntN(150)
			for range 1 + rnd.IntN(3) {
				to := at + 5*(1+rnd.IntN(60))
				if to > 1440 {
					break
				}
				d.spells = append(d.spells, [2]int{at, to})
				at = to + 5*(1+rnd.IntN(20))
			}
		}
		pick := func() map[int]bool {
			m := map[int]bool{}
			for range 1 + rnd.IntN(2) {
				m[1+rnd.IntN(6)] = true
			}
			return m
		}
		switch rnd.IntN(9) {
		case 0:
			d.nth = pick()
		case 1:
			d.not = pick()
		}
	}
	return r
}

// randomSpecial moves and shortens days at will, with those on the edges of years and leap days among them.
func randomSpecial(rnd *rand.Rand) special {
	s := special{map[int]bool{2024: true, 2025: true, 2026: true}, map[string]string{}}
	kinds := []string{"holiday", "off", "working", "short"}
	set := func(d time.Time, kind string) {
		if free := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday; free && kind == "off" || !free && kind == "working" {
			return
		}
		s.days[d.Format("2006-01-02")] = kind
	}
	for range 90 {
		set(time.Date(2024, 1, 1+rnd.IntN(1096), 0, 0, 0, 0, time.UTC), kinds[rnd.IntN(4)])
	}
	for _, edge := range []string{"2024-02-29", "2024-12-31", "2025-01-01", "2025-12-31", "2026-01-01", "2026-12-31", "2024-12-28", "2026-12-27"} {
		d, _ := time.Parse("2006-01-02", edge)
		set(d, kinds[rnd.IntN(4)])
	}
	if rnd.IntN(4) == 0 {
		delete(s.years, 2025) // a year in the middle that nobody gave
	}
	return s
}

// TestOpeningHoursAgainstAnOracle walks three years of many weeks by the minute: breaks and spells, hours to midnight and round the
// clock, dates of a month, days moved and shortened, closures that overlap, begin in a spell, last for ever or last no time,
// in the time zones of the country, with and without a calendar.
func TestOpeningHoursAgainstAnOracle(t *testing.T) {
	const rounds = 5
	zones := []string{"МСК-1", "МСК", "МСК+4", "МСК+9", "Asia/Yekaterinburg"}
	for seed := range rounds {
		rnd := rand.New(rand.NewPCG(uint64(seed), 95))
		r, s := randomRota(rnd), randomSpecial(rnd)
		loc, err := Zone(zones[seed%len(zones)])
		if err != nil {
			t.Fatal(err)
		}
		begin := time.Date(2024, 1, 1, 0, 0, 0, 0, loc)
		const days = 3*365 + 1 + 14 // and two weeks of a year that nobody gave
		const minutes = days * 1440
		var gaps []Exception
		for range rnd.IntN(12) {
			from := begin.Add(time.Duration(rnd.IntN(minutes)) * time.Minute)
			to := from.Add(time.Duration(rnd.IntN(4000)-5) * time.Minute) // a few end before they begin
			if rnd.IntN(3) == 0 {                                         // whole days
				from = time.Date(from.Year(), from.Month(), from.Day(), 0, 0, 0, 0, loc)
				to = from.AddDate(0, 0, rnd.IntN(30))
			}
			if rnd.IntN(2) == 0 { // the same moment, told in another place
				from, to = from.UTC(), to.UTC()
			}
			gaps = append(gaps, Exception{from, to})
		}
		if rnd.IntN(4) == 0 {
			gaps = append(gaps, Exception{From: begin.AddDate(2, rnd.IntN(11), rnd.IntN(28)).Add(11 * time.Hour)})
		}
		h, c := r.hours(), s.calendar(t)
		open, known := r.minutes(s, begin, days, gaps)
		change := -1 // the next minute at which something changes, as far as every day up to it is known
		checked := 0
		for i := minutes - 2; i >= 0; i-- {
			switch {
			case !known[i+1]:
				change = -1
			case known[i] && open[i+1] != open[i]:
				change = i + 1
			}
			edge := open[i+1] != open[i] || known[i+1] != known[i] || i > 0 && open[i-1] != open[i]
			if !edge && rnd.IntN(240) > 0 {
				continue
			}
			checked++
			now := begin.Add(time.Duration(i)*time.Minute + time.Duration(rnd.IntN(60))*time.Second)
			o := h.At(c, now, gaps...)
			if o.Known != known[i] || o.Open != open[i] {
				t.Fatalf("seed %d: %s with %v at %s: open %v, known %v; want %v, %v", seed, h, gaps, now, o.Open, o.Known, open[i], known[i])
			}
			if !known[i] || i+ahead*fullDay > minutes && change < 0 {
				continue // beyond what was counted
			}
			var want time.Time
			if change >= 0 && change-i < (ahead-1)*fullDay {
				want = begin.Add(time.Duration(change) * time.Minute)
			} else if change >= 0 {
				continue // about a year away: either may be said
			}
			if !o.Until.Equal(want) {
				t.Fatalf("seed %d: %s with %v at %s (open %v): until %s, want %s", seed, h, gaps, now, o.Open, o.Until, want)
			}
			if o.Always && (!o.Open || !o.Until.IsZero()) {
				t.Fatalf("seed %d: %s at %s is always open, and yet %+v", seed, h, now, o)
			}
		}
		if checked < 1000 {
			t.Fatalf("seed %d: only %d minutes were held against the oracle", seed, checked)
		}
	}
}
