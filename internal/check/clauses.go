package check

import (
	"strings"

	"perechen/internal/procedure"
)

// The forms of a clause's name that sentences need: «пункт 3.2», «раздел 3», «часть «преамбула»», and «Порядок» where a
// procedure does not say the clause.

func clauseText(number string) string { // the place of a finding
	if number == "" {
		return "Порядок"
	}
	return procedure.Cite(number)
}

func theClause(number string) string {
	return clauseForm(number, "пункт", "раздел", "часть", "Порядок")
} // what says, what to change

func ofClause(number string) string {
	return clauseForm(number, "пункта", "раздела", "части", "Порядка")
} // из …

func byClause(number string) string {
	return clauseForm(number, "пункту", "разделу", "части", "Порядку")
} // по …

func atClause(number string) string {
	return clauseForm(number, "пункте", "разделе", "части", "Порядке")
} // в …

func clauseForm(number, clause, section, part, order string) string {
	switch {
	case number == "":
		return order
	case number[0] < '0' || number[0] > '9':
		return part + " " + quoted(number)
	case strings.Contains(number, "."):
		return clause + " " + number
	}
	return section + " " + number
}

// inClauses says where clauses are: «в пункте 3.2», «в пунктах 3.2 и 3.3».
func inClauses(clauses []string) string {
	switch len(clauses) {
	case 0:
		return "в Порядке"
	case 1:
		return "в " + atClause(clauses[0])
	}
	return "в пунктах " + andList(clauses)
}
