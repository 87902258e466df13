package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"perechen/procedures"
)

// A place is an installation in a temporary folder, used as a person at a terminal would.
type place struct {
	t    *testing.T
	data string
	db   string // address of a PostgreSQL database; empty: the file in data
}

func newPlace(t *testing.T) *place {
	return &place{t: t, data: filepath.Join(t.TempDir(), "data")}
}

// run runs the program and returns its exit code and what it wrote.
func (p *place) run(args ...string) (code int, stdout, stderr string) {
	p.t.Helper()
	var out, errs bytes.Buffer
	args = append(args, "--data", p.data)
	if p.db != "" {
		args = append(args, "--db", p.db)
	}
	code = Run(context.Background(), args, func(string) string { return "" }, bytes.NewReader(nil), &out, &errs)
	return code, out.String(), errs.String()
}

// must runs the program and expects it to say that it is done.
func (p *place) must(args ...string) string {
	p.t.Helper()
	code, out, errs := p.run(args...)
	if code != exitDone {
		p.t.Fatalf("perechen %v: exit code %d: %s", args, code, errs)
	}
	return out
}

// facts runs the program with --json and decodes what it printed, whatever the exit code.
func (p *place) facts(v any, args ...string) int {
	p.t.Helper()
	code, out, errs := p.run(append(args, "--json")...)
	if err := json.Unmarshal([]byte(out), v); err != nil {
		p.t.Fatalf("perechen %v: exit code %d, not JSON: %v\n%s%s", args, code, err, out, errs)
	}
	return code
}

// order puts one of the orders' files into a folder of its own and returns its path.
func order(t *testing.T, name string) string {
	t.Helper()
	b, err := procedures.FS.ReadFile("orders/" + name)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// committee is an installation with the Committee in it, and its report taken in when loaded.
func committee(t *testing.T, loaded bool) *place {
	p := newPlace(t)
	p.must("init")
	p.must("body", "add", "--procedure", "komzan-alania-9r-2026")
	if loaded {
		p.must("import", order(t, "komzan-alania-9r-2026.docx"), "--accept", "--ground", "4.1")
	}
	return p
}

// imports is the part of import --json that the tests look at.
type imports struct {
	Processes []struct{ Title string }
	Points    []struct{ Key, Kind, Class, Label, Value string }
	Declared  []struct{ Kind, Class, Label, Value string }
	Usages    []struct {
		Process, Point, Text, Class string
		Needs                       []string
	}
	Changes  struct{ Included, Changed, Excluded, Moved int }
	Findings []finding
}

type finding struct {
	ID, Rule, Severity, Clause, Text string
	Places                           []struct{ Text, Clause, Key, Quote string }
	DependsOn                        []string `json:"depends_on"`
}
