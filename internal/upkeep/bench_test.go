package upkeep_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/proof"
	"perechen/internal/register"
	"perechen/internal/store"
	"perechen/internal/testkit"
	"perechen/internal/upkeep"
)

// BenchmarkDesk is what the desk does for a body of 500 processes × 20 points × 40 departments, whose every department has
// proposals waiting.
func BenchmarkDesk(b *testing.B) {
	ctx := context.Background()
	s, err := store.OpenFile(ctx, filepath.Join(b.TempDir(), store.DatabaseFile))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	key, err := proof.GenerateKey("perechen.test")
	if err != nil {
		b.Fatal(err)
	}
	l := ledger.New(s, key, time.Now)
	d := upkeep.New(s.Upkeep(), l, nil, time.Now)
	sample := testkit.Wide(500, 20, 40)
	slug := sample.Register.Organisation.Slug
	if err := l.AddBody(ctx, sample.Register.Organisation, sample.Procedure, ground41, "local"); err != nil {
		b.Fatal(err)
	}
	cs := testkit.Changes(sample.Register)
	officer := upkeep.Actor{Account: "u-officer"}
	cs = append(cs, register.Change{Op: register.Include, Kind: register.KindAppointment, Key: "a0", Subject: &register.Appointment{Key: "a0", Role: register.RoleOfficer, Account: officer.Account}})
	clerk := func(i int) upkeep.Actor { return upkeep.Actor{Account: fmt.Sprintf("u-%d", i)} }
	for i := range 40 {
		a := register.Appointment{Key: fmt.Sprintf("a%d", i+1), Role: register.RoleDepartment, Account: clerk(i).Account, Department: fmt.Sprintf("d%d", i+1)}
		cs = append(cs, register.Change{Op: register.Include, Kind: register.KindAppointment, Key: a.Key, Subject: &a})
	}
	if _, err := d.Append(ctx, upkeep.Local, slug, ledger.Batch{Changes: cs, Ground: ground41, Head: ledger.AnyHead}); err != nil {
		b.Fatal(err)
	}
	changed := func(i int) upkeep.Content {
		t := sample.Register.Touchpoints[20+i%900]
		live, err := d.Subject(ctx, officer, slug, register.KindTouchpoint, t.Key)
		if err != nil {
			b.Fatal(err)
		}
		t.Hours = fmt.Sprintf("понедельник с %d:00 до 18:00", 8+i%4)
		return upkeep.Content{Ground: ground41, Changes: []upkeep.ProposedChange{{Change: register.Change{Op: register.Amend, Kind: register.KindTouchpoint, Key: t.Key, Content: register.Encode(t)}, Base: live.Base}}}
	}
	var queue []*upkeep.Proposal
	submit := func(i int) *upkeep.Proposal {
		p, err := d.Save(ctx, clerk(i%40), slug, upkeep.Draft{ID: upkeep.NewID(), Content: changed(i)})
		if err != nil {
			b.Fatal(err)
		}
		if p, err = d.Submit(ctx, clerk(i%40), slug, p.ID, p.Version); err != nil {
			b.Fatal(err)
		}
		return p
	}
	for i := range 200 {
		queue = append(queue, submit(i))
	}
	run := func(name string, do func(i int) error) {
		b.Run(name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				if err := do(i); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	run("queue", func(int) error {
		_, err := d.Proposals(ctx, officer, slug, upkeep.ProposalQuery{States: []upkeep.State{upkeep.StateSubmitted}})
		return err
	})
	run("review", func(i int) error { _, err := d.Review(ctx, officer, slug, queue[i%len(queue)].ID); return err })
	run("preview", func(i int) error { _, err := d.Preview(ctx, clerk(i%40), slug, changed(i)); return err })
	run("save", func(i int) error {
		_, err := d.Save(ctx, clerk(i%40), slug, upkeep.Draft{ID: upkeep.NewID(), Content: changed(i)})
		return err
	})
	next := 200
	run("include", func(int) error {
		b.StopTimer()
		p := submit(next)
		next++
		b.StartTimer()
		_, _, err := d.Include(ctx, officer, slug, p.ID, p.Hash, register.Ground{})
		return err
	})
}
