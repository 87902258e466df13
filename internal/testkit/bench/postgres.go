package main

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"perechen/internal/ledger"
	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/store"
	"perechen/internal/testkit/pgtest"
	"perechen/procedures"
)

// appendsPostgres compares one change appended with its proof with the same bytes inserted without one, each in a durable
// transaction of its own, in a PostgreSQL that waits for its disk; and the same for sixteen writers, each of a body of its own.
func appendsPostgres(ctx context.Context, dir string) error {
	c, err := pgtest.Begin("fsync=on", "full_page_writes=on", "autovacuum=on")
	if err != nil {
		return err
	}
	defer c.Remove()
	l, done, err := installationAt(ctx, store.Place{Dir: filepath.Join(dir, "postgres"), Database: c.Address("postgres")})
	if err != nil {
		return err
	}
	defer done()
	i := 0
	content := func() (string, []byte) {
		i++
		t := point(i)
		return t.Key, register.Encode(t)
	}
	appendTo := func(body, key string, c []byte) error {
		_, err := l.Append(ctx, body, ledger.Batch{Changes: []register.Change{{Op: register.Include, Kind: register.KindTouchpoint, Key: key, Content: c}}, Ground: register.Ground{Clause: "4.1"}, Actor: "bench", Head: ledger.AnyHead})
		return err
	}
	const writers = 16
	var bare [writers]*pgx.Conn
	for w := range bare {
		if bare[w], err = pgx.Connect(ctx, c.Address("postgres")); err != nil {
			return err
		}
		defer bare[w].Close(ctx)
	}
	if _, err := bare[0].Exec(ctx, "CREATE TABLE bare (n BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, leaf BYTEA NOT NULL, content BYTEA NOT NULL)"); err != nil {
		return err
	}
	insert := func(w int, c []byte) error {
		_, err := bare[w].Exec(ctx, "INSERT INTO bare (leaf, content) VALUES ($1, $2)", make([]byte, 300), c)
		return err
	}
	var took, base time.Duration
	const turns = 9
	for range turns { // in turns, so that both meet the same disk
		a, err := median(31, func() error { key, c := content(); return appendTo(slug, key, c) })
		if err != nil {
			return err
		}
		b, err := median(31, func() error { _, c := content(); return insert(0, c) })
		if err != nil {
			return err
		}
		took, base = took+a, base+b
	}
	add("append of one change with proof, PostgreSQL", took/turns, "insert without proof", base/turns, "")

	p, err := procedure.Load(procedures.FS, "komzan-alania-9r-2026")
	if err != nil {
		return err
	}
	for w := range writers {
		if err := l.AddBody(ctx, register.Organisation{Slug: fmt.Sprintf("body-%d", w), Name: "bench"}, p, register.Ground{Text: "bench"}, "bench"); err != nil {
			return err
		}
	}
	const each = 100
	many := func(one func(w, i int) error) (time.Duration, error) {
		var wg sync.WaitGroup
		errs := make([]error, writers)
		start := time.Now()
		for w := range writers {
			wg.Go(func() {
				for i := range each {
					if err := one(w, i); err != nil {
						errs[w] = err
						return
					}
				}
			})
		}
		wg.Wait()
		for _, err := range errs {
			if err != nil {
				return 0, err
			}
		}
		return time.Since(start) / (writers * each), nil
	}
	took, err = many(func(w, i int) error {
		t := point(i)
		return appendTo(fmt.Sprintf("body-%d", w), t.Key, register.Encode(t))
	})
	if err != nil {
		return err
	}
	base, err = many(func(w, i int) error { return insert(w, register.Encode(point(i))) })
	if err != nil {
		return err
	}
	add("the same, sixteen writers of sixteen bodies, for each", took, "insert without proof, sixteen writers", base, "")
	return nil
}
