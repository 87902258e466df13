package procedure

import (
	"sync"

	"perechen/internal/lang"
)

// A ProcessColumn is a column of the реестр межведомственных и внутриведомственных процессов. Field is number, process,
// scope, direction, department, included, excluded, from, to.
type ProcessColumn struct {
	Field   string
	Heading string
	Width   float64 // mm
}

// processColumns are common/processes.yaml, compiled.
var processColumns = sync.OnceValue(func() (out struct {
	list    []commonColumn
	rules   rules
	ignored map[string]bool
}) {
	var file struct {
		Columns []commonColumn `yaml:"columns"`
	}
	mustRead("common/processes.yaml", &file)
	out.list, out.ignored = file.Columns, map[string]bool{}
	for i, c := range out.list {
		out.rules.add(i, c.Words...)
	}
	for _, w := range common().ignored {
		out.ignored[lang.Stem(lang.Fold(w))] = true
	}
	return out
})

// ProcessColumns gives the columns in which a реестр процессов is printed, in their order.
func ProcessColumns() []ProcessColumn {
	var cs []ProcessColumn
	for _, c := range processColumns().list {
		cs = append(cs, ProcessColumn{c.Field, c.Heading, c.Width})
	}
	return cs
}

// ProcessField gives the field of a реестр процессов that a heading stands for: «Ответственное подразделение» is
// department. ok is false for a heading that nobody knows.
func ProcessField(heading string) (field string, ok bool) {
	c := processColumns()
	folded := lang.Fold(heading)
	for _, col := range c.list {
		if lang.Fold(col.Heading) == folded {
			return col.Field, true
		}
	}
	if h, ok := first(c.rules.match(heading, c.ignored)); ok {
		return c.list[h.rule.of].Field, true
	}
	return "", false
}

// ProcessWords gives the words that headings of a реестр процессов are made of, folded; a word may come twice.
func ProcessWords() []string {
	var words []string
	for _, c := range processColumns().list {
		words = append(words, lang.Words(c.Heading)...)
		for _, w := range c.Words {
			words = append(words, lang.Words(w)...)
		}
	}
	return words
}
