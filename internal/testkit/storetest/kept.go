package storetest

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"perechen/internal/ledger"
	"perechen/internal/proof"
	"perechen/internal/register"
)

func testKept(t *testing.T, f *fixture) {
	f.sample()
	keep := func(want bool) {
		t.Helper()
		if due, err := f.ToKeep(f.ctx); err != nil || due != want {
			t.Errorf("something to keep: %t, %v; want %t", due, err, want)
		}
		n, err := f.KeepCheckpoints(f.ctx)
		if err != nil || n == 1 != want {
			t.Errorf("kept %d, %v; want %t", n, err, want)
		}
	}
	keep(true)
	keep(false) // the head has not moved
	f.clock = f.clock.Add(time.Hour)
	f.append(slug, exclude(register.KindUsage, "u1"))
	keep(true)
	ks, total, err := f.Kept(f.ctx, slug, 0, 10)
	if err != nil || total != 2 || len(ks) != 2 || ks[0].N != 13 || ks[1].N != 12 || !ks[0].At.Equal(f.clock) {
		t.Fatalf("kept: %+v, %d, %v", ks, total, err)
	}
	if first, err := f.Checkpoint(f.ctx, slug, 12); err != nil || first != ks[1].Signed {
		t.Errorf("the kept checkpoint is another than that of entry 12: %v", err)
	}
	if page, total, err := f.Kept(f.ctx, slug, 1, 1); err != nil || total != 2 || len(page) != 1 || page[0].N != 12 {
		t.Errorf("the second page: %+v, %d, %v", page, total, err)
	}
	if v := f.verify(slug, ""); !v.OK {
		t.Errorf("a sound log: %+v", v)
	}
	// Whoever cuts or rewrites the log makes all of it anew, and signs it; here it is the checkpoint that is of another log.
	put := func(cp proof.Checkpoint) {
		t.Helper()
		signed, err := cp.Sign(f.key)
		if err != nil {
			t.Fatal(err)
		}
		err = f.store.Update(f.ctx, func(tx ledger.Tx) error {
			return tx.Keep(f.ctx, slug, ledger.Kept{N: cp.Size, At: f.clock, Signed: signed})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	put(proof.Checkpoint{Origin: slug, Size: 20, Root: tlog.Hash{1}, Time: f.clock})
	if v := f.verify(slug, ""); v.OK || v.Bad != 14 || !strings.Contains(v.Text, "отрезан") {
		t.Errorf("a log with its end cut off: %+v", v)
	}
	_, err = f.KeepCheckpoint(f.ctx, slug)
	f.wantCode(err, ledger.CodeDamaged)
	put(proof.Checkpoint{Origin: slug, Size: 9, Root: tlog.Hash{1}, Time: f.clock})
	if v := f.verify(slug, ""); v.OK || !strings.Contains(v.Text, "переписан") {
		t.Errorf("a log that was written anew: %+v", v)
	}
	f.body("minec")
	put(proof.Checkpoint{Origin: "minec", Size: 3, Root: tlog.Hash{1}, Time: f.clock})
	if v := f.verify(slug, ""); v.OK || !strings.Contains(v.Text, "не подтверждается") {
		t.Errorf("a checkpoint of another log: %+v", v)
	}
	if v := f.verify("minec", ""); !v.OK {
		t.Errorf("the other log: %+v", v)
	}
}
