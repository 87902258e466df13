package storetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/pointhealth"
	"perechen/internal/upkeep"
)

// testHealth: what was seen of a point is written over, dropped, and sealed off; so is what the body has chosen.
func testHealth(t *testing.T, f *fixture, s upkeep.Store) {
	at := time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
	first := pointhealth.Record{Point: "site", Check: pointhealth.Site, Value: "aa", Fails: at, Looks: []pointhealth.Look{{Time: at, Verdict: pointhealth.Bad, Text: "Сайт не ответил\nсовсем."}}}
	second := first
	second.Broken = at.Add(time.Hour)
	other := pointhealth.Record{Point: "box", Check: pointhealth.Mail, Value: "bb", Looks: []pointhealth.Look{{Time: at, Verdict: pointhealth.Good, Text: "Есть."}}}
	put := func(fn func(tx upkeep.Tx) error) {
		t.Helper()
		if err := s.Update(f.ctx, fn); err != nil {
			t.Fatal(err)
		}
	}
	holds := func(set pointhealth.Setting, rs ...pointhealth.Record) {
		t.Helper()
		if err := s.View(f.ctx, func(v upkeep.View) error {
			got, err := v.HealthRecords(f.ctx, slug)
			if diff := cmp.Diff(rs, got, cmp.AllowUnexported(pointhealth.Look{})); err != nil || diff != "" {
				t.Error(err, diff)
			}
			is, err := v.HealthSetting(f.ctx, slug)
			if diff := cmp.Diff(set, is); err != nil || diff != "" {
				t.Error(err, diff)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	holds(pointhealth.Setting{})
	put(func(tx upkeep.Tx) error { return tx.PutHealth(f.ctx, slug, first) })
	put(func(tx upkeep.Tx) error { return tx.PutHealth(f.ctx, slug, other) })
	put(func(tx upkeep.Tx) error { return tx.PutHealth(f.ctx, slug, second) })
	on := pointhealth.Setting{On: true, By: "u1", At: at}
	put(func(tx upkeep.Tx) error { return tx.PutHealthSetting(f.ctx, slug, pointhealth.Setting{}) })
	put(func(tx upkeep.Tx) error { return tx.PutHealthSetting(f.ctx, slug, on) })
	holds(on, other, second)
	put(func(tx upkeep.Tx) error { return tx.DropHealth(f.ctx, slug, "box") })
	holds(on, second)
}
