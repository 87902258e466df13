package faults

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestFailingDisk lets the kernel answer the program's own calls on the database's files with EIO, once or from some moment
// on: strace puts the errors in, for nothing can be loaded before a static program. An import is then done, or has left
// nothing and says so in one sentence.
func TestFailingDisk(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Fatal("the test needs strace: apt-get install strace")
	}
	if out, err := exec.Command(strace, "-f", "-qq", "-o", "/dev/null", program, "version").CombinedOutput(); err != nil {
		t.Logf("programs cannot be traced here: %v %s", err, out)
		return
	}
	in := install(t, t.TempDir()+"/data")
	in.must("import", table(t, 60, "8 (8672) 64-90-00"), "--accept", "--ground", "4.1")
	before := in.state()
	struck, done := map[string]int{}, 0
	for i := range cycles(t, 24) {
		file := table(t, 60+i%5, fmt.Sprintf("8 (8672) 64-%02d-%02d", 10+i/90, 10+i%90))
		call := []string{"pwrite64", "fsync", "pread64", "ftruncate"}[[]int{0, 0, 0, 1, 1, 2, 2, 3}[i%8]]
		when := 1 + rand.IntN(map[string]int{"pwrite64": 60, "fsync": 6, "pread64": 60, "ftruncate": 2}[call])
		moment := fmt.Sprint(when)
		if i%3 == 0 {
			moment += "+"
		}
		args := []string{"-f", "-qq", "-o", "/dev/null"}
		for _, suffix := range []string{"", "-wal", "-journal"} {
			args = append(args, "-P", filepath.Join(in.dir, "perechen.db"+suffix))
		}
		args = append(args, "-e", "trace="+call, "-e", "inject="+call+":error=EIO:when="+moment)
		c := in.command("import", file, "--accept", "--ground", "4.1")
		c.Args = append(append([]string{strace}, args...), c.Args...)
		c.Path = strace
		var said bytes.Buffer
		c.Stderr = &said
		err := c.Run()
		about := fmt.Sprintf("cycle %d, EIO at %s of %s", i, moment, call)
		if err != nil {
			struck[call]++
			if text := strings.TrimSpace(said.String()); strings.Count(text, "\n") != 0 || !strings.Contains(text, "не читается") {
				t.Errorf("%s: exit code %d, said: %s", about, c.ProcessState.ExitCode(), text)
			}
		}
		in.sound(about)
		after := in.state()
		applied := in.planned(file) == [3]int{}
		switch {
		case err == nil && !applied:
			t.Fatalf("%s: reported as done and not there", about)
		case !applied && after != before:
			t.Fatalf("%s: there in part", about)
		}
		if applied {
			done++
		}
		before = after
	}
	t.Logf("struck %v; %d imports took place", struck, done)
}
