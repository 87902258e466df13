package workday

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// The kinds of days that are not what their day of the week says. Short is a working day shortened before a holiday,
// whatever day of the week it is; Working is a Saturday or Sunday from which the day off was moved away.
const (
	Holiday = "holiday" // нерабочий праздничный день, статья 112 ТК РФ
	Off     = "off"     // выходной, перенесённый с другого дня
	Working = "working" // рабочая суббота или воскресенье
	Short   = "short"   // сокращённый рабочий день
	Weekend = "weekend" // суббота или воскресенье; only told by Calendar.Kind, never written down
)

// A Year is the production calendar of one year: its days that are not plain, in order. A plain day is a working one from
// Monday to Friday and a day off on Saturday and Sunday.
type Year struct {
	Number int       `yaml:"year"`
	Source string    `yaml:"source"` // the decree that moved the days off, verbatim
	Days   []Special `yaml:"days"`
}

// A Special is a day that is not plain.
type Special struct {
	Date string `yaml:"date"` // ISO
	Kind string `yaml:"kind"` // Holiday, Off, Working, Short
	Note string `yaml:"note"` // «перенос с субботы 3 января»
}

// Tidy sorts the days and drops those that say of a day what its day of the week says. The error is a sentence in Russian
// that names the first day that cannot be: outside the year, of no known kind, or named twice.
func (y Year) Tidy() (Year, error) {
	if y.Number < 1900 || y.Number > 2199 {
		return Year{}, sentence("Год «%d» не годится: нужен год от 1900 до 2199.", y.Number)
	}
	days := slices.Clone(y.Days)
	slices.SortStableFunc(days, func(a, b Special) int { return cmp.Compare(a.Date, b.Date) })
	y.Days = nil
	for i, d := range days {
		t, err := time.Parse(time.DateOnly, d.Date)
		switch {
		case err != nil:
			return Year{}, sentence("«%s» — не день календаря: нужна дата вида ДД.ММ.ГГГГ.", d.Date)
		case t.Year() != y.Number:
			return Year{}, sentence("День %s не относится к %d году.", t.Format(russian), y.Number)
		case !slices.Contains([]string{Holiday, Off, Working, Short}, d.Kind):
			return Year{}, sentence("Вид дня %s не назван: нужен праздничный, выходной, рабочий или сокращённый.", t.Format(russian))
		case i > 0 && days[i-1].Date == d.Date && days[i-1].Kind != d.Kind:
			return Year{}, sentence("День %s назван дважды и по-разному.", t.Format(russian))
		case i > 0 && days[i-1].Date == d.Date:
			continue
		}
		if free(t) && d.Kind == Off || !free(t) && d.Kind == Working {
			continue
		}
		y.Days = append(y.Days, d)
	}
	return y, nil
}

const russian = "02.01.2006"

// free tells Saturdays and Sundays.
func free(t time.Time) bool { return t.Weekday() == time.Saturday || t.Weekday() == time.Sunday }

// A Fault is what is wrong with a day, a year or a file, as a sentence for people.
type Fault struct{ Text string }

func (f *Fault) Error() string { return f.Text }

func sentence(format string, args ...any) error { return &Fault{fmt.Sprintf(format, args...)} }

// UnknownYear is the error of a question about a day of a year whose calendar nobody has given.
type UnknownYear struct{ Number int }

func (u *UnknownYear) Error() string {
	return fmt.Sprintf("Производственный календарь на %d год не внесён: сказать, какие дни рабочие, нельзя.", u.Number)
}
