//go:build unix

package office

import (
	"os/exec"
	"syscall"
)

// alone puts a command in a process group of its own, which is killed whole: soffice is a script that starts the program.
func alone(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
