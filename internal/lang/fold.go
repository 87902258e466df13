// Package lang knows Russian: folding and stems for comparing words, dates as officials write them, numerals and
// plurals for screens, and sort keys. It is pure and imports nothing of ours.
package lang

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold brings two ways of writing the same words to one: lower case, ё as е, compatibility forms (NFKC), every run of
// white space as one space, every dash as "-", every quotation mark as `"`. Soft hyphens, zero-width characters and
// stress marks go; spaces at the ends go. Letters of other alphabets that only look Russian stay what they are, and so
// does «№». Fold(Fold(s)) == Fold(s).
func Fold(s string) string {
	if folded, ok := foldPlain(s); ok {
		return folded
	}
	return foldAny(s)
}

func foldAny(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range nfkc(s) {
		switch {
		case invisible(r):
			continue
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(foldRune(r))
	}
	return b.String()
}

// nfkc is NFKC of s in lower case, except that «№» is not spelt out as "No". Letters are made small, invisible characters
// and the dots of ё taken away while the letters are apart, or a second pass could compose what the first did not.
func nfkc(s string) string {
	parts := strings.Split(strings.ToValidUTF8(s, "\ufffd"), "№")
	for i, p := range parts {
		base := rune(0)
		parts[i] = norm.NFKC.String(strings.Map(func(r rune) rune {
			if invisible(r) || r == '\u0308' && base == 'е' {
				return -1
			}
			r = unicode.ToLower(r)
			if !unicode.IsMark(r) {
				base = r
			}
			return r
		}, norm.NFKD.String(p)))
	}
	return strings.Join(parts, "№")
}

// invisible tells soft hyphens, zero-width characters, byte order marks and stress marks.
func invisible(r rune) bool {
	switch r {
	case '\u00ad', '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\ufeff', '\u0301':
		return true
	}
	return false
}

func foldRune(r rune) rune {
	switch r {
	case 'ё':
		return 'е'
	case '«', '»', '„', '“', '”', '‟', '‘', '’', '‚', '‛', '‹', '›', '\'', '`', '″', '′':
		return '"'
	case '‐', '‑', '‒', '–', '—', '―', '−', '﹘', '﹣', '－':
		return '-'
	}
	return r
}

// Words gives the words of s, folded: unbroken runs of letters and digits, in order. «офлайн-точка» is two words.
func Words(s string) []string {
	if folded, ok := foldPlain(s); ok {
		return plainWords(folded)
	}
	return wordsOf(foldAny(s))
}

func wordsOf(folded string) []string {
	return strings.FieldsFunc(folded, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}
