package store

import (
	"bytes"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"time"

	"perechen/internal/ledger"
)

func (p *postgres) view(ctx context.Context, fn func(*view) error) error {
	s := &postgresSession{base: p, ctx: ctx, pool: p.read, begin: "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY", patience: min(p.patience, 4*time.Second)} // somebody looks at a page
	defer s.end()
	return postgresSentence(fn(&view{session: s}))
}

// update's transaction sees one snapshot, and fails when it would write over what was written since (PostgreSQL's
// «repeatable read»); then it is done again, at the front of the queue for the logs that it had locked.
func (p *postgres) update(ctx context.Context, fn func(*writer) error) error {
	w := p.wait(p.patience)
	var wanted []string
	for {
		a := &attempt{postgresSession: postgresSession{base: p, ctx: ctx, pool: p.write, begin: "BEGIN ISOLATION LEVEL REPEATABLE READ"}}
		err := a.try(wanted, fn)
		if err == nil {
			return nil
		}
		if a.ambiguous {
			committed, sure := p.committed(ctx, a.w)
			switch {
			case sure && committed:
				return nil
			case !sure:
				return &ledger.Error{Code: ledger.CodeUnknown, Text: "Связь с базой данных прервалась в самый момент записи, и записано ли, неизвестно. Посмотрите перечень, прежде чем повторять.", Err: err}
			}
		} else if !lost(err) && !conflicts(err) && !(doubled(err) && w.tries < 3) {
			return postgresSentence(err)
		}
		wanted = a.locked
		if !w.more(ctx) {
			return postgresSentence(err)
		}
	}
}

// An attempt is one run of an update.
type attempt struct {
	postgresSession
	w         *writer
	ambiguous bool // COMMIT was sent, and no answer came
}

func (a *attempt) try(wanted []string, fn func(*writer) error) error {
	defer a.end()
	slices.Sort(wanted)
	for _, slug := range slices.Compact(wanted) {
		if err := a.queue(slug); err != nil {
			return err
		}
	}
	a.w = &writer{view: view{session: &a.postgresSession}, ctx: a.ctx}
	if err := fn(a.w); err != nil {
		return err
	}
	if err := a.w.writeTerms(); err != nil {
		return err
	}
	if err := a.flush(a.ctx); err != nil {
		return err
	}
	if err := a.ctx.Err(); err != nil {
		return err
	}
	if !a.open {
		return nil
	}
	// A context that ends now must not leave open whether the transaction was committed.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(a.ctx), time.Minute)
	defer cancel()
	tag, err := a.command(ctx, "COMMIT")
	if err != nil {
		a.ambiguous = !refusedFor(err)
		return err
	}
	a.open = false
	if tag != "COMMIT" {
		return errors.New("store: a statement failed unnoticed; the transaction was rolled back")
	}
	a.tell(ctx)
	if a.w.erased {
		a.conn.ExecContext(ctx, `VACUUM content, search, file, proposal, proposal_version`) //nolint:errcheck // it is committed; the server's own vacuum comes later
	}
	if a.w.stirred {
		a.conn.ExecContext(ctx, `VACUUM opinion, appeal, survey_answer`) //nolint:errcheck // as above
	}
	return nil
}

// tell lets the next writers in and other nodes know of what was committed: those who do not hear of it look at the head
// anyway. Both go in one message where there is one lock to give back, as there mostly is.
func (a *attempt) tell(ctx context.Context) {
	if a.w.moved == "" {
		return
	}
	if len(a.held) != 1 {
		a.conn.ExecContext(ctx, `SELECT pg_notify($1, $2)`, channel, a.w.moved) //nolint:errcheck // see above
		return
	}
	if _, err := a.conn.ExecContext(ctx, `SELECT pg_advisory_unlock($1), pg_notify($2, $3)`, a.held[0], channel, a.w.moved); err == nil {
		a.held = nil
	}
}

// channel is where nodes tell each other of bodies whose head moved.
const channel = "perechen"

