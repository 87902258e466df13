// Package workday understands opening hours as Russian orders state them, and compares them; and it knows the production
// calendar: which days are working ones, and how deadlines in working days are counted. It is pure and imports nothing of ours.
package workday

import (
	"fmt"
	"strings"
)

// Hours is a week of opening hours.
type Hours struct {
	Days          [7]Day // Monday first
	ByAppointment bool   // people are received by appointment: open does not mean that one may simply come
}

// A Day is the hours of one day, in minutes from midnight: 0 ≤ Open < Close ≤ 1440. BreakFrom == BreakTo means no break.
// A second break, LateFrom to LateTo, comes after the first; most days have none. The minutes of a Closed day are 0. Only, unless
// it is none, limits the day to some of its dates in a month; on those of Except it is closed.
type Day struct {
	Open, Close        int
	BreakFrom, BreakTo int
	LateFrom, LateTo   int
	Only, Except       Dates
	Closed             bool // said to be closed, or not named among the days
}

// Break tells whether the day has a break.
func (d Day) Break() bool { return d.BreakFrom < d.BreakTo }

// String says the day: «с 09:00 до 18:00, перерыв с 13:00 до 14:00», «выходной», «круглосуточно».
func (d Day) String() string {
	s := d.times()
	switch {
	case d.LateFrom < d.LateTo:
		s += ", перерывы " + span(d.BreakFrom, d.BreakTo) + " и " + span(d.LateFrom, d.LateTo)
	case d.Break():
		s += ", перерыв " + span(d.BreakFrom, d.BreakTo)
	}
	return s
}

func (d Day) times() string {
	switch {
	case d.Closed:
		return "выходной"
	case d.Open == 0 && d.Close == fullDay:
		return "круглосуточно"
	}
	return span(d.Open, d.Close)
}

// String says the week in one way, whatever way it was written in; days of the same hours stand together.
// ParseHours(h.String()) is h.
func (h Hours) String() string {
	var parts []string
	for i, d := range h.Days {
		var days []int
		for j, o := range h.Days {
			if o == d {
				days = append(days, j)
			}
		}
		if days[0] == i { // once for the days of these hours
			parts = append(parts, datedNames(days, d)+" "+d.String())
		}
	}
	if h.ByAppointment {
		parts = append(parts, "по записи")
	}
	return strings.Join(parts, "; ")
}

const fullDay = 24 * 60

func span(from, to int) string {
	return fmt.Sprintf("с %02d:%02d до %02d:%02d", from/60, from%60, to/60, to%60)
}

var nominative = [7]string{"понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"}

// dayNames joins the names of days, which rise: three and more in a row as a range, «понедельник – пятница».
func dayNames(days []int) string {
	var runs []string
	for i := 0; i < len(days); {
		j := i
		for j+1 < len(days) && days[j+1] == days[j]+1 {
			j++
		}
		switch {
		case j-i >= 2:
			runs = append(runs, nominative[days[i]]+" – "+nominative[days[j]])
		default:
			for k := i; k <= j; k++ {
				runs = append(runs, nominative[days[k]])
			}
		}
		i = j + 1
	}
	if n := len(runs); n > 1 {
		return strings.Join(runs[:n-1], ", ") + " и " + runs[n-1]
	}
	return strings.Join(runs, "")
}

// Conflicts says in one Russian sentence in what two statements of hours about the same place differ: days, times, breaks;
// h is «первый», o «второй». It is "" when they agree.
func (h Hours) Conflicts(o Hours) string {
	var parts []string
	parts = append(parts, onlyIn(h, o, "первом")...)
	parts = append(parts, onlyIn(o, h, "втором")...)

	var times, breaks []difference
	both := 0 // days open in both
	for i := range h.Days {
		a, b := h.Days[i], o.Days[i]
		if a.Closed || b.Closed {
			continue
		}
		both++
		times = note(times, i, Day{Open: a.Open, Close: a.Close}, Day{Open: b.Open, Close: b.Close})
		breaks = note(breaks, i, Day{BreakFrom: a.BreakFrom, BreakTo: a.BreakTo}, Day{BreakFrom: b.BreakFrom, BreakTo: b.BreakTo})
		if a.LateFrom != b.LateFrom || a.LateTo != b.LateTo {
			parts = append(parts, nominative[i]+": вторые перерывы разные")
		}
		if a.Only != b.Only || a.Except != b.Except {
			parts = append(parts, datedNames([]int{i}, a)+" в первом случае, "+datedNames([]int{i}, b)+" во втором")
		}
	}
	for _, d := range times {
		parts = append(parts, fmt.Sprintf("%s: %s в первом случае, %s во втором", dayNames(d.days), d.a.times(), d.b.times()))
	}
	for _, d := range breaks {
		s := d.breaks()
		if len(d.days) < both {
			s += " (" + dayNames(d.days) + ")"
		}
		parts = append(parts, s)
	}
	if len(parts) == 0 {
		return ""
	}
	text := []rune(strings.Join(parts, "; ") + ".")
	return strings.ToUpper(string(text[0])) + string(text[1:])
}

// A difference is what the first and the second statement say about the same days.
type difference struct {
	a, b Day
	days []int
}

// note adds a day on which a and b differ to the days on which they differ in the same way.
func note(list []difference, day int, a, b Day) []difference {
	if a == b {
		return list
	}
	for i := range list {
		if list[i].a == a && list[i].b == b {
			list[i].days = append(list[i].days, day)
			return list
		}
	}
	return append(list, difference{a, b, []int{day}})
}

func (d difference) breaks() string {
	a, b := span(d.a.BreakFrom, d.a.BreakTo), span(d.b.BreakFrom, d.b.BreakTo)
	switch {
	case !d.a.Break():
		return "перерыв " + b + " назван только во втором случае"
	case !d.b.Break():
		return "перерыв " + a + " назван только в первом случае"
	}
	return "перерыв " + a + " в первом случае, " + b + " во втором"
}

// onlyIn says which days are open in h and closed in o.
func onlyIn(h, o Hours, which string) []string {
	var days []int
	for i := range h.Days {
		if !h.Days[i].Closed && o.Days[i].Closed {
			days = append(days, i)
		}
	}
	if len(days) == 0 {
		return nil
	}
	verb := "входят"
	if len(days) == 1 {
		verb = "входит"
	}
	preposition := "в"
	if which == "втором" {
		preposition = "во"
	}
	return []string{fmt.Sprintf("%s %s в график только %s %s случае", dayNames(days), verb, preposition, which)}
}
