package faults

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"syscall"
	"testing"
	"time"
)

// TestKilledImport kills an import at a random moment. The register is then what it was, or what the file says and nothing
// between; what the program had reported as done is there.
func TestKilledImport(t *testing.T) {
	in := install(t, t.TempDir()+"/data")
	const rows = 200
	begin := time.Now()
	in.must("import", table(t, rows, "8 (8672) 64-90-00"), "--accept", "--ground", "4.1")
	usual := time.Since(begin)
	before := in.state()
	done, killed := 0, 0
	for i := range cycles(t, 40) {
		file := table(t, rows+i%7, fmt.Sprintf("8 (8672) 64-%02d-%02d", 10+i/90, 10+i%90))
		var out bytes.Buffer
		c := in.command("import", file, "--accept", "--ground", "4.1")
		c.Stdout = &out
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(rand.N(usual*6/5), func() { _ = c.Process.Kill() }) // it may have ended by itself
		err := c.Wait()
		timer.Stop()
		acknowledged := err == nil
		in.sound(fmt.Sprintf("cycle %d", i))
		after := in.state()
		changes := in.planned(file)
		applied := changes == [3]int{}
		switch {
		case acknowledged && !applied:
			t.Fatalf("cycle %d: the import was reported as done and is not there, %v to do", i, changes)
		case !applied && after != before:
			t.Fatalf("cycle %d: the import is there in part, %v to do", i, changes)
		}
		if applied {
			done++
		} else {
			killed++
		}
		before = after
	}
	t.Logf("%d imports took place, %d left nothing", done, killed)
}

// TestKilledServer kills a server between and in the middle of answers; the next one starts and answers the same.
func TestKilledServer(t *testing.T) {
	in := install(t, t.TempDir()+"/data")
	in.must("import", table(t, 50, "8 (8672) 64-90-00"), "--accept", "--ground", "4.1")
	before := in.state()
	for range cycles(t, 5) {
		s := in.serve()
		go s.get("komzan/report.pdf")
		s.get("komzan/")
		time.Sleep(rand.N(50 * time.Millisecond))
		if err := s.cmd.Process.Signal(syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		if err := s.cmd.Wait(); err == nil {
			t.Fatal("a killed server ended by itself")
		}
	}
	in.sound("after the kills")
	if in.state() != before {
		t.Error("a killed server changed the register")
	}
}
