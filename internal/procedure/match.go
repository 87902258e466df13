package procedure

import (
	"slices"
	"strings"

	"perechen/internal/lang"
)

// A Matcher recognises needs, kinds of channels and columns in the words of documents: those of one procedure's file and
// the common ones of procedures/common. It is read-only and safe for concurrent use.
//
// A rule is words that must all occur in a text, in any order and any grammatical form (compared by stems; function words
// do not count). «а|б» is either word; «=» before the rule: the text has no other words; «!слово»: no text with that word
// in exactly that form. A rule that recognised only a part of the words another rule recognised gives way to it:
// «получение информации» to «получение информации о ходе рассмотрения».
type Matcher struct {
	needs   []rule // of is an index of Procedure.Needs
	kinds   []rule // of is an index of codes
	columns []rule // of is an index of fields
	topics  []rule // of is an index of Procedure.Topics
	ignored map[string]bool
	p       *Procedure
	codes   []string
	fields  []string
}

// NewMatcher compiles the rules of p; p must not be changed while the Matcher is in use.
func NewMatcher(p *Procedure) *Matcher {
	m := &Matcher{p: p, ignored: map[string]bool{}}
	c := common()
	for _, w := range c.ignored {
		m.ignored[lang.Stem(lang.Fold(w))] = true
	}
	for i, n := range p.Needs {
		m.needs = add(m.needs, i, n.Wordings...)
		m.needs = append(m.needs, literal(i, n.Text))
		for _, k := range c.needs {
			if k.Code == n.Canonical {
				m.needs = add(m.needs, i, k.Wordings...)
			}
		}
	}
	for _, k := range p.Kinds {
		m.kinds = add(m.kinds, len(m.codes), k.Words...)
		m.codes = append(m.codes, k.Code)
	}
	for _, k := range c.kinds {
		i := slices.Index(m.codes, k.Code)
		if i < 0 {
			i = len(m.codes)
			m.codes = append(m.codes, k.Code)
		}
		m.kinds = add(m.kinds, i, k.Words...)
	}
	for _, col := range c.columns {
		m.columns = add(m.columns, len(m.fields), col.Words...)
		m.fields = append(m.fields, col.Field)
	}
	for i, t := range p.Topics {
		m.topics = add(m.topics, i, t.Words...)
	}
	return m
}

// Needs gives the needs of the procedure that one wording («получение консультации клиентом») speaks of, in the
// procedure's order; none if no rule knows it, which is what «другие» are for. A wording that joins two needs
// («получение информации и консультации») gives both.
func (m *Matcher) Needs(wording string) []Need {
	var needs []Need
	for _, h := range match(m.needs, wording, m.ignored) {
		n := m.p.Needs[h.rule.of]
		if !slices.ContainsFunc(needs, func(o Need) bool { return o.Code == n.Code }) {
			needs = append(needs, n)
		}
	}
	slices.SortFunc(needs, func(a, b Need) int { return m.needIndex(a) - m.needIndex(b) })
	return needs
}

func (m *Matcher) needIndex(n Need) int {
	return slices.IndexFunc(m.p.Needs, func(o Need) bool { return o.Code == n.Code })
}

// Kind gives the code of the kind of channel that a text names first: the text without its contact, or with it. The code
// may be one that the procedure does not list (KindTitle still names it). ok is false if no rule knows the text.
func (m *Matcher) Kind(text string) (code string, ok bool) {
	if h, ok := first(match(m.kinds, text, nil)); ok {
		return m.codes[h.rule.of], true
	}
	return "", false
}

// Column gives the field that a heading stands for: by the procedure's own report form, letter for letter but for case and
// spaces, else by the common rules. ok is false for a heading that nobody knows.
func (m *Matcher) Column(heading string) (field string, ok bool) {
	folded := lang.Fold(heading)
	if folded == "" {
		return "", false
	}
	if m.p.Report != nil {
		for _, c := range m.p.Report.Columns {
			if lang.Fold(c.Heading) == folded || slices.ContainsFunc(c.Aliases, func(a string) bool { return lang.Fold(a) == folded }) {
				return c.Field, true
			}
		}
	}
	if h, ok := first(match(m.columns, heading, m.ignored)); ok {
		return m.fields[h.rule.of], true
	}
	return "", false
}

// Topics gives the topics of the procedure's title that a text belongs to, in the procedure's order.
func (m *Matcher) Topics(text string) []Topic {
	var topics []Topic
	hits := match(m.topics, text, nil)
	for i, t := range m.p.Topics {
		if slices.ContainsFunc(hits, func(h hit) bool { return h.rule.of == i }) {
			topics = append(topics, t)
		}
	}
	return topics
}

// A rule is one wording, compiled.
type rule struct {
	of    int
	words [][]string // stems; one of each must occur
	not   []string   // folded words, none of which may
	whole bool
}

func add(rules []rule, of int, wordings ...string) []rule {
	for _, w := range wordings {
		if r := compile(of, w); len(r.words) > 0 {
			rules = append(rules, r)
		}
	}
	return rules
}

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
	return r
}

// literal is the rule that asks for every word of a text.
func literal(of int, text string) rule {
	r := rule{of: of}
	for _, w := range tokens(text) {
		if !slices.ContainsFunc(r.words, func(s []string) bool { return s[0] == w.stem }) {
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

// A hit is a rule that applies to a text, with the positions of the words it recognised.
type hit struct {
	rule rule
	at   []int
}

// match gives the rules that apply to a text and give way to no other, in the order of rules.
func match(rules []rule, text string, ignored map[string]bool) []hit {
	ts := tokens(text)
	where := make(map[string][]int, len(ts))
	for i, t := range ts {
		where[t.stem] = append(where[t.stem], i)
	}
	var hits []hit
	for _, r := range rules {
		if at, ok := r.apply(ts, where, ignored); ok {
			hits = append(hits, hit{r, at})
		}
	}
	return slices.DeleteFunc(slices.Clone(hits), func(h hit) bool {
		return slices.ContainsFunc(hits, func(o hit) bool { return len(o.at) > len(h.at) && subset(h.at, o.at) })
	})
}

func (r rule) apply(ts []token, where map[string][]int, ignored map[string]bool) (at []int, ok bool) {
	for _, stems := range r.words {
		found := false
		for _, s := range stems {
			at = append(at, where[s]...)
			found = found || len(where[s]) > 0
		}
		if !found {
			return nil, false
		}
	}
	for _, t := range ts {
		if slices.Contains(r.not, t.word) {
			return nil, false
		}
	}
	slices.Sort(at)
	at = slices.Compact(at)
	if r.whole {
		for i, t := range ts {
			if !ignored[t.stem] && !slices.Contains(at, i) {
				return nil, false
			}
		}
	}
	return at, true
}

// subset tells whether every element of a is in b; both are sorted.
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
