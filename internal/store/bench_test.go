package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"os"
	"strconv"
	"testing"

	"perechen/internal/ledger"
	"perechen/internal/register"
)

// Each benchmark stands beside its baseline; ./check --bench prints their ratios.

// BenchmarkAppend: one change acknowledged, on the disk; and the same rows inserted without proof, validation or signature,
// in a transaction of the same durability.
func BenchmarkAppend(b *testing.B) {
	b.Run("proof", func(b *testing.B) {
		in := install(b)
		in.append(big(1000)...)
		for i := 0; b.Loop(); i++ {
			in.append(include(register.KindTouchpoint, "x"+strconv.Itoa(i), extraPoint(i)))
		}
	})
	b.Run("insert", func(b *testing.B) {
		in := install(b)
		in.append(big(1000)...)
		n := 5000
		prepared := map[string]*sql.Stmt{}
		for i := 0; b.Loop(); i++ {
			var err error
			var tx *sql.Tx
			exec := func(q string, args ...any) (sql.Result, error) {
				if prepared[q] == nil {
					if prepared[q], err = in.store.write.Prepare(q); err != nil {
						return nil, err
					}
				}
				if tx == nil {
					return nil, nil
				}
				return tx.Stmt(prepared[q]).Exec(args...)
			}
			c := include(register.KindTouchpoint, "x"+strconv.Itoa(i), extraPoint(i))
			head := `UPDATE head SET n = $1, time = $2 WHERE body = 1`
			if i == 0 { // prepare before the transaction takes the connection
				rawInsert(b, exec, 0, c)
				if _, err := exec(head); err != nil {
					b.Fatal(err)
				}
			}
			if tx, err = in.store.write.Begin(); err != nil {
				b.Fatal(err)
			}
			rawInsert(b, exec, n+i, c)
			if _, err := exec(head, n+i, i); err != nil {
				b.Fatal(err)
			}
			if err := tx.Commit(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func extraPoint(i int) register.Touchpoint {
	p := point(i)
	p.Key = "x" + strconv.Itoa(i)
	return p
}

// rawInsert writes the rows that one entry is made of, the tree's excepted: what a register without proof would write.
func rawInsert(b *testing.B, exec func(string, ...any) (sql.Result, error), n int, c register.Change) {
	b.Helper()
	id := int64(1<<nBits | n)
	leaf := fmt.Appendf(nil, "%s\n%d\n2026-02-16T09:00:00.000000Z\n%s\n%s\n%s\n\"4.1\"\n\"изменение перечня\"\n\"\"\ncli\n%064x\n", slug, n, c.Kind, c.Key, c.Op, n)
	for _, q := range []struct {
		query string
		args  []any
	}{
		{`INSERT INTO entry (id, leaf) VALUES ($1, $2)`, []any{id, leaf}},
		{`INSERT INTO content (id, salt, content) VALUES ($1, $2, $3)`, []any{id, leaf[:32], []byte(c.Content)}},
		{`INSERT INTO version (id, body, kind, key, until) VALUES ($1, 1, $2, $3, $4)`, []any{id, string(c.Kind), c.Key, int64(ledger.Forever)}},
		{`INSERT INTO search (rowid, terms) VALUES ($1, $2)`, []any{id, string(c.Content)}},
	} {
		if _, err := exec(q.query, q.args...); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBatch: a hundred thousand changes in one batch; and the same rows inserted one by one with prepared statements
// in one transaction.
func BenchmarkBatch(b *testing.B) {
	cs := big(100_000)
	b.Run("append", func(b *testing.B) {
		for range b.N {
			b.StopTimer()
			in := install(b)
			b.StartTimer()
			in.append(cs...)
		}
		b.ReportMetric(float64(len(cs)*b.N)/b.Elapsed().Seconds(), "changes/s")
	})
	b.Run("insert", func(b *testing.B) {
		for range b.N {
			b.StopTimer()
			in := install(b)
			b.StartTimer()
			tx, err := in.store.write.Begin()
			if err != nil {
				b.Fatal(err)
			}
			prepared := map[string]*sql.Stmt{}
			exec := func(q string, args ...any) (sql.Result, error) {
				if prepared[q] == nil {
					if prepared[q], err = tx.Prepare(q); err != nil {
						return nil, err
					}
				}
				return prepared[q].Exec(args...)
			}
			for i, c := range cs {
				rawInsert(b, exec, 100+i, c)
			}
			if err := tx.Commit(); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(len(cs)*b.N)/b.Elapsed().Seconds(), "changes/s")
	})
}

// BenchmarkVerify: a log re-read and verified; and SHA-256 over the same bytes, read from one file. PERECHEN_BENCH_ENTRIES
// sets the number of entries (a million for the published table).
func BenchmarkVerify(b *testing.B) {
	entries := 100_000
	if s := os.Getenv("PERECHEN_BENCH_ENTRIES"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			b.Fatal(err)
		}
		entries = n
	}
	in := install(b)
	for done := 0; done < entries; done += 50_000 {
		cs := big(50_000)
		for i := range cs {
			var p register.Attribute
			p.Key, p.Title, p.Position = fmt.Sprintf("a-%d", done+i), string(cs[i].Content), done+i
			cs[i] = include(register.KindAttribute, p.Key, p)
		}
		in.append(cs[:50_000]...)
	}
	var size int64
	b.Run("verify", func(b *testing.B) {
		for b.Loop() {
			v := in.verify("")
			if !v.OK {
				b.Fatal(v.Text)
			}
			size = v.Bytes
		}
		b.SetBytes(size)
	})
	b.Run("sha256", func(b *testing.B) {
		raw := bytes.Repeat([]byte("Получение клиентом консультации. "), int(size/60))
		path := b.TempDir() + "/bytes"
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			f, err := os.Open(path)
			if err != nil {
				b.Fatal(err)
			}
			h := sha256.New()
			if _, err := f.WriteTo(h); err != nil {
				b.Fatal(err)
			}
			h.Sum(nil)
			f.Close()
		}
		b.SetBytes(int64(len(raw)))
	})
}

// BenchmarkRows: a page of 100 rows of a register with 10 000 usages, of all and of a search; and the same number of rows
// by bare SQL.
func BenchmarkRows(b *testing.B) {
	ctx := context.Background()
	in := install(b)
	in.append(big(10_000)...)
	page := func(b *testing.B, q ledger.Query) {
		q.Offset, q.Limit = 5000, 100
		for b.Loop() {
			if _, err := in.Rows(ctx, slug, 0, q); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.Run("page", func(b *testing.B) { page(b, ledger.Query{}) })
	b.Run("filter", func(b *testing.B) { page(b, ledger.Query{Need: "progress", Kind: "phone"}) })
	b.Run("text", func(b *testing.B) { page(b, ledger.Query{Text: "консультации службы"}) })
	b.Run("sql", func(b *testing.B) {
		for b.Loop() {
			var total int
			if err := in.store.read.QueryRow(`SELECT count(*) FROM version WHERE body = $1 AND kind = $2 AND until = $3`, 1, "usage", int64(ledger.Forever)).Scan(&total); err != nil {
				b.Fatal(err)
			}
			rows, err := in.store.read.Query(`SELECT c.content FROM version v JOIN content c ON c.id = v.id
				WHERE v.body = $1 AND v.kind = $2 AND v.until = $3 ORDER BY v.id LIMIT 100 OFFSET 5000`, 1, "usage", int64(ledger.Forever))
			if err != nil {
				b.Fatal(err)
			}
			var content []byte
			for rows.Next() {
				if err := rows.Scan(&content); err != nil {
					b.Fatal(err)
				}
			}
			if err := rows.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("cold", func(b *testing.B) { // the state read and decoded
		for b.Loop() {
			l := ledger.New(in.store, in.key, nil)
			if _, err := l.Rows(ctx, slug, 0, ledger.Query{Limit: 100}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
