package storetest

import (
	"sync"
	"testing"

	"perechen/internal/ledger"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// desk makes a desk over a store, before which a clerk and two officers stand.
func (f *fixture) desk(s upkeep.Store) *upkeep.Desk {
	f.Helper()
	d := upkeep.New(s, f.Ledger, nil, f.now)
	f.append(slug, include(hiring), include(phone), include(site), include(room), include(usages[0]),
		include(register.Appointment{Key: "a1", Role: register.RoleDepartment, Account: "u-clerk", Department: "kadry"}),
		include(register.Appointment{Key: "a2", Role: register.RoleOfficer, Account: "u-1"}),
		include(register.Appointment{Key: "a3", Role: register.RoleOfficer, Account: "u-2"}))
	return d
}

// proposed is a submitted proposal that gives the telephone another number.
func (f *fixture) proposed(d *upkeep.Desk, number string) *upkeep.Proposal {
	f.Helper()
	clerk := upkeep.Actor{Account: "u-clerk"}
	s, err := d.Subject(f.ctx, clerk, slug, register.KindTouchpoint, phone.Key)
	if err != nil {
		f.Fatal(err)
	}
	t := phone
	t.Value = number
	p, err := d.Save(f.ctx, clerk, slug, upkeep.Draft{ID: upkeep.NewID(), Content: upkeep.Content{Ground: ground, Changes: []upkeep.ProposedChange{{Change: amend(t), Base: s.Base}}}})
	if err == nil {
		p, err = d.Submit(f.ctx, clerk, slug, p.ID, p.Version)
	}
	if err != nil {
		f.Fatal(err)
	}
	return p
}

// testDeskIncludedOnce: of several officers who include the same proposal at once, one does, and the others learn it.
func testDeskIncludedOnce(t *testing.T, f *fixture, s upkeep.Store) {
	d := f.desk(s)
	for range 3 {
		p := f.proposed(d, register.SubjectHash(upkeep.NewID()))
		before := f.head(slug).N
		codes := f.atOnce(4, func(i int) error {
			_, _, err := d.Include(f.ctx, upkeep.Actor{Account: []string{"u-1", "u-2"}[i%2]}, slug, p.ID, p.Hash, register.Ground{})
			return err
		})
		if codes[""] != 1 || codes[upkeep.CodeStale] != 3 {
			t.Errorf("four inclusions at once: %v", codes)
		}
		if n := f.head(slug).N; n != before+1 {
			t.Errorf("%d new entries, want 1", n-before)
		}
	}
	f.sameAnew(slug)
}

// testDeskConflict: of two proposals for one point that are included at once, one is, and the other is in conflict with it.
func testDeskConflict(t *testing.T, f *fixture, s upkeep.Store) {
	d := f.desk(s)
	for range 3 {
		ps := []*upkeep.Proposal{f.proposed(d, register.SubjectHash(upkeep.NewID())), f.proposed(d, register.SubjectHash(upkeep.NewID()))}
		codes := f.atOnce(2, func(i int) error {
			_, _, err := d.Include(f.ctx, upkeep.Actor{Account: []string{"u-1", "u-2"}[i]}, slug, ps[i].ID, ps[i].Hash, register.Ground{})
			return err
		})
		if codes[""] != 1 || codes[upkeep.CodeConflict] != 1 {
			t.Errorf("two inclusions at one point: %v", codes)
		}
	}
	if v := f.verify(slug, ""); !v.OK {
		t.Errorf("verify: %+v", v)
	}
}

// testDeskRevoked: whoever is revoked while they act either acted before or is refused; nothing is done in between.
func testDeskRevoked(t *testing.T, f *fixture, s upkeep.Store) {
	d := f.desk(s)
	p := f.proposed(d, "8 (8672) 64-90-99")
	var included, revoked ledger.Receipt
	codes := f.atOnce(2, func(i int) (err error) {
		if i == 0 {
			_, included, err = d.Include(f.ctx, upkeep.Actor{Account: "u-1"}, slug, p.ID, p.Hash, register.Ground{})
			return err
		}
		revoked, err = d.Append(f.ctx, upkeep.Local, slug, ledger.Batch{Changes: []register.Change{exclude(register.KindAppointment, "a2")}, Ground: ground, Head: ledger.AnyHead})
		return err
	})
	if included.To == 0 && codes[upkeep.CodeNotFound]+codes[upkeep.CodeRefused] != 1 || included.To > revoked.From && revoked.From > 0 {
		t.Errorf("included by entry %d, revoked by %d: %v", included.To, revoked.From, codes)
	}
}

// atOnce runs n acts at the same time and counts the codes of their errors; "" is none.
func (f *fixture) atOnce(n int, do func(i int) error) map[string]int {
	f.Helper()
	var wg sync.WaitGroup
	errs := make([]error, n)
	start := make(chan struct{})
	for i := range n {
		wg.Go(func() {
			<-start
			errs[i] = do(i)
		})
	}
	close(start)
	wg.Wait()
	codes := map[string]int{}
	for _, err := range errs {
		code := upkeep.CodeOf(err)
		if err != nil && code == "" {
			f.Error(err)
		}
		codes[code]++
	}
	return codes
}
