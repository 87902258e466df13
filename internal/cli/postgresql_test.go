package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"perechen/internal/store"
	"perechen/internal/testkit/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// on gives a place whose register is in PostgreSQL.
func (p *place) on(address string) *place {
	return &place{t: p.t, data: p.data, db: address}
}

// TestStoryOnPostgreSQL: a body begins in a database, takes its report in, prints it and is verified, and a second node with
// the same key sees it all.
func TestStoryOnPostgreSQL(t *testing.T) {
	address := pgtest.Database(t)
	p := newPlace(t).on(address)
	if code, _, errs := p.run("list"); code != exitRefused || !strings.Contains(errs, "perechen init") {
		t.Errorf("without an installation: %d %s", code, errs)
	}
	p.must("init")
	if code, _, errs := p.run("init"); code != exitRefused || !strings.Contains(errs, "уже есть") || strings.Contains(errs, address) {
		t.Errorf("second init: %d %s", code, errs)
	}
	p.must("body", "add", "--procedure", "komzan-alania-9r-2026")
	p.must("import", order(t, "komzan-alania-9r-2026.docx"), "--accept", "--ground", "4.1")
	if out := p.must("verify"); !strings.Contains(out, "цел") {
		t.Errorf("verify: %s", out)
	}
	if _, err := os.Stat(filepath.Join(p.data, store.DatabaseFile)); err == nil {
		t.Error("a file database was made beside PostgreSQL")
	}
	found := p.must("list")

	other := newPlace(t).on(address)
	if code, _, errs := other.run("init"); code != exitRefused || !strings.Contains(errs, "другого узла") {
		t.Errorf("init of a node without the key: %d %s", code, errs)
	}
	if code, _, errs := other.run("list"); code != exitRefused || !strings.Contains(errs, store.KeyFile) {
		t.Errorf("a node without the key: %d %s", code, errs)
	}
	stranger := newPlace(t)
	stranger.must("init")
	if code, _, errs := stranger.on(address).run("list"); code != exitRefused || !strings.Contains(errs, "другим ключом") {
		t.Errorf("a node with another key: %d %s", code, errs)
	}
	if err := os.MkdirAll(other.data, 0o750); err != nil {
		t.Fatal(err)
	}
	key, err := os.ReadFile(filepath.Join(p.data, store.KeyFile))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(other.data, store.KeyFile), key, 0o600); err != nil {
		t.Fatal(err)
	}
	if again := other.must("list"); again != found || !strings.Contains(again, "консультаци") {
		t.Errorf("the second node finds\n%s\nand the first\n%s", again, found)
	}
}

// TestBadAddresses: each wrong address gets one sentence, and never the password.
func TestBadAddresses(t *testing.T) {
	p := newPlace(t)
	p.must("init")
	for address, want := range map[string]string{
		"mysql://root:secret@localhost/x":                     "postgres://",
		"postgres://u:secret@127.0.0.1:1/x?connect_timeout=1": "недоступна",
		"postgres://u:secret@%zz/x":                           "не понят",
		pgtest.Database(t) + "&dbname=nowhere":                "нет базы данных",
	} {
		code, _, errs := p.on(address).run("list")
		if code != exitRefused || !strings.Contains(errs, want) || strings.Contains(errs, "secret") {
			t.Errorf("%s: %d %s", address, code, errs)
		}
	}
}

// TestCopyThereAndBack: an installation moves to PostgreSQL and back to a file, with its key, and is the same.
func TestCopyThereAndBack(t *testing.T) {
	p := committee(t, true)
	want := p.must("list") + p.must("log")
	address := pgtest.Database(t)
	back := filepath.Join(t.TempDir(), "back")
	at := &place{t: t, data: p.data}
	code, out, errs := at.bare("copy", "--from", "sqlite:"+p.data, "--to", address)
	if code != exitDone || !strings.Contains(out, "совпадают") || !strings.Contains(out, filepath.Join(p.data, store.KeyFile)) {
		t.Fatalf("%d %s%s", code, out, errs)
	}
	if got := p.on(address).must("list") + p.on(address).must("log"); got != want {
		t.Errorf("in PostgreSQL:\n%s\nwant\n%s", got, want)
	}
	code, _, errs = at.bare("copy", "--from", "sqlite:"+p.data, "--to", address)
	if code != exitRefused || !strings.Contains(errs, "пустую") {
		t.Errorf("a second copy: %d %s", code, errs)
	}
	code, out, errs = at.bare("copy", "--from", address, "--to", "sqlite:"+back, "--data", p.data)
	if code != exitDone {
		t.Fatalf("%d %s%s", code, out, errs)
	}
	q := &place{t: t, data: back}
	if got := q.must("list") + q.must("log"); got != want {
		t.Errorf("back in a file:\n%s\nwant\n%s", got, want)
	}
	q.must("verify")
	q.must("appoint", "--person", "Иванова Анна", "--role", "officer", "--act", "приказ № 1 от 16.02.2026")

	for _, args := range [][]string{
		{"copy", "--from", "sqlite:" + p.data, "--to", "sqlite:" + p.data},
		{"copy", "--from", p.data, "--to", "sqlite:x"},
		{"copy", "--to", "sqlite:x"},
		{"copy", "--from", "sqlite:" + filepath.Join(t.TempDir(), "nothing"), "--to", "sqlite:" + filepath.Join(t.TempDir(), "new")},
	} {
		if code, out, errs := at.bare(args...); code == exitDone || out != "" || strings.Count(errs, "\n") != 1 {
			t.Errorf("%v: %d %s%s", args, code, out, errs)
		}
	}
	stranger := newPlace(t)
	stranger.must("init")
	if code, _, errs := at.bare("copy", "--from", "sqlite:"+p.data, "--to", "sqlite:"+stranger.data); code != exitRefused || !strings.Contains(errs, "другой ключ") {
		t.Errorf("into an installation of another key: %d %s", code, errs)
	}
}

// bare runs the program without saying where the data are.
func (p *place) bare(args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = Run(context.Background(), args, func(string) string { return "" }, bytes.NewReader(nil), &out, &errs)
	return code, out.String(), errs.String()
}
