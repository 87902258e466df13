package workday

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"sync"
	"time"

	"go.yaml.in/yaml/v3"
)

//go:embed calendar/*.yaml
var shippedFiles embed.FS

// A Calendar knows which days are working ones, for the years that somebody has given. It never guesses: of any other year
// it says that it does not know (UnknownYear). A Calendar does not change; it is safe for concurrent use.
type Calendar struct {
	years map[int]*table
}

// A table is a year made ready for questions.
type table struct {
	year  Year
	first time.Time
	kinds []string // of each day of the year; empty: a plain working day
}

// Shipped is the calendar of the years in the binary, each by its decree (Year.Source).
var Shipped = sync.OnceValue(func() Calendar {
	names, err := fs.Glob(shippedFiles, "calendar/*.yaml")
	if err != nil {
		panic("workday: " + err.Error()) // only a malformed pattern
	}
	var years []Year
	for _, name := range names {
		b, err := shippedFiles.ReadFile(name)
		if err == nil {
			var y Year
			err = yaml.Unmarshal(b, &y)
			years = append(years, y)
		}
		if err != nil {
			panic("workday: " + name + ": " + err.Error()) // a test reads them all
		}
	}
	c, err := Calendar{}.With(years...)
	if err != nil {
		panic("workday: " + err.Error())
	}
	return c
})

// With is the calendar with these years put in the place of what it knew of them.
func (c Calendar) With(years ...Year) (Calendar, error) {
	if len(years) == 0 {
		return c, nil
	}
	all := maps.Clone(c.years)
	if all == nil {
		all = map[int]*table{}
	}
	for _, y := range years {
		y, err := y.Tidy()
		if err != nil {
			return Calendar{}, err
		}
		t := &table{year: y, first: time.Date(y.Number, 1, 1, 0, 0, 0, 0, time.UTC)}
		for d := t.first; d.Year() == y.Number; d = d.AddDate(0, 0, 1) {
			kind := ""
			if free(d) {
				kind = Weekend
			}
			t.kinds = append(t.kinds, kind)
		}
		for _, s := range y.Days {
			d, _ := time.Parse(time.DateOnly, s.Date)
			t.kinds[d.YearDay()-1] = s.Kind
		}
		all[y.Number] = t
	}
	return Calendar{all}, nil
}

// Years lists the years the calendar knows, rising.
func (c Calendar) Years() []int { return slices.Sorted(maps.Keys(c.years)) }

// Year gives what the calendar knows of a year.
func (c Calendar) Year(number int) (Year, bool) {
	t, ok := c.years[number]
	if !ok {
		return Year{}, false
	}
	y := t.year
	y.Days = slices.Clone(y.Days)
	return y, true
}

// Kind says what a day is: Holiday, Off, Working, Short, Weekend, or nothing for a plain working day. The error is an
// UnknownYear, or a Fault when day is no day.
func (c Calendar) Kind(day string) (string, error) {
	t, err := parseDay(day)
	if err != nil {
		return "", err
	}
	return c.kind(t)
}

// IsWorking tells whether people work on that day, an ISO date; ok is false when the year is not known or day is no day.
func (c Calendar) IsWorking(day string) (working, ok bool) {
	kind, err := c.Kind(day)
	return err == nil && works(kind), err == nil
}

// Short tells whether the day is a working one shortened before a holiday; ok is as with IsWorking.
func (c Calendar) Short(day string) (short, ok bool) {
	kind, err := c.Kind(day)
	return kind == Short, err == nil
}

// Add gives the n-th working day after a day, whatever that day is; before it for n < 0. For n = 0 it is the day itself, or
// the next working one. The error is an UnknownYear as soon as the count needs a day of a year that is not known.
func (c Calendar) Add(day string, n int) (string, error) {
	t, err := parseDay(day)
	if err != nil {
		return "", err
	}
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	if n == 0 {
		kind, err := c.kind(t)
		if err != nil || works(kind) {
			return day, err
		}
		n = 1
	}
	for n > 0 {
		t = t.AddDate(0, 0, step)
		kind, err := c.kind(t)
		if err != nil {
			return "", err
		}
		if works(kind) {
			n--
		}
	}
	return t.Format(time.DateOnly), nil
}

// Between counts the working days after from, up to and including to; it is negative when to is the earlier one. For every
// n > 0, Between(d, Add(d, n)) is n.
func (c Calendar) Between(from, to string) (int, error) {
	a, err := parseDay(from)
	if err != nil {
		return 0, err
	}
	b, err := parseDay(to)
	if err != nil {
		return 0, err
	}
	sign := 1
	if b.Before(a) {
		a, b, sign = b, a, -1
	}
	n := 0
	for a.Before(b) {
		a = a.AddDate(0, 0, 1)
		kind, err := c.kind(a)
		if err != nil {
			return 0, err
		}
		if works(kind) {
			n++
		}
	}
	return sign * n, nil
}

// Totals counts the days of a month, or of the whole year for month 0.
type Totals struct {
	Days, Working, Short, Free int // Short are among Working
	Hours                      int // of a week of 40 hours
}

// Totals counts the days of a month of a known year, from 1; 0 is the year.
func (c Calendar) Totals(year int, month int) (Totals, error) {
	t, ok := c.years[year]
	if !ok {
		return Totals{}, &UnknownYear{year}
	}
	var n Totals
	for i, kind := range t.kinds {
		if month != 0 && int(t.first.AddDate(0, 0, i).Month()) != month {
			continue
		}
		n.Days++
		switch {
		case !works(kind):
			n.Free++
		case kind == Short:
			n.Short++
			fallthrough
		default:
			n.Working++
		}
	}
	n.Hours = 8*n.Working - n.Short
	return n, nil
}

func works(kind string) bool { return kind == "" || kind == Working || kind == Short }

func (c Calendar) kind(t time.Time) (string, error) {
	y, ok := c.years[t.Year()]
	if !ok {
		return "", &UnknownYear{t.Year()}
	}
	return y.kinds[t.YearDay()-1], nil
}

func parseDay(day string) (time.Time, error) {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return time.Time{}, sentence("«%s» — не день календаря.", fmt.Sprintf("%.40s", day))
	}
	return t, nil
}
