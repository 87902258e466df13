package proof

// An Error is one Russian sentence about evidence that does not hold.
type Error struct {
	Text string
	Err  error // cause, for the log; may be nil
}

func (e *Error) Error() string { return e.Text }
func (e *Error) Unwrap() error { return e.Err }
