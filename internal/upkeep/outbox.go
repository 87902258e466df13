package upkeep

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"perechen/internal/ledger"
)

// A Mailer sends one message. An error that Permanent is true of is not tried again.
type Mailer interface {
	Send(ctx context.Context, l Letter) error
}

// A Letter is a message as a Mailer gets it.
type Letter struct {
	ID      string // the same whenever it is tried again: mail systems drop the second of two equal ones
	Name    string // of the person
	Address string
	Notices []Notice
}

// ErrPermanent is wrapped by a Mailer's error that will not go away: there is no such mailbox.
var ErrPermanent = errors.New("permanent")

// Bounds of sending.
const (
	leaseTime = 2 * time.Minute    // for one message; a node that dies gives it up then
	firstWait = time.Minute        // after the first failure; doubles
	mostWait  = 6 * time.Hour      //
	mailLife  = 3 * 24 * time.Hour // after which a message is given up: what it says is stale, and stands in the pages anyway
)

// A Post sends what waits in the outbox and reminds people. Several, on several nodes, may work at one store: a message is
// leased to one of them. Between the server's «accepted» and our noting it a crash may leave a message that was sent and
// not noted; it is sent again under the same Message-ID.
type Post struct {
	desk   *Desk
	mailer Mailer // nil: notices stay in the pages
	log    *slog.Logger
	watch  *Watcher

	moves *ledger.Moves // whose people are perhaps to be reminded
	mu    sync.Mutex
	day   string // on which they were
}

// NewPost makes the post of a desk.
func NewPost(d *Desk, m Mailer, log *slog.Logger) *Post {
	return &Post{desk: d, mailer: m, log: log, watch: NewWatcher(d.ledger), moves: d.ledger.NewMoves()}
}

// Due tells whether something waits to be sent.
func (p *Post) Due(ctx context.Context) (due bool, err error) {
	if p.mailer == nil {
		return false, nil
	}
	now := p.desk.now()
	err = p.desk.store.View(ctx, func(v View) (err error) {
		due, err = v.MailDue(ctx, now)
		return err
	})
	return due, err
}

// SendAll sends what waits until nothing does or ctx is done; a message that is being sent then is finished.
func (p *Post) SendAll(ctx context.Context) error {
	for more := true; more && ctx.Err() == nil; {
		var err error
		if more, err = p.SendOne(ctx); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// ToRemind tells whether a register or the day has changed since this Post reminded people the last time.
func (p *Post) ToRemind(ctx context.Context) (bool, error) {
	waiting, err := p.waiting(ctx)
	return len(waiting) > 0, err
}

// Remind writes the reminders of all bodies, where their register or the day has changed since the last time. The errors of
// one do not keep it from the others.
func (p *Post) Remind(ctx context.Context) error {
	waiting, err := p.waiting(ctx)
	errs := []error{err}
	for _, x := range waiting {
		if err := p.desk.Remind(ctx, p.watch, x.Slug); err != nil {
			errs = append(errs, err)
			continue
		}
		p.moves.Done(x)
	}
	return errors.Join(errs...)
}

// waiting gives the bodies with entries whose people were not yet reminded of its present state. It costs what was written
// since the last time; on a new day it is all of them.
func (p *Post) waiting(ctx context.Context) ([]ledger.Moved, error) {
	day := p.desk.now().Format(time.DateOnly)
	p.mu.Lock()
	if p.day != day {
		p.day = day
		p.moves.Anew()
	}
	p.mu.Unlock()
	return p.moves.Waiting(ctx)
}

// SendOne sends the message that has waited longest; false when none is due. That it could not be sent is no error: it is
// put off, or given up.
func (p *Post) SendOne(ctx context.Context) (bool, error) {
	d := p.desk
	now := d.now()
	if due, err := p.Due(ctx); err != nil || !due {
		return false, err
	}
	var b MailBatch
	ok := false
	id := NewID()
	err := d.store.Update(ctx, func(tx Tx) (err error) {
		b, ok, err = tx.LeaseMail(ctx, id, now, now.Add(leaseTime))
		return err
	})
	if err != nil || !ok {
		return false, err
	}
	// From here on the message is finished even if the program is told to stop.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), leaseTime-10*time.Second)
	defer cancel()
	state, fault := MailSent, ""
	if failed := p.send(ctx, b); failed != nil {
		state, fault = MailWaits, clip(failed.Error(), 300)
		if errors.Is(failed, ErrPermanent) || now.Sub(b.Notices[0].Created) > mailLife {
			state = MailFailed
		}
		p.log.WarnContext(ctx, "a message was not sent", "message", b.ID, "account", b.Account, "tries", b.Tries, "given up", state == MailFailed, "err", failed)
	}
	err = d.store.Update(ctx, func(tx Tx) error {
		_, err := tx.DoneMail(ctx, b, state, fault, d.now().Add(wait(b.Tries)))
		return err
	})
	return true, err
}

func (p *Post) send(ctx context.Context, b MailBatch) error {
	person, ok, err := p.desk.people.Person(ctx, b.Account)
	switch {
	case err != nil:
		return err
	case !ok || person.Blocked || person.Email == "":
		return errors.Join(ErrPermanent, errors.New("the person has no mailbox or is blocked"))
	case p.desk.now().Sub(b.Notices[0].Created) > mailLife:
		return errors.Join(ErrPermanent, errors.New("too old"))
	}
	return p.mailer.Send(ctx, Letter{ID: b.ID, Name: person.Name, Address: person.Email, Notices: b.Notices})
}

// wait is the pause after so many tries.
func wait(tries int) time.Duration {
	w := firstWait
	for i := 1; i < tries && w < mostWait; i++ {
		w *= 2
	}
	return min(w, mostWait)
}
