package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/register"
	"perechen/internal/store"
	"perechen/internal/testkit"
)

const usagesOfBody = testkit.UsagesOfBody

// A country is an installation that grows body by body.
type country struct {
	at     store.Place
	bodies int
	point  string // key of a point that every body has
	costs  costs
}

func slugOf(i int) string { return fmt.Sprintf("organ-%05d", i) }

// officerOf is the account of whoever keeps the register of a body.
func officerOf(i int) string { return fmt.Sprintf("u%07d", 7*i) }

// grow brings the installation to each size in turn and measures it there.
func (c *country) grow(ctx context.Context, database string, sizes []int) error {
	if err := c.at.Init(ctx); err != nil {
		return err
	}
	for _, n := range sizes {
		fmt.Fprintf(os.Stderr, "%s, %d usages\n", database, n)
		if err := c.load(ctx, n/usagesOfBody); err != nil {
			return err
		}
		if err := c.settle(ctx); err != nil {
			return err
		}
		if err := c.measure(ctx, database); err != nil {
			return err
		}
	}
	c.costs.print(database, sizes)
	return nil
}

// load adds bodies until there are so many. Each goes in by two transactions: its founding and its register.
func (c *country) load(ctx context.Context, bodies int) error {
	s, key, err := c.at.Open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	l := ledger.New(s, key, time.Now)
	began := c.bodies
	var entries int64
	var took time.Duration
	for ; c.bodies < bodies; c.bodies++ {
		sample := testkit.Country(c.bodies)
		begin := time.Now()
		n, err := c.add(ctx, l, sample)
		if err != nil {
			return err
		}
		took += time.Since(begin)
		entries += n
		if c.bodies%100 == 99 {
			fmt.Fprintf(os.Stderr, "  %d bodies, %.0f entries a second\n", c.bodies+1, float64(entries)/took.Seconds())
		}
	}
	c.costs.time("a body of 1000 usages taken in", took/time.Duration(bodies-began))
	c.costs.add("entries a second, taken in", fmt.Sprintf("%.0f", float64(entries)/took.Seconds()), 0)
	return nil
}

// add takes in a body: what all have, in words and with telephones of its own.
func (c *country) add(ctx context.Context, l *ledger.Ledger, sample testkit.Sample) (entries int64, err error) {
	r := sample.Register
	c.point = r.Touchpoints[len(r.Touchpoints)-1].Key
	ground := register.Ground{Clause: "4.1", Text: "первичное наполнение"}
	if err := l.AddBody(ctx, r.Organisation, sample.Procedure, ground, "scale"); err != nil {
		return 0, err
	}
	changes := append(testkit.Changes(r), register.Change{Op: register.Include, Kind: register.KindAppointment, Key: "officer",
		Content: register.Encode(register.Appointment{Key: "officer", Account: officerOf(c.bodies), Role: register.RoleOfficer})})
	receipt, err := l.Append(ctx, r.Organisation.Slug, ledger.Batch{Changes: changes, Ground: ground, Actor: "scale", Head: ledger.AnyHead})
	return receipt.To, err
}
