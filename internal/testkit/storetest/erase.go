package storetest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/ledger"
	"perechen/internal/register"
)

var law = register.Ground{Clause: "4.1", Text: "отзыв согласия на обработку персональных данных", Act: "Федеральный закон № 152-ФЗ"}

func testErase(t *testing.T, f *fixture) {
	f.sample()
	officer := register.Appointment{Key: "officer", Role: "officer", Person: "Иванова Мария Петровна"}
	n := f.append(slug, include(officer)).From
	room2 := room
	room2.Label = "Кабинет № 6"
	f.append(slug, amend(room2))
	before, err := f.Checkpoint(f.ctx, slug, 0)
	if err != nil {
		t.Fatal(err)
	}
	f.state(n) // now it is in memory
	if err := f.Erase(f.ctx, slug, n, law, "admin"); err != nil {
		t.Fatal(err)
	}
	if err := f.Erase(f.ctx, slug, 8, law, "admin"); err != nil { // the room as it was
		t.Fatal(err)
	}
	for _, at := range []int64{n, 0} {
		if as := f.state(at).Appointments; len(as) != 0 {
			t.Errorf("appointments at %d after erasure: %v", at, as)
		}
	}
	es, err := f.History(f.ctx, slug, register.KindAppointment, "officer")
	if err != nil || len(es) != 1 || !es[0].Erased || es[0].Content != nil {
		t.Errorf("history = %+v, %v, want one erased entry", es, err)
	}
	if p, ok := f.state(0).Touchpoint("room"); !ok || p.Label != room2.Label {
		t.Errorf("room = %+v, want its present content", p)
	}
	p, err := f.Rows(f.ctx, slug, 12, ledger.Query{Touchpoint: "room"})
	if err != nil || p.Total != 2 || p.Rows[0].Touchpoint.Label != "" || p.Rows[0].Touchpoint.Key != "room" {
		t.Errorf("rows of before the erasure = %+v, %v, want a point with only its key", p, err)
	}
	v := f.verify(slug, before)
	if !v.OK || v.Erased != 2 {
		t.Errorf("verify after erasure: %+v", v)
	}
	// The subject is gone, so it may be included again.
	f.refuse(ledger.CodeRefused, amend(officer))
	f.refuse(ledger.CodeRefused, exclude(register.KindAppointment, "officer"))
	f.append(slug, include(officer))
	if d := cmp.Diff([]register.Appointment{officer}, f.state(0).Appointments); d != "" {
		t.Error(d)
	}
	es, err = f.History(f.ctx, slug, register.KindAppointment, "officer")
	if err != nil || len(es) != 2 || !es[0].Erased || es[1].Erased {
		t.Errorf("history = %+v, %v", es, err)
	}
	if err := f.Rebuild(f.ctx, slug); err != nil {
		t.Fatal(err)
	}
	if v := f.verify(slug, before); !v.OK || v.Erased != 2 {
		t.Errorf("verify after rebuild: %+v", v)
	}
}

func testEraseRefused(t *testing.T, f *fixture) {
	f.sample()
	if _, err := f.Approve(f.ctx, slug, register.Edition{Number: 1, Date: "2026-02-16"}, "head"); err != nil {
		t.Fatal(err)
	}
	f.append(slug, exclude(register.KindUsage, "u1"))
	if err := f.Erase(f.ctx, slug, 9, law, "admin"); err != nil { // superseded by the exclusion
		t.Fatal(err)
	}
	for n, code := range map[int64]string{
		0: ledger.CodeNotFound, 99: ledger.CodeNotFound,
		1: ledger.CodeRefused, 2: ledger.CodeRefused, // the body and its procedure in force
		4: ledger.CodeRefused, 8: ledger.CodeRefused, // a process and a point in use
		9:  ledger.CodeRefused, // erased already
		13: ledger.CodeRefused, // an edition
		14: ledger.CodeRefused, // an exclusion
		15: ledger.CodeRefused, // an erasure
	} {
		f.wantCode(f.Erase(f.ctx, slug, n, law, "admin"), code)
	}
	f.wantCode(f.Erase(f.ctx, slug, 10, register.Ground{}, "admin"), ledger.CodeInvalid)
	if err := f.Erase(f.ctx, slug, 6, law, "admin"); err != nil { // a point that nothing uses any more
		t.Error(err)
	}
	if v := f.verify(slug, ""); !v.OK || v.Erased != 2 {
		t.Errorf("verify: %+v", v)
	}
}
