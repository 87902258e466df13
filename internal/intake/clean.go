package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"perechen/internal/lang"
)

// clean takes out of a cell what only the program that made the file put there: no-break and thin spaces become spaces,
// no-break hyphens hyphens; soft hyphens, zero-width marks and empty lines go; runs of spaces become one. Letters,
// punctuation, quotation marks and line breaks stay as printed.
func clean(s string) string {
	if isClean(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	space, line := false, false
	for _, r := range s {
		switch r {
		case '\u00ad', '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\ufeff', utf8.RuneError, 0:
			continue
		case '\n', '\v', '\f', '\u2028', '\u2029', '\u0085':
			line = true
			continue
		case '\u2011', '\u2010':
			r = '-'
		}
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			space = true
			continue
		}
		if b.Len() > 0 {
			if line {
				b.WriteByte('\n')
			} else if space {
				b.WriteByte(' ')
			}
		}
		space, line = false, false
		b.WriteRune(r)
	}
	return b.String()
}

// isClean tells that clean would change nothing; nearly every cell is so. Bytes of ASCII and Russian letters are looked
// at one by one, anything else rune by rune.
func isClean(s string) bool {
	prev := byte(' ')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ' ' || c == '\n':
			if prev == ' ' || prev == '\n' {
				return false
			}
			prev = c
		case c < ' ' || c == 0x7f:
			return false
		case c < utf8.RuneSelf:
			prev = c
		case (c == 0xd0 || c == 0xd1) && i+1 < len(s) && s[i+1] >= 0x80 && s[i+1] < 0xc0:
			i++
			prev = c
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError || unicode.IsSpace(r) || unicode.IsControl(r) || r == 0xad || r >= 0x200b && r <= 0x2011 || r == 0x2060 || r == 0xfeff {
				return false
			}
			i += n - 1
			prev = c
		}
	}
	return s == "" || prev != ' ' && prev != '\n'
}

// oneLine is clean text on one line: in titles and names a line break is only layout.
func oneLine(s string) string {
	s = clean(s)
	if strings.IndexByte(s, '\n') < 0 {
		return s
	}
	return strings.ReplaceAll(s, "\n", " ")
}

var hyphened = lang.Expression(`(\p{Ll})-[ \n](\p{Ll})`)

// unhyphened puts together the words that somebody cut by hand at the end of a line: «взаимо- действия».
func unhyphened(s string) string {
	if !strings.Contains(s, "- ") && !strings.Contains(s, "-\n") {
		return s
	}
	return hyphened().ReplaceAllString(s, "$1$2")
}

// same tells whether two texts differ in nothing but layout.
func same(a, b string) bool { return a == b || oneLine(a) == oneLine(b) }

// ident is what makes two printed names one: their words, folded, without punctuation, Latin letters in Russian words
// taken for the Russian ones they look like.
func ident(s string) string {
	return strings.Join(lang.Words(russianText(s)), " ")
}

// dash tells a cell that says «nothing here»: empty, or a dash.
func blank(s string) bool {
	switch s {
	case "", "-", "–", "—", "−", "--", "---", "—-", "нет":
		return true
	}
	return false
}

// nobody tells a cell that says in words that there is no point: «точек взаимодействия нет», «отсутствует».
func nobody(s string) bool {
	if len(s) > 100 {
		return false
	}
	switch ident(s) {
	case "отсутствует", "отсутствуют", "не имеется", "не предусмотрено", "не предусмотрена", "точек нет", "нет точек",
		"точек взаимодействия нет", "нет точек взаимодействия", "точки взаимодействия отсутствуют", "точка взаимодействия отсутствует":
		return true
	}
	return false
}

// lowerStart tells whether the text begins in the middle of a sentence: with a small letter.
func lowerStart(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) {
			return unicode.IsLower(r)
		}
		if unicode.IsDigit(r) {
			return false
		}
		if r == ',' || r == ';' || r == ')' {
			return true
		}
	}
	return false
}

// unfinished tells whether a text stops in the middle of a sentence: at a comma, a hyphen, a colon or a word that joins.
func unfinished(s string) bool {
	if s == "" {
		return false
	}
	switch s[len(s)-1] {
	case ',', '-', ':', '(', '/':
		return true
	}
	w := s
	if i := strings.LastIndexAny(s, " \n"); i >= 0 {
		w = s[i+1:]
	}
	return lang.IsFunctionWord(lang.Fold(w)) && !strings.ContainsAny(w, ".;")
}

// unquote takes off one pair of quotation marks around the whole text.
func unquote(s string) string {
	for _, q := range [][2]string{{"«", "»"}, {`"`, `"`}, {"“", "”"}, {"„", "“"}, {"'", "'"}} {
		if in, ok := strings.CutPrefix(s, q[0]); ok {
			if in, ok = strings.CutSuffix(in, q[1]); ok && !strings.Contains(in, q[0]) {
				return in
			}
		}
	}
	return s
}

// clip shortens a quotation to n runes.
func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	i := 0
	for j := range s {
		if i == n-1 {
			return strings.TrimRight(s[:j], " ,;") + "…"
		}
		i++
	}
	return s
}
