package lang

import (
	"strconv"
	"strings"
)

// Plural chooses the form that goes with n: Plural(3, "процесс", "процесса", "процессов") is «процесса». The sign of n
// does not matter.
func Plural(n int, one, few, many string) string {
	tens, units := n%100, n%10
	if tens < 0 {
		tens, units = -tens, -units
	}
	switch {
	case tens >= 11 && tens <= 14:
		return many
	case units == 1:
		return one
	case units >= 2 && units <= 4:
		return few
	}
	return many
}

// Count prints n and the form that goes with it, with a no-break space between: «3 процесса».
func Count(n int, one, few, many string) string {
	return Number(int64(n)) + nbsp + Plural(n, one, few, many)
}

// Number prints n with its figures in groups of three from 10 000 on, parted by no-break spaces; 9999 stays whole.
func Number(n int64) string {
	s := strconv.FormatInt(n, 10)
	sign := ""
	if s[0] == '-' {
		sign, s = "−", s[1:]
	}
	if len(s) <= 4 {
		return sign + s
	}
	var b strings.Builder
	b.WriteString(sign)
	for i, c := range s {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteString(nbsp)
		}
		b.WriteRune(c)
	}
	return b.String()
}
