package ledger

import (
	"context"
	"strconv"
	"strings"

	"perechen/internal/register"
)

// Approve freezes the register as it is now under a number: it appends an entry that says so and returns the edition
// with N, the entry it freezes. Number 0 takes the next free one; numbers grow, dates do not go back, and an empty
// register has nothing to approve.
func (l *Ledger) Approve(ctx context.Context, slug string, e register.Edition, actor string) (register.Edition, error) {
	approved := e
	err := l.store.Update(ctx, func(tx Tx) (err error) {
		approved, err = l.ApproveIn(ctx, tx, slug, e, actor)
		return err
	})
	return approved, err
}

// ApproveIn is Approve inside a transaction of the caller's; see AppendIn.
func (l *Ledger) ApproveIn(ctx context.Context, tx Tx, slug string, e register.Edition, actor string) (register.Edition, error) {
	if _, ok := e.Date.Time(); !ok {
		return e, invalid("Дата редакции «%s» — не дата; нужна запись вида 2026-02-16.", e.Date)
	}
	g := register.Ground{Text: "утверждение редакции", Act: actText(e.Act)}
	if err := checkGround(g, actor); err != nil {
		return e, err
	}
	e, err := l.approveIn(ctx, tx, slug, e, g, actor)
	return e, wrap(err, "ledger: approve edition %d of %s", e.Number, slug)
}

func (l *Ledger) approveIn(ctx context.Context, tx Tx, slug string, e register.Edition, g register.Ground, actor string) (register.Edition, error) {
	h, err := tx.Lock(ctx, slug)
	if err != nil {
		return e, err
	}
	s, err := l.stateIn(ctx, tx, slug, h)
	if err != nil {
		return e, err
	}
	r := s.register
	if len(r.Usages) == 0 && len(r.Touchpoints) == 0 {
		return e, refused("Перечень пуст: утверждать нечего. Сначала включите точки взаимодействия.")
	}
	var last register.Edition
	if len(r.Editions) > 0 {
		last = r.Editions[len(r.Editions)-1]
	}
	if e.Number == 0 {
		e.Number = last.Number + 1
	}
	if e.Number <= last.Number || e.Number < 1 {
		return e, refused("Номер редакции должен расти: последняя — № %d.", last.Number)
	}
	if e.Date < last.Date {
		return e, refused("Дата редакции № %d (%s) раньше даты редакции № %d (%s).", e.Number, e.Date, last.Number, last.Date)
	}
	e.N = h.N
	c := register.Change{Op: register.Include, Kind: register.KindEdition, Key: strconv.Itoa(e.Number), Content: register.Encode(e)}
	return e, l.writeIn(ctx, tx, slug, []register.Change{c}, g, actor)
}

// actText is an act in one line: «приказ № 9-р от 2026-02-16».
func actText(a register.Act) string {
	parts := []string{a.Kind}
	if a.Number != "" {
		parts = append(parts, "№ "+a.Number)
	}
	if a.Date != "" {
		parts = append(parts, "от "+string(a.Date))
	}
	return strings.TrimSpace(strings.Join(parts, " "))
}

// Reject records that a finding was looked at and set aside, and why. The decision holds until the finding's subject
// changes (Decision.Subject).
func (l *Ledger) Reject(ctx context.Context, slug string, f register.Finding, reason, actor string) error {
	return l.store.Update(ctx, func(tx Tx) error { return l.RejectIn(ctx, tx, slug, f, reason, actor) })
}

// RejectIn is Reject inside a transaction of the caller's; see AppendIn.
func (l *Ledger) RejectIn(ctx context.Context, tx Tx, slug string, f register.Finding, reason, actor string) error {
	if strings.TrimSpace(reason) == "" {
		return invalid("Не указана причина, по которой замечание отклонено.")
	}
	g := register.Ground{Clause: f.Clause, Text: "отклонение замечания " + f.ID}
	if err := checkGround(g, actor); err != nil {
		return err
	}
	d := register.Decision{Finding: f.ID, Rule: f.Rule, Subject: f.Subject, Reason: strings.TrimSpace(reason), Date: register.DateOf(l.now())}
	cur, ok, err := tx.Live(ctx, slug, register.KindDecision, f.ID)
	if err != nil {
		return wrap(err, "ledger: reject %s in %s", f.ID, slug)
	}
	op := register.Include
	if ok && cur.Content != nil {
		op = register.Amend
	}
	c := register.Change{Op: op, Kind: register.KindDecision, Key: f.ID, Content: register.Encode(d)}
	return wrap(l.writeIn(ctx, tx, slug, []register.Change{c}, g, actor), "ledger: reject %s in %s", f.ID, slug)
}
