package check

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"perechen/internal/lang"
	"perechen/internal/register"
)

// spelledOnce is R13: one thing is spelt one way. Looked at are compound words with and without spaces around the hyphen,
// words with two known spellings, hours, two similar participles for one thing, points or processes that stand twice, and the
// values of the dictionary of segmentation.
func spelledOnce(s *scene) {
	s.lookParticiples(s.orderPassages())
	s.lookHyphens(s.passages())
	s.lookVariants(s.passages())
	s.lookHourStyles()
	s.lookTwice()
	s.lookDictionary()
}

// compound finds two words joined by a hyphen or a dash, with or without spaces.
var compound = lang.Expression(`(\p{L}{2,})( ?)[-‐‑–—]( ?)(\p{L}{2,})`)

// A spot is some words of a passage whose places are not made yet.
type spot struct {
	by    []speaker
	quote string
}

// spots are words that stand in several passages, and in how many places.
type spots struct {
	list   []spot
	places int
}

func (l *spots) add(p *passage, quote string) {
	l.list = append(l.list, spot{p.by, quote})
	l.places += len(p.by)
}

// first is the first place alone.
func (l spots) first() spot { return spot{l.list[0].by[:1], l.list[0].quote} }

// A hyphened is a compound word as a text has it.
type hyphened struct{ key, quote string }

func compoundsOf(text string) []hyphened {
	var hs []hyphened
	for from := 0; from < len(text); {
		m := compound().FindStringSubmatchIndex(text[from:])
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
	type pair struct{ joined, spaced spots }
	pairs := make(map[string]*pair)
	var order []string
	for i := range passages {
		p := &passages[i]
		if !strings.Contains(p.folded, "-") {
			continue
		}
		for _, h := range compoundsOf(p.text) {
			if pairs[h.key] == nil {
				pairs[h.key] = &pair{}
				order = append(order, h.key)
			}
			if to := pairs[h.key]; strings.Contains(h.quote, " ") {
				to.spaced.add(p, h.quote)
			} else {
				to.joined.add(p, h.quote)
			}
		}
	}
	for _, key := range order {
		p := pairs[key]
		if p.joined.places == 0 || p.spaced.places == 0 {
			continue
		}
		places := s.placesAt(fewer(p.spaced, p.joined))
		s.report(note{
			severity: register.Form,
			clause:   firstClause(places, s.classClause()),
			places:   places,
			text:     fmt.Sprintf("Одно и то же слово написано по-разному: %s и %s.", quoted(p.spaced.first().quote), quoted(p.joined.first().quote)),
			fix:      "Пишите везде одинаково, без пробелов вокруг дефиса.",
			id:       []string{"hyphen", key},
			byPlaces: true,
		})
	}
}

// fewer gives all places of the rarer spelling and the first place of the other one.
func fewer(a, b spots) []spot {
	if a.places > b.places {
		a, b = b, a
	}
	return append(slices.Clone(a.list), b.first())
}

func (s *scene) placesAt(spots []spot) []register.Place {
	var places []register.Place
	for _, sp := range spots {
		for _, by := range sp.by {
			places = append(places, by.place(s, sp.quote))
		}
	}
	return places
}

// variants are words that have one right spelling and known others; every spelling has one of the marks in it.
var variants = []struct{ right, wrong, marks string }{
	{"офлайн", "оффлайн оф-лайн офф-лайн off-line", "лайн -line"},
	{"онлайн", "он-лайн on-line", "лайн -line"},
	{"мессенджер", "месенджер мессанджер", "нджер"},
	{"веб-сайт", "вебсайт веб-саит", "веб"},
	{"интернет-сайт", "интернетсайт", "интернет"},
}

// lookVariants reports a word that is spelt in two known ways, each of them somewhere. A word spelt wrongly but always
// alike is no finding of this rule.
func (s *scene) lookVariants(passages []passage) {
	for _, v := range variants {
		right := lang.Fold(v.right)
		var good, bad spots
		wrongs, marks := strings.Fields(v.wrong), strings.Fields(v.marks)
		for i := range passages {
			p := &passages[i]
			if !slices.ContainsFunc(marks, func(m string) bool { return strings.Contains(p.folded, m) }) {
				continue
			}
			said := "" // the wrong spelling that the text has
			for _, wrong := range wrongs {
				if hasWord(p.folded, wrong) {
					said = verbatim(p.text, wrong)
				}
			}
			if said != "" {
				bad.add(p, said)
			}
			if hasWord(p.folded, right) {
				if said = verbatim(p.text, right); said != "" {
					good.add(p, said)
				}
			}
		}
		if good.places == 0 || bad.places == 0 {
			continue
		}
		places := s.placesAt(append(bad.list, good.first()))
		s.report(note{
			severity: register.Form,
			clause:   firstClause(places, s.classClause()),
			places:   places,
			text:     fmt.Sprintf("Одно и то же слово написано по-разному: %s и %s.", quoted(bad.first().quote), quoted(good.first().quote)),
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
var clockTime = lang.Expression(`\b\d{1,2}([:.-])\d{2}\b`)

// lookHourStyles reports hours that are written «09:00» in one statement and «9-00» in another.
func (s *scene) lookHourStyles() {
	styles := make(map[string]string) // sign → an example
	var examples []string
	var places []register.Place
	see := func(hours string, place register.Place) {
		seen := false
		for _, m := range clockTime().FindAllStringSubmatch(hours, -1) {
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
