package workday

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

type kind int

const (
	number  kind = iota // a run of figures; tight says that nothing stands between it and the token before
	mark                // - : . , ; and the like
	dayName             // n is the day, Monday 0
	daily               // ежедневно
	working             // рабочие дни, будни
	weekend             // выходные дни, as a name of days: «кроме выходных»
	holiday             // праздничные дни
	closed              // выходной, не работает
	except              // кроме
	pause               // перерыв, обед
	without             // без
	round               // круглосуточно
	from                // с
	to                  // до, по
	and                 // и
	hour                // час, ч
	minute              // мин
	date                // первый, последний: which of its dates in a month a day has, n from 0
	month               // месяца
	booking             // записи
	filler              // words that say nothing about hours
	unknown
)

type lexeme struct {
	kind  kind
	text  string
	n     int
	tight bool
}

// What follows is made when hours are first read: most starts of the program read none.
var superscripts = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(\d)([⁰¹²³⁴⁵⁶⁷⁸⁹]{2})`) })

// lex cuts folded text into lexemes. «9⁰⁰» is 9:00.
func lex(text string) []lexeme {
	text = superscripts().ReplaceAllStringFunc(text, func(s string) string {
		r := []rune(s)
		return string(r[0]) + ":" + norm.NFKC.String(string(r[1:]))
	})
	var ls []lexeme
	rs := []rune(strings.ToLower(norm.NFKC.String(text)))
	tight := false
	for i := 0; i < len(rs); {
		r, j := rs[i], i+1
		switch {
		case unicode.IsSpace(r) || r == '\u00ad' || r == '\u200b' || r == '\u0301':
			tight = false
			i++
			continue
		case r >= '0' && r <= '9':
			n := int(r - '0')
			for ; j < len(rs) && rs[j] >= '0' && rs[j] <= '9'; j++ {
				n = min(n*10+int(rs[j]-'0'), 1_000_000)
			}
			ls = append(ls, lexeme{number, string(rs[i:j]), n, tight})
		case unicode.IsLetter(r):
			for j < len(rs) && unicode.IsLetter(rs[j]) {
				j++
			}
			ls = append(ls, word(strings.ReplaceAll(string(rs[i:j]), "ё", "е")))
		default:
			ls = append(ls, lexeme{kind: mark, text: dash(r), tight: tight})
		}
		tight = true
		i = j
	}
	return join(ls)
}

// join makes one lexeme of «каждый день» and of «24/7».
func join(ls []lexeme) []lexeme {
	var out []lexeme
	for i := 0; i < len(ls); i++ {
		switch {
		case i+1 < len(ls) && ls[i].text == "каждый" && ls[i+1].text == "день":
			out = append(out, lexeme{kind: daily, text: "каждый день"})
			i++
		case i+2 < len(ls) && ls[i].kind == number && 1 <= ls[i].n && ls[i].n <= 5 && ls[i+1].text == "-" && ls[i+1].tight && slices.Contains(dateEnds, ls[i+2].text):
			out = append(out, lexeme{kind: date, text: ls[i].text + "-" + ls[i+2].text, n: ls[i].n - 1})
			i += 2
		case i+2 < len(ls) && ls[i].text == "24" && ls[i+1].text == "/" && ls[i+2].text == "7":
			out = append(out, lexeme{kind: round, text: "24/7"})
			i += 2
		default:
			out = append(out, ls[i])
		}
	}
	return out
}

// dateEnds end a date in figures: «1-я среда».
var dateEnds = []string{"й", "я", "е", "ю", "ый", "ая", "ую", "го", "ой", "ий"}

func dash(r rune) string {
	if strings.ContainsRune("‐‑‒–—―−", r) {
		return "-"
	}
	return string(r)
}

var dayForms = [7]string{
	"пн пон понед понедельник понедельника понедельнику понедельникам понедельники понедельником понедельнике",
	"вт втор вторник вторника вторнику вторникам вторники вторником вторнике",
	"ср сред среда среды среде среду средам средой",
	"чт чет четв четверг четверга четвергу четвергам четверги четвергом четверге",
	"пт пят пятн пятница пятницы пятнице пятницу пятницам пятницей",
	"сб суб субб суббота субботы субботе субботу субботам субботой",
	"вс вск воскр воскресенье воскресенья воскресенью воскресеньям воскресеньем воскресный",
}

var words = sync.OnceValue(func() map[string]lexeme {
	m := map[string]lexeme{}
	for n, forms := range dayForms {
		for _, w := range strings.Fields(forms) {
			m[w] = lexeme{kind: dayName, n: n}
		}
	}
	for n, forms := range dateForms {
		for _, w := range strings.Fields(forms) {
			m[w] = lexeme{kind: date, n: n}
		}
	}
	for k, forms := range map[kind]string{
		daily:   "ежедневно ежедневный ежедневная",
		working: "рабочие рабочим рабочий рабочих будни будние будням будний будним буднего",
		holiday: "праздничные праздничных праздничным праздники праздников нерабочих нерабочие",
		closed:  "выходной выходные выходными выходным закрыто закрыт неприемный неприемные санитарный",
		weekend: "выходных",
		except:  "кроме исключая исключением",
		pause:   "перерыв перерыва перерывом перерывы перерывами обед обеда обеденный обеденного обеденным",
		without: "без",
		round:   "круглосуточно круглосуточный круглосуточная",
		from:    "с со",
		to:      "до по",
		and:     "и",
		month:   "месяца",
		booking: "записи записью",
		hour:    "час часа часов часам ч",
		minute:  "мин минут минуты минута",
		filler: "в во на для время времени часы режим график расписание работы работа работает работаем приема прием приемный приемные приемным ведется " +
			"осуществляется проводится устанавливается установлен граждан посетителей клиентов заявителей сотрудников обслуживания обслуживание день дни дня дней каждого " +
			"дням каждый каждую каждое неделя недели неделю включительно мск московское московскому местное местному технический за предварительной предварительно",
	} {
		for _, w := range strings.Fields(forms) {
			m[w] = lexeme{kind: k}
		}
	}
	return m
})

func word(w string) lexeme {
	l, ok := words()[w]
	if !ok {
		l.kind = unknown
	}
	l.text = w
	return l
}
