package testkit

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// BuildProgram builds perechen as it is shipped, for tests of the real program in its own process. It gives the path of the
// binary, and what removes it.
func BuildProgram() (path string, remove func(), err error) {
	dir, err := os.MkdirTemp("", "perechen-program-*")
	if err != nil {
		return "", nil, err
	}
	remove = func() { os.RemoveAll(dir) }
	path = filepath.Join(dir, "perechen")
	build := exec.Command("go", "build", "-o", path, "perechen/cmd/perechen")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		remove()
		return "", nil, fmt.Errorf("%w\n%s", err, out)
	}
	return path, remove, nil
}
