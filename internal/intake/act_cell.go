package intake

import (
	"strings"
	"unicode/utf8"

	"perechen/internal/lang"
	"perechen/internal/register"
)

var (
	actNumber  = lang.Expression(`(?:№|\bN)\s*([^\s,;()«»"]+)`)
	actTitle   = lang.Expression(`[«"“](.+)[»"”]`)
	beforeDate = lang.Expression(`(?:^|\s)от\s*$`)
)

// ReadAct reads the particulars of an act that is cited in a few words, as people type them: «приказ № 9-р от 16.02.2026»,
// «Протокол от 12 мая 2025 г. № 3», «№ 31 от 20.03.2025», «01.04.2026». ok is false when there is neither a number nor a
// date to it; then the words are the act's title, so that nothing is lost.
func ReadAct(text string) (a register.Act, ok bool) {
	text = oneLine(text)
	rest := text
	cut := func(from, to int) string {
		was := rest[from:to]
		rest = rest[:from] + "\n" + rest[to:]
		return was
	}
	if m := actTitle().FindStringSubmatchIndex(rest); m != nil && !numeralText(rest[m[2]:m[3]]) {
		a.Title = rest[m[2]:m[3]]
		cut(m[0], m[1])
	}
	if utf8.RuneCountInString(rest) <= 300 {
		for _, m := range dated().FindAllStringIndex(rest, 3) {
			if iso, known := lang.ParseDate(rest[m[0]:m[1]]); known {
				a.Date = register.Date(iso)
				from := m[0]
				if w := beforeDate().FindStringIndex(rest[:from]); w != nil {
					from = w[0]
				}
				cut(from, m[1])
				break
			}
		}
	}
	if m := actNumber().FindStringSubmatchIndex(rest); m != nil {
		a.Number = strings.TrimRight(rest[m[2]:m[3]], ".")
		cut(m[0], m[1])
	}
	if a.Number == "" && a.Date == "" {
		return register.Act{Title: unquote(text)}, false
	}
	// What stands before the number and the date is the kind of the act and who issued it.
	head, tail, _ := strings.Cut(rest, "\n")
	words := strings.Fields(head)
	for i, w := range words {
		for kind := range actKinds {
			if lang.Stem(lang.Fold(strings.Trim(w, ".,:;("))) == lang.Stem(kind) {
				a.Kind = kind
				words = append(words[:i:i], words[i+1:]...)
				break
			}
		}
		if a.Kind != "" {
			break
		}
	}
	a.Issuer = strings.Trim(strings.Join(words, " "), " ,;:(")
	if left := strings.Trim(strings.Join(strings.Fields(tail), " "), " ,;:.()"); a.Title == "" && left != "" && !blank(left) && lang.Fold(left) != "от" && lang.Fold(left) != "года" {
		a.Title = left
	}
	return a, true
}

// numeralText tells a day of the month in quotation marks, which belongs to a date: «16».
func numeralText(s string) bool { return numeral(strings.TrimSpace(s)) > 0 }
