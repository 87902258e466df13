package faults

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestFullDisk lets the disk run full in the middle of an import: one sentence, the register as it was, and after room is
// made the same import goes through.
func TestFullDisk(t *testing.T) {
	for name, limit := range map[string]string{"tiny": "300", "small": "900", "nearly enough": "2000"} {
		t.Run(name, func(t *testing.T) {
			in := install(t, t.TempDir()+"/data")
			in.must("import", table(t, 20, "8 (8672) 64-90-00"), "--accept", "--ground", "4.1")
			before := in.state()
			file := table(t, 3000, "8 (8672) 64-90-11")

			// A bound on the size of any file, in KiB, is a disk that is full for whoever runs under it.
			c := in.command("import", file, "--accept", "--ground", "4.1")
			c.Args = append([]string{"sh", "-c", `ulimit -f "$0" && trap "" XFSZ && exec "$@"`, limit}, c.Args...)
			c.Path = shell(t)
			out, err := c.CombinedOutput()
			if err == nil || c.ProcessState.ExitCode() != 1 || strings.Count(strings.TrimSpace(string(out)), "perechen: ") != 1 || strings.Contains(string(out), "goroutine") {
				t.Errorf("a full disk: %v, said: %s", err, out)
			}
			in.sound("after the full disk")
			if in.state() != before {
				t.Error("a full disk changed the register")
			}
			in.must("import", file, "--accept", "--ground", "4.1")
			in.sound("with room again")
		})
	}
}

func shell(t *testing.T) string {
	t.Helper()
	p, err := exec.LookPath("sh")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestSmallDisk is a real file system that is full, a tmpfs. Where the machine lets nobody mount one, TestFullDisk alone
// speaks for it.
func TestSmallDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=1500k"); err != nil {
		t.Logf("no tmpfs can be mounted here: %v", err)
		return
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	in := install(t, filepath.Join(dir, "data"))
	in.must("import", table(t, 20, "8 (8672) 64-90-00"), "--accept", "--ground", "4.1")
	before := in.state()
	code, _, errs := in.run("import", table(t, 5000, "8 (8672) 64-90-11"), "--accept", "--ground", "4.1")
	if code != 1 || !strings.Contains(errs, "места") {
		t.Errorf("exit code %d, said %q", code, errs)
	}
	in.sound("after the full disk")
	if in.state() != before {
		t.Error("a full disk changed the register")
	}
	// Small changes still go through, or say why not; nothing is lost either way.
	for i := range 30 {
		code, _, errs := in.run("import", table(t, 20, fmt.Sprintf("8 (8672) 64-91-%02d", i)), "--accept", "--ground", "4.1")
		if code != 0 && !strings.Contains(errs, "места") {
			t.Fatalf("change %d: exit code %d, said %q", i, code, errs)
		}
	}
	in.sound("at the brim")
}

// TestReadOnlyFolder: everything that writes says so in one sentence; nothing changes.
func TestReadOnlyFolder(t *testing.T) {
	in := install(t, t.TempDir()+"/data")
	in.must("import", table(t, 20, "8 (8672) 64-90-00"), "--accept", "--ground", "4.1")
	before := in.state()
	file := table(t, 25, "8 (8672) 64-90-11")
	open := func(mode, fileMode os.FileMode) {
		files, err := os.ReadDir(in.dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if err := os.Chmod(filepath.Join(in.dir, f.Name()), fileMode); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Chmod(in.dir, mode); err != nil {
			t.Fatal(err)
		}
	}
	open(0o555, 0o444)
	c := in.command("import", file, "--accept", "--ground", "4.1")
	if os.Geteuid() == 0 { // rights do not bind root: become nobody, who may pass through the folders above
		for _, d := range []string{in.dir, file, c.Dir, program} {
			for d = filepath.Dir(d); d != os.TempDir() && d != "/"; d = filepath.Dir(d) {
				if err := os.Chmod(d, 0o755); err != nil {
					t.Fatal(err)
				}
			}
		}
		for _, f := range []string{file, filepath.Join(in.dir, "perechen.key")} {
			if err := os.Chmod(f, 0o444); err != nil {
				t.Fatal(err)
			}
		}
		c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	out, err := c.CombinedOutput()
	if err == nil || c.ProcessState.ExitCode() != 1 || !strings.Contains(string(out), "прав") {
		t.Errorf("%v, said: %s", err, out)
	}
	open(0o755, 0o600)
	in.sound("after the refusal")
	if in.state() != before {
		t.Error("a read-only folder changed")
	}
}
