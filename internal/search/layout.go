package search

import "strings"

// The keys of the two layouts, in the same order.
const (
	latinKeys   = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>"
	russianKeys = "ёйцукенгшщзхъфывапролджэячсмитьбюЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ"
)

var toRussian, toLatin = layouts()

func layouts() (toRussian, toLatin map[rune]rune) {
	toRussian, toLatin = map[rune]rune{}, map[rune]rune{}
	latin := []rune(latinKeys)
	for i, r := range []rune(russianKeys) {
		toRussian[latin[i]], toLatin[r] = r, latin[i]
	}
	return toRussian, toLatin
}

// switchLayout gives the query as the same keys write it in the other layout; empty when it has letters of both or none.
func switchLayout(query string) string {
	latin, russian := scripts(query)
	to := toRussian
	switch {
	case latin > 0 && russian == 0:
	case russian > 0 && latin == 0:
		to = toLatin
	default:
		return ""
	}
	return strings.Map(func(r rune) rune {
		if s, ok := to[r]; ok {
			return s
		}
		return r
	}, query)
}
