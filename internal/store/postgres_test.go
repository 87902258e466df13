package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/ledger"
	"perechen/internal/proof"
	"perechen/internal/register"
	"perechen/internal/testkit/pgtest"
)

// node is an installation on a PostgreSQL database, without the body.
func node(t testing.TB, address string, key *proof.Key) *installation {
	t.Helper()
	s, err := OpenPostgres(context.Background(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return &installation{TB: t, path: address, key: key, store: s, Ledger: ledger.New(s, key, time.Now)}
}

// installPostgres makes an installation with the body slug: two entries.
func installPostgres(t testing.TB) *installation {
	t.Helper()
	address := newAddress(t)
	key, err := proof.GenerateKey("perechen.test")
	if err != nil {
		t.Fatal(err)
	}
	in := node(t, address, key)
	in.addBody(slug)
	return in
}

// TestSearchIsTheSameOnBoth: whatever is asked, both databases find the same entries of the same log.
func TestSearchIsTheSameOnBoth(t *testing.T) {
	ctx := context.Background()
	long := strings.Repeat("щебёночный", 300) // a word longer than an index takes
	var every strings.Builder                 // more different words than one row of an index takes
	for i := range 40_000 {
		fmt.Fprintf(&every, "слово%d ", i)
	}
	cs := big(300)
	for i, text := range []string{
		"Приём граждан, ёлка, ЁЛКИ", "по вопросам увольнения со службы", "№ 9-р «кавычки» 'апостроф' \\ обратная", "a:b & c | !d <-> e", "o'neill O'NEILL", "%_*?",
		"\u0000 нулевой", "Ⅳ квартал ½ ставки", "日本語 текст", long, every.String(),
	} {
		cs = append(cs, include(register.KindProcess, fmt.Sprintf("t%d", i), register.Process{Key: fmt.Sprintf("t%d", i), Title: text, Position: 5 + i}))
	}
	var found [2][]string
	words := []string{"консультация", "консул", "служба", "ёлка", "елк", "прием", "по", "увольнение", "о", "o'neill", "neill", "a:b", "d", "квартал", "½", "日本語", long, long[:2000], long[:200],
		"слово1", "слово39999", "слово4000", "нулевой", "апостроф", "кавычк", "граждански гос", "вопросу 17", "*", "%", "'", "\\", "!d", "получение:*", ""}
	for i, in := range []*installation{install(t), installPostgres(t)} {
		in.append(cs...)
		in.addBody("other")
		if _, err := in.Append(ctx, "other", ledger.Batch{Changes: cs[:50], Ground: ground, Actor: "cli", Head: ledger.AnyHead}); err != nil {
			t.Fatal(err)
		}
		for _, body := range []string{slug, "other"} {
			for _, text := range words {
				for _, n := range []int64{30, 1000} {
					err := in.store.View(ctx, func(v ledger.View) error {
						ns, err := v.Search(ctx, body, n, text)
						found[i] = append(found[i], fmt.Sprint(body, " ", n, " ", text[:min(len(text), 20)], ns))
						return err
					})
					if err != nil {
						t.Fatalf("%s: %v", text, err)
					}
				}
			}
		}
	}
	if d := cmp.Diff(found[0], found[1]); d != "" {
		t.Errorf("SQLite (-) and PostgreSQL (+): %s", d)
	}
	if all := strings.Join(found[0], "\n"); strings.Count(all, "[[") < len(words) {
		t.Errorf("too little was found: %s", all)
	}
}

// TestTamperingInPostgreSQL edits the tables with the triggers asleep; Verify names the first bad entry.
func TestTamperingInPostgreSQL(t *testing.T) {
	in := tamperedIn(installPostgres(t))
	for _, s := range []string{
		`UPDATE entry SET leaf = '' WHERE id = ` + id(3),
		`DELETE FROM entry WHERE id = ` + id(3),
		`TRUNCATE entry`,
		`UPDATE content SET content = '' WHERE id = ` + id(3),
		`DELETE FROM content WHERE id = ` + id(3),
		`UPDATE node SET hashes = '' WHERE id = ` + id(3),
	} {
		if _, err := in.store.write.Exec(s); err == nil {
			t.Errorf("%s: done", s)
		}
	}
	for name, c := range map[string]struct {
		sql string
		bad int64
	}{
		"byte of content": {`UPDATE content SET content = overlay(content placing '!' from 5) WHERE id = ` + id(6), 6},
		"leaf cut":        {`UPDATE entry SET leaf = substr(leaf, 1, 50) WHERE id = ` + id(5), 5},
		"entry removed":   {`DELETE FROM entry WHERE id = ` + id(4), 4},
		"tail cut":        {`DELETE FROM entry WHERE id >= ` + id(10), 10},
		"version":         {`UPDATE version SET until = 12 WHERE id = ` + id(9), 9},
		"head":            {`UPDATE head SET n = 9`, 10},
		"root":            {`UPDATE head SET root = ''`, 0},
		"body struck out": {`DELETE FROM body`, -1},
	} {
		tx, err := in.store.write.Begin()
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range []string{`SET LOCAL session_replication_role = replica`, c.sql} {
			if _, err := tx.Exec(q); err != nil {
				t.Fatal(name, err)
			}
		}
		// Looked at from inside the transaction, so that nothing need be put back.
		v := &view{session: &looking{postgresSession{base: in.store.engine.(*postgres), ctx: context.Background()}, tx}}
		l := ledger.New(inside{v}, in.key, time.Now)
		verdict, err := l.Verify(context.Background(), slug, "", nil)
		if c.bad < 0 {
			if _, err = l.Slugs(context.Background()); !errors.Is(err, ledger.ErrDamaged) {
				t.Errorf("%s: %v, want damaged", name, err)
			}
		} else if err != nil || verdict.OK || verdict.Bad != c.bad || verdict.Text == "" {
			t.Errorf("%s: %+v, %v; want bad entry %d", name, verdict, err, c.bad)
		}
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
	}
	if v := in.verify(in.headSigned()); !v.OK || v.Entries != 12 {
		t.Errorf("untouched: %+v", v)
	}
}

// TestWritersOfManyLogs: two nodes with many writers each keep the numbers of two logs dense, and no one's work is lost.
func TestWritersOfManyLogs(t *testing.T) {
	ctx := context.Background()
	a := installPostgres(t)
	b := node(t, a.path, a.key)
	a.addBody("other")
	const writers, each = 8, 10
	var wg sync.WaitGroup
	for w := range writers {
		in, body := []*installation{a, b}[w%2], []string{slug, "other"}[w/2%2]
		wg.Go(func() {
			for i := range each {
				key := fmt.Sprintf("p-%d-%d", w, i)
				_, err := in.Append(ctx, body, ledger.Batch{Changes: []register.Change{include(register.KindProcess, key, register.Process{Key: key})}, Ground: ground, Actor: "a", Head: ledger.AnyHead})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	for _, body := range []string{slug, "other"} {
		v, err := b.Verify(ctx, body, "", nil)
		if err != nil || !v.OK || v.Entries != 2+writers*each/2 {
			t.Errorf("%s: %+v, %v; want %d entries", body, v, err, 2+writers*each/2)
		}
	}
}

// TestReadBeforeLock: a transaction that has looked at a log before it locks it, as another writes, is done again rather
// than write by what it saw.
func TestReadBeforeLock(t *testing.T) {
	ctx := context.Background()
	in := installPostgres(t)
	other := node(t, in.path, in.key)
	runs := 0
	err := in.store.Update(ctx, func(tx ledger.Tx) error {
		runs++
		before, err := tx.Head(ctx, slug)
		if err != nil {
			return err
		}
		if runs == 1 {
			other.append(include(register.KindProcess, "x", register.Process{Key: "x"}))
		}
		now, err := tx.Lock(ctx, slug)
		if err == nil && now != before {
			t.Errorf("run %d: the head was %d when looked at, and %d when locked", runs, before.N, now.N)
		}
		if err == nil && runs == 2 && now.N != 3 {
			t.Errorf("second run: head = %d, want 3", now.N)
		}
		return err
	})
	if err != nil || runs != 2 {
		t.Errorf("%v after %d runs, want success after 2", err, runs)
	}
}

// TestSchemas: a database that is empty, behind or ahead is refused with what to do, and left alone.
func TestSchemas(t *testing.T) {
	ctx := context.Background()
	address := pgtest.Database(t)
	refused := func(want string) {
		t.Helper()
		s, err := OpenPostgres(ctx, address)
		if err == nil {
			s.Close()
		}
		var e *ledger.Error
		if !errors.As(err, &e) || e.Code != ledger.CodeStorage || !strings.Contains(e.Text, want) {
			t.Errorf("open: %v, want «%s»", err, want)
		}
	}
	refused("perechen init")
	from, to, err := MigratePostgres(ctx, address)
	if err != nil || from != 0 || to < 1 {
		t.Fatalf("migrated from %d to %d: %v", from, to, err)
	}
	if from, again, err := MigratePostgres(ctx, address); err != nil || from != to || again != to {
		t.Errorf("migrated again from %d to %d: %v", from, again, err)
	}
	s, err := OpenPostgres(ctx, address)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, c := range []struct{ sql, want string }{
		{`INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, true)`, "Обновите программу"},
		{fmt.Sprintf(`DELETE FROM goose_db_version WHERE version_id IN (99, %d)`, to), "perechen migrate"},
	} {
		if _, err := s.write.Exec(c.sql); err != nil {
			t.Fatal(err)
		}
		refused(c.want)
		if strings.Contains(c.want, "Обновите") {
			if _, _, err := MigratePostgres(ctx, address); err == nil {
				t.Error("a newer schema was migrated")
			}
		}
	}
}

// TestHeard: a node hears of what another writes and erases, and of a lost connection that something may have been missed.
func TestHeard(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	in := installPostgres(t)
	other := node(t, in.path, in.key)
	heard := make(chan string, 100)
	go other.store.Watch(ctx, func(slug string) { heard <- slug })
	expect := func(want string) {
		t.Helper()
		select {
		case got := <-heard:
			if got != want {
				t.Errorf("heard %q, want %q", got, want)
			}
		case <-time.After(20 * time.Second):
			t.Fatalf("not heard: %q", want)
		}
	}
	expect("")
	in.append(include(register.KindProcess, "x", register.Process{Key: "x"}))
	expect(slug)
	if _, err := in.store.write.Exec(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()`); err != nil {
		t.Fatal(err)
	}
	expect("")
	if err := in.Erase(ctx, slug, 3, ground, "admin"); err != nil {
		t.Fatal(err)
	}
	expect(slug)
}
