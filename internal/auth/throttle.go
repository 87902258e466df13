package auth

import (
	"context"
	"fmt"
	"time"
)

// Guesses are counted for each login and for each address. After a few in vain there is a pause that grows with each
// further one up to a bound, so nobody is locked out for ever. A browser that has signed in to the account before has a
// count of its own: who tries to lock a person out from elsewhere does not touch it.
type limit struct {
	free  int           // guesses without a pause
	first time.Duration // the pause after the next one; it doubles
	most  time.Duration
}

var (
	perLogin = limit{free: 5, first: 30 * time.Second, most: 15 * time.Minute}
	// An office may share one address. Sign-ins that break off in the middle, as when a node dies, stay counted too.
	perAddress = limit{free: 60, first: 10 * time.Second, most: 5 * time.Minute}
)

// forget is after how long without a guess everything is forgotten.
const forget = 24 * time.Hour

func (l limit) pause(failed int) time.Duration {
	if failed < l.free {
		return 0
	}
	p := l.first
	for i := l.free; i < failed && p < l.most; i++ {
		p *= 2
	}
	return min(p, l.most)
}

// A guess holds the keys under which an attempt is counted.
type guess struct {
	keys   []string
	limits []limit
}

func (s *Service) guessOf(ctx context.Context, v View, login string, a Account, from From) (g guess, err error) {
	key := "login " + login
	if from.Device != "" && a.ID != "" {
		known, err := v.Device(ctx, hashToken(from.Device), a.ID)
		if err != nil {
			return g, err
		}
		if known {
			key = fmt.Sprintf("device %s %x", a.ID, hashToken(from.Device)[:8])
		}
	}
	return guess{[]string{key, "address " + from.Address}, []limit{perLogin, perAddress}}, nil
}

// counts tells how often each key was tried in vain; an Error with CodeThrottled when a pause has not passed.
func (s *Service) counts(ctx context.Context, v View, g guess) ([]int, error) {
	now := s.now()
	counts := make([]int, len(g.keys))
	for i, key := range g.keys {
		failed, last, err := v.Guesses(ctx, key)
		if err != nil {
			return nil, err
		}
		if now.Sub(last) > forget {
			failed = 0
		}
		// Another attempt, of another node too, may have been noted after our moment: that alone is no pause.
		pause := g.limits[i].pause(failed)
		if wait := last.Add(pause).Sub(now); pause > 0 && wait > 0 {
			return nil, &Error{Code: CodeThrottled, Text: fmt.Sprintf("Слишком много неудачных попыток входа. Повторите через %s.", roughly(wait))}
		}
		counts[i] = failed
	}
	return counts, nil
}

// take counts an attempt before it is known whether it is in vain, so that many at once count too. A pause that has not
// passed gives an Error with CodeThrottled and counts nothing. Attempts take turns: all of an office write to the row of its
// address, and would otherwise undo one another.
func (s *Service) take(ctx context.Context, tx Tx, g guess) error {
	if err := tx.LockAccounts(ctx); err != nil {
		return err
	}
	now := s.now()
	counts, err := s.counts(ctx, tx, g)
	if err != nil {
		return err
	}
	for i, key := range g.keys {
		if err := tx.SetGuesses(ctx, key, counts[i]+1, now); err != nil {
			return err
		}
	}
	return tx.ForgetGuesses(ctx, now.Add(-forget))
}

// forgive forgets the attempts of somebody who got in. What the address has tried with other logins stays, less this one.
func (s *Service) forgive(ctx context.Context, tx Tx, g guess) error {
	if err := tx.SetGuesses(ctx, g.keys[0], 0, time.Time{}); err != nil {
		return err
	}
	failed, last, err := tx.Guesses(ctx, g.keys[1])
	if err != nil || failed == 0 {
		return err
	}
	return tx.SetGuesses(ctx, g.keys[1], failed-1, last)
}

func roughly(d time.Duration) string {
	if d <= time.Minute {
		return "минуту"
	}
	return fmt.Sprintf("%d мин.", int((d+time.Minute-1)/time.Minute))
}

// pausedAgain tells whether an attempt during the pause of this key was noted in the audit log less than a minute ago:
// otherwise anybody could fill the log.
func (s *Service) pausedAgain(key string) bool {
	now := s.now()
	s.mu.Lock()
	defer s.mu.Unlock()
	if last, ok := s.noted[key]; ok && now.Sub(last) < time.Minute {
		return true
	}
	if len(s.noted) > 10_000 {
		clear(s.noted)
	}
	s.noted[key] = now
	return false
}
