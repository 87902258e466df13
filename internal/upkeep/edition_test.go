package upkeep_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/proof"
	"perechen/internal/register"
	"perechen/internal/testkit"
	"perechen/internal/testkit/stores"
	"perechen/internal/upkeep"
)

// An office is a body with its people at a desk: u-officer, u-second (officer too), u-head, u-deputy (of the head), u-clerk
// of a department, u-stranger of another body.
type office struct {
	*testing.T
	*upkeep.Desk
	ctx   context.Context
	l     *ledger.Ledger
	slug  string
	now   time.Time
	print func(e register.Edition) ([]upkeep.File, error)
}

func (o *office) Print(_ context.Context, _ string, e register.Edition) ([]upkeep.File, error) {
	return o.print(e)
}

func newOffice(t *testing.T) *office {
	t.Helper()
	ctx := context.Background()
	s := stores.Open(t)
	key, err := proof.GenerateKey("perechen.test")
	if err != nil {
		t.Fatal(err)
	}
	o := &office{T: t, ctx: ctx, slug: "minprirody", now: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return o.now }
	o.l = ledger.New(s, key, clock)
	o.Desk = upkeep.New(s.Upkeep(), o.l, nil, clock)
	o.print = func(e register.Edition) ([]upkeep.File, error) {
		return []upkeep.File{{Document: register.Document{Name: "otchet.pdf", Format: "pdf"}, Content: []byte("отчёт " + e.Act.Number)}}, nil
	}
	o.Prints(o)
	sample := testkit.Clean()
	ground := register.Ground{Text: "первое формирование", Act: "приказ № 118-п"}
	for _, slug := range []string{"minprirody", "other"} {
		org := sample.Register.Organisation
		org.Slug = slug
		if err := o.l.AddBody(ctx, org, sample.Procedure, ground, "local"); err != nil {
			t.Fatal(err)
		}
		var cs []register.Change
		add := func(kind register.Kind, key string, v any) {
			cs = append(cs, register.Change{Op: register.Include, Kind: kind, Key: key, Content: register.Encode(v)})
		}
		for _, x := range sample.Register.Processes {
			add(register.KindProcess, x.Key, x)
		}
		for _, x := range sample.Register.Touchpoints {
			add(register.KindTouchpoint, x.Key, x)
		}
		for _, x := range sample.Register.Usages {
			add(register.KindUsage, x.Key, x)
		}
		people := []register.Appointment{{Key: "b1", Role: register.RoleHead, Account: "u-stranger"}, {Key: "b2", Role: register.RoleOfficer, Account: "u-stranger"}}
		if slug == o.slug {
			people = []register.Appointment{
				{Key: "b1", Role: register.RoleOfficer, Account: "u-officer"},
				{Key: "b2", Role: register.RoleOfficer, Account: "u-second"},
				{Key: "b3", Role: register.RoleHead, Account: "u-head"},
				{Key: "b4", Role: register.RoleHead, Account: "u-deputy", Deputy: true, To: "2026-03-31"},
				{Key: "b5", Role: register.RoleHead, Account: "u-officer", Deputy: true},
				{Key: "b6", Role: register.RoleDepartment, Account: "u-clerk", Department: "kadry"},
			}
		}
		for _, x := range people {
			x.Person, x.Act = "Лицо", register.Act{Kind: "приказ", Number: "1", Date: "2026-01-01"}
			add(register.KindAppointment, x.Key, x)
		}
		if _, err := o.l.Append(ctx, slug, ledger.Batch{Changes: cs, Ground: ground, Actor: "local", Head: ledger.AnyHead}); err != nil {
			t.Fatal(err)
		}
	}
	return o
}

func (o *office) as(account string) upkeep.Actor { return upkeep.Actor{Account: account} }

func (o *office) head() ledger.Head {
	o.Helper()
	h, err := o.l.Head(o.ctx, o.slug)
	if err != nil {
		o.Fatal(err)
	}
	return h
}

func (o *office) prepare(account string) upkeep.PreparedEdition {
	o.Helper()
	p, err := o.PrepareEdition(o.ctx, o.as(account), o.slug, upkeep.Preparation{Head: o.head().N, Note: "  весенняя "})
	if err != nil {
		o.Fatal(err)
	}
	return p
}

