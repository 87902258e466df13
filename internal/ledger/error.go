package ledger

import (
	"errors"
	"fmt"
)

// The codes of an Error.
const (
	CodeStale    = "stale"     // somebody has written since the caller looked
	CodeNotFound = "not-found" // no such body, entry, edition
	CodeInvalid  = "invalid"   // what was given is malformed
	CodeRefused  = "refused"   // well-formed, but the register's rules forbid it
	CodeDamaged  = "damaged"   // stored data is not what was written
	CodeStorage  = "storage"   // disk full, database locked, no access: nothing was written
	CodeUnknown  = "unknown"   // the database was lost while committing: written or not, the caller must look
)

// An Error has a code for programs and one Russian sentence for people; Err is the cause, for the log, and may be nil.
type Error struct {
	Code string
	Text string
	Err  error
}

func (e *Error) Error() string { return e.Text }
func (e *Error) Unwrap() error { return e.Err }

// Is lets errors.Is(err, ErrStale) find an Error of that code, whatever its text.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Text == "" && t.Code == e.Code
}

// Targets for errors.Is.
var (
	ErrStale    error = &Error{Code: CodeStale}
	ErrNotFound error = &Error{Code: CodeNotFound}
	ErrInvalid  error = &Error{Code: CodeInvalid}
	ErrRefused  error = &Error{Code: CodeRefused}
	ErrDamaged  error = &Error{Code: CodeDamaged}
	ErrStorage  error = &Error{Code: CodeStorage}
	ErrUnknown  error = &Error{Code: CodeUnknown}
)

func invalid(format string, args ...any) *Error {
	return &Error{Code: CodeInvalid, Text: fmt.Sprintf(format, args...)}
}

func refused(format string, args ...any) *Error {
	return &Error{Code: CodeRefused, Text: fmt.Sprintf(format, args...)}
}

func notFound(format string, args ...any) *Error {
	return &Error{Code: CodeNotFound, Text: fmt.Sprintf(format, args...)}
}

func damaged(format string, args ...any) *Error {
	return &Error{Code: CodeDamaged, Text: fmt.Sprintf(format, args...)}
}

// wrap adds to an error what was being done, once, at the top of a method. A sentence for people stays reachable with
// errors.As.
func wrap(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) {
		return err // it says for itself what happened
	}
	return fmt.Errorf(format+": %w", append(args, err)...)
}
