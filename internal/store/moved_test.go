package store

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/procedure"
	"perechen/internal/proof"
	"perechen/internal/register"
)

func movedSince(t *testing.T, s *Store, mark *ledger.Mark) (slugs []string) {
	t.Helper()
	err := s.View(context.Background(), func(v ledger.View) (err error) {
		*mark, err = v.Moved(context.Background(), *mark, func(slug string, _ ledger.Head) error {
			slugs = append(slugs, slug)
			return nil
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(slugs)
	return slugs
}

// TestMovedAndCommittedLate: a transaction that began before another and is committed after it is not passed over.
func TestMovedAndCommittedLate(t *testing.T) {
	ctx := context.Background()
	s := newPostgres(t)
	key, err := proof.GenerateKey("perechen.test")
	if err != nil {
		t.Fatal(err)
	}
	l := ledger.New(s, key, time.Now)
	for _, slug := range []string{"early", "late"} {
		if err := l.AddBody(ctx, register.Organisation{Slug: slug}, &procedure.Procedure{ID: "sample-1"}, ground, "cli"); err != nil {
			t.Fatal(err)
		}
	}
	write := func(tx ledger.Tx, slug string) error {
		_, err := l.AppendIn(ctx, tx, slug, ledger.Batch{Changes: []register.Change{include(register.KindProcess, "p", register.Process{Key: "p"})}, Ground: ground, Actor: "cli", Head: ledger.AnyHead}, nil)
		return err
	}
	var mark ledger.Mark
	movedSince(t, s, &mark)
	err = s.Update(ctx, func(tx ledger.Tx) error {
		if err := write(tx, "early"); err != nil {
			return err
		}
		// The statement has its transaction's number only when it is sent.
		if _, err := tx.Head(ctx, "early"); err != nil {
			return err
		}
		if err := s.Update(ctx, func(tx ledger.Tx) error { return write(tx, "late") }); err != nil {
			return err
		}
		if got := movedSince(t, s, &mark); !slices.Equal(got, []string{"late"}) {
			t.Errorf("moved %v before the first was committed", got)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := movedSince(t, s, &mark); !slices.Contains(got, "early") {
		t.Errorf("moved %v: the one committed late was passed over", got)
	}
	if got := movedSince(t, s, &mark); len(got) > 0 {
		t.Errorf("moved %v, and nobody has written", got)
	}
	// Numbers of another server, as after a restore from a dump, are no reason to be told again and again.
	if _, err := s.write.Exec(`ALTER TABLE head DISABLE TRIGGER head_moves; UPDATE head SET moved = 9000000000000`); err != nil {
		t.Fatal(err)
	}
	if got := movedSince(t, s, &mark); len(got) > 0 {
		t.Errorf("moved %v by numbers that nobody here has given", got)
	}
	mark.Epoch++ // another server has taken the place
	if got := movedSince(t, s, &mark); len(got) != 2 {
		t.Errorf("moved %v since another server", got)
	}
}

// TestNamesAreMadeAnew: what an older program wrote is found by its name once the database was opened, on both.
func TestNamesAreMadeAnew(t *testing.T) {
	ctx := context.Background()
	key, err := proof.GenerateKey("perechen.test")
	if err != nil {
		t.Fatal(err)
	}
	path, address := t.TempDir()+"/"+DatabaseFile, newAddress(t)
	for name, open := range map[string]func() (*Store, error){
		"SQLite":     func() (*Store, error) { return OpenFile(ctx, path) },
		"PostgreSQL": func() (*Store, error) { return OpenPostgres(ctx, address) },
	} {
		t.Run(name, func(t *testing.T) {
			s := opened(t)(open())
			l := ledger.New(s, key, time.Now)
			for i := range 3 {
				if err := l.AddBody(ctx, register.Organisation{Slug: fmt.Sprintf("b%d", i), Name: fmt.Sprintf("Комитет %d", i)}, &procedure.Procedure{ID: "sample-1"}, ground, "cli"); err != nil {
					t.Fatal(err)
				}
			}
			found := func(want int) {
				t.Helper()
				if _, n, _, err := ledger.New(opened(t)(open()), key, nil).Directory(ctx, "комитет", 0, 9); err != nil || n != want {
					t.Errorf("found %d, %v; want %d", n, err, want)
				}
			}
			found(3)
			if _, err := s.write.Exec(`DELETE FROM search`); err != nil {
				t.Fatal(err)
			}
			found(0)
			if _, err := s.write.Exec(`INSERT INTO renewal (what) VALUES ('names')`); err != nil {
				t.Fatal(err)
			}
			found(3)
			found(3)
		})
	}
}
