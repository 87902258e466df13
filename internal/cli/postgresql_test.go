package cli

import (
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
