package storetest

import (
	"context"
	"errors"
	"testing"

	"perechen/internal/ledger"
)

// shelf is what a store that keeps first pages offers; see web.Shelf.
type shelf interface {
	Front(ctx context.Context, slug, key string) ([]byte, error)
	KeepFront(ctx context.Context, slug, key string, page []byte, erasures int64) error
}

// testFront: a first page is kept in place of the one before, and gone with an erasure, after which an older one is not taken.
func testFront(t *testing.T, f *fixture) {
	s, ok := f.store.(shelf)
	if !ok {
		t.Fatal("the store has no shelf")
	}
	f.body(slug)
	f.body("other")
	want := func(slug, key, page string) {
		t.Helper()
		if got, err := s.Front(f.ctx, slug, key); err != nil || string(got) != page {
			t.Errorf("under %s lies %q, %v; want %q", key, got, err, page)
		}
	}
	keep := func(key, page string, erasures int64) {
		t.Helper()
		if err := s.KeepFront(f.ctx, slug, key, []byte(page), erasures); err != nil {
			t.Fatal(err)
		}
	}
	want(slug, "a", "")
	keep("a", "first", 0)
	want(slug, "a", "first")
	keep("b", "second", 0)
	want(slug, "a", "")
	want(slug, "b", "second")
	want("other", "b", "")
	r := f.append(slug, include(phone))
	want(slug, "b", "second")
	if err := f.Erase(f.ctx, slug, r.From, law, "admin"); err != nil {
		t.Fatal(err)
	}
	want(slug, "b", "")
	keep("b", "second", 0)
	want(slug, "b", "")
	keep("c", "third", 1)
	want(slug, "c", "third")
	if err := s.KeepFront(f.ctx, "nobody", "a", []byte("x"), 0); !errors.Is(err, ledger.ErrNotFound) {
		t.Errorf("a page of a body that is not there: %v", err)
	}
}
