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