func approval(p upkeep.PreparedEdition) upkeep.Approval {
	return upkeep.Approval{Number: p.Number, N: p.N, Root: p.Root, Act: register.Act{Kind: "приказ", Number: " 9-р ", Date: "2026-03-02"}}
}

// refuse expects an error of that code and an unchanged log.
func (o *office) refuse(what, code string, do func() error) {
	o.Helper()
	before := o.head()
	err := do()
	if upkeep.CodeOf(err) != code {
		o.Errorf("%s: error %v, want code %s", what, err, code)
	}
	if o.head() != before {
		o.Errorf("%s: something was written", what)
	}
}

func TestEditionIsApprovedAsItWasPrepared(t *testing.T) {
	o := newOffice(t)
	var heard []string
	o.On(func(_ context.Context, _ upkeep.Tx, e upkeep.Event) error {
		heard = append(heard, e.Kind+" "+strings.Join(e.To, ","))
		return nil
	})
	p := o.prepare("u-second")
	if p.Number != 1 || p.N != o.head().N || p.Note != "весенняя" {
		t.Fatalf("prepared %+v", p)
	}
	e, err := o.ApproveEdition(o.ctx, o.as("u-head"), o.slug, approval(p))
	if err != nil {
		t.Fatal(err)
	}
	if e.Act.Number != "9-р" || e.Date != "2026-03-02" || e.N != p.N || len(e.Documents) != 1 || e.Documents[0].SHA256 != ledger.FileSum([]byte("отчёт 9-р")) {
		t.Errorf("edition %+v", e)
	}
	o.print = func(register.Edition) ([]upkeep.File, error) { return nil, errors.New("the fonts have changed") }
	if _, content, err := o.l.Document(o.ctx, o.slug, 1, "pdf"); err != nil || string(content) != "отчёт 9-р" {
		t.Errorf("the file of the edition: %q, %v", content, err)
	}
	if _, ok, err := o.Prepared(o.ctx, o.as("u-head"), o.slug); ok || err != nil {
		t.Errorf("an approved edition is still prepared (%v)", err)
	}
	if v, err := o.l.Verify(o.ctx, o.slug, "", nil); err != nil || !v.OK {
		t.Errorf("verify: %+v, %v", v, err)
	}
	want := []string{upkeep.EventEditionPrepared + " u-head,u-deputy,u-officer", upkeep.EventEditionApproved + " u-second"}
	if strings.Join(heard, "|") != strings.Join(want, "|") {
		t.Errorf("heard %q, want %q", heard, want)
	}
	o.refuse("the same approval again", upkeep.CodeNotFound, func() error {
		_, err := o.ApproveEdition(o.ctx, o.as("u-head"), o.slug, approval(p))
		return err
	})
}

func TestWhoMayNotPrepareOrApprove(t *testing.T) {
	o := newOffice(t)
	for _, account := range []string{"", "u-clerk", "u-head", "u-stranger", "u-nobody"} {
		o.refuse(account+" prepares", upkeep.CodeRefused, func() error {
			_, err := o.PrepareEdition(o.ctx, o.as(account), o.slug, upkeep.Preparation{Head: o.head().N})
			return err
		})
	}
	p := o.prepare("u-officer")
	for _, account := range []string{"", "u-second", "u-clerk", "u-stranger", "u-officer"} { // the last is a deputy of the head too
		o.refuse(account+" approves", upkeep.CodeRefused, func() error {
			_, err := o.ApproveEdition(o.ctx, o.as(account), o.slug, approval(p))
			return err
		})
	}
	for _, account := range []string{"", "u-stranger", "u-nobody"} {
		if _, ok, err := o.Prepared(o.ctx, o.as(account), o.slug); ok || err != nil {
			t.Errorf("%q is told what is prepared (%v)", account, err)
		}
	}
	o.now = time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
	o.refuse("a deputy whose time is over", upkeep.CodeRefused, func() error {
		_, err := o.ApproveEdition(o.ctx, o.as("u-deputy"), o.slug, approval(p))
		return err
	})
	if _, err := o.ApproveEdition(o.ctx, o.as("u-head"), o.slug, approval(p)); err != nil {
		t.Error(err)
	}
}

