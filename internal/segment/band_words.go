package segment

import (
	"math"
	"strings"

	"perechen/internal/lang"
)

// The units that a band can be printed with in any number; another is kept as it was printed.
const (
	unitYears   = "год"
	unitMonths  = "мес"
	unitRoubles = "руб"
)

// genitives are the units as they stand after a number in the genitive: of one, and of many.
var genitives = map[string][2]string{unitYears: {"года", "лет"}, unitMonths: {"месяца", "месяцев"}, unitRoubles: {"рубля", "рублей"}}

// Canonical prints the band so that its ends cannot be misread: «от 1 года до 3 лет включительно», «свыше 3 до 5 лет
// включительно», «менее 1 года». ParseBand reads it back as the same band.
func (b Band) Canonical() string {
	low, high := b.bound(b.Low), b.bound(b.High)
	switch {
	case b.Single:
		return plainNumber(b.Low) + b.nominative(b.Low)
	case math.IsInf(b.Low, -1) && b.HighIn:
		return "До " + high + " включительно"
	case math.IsInf(b.Low, -1):
		return "Менее " + high
	case math.IsInf(b.High, 1) && b.LowIn:
		return "От " + low
	case math.IsInf(b.High, 1):
		return "Более " + low
	}
	if word := b.word(b.Low); word == b.word(b.High) { // the unit is said once
		low = plainNumber(b.Low)
	}
	start := "От " + low
	if !b.LowIn {
		start = "Свыше " + low
	}
	if b.HighIn {
		return start + " до " + high + " включительно"
	}
	return start + " и менее " + high
}

func (b Band) bound(f float64) string {
	if math.IsInf(f, 0) {
		return ""
	}
	if w := b.word(f); w != "" {
		return plainNumber(f) + " " + w
	}
	return plainNumber(f)
}

// word is the unit after a number in the genitive.
func (b Band) word(f float64) string {
	g, ok := genitives[b.Unit]
	if !ok {
		return b.ownUnit()
	}
	if n := int64(math.Abs(f)); f == math.Trunc(f) && n%10 == 1 && n%100 != 11 {
		return g[0]
	}
	return g[1]
}

// nominative is the unit after a number that stands alone, with its space.
func (b Band) nominative(f float64) string {
	if b.Unit == unitYears {
		return " " + lang.Plural(int(f), "год", "года", "лет")
	}
	if w := b.word(f); w != "" {
		return " " + w
	}
	return ""
}

// ownUnit is a unit of other kinds as it was printed.
func (b Band) ownUnit() string {
	if b.Unit == "" {
		return ""
	}
	for _, w := range lang.Words(b.Text) {
		if lang.Stem(w) == b.Unit {
			return w
		}
	}
	return ""
}

// plainNumber is a bound with common spaces: what is printed in a dictionary is read back with those.
func plainNumber(f float64) string { return strings.ReplaceAll(NumberText(f), "\u00a0", " ") }

// Bound says an end of the band for a table of bounds: «3, включая», «10, не включая», «нет».
func (b Band) Bound(upper bool) string {
	f, in := b.Low, b.LowIn
	if upper {
		f, in = b.High, b.HighIn
	}
	switch {
	case math.IsInf(f, 0):
		return "нет"
	case in:
		return NumberText(f) + ", включая"
	}
	return NumberText(f) + ", не включая"
}

// UnitText names the unit of a band; empty for none.
func (b Band) UnitText() string {
	if g, ok := genitives[b.Unit]; ok {
		return g[1]
	}
	return b.ownUnit()
}

// pairText quotes two bands.
func pairText(a, b Band) string {
	return "«" + strings.TrimSpace(a.Text) + "» и «" + strings.TrimSpace(b.Text) + "»"
}
