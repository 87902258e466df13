package workday

import (
	"testing"
	"time"
)

func TestOpenNow(t *testing.T) {
	const week = "понедельник - пятница с 9-00 до 18-00, перерыв с 13-00 до 14-00"
	moscow := time.FixedZone("MSK", 3*60*60)
	for _, c := range []struct {
		hours, at string
		open      bool
		until     string
	}{
		{week, "2026-02-16 10:00", true, "2026-02-16 13:00"},  // a plain Monday
		{week, "2026-02-16 13:00", false, "2026-02-16 14:00"}, // the break begins
		{week, "2026-02-16 13:59", false, "2026-02-16 14:00"},
		{week, "2026-02-16 14:00", true, "2026-02-16 18:00"},
		{week, "2026-02-16 18:00", false, "2026-02-17 09:00"},
		{week, "2026-02-16 08:59", false, "2026-02-16 09:00"},
		{week, "2026-02-20 18:30", false, "2026-02-24 09:00"}, // Friday evening before the 23rd of February
		{week, "2026-02-23 11:00", false, "2026-02-24 09:00"}, // a holiday on a Monday
		{week, "2025-12-30 18:00", false, "2026-01-12 09:00"}, // the New Year's days off
		{week, "2025-11-01 10:00", true, "2025-11-01 13:00"},  // a Saturday made a working day
		{week, "2025-11-01 16:59", true, "2025-11-01 17:00"},  // and a shortened one
		{week, "2025-11-01 17:00", false, "2025-11-05 09:00"},
		{week, "2025-03-07 17:00", false, "2025-03-10 09:00"}, // an hour shorter before the 8th of March
		{week, "2025-03-07 16:30", true, "2025-03-07 17:00"},
		{"ежедневно с 09:00 до 18:00", "2026-02-21 12:00", true, "2026-02-21 18:00"}, // a plain Saturday
		{"круглосуточно", "2026-01-01 03:00", true, ""},
		{"суббота с 10:00 до 14:00", "2025-11-01 13:30", false, "2025-11-08 10:00"}, // shortened to 13:00
	} {
		h, err := ParseHours(c.hours)
		if err != nil {
			t.Fatal(err)
		}
		now, err := time.ParseInLocation("2006-01-02 15:04", c.at, moscow)
		if err != nil {
			t.Fatal(err)
		}
		o := h.At(Shipped(), now)
		until := ""
		if !o.Until.IsZero() {
			until = o.Until.Format("2006-01-02 15:04")
		}
		if !o.Known || o.Open != c.open || until != c.until {
			t.Errorf("%s at %s: open %v until %q, want %v until %q", c.hours, c.at, o.Open, until, c.open, c.until)
		}
	}
	h, _ := ParseHours(week)
	if o := h.At(Shipped(), time.Date(2031, 2, 3, 10, 0, 0, 0, moscow)); o.Known {
		t.Errorf("a year without a calendar: %+v, want nothing said", o)
	}
}

// TestOpenAgreesWithItself walks a year minute by minute: what At says of the next change is what happens.
func TestOpenAgreesWithItself(t *testing.T) {
	h, err := ParseHours("понедельник - четверг с 9:00 до 18:00, пятница с 9:00 до 16:45, перерыв с 13:00 до 13:45")
	if err != nil {
		t.Fatal(err)
	}
	c := Shipped()
	now := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	last := h.At(c, now)
	for now = now.Add(time.Minute); now.Year() == 2025; now = now.Add(time.Minute) {
		o := h.At(c, now)
		if o.Open != last.Open && !now.Equal(last.Until) {
			t.Fatalf("at %s open becomes %v, which was said for %s", now, o.Open, last.Until)
		}
		if now.Equal(last.Until) && o.Open == last.Open {
			t.Fatalf("at %s nothing changes, although that was said", now)
		}
		last = o
	}
}

