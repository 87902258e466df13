package intake

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// phones adds the telephones of a text to the contacts found before, in whose stretches it does not look.
//
// A number with its code is a telephone anywhere. A number without a code («64-90-23») is one only right after such a
// word as «телефон» or right after another telephone, whose code it then takes; else it keeps no canonical form.
func phones(text string, out []contact) []contact {
	net := len(out)
	for i := 0; i < len(text); {
		c := text[i]
		if !(c >= '0' && c <= '9' || c == '+' || c == '(') {
			i++
			continue
		}
		if to := within(out[:net], i); to > 0 {
			i = to
			continue
		}
		if i > 0 && !boundary(text[:i]) {
			i = skipDigits(text, i)
			continue
		}
		digits, end, plus := phoneRun(text, i, out[:net])
		if end == i {
			i++
			continue
		}
		c2, ok := telephone(text, i, end, digits, plus, out)
		if !ok {
			i = skipDigits(text, i)
			continue
		}
		c2.to = extension(text, &c2)
		out = append(out, c2)
		i = c2.to
	}
	return out
}

func within(cs []contact, i int) int {
	for _, c := range cs {
		if i >= c.from && i < c.to {
			return c.to
		}
	}
	return 0
}

// boundary tells whether a number may begin after this text: not inside a word or a longer number.
func boundary(before string) bool {
	r, _ := utf8.DecodeLastRuneInString(before)
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '+' && r != '№'
}

func skipDigits(text string, i int) int {
	for i++; i < len(text) && text[i] >= '0' && text[i] <= '9'; i++ {
	}
	return i
}

// phoneRun reads the figures of one number from position i: groups of figures joined by single spaces, hyphens, dots
// and brackets, at most as many figures as a number has. end is after the last figure (or closing bracket) taken.
func phoneRun(text string, i int, net []contact) (digits string, end int, plus bool) {
	var d []byte
	end = i
	open, gap := false, 0
	limit := 11
	for j := i; j < len(text); {
		if within(net, j) > 0 {
			break
		}
		r, w := utf8.DecodeRuneInString(text[j:])
		switch {
		case r >= '0' && r <= '9':
			if len(d) == 0 && !plus && r != '7' && r != '8' {
				limit = 10
			}
			if plus {
				limit = 15
			}
			if len(d) == limit {
				return string(d), end, plus
			}
			d = append(d, byte(r))
			end, gap = j+w, 0
		case r == '+' && j == i:
			plus = true
		case r == '(' && !open && len(d) <= 4:
			open = true
			gap++
		case r == ')' && open:
			open = false
			gap = 0
		case r == ' ' || r == '-' || r == '–' || r == '—' || r == '.':
			gap++
		default:
			return string(d), end, plus
		}
		if gap > 3 {
			break
		}
		j += w
	}
	return string(d), end, plus
}

// noCode is the doubt about a number that lacks the code of its city.
const noCode = "номер напечатан без кода"

var phoneWords = []string{"тел", "факс", "номер", "атс", "линии", "линия", "phone"}

// telephone decides whether the figures at text[from:to] are a telephone.
func telephone(text string, from, to int, d string, plus bool, before []contact) (contact, bool) {
	c := contact{kind: kPhone, from: from, to: to}
	after := afterWord(text[:from])
	if to < len(text) {
		if r, _ := utf8.DecodeRuneInString(text[to:]); unicode.IsDigit(r) {
			return c, false // a longer number of another sort
		}
	}
	switch n := len(d); {
	case plus:
		canon, ok := international(d)
		if !ok {
			c.doubt = "такого телефонного номера не бывает"
			return c, n >= 7
		}
		c.canon = canon
		return c, true
	case n == 11 && (d[0] == '7' || d[0] == '8'):
		if !russian(d[1:]) {
			c.doubt = "такого телефонного номера нет в России"
			return c, after || text[from:to] != d
		}
		c.canon = "+7" + d[1:]
		return c, after || text[from:to] != d || len(before) > 0
	case n == 10 && (after || text[from] == '(' || d[0] == '9' && text[from:to] != d):
		if !russian(d) {
			c.doubt = "такого телефонного номера нет в России"
			return c, after
		}
		c.canon = "+7" + d
		return c, true
	case n >= 5 && n <= 7:
		code := codeBefore(text, from, before)
		if code == "" && !after {
			return c, false
		}
		if len(code) == 10 && russian(code[:10-n]+d) {
			c.canon = "+7" + code[:10-n] + d
			return c, true
		}
		c.doubt = noCode
		return c, true
	case n == 3 && d[0] == '1' && after && text[from:to] == d:
		c.canon = d // 112, 122: a number of a service
		return c, true
	case n >= 2 && n <= 4 && after:
		c.doubt = noCode
		return c, true
	case n > 7 && after:
		c.doubt = "в номере " + strconv.Itoa(n) + " цифр"
		return c, true
	}
	return c, false
}

// afterWord tells whether the last word before a number is such as «телефон», «тел.», «факс».
func afterWord(before string) bool {
	w := strings.TrimRight(before, " .,:;№-–—(\n/")
	i := strings.LastIndexFunc(w, func(r rune) bool { return !unicode.IsLetter(r) })
	if i >= 0 {
		_, n := utf8.DecodeRuneInString(w[i:])
		w = w[i+n:]
	}
	w = strings.ToLower(w)
	for _, p := range phoneWords {
		if strings.HasPrefix(w, p) {
			return true
		}
	}
	return false
}

// codeBefore gives the ten figures of the telephone right before, when only a comma, a slash or «и» stands between.
func codeBefore(text string, from int, before []contact) string {
	if len(before) == 0 {
		return ""
	}
	last := before[len(before)-1]
	if last.kind != kPhone || last.to > from {
		return ""
	}
	between := text[last.to:from]
	switch strings.Trim(between[tail(between):], " ,;/\n") {
	case "", "и", "или":
		number, _, _ := strings.Cut(last.canon, ";")
		if strings.HasPrefix(number, "+7") {
			return number[2:]
		}
		return "?"
	}
	return ""
}

// russian tells whether ten figures are a number of the Russian numbering plan.
func russian(national string) bool {
	return len(national) == 10 && plansOf()["7"][0].has(national)
}

// extension looks for «доб. 123» right after a telephone; it returns where the contact ends then.
func extension(text string, c *contact) int {
	rest := text[c.to:]
	t := strings.TrimLeft(rest, " ,(")
	low := strings.ToLower(t)
	for _, w := range []string{"добавочный", "доб", "доп", "внутренний", "внутр", "вн", "ext"} {
		if !strings.HasPrefix(low, w) {
			continue
		}
		u := strings.TrimLeft(t[len(w):], " .:№")
		n := 0
		for n < len(u) && u[n] >= '0' && u[n] <= '9' {
			n++
		}
		if n == 0 || n > 6 {
			return c.to
		}
		end := len(text) - len(u) + n
		if c.canon != "" {
			c.canon += ";ext=" + u[:n]
		}
		if strings.Contains(rest[:len(rest)-len(t)], "(") && end < len(text) && text[end] == ')' {
			end++
		}
		return end
	}
	return c.to
}
