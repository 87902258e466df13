package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/ledger"
	"perechen/internal/register"
)

func testReferences(t *testing.T, f *fixture) {
	f.sample()
	u := register.Usage{Key: "u9", Process: "hiring", Touchpoint: "nowhere"}
	f.refuse(ledger.CodeRefused, include(u))
	u.Process, u.Touchpoint = "nothing", "phone"
	f.refuse(ledger.CodeRefused, include(u))
	u.Process, u.Touchpoint = "hiring", ""
	f.refuse(ledger.CodeInvalid, include(u))
	f.refuse(ledger.CodeRefused, exclude(register.KindTouchpoint, "phone"))
	f.refuse(ledger.CodeRefused, exclude(register.KindProcess, "leave"))
	// Inside one batch the order does not matter.
	late := register.Touchpoint{Key: "late", Kind: "site", Label: "Портал", Position: 4}
	u.Process, u.Touchpoint = "", "late"
	f.append(slug, include(u), include(late))
	moved := usages[0]
	moved.Touchpoint = "late"
	f.append(slug, exclude(register.KindTouchpoint, "phone"), amend(moved))
	f.append(slug, exclude(register.KindProcess, "leave"), exclude(register.KindUsage, "u3"))
	f.append(slug, exclude(register.KindTouchpoint, "site"), exclude(register.KindUsage, "u2"), include(site2()))
	f.refuse(ledger.CodeRefused, amend(usages[0]))
	if v := f.verify(slug, ""); !v.OK {
		t.Error(v.Text)
	}
}

// testProcedure: a body can go over to another Порядок, and is never without one.
func testProcedure(t *testing.T, f *fixture) {
	f.sample()
	next := sampleProcedure()
	next.ID, next.Title = "sample-2", "Порядок 2027 года"
	include2 := register.Change{Op: register.Include, Kind: register.KindProcedure, Key: next.ID, Content: register.Encode(next)}
	org := register.Organisation{Slug: slug, Name: "Комитет", Procedure: next.ID}
	f.refuse(ledger.CodeRefused, exclude(register.KindProcedure, "sample-1"))
	f.refuse(ledger.CodeRefused, amend(org))
	f.append(slug, amend(org), include2, exclude(register.KindProcedure, "sample-1"))
	for n, want := range map[int64]string{12: "Порядок ведения перечня", 0: next.Title} {
		if p, err := f.Procedure(f.ctx, slug, n); err != nil || p.Title != want {
			t.Errorf("procedure at %d = %v, %v, want %s", n, p, err, want)
		}
	}
	if v := f.verify(slug, ""); !v.OK {
		t.Error(v.Text)
	}
}

func site2() register.Touchpoint {
	s := site
	s.Value = "new.alania.gov.ru"
	return s
}

func testClock(t *testing.T, f *fixture) {
	f.body(slug)
	at := f.clock
	f.clock = at.Add(-time.Hour)
	if r := f.append(slug, include(hiring)); !r.Head.Time.Equal(at) {
		t.Errorf("time recorded under a clock set back = %v, want %v", r.Head.Time, at)
	}
	f.clock = at.Add(time.Hour + 123*time.Nanosecond)
	if r := f.append(slug, include(leave)); !r.Head.Time.Equal(at.Add(time.Hour)) {
		t.Errorf("time = %v, want whole microseconds", r.Head.Time)
	}
}

func testAsOf(t *testing.T, f *fixture) {
	f.sample()
	first := f.state(12)
	f.clock = f.clock.AddDate(0, 0, 1)
	f.append(slug, exclude(register.KindUsage, "u1"))
	f.clock = f.clock.AddDate(0, 1, 0)
	moved := usages[1]
	moved.Position = 9
	f.append(slug, amend(moved))
	if d := cmp.Diff(usages, first.Usages); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]register.Process{hiring, leave}, f.state(13).Processes); d != "" {
		t.Error(d)
	}
	for n, want := range map[int64][]string{8: nil, 9: {"u1"}, 12: {"u1", "u2", "u3", "u4"}, 13: {"u2", "u3", "u4"}, 14: {"u3", "u4", "u2"}, 0: {"u3", "u4", "u2"}} {
		var got []string
		for _, u := range f.state(n).Usages {
			got = append(got, u.Key)
		}
		if !cmp.Equal(got, want) {
			t.Errorf("usages at %d = %v, want %v", n, got, want)
		}
	}
	for day, want := range map[register.Date]int64{"2026-02-15": 0, "2026-02-16": 12, "2026-02-17": 13, "2026-03-16": 13, "2026-03-17": 14, "2030-01-01": 14} {
		if n, err := f.At(f.ctx, slug, day); err != nil || n != want {
			t.Errorf("At(%s) = %d, %v, want %d", day, n, err, want)
		}
	}
	_, err := f.At(f.ctx, slug, "16.02.2026")
	f.wantCode(err, ledger.CodeInvalid)
	_, err = f.State(f.ctx, slug, 15)
	f.wantCode(err, ledger.CodeNotFound)
	if _, err := f.Procedure(f.ctx, slug, 1); err == nil {
		t.Error("there is a procedure before its entry")
	}
}

