package intake

import (
	"fmt"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
)

// placesShown bounds the places that one finding lists; its text always counts them all.
const placesShown = 100

// findings collects findings; those with the same id become one with several places.
type findings struct {
	order []*finding
	byID  map[string]*finding
}

// finding is a Finding that is still growing.
type finding struct {
	register.Finding
	count int
	text  func(n int) string // when the sentence counts the places
}

// add notes a finding of a rule about a subject (identity of what is meant, in any number of parts). A second one about
// the same subject adds its place to the first.
func (f *findings) add(rule string, sev register.Severity, clause, text string, subject []string, at ...register.Place) *finding {
	id := register.FindingID(rule, append([]string{"intake"}, subject...)...)
	got := f.byID[id]
	if got == nil {
		got = &finding{Finding: register.Finding{ID: id, Rule: rule, Severity: sev, Clause: clause, Text: text,
			Places: []register.Place{}, DependsOn: []string{}, Subject: register.SubjectHash(subject...)}}
		if f.byID == nil {
			f.byID = map[string]*finding{}
		}
		f.byID[id] = got
		f.order = append(f.order, got)
	}
	got.count += len(at)
	if room := placesShown - len(got.Places); room < len(at) {
		at = at[:max(room, 0)]
	}
	got.Places = append(got.Places, at...)
	return got
}

// list gives the findings in the order in which they were met.
func (f *findings) list() []register.Finding {
	out := make([]register.Finding, len(f.order))
	for i, g := range f.order {
		if g.text != nil {
			g.Text = g.text(g.count)
		}
		if more := g.count - len(g.Places); more > 0 {
			g.Places = append(g.Places, register.Place{
				Text: fmt.Sprintf("и ещё %s", lang.Count(more, "место", "места", "мест"))})
		}
		out[i] = g.Finding
	}
	return out
}

// placeOf makes a place of a source, with the words that are meant.
func placeOf(s *register.Source, quote string) register.Place {
	return register.Place{Text: Where(s), Quote: clip(quote, 300), Source: s}
}

// Where says in Russian where something stood: «лист «Лист1», ячейка C4»; «стр. 3, таблица 1, строка 4, графа «Точка
// взаимодействия»»; «строка 97 текста, графа «…»». Empty for nil.
func Where(s *register.Source) string {
	if s == nil {
		return ""
	}
	var w []string
	if s.Page > 0 {
		w = append(w, fmt.Sprintf("стр. %d", s.Page))
	}
	switch {
	case s.Sheet != "":
		w = append(w, "лист «"+s.Sheet+"»")
		if address(s.Cell) {
			return strings.Join(append(w, "ячейка "+s.Cell), ", ")
		}
	case s.Line > 0:
		w = append(w, fmt.Sprintf("строка %d текста", s.Line))
	case s.Table > 0:
		w = append(w, fmt.Sprintf("таблица %d", s.Table))
	}
	if s.Row > 0 && s.Line == 0 {
		w = append(w, fmt.Sprintf("строка %d", s.Row))
	}
	if s.Cell != "" {
		if strings.HasPrefix(s.Cell, "пункт") || strings.HasPrefix(s.Cell, "раздел") {
			w = append(w, s.Cell)
		} else {
			w = append(w, "графа «"+clip(s.Cell, 60)+"»")
		}
	}
	return strings.Join(w, ", ")
}

// address tells a spreadsheet's address: «C4».
func address(s string) bool {
	i := 0
	for i < len(s) && s[i] >= 'A' && s[i] <= 'Z' {
		i++
	}
	if i == 0 || i == len(s) {
		return false
	}
	for ; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
