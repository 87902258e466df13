package upkeep_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"perechen/internal/ledger"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// newCrowd is an office with more people: u-colleague of the clerk's department, u-it of another, u-reader, and u-both,
// who is of the clerk's department, officer and deputy of the head at once.
func newCrowd(t *testing.T) *office {
	t.Helper()
	o := newOffice(t)
	o.appoint(
		register.Appointment{Key: "c1", Role: register.RoleDepartment, Account: "u-colleague", Department: "kadry"},
		register.Appointment{Key: "c2", Role: register.RoleDepartment, Account: "u-it", Department: "it"},
		register.Appointment{Key: "c3", Role: register.RoleReader, Account: "u-reader"},
		register.Appointment{Key: "c4", Role: register.RoleDepartment, Account: "u-both", Department: "kadry"},
		register.Appointment{Key: "c5", Role: register.RoleOfficer, Account: "u-both"},
		register.Appointment{Key: "c6", Role: register.RoleHead, Account: "u-both", Deputy: true},
		register.Appointment{Key: "c7", Role: register.RoleOfficer, Account: "u-kadry-officer", Department: "kadry"},
		register.Appointment{Key: "c8", Role: register.RoleOfficer, Account: "u-it-officer", Department: "it"},
	)
	return o
}

func (o *office) appoint(as ...register.Appointment) {
	o.Helper()
	var cs []register.Change
	for _, a := range as {
		a.Person, a.Act = "Лицо", register.Act{Kind: "приказ", Number: "2", Date: "2026-02-01"}
		cs = append(cs, register.Change{Op: register.Include, Kind: register.KindAppointment, Key: a.Key, Content: register.Encode(a)})
	}
	o.direct(cs...)
}

// direct writes past the desk's rights, as somebody else's included proposal would.
func (o *office) direct(cs ...register.Change) {
	o.Helper()
	if _, err := o.Append(o.ctx, upkeep.Local, o.slug, ledger.Batch{Changes: cs, Ground: register.Ground{Text: "иное основание"}, Head: ledger.AnyHead}); err != nil {
		o.Fatal(err)
	}
}

// phone is the point t-phone-kadry as the register has it, changed by edit, as a form would send it.
func (o *office) phone(edit func(t *register.Touchpoint)) upkeep.ProposedChange {
	o.Helper()
	return point(o, "t-phone-kadry", edit)
}

func point(o *office, key string, edit func(t *register.Touchpoint)) upkeep.ProposedChange {
	o.Helper()
	s, err := o.Subject(o.ctx, upkeep.Actor{}, o.slug, register.KindTouchpoint, key)
	if err != nil || s.Content == nil {
		o.Fatalf("%s: %v", key, err)
	}
	var t register.Touchpoint
	if err := json.Unmarshal(s.Content, &t); err != nil {
		o.Fatal(err)
	}
	edit(&t)
	return upkeep.ProposedChange{Change: register.Change{Op: register.Amend, Kind: register.KindTouchpoint, Key: key, Content: register.Encode(t)}, Base: s.Base}
}

var ground41 = register.Ground{Clause: "4.1", Text: "сменился номер"}

func newNumber(t *register.Touchpoint) { t.Value = "8 (4999) 20-11-77" }

// save keeps a new draft of one account.
func (o *office) save(account string, changes ...upkeep.ProposedChange) *upkeep.Proposal {
	o.Helper()
	p, err := o.Save(o.ctx, o.as(account), o.slug, upkeep.Draft{ID: upkeep.NewID(), Content: upkeep.Content{Changes: changes, Ground: ground41}})
	if err != nil {
		o.Fatal(err)
	}
	return p
}

// again saves a proposal with other changes.
func (o *office) again(account string, p *upkeep.Proposal, changes ...upkeep.ProposedChange) *upkeep.Proposal {
	o.Helper()
	q, err := o.Save(o.ctx, o.as(account), o.slug, upkeep.Draft{ID: p.ID, Version: p.Version, Content: upkeep.Content{Changes: changes, Ground: ground41}})
	if err != nil {
		o.Fatal(err)
	}
	return q
}