func testHistory(t *testing.T, f *fixture) {
	f.sample()
	moved := phone
	moved.Value = "8 (8672) 64-90-23"
	f.append(slug, amend(moved))
	f.append(slug, exclude(register.KindUsage, "u1"), exclude(register.KindTouchpoint, "phone"))
	f.append(slug, include(phone))
	es, err := f.History(f.ctx, slug, register.KindTouchpoint, "phone")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range es {
		got = append(got, fmt.Sprint(e.N, " ", e.Op))
	}
	if want := []string{"6 include", "13 change", "15 exclude", "16 include"}; !cmp.Equal(got, want) {
		t.Errorf("history = %v, want %v", got, want)
	}
	if es, err := f.History(f.ctx, slug, register.KindTouchpoint, "never"); err != nil || len(es) != 0 {
		t.Errorf("history of nothing = %v, %v", es, err)
	}
}

// testManyChanges holds the way of big batches against that of small ones.
func testManyChanges(t *testing.T, f *fixture) {
	f.body(slug)
	f.body("minec")
	cs := []register.Change{include(hiring), include(phone), include(site)}
	for i := range 700 {
		u := usages[i%2]
		u.Key, u.Position = fmt.Sprintf("u%d", i), i
		cs = append(cs, include(u))
		if i%7 == 3 {
			u.Text = "изменено"
			cs = append(cs, amend(u), amend(u))
		}
		if i%11 == 5 {
			cs = append(cs, exclude(register.KindUsage, u.Key))
		}
		if i%22 == 5 {
			cs = append(cs, include(u))
		}
	}
	f.append(slug, cs...)
	for _, c := range cs {
		f.append("minec", c)
	}
	a, b := f.state(0), func() *register.Register {
		r, err := f.State(f.ctx, "minec", 0)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}()
	if d := cmp.Diff(a.Usages, b.Usages); d != "" || a.N != b.N || len(a.Usages) < 600 {
		t.Errorf("%d usages at %d and %d at %d: %s", len(a.Usages), a.N, len(b.Usages), b.N, d)
	}
	for _, s := range []string{slug, "minec"} {
		if v := f.verify(s, ""); !v.OK {
			t.Errorf("%s: %s", s, v.Text)
		}
	}
}

// testSealedOff: the same keys in two bodies are two subjects.
func testSealedOff(t *testing.T, f *fixture) {
	f.sample()
	f.body("minec")
	other := phone
	other.Value = "8 (8672) 53-00-00"
	f.append("minec", include(other))
	r, err := f.State(f.ctx, "minec", 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Touchpoints) != 1 || r.Touchpoints[0].Value != other.Value || len(r.Usages) != 0 {
		t.Errorf("state of the other body = %+v", r)
	}
	if p, _ := f.state(0).Touchpoint("phone"); p.Value != phone.Value {
		t.Errorf("point = %s, want %s", p.Value, phone.Value)
	}
	if err := f.Rebuild(f.ctx, "minec"); err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{slug, "minec"} {
		if v := f.verify(s, ""); !v.OK {
			t.Errorf("%s: %s", s, v.Text)
		}
	}
	cp, err := f.Checkpoint(f.ctx, "minec", 0)
	if err != nil {
		t.Fatal(err)
	}
	if v := f.verify(slug, cp); v.OK {
		t.Error("a checkpoint of another body was taken for one's own")
	}
	if page, err := f.Rows(f.ctx, "minec", 0, ledger.Query{Text: "телефон"}); err != nil || page.Total != 0 {
		t.Errorf("rows of the other body = %+v, %v", page, err)
	}
}
