package office

// A Reason is a machine-readable kind of refusal.
type Reason string

// Why a file is refused.
const (
	Empty       Reason = "empty"        // no bytes, or nothing in it
	WrongFormat Reason = "format"       // not what its name says, or a format that is not read
	Damaged     Reason = "damaged"      // broken zip, broken XML
	TooBig      Reason = "too-big"      // a limit is passed
	Encrypted   Reason = "encrypted"    // protected by a password
	NeedsOffice Reason = "needs-office" // .doc, .rtf where LibreOffice is not installed
	Unreadable  Reason = "unreadable"   // no such file, no right to read it, a failing disk
	Interrupted Reason = "interrupted"  // the context was cancelled
)

// An Error is one clear sentence in Russian about a file: what, where, what to do.
type Error struct {
	Reason Reason
	Text   string
	Err    error // cause, for the log; may be nil
}

func (e *Error) Error() string { return e.Text }
func (e *Error) Unwrap() error { return e.Err }
