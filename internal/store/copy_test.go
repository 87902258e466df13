package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/auth"
	"perechen/internal/ledger"
	"perechen/internal/proof"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// TestTables: both databases have the same tables with the same columns, and each has its place in tables.go.
func TestTables(t *testing.T) {
	columns := func(s *Store, tables, of string) map[string]string {
		t.Helper()
		all := map[string]string{}
		names := column1(t, s, tables)
		for _, name := range names {
			all[name] = strings.Join(column1(t, s, fmt.Sprintf(of, name)), " ")
		}
		return all
	}
	file := columns(newFile(t), `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search%' AND name <> 'goose_db_version' ORDER BY 1`,
		`SELECT name FROM pragma_table_info('%s') ORDER BY cid`)
	base := columns(newPostgres(t), `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_name NOT IN ('search', 'goose_db_version') ORDER BY 1`,
		`SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '%s' ORDER BY ordinal_position`)
	if d := cmp.Diff(file, base); d != "" {
		t.Errorf("tables in SQLite (-) and PostgreSQL (+): %s", d)
	}
	for name := range file {
		if !slices.Contains(slices.Concat(tables, derived, passing), name) {
			t.Errorf("table %s has no place in tables.go: is it copied or left behind?", name)
		}
	}
}

// column1 gives the first column of a query.
func column1(t *testing.T, s *Store, query string) (all []string) {
	t.Helper()
	rows, err := s.read.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var x string
		if err := rows.Scan(&x); err != nil {
			t.Fatal(err)
		}
		all = append(all, x)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// furnish fills an installation with something of everything.
func furnish(t *testing.T, in *installation) {
	t.Helper()
	ctx := context.Background()
	tamperedIn(in)
	cs := big(700) // a process, points 0…19, usages; points 0 and 2…7 are there already
	in.append(append(append(cs[:1:1], cs[2]), cs[9:]...)...)
	if err := in.Erase(ctx, slug, 3, ground, "admin"); err != nil {
		t.Fatal(err)
	}
	in.addBody("other")
	people := auth.New(in.store.Accounts(), time.Now)
	a, err := people.SetUp(ctx, auth.NewAccount{Login: "Админ", Name: "Иванова О'Нил", Email: "i@example.ru", Password: "длинный пароль для проверки"}, auth.From{})
	if err != nil {
		t.Fatal(err)
	}
	p := upkeep.Proposal{ID: "p1", Body: slug, Department: "kadry", Author: a.Account.ID, State: upkeep.StateDraft, Version: 1, Updated: time.UnixMicro(1).UTC()}
	err = in.store.Upkeep().Update(ctx, func(tx upkeep.Tx) error {
		if _, err := tx.PutProposal(ctx, p, 0); err != nil {
			return err
		}
		if err := tx.PutProposalVersion(ctx, slug, "p1", upkeep.ProposalVersion{Version: 1, By: a.Account.ID, At: p.Updated}, []byte(`{"x":"ё"}`)); err != nil {
			return err
		}
		content := slices.Repeat([]byte{0, 1, 255}, 1<<20)
		return tx.PutFile(ctx, slug, ledger.FileSum(content), content)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// content gives every row of the tables that a copy takes along, and what is derived.
func content(t *testing.T, s *Store) (all []string) {
	t.Helper()
	err := s.view(context.Background(), func(v *view) error {
		for _, table := range slices.Concat(tables, []string{"node", "version"}) {
			columns := "*"
			if table == "head" { // when it was written is each database's own to number
				columns = "body, n, time, root, signed, erasures"
			}
			rows, err := v.query(context.Background(), `SELECT `+columns+` FROM `+table+` ORDER BY 1, 2`)
			if err != nil {
				return err
			}
			cols, err := rows.Columns()
			if err != nil {
				return err
			}
			for rows.Next() {
				row, into := make([]any, len(cols)), make([]any, len(cols))
				for i := range row {
					into[i] = &row[i]
				}
				if err := rows.Scan(into...); err != nil {
					return err
				}
				line := fmt.Sprintf("%s %q", table, row)
				all = append(all, line[:min(len(line), 3000)])
			}
			if err := errors.Join(rows.Err(), rows.Close()); err != nil {
				return err
			}
		}
		for _, word := range []string{"консультация", "телефон", "прохожд"} {
			found, err := v.Search(context.Background(), slug, 1000, word)
			if err != nil {
				return err
			}
			all = append(all, fmt.Sprint(word, found))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestCopy moves an installation from a file to PostgreSQL and back: every row arrives as it was.
func TestCopy(t *testing.T) {
	ctx := context.Background()
	in := install(t)
	furnish(t, in)
	var done, total int64
	copyTo := func(from, to *Store) error {
		return from.CopyTo(ctx, to, ledger.New(to, in.key, time.Now).RebuildIn, func(d, n int64) { done, total = d, n })
	}
	base, back := newPostgres(t), newFile(t)
	if err := copyTo(in.store, base); err != nil {
		t.Fatal(err)
	}
	if done != total || total < 1000 {
		t.Errorf("progress: %d of %d", done, total)
	}
	if err := copyTo(base, back); err != nil {
		t.Fatal(err)
	}
	want := content(t, in.store)
	if len(want) < 2000 {
		t.Errorf("only %d rows to compare", len(want))
	}
	for name, s := range map[string]*Store{"PostgreSQL": base, "back in SQLite": back} {
		if d := cmp.Diff(want, content(t, s)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
		v, err := ledger.New(s, in.key, time.Now).Verify(ctx, slug, in.headSigned(), nil)
		if err != nil || !v.OK {
			t.Errorf("%s: %+v, %v", name, v, err)
		}
		for n := range 2 { // numbering goes on
			err := s.Accounts().Update(ctx, func(tx auth.Tx) error { return tx.AddAudit(ctx, auth.Line{Action: fmt.Sprint(n)}) })
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		before := content(t, s)
		if err := copyTo(in.store, s); !errors.Is(err, ledger.ErrRefused) {
			t.Errorf("%s: a second copy: %v, want refusal", name, err)
		}
		if d := cmp.Diff(before, content(t, s)); d != "" {
			t.Errorf("%s: a refused copy changed it: %s", name, d)
		}
	}
}

// TestCopyInterrupted: a copy that is stopped, or whose log does not lead to what was signed, leaves the target empty.
func TestCopyInterrupted(t *testing.T) {
	in := install(t)
	furnish(t, in)
	for _, d := range databases {
		to := d.open(t)
		l := ledger.New(to, in.key, time.Now)
		ctx, cancel := context.WithCancel(context.Background())
		err := in.store.CopyTo(ctx, to, l.RebuildIn, func(done, total int64) {
			if done > total/2 {
				cancel()
			}
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v, want cancelled", d.name, err)
		}
		err = in.store.CopyTo(context.Background(), to, func(ctx context.Context, tx ledger.Tx, slug string) error {
			if slug == "komzan" {
				in.append(include(register.KindProcess, "late-"+strings.ToLower(d.name), register.Process{Key: "late-" + strings.ToLower(d.name)}))
			}
			return l.RebuildIn(ctx, tx, slug)
		}, nil)
		if !errors.Is(err, ledger.ErrRefused) {
			t.Errorf("%s: written to meanwhile: %v, want refusal", d.name, err)
		}
		stranger, err := proof.GenerateKey("perechen.other")
		if err != nil {
			t.Fatal(err)
		}
		if err := in.store.CopyTo(context.Background(), to, ledger.New(to, stranger, time.Now).RebuildIn, nil); !errors.Is(err, ledger.ErrDamaged) {
			t.Errorf("%s: signed by another key: %v, want damaged", d.name, err)
		}
		if empty, err := to.Empty(context.Background()); err != nil || !empty {
			t.Errorf("%s: not empty afterwards (%v)", d.name, err)
		}
	}
}
