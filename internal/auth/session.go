package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"time"
)

// newToken makes what a cookie carries: 256 random bits. Only its hash is kept.
func newToken() string {
	b := make([]byte, 32)
	rand.Read(b) //nolint:errcheck // it never fails (crypto/rand)
	return base64.RawURLEncoding.EncodeToString(b)
}

func newID(prefix string) string {
	b := make([]byte, 8)
	rand.Read(b) //nolint:errcheck // it never fails (crypto/rand)
	return prefix + hex.EncodeToString(b)
}

func hashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// A SignedIn is what a person gets for a right password: the tokens go into cookies.
type SignedIn struct {
	Account Account
	Token   string
	Device  string
}

// SignIn gives a session for a login and its password. For an unknown login, a wrong password and a blocked account the
// answer is the same and takes the same work. Every attempt leaves a line in the audit log.
func (s *Service) SignIn(ctx context.Context, login, password string, from From) (SignedIn, error) {
	login = foldLogin(login)
	var a Account
	var g guess
	err := s.store.View(ctx, func(v View) (err error) {
		if a, _, err = v.AccountByLogin(ctx, login); err != nil {
			return err
		}
		if g, err = s.guessOf(ctx, v, login, a, from); err != nil {
			return err
		}
		_, err = s.counts(ctx, v, g)
		return err
	})
	ok := false
	if err == nil {
		// A place among those who hash is waited for before the attempt is counted, and kept until it is known: of a whole
		// office that signs in at once only few are ever counted as guesses.
		if err := s.enter(ctx); err != nil {
			return SignedIn{}, err
		}
		defer func() { <-s.hashing }()
		if err = s.store.Update(ctx, func(tx Tx) error { return s.take(ctx, tx, g) }); err == nil {
			ok, err = compare(password, a.password)
		}
	}
	if isCode(err, CodeThrottled) && !s.pausedAgain(g.keys[0]) {
		err = errors.Join(err, s.Audit(ctx, Line{Account: a.ID, Action: ActSignInPaused, Address: from.Address}))
	}
	if err != nil {
		return SignedIn{}, err
	}
	if !ok || a.Blocked {
		detail := "неверный пароль"
		switch {
		case a.ID == "":
			detail = "нет такого имени для входа" // which one is not written: people type passwords there
		case ok:
			detail = "учётная запись заблокирована"
		}
		if err := s.Audit(ctx, Line{Account: a.ID, Action: ActSignInFailed, Detail: detail, Address: from.Address}); err != nil {
			return SignedIn{}, err
		}
		return SignedIn{}, &Error{Code: CodeInvalid, Text: "Имя для входа или пароль не подходят."}
	}
	var in SignedIn
	err = s.store.Update(ctx, func(tx Tx) error {
		if err := tx.LockAccounts(ctx); err != nil {
			return err
		}
		// What was checked must still hold: the account may have been blocked or given another password meanwhile.
		now, found, err := tx.AccountByID(ctx, a.ID)
		if err != nil {
			return err
		}
		if !found || now.Blocked || now.password != a.password {
			return &Error{Code: CodeInvalid, Text: "Имя для входа или пароль не подходят."}
		}
		if err := s.forgive(ctx, tx, g); err != nil {
			return err
		}
		in, err = s.begin(ctx, tx, now, from)
		if err != nil {
			return err
		}
		return s.note(ctx, tx, Line{Account: a.ID, Action: ActSignIn, Address: from.Address})
	})
	return in, err
}

// begin makes a session, and makes the browser known. Sessions that are over are swept away on the way.
func (s *Service) begin(ctx context.Context, tx Tx, a Account, from From) (SignedIn, error) {
	now := s.now()
	in := SignedIn{Account: a, Token: newToken(), Device: from.Device}
	if in.Device == "" || len(in.Device) > 100 {
		in.Device = newToken()
	}
	if err := tx.EndOldSessions(ctx, now.Add(-Idle), now.Add(-Life)); err != nil {
		return in, err
	}
	if err := tx.PutDevice(ctx, hashToken(in.Device), a.ID, now); err != nil {
		return in, err
	}
	session := Session{ID: newID("s-"), Account: a.ID, Created: now, Seen: now, Agent: cut(from.Agent, 200), Address: cut(from.Address, 60)}
	return in, tx.PutSession(ctx, session, hashToken(in.Token))
}

// Who tells whose session a token opens; ok is false for one that is over, unknown, or of a blocked account.
func (s *Service) Who(ctx context.Context, token string) (a Account, x Session, ok bool, err error) {
	if token == "" || len(token) > 100 {
		return a, x, false, nil
	}
	err = s.store.View(ctx, func(v View) error {
		x, a, ok, err = v.SessionByToken(ctx, hashToken(token))
		return err
	})
	now := s.now()
	if err != nil || !ok || a.Blocked || now.Sub(x.Seen) > Idle || now.Sub(x.Created) > Life {
		return Account{}, Session{}, false, err
	}
	if now.Sub(x.Seen) >= time.Minute {
		err = s.store.Update(ctx, func(tx Tx) error { return tx.TouchSession(ctx, x.ID, now) })
	}
	return a, x, true, err
}

// SignOut ends the session of a token.
func (s *Service) SignOut(ctx context.Context, token string, from From) error {
	a, x, ok, err := s.Who(ctx, token)
	if err != nil || !ok {
		return err
	}
	return s.store.Update(ctx, func(tx Tx) error {
		if _, err := tx.EndSession(ctx, a.ID, x.ID); err != nil {
			return err
		}
		return s.note(ctx, tx, Line{Account: a.ID, Action: ActSignOut, Address: from.Address})
	})
}

// EndSession ends one session of the account; one of somebody else is not found.
func (s *Service) EndSession(ctx context.Context, account, id string, from From) error {
	return s.store.Update(ctx, func(tx Tx) error {
		if ok, err := tx.EndSession(ctx, account, id); err != nil {
			return err
		} else if !ok {
			return &Error{Code: CodeNotFound, Text: "Такого сеанса нет: он уже завершён."}
		}
		return s.note(ctx, tx, Line{Account: account, Action: ActSignOut, Object: id, Address: from.Address})
	})
}

// EndSessions ends all sessions of the account but the one with the ID except, and tells how many.
func (s *Service) EndSessions(ctx context.Context, account, except string, from From) (n int, err error) {
	err = s.store.Update(ctx, func(tx Tx) error {
		if n, err = tx.EndSessions(ctx, account, except); err != nil {
			return err
		}
		return s.note(ctx, tx, Line{Account: account, Action: ActSignOutAll, Address: from.Address})
	})
	return n, err
}

// Sessions lists the live sessions of an account, the one used last first.
func (s *Service) Sessions(ctx context.Context, account string) ([]Session, error) {
	now := s.now()
	return view(ctx, s, func(v View) ([]Session, error) {
		all, err := v.Sessions(ctx, account)
		var live []Session
		for _, x := range all {
			if now.Sub(x.Seen) <= Idle && now.Sub(x.Created) <= Life {
				live = append(live, x)
			}
		}
		return live, err
	})
}
