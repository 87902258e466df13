package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// beside gives the Russian letter after which a letter of another language of the country stands in a list.
var beside = map[rune]rune{'ӕ': 'а', 'ә': 'а', 'ӑ': 'а', 'ғ': 'г', 'ӗ': 'е', 'җ': 'ж', 'қ': 'к', 'ң': 'н', 'ҥ': 'н', 'ө': 'о', 'ҫ': 'с', 'ү': 'у', 'ұ': 'у', 'ӳ': 'у', 'һ': 'х', 'і': 'и'}

// Collate gives a sort key of s: comparing two keys as strings is the Russian order, with Ё beside Е, numbers by value
// («кабинет 9» before «кабинет 10») and case only as the last difference, small letters first. Letters of the other languages
// of the country stand after the one that they are likest to.
func Collate(s string) string {
	var b strings.Builder
	folded := Fold(s)
	for folded != "" {
		if n := strings.IndexFunc(folded, func(r rune) bool { return r < '0' || r > '9' }); n != 0 {
			if n < 0 {
				n = len(folded)
			}
			digits := strings.TrimLeft(folded[:n], "0")
			b.WriteByte('0')
			b.WriteByte(byte(min(len(digits), 255)))
			b.WriteString(digits)
			folded = folded[n:]
			continue
		}
		r, size := utf8.DecodeRuneInString(folded)
		if base, ok := beside[r]; ok {
			b.WriteRune(base)
			b.WriteRune('\u04ff') // after every letter that may follow the base
		} else {
			b.WriteRune(r)
		}
		folded = folded[size:]
	}
	b.WriteByte(0)
	b.WriteString(strings.ToLower(s))
	b.WriteByte(0)
	for _, r := range s {
		if unicode.IsUpper(r) {
			b.WriteByte(2)
		} else {
			b.WriteByte(1)
		}
	}
	return b.String()
}
