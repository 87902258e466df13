package storetest

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/ledger"
	"perechen/internal/proof"
	"perechen/internal/register"
)

func testCheckpoint(t *testing.T, f *fixture) {
	f.sample()
	var all []string
	for n := int64(1); n <= 12; n++ {
		s, err := f.Checkpoint(f.ctx, slug, n)
		if err != nil {
			t.Fatal(err)
		}
		c, err := proof.OpenCheckpoint(s, f.key.Keys())
		if err != nil || c.Size != n || c.Origin != slug || !c.Time.Equal(f.clock) {
			t.Errorf("checkpoint at %d = %+v, %v", n, c, err)
		}
		all = append(all, s)
	}
	h := f.head(slug)
	if h.Signed != all[11] {
		t.Errorf("the head's checkpoint is not that of entry 12:\n%s%s", h.Signed, all[11])
	}
	f.append(slug, exclude(register.KindUsage, "u1"))
	for i, s := range all {
		if v := f.verify(slug, s); !v.OK || !v.Trusted {
			t.Errorf("verify against checkpoint %d: %+v", i+1, v)
		}
		if again, err := f.Checkpoint(f.ctx, slug, int64(i+1)); err != nil || again != s {
			t.Errorf("checkpoint %d is another now: %v", i+1, err)
		}
	}
	_, err := f.Checkpoint(f.ctx, slug, 99)
	f.wantCode(err, ledger.CodeNotFound)
	_, err = f.Verify(f.ctx, slug, "perechen checkpoint v1\n", nil)
	f.wantCode(err, ledger.CodeInvalid)
	forged, err := proof.Checkpoint{Origin: slug, Size: 99, Time: f.clock}.Sign(f.key)
	if err != nil {
		t.Fatal(err)
	}
	if v := f.verify(slug, forged); v.OK || v.Bad != 14 {
		t.Errorf("a log shorter than its later checkpoint: %+v, want bad entry 14", v)
	}
	forged, err = proof.Checkpoint{Origin: slug, Size: 9, Time: f.clock}.Sign(f.key)
	if err != nil {
		t.Fatal(err)
	}
	if v := f.verify(slug, forged); v.OK {
		t.Error("a log that a checkpoint contradicts was found whole")
	}
}

func testExport(t *testing.T, f *fixture) {
	f.sample()
	n := f.append(slug, include(register.Appointment{Key: "officer", Person: "Иванова"})).From
	for _, n := range []int64{1, 5, 12, 0} {
		var b bytes.Buffer
		if err := f.Export(f.ctx, slug, n, &b); err != nil {
			t.Fatal(err)
		}
		v, err := proof.VerifyExtract(&b, f.key.Keys(), "")
		if err != nil || !v.OK || !v.Trusted || n != 0 && v.Entries != n {
			t.Errorf("extract at %d: %+v, %v", n, v, err)
		}
	}
	if err := f.Erase(f.ctx, slug, n, law, "admin"); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	f.wantCode(f.Export(f.ctx, slug, n, &b), ledger.CodeRefused)
	if err := f.Export(f.ctx, slug, n-1, &b); err != nil {
		t.Errorf("extract of before the erased entry: %v", err)
	}
	b.Reset()
	if err := f.Export(f.ctx, slug, 0, &b); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(b.Bytes(), []byte("Иванова")) {
		t.Error("the extract holds what was erased")
	}
	if v, err := proof.VerifyExtract(&b, nil, ""); err != nil || !v.OK || v.Erased != 1 || v.Trusted {
		t.Errorf("extract with an erasure: %+v, %v", v, err)
	}
}

// dump reads everything a store derives for a body.
func dump(t *testing.T, s ledger.Store, slug string) (all []any) {
	t.Helper()
	ctx := context.Background()
	err := s.View(ctx, func(v ledger.View) error {
		h, err := v.Head(ctx, slug)
		if err != nil {
			return err
		}
		all = append(all, h)
		if err := v.Records(ctx, slug, 1, 1<<39, func(r ledger.Record) error { all = append(all, r); return nil }); err != nil {
			return err
		}
		for n := int64(1); n <= h.N; n++ {
			if err := v.State(ctx, slug, n, func(x ledger.Version) error { all = append(all, x); return nil }); err != nil {
				return err
			}
		}
		for _, word := range []string{"заявление", "кабинет", "телефон", "консультация", "подача", "отпуск"} {
			found, err := v.Search(ctx, slug, h.N, word)
			if err != nil {
				return err
			}
			all = append(all, found)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func testRebuild(t *testing.T, f *fixture) {
	f.sample()
	moved := room
	moved.Label = "Приёмная"
	f.append(slug, amend(moved), exclude(register.KindUsage, "u3"))
	f.append(slug, include(usages[2]))
	if err := f.Erase(f.ctx, slug, 8, law, "admin"); err != nil {
		t.Fatal(err)
	}
	before := dump(t, f.store, slug)
	if err := f.Rebuild(f.ctx, slug); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(before, dump(t, f.store, slug)); d != "" {
		t.Errorf("rebuilt differs: %s", d)
	}
	f.wantCode(f.Rebuild(f.ctx, "nobody"), ledger.CodeNotFound)
	f.append(slug, exclude(register.KindUsage, "u2"))
	if v := f.verify(slug, ""); !v.OK {
		t.Error(v.Text)
	}
}

func testTransaction(t *testing.T, f *fixture) {
	f.sample()
	before := dump(t, f.store, slug)
	boom := errors.New("boom")
	err := f.store.Update(f.ctx, func(tx ledger.Tx) error {
		if _, err := tx.CreateBody(f.ctx, "half"); err != nil {
			return err
		}
		if err := tx.Reset(f.ctx, slug); err != nil {
			return err
		}
		return boom
	})
	if !errors.Is(err, boom) {
		t.Errorf("error = %v, want that of the function", err)
	}
	if d := cmp.Diff(before, dump(t, f.store, slug)); d != "" {
		t.Errorf("something is left of a transaction that failed: %s", d)
	}
	if _, err := f.Head(f.ctx, "half"); !errors.Is(err, ledger.ErrNotFound) {
		t.Errorf("half a body: %v", err)
	}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("a panic was swallowed")
			}
		}()
		f.store.Update(f.ctx, func(tx ledger.Tx) error { panic("boom") })
	}()
	f.append(slug, exclude(register.KindUsage, "u1")) // the panic left no lock
}

func testSnapshot(t *testing.T, f *fixture) {
	f.sample()
	err := f.store.View(f.ctx, func(v ledger.View) error {
		before, err := v.Head(f.ctx, slug)
		if err != nil {
			return err
		}
		f.append(slug, exclude(register.KindUsage, "u1"))
		after, err := v.Head(f.ctx, slug)
		if err != nil {
			return err
		}
		if after != before {
			t.Errorf("head seen by a reader moved from %d to %d", before.N, after.N)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
