package store

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"testing"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/register"
)

// TestDiskFull stops the file from growing in the middle of a batch: nothing of it may stay, and when there is room again
// the same batch goes in.
func TestDiskFull(t *testing.T) {
	in := tampered(t)
	before := dumpTables(t, in)
	if _, err := in.store.write.Exec(`PRAGMA max_page_count = 60`); err != nil {
		t.Fatal(err)
	}
	cs := big(3000)
	b := ledger.Batch{Changes: append(append(cs[:1:1], cs[2]), cs[9:]...), Ground: ground, Actor: "cli", Head: 12}
	_, err := in.Append(context.Background(), slug, b)
	var e *ledger.Error
	if !errors.As(err, &e) || e.Code != ledger.CodeStorage {
		t.Errorf("append on a full disk: %v", err)
	}
	if after := dumpTables(t, in); after != before {
		t.Error("a failed batch left something")
	}
	if v := in.verify(""); !v.OK {
		t.Error(v.Text)
	}
	if _, err := in.store.write.Exec(`PRAGMA max_page_count = 1000000`); err != nil {
		t.Fatal(err)
	}
	if _, err := in.Append(context.Background(), slug, b); err != nil {
		t.Errorf("append when there is room again: %v", err)
	}
	if v := in.verify(""); !v.OK {
		t.Error(v.Text)
	}
}

// TestLocked: another program holds the file. Readers do not mind; a writer waits, and then says so.
func TestLocked(t *testing.T) {
	in := tampered(t)
	if _, err := in.store.write.Exec(`PRAGMA busy_timeout = 50`); err != nil {
		t.Fatal(err)
	}
	other, err := sql.Open("sqlite", "file:"+in.path+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	tx, err := other.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := in.State(context.Background(), slug, 0); err != nil {
		t.Errorf("reading under another's lock: %v", err)
	}
	b := ledger.Batch{Changes: []register.Change{include(register.KindProcess, "x", register.Process{Key: "x"})}, Ground: ground, Actor: "cli", Head: 12}
	_, err = in.Append(context.Background(), slug, b)
	var e *ledger.Error
	if !errors.As(err, &e) || e.Code != ledger.CodeStorage {
		t.Errorf("append under another's lock: %v", err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if _, err := in.Append(context.Background(), slug, b); err != nil {
		t.Errorf("append after it: %v", err)
	}
}

// TestTwoProcesses: what one Ledger writes and erases, another that has it in memory sees.
func TestTwoProcesses(t *testing.T) {
	ctx := context.Background()
	in := tampered(t)
	second, err := OpenFile(ctx, in.path)
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	other := ledger.New(second, in.key, time.Now)
	if r, err := other.State(ctx, slug, 5); err != nil || len(r.Touchpoints) != 3 {
		t.Fatalf("state = %+v, %v", r, err)
	}
	if err := in.Erase(ctx, slug, 5, ground, "admin"); err != nil {
		t.Fatal(err)
	}
	for _, n := range []int64{5, 0} {
		r, err := other.State(ctx, slug, n)
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := r.Touchpoint("phone-2"); ok {
			t.Errorf("state at %d holds what another process has erased", n)
		}
	}
}

// TestBadPaths: a file that cannot be there and one cut short give sentences.
func TestBadPaths(t *testing.T) {
	in := tampered(t)
	if err := in.store.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenFile(context.Background(), in.path+"/nowhere/x.db"); !errors.Is(err, ledger.ErrStorage) {
		t.Errorf("open below a file: %v", err)
	}
	if err := os.Truncate(in.path, 5000); err != nil {
		t.Fatal(err)
	}
	s, err := OpenFile(context.Background(), in.path)
	if err == nil {
		defer s.Close()
		_, err = ledger.New(s, in.key, time.Now).State(context.Background(), slug, 0)
	}
	if !errors.Is(err, ledger.ErrDamaged) {
		t.Errorf("a file cut short: %v", err)
	}
}
