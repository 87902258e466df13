package check

import (
	"net/netip"
	"strings"
	"unicode"

	"golang.org/x/net/idna"

	"perechen/internal/register"
)

// hostFault says in Russian what is wrong with a host's name; "" if nothing is.
func hostFault(host string) string {
	if host == "" {
		return "не указан домен"
	}
	if _, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil {
		return ""
	}
	host = strings.TrimSuffix(host, ".")
	labels := strings.Split(host, ".")
	if len(labels) < 2 {
		return "в домене нет точки"
	}
	for _, label := range labels {
		if label == "" {
			return "в домене две точки подряд"
		}
	}
	top := labels[len(labels)-1]
	if isCyrillic(top) && lookalike(top) {
		return "домен верхнего уровня набран русскими буквами"
	}
	if !strings.HasPrefix(strings.ToLower(top), "xn--") && strings.ContainsFunc(top, func(r rune) bool { return !unicode.IsLetter(r) }) {
		return "домен верхнего уровня записан неверно"
	}
	if len([]rune(top)) < 2 {
		return "домен верхнего уровня слишком короткий"
	}
	if _, err := idna.Lookup.ToASCII(host); err != nil {
		return "в домене есть недопустимый знак"
	}
	return ""
}

// twins are Russian letters that look like Latin ones.
const twins = "авекмнорстухіѕјАВЕКМНОРСТУХІЅЈ"

// lookalike tells whether every letter of a word has a Latin twin: «сом», «ру».
func lookalike(word string) bool {
	for _, r := range word {
		if !strings.ContainsRune(twins, r) {
			return false
		}
	}
	return word != ""
}

func isCyrillic(word string) bool {
	return strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) })
}

// hiddenLetters finds a word in which Russian and Latin letters are mixed. Roman numerals typed with a Russian Х are let
// pass: nobody is led astray by them.
func hiddenLetters(text string) fault {
	if !mayMix(text) {
		return fault{}
	}
	for _, t := range tokens(text) {
		word := text[t.start:t.end]
		if !isCyrillic(word) || !strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Latin, r) }) {
			continue
		}
		if strings.Trim(word, "IVXLCDMХСМ") == "" {
			continue
		}
		return fault{"letters", register.Form, "в слове " + quoted(word) + " смешаны русские и латинские буквы", "Наберите слово буквами одного алфавита."}
	}
	return fault{}
}

// mayMix is false when no word has letters of two alphabets. It looks at every text of the register, so it knows only the
// signs that nearly all of them are written with, and leaves the rest to hiddenLetters.
func mayMix(text string) bool {
	russian, latin := false, false
	for _, r := range text {
		switch {
		case 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z':
			latin = true
		case 'А' <= r && r <= 'я', r == 'ё', r == 'Ё':
			russian = true
		case r < 0x80, r == '«', r == '»', r == '№', r == '–', r == '—', r == '\u00a0':
			russian, latin = false, false
		default:
			return true
		}
		if russian && latin {
			return true
		}
	}
	return false
}

// distance is the edit distance of two words, by runes (insertion, deletion and replacement cost one).
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	row := make([]int, len(t)+1)
	for j := range row {
		row[j] = j
	}
	for i := range s {
		last := row[0]
		row[0] = i + 1
		for j := range t {
			cost := last
			if s[i] != t[j] {
				cost = 1 + min(last, row[j], row[j+1])
			}
			last, row[j+1] = row[j+1], cost
		}
	}
	return row[len(t)]
}
