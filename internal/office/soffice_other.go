//go:build !unix

package office

import "os/exec"

// alone does nothing where there are no process groups: the context kills the command itself.
func alone(*exec.Cmd) {}
