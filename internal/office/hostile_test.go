package office

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestHostileFiles reads them in other processes (of this test binary, told by the environment) and looks at the memory that
// each process ever took from the system. Those that fill the memory a document may have get a process of their own.
func TestHostileFiles(t *testing.T) {
	if paths := os.Getenv("PERECHEN_HOSTILE"); paths != "" {
		for _, path := range filepath.SplitList(paths) {
			readHostile(t, path)
		}
		return
	}
	dir := t.TempDir()
	files := hostileFiles(t)
	var together []string
	for name, h := range files {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, h.file, 0o600); err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(h.says, "памяти") {
			together = append(together, path)
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h.check(t, readElsewhere(t, path)[0])
		})
	}
	t.Run("others", func(t *testing.T) {
		t.Parallel()
		for _, r := range readElsewhere(t, together...) {
			files[r.name].check(t, r)
		}
	})
}

func (h hostile) check(t *testing.T, r elsewhere) {
	t.Helper()
	if Reason(r.reason) != h.reason {
		t.Errorf("%s: %s %q, want %s", r.name, r.reason, r.text, h.reason)
	}
	for _, want := range append(h.says, "«"+r.name+"»") {
		if !strings.Contains(r.text, want) {
			t.Errorf("%s: %q does not say %q", r.name, r.text, want)
		}
	}
	if r.memory > memoryFactor*256 {
		t.Errorf("%s: the process took %d MB", r.name, r.memory)
	}
}

// A legal workbook of a hundred thousand rows is read in little memory.
func TestBigWorkbook(t *testing.T) {
	sheet, shared := bigSheet(benchRows)
	path := filepath.Join(t.TempDir(), "big.xlsx")
	if err := os.WriteFile(path, xlsxOf(t, sheet, shared, ""), 0o600); err != nil {
		t.Fatal(err)
	}
	r := readElsewhere(t, path)[0]
	if r.reason != "" || r.text != "100000" {
		t.Errorf("%s %s", r.reason, r.text)
	}
	if r.memory > memoryFactor*120 {
		t.Errorf("the process took %d MB", r.memory)
	}
}

// elsewhere is what became of a file in another process: the refusal, or the number of rows of its tables; and the megabytes
// that the process has taken so far.
type elsewhere struct {
	name, reason, text string
	memory             int
}

func readElsewhere(t *testing.T, paths ...string) (read []elsewhere) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestHostileFiles$")
	cmd.Env = append(os.Environ(), "PERECHEN_HOSTILE="+strings.Join(paths, string(filepath.ListSeparator)))
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	lines := strings.Split(string(out), "\n")
	for i, path := range paths {
		parts := strings.Split(lines[i], "\t")
		if len(parts) != 4 || parts[0] != filepath.Base(path) {
			t.Fatalf("%s", out)
		}
		memory, err := strconv.Atoi(parts[3])
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%-20s %4d MB", parts[0], memory)
		read = append(read, elsewhere{parts[0], parts[1], parts[2], memory})
	}
	return read
}

// readHostile reads a file and prints what became of it.
func readHostile(t *testing.T, path string) {
	d, err := ReadFile(context.Background(), path, Limits{})
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	var e *Error
	switch {
	case errors.As(err, &e):
		fmt.Printf("%s\t%s\t%s\t%d\n", filepath.Base(path), e.Reason, e.Text, m.Sys>>20)
	case err != nil:
		t.Fatal(err)
	default:
		rows := 0
		for _, table := range tablesOf(d) {
			rows += len(table.Rows)
		}
		fmt.Printf("%s\t\t%d\t%d\n", filepath.Base(path), rows, m.Sys>>20)
	}
}
