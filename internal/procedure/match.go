package procedure

import (
	"slices"

	"perechen/internal/lang"
)

// A Matcher recognises needs, kinds of channels and columns in the words of documents: those of one procedure's file and
// the common ones of procedures/common. It is safe for concurrent use.
//
// A rule is words that must all occur in a text, in any order and any grammatical form (compared by stems; function words
// do not count). «а|б» is either word; «=» before the rule: the text has no other words; «!слово»: no text with that word
// in exactly that form. A rule that recognised only a part of the words another rule recognised gives way to it:
// «получение информации» to «получение информации о ходе рассмотрения».
type Matcher struct {
	needs   rules // of is an index of Procedure.Needs
	kinds   rules // of is an index of codes
	columns rules // of is an index of fields
	topics  rules // of is an index of Procedure.Topics
	ignored map[string]bool
	p       *Procedure
	codes   []string
	fields  []string

	needMemo, kindMemo memo
}

// NewMatcher compiles the rules of p; p must not be changed while the Matcher is in use.
func NewMatcher(p *Procedure) *Matcher {
	m := &Matcher{p: p, ignored: map[string]bool{}}
	c := common()
	for _, w := range c.ignored {
		m.ignored[lang.Stem(lang.Fold(w))] = true
	}
	for i, n := range p.Needs {
		m.needs.add(i, n.Wordings...)
		m.needs.put(literal(i, n.Text))
		for _, k := range c.needs {
			if k.Code == n.Canonical {
				m.needs.add(i, k.Wordings...)
			}
		}
	}
	for _, k := range p.Kinds {
		m.kinds.add(len(m.codes), k.Words...)
		m.codes = append(m.codes, k.Code)
	}
	for _, k := range c.kinds {
		i := slices.Index(m.codes, k.Code)
		if i < 0 {
			i = len(m.codes)
			m.codes = append(m.codes, k.Code)
		}
		m.kinds.add(i, k.Words...)
	}
	for _, col := range c.columns {
		m.columns.add(len(m.fields), col.Words...)
		m.fields = append(m.fields, col.Field)
	}
	for i, t := range p.Topics {
		m.topics.add(i, t.Words...)
	}
	return m
}

// Needs gives the needs of the procedure that one wording («получение консультации клиентом») speaks of, in the
// procedure's order; none if no rule knows it, which is what «другие» are for. A wording that joins two needs
// («получение информации и консультации») gives both.
func (m *Matcher) Needs(wording string) []Need {
	var needs []Need
	for _, i := range m.needMemo.of(wording, func() []int { return indexes(m.needs.match(wording, m.ignored)) }) {
		needs = append(needs, m.p.Needs[i])
	}
	return needs
}

// Kind gives the code of the kind of channel that a text names first: the text without its contact, or with it. The code
// may be one that the procedure does not list (KindTitle still names it). ok is false if no rule knows the text.
func (m *Matcher) Kind(text string) (code string, ok bool) {
	of := m.kindMemo.of(text, func() []int {
		if h, ok := first(m.kinds.match(text, nil)); ok {
			return []int{h.rule.of}
		}
		return nil
	})
	if len(of) == 0 {
		return "", false
	}
	return m.codes[of[0]], true
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
	if h, ok := first(m.columns.match(heading, m.ignored)); ok {
		return m.fields[h.rule.of], true
	}
	return "", false
}

// ColumnWords gives the words that headings are made of, folded: those of the procedure's own form first, then those of
// the common rules. A word may come twice.
func (m *Matcher) ColumnWords() []string {
	var words []string
	if m.p.Report != nil {
		for _, c := range m.p.Report.Columns {
			words = append(words, lang.Words(c.Heading)...)
			for _, a := range c.Aliases {
				words = append(words, lang.Words(a)...)
			}
		}
	}
	for _, c := range common().columns {
		words = append(words, lang.Words(c.Heading)...)
		for _, w := range c.Words {
			words = append(words, lang.Words(w)...)
		}
	}
	return words
}

// Topics gives the topics of the procedure's title that a text belongs to, in the procedure's order.
func (m *Matcher) Topics(text string) []Topic {
	var topics []Topic
	for _, i := range indexes(m.topics.match(text, nil)) {
		topics = append(topics, m.p.Topics[i])
	}
	return topics
}
