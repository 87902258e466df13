package auth

import "fmt"

// The codes of an Error.
const (
	CodeInvalid   = "invalid"   // what was typed is not acceptable; Fields says where
	CodeRefused   = "refused"   // not allowed
	CodeNotFound  = "not-found" // no such account
	CodeThrottled = "throttled" // too many guesses
)

// An Error has a code for programs and one Russian sentence for people; Fields adds sentences by the name of a field:
// login, name, email, password, old, code.
type Error struct {
	Code   string
	Text   string
	Fields map[string]string
}

func (e *Error) Error() string { return e.Text }

// Is lets errors.Is(err, ErrNotFound) find an Error of that code.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Text == "" && t.Code == e.Code
}

// ErrNotFound is a target for errors.Is.
var ErrNotFound error = &Error{Code: CodeNotFound}

func refusedf(format string, args ...any) error {
	return &Error{Code: CodeRefused, Text: fmt.Sprintf(format, args...)}
}

// atField is an Error about one field.
func atField(field, format string, args ...any) error {
	text := fmt.Sprintf(format, args...)
	return &Error{Code: CodeInvalid, Text: text, Fields: map[string]string{field: text}}
}
