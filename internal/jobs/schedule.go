package jobs

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// A Schedule says when something is done again: at times of the day, or every so often. The zero value is never.
type Schedule struct {
	every time.Duration
	times []int // minutes of the day, sorted
}

// least is the shortest interval of a schedule.
const least = time.Minute

// ParseSchedule reads «02:00», «02:00,14:30», «6h», «30m»; empty and «off» are never. Its error is a Russian sentence.
func ParseSchedule(text string) (Schedule, error) {
	text = strings.TrimSpace(text)
	if text == "" || text == "off" {
		return Schedule{}, nil
	}
	if !strings.Contains(text, ":") {
		d, err := time.ParseDuration(text)
		switch {
		case err != nil:
			return Schedule{}, fmt.Errorf("«%s» непонятно: нужно время дня (02:00 или 02:00,14:30), промежуток (6h, 30m) или off", text)
		case d < least || d > 366*24*time.Hour:
			return Schedule{}, errors.New("промежуток должен быть от 1m (минута) до 8784h (год)")
		}
		return Schedule{every: d}, nil
	}
	var s Schedule
	for _, t := range strings.Split(text, ",") {
		at, err := time.Parse("15:04", strings.TrimSpace(t))
		if err != nil {
			return Schedule{}, fmt.Errorf("«%s» — не время дня: нужно вроде 02:00", strings.TrimSpace(t))
		}
		s.times = append(s.times, at.Hour()*60+at.Minute())
	}
	slices.Sort(s.times)
	s.times = slices.Compact(s.times)
	return s, nil
}

// Every is the schedule of an interval.
func Every(d time.Duration) Schedule { return Schedule{every: d} }

// Never tells a schedule that never comes.
func (s Schedule) Never() bool { return s.every == 0 && len(s.times) == 0 }

// Next gives a function for Job.Next: times of day are those of that place.
func (s Schedule) Next(loc *time.Location) func(last time.Time) time.Time {
	return func(last time.Time) time.Time {
		if s.every != 0 {
			return last.Add(s.every)
		}
		last = last.In(loc)
		for day := 0; day < 3 && len(s.times) > 0; day++ {
			for _, m := range s.times {
				// A time of the day that the clock leaves out in spring comes an hour later.
				if at := time.Date(last.Year(), last.Month(), last.Day()+day, 0, m, 0, 0, loc); at.After(last) {
					return at
				}
			}
		}
		return time.Time{}
	}
}

// Gap is the longest time that passes between two runs.
func (s Schedule) Gap() time.Duration {
	gap := s.every
	for i, m := range s.times {
		next := s.times[0] + 24*60
		if i+1 < len(s.times) {
			next = s.times[i+1]
		}
		gap = max(gap, time.Duration(next-m)*time.Minute)
	}
	return gap
}

// Plain says it as it is written in settings: «02:00, 14:30», «6h».
func (s Schedule) Plain() string {
	if s.every != 0 {
		text := s.every.String()
		for _, nothing := range []string{"m0s", "h0m"} {
			if strings.HasSuffix(text, nothing) {
				text = text[:len(text)-2]
			}
		}
		return text
	}
	return strings.Join(s.clock(), ", ")
}

func (s Schedule) clock() (all []string) {
	for _, m := range s.times {
		all = append(all, fmt.Sprintf("%02d:%02d", m/60, m%60))
	}
	return all
}

// String says it in Russian: «каждый день в 02:00 и 14:30», «каждые 6 ч 30 мин», «не задано».
func (s Schedule) String() string {
	switch {
	case s.Never():
		return "не задано"
	case s.every == 24*time.Hour:
		return "раз в сутки"
	case s.every == time.Hour:
		return "каждый час"
	case s.every != 0:
		h, m, sec := int(s.every/time.Hour), int(s.every%time.Hour/time.Minute), int(s.every%time.Minute/time.Second)
		text := "каждые"
		for _, p := range []struct {
			n    int
			unit string
		}{{h, "ч"}, {m, "мин"}, {sec, "с"}} {
			if p.n != 0 {
				text += fmt.Sprintf(" %d %s", p.n, p.unit)
			}
		}
		return text
	}
	parts := s.clock()
	text := parts[0]
	if n := len(parts); n > 1 {
		text = strings.Join(parts[:n-1], ", ") + " и " + parts[n-1]
	}
	return "каждый день в " + text
}
