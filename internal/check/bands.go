package check

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"perechen/internal/lang"
)

// A band is a stretch of numbers that a value of a dictionary names: «30 000 - 60 000», «более 10 лет», «до 40 000».
type band struct {
	text           string
	low, high      float64 // infinite where the band is open
	lowIn, highIn  bool    // whether the end itself belongs to the band
	unit           string  // stem of the word after the numbers; «год» for all words of years, "" where there is none
	reversed       bool    // the first number is greater than the second
	single, ranged bool    // one number alone («40 000»); two numbers
}

var (
	number    = `(\d{1,3}(?: \d{3})+|\d+(?:[.,]\d+)?)`
	twoEnds   = regexp.MustCompile(`^(?:от )?` + number + ` ?(?:-|до|по) ?(?:до )?` + number + `( .*)?$`)
	openBelow = regexp.MustCompile(`^(до|менее|меньше|ниже|не более|не больше|не выше) (?:чем )?` + number + `( .*)?$`)
	openAbove = regexp.MustCompile(`^(от|более|больше|свыше|выше|не менее|не меньше|не ниже|старше) (?:чем )?` + number + `( .*)?$`)
	andMore   = regexp.MustCompile(`^` + number + `( [а-я.]+)? и (?:более|больше|выше|старше)( .*)?$`)
	oneNumber = regexp.MustCompile(`^` + number + `( .*)?$`)
)

// parseBand reads a value as a band; ok is false for a value that is none. «До» and «более» leave their end out, «не более»
// and «от» take it in, and so do both ends of «30 000 - 60 000».
func parseBand(value string) (b band, ok bool) {
	v := strings.TrimRight(strings.TrimSpace(lang.Fold(value)), " .;,")
	inf := math.Inf(1)
	b = band{text: strings.TrimRight(strings.TrimSpace(value), " ;,")}
	var unit string
	switch {
	case match(twoEnds, v, func(m []string) { b.low, b.high, unit = toNumber(m[1]), toNumber(m[2]), m[3] }):
		b.lowIn, b.highIn, b.ranged = true, true, true
	case match(openBelow, v, func(m []string) {
		b.low, b.high, unit = -inf, toNumber(m[2]), m[3]
		b.highIn = strings.HasPrefix(m[1], "не ")
	}):
	case match(openAbove, v, func(m []string) {
		b.low, b.high, unit = toNumber(m[2]), inf, m[3]
		b.lowIn = m[1] == "от" || strings.HasPrefix(m[1], "не ")
	}):
	case match(andMore, v, func(m []string) { b.low, b.high, b.lowIn, unit = toNumber(m[1]), inf, true, m[2]+m[3] }):
	case match(oneNumber, v, func(m []string) { b.low, b.high, unit = toNumber(m[1]), toNumber(m[1]), m[2] }):
		b.lowIn, b.highIn, b.single = true, true, true
	default:
		return band{}, false
	}
	if b.low > b.high {
		b.low, b.high, b.reversed = b.high, b.low, true
	}
	words := lang.Words(unit)
	if len(words) > 2 {
		return band{}, false // a sentence with a number in it, such as a room or a law
	}
	scale := 1.0
	for _, w := range words {
		switch {
		case w == "включительно":
			b.lowIn, b.highIn = !math.IsInf(b.low, 0), !math.IsInf(b.high, 0)
		case w == "тыс" || strings.HasPrefix(w, "тысяч"):
			scale = 1000
		case w == "год" || w == "года" || w == "лет":
			b.unit = "год"
		case strings.HasPrefix(w, "руб"):
			b.unit = "руб"
		default:
			b.unit = lang.Stem(w)
		}
	}
	b.low, b.high = b.low*scale, b.high*scale
	return b, true
}

func match(re *regexp.Regexp, s string, take func([]string)) bool {
	m := re.FindStringSubmatch(s)
	if m != nil {
		take(m)
	}
	return m != nil
}

func toNumber(s string) float64 {
	f, _ := strconv.ParseFloat(strings.ReplaceAll(strings.ReplaceAll(s, " ", ""), ",", "."), 64)
	return f
}

// same tells whether two bands hold the same numbers, however they are written.
func (b band) same(o band) bool {
	return b.low == o.low && b.high == o.high && sameUnit(b, o)
}

// sameUnit tells whether two bands can be compared: a band without a unit goes with any.
func sameUnit(b, o band) bool { return b.unit == o.unit || b.unit == "" || o.unit == "" }

// meets says how two bands lie: they share a stretch, or one end only, which is then given, or nothing.
func (b band) meets(o band) (stretch, end bool, at float64) {
	if !sameUnit(b, o) {
		return false, false, 0
	}
	if b.low > o.low || b.low == o.low && b.high > o.high {
		b, o = o, b
	}
	switch {
	case b.high > o.low:
		return true, false, 0
	case b.high == o.low && b.highIn && o.lowIn:
		return false, true, b.high
	}
	return false, false, 0
}

// within tells whether all numbers of b are in o.
func (b band) within(o band) bool {
	return sameUnit(b, o) && o.low <= b.low && b.high <= o.high
}

// numberText prints a bound: «60 000».
func numberText(f float64) string {
	if f != math.Trunc(f) {
		return strings.ReplaceAll(strconv.FormatFloat(f, 'f', -1, 64), ".", ",")
	}
	return lang.Number(int64(f))
}
