package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"perechen/internal/store"
)

// settle lets the database come to rest after the load, as it does by itself in a night.
func (c *country) settle(ctx context.Context) error {
	if c.at.Database == "" {
		return nil
	}
	conn, err := pgx.Connect(ctx, c.at.Database)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, "VACUUM ANALYZE")
	return err
}

// turns is how often each operation is done, each time with another body (the smallest country has ten). The third quickest counts: the machine is shared, and
// what others do on it makes an operation slower and never quicker.
const turns = 9

// How much of a body the node has in its memory before the operation.
const (
	cold     = iota // nothing
	warm            // its newest state, as after somebody has looked at any page of it
	rendered        // and the very page
	changed         // all heads, but for one that was written since
)

// measure opens the installation as a new node would and does each operation.
func (c *country) measure(ctx context.Context, database string) error {
	start := time.Now()
	s, key, err := c.at.Open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	c.costs.time("opening the installation", time.Since(start))
	n := &node{ctx: ctx, store: s, key: key, country: c, order: rand.New(rand.NewPCG(7, uint64(c.bodies))).Perm(c.bodies)}
	n.forget()
	start = time.Now()
	kept, err := n.ledger.KeepCheckpoints(ctx)
	if err != nil {
		return err
	}
	c.costs.time("a checkpoint kept, of each body that moved", time.Since(start)/time.Duration(max(kept, 1)))
	for _, x := range n.operations() {
		if err := n.start(); err != nil {
			return err
		}
		var took []time.Duration
		for i := range turns {
			switch x.has {
			case warm:
				err = n.ask("/" + n.body(i) + "/processes")
			case rendered:
				err = n.ask("/" + n.body(i) + "/")
			case changed:
				_, err = n.beat()
				if err == nil {
					err = n.change(i + turns)
				}
			}
			if err != nil {
				return err
			}
			start := time.Now()
			if err := x.do(i); err != nil {
				return fmt.Errorf("%s, %s: %w", database, x.what, err)
			}
			took = append(took, time.Since(start))
			if i == 2 && took[i] > time.Second {
				break // it is what it is
			}
		}
		slices.Sort(took)
		c.costs.time(x.what, took[2])
	}
	if err := c.memory(func(i int) error { return n.ask("/" + n.body(i) + "/") }); err != nil {
		return err
	}
	size, err := c.size(ctx)
	if err != nil {
		return err
	}
	c.costs.add("database, bytes for each usage", fmt.Sprintf("%d", size/int64(c.bodies*usagesOfBody)), 0)
	return nil
}

// memory is what a node holds that has shown the register pages of a hundred bodies.
func (c *country) memory(show func(i int) error) error {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := range 100 {
		if err := show(i); err != nil {
			return err
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	c.costs.add("memory that a hundred bodies shown take", fmt.Sprintf("%d MiB", (int64(after.HeapAlloc)-int64(before.HeapAlloc))>>20), 0)
	return show(0) // the node is in use until here
}

// size is how much the database takes.
func (c *country) size(ctx context.Context) (n int64, err error) {
	if c.at.Database == "" {
		for _, suffix := range []string{"", "-wal"} {
			if st, err := os.Stat(filepath.Join(c.at.Dir, store.DatabaseFile) + suffix); err == nil {
				n += st.Size()
			}
		}
		return n, nil
	}
	conn, err := pgx.Connect(ctx, c.at.Database)
	if err != nil {
		return 0, err
	}
	defer conn.Close(ctx)
	err = conn.QueryRow(ctx, "SELECT pg_database_size(current_database())").Scan(&n)
	return n, err
}
