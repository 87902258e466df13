package faults

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"perechen/internal/testkit/pgtest"
)

// TestRestoreWithNothingButTheProgram: a machine on which there is the program and the backup and no other file, no
// environment, nothing to find by a path. There the drill says that one can restore, and one can.
func TestRestoreWithNothingButTheProgram(t *testing.T) {
	source := install(t, t.TempDir()+"/data")
	source.must("import", table(t, 60, "8 (8672) 64-90-00"), "--accept", "--ground", "4.1")
	want := source.state()
	region := installation{t: t, dir: t.TempDir() + "/data", db: pgtest.Database(t)}
	if out, err := exec.Command(program, "copy", "--from", "sqlite:"+source.dir, "--to", region.db, "--data", region.dir).CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	for name, in := range map[string]installation{"SQLite": source, "PostgreSQL": {t: t, dir: source.dir, db: region.db}} {
		t.Run(name, func(t *testing.T) {
			machine := t.TempDir()
			bin, err := os.ReadFile(program)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(machine, "perechen"), bin, 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.Mkdir(filepath.Join(machine, "tmp"), 0o777); err != nil {
				t.Fatal(err)
			}
			in.must("backup", filepath.Join(machine, "kopiya.tar.gz"))
			run := func(args ...string) string {
				t.Helper()
				c := exec.Command(filepath.Join(machine, "perechen"), args...)
				c.Dir, c.Env = machine, []string{}
				if os.Geteuid() == 0 { // whoever may shuts everything else out
					c.Path, c.Dir, c.SysProcAttr = "/perechen", "/", &syscall.SysProcAttr{Chroot: machine}
				}
				var out, errs bytes.Buffer
				c.Stdout, c.Stderr = &out, &errs
				if err := c.Run(); err != nil {
					t.Fatalf("perechen %v: %v %s%s", args, err, out.String(), errs.String())
				}
				return out.String()
			}
			if out := run("drill", "kopiya.tar.gz"); !strings.Contains(out, "Восстановиться можно") {
				t.Error(out)
			}
			run("restore", "kopiya.tar.gz", "--data", "new")
			if out := run("verify", "--data", "new"); !strings.Contains(out, "цел") {
				t.Error(out)
			}
			run("report", "--data", "new", "-o", "otchet.pdf")
			if got := (installation{t: t, dir: filepath.Join(machine, "new")}).state(); got != want {
				t.Error("another register was restored")
			}
		})
	}
}
