package upkeep

import (
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// consequences gives what follows by the procedure from a change of the register on a day.
func consequences(before, after *register.Register, p *procedure.Procedure, on register.Date) []register.Change {
	return nil
}
