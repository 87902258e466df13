package store

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/ledger"
	"perechen/internal/proof"
	"perechen/internal/register"
)

// TestFlippedBytes changes single bytes of the database file at random, as a failing disk would. Either it is found, or
// the byte meant nothing: every row is what it was. (The words of the search index are not evidence, and no check covers
// them: a rebuild makes them anew.)
func TestFlippedBytes(t *testing.T) {
	in := install(t)
	in.append(big(40)...)
	in.append(register.Change{Op: register.Exclude, Kind: register.KindUsage, Key: "u-000000"})
	whole, _, _ := strings.Cut(dumpTables(t, in), searchTerms)
	if err := in.store.Close(); err != nil { // empties the write-ahead log into the file
		t.Fatal(err)
	}
	raw, err := os.ReadFile(in.path)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2)) // the same bytes each time
	var at []int
	for i, b := range raw {
		if b != 0 { // most zeros are empty space
			at = append(at, i)
		}
	}
	found, idle := 0, 0
	for range 60 {
		i := at[random.IntN(len(at))]
		spoilt := bytes.Clone(raw)
		spoilt[i] ^= 1 << random.IntN(8)
		verdict, dump := openSpoilt(t, in.key, spoilt)
		switch {
		case !verdict:
			found++
		case dump == whole:
			idle++
		default:
			t.Errorf("byte %d of %d changed something unnoticed: %s", i, len(raw), cmp.Diff(strings.Split(whole, "\n"), strings.Split(dump, "\n")))
		}
	}
	t.Logf("found %d, without meaning %d", found, idle)
	if found < 30 {
		t.Errorf("only %d of 60 were found: the test looks wrongly", found)
	}
}

// openSpoilt tells whether a database of these bytes is found whole, and then what is in it.
func openSpoilt(t *testing.T, key *proof.Key, raw []byte) (whole bool, dump string) {
	t.Helper()
	path := t.TempDir() + "/" + DatabaseFile
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := OpenFile(context.Background(), path)
	if err != nil {
		return false, ""
	}
	defer s.Close()
	in := &installation{TB: t, path: path, key: key, store: s, Ledger: ledger.New(s, key, time.Now)}
	v, err := in.Verify(context.Background(), slug, "", nil)
	if err != nil {
		var e *ledger.Error
		if !errors.As(err, &e) {
			t.Errorf("damage without a sentence: %v", err)
		}
		return false, ""
	}
	if !v.OK {
		return false, ""
	}
	dump, _, _ = strings.Cut(dumpTables(t, in), searchTerms)
	return true, dump
}