// end rolls back what is not committed and gives everything back.
func (s *postgresSession) end() {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(s.ctx), 5*time.Second)
	defer cancel()
	if s.conn != nil {
		if s.open {
			s.command(ctx, "ROLLBACK") //nolint:errcheck // a connection that cannot is closed
		}
		for _, key := range s.held {
			if _, err := s.conn.ExecContext(ctx, `SELECT pg_advisory_unlock($1)`, key); err != nil {
				s.conn.Raw(func(any) error { return driver.ErrBadConn }) //nolint:errcheck // a lost connection gives its locks back
				break
			}
		}
	}
	s.drop()
	s.pending = nil
	for _, leave := range s.leave {
		leave()
	}
	s.leave = nil
}

// lock waits, before the transaction sees anything, for its turn at a log: first among the writers of this program, then
// among those of all nodes. Where something was read already, only the row of the head is locked (forUpdate), and the
// transaction fails if another had it.
func (s *postgresSession) lock(_ context.Context, slug string) error {
	if slices.Contains(s.locked, slug) {
		return nil
	}
	s.locked = append(s.locked, slug)
	if s.open {
		return nil
	}
	return s.queue(slug)
}

func (s *postgresSession) queue(slug string) error {
	leave, err := s.base.queues.enter(s.ctx, slug)
	if err != nil {
		return err
	}
	s.leave = append(s.leave, leave)
	if !slices.Contains(s.locked, slug) {
		s.locked = append(s.locked, slug)
	}
	if err := s.connect(); err != nil {
		return postgresSentence(err)
	}
	key := lockKey(slug)
	if _, err := s.conn.ExecContext(s.ctx, `SELECT pg_advisory_lock($1)`, key); err != nil {
		return postgresSentence(err)
	}
	s.held = append(s.held, key)
	return nil
}

func lockKey(slug string) int64 {
	h := fnv.New64a()
	h.Write([]byte("perechen log " + slug))
	return int64(h.Sum64()) //nolint:gosec // any number will do
}

// committed finds out what became of a transaction whose COMMIT was not answered: it waits until the lost one has ended,
// and looks for the last entry that it wrote. sure is false when that cannot be known.
func (p *postgres) committed(ctx context.Context, w *writer) (committed, sure bool) {
	if w.moved == "" || w.lastID == 0 {
		return false, false
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), p.patience)
	defer cancel()
	for pause := p.wait(p.patience); ; {
		s := &postgresSession{base: p, ctx: ctx, pool: p.write, begin: "BEGIN ISOLATION LEVEL REPEATABLE READ"}
		err := func() error {
			defer s.end()
			v := &view{session: s}
			if err := s.lock(ctx, w.moved); err != nil {
				return err
			}
			if _, err := v.head(ctx, w.moved, s.forUpdate()); err != nil && !errors.Is(err, ledger.ErrNotFound) {
				return err
			}
			return v.each(ctx, func(rows *sql.Rows) error {
				var leaf []byte
				err := rows.Scan(&leaf)
				committed = bytes.Equal(leaf, w.last.Leaf)
				return err
			}, `SELECT leaf FROM entry WHERE id = $1`, w.lastID)
		}()
		if err == nil {
			return committed, true
		}
		if !lost(err) && !conflicts(err) || !pause.more(ctx) {
			return false, false
		}
	}
}

// A wait is the pauses between attempts: short at first, with some chance in them, and not for ever.
type wait struct {
	until time.Time
	next  time.Duration
	tries int // made and failed
}

func (p *postgres) wait(patience time.Duration) *wait {
	return &wait{until: time.Now().Add(patience), next: 5 * time.Millisecond}
}

// more pauses and says whether to try again.
func (w *wait) more(ctx context.Context) bool {
	if w.tries++; w.tries >= 3 && time.Now().After(w.until) { // long work deserves a second attempt
		return false
	}
	pause := time.NewTimer(w.next/2 + rand.N(w.next))
	defer pause.Stop()
	w.next = min(2*w.next, 500*time.Millisecond)
	select {
	case <-pause.C:
		return true
	case <-ctx.Done():
		return false
	}
}
