package check

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"perechen/internal/lang"
	"perechen/internal/register"
)

// The endings of a passive participle in the order's style («удовлетворяемые», «представленных»), and what stands before
// them. No word ends in two of the endings.
var (
	participleEndings = strings.Fields("ый ая ое ые ого ой ую ых ому ым ыми ом")
	participleStems   = strings.Fields("ем им анн янн енн")
)

// participleRoot cuts the ending of a participle and keeps the part by which two of them are compared.
func participleRoot(word string) (root string, ok bool) {
	for _, ending := range participleEndings {
		root, ok := strings.CutSuffix(word, ending)
		if !ok {
			continue
		}
		for _, stem := range participleStems {
			if start, ok := strings.CutSuffix(root, stem); ok && utf8.RuneCountInString(start) >= 3 {
				return root, true
			}
		}
	}
	return "", false
}

// A pairing is a participle with its noun as some place of the order has it.
type pairing struct {
	root    string // «удовлетворяем»
	noun    string // stem of «потребности»
	context []string
	place   register.Place
}

// lookParticiples reports two similar participles that stand with one noun in one company, such as «удостоверяемые» and
// «удовлетворяемые потребности внешнего клиента»: one of them is a slip. To be taken for a slip they must begin and end
// alike, differ little, and be followed by a common word within three, so that two honest words for two things pass.
func (s *scene) lookParticiples(order []passage) {
	byNoun := make(map[string][]pairing)
	var nouns []string
	for _, p := range order {
		ts := tokens(p.text)
		for i := 0; i+1 < len(ts); i++ {
			root, ok := participleRoot(ts[i].word)
			if !ok || strings.Trim(p.text[ts[i].end:ts[i+1].start], " \u00a0") != "" {
				continue
			}
			pr := pairing{root: root, noun: lang.Stem(ts[i+1].word), place: p.by[0].place(s, p.text[ts[i].start:ts[i+1].end])}
			for _, t := range ts[i+2 : min(i+5, len(ts))] {
				if !lang.IsFunctionWord(t.word) {
					pr.context = append(pr.context, lang.Stem(t.word))
				}
			}
			if byNoun[pr.noun] == nil {
				nouns = append(nouns, pr.noun)
			}
			byNoun[pr.noun] = append(byNoun[pr.noun], pr)
		}
	}
	for _, noun := range nouns {
		s.lookSlip(byNoun[noun])
	}
}

func (s *scene) lookSlip(pairings []pairing) {
	var roots []string
	for _, p := range pairings {
		if !slices.Contains(roots, p.root) {
			roots = append(roots, p.root)
		}
	}
	for i, a := range roots {
		for _, b := range roots[i+1:] {
			if !likeSlip(a, b) {
				continue
			}
			var ofA, ofB []register.Place
			company := false
			for _, p := range pairings {
				switch p.root {
				case a:
					ofA = append(ofA, p.place)
				case b:
					ofB = append(ofB, p.place)
				default:
					continue
				}
				for _, o := range pairings {
					company = company || p.root == a && o.root == b && slices.ContainsFunc(p.context, func(w string) bool { return slices.Contains(o.context, w) })
				}
			}
			if !company {
				continue
			}
			places := append(slices.Clone(ofA), ofB...)
			s.report(note{
				severity: register.Form,
				clause:   firstClause(places, ""),
				places:   places,
				text:     fmt.Sprintf("Об одном и том же сказано двумя словами: %s и %s.", quoted(ofA[0].Quote), quoted(ofB[0].Quote)),
				fix:      "Выберите одно слово и пишите его везде.",
				id:       []string{"words", min(a, b), max(a, b)},
				byPlaces: true,
			})
		}
	}
}

// likeSlip tells whether one word may be a slip for the other: long, the same first three letters and the same last four,
// and no more than two fifths of the letters changed.
func likeSlip(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if min(len(x), len(y)) < 8 || string(x[:3]) != string(y[:3]) || string(x[len(x)-4:]) != string(y[len(y)-4:]) {
		return false
	}
	return 5*distance(a, b) <= 2*max(len(x), len(y))
}
