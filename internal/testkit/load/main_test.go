// Package load sets three nodes of the real program behind a balancer over one PostgreSQL and lets many people work through
// the pages, while nodes and the database are killed under them. An oracle that knows nothing of how the program keeps
// anything says afterwards whether all that was acknowledged is there. docs/faults.md is its table.
//
// The usual run takes seconds; PERECHEN_LOAD_MINUTES=2 makes it 64 writing and 256 reading clients for that long.
package load

import (
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"perechen/internal/testkit"
)

// program is the binary under test.
var program string

func TestMain(m *testing.M) {
	var remove func()
	var err error
	if program, remove, err = testkit.BuildProgram(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	remove()
	os.Exit(code)
}

// A size is how many people work for how long; every so often something is broken.
type size struct {
	clerks, officers, readers int
	lasts, every              time.Duration
}

// sized is the size of a run: the usual one, or the full one for as many minutes as PERECHEN_LOAD_MINUTES says.
func sized(t *testing.T, usual size) size {
	t.Helper()
	s := os.Getenv("PERECHEN_LOAD_MINUTES")
	if s == "" {
		return usual
	}
	minutes, err := strconv.ParseFloat(s, 64)
	if err != nil || minutes <= 0 {
		t.Fatal("PERECHEN_LOAD_MINUTES:", s)
	}
	return size{clerks: 48, officers: 16, readers: 256, lasts: time.Duration(minutes * float64(time.Minute)), every: 4 * time.Second}
}