func TestPreparedEditionIsVoidWithTheNextEntry(t *testing.T) {
	o := newOffice(t)
	old := o.prepare("u-officer")
	again := o.prepare("u-second")
	again.N++ // as if looked at in another log
	o.refuse("another entry", upkeep.CodeStale, func() error {
		_, err := o.ApproveEdition(o.ctx, o.as("u-head"), o.slug, approval(again))
		return err
	})
	x := approval(old)
	x.Root = "other"
	o.refuse("another root", upkeep.CodeStale, func() error {
		_, err := o.ApproveEdition(o.ctx, o.as("u-head"), o.slug, x)
		return err
	})
	o.change("t-email")
	o.refuse("after a change", upkeep.CodeStale, func() error {
		_, err := o.ApproveEdition(o.ctx, o.as("u-head"), o.slug, approval(old))
		if err != nil && !strings.Contains(err.Error(), "1\u00a0запись") {
			t.Errorf("the refusal does not say how much was written: %v", err)
		}
		return err
	})
	o.refuse("preparing by an old page", upkeep.CodeStale, func() error {
		_, err := o.PrepareEdition(o.ctx, o.as("u-officer"), o.slug, upkeep.Preparation{Head: old.N})
		return err
	})
	p := o.prepare("u-officer")
	// Somebody writes while the documents are being printed.
	print := o.print
	o.print = func(e register.Edition) ([]upkeep.File, error) {
		o.change("t-site")
		return print(e)
	}
	if _, err := o.ApproveEdition(o.ctx, o.as("u-head"), o.slug, approval(p)); upkeep.CodeOf(err) != upkeep.CodeStale {
		t.Errorf("approved something else than what was prepared: %v", err)
	}
	if n := len(o.state().Editions); n != 0 {
		t.Errorf("%d editions", n)
	}
}

func TestApprovalAsksForTheAct(t *testing.T) {
	o := newOffice(t)
	p := o.prepare("u-officer")
	for field, act := range map[string]register.Act{
		"act_number": {Kind: "приказ", Number: "  ", Date: "2026-03-02"},
		"act_date":   {Kind: "приказ", Number: "9-р", Date: "2026-03-03"}, // tomorrow
		"act_kind":   {Number: "9-р", Date: "2026-03-02"},
	} {
		o.refuse(field, upkeep.CodeInvalid, func() error {
			x := approval(p)
			x.Act = act
			_, err := o.ApproveEdition(o.ctx, o.as("u-head"), o.slug, x)
			var e *upkeep.Error
			if !errors.As(err, &e) || len(e.Fields) != 1 || e.Fields[0].Field != field {
				t.Errorf("%s: %+v", field, e)
			}
			return err
		})
	}
	if _, err := o.PrepareEdition(o.ctx, o.as("u-officer"), o.slug, upkeep.Preparation{Head: o.head().N, Date: "2026-02-30"}); upkeep.CodeOf(err) != upkeep.CodeInvalid {
		t.Errorf("an impossible date: %v", err)
	}
	if _, err := o.PrepareEdition(o.ctx, o.as("u-officer"), o.slug, upkeep.Preparation{Head: o.head().N, Number: -1}); upkeep.CodeOf(err) != upkeep.CodeInvalid {
		t.Errorf("a negative number: %v", err)
	}
}