func (o *office) submit(account string, p *upkeep.Proposal) *upkeep.Proposal {
	o.Helper()
	q, err := o.Submit(o.ctx, o.as(account), o.slug, p.ID, p.Version)
	if err != nil {
		o.Fatal(err)
	}
	return q
}

func (o *office) include(account string, p *upkeep.Proposal) (*upkeep.Proposal, error) {
	q, _, err := o.Include(o.ctx, o.as(account), o.slug, p.ID, p.Hash, register.Ground{})
	return q, err
}

func (o *office) touchpoint(key string) register.Touchpoint {
	o.Helper()
	r, err := o.l.State(o.ctx, o.slug, 0)
	if err != nil {
		o.Fatal(err)
	}
	t, _ := r.Touchpoint(key)
	return t
}

func TestProposalFromDraftToInclusion(t *testing.T) {
	o := newCrowd(t)
	var heard []string
	o.On(func(_ context.Context, _ upkeep.Tx, e upkeep.Event) error {
		heard = append(heard, e.Kind)
		return nil
	})
	p := o.save("u-clerk", o.phone(newNumber))
	if p.State != upkeep.StateDraft || p.Department != "kadry" || p.Author != "u-clerk" || p.Outline.Text != "Телефон отдела государственной службы и кадров: 8 (4999) 20-11-77" {
		t.Errorf("draft %+v", p)
	}
	p = o.submit("u-clerk", p)
	rv, err := o.Review(o.ctx, o.as("u-officer"), o.slug, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(rv.Differences) != 1 || !slices.ContainsFunc(rv.Differences[0].Fields, func(f register.FieldDifference) bool {
		return f.Field == "value" && f.Before == "8 (4999) 20-11-01" && f.After == "8 (4999) 20-11-77"
	}) {
		t.Errorf("redline %+v", rv.Differences)
	}
	if !rv.May.Include || !rv.May.Return || rv.May.Why != "" {
		t.Errorf("the officer may %+v", rv.May)
	}
	p, err = o.Return(o.ctx, o.as("u-officer"), o.slug, p.ID, p.Hash, []upkeep.Remark{{Kind: register.KindTouchpoint, Key: "t-phone-kadry", Field: "value", Text: " последние цифры 78? ", By: "forged"}})
	if err != nil {
		t.Fatal(err)
	}
	if rs := p.OpenRemarks(); len(rs) != 1 || rs[0].By != "u-officer" || rs[0].Text != "последние цифры 78?" {
		t.Errorf("remarks %+v", p.Remarks)
	}
	if _, err := o.Submit(o.ctx, o.as("u-clerk"), o.slug, p.ID, p.Version); upkeep.CodeOf(err) != upkeep.CodeInvalid {
		t.Errorf("a returned proposal is submitted as it was: %v", err)
	}
	p = o.again("u-clerk", p, o.phone(func(t *register.Touchpoint) { t.Value = "8 (4999) 20-11-78" }))
	if p.State != upkeep.StateReturned {
		t.Errorf("a returned proposal being answered is %s", p.State)
	}
	p = o.submit("u-clerk", p)
	q, r, err := o.Include(o.ctx, o.as("u-officer"), o.slug, p.ID, p.Hash, register.Ground{})
	if err != nil {
		t.Fatal(err)
	}
	if q.State != upkeep.StateIncluded || q.Entries != [2]int64{r.From, r.To} || q.ClosedBy != "u-officer" {
		t.Errorf("included %+v", q)
	}
	if tp := o.touchpoint("t-phone-kadry"); tp.Value != "8 (4999) 20-11-78" || tp.Contact != "+74999201178" {
		t.Errorf("point %+v", tp)
	}
	hs, err := o.l.History(o.ctx, o.slug, register.KindTouchpoint, "t-phone-kadry")
	if err != nil || hs[len(hs)-1].Actor != "u-officer" || hs[len(hs)-1].Ground != ground41 {
		t.Errorf("entry %+v, %v", hs[len(hs)-1], err)
	}
	o.direct(o.phone(func(t *register.Touchpoint) { t.Value = "8 (4999) 20-11-90" }).Change)
	rv, err = o.Review(o.ctx, o.as("u-reader"), o.slug, p.ID)
	if err != nil || len(rv.Differences) != 1 || !slices.Contains(rv.Differences[0].Fields, register.FieldDifference{Field: "value", Before: "8 (4999) 20-11-01", After: "8 (4999) 20-11-78"}) {
		t.Errorf("what it has changed, seen later: %+v, %v", rv, err)
	}
	vs, err := o.Versions(o.ctx, o.as("u-clerk"), o.slug, p.ID)
	if err != nil || len(vs) != 2 || !vs[0].Submitted || !vs[1].Submitted {
		t.Fatalf("versions %+v, %v", vs, err)
	}
	if _, c, err := o.Version(o.ctx, o.as("u-officer"), o.slug, p.ID, vs[0].Version); err != nil || !strings.Contains(string(c.Changes[0].Content), "20-11-77") {
		t.Errorf("the first version: %v", err)
	}
	want := "proposal-submitted proposal-returned proposal-submitted recorded proposal-included recorded"
	if got := strings.Join(heard, " "); got != want {
		t.Errorf("heard %s, want %s", got, want)
	}
	if v, err := o.l.Verify(o.ctx, o.slug, "", nil); err != nil || !v.OK {
		t.Errorf("verify: %+v, %v", v, err)
	}
}

// TestNobodyIncludesTheirOwn: not under a second role, not as deputy, not after somebody else submitted it.
func TestNobodyIncludesTheirOwn(t *testing.T) {
	o := newCrowd(t)
	p := o.submit("u-both", o.save("u-both", o.phone(newNumber)))
	o.refuse("the author as officer and deputy", upkeep.CodeRefused, func() error { _, err := o.include("u-both", p); return err })
	rv, err := o.Review(o.ctx, o.as("u-both"), o.slug, p.ID)
	if err != nil || rv.May.Include || rv.May.Return || rv.May.Why == "" {
		t.Errorf("the author may %+v, %v", rv.May, err)
	}

	p = o.save("u-clerk", point(o, "t-204", func(t *register.Touchpoint) { t.Hours = "вторник с 10:00 до 12:00" }))
	p = o.again("u-second", p, point(o, "t-204", func(t *register.Touchpoint) { t.Hours = "вторник с 10:00 до 13:00" }))
	p = o.again("u-clerk", p, point(o, "t-204", func(t *register.Touchpoint) { t.Hours = "вторник с 10:00 до 14:00" }))
	p = o.submit("u-clerk", p)
	o.refuse("one who saved it once", upkeep.CodeRefused, func() error { _, err := o.include("u-second", p); return err })

	q := o.save("u-clerk", point(o, "t-vk", func(t *register.Touchpoint) { t.Label = "Страница «ВКонтакте»" }))
	q = o.submit("u-kadry-officer", q)
	o.refuse("one who submitted it", upkeep.CodeRefused, func() error { _, err := o.include("u-kadry-officer", q); return err })
	if _, err := o.include("u-head", q); err != nil {
		t.Errorf("the head includes what an officer submitted: %v", err)
	}
}

func TestRightsOfProposals(t *testing.T) {
	o := newCrowd(t)
	draft := o.save("u-clerk", o.phone(newNumber))
	sees := func(account string) bool {
		_, err := o.Proposal(o.ctx, o.as(account), o.slug, draft.ID)
		if err != nil && upkeep.CodeOf(err) != upkeep.CodeNotFound {
			t.Errorf("%s: %v", account, err)
		}
		ps, listErr := o.Proposals(o.ctx, o.as(account), o.slug, upkeep.ProposalQuery{})
		if listErr != nil || len(ps) > 0 != (err == nil) {
			t.Errorf("%s lists %d proposals, %v, but reading says %v", account, len(ps), listErr, err)
		}
		return err == nil
	}
	check := func(what string, want ...string) {
		t.Helper()
		for _, account := range []string{"u-clerk", "u-colleague", "u-it", "u-reader", "u-head", "u-officer", "u-kadry-officer", "u-it-officer", "u-stranger", "u-nobody", ""} {
			if got := sees(account); got != slices.Contains(want, account) {
				t.Errorf("%s: %q sees it: %v", what, account, got)
			}
		}
	}
	check("a draft", "u-clerk", "u-colleague", "u-officer", "u-kadry-officer")
	for _, account := range []string{"u-it", "u-head", "u-reader", "u-stranger", ""} {
		o.refuse("save by "+account, upkeep.CodeNotFound, func() error {
			_, err := o.Save(o.ctx, o.as(account), o.slug, upkeep.Draft{ID: draft.ID, Version: draft.Version, Content: upkeep.Content{Note: "чужое"}})
			return err
		})
		if _, err := o.Submit(o.ctx, o.as(account), o.slug, draft.ID, draft.Version); upkeep.CodeOf(err) != upkeep.CodeNotFound {
			t.Errorf("submitted by %q: %v", account, err)
		}
	}
	if _, err := o.Proposal(o.ctx, o.as("u-stranger"), "other", draft.ID); upkeep.CodeOf(err) != upkeep.CodeNotFound {
		t.Errorf("under another body's address: %v", err)
	}
	for account, code := range map[string]string{"u-head": upkeep.CodeRefused, "u-reader": upkeep.CodeRefused, "u-stranger": upkeep.CodeRefused, "": upkeep.CodeRefused} {
		_, err := o.Save(o.ctx, o.as(account), o.slug, upkeep.Draft{ID: upkeep.NewID()})
		if upkeep.CodeOf(err) != code {
			t.Errorf("a new draft of %q: %v", account, err)
		}
	}
	_, err := o.Save(o.ctx, o.as("u-clerk"), o.slug, upkeep.Draft{ID: upkeep.NewID(), Department: "it"})
	if upkeep.CodeOf(err) != upkeep.CodeRefused {
		t.Errorf("a draft for another department: %v", err)
	}
	_, err = o.Save(o.ctx, upkeep.Actor{Account: "u-root", Admin: true}, o.slug, upkeep.Draft{ID: upkeep.NewID()})
	if upkeep.CodeOf(err) != upkeep.CodeRefused {
		t.Errorf("a draft of an administrator: %v", err)
	}

	p := o.submit("u-clerk", draft)
	check("a submitted one", "u-clerk", "u-colleague", "u-officer", "u-kadry-officer", "u-head", "u-reader")
	for account, code := range map[string]string{"u-colleague": upkeep.CodeRefused, "u-reader": upkeep.CodeRefused, "u-it-officer": upkeep.CodeNotFound, "u-stranger": upkeep.CodeNotFound, "": upkeep.CodeNotFound} {
		o.refuse("inclusion by "+account, code, func() error { _, err := o.include(account, p); return err })
		_, err := o.Return(o.ctx, o.as(account), o.slug, p.ID, p.Hash, []upkeep.Remark{{Text: "нет"}})
		if upkeep.CodeOf(err) != code {
			t.Errorf("returned by %q: %v", account, err)
		}
	}
	// Who is revoked is out at once, and so is whose days are over.
	o.direct(register.Change{Op: register.Exclude, Kind: register.KindAppointment, Key: "c7"})
	o.refuse("inclusion by a revoked officer", upkeep.CodeNotFound, func() error { _, err := o.include("u-kadry-officer", p); return err })
	o.now = o.now.AddDate(0, 1, 0)
	o.refuse("inclusion by a deputy after the last day", upkeep.CodeNotFound, func() error { _, err := o.include("u-deputy", p); return err })
	if _, err := o.include("u-officer", p); err != nil {
		t.Error(err)
	}
	o.direct(register.Change{Op: register.Exclude, Kind: register.KindAppointment, Key: "b6"})
	if sees("u-clerk") {
		t.Error("an author without any role left still sees it")
	}
}

// TestApprovalBindsToTheContent: what was looked at is what is included.
func TestApprovalBindsToTheContent(t *testing.T) {
	o := newCrowd(t)
	p := o.submit("u-clerk", o.save("u-clerk", o.phone(newNumber)))
	o.refuse("another hash", upkeep.CodeStale, func() error {
		_, _, err := o.Include(o.ctx, o.as("u-officer"), o.slug, p.ID, strings.Repeat("0", 64), register.Ground{})
		return err
	})
	changed := o.again("u-clerk", p, o.phone(func(t *register.Touchpoint) { t.Value = "8 (4999) 20-11-79" }))
	if changed.State != upkeep.StateDraft || changed.Hash != "" {
		t.Errorf("a submitted proposal that was saved again is %s", changed.State)
	}
	o.refuse("inclusion of what was submitted before", upkeep.CodeStale, func() error { _, err := o.include("u-officer", p); return err })
	q := o.submit("u-clerk", changed)
	o.refuse("the old hash after it was submitted again", upkeep.CodeStale, func() error { _, err := o.include("u-officer", p); return err })
	if _, err := o.include("u-officer", q); err != nil {
		t.Fatal(err)
	}
	o.refuse("inclusion twice", upkeep.CodeStale, func() error { _, err := o.include("u-officer", q); return err })
	_, err := o.Withdraw(o.ctx, o.as("u-clerk"), o.slug, q.ID, q.Version+1)
	if upkeep.CodeOf(err) != upkeep.CodeStale {
		t.Errorf("an included proposal is withdrawn: %v", err)
	}
}

// TestStaleSaveOverwritesNothing: the second of two windows gets both texts.
func TestStaleSaveOverwritesNothing(t *testing.T) {
	o := newCrowd(t)
	base := o.save("u-clerk", o.phone(newNumber))
	theirs := o.again("u-colleague", base, o.phone(func(t *register.Touchpoint) {
		newNumber(t)
		t.Hours = "понедельник с 9:00 до 10:00"
	}))
	mine := upkeep.Draft{ID: base.ID, Version: base.Version, Content: upkeep.Content{Ground: ground41, Changes: []upkeep.ProposedChange{o.phone(func(t *register.Touchpoint) { t.Value = "8 (4999) 20-11-99" })}}}
	_, err := o.Save(o.ctx, o.as("u-clerk"), o.slug, mine)
	var e *upkeep.Error
	if !errors.As(err, &e) || e.Code != upkeep.CodeStale || e.Current == nil || e.Current.Version != theirs.Version || len(e.Conflicts) != 1 {
		t.Fatalf("a stale save: %v", err)
	}
	got := map[string]upkeep.FieldConflict{}
	for _, f := range e.Conflicts[0].Fields {
		got[f.Field] = f
	}
	if f := got["value"]; f.Mine != "8 (4999) 20-11-99" || f.Theirs != "8 (4999) 20-11-77" || f.Touched != upkeep.TouchedMine {
		t.Errorf("value %+v", f)
	}
	if f := got["hours"]; f.Mine != "" || f.Theirs != "понедельник с 9:00 до 10:00" || f.Touched != upkeep.TouchedTheirs {
		t.Errorf("hours %+v", f)
	}
	now, err := o.Proposal(o.ctx, o.as("u-clerk"), o.slug, base.ID)
	if err != nil || now.Version != theirs.Version || !strings.Contains(string(now.Content.Changes[0].Content), "понедельник") {
		t.Errorf("after it: version %d, %v", now.Version, err)
	}
	content, err := upkeep.Settle(e.Conflicts[0], upkeep.Choice{Kind: register.KindTouchpoint, Key: "t-phone-kadry", Seen: e.Conflicts[0].Seen, Take: upkeep.TakeMerge})
	if err != nil || !strings.Contains(string(content), "20-11-99") || !strings.Contains(string(content), "понедельник") {
		t.Errorf("merged: %s, %v", content, err)
	}
	// The answer to a save may be lost: saying the same again changes nothing.
	again, err := o.Save(o.ctx, o.as("u-colleague"), o.slug, upkeep.Draft{ID: base.ID, Version: base.Version, Content: *theirs.Content})
	if err != nil || again.Version != theirs.Version {
		t.Errorf("the same save again: version %d, %v", again.Version, err)
	}
	vs, err := o.Versions(o.ctx, o.as("u-clerk"), o.slug, base.ID)
	if err != nil || len(vs) != 2 || vs[0].By != "u-clerk" || vs[1].By != "u-colleague" {
		t.Errorf("versions %+v, %v", vs, err)
	}
}

// TestSavesOfOnePersonAreOneVersion: a draft that saves itself every few seconds does not fill the disk.
func TestSavesOfOnePersonAreOneVersion(t *testing.T) {
	o := newCrowd(t)
	p := o.save("u-clerk")
	for _, v := range []string{"8", "8 (4999)", "8 (4999) 20-11-7", ""} {
		p = o.again("u-clerk", p, o.phone(func(t *register.Touchpoint) { t.Value = v }))
	}
	if vs, err := o.Versions(o.ctx, o.as("u-clerk"), o.slug, p.ID); err != nil || len(vs) != 1 || vs[0].Version != p.Version {
		t.Errorf("versions %+v, %v", vs, err)
	}
}

// TestLateSaveKeepsASubmission: a window that was left open does not void what was submitted in another.
func TestLateSaveKeepsASubmission(t *testing.T) {
	o := newCrowd(t)
	draft := o.save("u-clerk", o.phone(newNumber))
	p := o.submit("u-clerk", draft)
	_, err := o.Save(o.ctx, o.as("u-clerk"), o.slug, upkeep.Draft{ID: p.ID, Version: draft.Version, Content: upkeep.Content{Ground: ground41, Note: "ещё"}})
	if upkeep.CodeOf(err) != upkeep.CodeStale {
		t.Errorf("a late save: %v", err)
	}
	if _, err := o.include("u-officer", p); err != nil {
		t.Error(err)
	}
}

func TestWhatCannotBeProposed(t *testing.T) {
	o := newCrowd(t)
	for _, c := range []struct {
		name   string
		change upkeep.ProposedChange
		base   string
	}{
		{"an appointment", upkeep.ProposedChange{Change: register.Change{Op: register.Include, Kind: register.KindAppointment, Key: "x", Content: register.Encode(register.Appointment{Key: "x", Role: register.RoleHead, Account: "u-clerk"})}}, ""},
		{"an edition", upkeep.ProposedChange{Change: register.Change{Op: register.Include, Kind: register.KindEdition, Key: "9", Content: register.Encode(register.Edition{Number: 9})}}, ""},
		{"the body itself", upkeep.ProposedChange{Change: register.Change{Op: register.Amend, Kind: register.KindOrganisation, Key: "minprirody", Content: register.Encode(register.Organisation{Slug: "minprirody"})}, Base: strings.Repeat("a", 64)}, ""},
		{"no JSON", upkeep.ProposedChange{Change: register.Change{Op: register.Include, Kind: register.KindTouchpoint, Key: "x", Content: json.RawMessage(`{"key":`)}}, ""},
		{"another key inside", upkeep.ProposedChange{Change: register.Change{Op: register.Include, Kind: register.KindTouchpoint, Key: "x", Content: register.Encode(register.Touchpoint{Key: "y"})}}, ""},
		{"a bad key", upkeep.ProposedChange{Change: register.Change{Op: register.Include, Kind: register.KindTouchpoint, Key: "Точка", Content: register.Encode(register.Touchpoint{Key: "Точка"})}}, ""},
		{"no base", upkeep.ProposedChange{Change: register.Change{Op: register.Exclude, Kind: register.KindTouchpoint, Key: "t-vk"}}, ""},
		{"an unknown operation", upkeep.ProposedChange{Change: register.Change{Op: "destroy", Kind: register.KindTouchpoint, Key: "t-vk"}, Base: strings.Repeat("a", 64)}, ""},
	} {
		_, err := o.Save(o.ctx, o.as("u-clerk"), o.slug, upkeep.Draft{ID: upkeep.NewID(), Content: upkeep.Content{Changes: []upkeep.ProposedChange{c.change}}})
		if upkeep.CodeOf(err) != upkeep.CodeInvalid {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	twice := []upkeep.ProposedChange{o.phone(newNumber), o.phone(newNumber)}
	if _, err := o.Save(o.ctx, o.as("u-clerk"), o.slug, upkeep.Draft{ID: upkeep.NewID(), Content: upkeep.Content{Changes: twice}}); upkeep.CodeOf(err) != upkeep.CodeInvalid {
		t.Errorf("the same twice: %v", err)
	}
	if _, err := o.Save(o.ctx, o.as("u-clerk"), o.slug, upkeep.Draft{ID: "../p"}); upkeep.CodeOf(err) != upkeep.CodeInvalid {
		t.Errorf("a strange id: %v", err)
	}
	// Fields that no noun has are not kept.
	x := o.phone(newNumber)
	x.Content = append([]byte(`{"admin":true,`), x.Content[1:]...)
	if p := o.save("u-clerk", x); strings.Contains(string(p.Content.Changes[0].Content), "admin") {
		t.Error("an unknown field is kept")
	}
}

func TestSubmitNamesWhatIsMissing(t *testing.T) {
	o := newCrowd(t)
	fields := func(err error) string {
		var e *upkeep.Error
		if !errors.As(err, &e) || e.Code != upkeep.CodeInvalid {
			t.Errorf("error %v", err)
			return ""
		}
		var s []string
		for _, f := range e.Fields {
			s = append(s, f.Key+"."+f.Field)
		}
		return strings.Join(s, " ")
	}
	submit := func(c upkeep.Content) string {
		t.Helper()
		p, err := o.Save(o.ctx, o.as("u-clerk"), o.slug, upkeep.Draft{ID: upkeep.NewID(), Content: c})
		if err != nil {
			t.Fatal(err)
		}
		_, err = o.Submit(o.ctx, o.as("u-clerk"), o.slug, p.ID, p.Version)
		return fields(err)
	}
	if got := submit(upkeep.Content{}); got != "." {
		t.Errorf("an empty one: %s", got)
	}
	if got := submit(upkeep.Content{Changes: []upkeep.ProposedChange{o.phone(newNumber)}}); got != ".ground" {
		t.Errorf("without a ground: %s", got)
	}
	blank := o.phone(func(t *register.Touchpoint) { t.Label, t.Value, t.Kind = " ", "", "telepathy" })
	if got := submit(upkeep.Content{Ground: ground41, Changes: []upkeep.ProposedChange{blank}}); got != "t-phone-kadry.label t-phone-kadry.kind" {
		t.Errorf("a blank point: %s", got)
	}
	s, _ := o.Subject(o.ctx, upkeep.Actor{}, o.slug, register.KindTouchpoint, "t-reception")
	gone := upkeep.ProposedChange{Change: register.Change{Op: register.Exclude, Kind: register.KindTouchpoint, Key: "t-reception"}, Base: s.Base}
	if got := submit(upkeep.Content{Ground: ground41, Changes: []upkeep.ProposedChange{gone}}); got != "p2.t-reception.touchpoint" {
		t.Errorf("a point in use: %s", got)
	}
}

// TestPreviewSaysWhatFindingsComeAndGo holds a half-typed form against the rules.
func TestPreviewSaysWhatFindingsComeAndGo(t *testing.T) {
	o := newCrowd(t)
	before := o.head()
	pv, err := o.Preview(o.ctx, o.as("u-clerk"), o.slug, upkeep.Content{Changes: []upkeep.ProposedChange{o.phone(func(t *register.Touchpoint) { t.Value = "8 (4999) 20-1" })}})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(pv.New, func(f register.Finding) bool { return f.Rule == "R12" }) || len(pv.Gone) != 0 {
		t.Errorf("a half-typed number: new %v, gone %v", pv.New, pv.Gone)
	}
	bad := o.phone(func(t *register.Touchpoint) { t.Value, t.Contact = "8 (4999) 20-1", "" })
	o.direct(bad.Change)
	pv, err = o.Preview(o.ctx, o.as("u-clerk"), o.slug, upkeep.Content{Changes: []upkeep.ProposedChange{o.phone(func(t *register.Touchpoint) { t.Value = "8 (4999) 20-11-01" })}})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(pv.Gone, func(f register.Finding) bool { return f.Rule == "R12" }) || len(pv.New) != 0 {
		t.Errorf("a corrected number: new %v, gone %v", pv.New, pv.Gone)
	}
	if o.head().N != before.N+1 {
		t.Error("a preview wrote something")
	}
}

// TestFindingsOfTheQueueAreThoseOfTheRegister: what is remembered between proposals is what a check of the register says.
func TestFindingsOfTheQueueAreThoseOfTheRegister(t *testing.T) {
	o := newCrowd(t)
	bad := o.submit("u-clerk", o.save("u-clerk", o.phone(func(t *register.Touchpoint) { t.Value = "8 (4999) 20-1" })))
	good := o.submit("u-clerk", o.save("u-clerk", point(o, "t-reception", func(t *register.Touchpoint) { t.Department = "kadry" })))
	review := func(p *upkeep.Proposal) *upkeep.Review {
		t.Helper()
		r, err := o.Review(o.ctx, o.as("u-officer"), o.slug, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	want := len(review(bad).New)
	if want == 0 {
		t.Fatal("a damaged number is no finding")
	}
	if _, err := o.include("u-officer", bad); err != nil {
		t.Fatal(err)
	}
	if r := review(good); len(r.New) != 0 || len(r.Gone) != 0 {
		t.Errorf("the next proposal brings %v and takes %v", r.New, r.Gone)
	}
	mended := o.submit("u-clerk", o.save("u-clerk", o.phone(func(t *register.Touchpoint) { t.Value = "8 (4999) 20-11-01" })))
	if r := review(mended); len(r.New) != 0 || len(r.Gone) != want {
		t.Errorf("the correction brings %v and takes %v", r.New, r.Gone)
	}
}

// TestDirectActs: who may write past the queue, and what.
func TestDirectActs(t *testing.T) {
	o := newCrowd(t)
	change := func(kind register.Kind, key string, v any) register.Change {
		return register.Change{Op: register.Include, Kind: kind, Key: key, Content: register.Encode(v)}
	}
	officer := []string{"u-officer", "u-second"}
	head := []string{"u-head", "u-deputy", "u-officer", "u-both"} // the first officer is the head's deputy too
	process := change(register.KindProcess, "px", register.Process{Key: "px", Title: "Новый процесс", Position: 90})
	for _, c := range []struct {
		what   string
		change register.Change
		may    []string // of whole bodies; the administrator apart
		admin  bool
	}{
		{"a process", process, slices.Concat(officer, head, []string{"u-kadry-officer", "u-it-officer"}), false},
		{"a department", change(register.KindDepartment, "dx", register.Department{Key: "dx", Title: "Новый отдел"}), slices.Concat(officer, head), true},
		{"an appointment", change(register.KindAppointment, "ax", register.Appointment{Key: "ax", Role: register.RoleHead, Account: "u-x"}), head, true},
		{"a point", change(register.KindTouchpoint, "tx", register.Touchpoint{Key: "tx", Kind: "office", Label: "Кабинет"}), nil, false},
		{"a task", change(register.KindTask, "kx", register.Task{Key: "kx"}), nil, false},
		{"a confirmation", change(register.KindConfirmation, "t-vk", register.Confirmation{Key: "t-vk", Date: "2026-03-01"}), nil, false},
		{"an edition", change(register.KindEdition, "7", register.Edition{Number: 7}), nil, false},
	} {
		for _, account := range []string{"u-officer", "u-second", "u-head", "u-deputy", "u-both", "u-kadry-officer", "u-it-officer", "u-clerk", "u-reader", "u-stranger", "", "admin"} {
			actor := o.as(account)
			may := slices.Contains(c.may, account)
			if account == "admin" {
				actor, may = upkeep.Actor{Account: "u-root", Admin: true}, c.admin
			}
			b := ledger.Batch{Changes: []register.Change{c.change}, Ground: ground41, Head: ledger.AnyHead, Actor: "u-head"}
			if !may {
				o.refuse(c.what+" by "+account, upkeep.CodeRefused, func() error { _, err := o.Append(o.ctx, actor, o.slug, b); return err })
				continue
			}
			r, err := o.Append(o.ctx, actor, o.slug, b)
			if err != nil {
				t.Errorf("%s by %s: %v", c.what, account, err)
				continue
			}
			if err := o.l.Entries(o.ctx, o.slug, r.From, r.From, func(e register.Entry) error {
				if e.Actor != actor.Account {
					t.Errorf("%s by %s stands under %s", c.what, account, e.Actor)
				}
				return nil
			}); err != nil {
				t.Error(err)
			}
			o.direct(register.Change{Op: register.Exclude, Kind: c.change.Kind, Key: c.change.Key})
		}
	}
}
