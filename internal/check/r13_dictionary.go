package check

import (
	"fmt"
	"slices"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/segment"
)

// A dictionaryFault is how a defect of an attribute's printed form is told: under which rule, how grave, what to do.
type dictionaryFault struct {
	rule     string
	severity register.Severity
	fix      string
}

// dictionaryFaults tells of the defects of form. Bands that meet are R11's.
var dictionaryFaults = map[string]dictionaryFault{
	segment.Shifted:    {"R19", register.Violation, "Верните ячейки на место: тип признака, признак, значения."},
	segment.Split:      {"R19", register.Form, "Запретите перенос строк таблицы на другую страницу."},
	segment.Trailing:   {"R13", register.Form, "Уберите точку с запятой или допишите значения."},
	segment.Separators: {"R13", register.Form, "Разделите значения точкой с запятой."},
	segment.Typo:       {"R13", register.Form, "Исправьте слово в приложении."},
	segment.Repeated:   {"R13", register.Form, "Оставьте значение один раз."},
}

// lookDictionary reports, of the defects in the form of attributes, those of the rule that is looking: a row of which the
// cells were printed out of their columns or cut by the end of a page (R19), values that one cannot tell apart or that are
// misspelt (R13).
func (s *scene) lookDictionary() {
	for _, a := range s.reg.Attributes {
		for _, d := range segment.Defects(a) {
			f, ok := dictionaryFaults[d.Code]
			if !ok || f.rule != s.rule {
				continue
			}
			place := s.attributePlace(a)
			place.Quote = d.At
			if d.Code == segment.Typo {
				place.Quote = valueWith(a.Values, d.At)
			}
			s.report(note{
				severity: f.severity,
				clause:   s.appendixOf("attributes"),
				places:   []register.Place{place},
				text:     fmt.Sprintf("Признак %s: %s", quoted(a.Title), lowerFirst(d.Text)),
				fix:      f.fix,
				id:       []string{"attribute", a.Key, d.Code, lang.Fold(d.At)},
				subject:  append(slices.Clone(a.Printed), strings.Join(a.Values, "; ")),
			})
		}
	}
}

// valueWith is the value in which a word stands.
func valueWith(values []string, word string) string {
	for _, v := range values {
		if slices.Contains(lang.Words(v), word) {
			return v
		}
	}
	return word
}
