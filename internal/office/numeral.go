package office

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// numeral writes a number of a list in a format, by the names of OOXML (ST_NumberFormat); unknown ones give digits.
func numeral(format string, n int) string {
	switch format {
	case "none":
		return ""
	case "decimalZero":
		if n >= 0 && n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "upperRoman":
		return roman(n)
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperLetter":
		return letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ", n)
	case "lowerLetter":
		return letters("abcdefghijklmnopqrstuvwxyz", n)
	case "russianUpper":
		return letters("АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ", n)
	case "russianLower":
		return letters("абвгдежзиклмнопрстуфхцчшщыэюя", n)
	}
	return strconv.Itoa(n)
}

// letters counts а, б, … я, аа, бб, …
func letters(alphabet string, n int) string {
	of := []rune(alphabet)
	if n < 1 || n > 10*len(of) {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(of[(n-1)%len(of)]), (n-1)/len(of)+1)
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, d := range []struct {
		n int
		s string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= d.n {
			b.WriteString(d.s)
			n -= d.n
		}
	}
	return b.String()
}

// bullet is the mark of a list as a person sees it: letters of symbol fonts stand for a dot.
func bullet(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 || n == len(s) && (r >= 0xE000 && r <= 0xF8FF || r == 'o' || r == '§') {
		return "•"
	}
	return s
}
