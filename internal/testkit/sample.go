// Package testkit gives the tests of all packages their samples: a clean register of an invented body, in which every
// rule of the checks has something to look at and nothing to report, the registers of the two real orders, and large
// clean registers. Each call builds fresh values, so a test may change what it gets.
package testkit

import (
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// A Sample is a register with all that a check needs beside it. It has the fields of check.Input.
type Sample struct {
	Register  *register.Register
	Procedure *procedure.Procedure
	On        register.Date
	Entries   []register.Entry
}
