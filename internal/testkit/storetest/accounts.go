package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"perechen/internal/auth"
)

// Accounts tests the stores of accounts that open gives: each call a new, empty one, closed by t.Cleanup.
func Accounts(t *testing.T, open func(t *testing.T) auth.Store) {
	t.Run("Accounts", func(t *testing.T) { testAccounts(t, open(t)) })
	t.Run("Sessions", func(t *testing.T) { testSessions(t, open(t)) })
	t.Run("Guesses", func(t *testing.T) { testGuesses(t, open(t)) })
	t.Run("Audit", func(t *testing.T) { testAudit(t, open(t)) })
}

var day = time.Date(2026, 3, 2, 9, 0, 0, 123000, time.UTC)

func update(t *testing.T, s auth.Store, fn func(ctx context.Context, tx auth.Tx) error) {
	t.Helper()
	if err := s.Update(t.Context(), func(tx auth.Tx) error { return fn(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

func look(t *testing.T, s auth.Store, fn func(ctx context.Context, v auth.View) error) {
	t.Helper()
	if err := s.View(t.Context(), func(v auth.View) error { return fn(t.Context(), v) }); err != nil {
		t.Fatal(err)
	}
}

func put(t *testing.T, s auth.Store, as ...auth.Account) {
	t.Helper()
	update(t, s, func(ctx context.Context, tx auth.Tx) error {
		for _, a := range as {
			if err := tx.PutAccount(ctx, a, "hash of "+a.Login); err != nil {
				return err
			}
		}
		return nil
	})
}

var (
	ivanova = auth.Account{ID: "u-1", Login: "иванова", Name: "Иванова И.И.", Email: "ivanova@example.ru", Admin: true, Created: day}
	petrov  = auth.Account{ID: "u-2", Login: "petrov", Name: "Петров П.П.", Blocked: true, Created: day.Add(time.Hour)}
	noHash  = cmpopts.IgnoreUnexported(auth.Account{})
)

func testAccounts(t *testing.T, s auth.Store) {
	put(t, s, ivanova, petrov)
	look(t, s, func(ctx context.Context, v auth.View) error {
		n, err := v.CountAccounts(ctx)
		if err != nil || n != 2 {
			t.Errorf("CountAccounts = %d, %v", n, err)
		}
		all, err := v.Accounts(ctx)
		if d := cmp.Diff([]auth.Account{petrov, ivanova}, all, noHash); d != "" || err != nil {
			t.Errorf("Accounts: %s %v", d, err)
		}
		a, ok, err := v.AccountByLogin(ctx, "иванова")
		if d := cmp.Diff(ivanova, a, noHash); d != "" || !ok || err != nil || a.PasswordHash() != "hash of иванова" {
			t.Errorf("AccountByLogin: %s %v %v", d, ok, err)
		}
		if _, ok, err := v.AccountByID(ctx, "u-3"); ok || err != nil {
			t.Errorf("an account that is not there: %v %v", ok, err)
		}
		return nil
	})
	changed := ivanova
	changed.Login, changed.Admin, changed.Blocked = "ivanova", false, true
	put(t, s, changed)
	look(t, s, func(ctx context.Context, v auth.View) error {
		a, ok, err := v.AccountByID(ctx, "u-1")
		if d := cmp.Diff(changed, a, noHash); d != "" || !ok || err != nil {
			t.Errorf("a changed account: %s %v %v", d, ok, err)
		}
		return nil
	})
	failed := errors.New("no")
	err := s.Update(t.Context(), func(tx auth.Tx) error {
		if err := tx.PutAccount(t.Context(), auth.Account{ID: "u-9", Login: "x", Name: "X"}, ""); err != nil {
			return err
		}
		return failed
	})
	if !errors.Is(err, failed) {
		t.Errorf("a failed transaction says %v", err)
	}
	look(t, s, func(ctx context.Context, v auth.View) error {
		if n, err := v.CountAccounts(ctx); n != 2 || err != nil {
			t.Errorf("after a failed transaction there are %d accounts, %v", n, err)
		}
		return nil
	})
}

func testSessions(t *testing.T, s auth.Store) {
	put(t, s, ivanova, petrov)
	first := auth.Session{ID: "s-1", Account: "u-1", Created: day, Seen: day, Agent: "Firefox", Address: "10.0.0.1"}
	second := auth.Session{ID: "s-2", Account: "u-1", Created: day.Add(time.Hour), Seen: day.Add(2 * time.Hour)}
	other := auth.Session{ID: "s-3", Account: "u-2", Created: day, Seen: day}
	update(t, s, func(ctx context.Context, tx auth.Tx) error {
		return errors.Join(tx.PutSession(ctx, first, []byte("h1")), tx.PutSession(ctx, second, []byte("h2")), tx.PutSession(ctx, other, []byte("h3")),
			tx.PutDevice(ctx, []byte("d"), "u-1", day), tx.PutDevice(ctx, []byte("d"), "u-1", day.Add(time.Hour)))
	})
	look(t, s, func(ctx context.Context, v auth.View) error {
		x, a, ok, err := v.SessionByToken(ctx, []byte("h1"))
		if d := cmp.Diff(first, x); d != "" || !ok || err != nil || a.ID != "u-1" {
			t.Errorf("SessionByToken: %s %v %v %v", d, a, ok, err)
		}
		if _, _, ok, err := v.SessionByToken(ctx, []byte("h")); ok || err != nil {
			t.Errorf("an unknown token: %v %v", ok, err)
		}
		all, err := v.Sessions(ctx, "u-1")
		if d := cmp.Diff([]auth.Session{second, first}, all); d != "" || err != nil {
			t.Errorf("Sessions: %s %v", d, err)
		}
		for account, want := range map[string]bool{"u-1": true, "u-2": false} {
			if got, err := v.Device(ctx, []byte("d"), account); got != want || err != nil {
				t.Errorf("Device of %s = %v, %v", account, got, err)
			}
		}
		return nil
	})
	update(t, s, func(ctx context.Context, tx auth.Tx) error {
		if ok, err := tx.EndSession(ctx, "u-2", "s-1"); ok || err != nil {
			t.Errorf("another's session was ended: %v %v", ok, err)
		}
		if err := tx.TouchSession(ctx, "s-3", day.Add(5*time.Hour)); err != nil {
			return err
		}
		if n, err := tx.EndSessions(ctx, "u-1", "s-2"); n != 1 || err != nil {
			t.Errorf("EndSessions = %d, %v", n, err)
		}
		return tx.EndOldSessions(ctx, day.Add(3*time.Hour), day.Add(-time.Hour))
	})
	look(t, s, func(ctx context.Context, v auth.View) error {
		for hash, want := range map[string]bool{"h1": false, "h2": false, "h3": true} {
			if _, _, ok, err := v.SessionByToken(ctx, []byte(hash)); ok != want || err != nil {
				t.Errorf("session %s is there: %v, want %v (%v)", hash, ok, want, err)
			}
		}
		return nil
	})
}

func testGuesses(t *testing.T, s auth.Store) {
	update(t, s, func(ctx context.Context, tx auth.Tx) error {
		return errors.Join(tx.SetGuesses(ctx, "login a", 3, day), tx.SetGuesses(ctx, "login a", 4, day.Add(time.Minute)), tx.SetGuesses(ctx, "login b", 1, day),
			tx.SetGuesses(ctx, "login c", 1, day.Add(time.Hour)), tx.SetGuesses(ctx, "login c", 0, time.Time{}), tx.ForgetGuesses(ctx, day.Add(time.Second)))
	})
	look(t, s, func(ctx context.Context, v auth.View) error {
		for key, want := range map[string]int{"login a": 4, "login b": 0, "login c": 0} {
			n, last, err := v.Guesses(ctx, key)
			if n != want || err != nil || want > 0 && !last.Equal(day.Add(time.Minute)) {
				t.Errorf("Guesses(%s) = %d, %s, %v", key, n, last, err)
			}
		}
		return nil
	})
}

func testAudit(t *testing.T, s auth.Store) {
	var lines []auth.Line
	update(t, s, func(ctx context.Context, tx auth.Tx) error {
		for i := range 5 {
			l := auth.Line{Time: day.Add(time.Duration(i) * time.Hour), Account: "u-1", Action: auth.ActSignIn, Address: "10.0.0.1"}
			if i%2 == 1 {
				l.Account, l.Action, l.Body, l.Object, l.Detail = "u-2", auth.ActRefused, "komzan", "GET /komzan/people", "нет права"
			}
			lines = append(lines, l)
			if err := tx.AddAudit(ctx, l); err != nil {
				return err
			}
		}
		return nil
	})
	for _, c := range []struct {
		q     auth.Query
		want  []int
		total int
	}{
		{auth.Query{Limit: 10}, []int{4, 3, 2, 1, 0}, 5},
		{auth.Query{Limit: 2, Offset: 1}, []int{3, 2}, 5},
		{auth.Query{Limit: 10, Account: "u-2", Action: auth.ActRefused, Body: "komzan"}, []int{3, 1}, 2},
		{auth.Query{Limit: 10, From: day.Add(time.Hour), To: day.Add(3 * time.Hour)}, []int{2, 1}, 2},
		{auth.Query{Limit: 10, Body: "minec"}, nil, 0},
	} {
		look(t, s, func(ctx context.Context, v auth.View) error {
			got, total, err := v.Audit(ctx, c.q)
			var want []auth.Line
			for _, i := range c.want {
				want = append(want, lines[i])
			}
			if d := cmp.Diff(want, got, cmpopts.IgnoreFields(auth.Line{}, "ID")); d != "" || total != c.total || err != nil {
				t.Errorf("%+v: %d of %d, %v: %s", c.q, len(got), total, err, d)
			}
			return nil
		})
	}
}
