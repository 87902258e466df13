// Package upkeep is what people do between reading a register and writing to it: proposals of departments, their
// inclusion, tasks and confirmations, editions, notices. A Desk is the door for people; behind it stands the ledger, which
// stays the only door to the log.
//
// Every right is read from the state of the log inside the transaction that uses it, so an appointment that was revoked a
// moment ago no longer helps. Whatever a person does is one transaction: entries of the log, what follows from them
// (tasks), the proposal's new state and the notices are kept together or not at all.
package upkeep

import (
	"context"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/rights"
)

// A Desk is safe for concurrent use. Several desks, also in several processes, may stand before one Store.
type Desk struct {
	store  Store
	ledger *ledger.Ledger
	people People
	now    func() time.Time
	hooks  []Hook

	printer  Printer // of the documents of editions; may be nil
	findings findingsCache
	forms    formKey
}

// New makes a desk. people may be nil where nobody has an account (the command line). now tells the time and, by its
// location, the day on which rights begin and end; nil is the clock of the machine.
func New(store Store, l *ledger.Ledger, people People, now func() time.Time) *Desk {
	if now == nil {
		now = time.Now
	}
	return &Desk{store: store, ledger: l, people: people, now: now}
}

// Ledger is where the desk writes.
func (d *Desk) Ledger() *ledger.Ledger { return d.ledger }

// An Actor is who does something. Admin is a flag of the account, not an appointment: it gives settings and people, never
// a say in the contents of a register.
type Actor struct {
	Account string // internal id, as it stands in the log; empty: a passer-by, who has no rights
	Admin   bool

	local bool
}

// Local is whoever sits at the command line of the machine the register lives on: there all rights are had anyway.
var Local = Actor{Account: "local", local: true}

// A Person is an account as notices and pages need it.
type Person struct {
	Account, Name, Email string
	Admin, Blocked       bool
}

// People knows the accounts. Names live only there.
type People interface {
	// Person returns an account; ok is false for one that is not there (any more).
	Person(ctx context.Context, account string) (p Person, ok bool, err error)
}

// An Event is something that happened and that people may want to hear of. It is told inside the transaction in which it
// happened.
type Event struct {
	Kind       string // one of the Event constants
	Body       string
	Actor      string         // who did it: that person need not be told
	Proposal   *Proposal      // of the proposal events, in its new state
	Department string         // concerned; empty: the body
	To         []string       // accounts to be told beside those whom the kind concerns
	Receipt    ledger.Receipt // of EventRecorded: the new entries
	Before     *register.Register
	After      *register.Register // of EventRecorded: what became of the register; shared, do not change
}

// The kinds of events.
const (
	EventSubmitted = "proposal-submitted" // the officers have something to look at
	EventReturned  = "proposal-returned"  // the author has something to answer
	EventIncluded  = "proposal-included"
	EventWithdrawn = "proposal-withdrawn"
	EventRecorded  = "recorded" // entries were written, by whatever way
)

// A Hook hears of events inside their transaction; what it writes to tx is kept with them. Its error undoes all.
type Hook func(ctx context.Context, tx Tx, e Event) error

// On adds a hook. It is for the start of the program, not for a desk in use.
func (d *Desk) On(h Hook) { d.hooks = append(d.hooks, h) }

func (d *Desk) tell(ctx context.Context, tx Tx, e Event) error {
	for _, h := range d.hooks {
		if err := h(ctx, tx, e); err != nil {
			return err
		}
	}
	return nil
}

// A sight is what one transaction sees of a body and of who looks.
type sight struct {
	slug      string
	actor     Actor
	now       time.Time
	register  *register.Register   // shared: do not change
	procedure *procedure.Procedure // nil in a log that has none yet
	grants    rights.Grants
}

// see reads the newest state and the actor's rights in it.
func (d *Desk) see(ctx context.Context, v ledger.View, actor Actor, slug string) (sight, error) {
	r, p, err := d.ledger.StateIn(ctx, v, slug)
	if err != nil {
		return sight{}, err
	}
	now := d.now()
	return sight{slug: slug, actor: actor, now: now, register: r, procedure: p, grants: rights.Of(r, actor.Account, now)}, nil
}

// An act is something being done to a body, inside its transaction.
type act struct {
	sight
	tx Tx
}

// look runs fn over one snapshot of a body.
func (d *Desk) look(ctx context.Context, actor Actor, slug string, fn func(v View, s sight) error) error {
	if _, err := d.ledger.State(ctx, slug, 0); err != nil { // into memory, where the transaction finds it
		return err
	}
	return d.store.View(ctx, func(v View) error {
		s, err := d.see(ctx, v, actor, slug)
		if err != nil {
			return err
		}
		return fn(v, s)
	})
}

// do runs fn in one transaction that holds the body's log and is kept when fn returns nil.
func (d *Desk) do(ctx context.Context, actor Actor, slug string, fn func(a *act) error) error {
	if _, err := d.ledger.State(ctx, slug, 0); err != nil {
		return err
	}
	return d.store.Update(ctx, func(tx Tx) error {
		if _, err := tx.Lock(ctx, slug); err != nil {
			return err
		}
		s, err := d.see(ctx, tx, actor, slug)
		if err != nil {
			return err
		}
		return fn(&act{sight: s, tx: tx})
	})
}

// has tells whether the actor holds one of the roles, for the whole body or any department.
func (s sight) has(roles ...string) bool { return s.actor.local || s.grants.Has(roles...) }

// in tells whether the actor holds the role for that department or for the whole body.
func (s sight) in(role, department string) bool {
	return s.actor.local || s.grants.In(role, department)
}

// administers tells whether the actor keeps the installation.
func (s sight) administers() bool { return s.actor.local || s.actor.Admin }
