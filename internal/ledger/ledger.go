// Package ledger is the only door to the registers. Each body's register is an append-only log; everything that changes
// it goes through Append, Approve, Reject or Erase, which validate, number, prove and sign in one transaction of a Store,
// and everything that is read (state, history, rows, editions) is computed from the log at an entry number.
//
// A state at entry n never changes, except that an erasure takes content away from it; so decoded states are kept in
// memory and shared. What a method returns is for reading only.
package ledger

import (
	"context"
	"slices"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"perechen/internal/procedure"
	"perechen/internal/proof"
	"perechen/internal/register"
)

// A Ledger is safe for concurrent use. Two Ledgers, also in two processes, may share one Store.
type Ledger struct {
	store  Store
	key    *proof.Key
	keys   proof.Keys // by which checkpoints are verified
	now    func() time.Time
	states *stateCache
	trees  *trees
	days   sync.Map // address of a body to *dayMemory

	directory directory
	keeping   *Moves // whose newest entry is perhaps not kept (ToKeep)
}

// New opens the door to a store. Everything appended is signed with key; now tells the time and, by its location, which
// calendar day an entry belongs to (At).
func New(store Store, key *proof.Key, now func() time.Time) *Ledger {
	if now == nil {
		now = time.Now
	}
	l := &Ledger{store: store, key: key, keys: key.Keys(), now: now, states: newStateCache(), trees: &trees{bySlug: map[string]*proof.Tree{}}}
	l.keeping = l.NewMoves()
	return l
}

// NewReader opens the door for reading only: what was signed is verified with keys, and nothing can be signed.
func NewReader(store Store, keys proof.Keys, now func() time.Time) *Ledger {
	return &Ledger{store: store, keys: keys, now: now, states: newStateCache()}
}

// A Head is the newest entry of a log, or the log as it was at entry N.
type Head struct {
	N        int64     // 0: the log is empty
	Time     time.Time // when entry N was recorded
	Root     tlog.Hash // of the tree over entries 1…N
	Signed   string    // the checkpoint of this head, as signed when it was written
	Erasures int64     // how many entries up to N are erasures
}

// Verifier gives the public key by which checkpoints of this ledger are verified: «name+hash+base64».
func (l *Ledger) Verifier() string { return l.key.Public() }

// Key signs seals and checkpoints in the name of this installation.
func (l *Ledger) Key() *proof.Key { return l.key }

// Slugs returns the addresses of the bodies, sorted. It reads nothing that could be damaged with an entry.
func (l *Ledger) Slugs(ctx context.Context) ([]string, error) {
	var slugs []string
	err := l.store.View(ctx, func(v View) (err error) {
		slugs, err = v.Bodies(ctx)
		return err
	})
	return slugs, wrap(err, "ledger: bodies")
}

// Appointed returns the addresses of the bodies in whose registers an appointment of the account stands now, whether it is
// in force today or not, sorted.
func (l *Ledger) Appointed(ctx context.Context, account string) ([]string, error) {
	var slugs []string
	err := l.store.View(ctx, func(v View) error {
		slugs = nil
		return v.Named(ctx, register.KindAppointment, account, mostAppointed, func(slug string, ver Version) error {
			if ver.Content == nil || slices.Contains(slugs, slug) {
				return nil
			}
			a, err := decode[register.Appointment](ver.Content)
			if err == nil && a.Account == account {
				slugs = append(slugs, slug)
			}
			return wrap(err, "%s", slug)
		})
	})
	slices.Sort(slugs)
	return slugs, wrap(err, "ledger: appointments of an account")
}

// mostAppointed bounds the appointments of one account, and of those whose names are like it.
const mostAppointed = 10_000

// Head returns the newest entry's number, time and root; an Error with CodeNotFound when there is no such body.
func (l *Ledger) Head(ctx context.Context, slug string) (Head, error) {
	var h Head
	err := l.store.View(ctx, func(v View) (err error) {
		h, err = v.Head(ctx, slug)
		return err
	})
	return h, wrap(err, "ledger: head of "+slug)
}

// At returns the last entry recorded on or before that day, in the location of the ledger's clock; 0 when the log began
// later.
func (l *Ledger) At(ctx context.Context, slug string, day register.Date) (int64, error) {
	d, ok := day.Time()
	if !ok {
		return 0, invalid("«%s» — не дата; нужна запись вида 2026-02-16.", day)
	}
	end := time.Date(d.Year(), d.Month(), d.Day()+1, 0, 0, 0, 0, l.now().Location())
	var n int64
	err := l.store.View(ctx, func(v View) error {
		h, err := v.Head(ctx, slug)
		if err != nil {
			return err
		}
		// Recorded time never goes back, so the entries before end are 1…n.
		lo, hi := int64(0), h.N
		for lo < hi {
			mid := (lo + hi + 1) / 2
			e, err := recordAt(ctx, v, slug, mid)
			if err != nil {
				return err
			}
			if e.Time.Before(end) {
				lo = mid
			} else {
				hi = mid - 1
			}
		}
		n = lo
		return nil
	})
	return n, wrap(err, "ledger: %s at %s", slug, day)
}

// Procedure returns the Порядок that the body kept its register by at entry n (0: now).
func (l *Ledger) Procedure(ctx context.Context, slug string, n int64) (*procedure.Procedure, error) {
	s, err := l.state(ctx, slug, n)
	if err != nil {
		return nil, wrap(err, "ledger: procedure of %s at %d", slug, n)
	}
	if s.procedure == nil {
		return nil, notFound("У организации «%s» на запись %d порядка ведения перечня ещё нет.", slug, s.register.N)
	}
	return s.procedure, nil
}

// State returns the register at entry n (0: the newest). It is shared: do not change it.
func (l *Ledger) State(ctx context.Context, slug string, n int64) (*register.Register, error) {
	s, err := l.state(ctx, slug, n)
	if err != nil {
		return nil, wrap(err, "ledger: state of %s at %d", slug, n)
	}
	return s.register, nil
}