func TestPublications(t *testing.T) {
	o := newOffice(t)
	if _, err := o.ApproveEdition(o.ctx, o.as("u-head"), o.slug, approval(o.prepare("u-officer"))); err != nil {
		t.Fatal(err)
	}
	site := register.Publication{Edition: 1, Date: "2026-03-02", Where: "официальный сайт", Link: "https://minprirody.primer.ru/perechen"}
	for _, where := range []string{"официальный сайт", "информационный стенд, 2 этаж"} {
		p := site
		if p.Where = where; where != site.Where {
			p.Link = ""
		}
		if _, err := o.Publish(o.ctx, o.as("u-officer"), o.slug, p); err != nil {
			t.Fatal(err)
		}
	}
	o.refuse("twice the same", upkeep.CodeRefused, func() error { _, err := o.Publish(o.ctx, o.as("u-head"), o.slug, site); return err })
	o.refuse("a clerk", upkeep.CodeRefused, func() error { _, err := o.Publish(o.ctx, o.as("u-clerk"), o.slug, site); return err })
	for _, bad := range []register.Publication{
		{Edition: 1, Date: "2026-03-01", Where: "сайт"}, {Edition: 1, Date: "2026-03-03", Where: "сайт"}, {Edition: 1, Date: "2026-03-02"},
		{Edition: 1, Date: "2026-03-02", Where: "сайт", Link: "javascript:alert(1)"},
	} {
		o.refuse("a bad publication", upkeep.CodeInvalid, func() error { _, err := o.Publish(o.ctx, o.as("u-officer"), o.slug, bad); return err })
	}
	o.refuse("of no edition", upkeep.CodeNotFound, func() error {
		_, err := o.Publish(o.ctx, o.as("u-officer"), o.slug, register.Publication{Edition: 7, Date: "2026-03-02", Where: "сайт"})
		return err
	})
	if err := o.Unpublish(o.ctx, o.as("u-officer"), o.slug, 1, "1-1"); err != nil {
		t.Fatal(err)
	}
	o.refuse("what is gone", upkeep.CodeNotFound, func() error { return o.Unpublish(o.ctx, o.as("u-officer"), o.slug, 1, "1-1") })
	if ps := o.state().Publications; len(ps) != 1 || ps[0].Key != "1-2" {
		t.Errorf("publications %+v", ps)
	}
}

func TestFindingsAreRejectedAndRestored(t *testing.T) {
	o := newOffice(t)
	f := register.Finding{ID: "R16-1a2b3c4d", Rule: "R16", Subject: "0123456789abcdef", Clause: "4.2"}
	o.refuse("a clerk", upkeep.CodeRefused, func() error { return o.RejectFinding(o.ctx, o.as("u-clerk"), o.slug, f, "так и надо") })
	o.refuse("no reason", upkeep.CodeInvalid, func() error { return o.RejectFinding(o.ctx, o.as("u-officer"), o.slug, f, " \n") })
	o.refuse("a long reason", upkeep.CodeInvalid, func() error {
		return o.RejectFinding(o.ctx, o.as("u-officer"), o.slug, f, strings.Repeat("а", 1501))
	})
	if err := o.RejectFinding(o.ctx, o.as("u-officer"), o.slug, f, strings.Repeat("а", 1500)); err != nil {
		t.Fatal(err)
	}
	o.refuse("twice", upkeep.CodeStale, func() error { return o.RejectFinding(o.ctx, o.as("u-second"), o.slug, f, "и я") })
	o.refuse("a clerk undoes", upkeep.CodeRefused, func() error { return o.RestoreFinding(o.ctx, o.as("u-clerk"), o.slug, f.ID) })
	if err := o.RestoreFinding(o.ctx, o.as("u-second"), o.slug, f.ID); err != nil {
		t.Fatal(err)
	}
	o.refuse("undone twice", upkeep.CodeNotFound, func() error { return o.RestoreFinding(o.ctx, o.as("u-second"), o.slug, f.ID) })
	if ds := o.state().Decisions; len(ds) != 0 {
		t.Errorf("decisions %+v", ds)
	}
}

func (o *office) state() *register.Register {
	o.Helper()
	r, err := o.l.State(o.ctx, o.slug, 0)
	if err != nil {
		o.Fatal(err)
	}
	return r
}

// change appends an entry about a point.
func (o *office) change(key string) {
	o.Helper()
	p, _ := o.state().Touchpoint(key)
	p.Place += "!"
	c := register.Change{Op: register.Amend, Kind: register.KindTouchpoint, Key: key, Content: register.Encode(p)}
	if _, err := o.l.Append(o.ctx, o.slug, ledger.Batch{Changes: []register.Change{c}, Ground: register.Ground{Clause: "4.1"}, Actor: "local", Head: ledger.AnyHead}); err != nil {
		o.Fatal(err)
	}
}
