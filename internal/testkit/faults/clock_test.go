package faults

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// skewed builds the program with a clock that runs as many seconds ahead as a file says: the same sources but for the lines
// that hand the clock over.
func skewed(t *testing.T) (bin, ahead string) {
	t.Helper()
	dir := t.TempDir()
	bin, ahead = filepath.Join(dir, "perechen"), filepath.Join(dir, "ahead")
	cli, err := filepath.Abs("../../cli")
	if err != nil {
		t.Fatal(err)
	}
	overlay := struct{ Replace map[string]string }{map[string]string{}}
	put := func(name, text string) {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		overlay.Replace[filepath.Join(cli, name)] = path
	}
	for name, change := range map[string][2]string{"init.go": {"time.Now)", "skewedClock)"}, "serve.go": {"web.Options{", "web.Options{Now: skewedClock, "}} {
		text, err := os.ReadFile(filepath.Join(cli, name))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), change[0]) {
			t.Fatalf("%s does not hand the clock over by %q", name, change[0])
		}
		put(name, strings.ReplaceAll(string(text), change[0], change[1])+"\n\nvar _ = time.Now\n")
	}
	put("skewed_clock.go", fmt.Sprintf(`package cli

import (
	"os"
	"strconv"
	"strings"
	"time"
)

func skewedClock() time.Time {
	text, _ := os.ReadFile(%q)
	ahead, _ := strconv.Atoi(strings.TrimSpace(string(text)))
	return time.Now().Add(time.Duration(ahead) * time.Second)
}
`, ahead))
	list, err := json.Marshal(overlay)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(file, list, 0o600); err != nil {
		t.Fatal(err)
	}
	build := exec.Command("go", "build", "-overlay", file, "-o", bin, "perechen/cmd/perechen")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return bin, ahead
}

// TestClockGoesBack: the machine's clock is set back by an hour, by a day, and forward again, between commands and under a
// running server. What is recorded never goes back, and everything goes on working.
func TestClockGoesBack(t *testing.T) {
	bin, ahead := skewed(t)
	in := install(t, t.TempDir()+"/data")
	in.program = bin
	set := func(d time.Duration) {
		if err := os.WriteFile(ahead, fmt.Append(nil, int(d.Seconds())), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := in.serve()
	for i, d := range []time.Duration{0, -time.Hour, -26 * time.Hour, time.Minute, -400 * 24 * time.Hour, 0} {
		set(d)
		in.must("import", table(t, 20, fmt.Sprintf("8 (8672) 64-90-%02d", 10+i)), "--accept", "--ground", "4.1")
		if status, size := s.get("komzan/"); status != 200 || size < 10_000 {
			t.Errorf("clock at %v: the register page answers %d with %d bytes", d, status, size)
		}
		in.sound(fmt.Sprintf("clock at %v", d))
	}
	var log struct {
		Entries []struct{ Time time.Time }
	}
	if err := json.Unmarshal([]byte(in.must("log", "--json")), &log); err != nil {
		t.Fatal(err)
	}
	for i := 1; i < len(log.Entries); i++ {
		if log.Entries[i].Time.Before(log.Entries[i-1].Time) {
			t.Errorf("entry %d is of %v, the one before of %v", i+1, log.Entries[i].Time, log.Entries[i-1].Time)
		}
	}
	if n := len(log.Entries); n < 10 || time.Since(log.Entries[n-1].Time) > time.Hour {
		t.Errorf("%d entries, the last of %v", n, log.Entries[n-1].Time)
	}
}
