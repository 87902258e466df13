package journey

import (
	"strconv"
	"strings"
	"unicode"

	"perechen/internal/lang"
)

// Bounds of a duration for counting: a year of working days.
const (
	maxMinutes = 7 * 24 * 60
	maxDays    = 366
)

// ParseDuration reads what people write about time: «10 минут», «полчаса», «1,5 часа», «3 рабочих дня», «неделя», «до 5 дней». Weeks and
// months are counted as five and twenty-one working days; of a range the later end counts. Ok is false for words that say
// no time that can be counted; they stay as they are.
func ParseDuration(s string) (minutes, days int, ok bool) {
	text := lang.Fold(s)
	text = strings.NewReplacer("полтора", "1.5", "полторы", "1.5", "полчаса", "30 минут", "один", "1", "одна", "1", "одну", "1", "два", "2", "две", "2", "три", "3", "четыре", "4", "пять", "5").Replace(text)
	var number float64
	has := false
	for _, w := range words(text) {
		if n, err := strconv.ParseFloat(strings.ReplaceAll(w, ",", "."), 64); err == nil {
			number, has = n, true
			continue
		}
		per, unit := unitOf(w)
		if unit == "" {
			continue
		}
		if !has {
			number = 1
		}
		switch unit {
		case "minutes":
			minutes += int(number*per + 0.5)
		case "days":
			days += int(number*per + 0.999)
		}
		has, ok = false, true
	}
	if minutes < 0 || days < 0 || minutes > maxMinutes || days > maxDays {
		return 0, 0, false
	}
	return minutes, days, ok
}

// words splits letters from figures: «10мин» are two.
func words(s string) []string {
	var out []string
	var b strings.Builder
	class := 0
	flush := func() {
		if b.Len() > 0 {
			out = append(out, strings.Trim(b.String(), ".,"))
			b.Reset()
		}
	}
	for _, r := range s {
		c := 0
		switch {
		case unicode.IsDigit(r) || (r == ',' || r == '.') && class == 1:
			c = 1
		case unicode.IsLetter(r):
			c = 2
		}
		if c != class {
			flush()
		}
		if class = c; c > 0 {
			b.WriteRune(r)
		}
	}
	flush()
	return out
}

// unitOf is the unit that a word names, in minutes or in working days. «Рабочий» before a day names nothing.
func unitOf(w string) (per float64, unit string) {
	switch {
	case w == "ч" || strings.HasPrefix(w, "час"):
		return 60, "minutes"
	case strings.HasPrefix(w, "мин"):
		return 1, "minutes"
	case strings.HasPrefix(w, "недел"):
		return 5, "days"
	case strings.HasPrefix(w, "месяц"):
		return 21, "days"
	case w == "день" || w == "дня" || w == "дней" || w == "дн" || w == "рабдень" || strings.HasPrefix(w, "сутки") || strings.HasPrefix(w, "суток"):
		return 1, "days"
	}
	return 0, ""
}
