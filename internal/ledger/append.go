package ledger

import (
	"context"
	"time"

	"perechen/internal/procedure"
	"perechen/internal/proof"
	"perechen/internal/register"
)

// AnyHead as Batch.Head means that the caller does not care what was written since it looked.
const AnyHead = -1

// A Batch is what is to happen at once, for one reason, by one actor.
type Batch struct {
	Changes []register.Change
	Ground  register.Ground
	Actor   string // internal id: [A-Za-z0-9][A-Za-z0-9._@+-]{0,119}
	Head    int64  // the entry at which the caller looked; AnyHead: any
}

// A Receipt says what Append has written.
type Receipt struct {
	From, To  int64 // numbers of the new entries; both 0 when nothing differed
	Head      Head  // after it
	Unchanged []Ref // amendments that changed nothing and were left out
}

// A Ref names a subject.
type Ref struct {
	Kind register.Kind
	Key  string
}

// Append writes a batch, all or nothing; when it returns without error, it is on the disk. Errors: CodeStale when the
// head is not b.Head; CodeInvalid for malformed changes; CodeRefused when the register's rules forbid one. The slice of
// changes is not kept.
func (l *Ledger) Append(ctx context.Context, slug string, b Batch) (Receipt, error) {
	return l.AppendProgress(ctx, slug, b, nil)
}

// AppendProgress is Append that tells from time to time how many changes are done. A cancelled ctx leaves nothing behind.
func (l *Ledger) AppendProgress(ctx context.Context, slug string, b Batch, progress func(done, total int)) (Receipt, error) {
	var r Receipt
	err := l.store.Update(ctx, func(tx Tx) (err error) {
		r, err = l.AppendIn(ctx, tx, slug, b, progress)
		return err
	})
	if err != nil {
		return Receipt{}, err
	}
	return r, nil
}

// AppendIn is Append inside a transaction of the caller's, who commits it: what else the transaction holds is kept with the
// entries or not at all. After an error the transaction must be given up. progress may be nil.
func (l *Ledger) AppendIn(ctx context.Context, tx Tx, slug string, b Batch, progress func(done, total int)) (Receipt, error) {
	r, err := l.appendIn(ctx, tx, slug, b, progress)
	return r, wrap(err, "ledger: append to %s", slug)
}

func (l *Ledger) appendIn(ctx context.Context, tx Tx, slug string, b Batch, progress func(done, total int)) (Receipt, error) {
	for _, c := range b.Changes {
		if err := allowed(slug, c); err != nil {
			return Receipt{}, err
		}
	}
	if err := checkGround(b.Ground, b.Actor); err != nil {
		return Receipt{}, err
	}
	h, err := tx.Lock(ctx, slug)
	if err != nil {
		return Receipt{}, err
	}
	if b.Head != AnyHead && b.Head != h.N {
		return Receipt{}, &Error{Code: CodeStale, Text: "Пока вы готовили изменения, в перечень внесены другие. Ничего не записано: посмотрите новое состояние и повторите."}
	}
	w := l.newWriter(slug, tx, h, b.Ground, b.Actor)
	w.progress = progress
	if err := w.write(ctx, b.Changes); err != nil {
		return Receipt{}, err
	}
	if err := w.references(ctx); err != nil {
		return Receipt{}, err
	}
	return w.finish(ctx)
}

// allowed tells what may come through Append: editions, erasures and decisions have doors of their own, and a body stays
// what it is.
func allowed(slug string, c register.Change) error {
	switch c.Kind {
	case register.KindEdition, register.KindErasure:
		return refused("Запись вида «%s» не вносится изменением.", titles[c.Kind])
	case register.KindDecision:
		if c.Op != register.Exclude {
			return refused("Решение по замечанию вносится отклонением замечания.")
		}
	case register.KindOrganisation:
		if c.Op != register.Amend || c.Key != slug {
			return refused("Организация журнала «%s» не включается и не исключается: её сведения можно только изменить.", slug)
		}
	}
	return nil
}

// CheckGround tells what is wrong with a ground or an actor; an *Error or nil.
func CheckGround(g register.Ground, actor string) error { return checkGround(g, actor) }

func checkGround(g register.Ground, actor string) error {
	if g.Clause == "" && g.Text == "" {
		return invalid("Не указано основание: назовите пункт порядка или причину словами.")
	}
	if len(g.Clause) > maxGround || len(g.Text) > maxGround || len(g.Act) > maxGround {
		return invalid("Основание слишком длинное: не больше %d байт в каждой части.", maxGround)
	}
	probe := proof.Leaf{Body: "x", N: 1, Time: time.Unix(0, 0), Kind: "x", Key: "x", Op: register.Include, Ground: g, Actor: actor}
	if _, err := probe.Encode(); err != nil {
		return &Error{Code: CodeInvalid, Text: "Основание или обозначение действующего лица содержит недопустимые знаки.", Err: err}
	}
	return nil
}

// AddBody begins the log of a new body: the organisation, its Порядок and the departments that the Порядок names. org.Slug
// is its address for ever. CodeRefused when there is such a body already.
func (l *Ledger) AddBody(ctx context.Context, org register.Organisation, p *procedure.Procedure, g register.Ground, actor string) error {
	return l.store.Update(ctx, func(tx Tx) error { return l.AddBodyIn(ctx, tx, org, p, g, actor) })
}

// AddBodyIn is AddBody inside a transaction of the caller's; see AppendIn.
func (l *Ledger) AddBodyIn(ctx context.Context, tx Tx, org register.Organisation, p *procedure.Procedure, g register.Ground, actor string) error {
	if err := CheckSlug(org.Slug); err != nil {
		return err
	}
	if err := checkGround(g, actor); err != nil {
		return err
	}
	org.Procedure = p.ID
	include := func(kind register.Kind, key string, v any) register.Change {
		return register.Change{Op: register.Include, Kind: kind, Key: key, Content: register.Encode(v)}
	}
	changes := []register.Change{include(register.KindOrganisation, org.Slug, org), include(register.KindProcedure, p.ID, p)}
	for _, d := range p.Departments {
		changes = append(changes, include(register.KindDepartment, d.Key, register.Department{Key: d.Key, Title: d.Title, Genitive: d.Genitive}))
	}
	fresh, err := tx.CreateBody(ctx, org.Slug)
	if err != nil {
		return wrap(err, "ledger: add body %s", org.Slug)
	}
	if !fresh {
		return refused("Организация с адресом «%s» уже ведёт перечень.", org.Slug)
	}
	return wrap(l.writeIn(ctx, tx, org.Slug, changes, g, actor), "ledger: add body %s", org.Slug)
}

// writeIn writes changes that have passed a door of their own.
func (l *Ledger) writeIn(ctx context.Context, tx Tx, slug string, changes []register.Change, g register.Ground, actor string) error {
	h, err := tx.Lock(ctx, slug)
	if err != nil {
		return err
	}
	w := l.newWriter(slug, tx, h, g, actor)
	if err := w.write(ctx, changes); err != nil {
		return err
	}
	_, err = w.finish(ctx)
	return err
}
