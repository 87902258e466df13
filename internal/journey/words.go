package journey

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// sentence begins with a capital letter, lowerFirst with a small one unless a second capital says that it is an abbreviation.
func sentence(s string) string { return first(s, unicode.ToUpper) }

func lowerFirst(s string) string {
	if len([]rune(s)) > 1 && unicode.IsUpper([]rune(s)[1]) {
		return s
	}
	return first(s, unicode.ToLower)
}

func first(s string, to func(rune) rune) string {
	s = strings.TrimSpace(s)
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 || r == utf8.RuneError {
		return s
	}
	return string(to(r)) + s[n:]
}

// unbroken keeps a telephone number on one line: spaces between its figures do not break.
func unbroken(s string) string {
	rs := []rune(s)
	for i := 1; i+1 < len(rs); i++ {
		if rs[i] == ' ' && (unicode.IsDigit(rs[i-1]) || rs[i-1] == ')') && (unicode.IsDigit(rs[i+1]) || rs[i+1] == '(') {
			rs[i] = '\u00a0'
		}
	}
	return string(rs)
}
