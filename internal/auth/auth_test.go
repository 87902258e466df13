package auth_test

import (
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"perechen/internal/auth"
	"perechen/internal/store"
)

const password = "четыре слова подряд"

// A desk is a service over a database of its own, with a clock that a test moves.
type desk struct {
	*testing.T
	*auth.Service
	now time.Time
	ids map[string]string
}

func newDesk(t *testing.T, logins ...string) *desk {
	t.Helper()
	s, err := store.OpenFile(t.Context(), filepath.Join(t.TempDir(), store.DatabaseFile))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	d := &desk{T: t, now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), ids: map[string]string{}}
	d.Service = auth.New(s.Accounts(), func() time.Time { return d.now })
	for _, l := range logins {
		a, err := d.Add(t.Context(), auth.By{Account: "local"}, auth.NewAccount{Login: l, Name: "Лицо " + l, Password: password, Admin: l == "admin"})
		if err != nil {
			t.Fatal(err)
		}
		d.ids[l] = a.ID
	}
	return d
}

// try signs in and gives the code of the refusal, empty when there was none.
func (d *desk) try(login, password string, from auth.From) (auth.SignedIn, string) {
	d.Helper()
	in, err := d.SignIn(d.Context(), login, password, from)
	var e *auth.Error
	if err != nil && !errors.As(err, &e) {
		d.Fatal(err)
	}
	if err != nil {
		return in, e.Code
	}
	return in, ""
}

func TestGuessesAreSlowedDownAndNobodyIsLockedOut(t *testing.T) {
	for _, login := range []string{"ivanova", "nobody"} {
		d := newDesk(t, "ivanova")
		attacker := auth.From{Address: "203.0.113.9"}
		guesses := 0
		for start := d.now; d.now.Sub(start) < 12*time.Hour; d.now = d.now.Add(4 * time.Minute) {
			if _, code := d.try(login, "не тот пароль", attacker); code == auth.CodeInvalid {
				guesses++
			} else if code != auth.CodeThrottled {
				t.Fatalf("a guess is answered with %q", code)
			}
		}
		if guesses < 20 || guesses > 60 {
			t.Errorf("%s: %d guesses in half a day were let through", login, guesses)
		}
		d.now = d.now.Add(15 * time.Minute)
		if login == "ivanova" {
			if _, code := d.try(login, password, auth.From{Address: "192.0.2.7"}); code != "" {
				t.Errorf("after the longest pause the person does not get in: %s", code)
			}
		}
	}
}

func TestAKnownBrowserIsNotSlowedDownByStrangers(t *testing.T) {
	d := newDesk(t, "ivanova", "petrov")
	in, code := d.try("Ivanova ", password, auth.From{Address: "192.0.2.7"})
	if code != "" {
		t.Fatal(code)
	}
	for range 8 {
		d.try("ivanova", "не тот пароль", auth.From{Address: "203.0.113.9"})
	}
	if _, code := d.try("ivanova", password, auth.From{Address: "192.0.2.8"}); code != auth.CodeThrottled {
		t.Errorf("a new browser is let in during the pause: %q", code)
	}
	if _, code := d.try("ivanova", password, auth.From{Address: "192.0.2.7", Device: in.Device}); code != "" {
		t.Errorf("the person's own browser is not let in: %q", code)
	}
	for range 6 {
		d.try("petrov", "не тот пароль", auth.From{Address: "192.0.2.7", Device: in.Device})
	}
	if _, code := d.try("petrov", password, auth.From{Address: "192.0.2.7", Device: in.Device}); code != auth.CodeThrottled {
		t.Error("a browser known to one account may guess at another without a pause")
	}
}

func TestGuessesOfOneAddressAreCountedTogether(t *testing.T) {
	d := newDesk(t, "ivanova")
	throttled := false
	for i := range 90 {
		_, code := d.try(strings.Repeat("x", i+2), "не тот пароль", auth.From{Address: "203.0.113.9"})
		throttled = throttled || code == auth.CodeThrottled
	}
	if !throttled {
		t.Error("one address may try as many logins as it likes")
	}
	if _, code := d.try("ivanova", password, auth.From{Address: "192.0.2.7"}); code != "" {
		t.Errorf("another address is slowed down too: %q", code)
	}
}

