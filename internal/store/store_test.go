package store

import (
	"context"
	"testing"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

func TestLife(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	if err := Init(ctx, dir); err != nil {
		t.Fatal(err)
	}
	s, key, err := Open(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	l := ledger.New(s, key, time.Now)
	p := &procedure.Procedure{ID: "x-1", Departments: []procedure.Department{{Key: "kadry", Title: "отдел кадров"}}}
	if err := l.AddBody(ctx, register.Organisation{Slug: "x", Name: "Орган"}, p, register.Ground{Text: "начало"}, "cli"); err != nil {
		t.Fatal(err)
	}
	inc := func(k register.Kind, key string, v any) register.Change {
		return register.Change{Op: register.Include, Kind: k, Key: key, Content: register.Encode(v)}
	}
	r, err := l.Append(ctx, "x", ledger.Batch{Head: 3, Actor: "cli", Ground: register.Ground{Clause: "4.1"}, Changes: []register.Change{
		inc(register.KindProcess, "p1", register.Process{Key: "p1", Title: "Кадровый приём", Position: 1}),
		inc(register.KindTouchpoint, "t1", register.Touchpoint{Key: "t1", Kind: "phone", Label: "Телефон", Value: "8 800", Position: 1}),
		inc(register.KindUsage, "u1", register.Usage{Key: "u1", Process: "p1", Touchpoint: "t1", Text: "получение консультации", Needs: []register.NeedRef{{Code: "info", Text: "консультация"}}, Position: 1}),
	}})
	if err != nil {
		t.Fatal(err)
	}
	if r.From != 4 || r.To != 6 {
		t.Errorf("receipt %+v", r)
	}
	page, err := l.Rows(ctx, "x", 0, ledger.Query{Text: "консультация приём"})
	if err != nil || page.Total != 1 {
		t.Fatalf("%+v %v", page, err)
	}
	st, err := l.State(ctx, "x", 5)
	if err != nil || len(st.Touchpoints) != 1 || len(st.Usages) != 0 {
		t.Fatalf("%+v %v", st, err)
	}
	e, err := l.Approve(ctx, "x", register.Edition{Number: 1, Date: "2026-02-16"}, "cli")
	if err != nil || e.N != 6 {
		t.Fatal(e, err)
	}
	h, err := l.History(ctx, "x", register.KindUsage, "u1")
	if err != nil || len(h) != 1 {
		t.Fatal(h, err)
	}
	orgs, err := l.Bodies(ctx)
	if err != nil || len(orgs) != 1 || orgs[0].Procedure != "x-1" {
		t.Fatal(orgs, err)
	}
}
