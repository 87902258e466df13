package check

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"perechen/internal/lang"
	"perechen/internal/register"
)

// spelledOnce is R13: one thing is spelt one way. Looked at are compound words with and without spaces around the hyphen,
// words with two known spellings, hours, two similar participles for one thing, and points or processes that stand twice.
func spelledOnce(s *scene) {
	order, rows := s.orderPassages(), s.rowPassages()
	s.lookParticiples(order)
	s.lookHyphens(append(slices.Clip(order), rows...))
	s.lookVariants(append(slices.Clip(order), rows...))
	s.lookHourStyles()
	s.lookTwice()
}

// compound finds two words joined by a hyphen or a dash, with or without spaces.
var compound = regexp.MustCompile(`(\p{L}{2,})( ?)[-‐‑–—]( ?)(\p{L}{2,})`)

// lookHyphens reports a compound that is written both «офлайн-точка» and «офлайн - точка».
func (s *scene) lookHyphens(passages []passage) {
	type pair struct{ joined, spaced []register.Place }
	pairs := make(map[string]*pair)
	var order []string
	for _, p := range passages {
		if !strings.ContainsAny(p.text, "-‐‑–—") {
			continue
		}
		text := p.text
		for from := 0; from < len(text); {
			m := compound.FindStringSubmatchIndex(text[from:])
			if m == nil {
				break
			}
			quote := text[from+m[0] : from+m[1]]
			key := lang.Stem(lang.Fold(text[from+m[2]:from+m[3]])) + "-" + lang.Stem(lang.Fold(text[from+m[8]:from+m[9]]))
			if pairs[key] == nil {
				pairs[key] = &pair{}
				order = append(order, key)
			}
			if strings.ContainsAny(quote, " ") {
				pairs[key].spaced = append(pairs[key].spaced, p.place(quote))
			} else {
				pairs[key].joined = append(pairs[key].joined, p.place(quote))
			}
			from += m[8] // the second word may be the first of the next compound
		}
	}
	for _, key := range order {
		p := pairs[key]
		if len(p.joined) == 0 || len(p.spaced) == 0 {
			continue
		}
		s.report(note{
			severity: register.Form,
			clause:   firstClause(append(slices.Clone(p.spaced), p.joined...), s.classClause()),
			places:   fewer(p.spaced, p.joined),
			text:     fmt.Sprintf("Одно и то же слово написано по-разному: %s и %s.", quoted(p.spaced[0].Quote), quoted(p.joined[0].Quote)),
			fix:      "Пишите везде одинаково, без пробелов вокруг дефиса.",
			id:       []string{"hyphen", key},
			byPlaces: true,
		})
	}
}

// fewer gives all places of the rarer spelling and the first place of the other one.
func fewer(a, b []register.Place) []register.Place {
	if len(a) > len(b) {
		a, b = b, a
	}
	return append(slices.Clone(a), b[0])
}

// variants are words that have one right spelling and known others.
var variants = []struct{ right, wrong string }{
	{"офлайн", "оффлайн оф-лайн офф-лайн off-line"},
	{"онлайн", "он-лайн on-line"},
	{"мессенджер", "месенджер мессанджер"},
	{"Telegram", "телеграмм"},
	{"веб-сайт", "вебсайт веб-саит"},
	{"интернет-сайт", "интернетсайт"},
}

// lookVariants reports a word that is spelt in two known ways, each of them somewhere. A word spelt wrongly but always
// alike is no finding of this rule.
func (s *scene) lookVariants(passages []passage) {
	folded := make([]string, len(passages))
	for i, p := range passages {
		folded[i] = " " + lang.Fold(p.text)
	}
	for _, v := range variants {
		right := lang.Fold(v.right)
		var good, bad []register.Place
		for i, p := range passages {
			for _, wrong := range strings.Fields(v.wrong) {
				if at := strings.Index(folded[i], wrong); at >= 0 && startsWord(folded[i], at) {
					bad = append(bad, p.place(verbatim(p.text, wrong)))
				}
			}
			if at := strings.Index(folded[i], right); at >= 0 && startsWord(folded[i], at) {
				good = append(good, p.place(verbatim(p.text, right)))
			}
		}
		if len(good) == 0 || len(bad) == 0 {
			continue
		}
		s.report(note{
			severity: register.Form,
			clause:   firstClause(append(slices.Clone(bad), good...), s.classClause()),
			places:   append(bad, good[0]),
			text:     fmt.Sprintf("Одно и то же слово написано по-разному: %s и %s.", quoted(bad[0].Quote), quoted(good[0].Quote)),
			fix:      fmt.Sprintf("Пишите везде «%s».", v.right),
			id:       []string{"variant", right},
			byPlaces: true,
		})
	}
}

func startsWord(s string, at int) bool {
	r, _ := utf8.DecodeLastRuneInString(s[:at])
	return len(tokens(string(r))) == 0
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
