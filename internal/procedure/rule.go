package procedure

import (
	"slices"
	"strings"

	"perechen/internal/lang"
)

// A rule is one wording, compiled; see Matcher for the notation.
type rule struct {
	of    int
	words [][]string // stems; one of each must occur; at most maxWords
	not   []string   // folded words, none of which may
	whole bool
}

// maxWords bounds the words of a rule: they are counted in one machine word.
const maxWords = 64

func compile(of int, wording string) rule {
	r := rule{of: of}
	wording, r.whole = strings.CutPrefix(wording, "=")
	for _, position := range strings.Fields(wording) {
		if w, ok := strings.CutPrefix(position, "!"); ok {
			r.not = append(r.not, lang.Words(w)...)
			continue
		}
		// A compound («интернет-сайт») takes as many positions as it has words; alternatives are single words.
		if !strings.Contains(position, "|") {
			for _, w := range tokens(position) {
				r.words = append(r.words, []string{w.stem})
			}
			continue
		}
		var stems []string
		for _, alternative := range strings.Split(position, "|") {
			for _, w := range tokens(alternative) {
				stems = append(stems, w.stem)
			}
		}
		if len(stems) > 0 {
			r.words = append(r.words, stems)
		}
	}
	r.words = r.words[:min(len(r.words), maxWords)]
	return r
}

// literal is the rule that asks for every word of a text.
func literal(of int, text string) rule {
	r := rule{of: of}
	for _, w := range tokens(text) {
		if len(r.words) < maxWords && !slices.ContainsFunc(r.words, func(s []string) bool { return s[0] == w.stem }) {
			r.words = append(r.words, []string{w.stem})
		}
	}
	return r
}

type token struct{ word, stem string }

// tokens are the words of a text that mean something. «№» counts as the word «номер».
func tokens(text string) []token {
	words := lang.Words(strings.ReplaceAll(text, "№", " номер "))
	ts := make([]token, 0, len(words))
	for _, w := range words {
		if !lang.IsFunctionWord(w) {
			ts = append(ts, token{w, lang.Stem(w)})
		}
	}
	return ts
}

// rules are looked up by the stems they ask for, so that a text costs what its own words cost.
type rules struct {
	list   []rule
	byStem map[string][]posting
}

// A posting says that a stem may stand at a position of a rule.
type posting struct{ rule, position int }

func (rs *rules) add(of int, wordings ...string) {
	for _, w := range wordings {
		rs.put(compile(of, w))
	}
}

func (rs *rules) put(r rule) {
	if len(r.words) == 0 {
		return
	}
	if rs.byStem == nil {
		rs.byStem = map[string][]posting{}
	}
	for position, stems := range r.words {
		for _, s := range stems {
			rs.byStem[s] = append(rs.byStem[s], posting{len(rs.list), position})
		}
	}
	rs.list = append(rs.list, r)
}

// A hit is a rule that applies to a text, with the positions of the words it recognised, which rise.
type hit struct {
	rule *rule
	at   []int
}

// match gives the rules that apply to a text and give way to no other, in the order of rules.
func (rs *rules) match(text string, ignored map[string]bool) []hit {
	ts := tokens(text)
	seen := map[int]uint64{} // positions of a rule that have been found
	var hits []hit
	for _, t := range ts {
		for _, p := range rs.byStem[t.stem] {
			before := seen[p.rule]
			seen[p.rule] = before | 1<<p.position
			if r := &rs.list[p.rule]; before != r.all() && seen[p.rule] == r.all() {
				hits = append(hits, hit{rule: r})
			}
		}
	}
	for i := range hits {
		hits[i].at = rs.positions(hits[i].rule, ts)
	}
	hits = slices.DeleteFunc(hits, func(h hit) bool { return !h.rule.allows(ts, h.at, ignored) })
	left := slices.DeleteFunc(slices.Clone(hits), func(h hit) bool {
		return slices.ContainsFunc(hits, func(o hit) bool { return len(o.at) > len(h.at) && subset(h.at, o.at) })
	})
	slices.SortStableFunc(left, func(a, b hit) int { return a.rule.of - b.rule.of })
	return left
}

// all has a bit for each word of the rule.
func (r *rule) all() uint64 { return ^uint64(0) >> (maxWords - len(r.words)) }

// positions are the indexes of the words of a text that a rule asks for.
func (rs *rules) positions(r *rule, ts []token) []int {
	var at []int
	for i, t := range ts {
		if slices.ContainsFunc(rs.byStem[t.stem], func(p posting) bool { return &rs.list[p.rule] == r }) {
			at = append(at, i)
		}
	}
	return at
}

// allows tells whether nothing in the text forbids the rule.
func (r *rule) allows(ts []token, at []int, ignored map[string]bool) bool {
	for i, t := range ts {
		if slices.Contains(r.not, t.word) {
			return false
		}
		if r.whole && !ignored[t.stem] && !slices.Contains(at, i) {
			return false
		}
	}
	return true
}

// subset tells whether every element of a is in b; both rise.
func subset(a, b []int) bool {
	for _, x := range a {
		if _, ok := slices.BinarySearch(b, x); !ok {
			return false
		}
	}
	return true
}

// first chooses the hit whose first word stands first in the text; of two such, the one that recognised more.
func first(hits []hit) (hit, bool) {
	if len(hits) == 0 {
		return hit{}, false
	}
	return slices.MinFunc(hits, func(a, b hit) int {
		if d := a.at[0] - b.at[0]; d != 0 {
			return d
		}
		return len(b.at) - len(a.at)
	}), true
}
