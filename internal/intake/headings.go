package intake

import (
	"unicode/utf8"

	"perechen/internal/procedure"
)

// A field is what a column of the register's table holds: one of procedure.Fields.
type field int

const (
	fOther field = iota // not read
	fNumber
	fProcess
	fPoint
	fContact // the contact apart from the point's name
	fUsage
	fNeeds
	fFeature
	fClass
	fDepartment
	fPlace
	fHours
	nFields
)

// fieldCodes are the names of fields in a procedure.
var fieldCodes = map[string]field{"number": fNumber, "process": fProcess, "touchpoint": fPoint, "contact": fContact, "usage": fUsage,
	"needs": fNeeds, "feature": fFeature, "class": fClass, "department": fDepartment, "place": fPlace, "hours": fHours}

// fieldNames are the fields as a person calls them.
var fieldNames = map[field]string{
	fNumber: "№ п/п", fProcess: "направление деятельности (функция, сервис, процесс)", fPoint: "точка взаимодействия",
	fContact: "контакт", fUsage: "осуществляемое взаимодействие", fNeeds: "потребность",
	fFeature: "особенности взаимодействия", fClass: "тип точки", fDepartment: "отдел", fPlace: "адрес", fHours: "режим работы",
}

// headRunes is the length above which a cell is no heading.
const headRunes = 160

// headingReader knows headings by the procedure's own form and by the words common to all bodies; it remembers them, for
// headings repeat on every page.
type headingReader struct {
	m    *procedure.Matcher
	own  map[string]bool
	seen map[string]scored
}

// scored is the field of a heading; own tells that the procedure's form has this very heading.
type scored struct {
	field field
	own   bool
}

func newHeadingReader(p *procedure.Procedure, m *procedure.Matcher) *headingReader {
	h := &headingReader{m: m, own: map[string]bool{}, seen: map[string]scored{}}
	if p.Report != nil {
		for _, c := range p.Report.Columns {
			h.own[ident(c.Heading)] = true
		}
	}
	return h
}

// field tells which field a heading names; fOther for anything else.
func (h *headingReader) field(text string) scored {
	if text == "" || utf8.RuneCountInString(text) > headRunes {
		return scored{}
	}
	if got, ok := h.seen[text]; ok {
		return got
	}
	code, _ := h.m.Column(text)
	got := scored{fieldCodes[code], h.own[ident(text)]}
	if len(h.seen) < 10_000 {
		h.seen[text] = got
	}
	return got
}
