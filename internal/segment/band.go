package segment

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"perechen/internal/lang"
)

// A Band is a stretch of numbers that a value of a dictionary names: «30 000 - 60 000», «более 10 лет», «до 40 000».
type Band struct {
	Text            string
	Low, High       float64 // infinite where the band is open
	LowIn, HighIn   bool    // whether the end itself belongs to the band
	Unit            string  // stem of the word after the numbers; «год» for all words of years, "" where there is none
	Reversed        bool    // the first number is greater than the second
	Single, TwoEnds bool    // one number alone («40 000»); two numbers
}

// The forms in which bands are written, made ready when the first is read.
type bandForms struct{ twoEnds, openBelow, openAbove, andMore, oneNumber, leavesOut *regexp.Regexp }

var forms = sync.OnceValue(func() bandForms {
	const (
		number = `(\d{1,3}(?: \d{3})+|\d+(?:[.,]\d+)?)`
		unit   = `((?: [а-я%]+\.?){1,2}?)?`
	)
	re := regexp.MustCompile
	return bandForms{
		twoEnds: re(`^(?:(от|более|больше|свыше|выше|старше|не менее|не ниже) )?` + number + unit +
			` ?(-|до|по|и до|и менее|но менее|и не более|но не более|и не выше|но не выше) ?(?:до )?` + number + `( .*)?$`),
		openBelow: re(`^(до|менее|меньше|ниже|не более|не больше|не выше) (?:чем )?` + number + `( .*)?$`),
		openAbove: re(`^(от|более|больше|свыше|выше|не менее|не меньше|не ниже|старше) (?:чем )?` + number + `( .*)?$`),
		andMore:   re(`^` + number + `( [а-я.]+)? и (?:более|больше|выше|старше)( .*)?$`),
		oneNumber: re(`^` + number + `( .*)?$`),
		leavesOut: re(`[,(]? ?(?:не включая|исключая)(?: верхнюю границу)?(?: \d[\d ]*)?(?: [а-я]+\.?){0,2}\)?$`),
	}
})

// ParseBand reads a value as a band; ok is false for a value that is none. «До», «менее», «свыше» and «более» leave their end
// out; «не более» and «от» take it in, and so do both ends of «30 000 - 60 000» and the upper one of «от 1 года до 3 лет».
func ParseBand(value string) (b Band, ok bool) {
	v := strings.TrimRight(strings.TrimSpace(lang.Fold(value)), " .;,")
	inf := math.Inf(1)
	b = Band{Text: strings.TrimRight(strings.TrimSpace(value), " ;,")}
	f := forms()
	upperOut := false
	if short := f.leavesOut.ReplaceAllString(v, ""); short != v {
		v, upperOut = strings.TrimRight(short, " ,("), true
	}
	var first, unit string
	switch {
	case match(f.twoEnds, v, func(m []string) {
		b.Low, first, b.High, unit = toNumber(m[2]), m[3], toNumber(m[5]), m[6]
		b.LowIn = m[1] == "" || m[1] == "от" || strings.HasPrefix(m[1], "не ")
		b.HighIn = !strings.HasSuffix(m[4], "менее") && !upperOut
	}):
		b.TwoEnds = true
	case match(f.openBelow, v, func(m []string) {
		b.Low, b.High, unit = -inf, toNumber(m[2]), m[3]
		b.HighIn = strings.HasPrefix(m[1], "не ") && !upperOut
	}):
	case match(f.openAbove, v, func(m []string) {
		b.Low, b.High, unit = toNumber(m[2]), inf, m[3]
		b.LowIn = m[1] == "от" || strings.HasPrefix(m[1], "не ")
	}):
	case match(f.andMore, v, func(m []string) { b.Low, b.High, b.LowIn, unit = toNumber(m[1]), inf, true, m[2]+m[3] }):
	case match(f.oneNumber, v, func(m []string) { b.Low, b.High, unit = toNumber(m[1]), toNumber(m[1]), m[2] }):
		b.LowIn, b.HighIn, b.Single = true, true, true
	default:
		return Band{}, false
	}
	low, lowOK := b.measure(first)
	high, highOK := b.measure(unit)
	if !lowOK || !highOK {
		return Band{}, false
	}
	if strings.TrimSpace(first) == "" {
		low = high
	}
	b.Low, b.High = b.Low*low, b.High*high
	if b.Low > b.High {
		b.Low, b.High, b.LowIn, b.HighIn, b.Reversed = b.High, b.Low, b.HighIn, b.LowIn, true
	}
	return b, true
}

// measure reads the words after a number: what they multiply it by, and the unit. ok is false for a sentence with a number in
// it, such as a room or a law.
func (b *Band) measure(words string) (scale float64, ok bool) {
	scale = 1
	n := 0
	for _, w := range lang.Words(words) {
		switch {
		case w == "включительно":
			if b.TwoEnds || math.IsInf(b.Low, 0) {
				b.HighIn = true
			} else {
				b.LowIn = !math.IsInf(b.Low, 0)
			}
		case w == "тыс" || strings.HasPrefix(w, "тысяч"):
			scale = 1e3
		case w == "млн" || strings.HasPrefix(w, "миллион"):
			scale = 1e6
		case w == "год" || w == "года" || w == "лет" || w == "годов":
			b.Unit = unitYears
		case strings.HasPrefix(w, "руб"):
			b.Unit = unitRoubles
		case w == "мес" || strings.HasPrefix(w, "месяц"):
			b.Unit = unitMonths
		case w == "в" || w == "за":
			continue
		default:
			b.Unit = lang.Stem(w)
		}
		n++
	}
	return scale, n <= 2
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

// Same tells whether two bands have the same ends, however they are written.
func (b Band) Same(o Band) bool {
	return b.Low == o.Low && b.High == o.High && sameUnit(b, o)
}

// sameUnit tells whether two bands can be compared: a band without a unit goes with any.
func sameUnit(b, o Band) bool { return b.Unit == o.Unit || b.Unit == "" || o.Unit == "" }

// Meets says how two bands lie: they share a stretch, or one end only, which is then given, or nothing.
func (b Band) Meets(o Band) (stretch, end bool, at float64) {
	if !sameUnit(b, o) {
		return false, false, 0
	}
	if b.Low > o.Low || b.Low == o.Low && b.High > o.High {
		b, o = o, b
	}
	switch {
	case b.High > o.Low:
		return true, false, 0
	case b.High == o.Low && b.HighIn && o.LowIn:
		return false, true, b.High
	}
	return false, false, 0
}

// Within tells whether all numbers of b are in o.
func (b Band) Within(o Band) bool {
	return sameUnit(b, o) && o.Low <= b.Low && b.High <= o.High
}

// NumberText prints a bound: «60 000».
func NumberText(f float64) string {
	if f != math.Trunc(f) {
		return strings.ReplaceAll(strconv.FormatFloat(f, 'f', -1, 64), ".", ",")
	}
	return lang.Number(int64(f))
}
