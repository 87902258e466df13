package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/register"
)

// searchTerms reads the search index, the last part of a dump.
const searchTerms = `SELECT term, doc FROM temp.terms ORDER BY term, doc`

// dumpTables gives every row of every table, and every term of the search index with the rows that hold it.
func dumpTables(t testing.TB, in *installation) string {
	t.Helper()
	var b strings.Builder
	if _, err := in.store.write.Exec(`CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab(main, search, instance)`); err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{
		`SELECT * FROM body ORDER BY id`, `SELECT body, n, time, root, signed, erasures FROM head ORDER BY body`, `SELECT * FROM entry ORDER BY id`, `SELECT * FROM content ORDER BY id`,
		`SELECT * FROM node ORDER BY id`, `SELECT * FROM version ORDER BY id`, searchTerms,
	} {
		fmt.Fprintln(&b, q)
		rows, err := in.store.write.Query(q)
		if err != nil {
			t.Fatal(err)
		}
		cols, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			vals := make([]sql.RawBytes, len(cols))
			into := make([]any, len(cols))
			for i := range vals {
				into[i] = &vals[i]
			}
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			for _, v := range vals {
				fmt.Fprintf(&b, "%q ", v)
			}
			b.WriteByte('\n')
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		rows.Close()
	}
	return b.String()
}

// TestRebuildBytes: after edits, erasures and a second body, a rebuild gives the same rows byte for byte, also when
// everything derived was lost.
func TestRebuildBytes(t *testing.T) {
	ctx := context.Background()
	in := tampered(t)
	cs := big(700) // a process, points 0…19, usages; points 0 and 2…7 are there already
	in.append(append(append(cs[:1:1], cs[2]), cs[9:]...)...)
	in.append(register.Change{Op: register.Exclude, Kind: register.KindUsage, Key: "u-000000"})
	if err := in.Erase(ctx, slug, 3, ground, "admin"); err != nil {
		t.Fatal(err)
	}
	if err := in.Erase(ctx, slug, 100, ground, "admin"); err != nil {
		t.Fatal(err)
	}
	if _, err := in.Approve(ctx, slug, register.Edition{Number: 1, Date: "2026-02-16"}, "head"); err != nil {
		t.Fatal(err)
	}
	before := dumpTables(t, in)
	if n := strings.Count(before, "\n"); n < 3000 {
		t.Fatalf("only %d rows to compare", n)
	}
	if err := in.Rebuild(ctx, slug); err != nil {
		t.Fatal(err)
	}
	if after := dumpTables(t, in); after != before {
		t.Error(cmp.Diff(strings.Split(before, "\n"), strings.Split(after, "\n")))
	}
	in.sql(`DELETE FROM version`, `DELETE FROM node`, `INSERT INTO search (search) VALUES ('delete-all')`, `UPDATE head SET time = 0, erasures = 9, root = zeroblob(32)`)
	if err := in.Rebuild(ctx, slug); err != nil {
		t.Fatal(err)
	}
	if after := dumpTables(t, in); after != before {
		t.Error(cmp.Diff(strings.Split(before, "\n"), strings.Split(after, "\n")))
	}
	if v := in.verify(""); !v.OK {
		t.Error(v.Text)
	}
}
