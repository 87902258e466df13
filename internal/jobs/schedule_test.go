package jobs

import (
	"testing"
	"time"
)

func TestSchedule(t *testing.T) {
	loc := time.FixedZone("MSK", 3*60*60)
	last := time.Date(2026, 11, 22, 14, 30, 0, 1, loc)
	for _, c := range []struct {
		text, says, next string
		gap              time.Duration
	}{
		{"02:00", "каждый день в 02:00", "2026-11-23 02:00", 24 * time.Hour},
		{" 14:30 , 02:00,02:00", "каждый день в 02:00 и 14:30", "2026-11-23 02:00", 12*time.Hour + 30*time.Minute},
		{"23:59,02:00,14:31", "каждый день в 02:00, 14:31 и 23:59", "2026-11-22 14:31", 12*time.Hour + 31*time.Minute},
		{"14:30", "каждый день в 14:30", "2026-11-23 14:30", 24 * time.Hour},
		{"6h", "каждые 6 ч", "2026-11-22 20:30", 6 * time.Hour},
		{"90m", "каждые 1 ч 30 мин", "2026-11-22 16:00", 90 * time.Minute},
		{"1h", "каждый час", "2026-11-22 15:30", time.Hour},
		{"24h", "раз в сутки", "2026-11-23 14:30", 24 * time.Hour},
	} {
		s, err := ParseSchedule(c.text)
		if err != nil {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		if got := s.String(); got != c.says {
			t.Errorf("%q says %q, want %q", c.text, got, c.says)
		}
		if again, err := ParseSchedule(s.Plain()); err != nil || again.String() != s.String() {
			t.Errorf("%q is written as %q, which is %s, %v", c.text, s.Plain(), again, err)
		}
		if got := s.Next(loc)(last).Format("2006-01-02 15:04"); got != c.next {
			t.Errorf("%q after %s: %s, want %s", c.text, last, got, c.next)
		}
		if s.Gap() != c.gap {
			t.Errorf("gap of %q: %s, want %s", c.text, s.Gap(), c.gap)
		}
	}
	for _, text := range []string{"", "off"} {
		s, err := ParseSchedule(text)
		if err != nil || !s.Never() || !s.Next(loc)(last).IsZero() || s.String() != "не задано" {
			t.Errorf("%q: %v, %v", text, s, err)
		}
	}
	for _, text := range []string{"nightly", "25:00", "02:00,", "0h", "-6h", "30s", "9999h", "2:00 pm"} {
		if s, err := ParseSchedule(text); err == nil {
			t.Errorf("%q is taken for %s", text, s)
		}
	}
}
