package workday

import "time"

// An Opening says whether a place is open at a moment and when that ends. Until is the next moment at which it opens or
// closes, for a break too; it is zero when that is more than a month away or lies in a year that the calendar does not know.
// Known is false when the calendar does not know the day itself, and then nothing is said.
type Opening struct {
	Open, Known bool
	Break       bool // closed for a break of this very day
	Until       time.Time
}

// ahead is how many days are looked through for the next opening.
const ahead = 31

// At says whether a place with these hours is open at t, in t's location. A holiday and a day off that was moved there are
// closed whatever the hours say; a Saturday made a working day has the hours of a Friday unless the hours name Saturdays;
// the day before a holiday is an hour shorter (article 95 of the Labour Code).
func (h Hours) At(c Calendar, t time.Time) Opening {
	today, ok := h.on(c, t)
	if !ok {
		return Opening{}
	}
	o := Opening{Known: true}
	minute := t.Hour()*60 + t.Minute()
	for _, s := range today {
		if s.from <= minute && minute < s.to {
			o.Open = true
			o.Until = at(t, s.to)
			if s.to == fullDay {
				o.Until = h.endOfNight(c, t)
			}
			return o
		}
		if minute < s.from {
			o.Until = at(t, s.from)
			o.Break = len(today) > 1 && s.from == today[1].from
			return o
		}
	}
	for i := 1; i <= ahead; i++ {
		day := t.AddDate(0, 0, i)
		spans, ok := h.on(c, day)
		if !ok {
			return o
		}
		if len(spans) > 0 {
			o.Until = at(day, spans[0].from)
			return o
		}
	}
	return o
}

// endOfNight finds when a place that is open at midnight closes.
func (h Hours) endOfNight(c Calendar, t time.Time) time.Time {
	for i := 1; i <= ahead; i++ {
		day := t.AddDate(0, 0, i)
		spans, ok := h.on(c, day)
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

type stretch struct{ from, to int } // minutes of a day

// on gives the open stretches of a day, none when it is closed.
func (h Hours) on(c Calendar, t time.Time) ([]stretch, bool) {
	kind, err := c.Kind(t.Format(time.DateOnly))
	if err != nil {
		return nil, false
	}
	d := h.Days[weekday(t)]
	switch kind {
	case Holiday, Off:
		if !h.always() {
			return nil, true
		}
	case Working, Short:
		if d.Closed && free(t) {
			d = h.Days[4]
		}
		if kind == Short && !d.Closed && !h.always() {
			d.Close -= 60
		}
	}
	if d.Closed {
		return nil, true
	}
	if !d.Break() || d.BreakFrom >= d.Close {
		return []stretch{{d.Open, d.Close}}, true
	}
	all := []stretch{{d.Open, d.BreakFrom}}
	if d.BreakTo < d.Close {
		all = append(all, stretch{d.BreakTo, d.Close})
	}
	return all, true
}

// always tells hours round the clock, every day: no calendar changes them.
func (h Hours) always() bool {
	for _, d := range h.Days {
		if d.Closed || d.Open != 0 || d.Close != fullDay || d.Break() {
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
