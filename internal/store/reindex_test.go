package store

import (
	"context"
	"slices"
	"testing"

	"perechen/internal/ledger"
)

// TestOldSearchIndexIsMadeAnew: a file of before the marks of bodies is searched like any other once it was opened, and a
// word that only another body holds is not found.
func TestOldSearchIndexIsMadeAnew(t *testing.T) {
	ctx := context.Background()
	in := tampered(t)
	in.addBody("other")
	find := func(s *Store) (found [][]int64) {
		t.Helper()
		for _, text := range []string{"телефон", "теле", "телефоны"} {
			for _, body := range []string{slug, "other"} {
				err := s.View(ctx, func(v ledger.View) error {
					one, err := v.Search(ctx, body, 12, text)
					if err == nil {
						found = append(found, one...)
					}
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
			}
		}
		return found
	}
	want := find(in.store)
	if len(want) != 6 || len(want[0]) == 0 || len(want[1]) != 0 {
		t.Fatalf("found %v", want)
	}
	for _, q := range []string{`INSERT INTO search (search) VALUES ('delete-all')`, `INSERT INTO search (rowid, terms) SELECT id, 'телефон' FROM content`, `PRAGMA user_version = 1`} {
		if _, err := in.store.write.Exec(q); err != nil {
			t.Fatal(q, err)
		}
	}
	for range 2 {
		s, err := OpenFile(ctx, in.path)
		if err != nil {
			t.Fatal(err)
		}
		if got := find(s); !slices.EqualFunc(got, want, slices.Equal) {
			t.Errorf("found %v, want %v", got, want)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
