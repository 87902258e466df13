package upkeep

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"
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
	every  time.Duration
	watch  *Watcher

	mu       sync.Mutex
	reminded map[string]reminded
}

// reminded says for which state and day a body's people were reminded.
type reminded struct {
	n        int64
	erasures int64
	day      string
}

// NewPost makes the post of a desk; it looks every so often (0: 5 seconds) for what is to be sent.
func NewPost(d *Desk, m Mailer, log *slog.Logger, every time.Duration) *Post {
	if every == 0 {
		every = 5 * time.Second
	}
	return &Post{desk: d, mailer: m, log: log, every: every, watch: NewWatcher(d.ledger), reminded: map[string]reminded{}}
}

// Run works until ctx is done; a message that is being sent then is finished.
func (p *Post) Run(ctx context.Context) {
	tick := time.NewTicker(p.every)
	defer tick.Stop()
	var looked time.Time
	for {
		if now := time.Now(); now.Sub(looked) >= time.Minute {
			looked = now
			if err := p.Remind(ctx); err != nil && ctx.Err() == nil {
				p.log.ErrorContext(ctx, "reminders could not be written", "err", err)
			}
		}
		for ctx.Err() == nil && p.mailer != nil {
			sent, err := p.SendOne(ctx)
			if err != nil && ctx.Err() == nil {
				p.log.ErrorContext(ctx, "the outbox could not be read", "err", err)
			}
			if err != nil || !sent {
				break
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Remind writes the reminders of all bodies, where their register or the day has changed since the last time.
func (p *Post) Remind(ctx context.Context) error {
	slugs, err := p.desk.ledger.Slugs(ctx)
	if err != nil {
		return err
	}
	day := p.desk.now().Format(time.DateOnly)
	var errs []error
	for _, slug := range slugs {
		h, err := p.desk.ledger.Head(ctx, slug)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		state := reminded{h.N, h.Erasures, day}
		p.mu.Lock()
		done := h.N == 0 || p.reminded[slug] == state
		p.mu.Unlock()
		if done {
			continue
		}
		if err := p.desk.Remind(ctx, p.watch, slug); err != nil {
			errs = append(errs, err)
			continue
		}
		p.mu.Lock()
		p.reminded[slug] = state
		p.mu.Unlock()
	}
	return errors.Join(errs...)
}

// SendOne sends the message that has waited longest; false when none is due. That it could not be sent is no error: it is
// put off, or given up.
func (p *Post) SendOne(ctx context.Context) (bool, error) {
	d := p.desk
	now := d.now()
	due := false
	err := d.store.View(ctx, func(v View) (err error) {
		due, err = v.MailDue(ctx, now)
		return err
	})
	if err != nil || !due {
		return false, err
	}
	var b MailBatch
	ok := false
	id := NewID()
	err = d.store.Update(ctx, func(tx Tx) (err error) {
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
