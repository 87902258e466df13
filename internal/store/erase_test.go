package store

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"perechen/internal/ledger"
	"perechen/internal/register"
)

// TestEraseLeavesNoBytes looks into the files themselves: neither the content nor its words nor its salt may be there.
func TestEraseLeavesNoBytes(t *testing.T) {
	ctx := context.Background()
	in := install(t)
	p := point(1)
	p.Label = "Иннокентьевой Аполлинарии"
	n := in.append(include(register.KindTouchpoint, p.Key, p)).To
	cs := big(500)
	in.append(append(cs[:2:2], cs[3:]...)...) // the point is there already
	var salt []byte
	err := in.store.View(ctx, func(v ledger.View) error {
		return v.Records(ctx, slug, n, n, func(r ledger.Record) error { salt = r.Salt; return nil })
	})
	if err != nil {
		t.Fatal(err)
	}
	p.Label = "Телефон"
	in.append(register.Change{Op: register.Amend, Kind: register.KindTouchpoint, Key: p.Key, Content: register.Encode(p)})
	traces := [][]byte{[]byte("Аполлинар"), []byte("аполлинар"), []byte("кентьев"), salt}
	if found := inFiles(t, in, traces); len(found) != 4 {
		t.Fatalf("before the erasure the files hold %d of 4 traces: the test looks wrongly", len(found))
	}
	if err := in.Erase(ctx, slug, n, ground, "admin"); err != nil {
		t.Fatal(err)
	}
	for _, trace := range inFiles(t, in, traces) {
		t.Errorf("after the erasure the files hold %q", trace)
	}
}

// inFiles tells which of the traces are in the database's files.
func inFiles(t *testing.T, in *installation, traces [][]byte) (found [][]byte) {
	t.Helper()
	files, err := filepath.Glob(in.path + "*")
	if err != nil {
		t.Fatal(err)
	}
	var all []byte
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, b...)
	}
	for _, trace := range traces {
		if bytes.Contains(all, trace) {
			found = append(found, trace)
		}
	}
	return found
}
