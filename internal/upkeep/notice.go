package upkeep

import (
	"context"
	"time"
)

// A Notice tells one person of one event. The event's name makes it unique: nobody is told twice.
type Notice struct {
	ID      int64
	Account string
	Event   string // «komzan/task/process-1a2b/2026-11-20/soon»
	Body    string // address of the body
	Kind    string // Event constant, or «reminder-» and the stage
	Text    string // one sentence
	Href    string // where to do something about it: «/komzan/tasks/…»
	Created time.Time
	Seen    time.Time // zero: not yet ticked off

	Mail int       // MailNone, MailWaits, …
	Due  time.Time // not to be sent before
}

// The states of a notice's mail.
const (
	MailNone   = 0
	MailWaits  = 1
	MailSent   = 2
	MailFailed = 3
)

// How a person wants mail.
const (
	ModeNow   = "now"
	ModeDaily = "daily" // what has gathered, at the beginning of the next working day
	ModeNone  = "none"
)

// Modes lists them, the first one by default.
var Modes = []string{ModeNow, ModeDaily, ModeNone}

// A MailBatch is one message: notices of one person that go out together. Its ID stays the same however often it is tried.
type MailBatch struct {
	ID      string
	Account string
	Tries   int // this one included
	Lease   time.Time
	Notices []Notice
}

// A NoticeView reads notices.
type NoticeView interface {
	// Notices lists those of an account, the newest first, and how many there are in all; unseen: only those not ticked off.
	Notices(ctx context.Context, account string, unseen bool, offset, limit int) (ns []Notice, total int, err error)
	// Unseen counts those not ticked off.
	Unseen(ctx context.Context, account string) (int, error)
	// MailMode tells how a person wants mail; empty when nothing was said.
	MailMode(ctx context.Context, account string) (string, error)
	// MailDue tells whether something waits to be sent.
	MailDue(ctx context.Context, now time.Time) (bool, error)
}

// A NoticeTx writes them.
type NoticeTx interface {
	// PutNotice adds a notice; false, and nothing written, when the account was told of that event already.
	PutNotice(ctx context.Context, n Notice) (bool, error)
	// SeeNotices ticks off those of an account with these ids, all of them when ids is nil; it tells how many.
	SeeNotices(ctx context.Context, account string, ids []int64, at time.Time) (int, error)
	SetMailMode(ctx context.Context, account, mode string) error
	// LeaseMail takes a message to be sent, for nobody else until that moment: one that was tried before, or all due
	// notices of one person under the given new id. What was ticked off meanwhile is not sent.
	LeaseMail(ctx context.Context, id string, now, until time.Time) (b MailBatch, ok bool, err error)
	// DoneMail says what became of a message: sent, given up, or to be tried again when due. false when the lease is not
	// held any more.
	DoneMail(ctx context.Context, b MailBatch, state int, fault string, due time.Time) (bool, error)
}

// Notices lists the actor's own notices.
func (d *Desk) Notices(ctx context.Context, actor Actor, unseen bool, offset, limit int) (ns []Notice, total int, err error) {
	err = d.store.View(ctx, func(v View) error {
		ns, total, err = v.Notices(ctx, actor.Account, unseen, offset, limit)
		return err
	})
	return ns, total, wrap(err, "upkeep: notices")
}

// Unseen counts the actor's notices that are not ticked off.
func (d *Desk) Unseen(ctx context.Context, actor Actor) (n int, err error) {
	err = d.store.View(ctx, func(v View) error {
		n, err = v.Unseen(ctx, actor.Account)
		return err
	})
	return n, wrap(err, "upkeep: unseen notices")
}

// See ticks off the actor's own notices with these ids, all when ids is nil. Those of others are passed over.
func (d *Desk) See(ctx context.Context, actor Actor, ids []int64) (n int, err error) {
	err = d.store.Update(ctx, func(tx Tx) error {
		n, err = tx.SeeNotices(ctx, actor.Account, ids, d.now())
		return err
	})
	return n, wrap(err, "upkeep: see notices")
}

// MailMode tells how the actor wants mail.
func (d *Desk) MailMode(ctx context.Context, actor Actor) (mode string, err error) {
	err = d.store.View(ctx, func(v View) error {
		mode, err = v.MailMode(ctx, actor.Account)
		return err
	})
	if mode == "" {
		mode = ModeNow
	}
	return mode, wrap(err, "upkeep: mode of mail")
}

// SetMailMode sets how the actor wants mail from now on; what waits already goes as it was to go.
func (d *Desk) SetMailMode(ctx context.Context, actor Actor, mode string) error {
	known := false
	for _, m := range Modes {
		known = known || m == mode
	}
	if !known {
		return invalid("Выберите, как присылать письма.")
	}
	err := d.store.Update(ctx, func(tx Tx) error { return tx.SetMailMode(ctx, actor.Account, mode) })
	return wrap(err, "upkeep: set mode of mail")
}
