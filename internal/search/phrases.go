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
}

// A phrase is one wording with the wordings that stand beside it.
type phrase struct {
	roots []string
	means [][]string // words
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
// stands on the left also means what stands on the right; «сменить, поменять, замена» that each means the others. Empty
// lines and those after # say nothing. An error names the line.
func ParsePhrases(text string) (*Phrases, error) {
	p := &Phrases{byRoot: map[string][]phrase{}}
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
			}
			for _, other := range to {
				if !slices.Equal(other, ws) {
					ph.means = append(ph.means, telling(other))
				}
			}
			p.byRoot[ph.roots[0]] = append(p.byRoot[ph.roots[0]], ph)
		}
	}
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
	sum := &Phrases{byRoot: map[string][]phrase{}}
	for _, one := range []*Phrases{p, q} {
		for root, phs := range one.byRoot {
			sum.byRoot[root] = append(sum.byRoot[root], phs...)
		}
	}
	return sum
}

// An alternative is another wording of some words of a query.
type alternative struct {
	words    []string
	replaces []int // places in the query
}

// alternatives gives the other wordings of what a query says.
func (p *Phrases) alternatives(query []string) []alternative {
	if p == nil {
		return nil
	}
	roots := make([]string, len(query))
	for i, w := range query {
		roots[i] = rootOf(w)
	}
	var alts []alternative
	for _, r := range roots {
		for _, ph := range p.byRoot[r] {
			var at []int
			for _, want := range ph.roots {
				i := slices.Index(roots, want)
				if i < 0 {
					at = nil
					break
				}
				at = append(at, i)
			}
			if at == nil {
				continue
			}
			for _, means := range ph.means {
				alts = append(alts, alternative{means, at})
			}
		}
	}
	return alts
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
