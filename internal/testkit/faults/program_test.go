// Package faults breaks the real program in its own process and looks whether what is left is a legal state: everything it
// said was done is there, everything else is wholly absent, and verify finds nothing. docs/faults.md is its table.
package faults

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"perechen/internal/testkit"
	"perechen/internal/testkit/pgtest"
)

// program is the binary under test.
var program string

func TestMain(m *testing.M) {
	if dir := os.Getenv(deskEnv); dir != "" { // the child of TestKilledDesk
		fmt.Fprintln(os.Stderr, workAtDesk(dir))
		os.Exit(1)
	}
	var remove func()
	var err error
	if program, remove, err = testkit.BuildProgram(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := pgtest.Main(m)
	remove()
	os.Exit(code)
}

// cycles is how often a fault is tried: the number in PERECHEN_FAULT_CYCLES for a long run, else usual.
func cycles(t *testing.T, usual int) int {
	t.Helper()
	if s := os.Getenv("PERECHEN_FAULT_CYCLES"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal("PERECHEN_FAULT_CYCLES:", err)
		}
		return n
	}
	return usual
}

// An installation is a data folder with the Committee in it.
type installation struct {
	t   *testing.T
	dir string
	db  string // address of a PostgreSQL database; empty: the file in the folder

	program string // another build of it; empty: the binary under test
}

func install(t *testing.T, dir string) installation {
	t.Helper()
	in := installation{t: t, dir: dir}
	in.must("init")
	in.must("body", "add", "--procedure", "komzan-alania-9r-2026")
	return in
}

func (in installation) command(args ...string) *exec.Cmd {
	args = append(args, "--data", in.dir)
	if in.db != "" {
		args = append(args, "--db", in.db)
	}
	c := exec.Command(cmp.Or(in.program, program), args...)
	c.Dir = in.t.TempDir()
	return c
}

// run runs the program to its end.
func (in installation) run(args ...string) (code int, stdout, stderr string) {
	in.t.Helper()
	var out, errs bytes.Buffer
	c := in.command(args...)
	c.Stdout, c.Stderr = &out, &errs
	err := c.Run()
	if c.ProcessState == nil {
		in.t.Fatal(err)
	}
	return c.ProcessState.ExitCode(), out.String(), errs.String()
}

func (in installation) must(args ...string) string {
	in.t.Helper()
	code, out, errs := in.run(args...)
	if code != 0 {
		in.t.Fatalf("perechen %s: exit code %d: %s", strings.Join(args, " "), code, errs)
	}
	return out
}

// state is everything a reader sees: the register's rows and the number of the newest entry.
func (in installation) state() string {
	in.t.Helper()
	return in.must("list", "--json") + strconv.Itoa(in.head())
}

func (in installation) head() int {
	in.t.Helper()
	var log struct{ Entries []json.RawMessage }
	out := in.must("log", "--json")
	if err := json.Unmarshal([]byte(out), &log); err != nil {
		in.t.Fatalf("log --json: %v\n%.300s", err, out)
	}
	return len(log.Entries)
}

// planned is how much a file would include, change and exclude.
func (in installation) planned(file string) [3]int {
	in.t.Helper()
	var plan struct {
		Changes struct{ Included, Changed, Excluded int }
	}
	out := in.must("import", file, "--json")
	if err := json.Unmarshal([]byte(out), &plan); err != nil {
		in.t.Fatalf("import --json: %v", err)
	}
	return [3]int{plan.Changes.Included, plan.Changes.Changed, plan.Changes.Excluded}
}

// sound fails the test when verify has anything to say.
func (in installation) sound(when string) {
	in.t.Helper()
	if code, out, errs := in.run("verify"); code != 0 {
		in.t.Fatalf("%s: verify: exit code %d: %s%s", when, code, out, errs)
	}
}

// table writes a register of n rows as CSV; every row names the telephone.
func table(t *testing.T, n int, telephone string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("Направление деятельности;Точка взаимодействия;Удовлетворяемые потребности;Осуществляемое взаимодействие;Особенности взаимодействия\n")
	for i := range n {
		fmt.Fprintf(&b, "Процесс %d;Телефон: %s;получение консультации;получение клиентом консультации по вопросу %d;взаимодействие в офлайн-точке\n", i/10+1, telephone, i+1)
	}
	name := filepath.Join(t.TempDir(), "table.csv")
	if err := os.WriteFile(name, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}
