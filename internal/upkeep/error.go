package upkeep

import (
	"errors"
	"fmt"

	"perechen/internal/ledger"
	"perechen/internal/register"
)

// The codes of an Error are those of a ledger.Error, and one more.
const (
	CodeStale    = ledger.CodeStale    // somebody has written since the caller looked: 409
	CodeConflict = "conflict"          // the register has moved on under a proposal: 409
	CodeNotFound = ledger.CodeNotFound // no such body, proposal, version, or none that the actor may know of: 404
	CodeInvalid  = ledger.CodeInvalid  // what was given is malformed or incomplete: 422, Fields say where
	CodeRefused  = ledger.CodeRefused  // no right, or not in this state: 403
)

// An Error has a code for programs and one Russian sentence for people; Err is the cause, for the log, and may be nil.
type Error struct {
	Code   string
	Text   string
	Fields []FieldError // of CodeInvalid: what is wrong where
	// Current is, for CodeStale about a proposal, the proposal as it is now, with its content. What the caller brought is
	// still the caller's: nothing was overwritten. Conflicts are both, subject by subject.
	Current   *Proposal
	Conflicts []Conflict
	Err       error
}

// A FieldError is a sentence about one field of one subject. Field is the JSON name, empty for the subject as a whole;
// Kind and Key are empty for the proposal as a whole (Field: «ground», «note», «department»).
type FieldError struct {
	Kind  register.Kind `json:"kind,omitempty"`
	Key   string        `json:"key,omitempty"`
	Field string        `json:"field,omitempty"`
	Text  string        `json:"text"`
}

func (e *Error) Error() string { return e.Text }
func (e *Error) Unwrap() error { return e.Err }

// CodeOf gives the code of an *Error or a *ledger.Error, wherever it is in the chain; empty for other errors.
func CodeOf(err error) string {
	var e *Error
	var l *ledger.Error
	switch {
	case errors.As(err, &e):
		return e.Code
	case errors.As(err, &l):
		return l.Code
	}
	return ""
}

func refused(format string, args ...any) *Error {
	return &Error{Code: CodeRefused, Text: fmt.Sprintf(format, args...)}
}

func invalid(format string, args ...any) *Error {
	return &Error{Code: CodeInvalid, Text: fmt.Sprintf(format, args...)}
}

func notFound(format string, args ...any) *Error {
	return &Error{Code: CodeNotFound, Text: fmt.Sprintf(format, args...)}
}

// wrap adds to an error what was being done, once, at the top of a method. An error that speaks to people stays as it is.
func wrap(err error, format string, args ...any) error {
	if err == nil || CodeOf(err) != "" {
		return err
	}
	return fmt.Errorf(format+": %w", append(args, err)...)
}
