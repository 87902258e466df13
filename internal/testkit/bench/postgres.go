package main

import (
	"context"
	"errors"
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

// plainTables are what a plainLog has, in PostgreSQL, and a table of bare rows.
func plainTables(ctx context.Context, c *pgx.Conn) error {
	_, err := c.Exec(ctx, `CREATE SCHEMA bare;
		CREATE TABLE bare.row (n BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, leaf BYTEA NOT NULL, content BYTEA NOT NULL);
		CREATE TABLE bare.entry (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body TEXT NOT NULL, time BIGINT NOT NULL, op TEXT NOT NULL, clause TEXT NOT NULL, actor TEXT NOT NULL);
		CREATE TABLE bare.content (id BIGINT PRIMARY KEY, content BYTEA NOT NULL);
		CREATE TABLE bare.version (id BIGINT PRIMARY KEY, body TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, until BIGINT NOT NULL);
		CREATE INDEX version_key ON bare.version (body, kind, key);
		CREATE TABLE bare.search (id BIGINT PRIMARY KEY, terms TSVECTOR NOT NULL);
		CREATE INDEX search_terms ON bare.search USING GIN (terms)`)
	return err
}

// plainAdd keeps what the program keeps of a change, but for its proof, in a durable transaction; see plainLog.
func plainAdd(ctx context.Context, c *pgx.Conn, body string, t register.Touchpoint) error {
	tx, err := c.Begin(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback(ctx)
	var id int64
	err = tx.QueryRow(ctx, "SELECT id FROM bare.version WHERE body = $1 AND kind = 'touchpoint' AND key = $2 AND until = 9223372036854775807", body, t.Key).Scan(&id)
	if !errors.Is(err, pgx.ErrNoRows) {
		return fmt.Errorf("%s is there already: %w", t.Key, err)
	}
	if err := tx.QueryRow(ctx, "INSERT INTO bare.entry (body, time, op, clause, actor) VALUES ($1, $2, 'include', '4.1', 'bench') RETURNING id", body, time.Now().UnixMicro()).Scan(&id); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, "INSERT INTO bare.content VALUES ($1, $2)", id, register.Encode(t)); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, "INSERT INTO bare.version VALUES ($1, $2, 'touchpoint', $3, 9223372036854775807)", id, body, t.Key); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, "INSERT INTO bare.search VALUES ($1, to_tsvector('simple', $2))", id, t.Label+" "+t.Value+" "+t.Contact); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

// appendsPostgres compares one change appended with its proof with the same change kept without one, and with a row of its
// bytes, each in a durable transaction of its own, in a PostgreSQL that waits for its disk; and the same for sixteen writers,
// each of a body of its own.
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
	if err := plainTables(ctx, bare[0]); err != nil {
		return err
	}
	insert := func(w int, c []byte) error {
		_, err := bare[w].Exec(ctx, "INSERT INTO bare.row (leaf, content) VALUES ($1, $2)", make([]byte, 300), c)
		return err
	}
	var took [3]time.Duration
	const turns = 9
	for range turns { // in turns, so that all meet the same disk
		for j, do := range []func() error{
			func() error { key, c := content(); return appendTo(slug, key, c) },
			func() error { i++; return plainAdd(ctx, bare[0], "bench", point(i)) },
			func() error { _, c := content(); return insert(0, c) },
		} {
			d, err := median(31, do)
			if err != nil {
				return err
			}
			took[j] += d
		}
	}
	add("append of one change with proof, PostgreSQL", took[0]/turns, "the same change kept without proof", took[1]/turns, "≤ 2")
	add("append of one change with proof, PostgreSQL", took[0]/turns, "insert of one row of its bytes", took[2]/turns, "")

	p, err := procedure.Load(procedures.FS, "komzan-alania-9r-2026")
	if err != nil {
		return err
	}
	body := func(w int) string { return fmt.Sprintf("body-%d", w) }
	for w := range writers {
		if err := l.AddBody(ctx, register.Organisation{Slug: body(w), Name: "bench"}, p, register.Ground{Text: "bench"}, "bench"); err != nil {
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
	with, err := many(func(w, i int) error { t := point(i); return appendTo(body(w), t.Key, register.Encode(t)) })
	if err != nil {
		return err
	}
	without, err := many(func(w, i int) error { return plainAdd(ctx, bare[w], body(w), point(i)) })
	if err != nil {
		return err
	}
	rows, err := many(func(w, i int) error { return insert(w, register.Encode(point(i))) })
	if err != nil {
		return err
	}
	add("the same, sixteen writers of sixteen bodies, for each", with, "the same changes kept without proof", without, "")
	add("the same, sixteen writers of sixteen bodies, for each", with, "inserts of one row of their bytes", rows, "")
	return nil
}
