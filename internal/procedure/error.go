package procedure

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// An Error says what is wrong in a procedure file and what was expected instead.
type Error struct {
	File     string
	Line     int    // from 1; 0: the file as a whole
	Field    string // «needs[2].clause», counted from 0 as in the file's order; empty: no field in particular
	Expected string // «ожидался номер пункта, например «2.5»»
}

// Error is one Russian sentence: «procedures/x.yaml, строка 41, поле needs[2].clause: ожидался номер пункта, например «2.5»».
func (e *Error) Error() string {
	s := e.File
	if e.Line > 0 {
		s += fmt.Sprintf(", строка %d", e.Line)
	}
	if e.Field != "" {
		s += ", поле " + e.Field
	}
	return s + ": " + e.Expected
}

// Errors are all that is wrong in one file, by line. errors.As finds the first as *Error.
type Errors []*Error

// Error gives each sentence on a line of its own.
func (es Errors) Error() string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives the errors one by one.
func (es Errors) Unwrap() []error {
	list := make([]error, len(es))
	for i, e := range es {
		list[i] = e
	}
	return list
}

// maxErrors bounds what is told about one file: beyond it the file is not a procedure at all.
const maxErrors = 100

// sorted puts errors by line and leaves one for each field.
func (es Errors) sorted() Errors {
	slices.SortStableFunc(es, func(a, b *Error) int { return cmp.Compare(a.Line, b.Line) })
	seen := map[string]bool{}
	es = slices.DeleteFunc(es, func(e *Error) bool {
		key := fmt.Sprint(e.Line, " ", e.Field)
		known := seen[key]
		seen[key] = true
		return known
	})
	return es[:min(len(es), maxErrors)]
}
