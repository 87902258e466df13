// Package auth knows who is there: accounts, passwords, sessions, guesses that are slowed down, and the log of what was
// refused. What a person may do in a body is no business of its: see package rights.
//
// A name or a mailbox stands only here, so it can be taken away; the registers' logs hold the ID of an account.
package auth

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// An Account is a person who can sign in.
type Account struct {
	ID      string // «u-…», for ever; what the logs call the person
	Login   string // folded; unique
	Name    string // as it should be shown: «Иванова И.И.»
	Email   string // may be empty
	Admin   bool   // makes accounts, links them, sees the audit log, has the settings of every body
	Blocked bool
	Created time.Time

	password string // hash
}

// A Session is one browser in which a person is signed in.
type Session struct {
	ID      string // to name it on a page; does not open it
	Account string
	Created time.Time
	Seen    time.Time // to the minute
	Agent   string    // what the browser called itself, shortened
	Address string
}

// From says where a request comes from.
type From struct {
	Address string // of the network, without port
	Agent   string
	Device  string // token by which a browser is known again, empty for a new one
}

// Bounds of sessions.
const (
	Idle = 8 * time.Hour      // after which an unused session is over
	Life = 7 * 24 * time.Hour // after which every session is over
)

// A Service is safe for concurrent use; several, also in several processes, may share one Store.
type Service struct {
	store   Store
	now     func() time.Time
	hashing chan struct{} // each password being hashed takes 19 MiB
	peopled atomic.Bool   // an account was seen: there will always be one

	mu    sync.Mutex
	noted map[string]time.Time // key of guesses → when an attempt during its pause was noted last
}

// New makes the service over a store; nil for now is time.Now.
func New(store Store, now func() time.Time) *Service {
	if now == nil {
		now = time.Now
	}
	return &Service{store: store, now: now, hashing: make(chan struct{}, 4), noted: map[string]time.Time{}}
}

// A Store keeps accounts, sessions, guesses and the audit log.
type Store interface {
	// View runs fn over one consistent snapshot.
	View(ctx context.Context, fn func(View) error) error
	// Update runs fn in one transaction that leaves nothing behind when fn fails. fn may be run again.
	Update(ctx context.Context, fn func(Tx) error) error
}

// A View reads. Absent things are told by ok, not by an error.
type View interface {
	CountAccounts(ctx context.Context) (int, error)
	// Accounts lists all accounts in the order of their logins.
	Accounts(ctx context.Context) ([]Account, error)
	AccountByID(ctx context.Context, id string) (a Account, ok bool, err error)
	AccountByLogin(ctx context.Context, login string) (a Account, ok bool, err error)
	// SessionByToken finds a session by the hash of its token, with its account.
	SessionByToken(ctx context.Context, hash []byte) (s Session, a Account, ok bool, err error)
	// Sessions lists the sessions of an account, the one used last first.
	Sessions(ctx context.Context, account string) ([]Session, error)
	// Device tells whether a browser with that hash of a token has signed in to the account before.
	Device(ctx context.Context, hash []byte, account string) (bool, error)
	// Guesses tells how often a key was tried in vain, and when last; zero when never.
	Guesses(ctx context.Context, key string) (failed int, last time.Time, err error)
	// Audit lists lines of the audit log, newest first, and how many there are in all.
	Audit(ctx context.Context, q Query) (lines []Line, total int, err error)
}

// A Tx reads and writes.
type Tx interface {
	View
	// LockAccounts keeps other transactions that call it waiting until this one ends. Called before anything is read, this
	// one sees all that went before.
	LockAccounts(ctx context.Context) error
	// PutAccount adds or replaces an account by its ID.
	PutAccount(ctx context.Context, a Account, passwordHash string) error
	PutSession(ctx context.Context, s Session, hash []byte) error
	// TouchSession notes that a session was used.
	TouchSession(ctx context.Context, id string, seen time.Time) error
	// EndSession ends one session of an account, EndSessions all but the one with the ID except (and tells how many),
	// EndOldSessions everybody's whose last use or beginning is before the given moments.
	EndSession(ctx context.Context, account, id string) (ok bool, err error)
	EndSessions(ctx context.Context, account, except string) (int, error)
	EndOldSessions(ctx context.Context, seenBefore, createdBefore time.Time) error
	PutDevice(ctx context.Context, hash []byte, account string, seen time.Time) error
	// SetGuesses replaces what is known of a key; 0 forgets it.
	SetGuesses(ctx context.Context, key string, failed int, last time.Time) error
	// ForgetGuesses forgets the keys that were tried last before a moment.
	ForgetGuesses(ctx context.Context, before time.Time) error
	AddAudit(ctx context.Context, l Line) error
}

// Stored gives an account as a store has kept it.
func Stored(a Account, passwordHash string) Account {
	a.password = passwordHash
	return a
}

// PasswordHash is for stores.
func (a Account) PasswordHash() string { return a.password }

// HasPassword tells whether the account can be signed in to at all.
func (a Account) HasPassword() bool { return a.password != "" }

// view runs fn and gives what it gives.
func view[T any](ctx context.Context, s *Service, fn func(View) (T, error)) (out T, err error) {
	err = s.store.View(ctx, func(v View) error {
		out, err = fn(v)
		return err
	})
	return out, err
}
