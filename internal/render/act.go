package render

import (
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
)

// ActText is an act in one line: «приказ № 9-р от 16.02.2026», without what is not known.
func ActText(a register.Act) string {
	parts := []string{a.Kind}
	if a.Number != "" {
		parts = append(parts, "№\u00a0"+a.Number)
	}
	if a.Date != "" {
		parts = append(parts, "от\u00a0"+lang.Date(string(a.Date)))
	}
	return strings.TrimSpace(strings.Join(parts, " "))
}

// An actForm is what an act of a kind is called where a document speaks of it or is one.
type actForm struct {
	genitive     string // проект приказа
	instrumental string // утвержден приказом
	this         string // настоящего приказа
	verb         string // before the clauses; empty where the kind has none
}

var actForms = map[string]actForm{
	"приказ":        {"приказа", "приказом", "настоящего приказа", "п р и к а з ы в а ю"},
	"распоряжение":  {"распоряжения", "распоряжением", "настоящего распоряжения", ""},
	"постановление": {"постановления", "постановлением", "настоящего постановления", "п о с т а н о в л я ю"},
	"протокол":      {"протокола", "протоколом", "настоящего протокола", ""},
	"решение":       {"решения", "решением", "настоящего решения", "р е ш и л"},
}

// formOf gives the words for a kind of act; an unknown kind is spoken of as an order.
func formOf(kind string) actForm {
	if f, ok := actForms[strings.ToLower(kind)]; ok {
		return f
	}
	return actForms["приказ"]
}

// instrumental says by what kind of act something is approved.
func instrumental(kind string) string { return formOf(kind).instrumental }
