package workday

import (
	"slices"
	"time"
)

// An Opening says whether a place is open at a moment and when that ends. Until is the next moment at which it opens or
// closes, for a break too; it is zero when that is more than a year away or lies in a year that the calendar does not know.
// Known is false when the calendar does not know the day itself, and then nothing is said; hours round the clock need none.
type Opening struct {
	Open, Known bool
	Always      bool // open round the clock, every day, and no exception begins in the next year
	Break       bool // closed for a break of this very day
	Excepted    bool // closed because of an exception; by its hours it might be open
	Until       time.Time
}

// An Exception is a spell from From until before To in which a place is closed whatever its hours say; a zero To is a spell
// without an end.
type Exception struct{ From, To time.Time }

func (x Exception) covers(t time.Time) bool {
	return !t.Before(x.From) && (x.To.IsZero() || t.Before(x.To))
}

// ahead is how many days are looked through for the next change.
const ahead = 366

// At says whether a place with these hours is open at t, in t's location. A holiday and a day off that was moved there are
// closed whatever the hours say; a Saturday made a working day has the hours of a Friday unless the hours name Saturdays;
// the day before a holiday is an hour shorter (article 95 of the Labour Code). While an exception lasts the place is closed;
// exceptions may overlap.
func (h Hours) At(c Calendar, t time.Time, exceptions ...Exception) Opening {
	plain, ok := h.on(c, t)
	if !ok {
		return Opening{}
	}
	o := Opening{Known: true, Excepted: slices.ContainsFunc(exceptions, func(x Exception) bool { return x.covers(t) })}
	today := less(plain, t, exceptions)
	minute := t.Hour()*60 + t.Minute()
	for _, s := range today {
		if s.from <= minute && minute < s.to {
			o.Open = true
			o.Until = at(t, s.to)
			if s.to == fullDay {
				o.Until = h.endOfNight(c, t, exceptions)
				o.Always = h.always() && o.Until.IsZero()
			}
			return o
		}
		if minute < s.from {
			o.Until = at(t, s.from)
			o.Break = !o.Excepted && slices.ContainsFunc(plain[1:], func(x stretch) bool { return x.from == s.from }) && plain[0].to <= minute
			return o
		}
	}
	if endless(t, exceptions) {
		return o
	}
	for i := 1; i <= ahead; i++ {
		day := t.AddDate(0, 0, i)
		spans, ok := h.on(c, day)
		if !ok {
			return o
		}
		if spans = less(spans, day, exceptions); len(spans) > 0 {
			o.Until = at(day, spans[0].from)
			return o
		}
	}
	return o
}

// endless tells that an exception has begun that nobody knows the end of: there is nothing to look for.
func endless(t time.Time, exceptions []Exception) bool {
	return slices.ContainsFunc(exceptions, func(x Exception) bool { return x.To.IsZero() && x.covers(t) })
}

// endOfNight finds when a place that is open at midnight closes.
func (h Hours) endOfNight(c Calendar, t time.Time, exceptions []Exception) time.Time {
	if h.always() && len(exceptions) == 0 {
		return time.Time{}
	}
	for i := 1; i <= ahead; i++ {
		day := t.AddDate(0, 0, i)
		spans, ok := h.on(c, day)
		spans = less(spans, day, exceptions)
		switch {
		case !ok:
			return time.Time{}
		case len(spans) == 0 || spans[0].from > 0:
			return at(day, 0)
		case spans[0].to < fullDay:
			return at(day, spans[0].to)
		}
	}
	return time.Time{}
}

// less takes the exceptions out of the open stretches of a day. An exception counts by whole minutes; one that ends before it
// has begun is none.
func less(spans []stretch, day time.Time, exceptions []Exception) []stretch {
	begin := at(day, 0)
	for _, x := range exceptions {
		next := begin.AddDate(0, 0, 1)
		if !x.To.IsZero() {
			x.To = x.To.In(day.Location())
		}
		if x.From = x.From.In(day.Location()); !x.To.IsZero() && !x.From.Before(x.To) {
			continue
		}
		if !x.From.Before(next) || !x.To.IsZero() && !begin.Before(x.To) {
			continue
		}
		from, to := 0, fullDay
		if begin.Before(x.From) {
			from = x.From.Hour()*60 + x.From.Minute()
		}
		if !x.To.IsZero() && x.To.Before(next) {
			to = x.To.Hour()*60 + x.To.Minute()
		}
		var rest []stretch
		for _, s := range spans {
			if from > s.from {
				rest = append(rest, stretch{s.from, min(s.to, from)})
			}
			if to < s.to {
				rest = append(rest, stretch{max(s.from, to), s.to})
			}
		}
		spans = rest
	}
	return spans
}

type stretch struct{ from, to int } // minutes of a day

// on gives the open stretches of a day, none when it is closed.
func (h Hours) on(c Calendar, t time.Time) ([]stretch, bool) {
	if h.always() {
		return []stretch{{0, fullDay}}, true
	}
	kind, err := c.Kind(t.Format(time.DateOnly))
	if err != nil {
		return nil, false
	}
	d := h.Days[weekday(t)]
	switch kind {
	case Holiday, Off:
		return nil, true
	case Working, Short:
		if d.Closed && free(t) {
			if d = h.Days[4]; d.Only != 0 {
				return nil, true // hours of some Fridays, and this is none
			}
			d.Except = 0
		}
		if kind == Short && !d.Closed {
			d.Close -= 60
		}
	}
	if d.Closed || !d.opens(t) {
		return nil, true
	}
	var all []stretch
	begin := d.Open
	for _, pause := range []stretch{{d.BreakFrom, d.BreakTo}, {d.LateFrom, d.LateTo}} {
		if pause.from < pause.to && pause.from < d.Close {
			all = append(all, stretch{begin, pause.from})
			begin = pause.to
		}
	}
	if begin < d.Close {
		all = append(all, stretch{begin, d.Close})
	}
	return all, true
}

// always tells hours round the clock, every day: no calendar changes them.
func (h Hours) always() bool {
	for _, d := range h.Days {
		if d.Closed || d.Open != 0 || d.Close != fullDay || d.Break() || d.Only != 0 || d.Except != 0 {
			return false
		}
	}
	return true
}

// weekday counts from Monday, 0.
func weekday(t time.Time) int { return (int(t.Weekday()) + 6) % 7 }

func at(day time.Time, minute int) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), minute/60, minute%60, 0, 0, day.Location())
}
