package workday

import (
	"strings"
	"time"
)

// Dates are some of the dates that a day of the week has in a month: the first, the third, the last. None of them means that
// nothing is said of dates.
type Dates uint8

// first is the first date; those after it follow, to the fifth.
const (
	first Dates = 1
	last  Dates = 1 << 5
)

// has tells whether a date is among these.
func (n Dates) has(t time.Time) bool {
	return n&(first<<((t.Day()-1)/7)) != 0 || n&last != 0 && t.AddDate(0, 0, 7).Month() != t.Month()
}

// opens tells whether the dates of a day leave it open on a date.
func (d Day) opens(t time.Time) bool { return (d.Only == 0 || d.Only.has(t)) && !d.Except.has(t) }

// Names of dates in the nominative of three genders and in the genitive of two.
var dateNames = [6][5]string{
	{"первый", "первая", "первое", "первого", "первой"}, {"второй", "вторая", "второе", "второго", "второй"}, {"третий", "третья", "третье", "третьего", "третьей"},
	{"четвертый", "четвертая", "четвертое", "четвертого", "четвертой"}, {"пятый", "пятая", "пятое", "пятого", "пятой"}, {"последний", "последняя", "последнее", "последнего", "последней"},
}

var (
	gender   = [7]int{0, 0, 1, 0, 1, 1, 2}
	genitive = [7]string{"понедельника", "вторника", "среды", "четверга", "пятницы", "субботы", "воскресенья"}
)

// text names dates of a day of the week: «первая и третья среда месяца», in the genitive «последней пятницы месяца».
func (n Dates) text(day int, inGenitive bool) string {
	form, name := gender[day], nominative[day]
	if inGenitive {
		form, name = 3, genitive[day]
		if gender[day] == 1 {
			form = 4
		}
	}
	var names []string
	for i := range dateNames {
		if n&(first<<i) != 0 {
			names = append(names, dateNames[i][form])
		}
	}
	return strings.Join(names, " и ") + " " + name + " месяца"
}

// datedNames is dayNames for days of the same hours, with the dates to which they are limited.
func datedNames(days []int, d Day) string {
	if d.Only == 0 && d.Except == 0 {
		return dayNames(days)
	}
	var names []string
	for _, day := range days {
		name := nominative[day]
		if d.Only != 0 {
			name = d.Only.text(day, false)
		}
		if d.Except != 0 {
			name += ", кроме " + d.Except.text(day, true) + ","
		}
		names = append(names, name)
	}
	return strings.Join(names, " и ")
}

// dateForms are the words for dates; «пят» alone is a Friday.
var dateForms = [6]string{
	"первый первая первое первого первой первую первому первым первом первые первых",
	"второй вторая второе второго вторую второму вторым втором вторые вторых",
	"третий третья третье третьего третьей третью третьему третьим третьем третьи третьих",
	"четвертый четвертая четвертое четвертого четвертой четвертую четвертому четвертым четвертом четвертые четвертых",
	"пятый пятая пятое пятого пятой пятую пятому пятым пятом пятые пятых",
	"последний последняя последнее последнего последней последнюю последнему последним последнем последние последних",
}

// dated reads «первая и третья среда месяца», «последняя пятница» from the present lexeme on. All dates but the last need the
// word «месяца» in the statement: «каждый второй четверг» may be every other one.
func (p *parser) dated() (day int, n Dates, reason string) {
	begin := p.i
words:
	for ; p.i < len(p.ls); p.i++ {
		switch l := p.ls[p.i]; {
		case l.kind == date:
			n |= first << l.n
			if first<<l.n != last {
				p.unsure = l.text
			}
		case l.kind == and, l.kind == filler, l.kind == mark && l.text == ",": // «первая, вторая и третья»
		case l.kind == dayName:
			p.i++
			for p.i < len(p.ls) && p.ls[p.i].kind == filler {
				p.i++
			}
			if p.i < len(p.ls) && p.ls[p.i].kind == month {
				p.i++
				p.unsure = ""
			}
			return l.n, n, ""
		default:
			break words
		}
	}
	return 0, 0, "неясно, какой день назван словом «" + p.ls[begin].text + "»"
}
