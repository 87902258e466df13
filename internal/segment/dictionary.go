package segment

import (
	"perechen/internal/lang"
	"perechen/internal/register"
)

// A Dictionary finds attributes by the names that profiles use.
type Dictionary struct {
	exact map[string]int
	all   []register.Attribute
	stems []map[string]bool
}

// NewDictionary indexes attributes, which must not be changed while it is in use.
func NewDictionary(attributes []register.Attribute) *Dictionary {
	d := &Dictionary{exact: make(map[string]int, len(attributes)), all: attributes}
	for i, a := range attributes {
		d.exact[lang.Fold(a.Title)] = i
		d.stems = append(d.stems, stemSet(Content(a.Title)))
	}
	return d
}

// Attribute finds an attribute by its title, or by a title that says more or less of the same words and fits one only:
// «Стаж в организации» is «Стаж в организации / органе», «Наличие льготы» is «Льготы».
func (d *Dictionary) Attribute(title string) (register.Attribute, bool) {
	if i, ok := d.exact[lang.Fold(title)]; ok {
		return d.all[i], true
	}
	want := stemSet(Content(title))
	found := -1
	for i, have := range d.stems {
		if both := shared(want, have); both == 0 || both != len(want) && both != len(have) {
			continue
		}
		if found >= 0 {
			return register.Attribute{}, false
		}
		found = i
	}
	if found < 0 {
		return register.Attribute{}, false
	}
	return d.all[found], true
}

// Content are the stems of the words of a text that mean something.
func Content(text string) []string {
	var stems []string
	for _, w := range lang.Words(text) {
		if !lang.IsFunctionWord(w) {
			stems = append(stems, lang.Stem(w))
		}
	}
	return stems
}

func stemSet(stems []string) map[string]bool {
	m := make(map[string]bool, len(stems))
	for _, s := range stems {
		m[s] = true
	}
	return m
}

func shared(a, b map[string]bool) int {
	n := 0
	for s := range a {
		if b[s] {
			n++
		}
	}
	return n
}

func fold(s string) string { return lang.Fold(s) }
