package upkeep_test

import (
	"errors"
	"strings"
	"testing"

	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// TestTwoPeopleAtOnePoint: the second gets both texts, field by field, and chooses.
func TestTwoPeopleAtOnePoint(t *testing.T) {
	o := newCrowd(t)
	mine := o.save("u-clerk", o.phone(func(t *register.Touchpoint) {
		newNumber(t)
		t.Hours = "понедельник с 9:00 до 10:00"
	}))
	theirs := o.submit("u-it", o.save("u-it", o.phone(func(t *register.Touchpoint) {
		t.Value = "8 (4999) 20-11-55"
		t.Place = "ул. Примерная, 1"
	})))
	p := o.submit("u-clerk", mine)
	if _, err := o.include("u-officer", theirs); err != nil {
		t.Fatal(err)
	}
	var e *upkeep.Error
	o.refuse("inclusion over what somebody else included", upkeep.CodeConflict, func() error {
		_, err := o.include("u-officer", p)
		errors.As(err, &e)
		return err
	})
	if e == nil || len(e.Conflicts) != 1 {
		t.Fatalf("conflicts %+v", e)
	}
	cs, err := o.Conflicts(o.ctx, o.as("u-clerk"), o.slug, p.ID)
	if err != nil || len(cs) != 1 {
		t.Fatalf("conflicts %v, %v", cs, err)
	}
	c := cs[0]
	want := map[string]upkeep.FieldConflict{
		"value":   {Field: "value", Base: "8 (4999) 20-11-01", Theirs: "8 (4999) 20-11-55", Mine: "8 (4999) 20-11-77", Touched: upkeep.TouchedBoth},
		"contact": {Field: "contact", Base: "+74999201101", Theirs: "+74999201155", Mine: "+74999201177", Touched: upkeep.TouchedBoth},
		"place":   {Field: "place", Theirs: "ул. Примерная, 1", Touched: upkeep.TouchedTheirs},
		"hours":   {Field: "hours", Mine: "понедельник с 9:00 до 10:00", Touched: upkeep.TouchedMine},
	}
	for _, f := range c.Fields {
		if want[f.Field] != f {
			t.Errorf("field %+v, want %+v", f, want[f.Field])
		}
		delete(want, f.Field)
	}
	if len(want) > 0 {
		t.Errorf("fields not told: %v", want)
	}
	if c.By == nil || c.By.Actor != "u-officer" || c.By.Op != register.Amend {
		t.Errorf("by %+v", c.By)
	}

	resolve := func(ch upkeep.Choice) (*upkeep.Proposal, error) {
		ch.Kind, ch.Key = c.Kind, c.Key
		return o.Resolve(o.ctx, o.as("u-clerk"), o.slug, p.ID, p.Version, []upkeep.Choice{ch})
	}
	_, err = resolve(upkeep.Choice{Seen: c.Seen, Take: upkeep.TakeMerge})
	if !errors.As(err, &e) || e.Code != upkeep.CodeInvalid || len(e.Fields) != 2 {
		t.Errorf("merged without a word on what both touched: %v", err)
	}
	if _, err := resolve(upkeep.Choice{Seen: strings.Repeat("0", 64), Take: upkeep.TakeMine}); upkeep.CodeOf(err) != upkeep.CodeStale {
		t.Errorf("a choice made of another text: %v", err)
	}
	q, err := resolve(upkeep.Choice{Seen: c.Seen, Take: upkeep.TakeMerge, Fields: map[string]string{"value": upkeep.TakeMine, "contact": upkeep.TakeMine}})
	if err != nil {
		t.Fatal(err)
	}
	if q.State != upkeep.StateDraft {
		t.Errorf("what was chosen is %s; the officer has not seen it", q.State)
	}
	q = o.submit("u-clerk", q)
	if _, err := o.include("u-officer", q); err != nil {
		t.Fatal(err)
	}
	got := o.touchpoint("t-phone-kadry")
	if got.Value != "8 (4999) 20-11-77" || got.Contact != "+74999201177" || got.Place != "ул. Примерная, 1" || got.Hours != "понедельник с 9:00 до 10:00" {
		t.Errorf("point %+v", got)
	}
}

// TestConflictsOfPresence: one side excludes, includes or has done the same already.
func TestConflictsOfPresence(t *testing.T) {
	o := newCrowd(t)
	fresh := func(key, label string) upkeep.ProposedChange {
		return upkeep.ProposedChange{Change: register.Change{Op: register.Include, Kind: register.KindTouchpoint, Key: key, Content: register.Encode(register.Touchpoint{Key: key, Kind: "office", Label: label, Position: 40})}}
	}
	o.direct(fresh("t-a", "Кабинет 1").Change, fresh("t-b", "Кабинет 2").Change, fresh("t-c", "Кабинет 3").Change)
	exclude := func(key string) upkeep.ProposedChange {
		x := point(o, key, func(*register.Touchpoint) {})
		x.Op, x.Content = register.Exclude, nil
		return x
	}
	rename := func(key, label string) upkeep.ProposedChange {
		return point(o, key, func(t *register.Touchpoint) { t.Label = label })
	}
	p := o.save("u-clerk", rename("t-a", "Кабинет 1а"), exclude("t-b"), exclude("t-c"), fresh("t-d", "Кабинет 4"), fresh("t-e", "Кабинет 5"), rename("t-204", "Кабинет 204а"))
	o.direct(exclude("t-a").Change, rename("t-b", "Кабинет 2а").Change, exclude("t-c").Change, fresh("t-d", "Кабинет 4").Change, fresh("t-e", "Кабинет 5а").Change)
	cs, err := o.Conflicts(o.ctx, o.as("u-clerk"), o.slug, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	byKey := map[string]upkeep.Conflict{}
	for _, c := range cs {
		byKey[c.Key] = c
	}
	if len(byKey) != 3 || byKey["t-a"].Theirs != nil || byKey["t-b"].Mine != nil || byKey["t-e"].Base != nil || byKey["t-e"].Fields[0].Touched != upkeep.TouchedBoth {
		t.Fatalf("conflicts %+v; t-c and t-d are as the proposal wants them", cs)
	}
	if _, err := o.Submit(o.ctx, o.as("u-clerk"), o.slug, p.ID, p.Version); upkeep.CodeOf(err) != upkeep.CodeConflict {
		t.Errorf("submitted in conflict: %v", err)
	}
	choice := func(key, take string) upkeep.Choice {
		return upkeep.Choice{Kind: register.KindTouchpoint, Key: key, Seen: byKey[key].Seen, Take: take}
	}
	if _, err := o.Resolve(o.ctx, o.as("u-clerk"), o.slug, p.ID, p.Version, []upkeep.Choice{choice("t-a", upkeep.TakeMerge)}); upkeep.CodeOf(err) != upkeep.CodeInvalid {
		t.Errorf("merged with what is not there: %v", err)
	}
	p, err = o.Resolve(o.ctx, o.as("u-clerk"), o.slug, p.ID, p.Version, []upkeep.Choice{choice("t-a", upkeep.TakeMine), choice("t-b", upkeep.TakeMine), choice("t-e", upkeep.TakeTheirs)})
	if err != nil {
		t.Fatal(err)
	}
	ops := ""
	for _, x := range p.Content.Changes {
		ops += string(x.Op) + " " + x.Key + "; "
	}
	if want := "include t-a; exclude t-b; exclude t-c; include t-d; change t-204; "; ops != want {
		t.Errorf("after the choices: %s, want %s", ops, want)
	}
	p = o.submit("u-clerk", p)
	if _, err := o.include("u-officer", p); err != nil {
		t.Fatal(err)
	}
	if o.touchpoint("t-a").Label != "Кабинет 1а" || o.touchpoint("t-b").Key != "" || o.touchpoint("t-e").Label != "Кабинет 5а" {
		t.Error("the register is not what was chosen")
	}
}

// TestNothingToInclude: a proposal whose wish was fulfilled by another way is not included as nothing.
func TestNothingToInclude(t *testing.T) {
	o := newCrowd(t)
	x := o.phone(newNumber)
	p := o.submit("u-clerk", o.save("u-clerk", x))
	done := p.Content.Changes[0].Change
	o.direct(done)
	o.refuse("inclusion of what is there", upkeep.CodeInvalid, func() error { _, err := o.include("u-officer", p); return err })
	q, err := o.Withdraw(o.ctx, o.as("u-clerk"), o.slug, p.ID, p.Version)
	if err != nil || q.State != upkeep.StateWithdrawn || q.Hash != "" {
		t.Errorf("withdrawn: %+v, %v", q, err)
	}
}

// TestPointGoneUnderAUsage: what the proposal refers to may be excluded before it is included.
func TestPointGoneUnderAUsage(t *testing.T) {
	o := newCrowd(t)
	o.direct(register.Change{Op: register.Include, Kind: register.KindTouchpoint, Key: "t-a", Content: register.Encode(register.Touchpoint{Key: "t-a", Kind: "office", Label: "Кабинет 1", Position: 40})})
	u := register.Usage{Key: "p1.t-a", Process: "p1", Touchpoint: "t-a", Client: "internal", Text: "получение консультации", Needs: []register.NeedRef{{Code: "consultation", Text: "получение консультации"}}, Position: 50}
	p := o.submit("u-clerk", o.save("u-clerk", upkeep.ProposedChange{Change: register.Change{Op: register.Include, Kind: register.KindUsage, Key: u.Key, Content: register.Encode(u)}}))
	o.direct(register.Change{Op: register.Exclude, Kind: register.KindTouchpoint, Key: "t-a"})
	o.refuse("a usage of a point that is gone", upkeep.CodeConflict, func() error { _, err := o.include("u-officer", p); return err })
}
