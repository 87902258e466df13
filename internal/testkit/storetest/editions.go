package storetest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/ledger"
	"perechen/internal/register"
)

func testEditions(t *testing.T, f *fixture) {
	f.body(slug)
	act := register.Act{Kind: "приказ", Number: "9-р", Date: "2026-02-16"}
	_, err := f.Approve(f.ctx, slug, register.Edition{Number: 1, Date: "2026-02-16", Act: act}, "head")
	f.wantCode(err, ledger.CodeRefused) // empty
	f.append(slug, include(hiring), include(phone), include(usages[0]))
	e, err := f.Approve(f.ctx, slug, register.Edition{Number: 2, Date: "2026-02-16", Act: act}, "head")
	if err != nil || e.N != 6 {
		t.Fatalf("edition = %+v, %v, want N 6", e, err)
	}
	for _, bad := range []register.Edition{{Number: 2, Date: "2026-03-01"}, {Number: 1, Date: "2026-03-01"}, {Number: 3, Date: "2026-02-15"}, {Number: -1, Date: "2026-03-01"}} {
		_, err := f.Approve(f.ctx, slug, bad, "head")
		f.wantCode(err, ledger.CodeRefused)
	}
	_, err = f.Approve(f.ctx, slug, register.Edition{Number: 3, Date: "завтра"}, "head")
	f.wantCode(err, ledger.CodeInvalid)
	f.append(slug, include(site))
	e2, err := f.Approve(f.ctx, slug, register.Edition{Date: "2026-02-16"}, "head")
	if err != nil || e2.Number != 3 || e2.N != 8 {
		t.Errorf("next edition = %+v, %v, want number 3 at 8", e2, err)
	}
	if d := cmp.Diff([]register.Edition{e, e2}, f.state(0).Editions); d != "" {
		t.Error(d)
	}
	if len(f.state(e.N).Touchpoints) != 1 || len(f.state(e2.N).Touchpoints) != 2 {
		t.Error("an edition is not the register at its entry")
	}
	es, err := f.History(f.ctx, slug, register.KindEdition, "2")
	if err != nil || len(es) != 1 || es[0].Ground.Act != "приказ № 9-р от 2026-02-16" || es[0].Actor != "head" {
		t.Errorf("entry of the edition = %+v, %v", es, err)
	}
}

func testDecisions(t *testing.T, f *fixture) {
	f.sample()
	finding := register.Finding{ID: "R3-1a2b3c4d", Rule: "R3", Clause: "3.2", Subject: "0123456789abcdef"}
	f.wantCode(f.Reject(f.ctx, slug, finding, "  ", "officer-1"), ledger.CodeInvalid)
	if err := f.Reject(f.ctx, slug, finding, "телефон служебный", "officer-1"); err != nil {
		t.Fatal(err)
	}
	finding.Subject = "fedcba9876543210"
	if err := f.Reject(f.ctx, slug, finding, "по-прежнему служебный", "officer-1"); err != nil {
		t.Fatal(err)
	}
	want := []register.Decision{{Finding: finding.ID, Rule: "R3", Subject: finding.Subject, Reason: "по-прежнему служебный", Date: "2026-02-16"}}
	if d := cmp.Diff(want, f.state(0).Decisions); d != "" {
		t.Error(d)
	}
	f.append(slug, exclude(register.KindDecision, finding.ID))
	if ds := f.state(0).Decisions; len(ds) != 0 {
		t.Errorf("decisions = %v, want none", ds)
	}
}