// TestAnOfficeSignsInAtOnce: everybody behind one address begins to work in the same moment, on nodes whose clocks differ by
// a little, and nobody is taken for somebody who guesses.
func TestAnOfficeSignsInAtOnce(t *testing.T) {
	logins := make([]string, 8)
	for i := range logins {
		logins[i] = "person" + string(rune('a'+i))
	}
	d := newDesk(t, logins...)
	var wg sync.WaitGroup
	for range 2 {
		for _, login := range logins {
			wg.Go(func() {
				if _, err := d.SignIn(t.Context(), login, password, auth.From{Address: "192.0.2.7"}); err != nil {
					t.Errorf("%s: %v", login, err)
				}
			})
		}
		wg.Wait()
	}
	d.try(logins[0], "не тот пароль", auth.From{Address: "192.0.2.7"})
	d.now = d.now.Add(-2 * time.Second)
	if _, code := d.try(logins[1], password, auth.From{Address: "192.0.2.7"}); code != "" {
		t.Errorf("after a wrong password of a colleague at a node whose clock is ahead: %q", code)
	}
}

func TestManyGuessesAtOnceCount(t *testing.T) {
	d := newDesk(t, "ivanova")
	var wg sync.WaitGroup
	var mu sync.Mutex
	let := 0
	for range 30 {
		wg.Go(func() {
			_, err := d.SignIn(t.Context(), "ivanova", "не тот пароль", auth.From{Address: "203.0.113.9"})
			mu.Lock()
			defer mu.Unlock()
			if !errors.Is(err, &auth.Error{Code: auth.CodeThrottled}) {
				let++
			}
		})
	}
	wg.Wait()
	if let != 5 {
		t.Errorf("%d of 30 guesses at once were let through, want 5", let)
	}
}

func TestTheFirstAdministratorIsOne(t *testing.T) {
	d := newDesk(t)
	var wg sync.WaitGroup
	var mu sync.Mutex
	made := 0
	for _, login := range []string{"first", "second", "third"} {
		wg.Go(func() {
			_, err := d.SetUp(t.Context(), auth.NewAccount{Login: login, Name: "Администратор", Password: password}, auth.From{})
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				made++
			}
		})
	}
	wg.Wait()
	all, err := d.Accounts(t.Context())
	if made != 1 || len(all) != 1 || !all[0].Admin || err != nil {
		t.Errorf("%d were made, %d accounts, %v", made, len(all), err)
	}
}

func TestTheLastAdministratorStays(t *testing.T) {
	d := newDesk(t, "admin", "ivanova")
	by := auth.By{Account: d.ids["admin"]}
	same := auth.NewAccount{Login: "admin", Name: "Лицо"}
	if _, err := d.Change(t.Context(), by, d.ids["admin"], same); err == nil {
		t.Error("the only administrator is one no more")
	}
	if err := d.Block(t.Context(), by, d.ids["admin"], true); err == nil {
		t.Error("the only administrator is blocked")
	}
	if _, err := d.Change(t.Context(), by, d.ids["ivanova"], auth.NewAccount{Login: "ivanova", Name: "Лицо", Admin: true}); err != nil {
		t.Fatal(err)
	}
	if err := d.Block(t.Context(), by, d.ids["admin"], true); err != nil {
		t.Errorf("one of two: %v", err)
	}
}

func TestAPasswordOfAnAdministratorEndsSessions(t *testing.T) {
	d := newDesk(t, "ivanova")
	in, code := d.try("ivanova", password, auth.From{Address: "192.0.2.7"})
	if code != "" {
		t.Fatal(code)
	}
	if err := d.SetPassword(t.Context(), auth.By{Account: "local"}, d.ids["ivanova"], "совсем другой пароль"); err != nil {
		t.Fatal(err)
	}
	if _, _, ok, _ := d.Who(t.Context(), in.Token); ok {
		t.Error("the session is still open")
	}
	if _, code := d.try("ivanova", password, auth.From{Address: "192.0.2.7"}); code != auth.CodeInvalid {
		t.Errorf("the old password: %q", code)
	}
}

func TestTheAuditLogHoldsNoSecrets(t *testing.T) {
	d := newDesk(t, "ivanova")
	from := auth.From{Address: "192.0.2.7\nподделка", Agent: "Firefox"}
	d.try(password, "что угодно здесь", from) // the password typed into the wrong field
	d.try("ivanova", "не тот пароль", from)
	in, _ := d.try("ivanova", password, from)
	if err := d.ChangePassword(t.Context(), d.ids["ivanova"], password, "совсем другой пароль", "", from); err != nil {
		t.Fatal(err)
	}
	if err := d.SignOut(t.Context(), in.Token, from); err != nil {
		t.Fatal(err)
	}
	lines, total, err := d.AuditLines(t.Context(), auth.Query{Limit: 100})
	if err != nil || total < 5 {
		t.Fatalf("%d lines, %v", total, err)
	}
	for _, l := range lines {
		all := strings.Join([]string{l.Object, l.Detail, l.Body, l.Address, l.Account}, "|")
		for _, s := range []string{password, "не тот пароль", "что угодно", "совсем другой", in.Token, "\n"} {
			if strings.Contains(all, s) {
				t.Errorf("a line holds %q: %+v", s, l)
			}
		}
	}
}
