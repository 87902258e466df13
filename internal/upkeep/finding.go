package upkeep

import (
	"context"
	"strings"
	"unicode/utf8"

	"perechen/internal/ledger"
	"perechen/internal/register"
)

// maxReason bounds the reason for which a finding is set aside, in characters.
const maxReason = 1500

// RejectFinding records that the officer has looked at a finding and sets it aside, and why; see ledger.Reject. f is the
// finding as check.Run gave it. CodeInvalid with the Field «reason».
func (d *Desk) RejectFinding(ctx context.Context, actor Actor, slug string, f register.Finding, reason string) error {
	reason = strings.TrimSpace(reason)
	err := d.do(ctx, actor, slug, func(a *act) error {
		if !a.in(register.RoleOfficer, "") {
			return refused("Замечания отклоняет уполномоченное лицо органа.")
		}
		switch {
		case reason == "":
			return wrongFields([]FieldError{{Field: "reason", Text: "Укажите причину, по которой замечание отклоняется: она останется в журнале."}})
		case utf8.RuneCountInString(reason) > maxReason:
			return wrongFields([]FieldError{{Field: "reason", Text: "Причина слишком длинная: не больше 1500 знаков."}})
		}
		for _, x := range a.register.Decisions {
			if x.Finding == f.ID && x.Subject == f.Subject {
				return &Error{Code: CodeStale, Text: "Замечание уже отклонено: " + x.Reason}
			}
		}
		before := a.register
		if err := d.ledger.RejectIn(ctx, a.tx, slug, f, reason, actor.Account); err != nil {
			return err
		}
		return d.written(ctx, a, before)
	})
	return wrap(err, "upkeep: reject %s in %s", f.ID, slug)
}

// RestoreFinding takes a decision back: the finding is open again.
func (d *Desk) RestoreFinding(ctx context.Context, actor Actor, slug, finding string) error {
	err := d.do(ctx, actor, slug, func(a *act) error {
		if !a.in(register.RoleOfficer, "") {
			return refused("Решения по замечаниям отменяет уполномоченное лицо органа.")
		}
		for _, x := range a.register.Decisions {
			if x.Finding == finding {
				c := register.Change{Op: register.Exclude, Kind: register.KindDecision, Key: finding}
				again, err := a.healthTaskAgain(ctx, finding)
				if err != nil {
					return err
				}
				_, err = d.record(ctx, a, ledger.Batch{Changes: append([]register.Change{c}, again...), Ground: register.Ground{Text: "отмена решения по замечанию " + finding}, Head: ledger.AnyHead}, nil)
				return err
			}
		}
		return notFound("Решения по замечанию «%s» нет: возможно, его уже отменили.", finding)
	})
	return wrap(err, "upkeep: restore %s in %s", finding, slug)
}

// written tells the hooks of an entry that did not come by record.
func (d *Desk) written(ctx context.Context, a *act, before *register.Register) error {
	after, _, err := d.ledger.StateIn(ctx, a.tx, a.slug)
	if err != nil {
		return err
	}
	h, err := a.tx.Head(ctx, a.slug)
	if err != nil {
		return err
	}
	a.register = after
	return d.tell(ctx, a.tx, Event{Kind: EventRecorded, Body: a.slug, Actor: a.actor.Account,
		Receipt: ledger.Receipt{From: before.N + 1, To: h.N, Head: h}, Before: before, After: after})
}
