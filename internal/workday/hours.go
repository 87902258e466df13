// Package workday understands opening hours as Russian orders state them, and compares them. It is pure and imports
// nothing of ours.
package workday

import (
	"fmt"
	"strings"
)

// Hours is a week of opening hours.
type Hours struct {
	Days [7]Day // Monday first
}

// A Day is the hours of one day, in minutes from midnight: 0 ≤ Open < Close ≤ 1440. BreakFrom == BreakTo means no break.
// The minutes of a Closed day are 0.
type Day struct {
	Open, Close        int
	BreakFrom, BreakTo int
	Closed             bool // said to be closed, or not named among the days
}

// Break tells whether the day has a break.
func (d Day) Break() bool { return d.BreakFrom < d.BreakTo }

// String says the day: «с 09:00 до 18:00, перерыв с 13:00 до 14:00», «выходной», «круглосуточно».
func (d Day) String() string {
	s := d.times()
	if d.Break() {
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
	for _, g := range group(h.Days, func(a, b Day) bool { return a == b }) {
		parts = append(parts, dayNames(g.days, nominative)+" "+g.day.String())
	}
	return strings.Join(parts, "; ")
}

const fullDay = 24 * 60

func span(from, to int) string {
	return fmt.Sprintf("с %02d:%02d до %02d:%02d", from/60, from%60, to/60, to%60)
}

var nominative = [7]string{"понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"}

// dayNames joins the names of days, which rise: three and more in a row as a range, «понедельник – пятница».
func dayNames(days []int, names [7]string) string {
	var runs []string
	for i := 0; i < len(days); {
		j := i
		for j+1 < len(days) && days[j+1] == days[j]+1 {
			j++
		}
		switch {
		case j-i >= 2:
			runs = append(runs, names[days[i]]+" – "+names[days[j]])
		default:
			for k := i; k <= j; k++ {
				runs = append(runs, names[days[k]])
			}
		}
		i = j + 1
	}
	if n := len(runs); n > 1 {
		return strings.Join(runs[:n-1], ", ") + " и " + runs[n-1]
	}
	return strings.Join(runs, "")
}

type dayGroup struct {
	day  Day
	days []int
}

// group puts the days that are the same together, in the order of their first days.
func group(days [7]Day, same func(a, b Day) bool) []dayGroup {
	var gs []dayGroup
next:
	for i, d := range days {
		for j := range gs {
			if same(gs[j].day, d) {
				gs[j].days = append(gs[j].days, i)
				continue next
			}
		}
		gs = append(gs, dayGroup{d, []int{i}})
	}
	return gs
}

// Conflicts says in one Russian sentence in what two statements of hours about the same place differ: days, times, breaks;
// h is «первый», o «второй». It is "" when they agree.
func (h Hours) Conflicts(o Hours) string {
	var parts []string
	parts = append(parts, onlyIn(h, o, "первом")...)
	parts = append(parts, onlyIn(o, h, "втором")...)

	type pair struct{ a, b Day }
	var times, breaks []struct {
		pair
		days []int
	}
	note := func(list *[]struct {
		pair
		days []int
	}, p pair, day int) {
		for i := range *list {
			if (*list)[i].pair == p {
				(*list)[i].days = append((*list)[i].days, day)
				return
			}
		}
		*list = append(*list, struct {
			pair
			days []int
		}{p, []int{day}})
	}
	for i := range h.Days {
		a, b := h.Days[i], o.Days[i]
		if a.Closed || b.Closed {
			continue
		}
		if a.Open != b.Open || a.Close != b.Close {
			note(&times, pair{Day{Open: a.Open, Close: a.Close}, Day{Open: b.Open, Close: b.Close}}, i)
		}
		if a.BreakFrom != b.BreakFrom || a.BreakTo != b.BreakTo {
			note(&breaks, pair{Day{BreakFrom: a.BreakFrom, BreakTo: a.BreakTo}, Day{BreakFrom: b.BreakFrom, BreakTo: b.BreakTo}}, i)
		}
	}
	for _, t := range times {
		parts = append(parts, fmt.Sprintf("%s: %s в первом случае, %s во втором", dayNames(t.days, nominative), t.a.times(), t.b.times()))
	}
	for _, t := range breaks {
		var s string
		switch {
		case !t.a.Break():
			s = "перерыв " + span(t.b.BreakFrom, t.b.BreakTo) + " назван только во втором случае"
		case !t.b.Break():
			s = "перерыв " + span(t.a.BreakFrom, t.a.BreakTo) + " назван только в первом случае"
		default:
			s = fmt.Sprintf("перерыв %s в первом случае, %s во втором", span(t.a.BreakFrom, t.a.BreakTo), span(t.b.BreakFrom, t.b.BreakTo))
		}
		if len(breaks) > 1 {
			s += " (" + dayNames(t.days, nominative) + ")"
		}
		parts = append(parts, s)
	}
	if len(parts) == 0 {
		return ""
	}
	text := []rune(strings.Join(parts, "; ") + ".")
	return strings.ToUpper(string(text[0])) + string(text[1:])
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
	return []string{fmt.Sprintf("%s %s в график только %s %s случае", dayNames(days, nominative), verb, preposition, which)}
}
