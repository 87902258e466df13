package lang

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

const nbsp = "\u00a0"

// months are the genitive names, by which dates are printed.
var months = [12]string{"января", "февраля", "марта", "апреля", "мая", "июня",
	"июля", "августа", "сентября", "октября", "ноября", "декабря"}

// monthPrefixes tell a month by any form of its name: «мая», «май», «февр.», «сентябрь».
var monthPrefixes = [12]string{"янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"}

var monthForm = Expression(`^(янв(ар[ьяе])?|фев(р|рал[ьяе])?|март?[ае]?|апр(ел[ьяе])?|ма[йяе]|июн[ьяе]?|июл[ьяе]?|` +
	`авг(уст[ае]?)?|сен(т|тябр[ьяе])?|окт(ябр[ьяе])?|ноя(б|бр[ьяе])?|дек(абр[ьяе])?)\.?$`)

// Date prints an ISO day in figures: "2026-02-16" is «16.02.2026». Anything else comes back as it is, "" as "".
func Date(iso string) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	return t.Format("02.01.2006")
}

// LongDate prints an ISO day in words, with no-break spaces: «16 февраля 2026 г.». Anything else comes back as it is.
func LongDate(iso string) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	return fmt.Sprintf("%d%s%s%s%04d%sг.", t.Day(), nbsp, months[t.Month()-1], nbsp, t.Year(), nbsp)
}

var (
	isoDate     = Expression(`^(\d{4})-(\d{2})-(\d{2})$`)
	figuresDate = Expression(`^(\d{1,2}) ?[./-] ?(\d{1,2}) ?[./-] ?(\d{4})$`)
	wordsDate   = Expression(`^(\d{1,2}) ?([а-я]+\.?) ?(\d{4}|[12]\d \d\d)$`)
	quotedDate  = Expression(`^" ?(\d{1,2}) ?" ?([а-я]+\.?|\d{1,2})[ .]?(\d{4}|[12]\d \d\d)$`)
	yearWord    = Expression(`(\d) ?(г|год|года)$`)
)

// ParseDate reads a whole string that is one date, in the ways of Russian acts: «« 16 » 02 2026 г.», «"13" мая 2024
// года», «16 февраля 2026 г.», «16.02.2026», «от 12.10.2023», «2026-02-16». The year has four figures: a century is
// never guessed. ok is false for anything else and for days that no calendar has (30 февраля) or outside 1800–2199.
func ParseDate(s string) (iso string, ok bool) {
	if len(s) > 200 {
		return "", false
	}
	f := strings.ReplaceAll(Fold(s), "_", " ")
	f = strings.NewReplacer("<<", `"`, ">>", `"`, `""`, `"`).Replace(f)
	f = strings.Join(strings.Fields(f), " ")
	f = strings.TrimSpace(strings.TrimPrefix(f, "от "))
	f = strings.TrimRight(f, " .,;")
	f = yearWord().ReplaceAllString(f, "$1")

	var d, m, y string
	if p := isoDate().FindStringSubmatch(f); p != nil {
		y, m, d = p[1], p[2], p[3]
	} else if p := figuresDate().FindStringSubmatch(f); p != nil {
		d, m, y = p[1], p[2], p[3]
	} else if p := wordsDate().FindStringSubmatch(f); p != nil {
		d, m, y = p[1], p[2], p[3]
	} else if p := quotedDate().FindStringSubmatch(f); p != nil {
		d, m, y = p[1], p[2], p[3]
	} else {
		return "", false
	}
	day, _ := strconv.Atoi(d)
	year, _ := strconv.Atoi(strings.ReplaceAll(y, " ", ""))
	month := monthNumber(m)
	if month == 0 || year < 1800 || year > 2199 {
		return "", false
	}
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day || t.Month() != month {
		return "", false
	}
	return t.Format(time.DateOnly), true
}

// monthNumber reads «02», «2» or any form of a month's name; 0 if it is neither.
func monthNumber(s string) time.Month {
	if n, err := strconv.Atoi(s); err == nil {
		if n < 1 || n > 12 {
			return 0
		}
		return time.Month(n)
	}
	if !monthForm().MatchString(s) {
		return 0
	}
	for i, p := range monthPrefixes {
		if strings.HasPrefix(s, p) {
			return time.Month(i + 1)
		}
	}
	return 0
}