// TestExceptionsAreExact holds At against a year counted minute by minute: the week as it is written, the calendar, and the
// exceptions, one of them over another, one through a night, one without an end.
func TestExceptionsAreExact(t *testing.T) {
	msk := time.FixedZone("MSK", 3*60*60)
	clock := func(s string) time.Time {
		if s == "" {
			return time.Time{}
		}
		v, err := time.ParseInLocation("2006-01-02 15:04", s, msk)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	var exceptions []Exception
	for _, x := range [][2]string{
		{"2025-02-03 00:00", "2025-02-04 00:00"}, {"2025-02-10 11:30", "2025-02-10 13:20"}, {"2025-03-05 16:00", "2025-03-06 10:15"},
		{"2025-03-07 12:00", "2025-03-11 00:00"}, {"2025-04-01 00:00", "2025-05-20 00:00"}, {"2025-05-12 00:00", "2025-05-14 00:00"},
		{"2025-11-01 09:00", "2025-11-01 10:00"}, {"2025-12-15 14:30", ""},
	} {
		exceptions = append(exceptions, Exception{clock(x[0]), clock(x[1])})
	}
	c := Shipped()
	for _, text := range []string{"понедельник - четверг с 9:00 до 18:00, пятница с 9:00 до 16:45, перерыв с 13:00 до 13:45", "круглосуточно", "ежедневно, кроме воскресенья, с 10 до 17"} {
		h, err := ParseHours(text)
		if err != nil {
			t.Fatal(err)
		}
		begin := clock("2025-01-01 00:00")
		const minutes = 365 * fullDay
		open := make([]bool, minutes)
		for i := range open {
			now := begin.Add(time.Duration(i) * time.Minute)
			open[i] = naive(t, h, c, now)
			for _, x := range exceptions {
				if !now.Before(x.From) && (x.To.IsZero() || now.Before(x.To)) {
					open[i] = false
				}
			}
		}
		change := -1 // the next minute at which something changes; -1 where this year has none
		for i := minutes - 1; i >= 0; i-- {
			if i+1 < minutes && open[i+1] != open[i] {
				change = i + 1
			}
			if i%7 != 0 && i != change-1 && (i == 0 || open[i-1] == open[i]) {
				continue // each change, the minute before it, and every seventh in between
			}
			now := begin.Add(time.Duration(i) * time.Minute)
			o := h.At(c, now, exceptions...)
			if o.Open != open[i] {
				t.Fatalf("%s at %s: open %v, want %v", text, now, o.Open, open[i])
			}
			if change >= 0 && !o.Until.Equal(begin.Add(time.Duration(change)*time.Minute)) {
				t.Fatalf("%s at %s: until %s, want minute %s", text, now, o.Until, begin.Add(time.Duration(change)*time.Minute))
			}
		}
	}
}

// naive is whether the hours alone are open in a minute, in the plainest way to say it.
func naive(t *testing.T, h Hours, c Calendar, now time.Time) bool {
	kind, err := c.Kind(now.Format(time.DateOnly))
	if err != nil {
		t.Fatal(err)
	}
	d := h.Days[(int(now.Weekday())+6)%7]
	round := h == Hours{Days: [7]Day{{Close: fullDay}, {Close: fullDay}, {Close: fullDay}, {Close: fullDay}, {Close: fullDay}, {Close: fullDay}, {Close: fullDay}}}
	if round {
		return true
	}
	if kind == Holiday || kind == Off {
		return false
	}
	if (kind == Working || kind == Short) && d.Closed {
		d = h.Days[4]
	}
	m := now.Hour()*60 + now.Minute()
	end := d.Close
	if kind == Short {
		end -= 60
	}
	return !d.Closed && d.Open <= m && m < end && (m < d.BreakFrom || d.BreakTo <= m)
}

// TestDatesOfAMonthAreExact counts three years day by day: on which days hours limited to dates of a month are open, by the
// plainest reading of a calendar, with holidays, days off moved elsewhere and Saturdays made working days.
func TestDatesOfAMonthAreExact(t *testing.T) {
	c := Shipped()
	nth := func(d time.Time) int { return (d.Day()-1)/7 + 1 }
	isLast := func(d time.Time) bool { return d.AddDate(0, 0, 7).Month() != d.Month() }
	for text, plain := range map[string]func(d time.Time, moved bool) bool{
		"первая среда месяца с 10 до 12": func(d time.Time, _ bool) bool { return d.Weekday() == time.Wednesday && nth(d) == 1 },
		"1-й и 3-й вторник месяца 10-12": func(d time.Time, _ bool) bool { return d.Weekday() == time.Tuesday && (nth(d) == 1 || nth(d) == 3) },
		"последняя пятница 9-13":         func(d time.Time, _ bool) bool { return d.Weekday() == time.Friday && isLast(d) },
		"пн-пт 9-11, 12-14, 15-18, кроме последней пятницы месяца": func(d time.Time, moved bool) bool {
			return moved || d.Weekday() != time.Saturday && d.Weekday() != time.Sunday && (d.Weekday() != time.Friday || !isLast(d))
		},
		"пн-пт 9-18; вторая и четвертая суббота месяца 10-14": func(d time.Time, _ bool) bool {
			return d.Weekday() != time.Sunday && (d.Weekday() != time.Saturday || nth(d) == 2 || nth(d) == 4)
		},
	} {
		h, err := ParseHours(text)
		if err != nil {
			t.Fatal(err)
		}
		days := 0
		for d := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC); d.Year() < 2027; d = d.AddDate(0, 0, 1) {
			kind, err := c.Kind(d.Format(time.DateOnly))
			if err != nil {
				t.Fatal(err)
			}
			moved := d.Weekday() == time.Saturday && (kind == Working || kind == Short)
			want := kind != Holiday && kind != Off && plain(d, moved)
			open := false
			for m := 0; m < fullDay && !open; m += 30 {
				open = h.At(c, d.Add(time.Duration(m)*time.Minute)).Open
			}
			if open != want {
				t.Errorf("%s on %s: open %v, want %v", text, d.Format(time.DateOnly), open, want)
			}
			if open {
				days++
			}
		}
		if days == 0 {
			t.Errorf("%s is never open", text)
		}
	}
	h, _ := ParseHours("пн 9-11, 12-14, 15-18")
	for at, want := range map[string]Opening{
		"10:00": {Open: true}, "11:30": {Break: true}, "13:59": {Open: true}, "14:30": {Break: true}, "17:00": {Open: true}, "18:00": {}, "08:00": {},
	} {
		now, _ := time.Parse("2006-01-02 15:04", "2026-02-16 "+at)
		if o := h.At(c, now); o.Open != want.Open || o.Break != want.Break {
			t.Errorf("three spells at %s: %+v", at, o)
		}
	}
}
