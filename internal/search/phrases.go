package search

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"perechen/internal/lang"
)

//go:embed phrases.txt
var shippedPhrases string

// Phrases are wordings that mean the same: what people say, and what orders call it.
type Phrases struct {
	byRoot map[string][]phrase // by the root of the first word
	said   vocabulary          // every word that is explained
	roots  map[string]bool     // of said
}

// A phrase is one wording with the wordings that stand beside it.
type phrase struct {
	roots []string
	means [][]string // words
	// directed: what is meant first is meant before the others.
	directed bool
	// ordered: a word that joins holds the others in their order: who says «в отпуске хочу уйти» is not off on leave.
	ordered bool
}

// Shipped are the wordings that come with the program: abbreviations and everyday words of a public body.
var Shipped = sync.OnceValue(func() *Phrases {
	p, err := ParsePhrases(shippedPhrases)
	if err != nil {
		panic("search: phrases.txt: " + err.Error()) // a test reads it
	}
	return p
})

// ParsePhrases reads wordings, a line each: «зарплата, зп = заработная плата, денежное содержание» says that who types what
// stands on the left also means what stands on the right, the first rather than the second; «сменить, поменять, замена» that each means the others. Empty
// lines and those after # say nothing. An error names the line.
func ParsePhrases(text string) (*Phrases, error) {
	p := &Phrases{byRoot: map[string][]phrase{}, roots: map[string]bool{}}
	var said []string
	for i, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		if strings.TrimSpace(line) == "" {
			continue
		}
		left, right, directed := strings.Cut(line, "=")
		from, err := wordings(left)
		if err != nil {
			return nil, fmt.Errorf("строка %d: %w", i+1, err)
		}
		to := from
		if directed {
			if to, err = wordings(right); err != nil {
				return nil, fmt.Errorf("строка %d: %w", i+1, err)
			}
		} else if len(from) < 2 {
			return nil, fmt.Errorf("строка %d: одно выражение ни с чем не сопоставлено", i+1)
		}
		for _, ws := range from {
			var ph phrase
			for _, w := range ws {
				ph.roots = append(ph.roots, rootOf(w))
				said, p.roots[rootOf(w)] = append(said, w), true
			}
			ph.directed, ph.ordered = directed, slices.ContainsFunc(ws, lang.IsFunctionWord)
			for _, other := range to {
				if !slices.Equal(other, ws) {
					ph.means = append(ph.means, telling(other))
				}
			}
			p.byRoot[ph.roots[0]] = append(p.byRoot[ph.roots[0]], ph)
		}
	}
	p.said = newVocabulary(said)
	return p, nil
}

// telling leaves out the words that only join others, if there are others.
func telling(ws []string) []string {
	if ts := slices.DeleteFunc(slices.Clone(ws), lang.IsFunctionWord); len(ts) > 0 {
		return ts
	}
	return ws
}

func wordings(list string) ([][]string, error) {
	var all [][]string
	for part := range strings.SplitSeq(list, ",") {
		ws := lang.Words(part)
		if len(ws) == 0 {
			return nil, fmt.Errorf("пустое выражение между запятыми")
		}
		all = append(all, ws)
	}
	return all, nil
}

// With adds the wordings of q to those of p.
func (p *Phrases) With(q *Phrases) *Phrases {
	if p == nil || q == nil {
		if p == nil {
			return q
		}
		return p
	}
	sum := &Phrases{byRoot: map[string][]phrase{}, said: newVocabulary(slices.Concat(p.said.words, q.said.words)), roots: map[string]bool{}}
	for _, one := range []*Phrases{p, q} {
		for root, phs := range one.byRoot {
			sum.byRoot[root] = append(sum.byRoot[root], phs...)
		}
		for root := range one.roots {
			sum.roots[root] = true
		}
	}
	return sum
}

// leastBeginning is how many letters of an explained word must be typed before it is guessed.
const leastBeginning = 3

// beginning gives the explained words that w begins.
func (p *Phrases) beginning(w string) []string {
	from, _ := slices.BinarySearch(p.said.words, w)
	to := from
	for to < len(p.said.words) && strings.HasPrefix(p.said.words[to], w) {
		to++
	}
	return p.said.words[from:to]
}

// similar gives the explained words that are a slip of the pen away from w. They come from everywhere, so a word must be longer to
// be taken for one of them than for a word of the register.
func (p *Phrases) similar(w string) (near []string) {
	for _, i := range p.said.similar(w, leastSlip+1, leastSlip+1) {
		near = append(near, p.said.words[i])
	}
	return near
}

// A guess is the root as which a word may stand in a wording, and how sure that is, up to 1.
type guess struct {
	root string
	sure float64
}

// An alternative is another wording of some words of a query.
type alternative struct {
	words    []string
	replaces []int // places in the query
	sure     float64
}

// lessMeant is what each further meaning of a wording is worth beside the one before it.
const lessMeant = 0.85

// alternatives gives the other wordings of what a query says, each word of which may stand for one of its guesses.
func (p *Phrases) alternatives(query [][]guess) []alternative {
	if p == nil {
		return nil
	}
	var alts []alternative
	for _, guesses := range query {
		for _, first := range guesses {
			for _, ph := range p.byRoot[first.root] {
				at, sure := ph.in(query)
				if at == nil {
					continue
				}
				for _, means := range ph.means {
					alts = append(alts, alternative{means, at, sure})
					if ph.directed {
						sure *= lessMeant
					}
				}
			}
		}
	}
	return alts
}

// in tells at which words of a query a wording stands, each once, and how sure that is; nil when it does not.
func (ph phrase) in(query [][]guess) (at []int, sure float64) {
	sure = 1
	for _, want := range ph.roots {
		best := guess{}
		place, from := -1, 0
		if ph.ordered && len(at) > 0 {
			from = at[len(at)-1] + 1
		}
		for i, guesses := range query[from:] {
			for _, g := range guesses {
				if g.root == want && g.sure > best.sure {
					best, place = g, from+i
				}
			}
		}
		if place < 0 {
			return nil, 0
		}
		at, sure = append(at, place), sure*best.sure
	}
	return at, sure
}

// longest leaves out the other wordings of a word where a longer wording explains it together with its neighbours: «расчетный
// листок» is not about a расчет.
func longest(alts []alternative) []alternative {
	most := map[int]int{} // of each place, how many words the longest wording over it has
	for _, a := range alts {
		for _, i := range a.replaces {
			most[i] = max(most[i], len(a.replaces))
		}
	}
	return slices.DeleteFunc(alts, func(a alternative) bool {
		return !slices.ContainsFunc(a.replaces, func(i int) bool { return most[i] == len(a.replaces) })
	})
}

func rootOf(w string) string { return root(lang.Stem(w)) }
