package check

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"perechen/internal/lang"
	"perechen/internal/register"
)

// spelledOnce is R13: one thing is spelt one way. Looked at are compound words with and without spaces around the hyphen,
// words with two known spellings, hours, two similar participles for one thing, and points or processes that stand twice.
func spelledOnce(s *scene) {
	s.lookParticiples(s.orderPassages())
	s.lookHyphens(s.passages())
	s.lookVariants(s.passages())
	s.lookHourStyles()
	s.lookTwice()
}

// compound finds two words joined by a hyphen or a dash, with or without spaces.
var compound = regexp.MustCompile(`(\p{L}{2,})( ?)[-‐‑–—]( ?)(\p{L}{2,})`)

// A spot is some words of a passage whose place is not made yet.
type spot struct {
	passage passage
	quote   string
}

func (sp spot) place() register.Place { return sp.passage.place(sp.quote) }

// A hyphened is a compound word as a text has it.
type hyphened struct{ key, quote string }

func compoundsOf(text string) []hyphened {
	var hs []hyphened
	for from := 0; from < len(text); {
		m := compound.FindStringSubmatchIndex(text[from:])
		if m == nil {
			break
		}
		key := lang.Stem(lang.Fold(text[from+m[2]:from+m[3]])) + "-" + lang.Stem(lang.Fold(text[from+m[8]:from+m[9]]))
		hs = append(hs, hyphened{key, text[from+m[0] : from+m[1]]})
		from += m[8] // the second word may be the first of the next compound
	}
	return hs
}

// lookHyphens reports a compound that is written both «офлайн-точка» and «офлайн - точка».
func (s *scene) lookHyphens(passages []passage) {
	type pair struct{ joined, spaced []spot }
	pairs := make(map[string]*pair)
	var order []string
	read := make(map[string][]hyphened)
	for _, p := range passages {
		hs, known := read[p.text]
		if !known {
			if strings.Contains(p.folded, "-") {
				hs = compoundsOf(p.text)
			}
			read[p.text] = hs
		}
		for _, h := range hs {
			if pairs[h.key] == nil {
				pairs[h.key] = &pair{}
				order = append(order, h.key)
			}
			if to := pairs[h.key]; strings.Contains(h.quote, " ") {
				to.spaced = append(to.spaced, spot{p, h.quote})
			} else {
				to.joined = append(to.joined, spot{p, h.quote})
			}
		}
	}
	for _, key := range order {
		p := pairs[key]
		if len(p.joined) == 0 || len(p.spaced) == 0 {
			continue
		}
		places := placesAt(fewer(p.spaced, p.joined))
		s.report(note{
			severity: register.Form,
			clause:   firstClause(places, s.classClause()),
			places:   places,
			text:     fmt.Sprintf("Одно и то же слово написано по-разному: %s и %s.", quoted(p.spaced[0].quote), quoted(p.joined[0].quote)),
			fix:      "Пишите везде одинаково, без пробелов вокруг дефиса.",
			id:       []string{"hyphen", key},
			byPlaces: true,
		})
	}
}

// fewer gives all places of the rarer spelling and the first place of the other one.
func fewer(a, b []spot) []spot {
	if len(a) > len(b) {
		a, b = b, a
	}
	return append(slices.Clone(a), b[0])
}

func placesAt(spots []spot) []register.Place {
	var places []register.Place
	for _, sp := range spots {
		places = append(places, sp.place())
	}
	return places
}

// variants are words that have one right spelling and known others.
var variants = []struct{ right, wrong string }{
	{"офлайн", "оффлайн оф-лайн офф-лайн off-line"},
	{"онлайн", "он-лайн on-line"},
	{"мессенджер", "месенджер мессанджер"},
	{"веб-сайт", "вебсайт веб-саит"},
	{"интернет-сайт", "интернетсайт"},
}

// lookVariants reports a word that is spelt in two known ways, each of them somewhere. A word spelt wrongly but always
// alike is no finding of this rule.
func (s *scene) lookVariants(passages []passage) {
	for _, v := range variants {
		right := lang.Fold(v.right)
		var good, bad []spot
		read := make(map[string][2]string) // what a text has: the wrong and the right spelling
		for _, p := range passages {
			has, known := read[p.text]
			if !known {
				for _, wrong := range strings.Fields(v.wrong) {
					if hasWord(p.folded, wrong) {
						has[0] = verbatim(p.text, wrong)
					}
				}
				if hasWord(p.folded, right) {
					has[1] = verbatim(p.text, right)
				}
				read[p.text] = has
			}
			if has[0] != "" {
				bad = append(bad, spot{p, has[0]})
			}
			if has[1] != "" {
				good = append(good, spot{p, has[1]})
			}
		}
		if len(good) == 0 || len(bad) == 0 {
			continue
		}
		places := placesAt(append(bad, good[0]))
		s.report(note{
			severity: register.Form,
			clause:   firstClause(places, s.classClause()),
			places:   places,
			text:     fmt.Sprintf("Одно и то же слово написано по-разному: %s и %s.", quoted(bad[0].quote), quoted(good[0].quote)),
			fix:      fmt.Sprintf("Пишите везде «%s».", v.right),
			id:       []string{"variant", right},
			byPlaces: true,
		})
	}
}

// hasWord tells whether a folded text has a word that begins so.
func hasWord(folded, beginning string) bool {
	for from := 0; ; {
		at := strings.Index(folded[from:], beginning)
		if at < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(folded[:from+at])
		if from+at == 0 || !unicode.IsLetter(before) {
			return true
		}
		from += at + len(beginning)
	}
}

// verbatim is a word of the text, with its own ending, that starts with a folded beginning.
func verbatim(text, beginning string) string {
	first := tokens(beginning)[0].word
	for _, t := range tokens(text) {
		if strings.HasPrefix(t.word, first) {
			rest := text[t.start:]
			if strings.HasPrefix(lang.Fold(rest), beginning) {
				end := strings.IndexAny(rest, " ,.;:()\u00a0")
				if end < 0 {
					end = len(rest)
				}
				return rest[:end]
			}
		}
	}
	return beginning
}

// clockTime finds a time of day with the sign between hours and minutes.
var clockTime = regexp.MustCompile(`\b\d{1,2}([:.-])\d{2}\b`)

// lookHourStyles reports hours that are written «09:00» in one statement and «9-00» in another.
func (s *scene) lookHourStyles() {
	styles := make(map[string]string) // sign → an example
	var examples []string
	var places []register.Place
	see := func(hours string, place register.Place) {
		seen := false
		for _, m := range clockTime.FindAllStringSubmatch(hours, -1) {
			if styles[m[1]] == "" {
				styles[m[1]] = m[0]
				examples = append(examples, quoted(m[0]))
			}
			seen = true
		}
		if seen {
			places = append(places, place)
		}
	}
	for _, h := range s.statements() {
		see(h.hours, h.place)
	}
	if len(styles) < 2 {
		return
	}
	s.report(note{
		severity: register.Form,
		clause:   firstClause(places, s.classClause()),
		places:   places,
		text:     fmt.Sprintf("Часы записаны по-разному: %s.", andList(examples)),
		fix:      "Пишите часы везде одинаково, например «09:00».",
		id:       []string{"hours"},
		byPlaces: true,
	})
}
