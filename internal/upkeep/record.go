package upkeep

import (
	"context"

	"perechen/internal/ledger"
	"perechen/internal/register"
)

// record is how everything that people do comes into the log: with its consequences (tasks opened and closed), which name
// the entries they follow from as their ground, told to the hooks. The caller has judged the actor's right to it.
func (d *Desk) record(ctx context.Context, a *act, b ledger.Batch, progress func(done, total int)) (ledger.Receipt, error) {
	b.Actor = a.actor.Account
	after, err := ledger.Apply(a.register, b.Changes)
	if err != nil {
		return ledger.Receipt{}, err
	}
	r, err := d.ledger.AppendIn(ctx, a.tx, a.slug, b, progress)
	if err != nil || r.To == 0 {
		return r, err
	}
	on := register.DateOf(a.now)
	cal, next := CalendarOf(after), procedureAfter(a.procedure, after, b.Changes)
	more := consequences(a.register, after, next, cal, on)
	more = append(more, procedureConsequences(after, a.procedure, next, cal, on)...)
	if len(more) > 0 {
		if after, err = ledger.Apply(after, more); err != nil {
			return ledger.Receipt{}, err
		}
		follows, err := d.ledger.AppendIn(ctx, a.tx, a.slug, ledger.Batch{Changes: more, Ground: groundOf(next, b.Ground, r), Actor: b.Actor, Head: ledger.AnyHead}, nil)
		if err != nil {
			return ledger.Receipt{}, err
		}
		r.To, r.Head = max(r.To, follows.To), follows.Head
	}
	before := a.register
	a.register, a.procedure = after, next // what else the transaction does, it does to this
	return r, d.tell(ctx, a.tx, Event{Kind: EventRecorded, Body: a.slug, Actor: b.Actor, Receipt: r, Before: before, After: after})
}

// Append is for the direct acts of officers, of the head and of administrators: the реестр процессов, departments, the
// body's own names, its Порядок, its calendar, appointments. Contents of the register come by proposals only, because
// nobody includes what is their own; except from the command line (Local). Batch.Actor is taken from the actor.
// CodeRefused without the right; else as ledger.Append.
func (d *Desk) Append(ctx context.Context, actor Actor, slug string, b ledger.Batch) (ledger.Receipt, error) {
	return d.AppendProgress(ctx, actor, slug, b, nil)
}

// AppendProgress is Append that tells from time to time how many changes are done.
func (d *Desk) AppendProgress(ctx context.Context, actor Actor, slug string, b ledger.Batch, progress func(done, total int)) (ledger.Receipt, error) {
	var r ledger.Receipt
	err := d.do(ctx, actor, slug, func(a *act) (err error) {
		for _, c := range b.Changes {
			if err := a.mayAppend(c); err != nil {
				return err
			}
		}
		r, err = d.record(ctx, a, b, progress)
		return err
	})
	if err != nil {
		return ledger.Receipt{}, wrap(err, "upkeep: append to %s", slug)
	}
	return r, nil
}

// mayAppend judges a direct act. The реестр процессов is kept by every officer, also of a single department; what is the
// body's by those who answer for the whole of it.
func (s sight) mayAppend(c register.Change) error {
	ok := s.actor.local
	switch c.Kind {
	case register.KindProcess:
		ok = ok || s.has(register.RoleOfficer, register.RoleHead)
	case register.KindAppointment:
		ok = ok || s.in(register.RoleHead, "") || s.administers()
	case register.KindOrganisation, register.KindDepartment, register.KindProcedure, register.KindCalendar, register.KindPhrase: // of the body as a whole
		ok = ok || s.in(register.RoleOfficer, "") || s.in(register.RoleHead, "") || s.administers()
	case register.KindTouchpoint, register.KindUsage, register.KindAttribute, register.KindProfile, register.KindJourney, register.KindForm:
		if !ok {
			return refused("Сведения перечня меняются предложением: подготовьте его, и другой сотрудник его включит.")
		}
	}
	if !ok {
		return refused("У вас нет права на это действие в этом органе.")
	}
	return nil
}
