package upkeep

import (
	"context"

	"perechen/internal/feedback"
	"perechen/internal/ledger"
	"perechen/internal/register"
)

// Include brings a submitted proposal into the register: exactly the content whose hash is given, in one transaction with
// what follows from it. CodeStale when the content or the state is another by now; CodeConflict when the register has moved
// on under it; CodeRefused for whoever had a hand in it, under whatever role. A zero ground stands for the proposal's own.
func (d *Desk) Include(ctx context.Context, actor Actor, slug, id, hash string, ground register.Ground) (*Proposal, ledger.Receipt, error) {
	var p *Proposal
	var r ledger.Receipt
	var looked findingsKey
	err := d.do(ctx, actor, slug, func(a *act) (err error) {
		if p, _, err = a.decidable(ctx, id, hash); err != nil {
			return err
		}
		cs, err := a.conflicts(ctx, a.tx, p.Content)
		if err != nil {
			return err
		}
		if len(cs) > 0 {
			return &Error{Code: CodeConflict, Text: "Перечень с тех пор изменился в том же месте. Ничего не записано: верните предложение, чтобы автор сравнил оба текста и выбрал.", Current: p, Conflicts: cs}
		}
		if err := d.blanksKept(ctx, a.tx, slug, p.Content); err != nil {
			return err
		}
		if fs := a.faults(p.Content); len(fs) > 0 {
			return &Error{Code: CodeConflict, Text: "Перечень с тех пор изменился: " + fs[0].Text + " Ничего не записано: верните предложение автору.", Fields: fs, Current: p}
		}
		if ground == (register.Ground{}) {
			ground = p.Content.Ground
		}
		n, err := a.prompted(ctx, a.tx, func(x feedback.Appeal) bool { return x.Proposal == id })
		if err != nil {
			return err
		}
		if n > 0 {
			ground = VoicedGround(ground)
		}
		if err := ledger.CheckGround(ground, actor.Account); err != nil {
			return &Error{Code: CodeInvalid, Text: err.Error(), Fields: []FieldError{{Field: "ground", Text: err.Error()}}}
		}
		looked = findingsKey{slug: slug, n: a.register.N, day: register.DateOf(a.now), content: hash}
		changes, err := a.outstanding(ctx, a.tx, p.Content)
		if err != nil {
			return err
		}
		if r, err = d.record(ctx, a, ledger.Batch{Changes: changes, Ground: ground, Head: ledger.AnyHead}, nil); err != nil {
			return err
		}
		if r.To == 0 {
			return invalid("Всё, что предлагается, в перечне уже есть: включать нечего. Предложение можно вернуть или отозвать.")
		}
		p.State, p.Closed, p.ClosedBy, p.Entries = StateIncluded, micro(a.now), actor.Account, [2]int64{r.From, r.To}
		if err := a.move(ctx, p); err != nil {
			return err
		}
		return d.tell(ctx, a.tx, Event{Kind: EventIncluded, Body: slug, Actor: actor.Account, Proposal: p, Department: p.Department, To: p.Savers, Receipt: r})
	})
	if err != nil {
		return nil, ledger.Receipt{}, wrap(err, "upkeep: include proposal %s of %s", id, slug)
	}
	looked.erasures = r.Head.Erasures
	d.findings.come(looked, r.To)
	return p, r, nil
}

// decidable reads a submitted proposal that the actor may return or include. The hash is held against the stored bytes, not
// only against what the proposal says of itself.
func (a *act) decidable(ctx context.Context, id, hash string) (*Proposal, []byte, error) {
	p, raw, err := a.proposal(ctx, a.tx, id)
	if err != nil {
		return nil, nil, err
	}
	switch {
	case !a.decides(p):
		return nil, nil, refused("Предложения проверяет и включает уполномоченное лицо или руководитель. У вас нет такого назначения.")
	case a.own(p):
		return nil, nil, refused(ownText)
	case p.State != StateSubmitted:
		return nil, nil, &Error{Code: CodeStale, Text: "Предложение уже не ждёт решения (" + stateText(p.State) + "). Ничего не записано.", Current: p}
	case p.Hash != hash || hash == "":
		return nil, nil, &Error{Code: CodeStale, Text: "Предложение изменилось после того, как вы его открыли. Ничего не записано: посмотрите, что в нём теперь.", Current: p}
	case HashOf(raw) != p.Hash:
		return nil, nil, &ledger.Error{Code: ledger.CodeDamaged, Text: "Содержание предложения не сходится с отправленным: база данных повреждена. Включить его нельзя."}
	}
	return p, raw, nil
}

// outstanding are the changes of a content without conflicts, less those that the register has made already by another way.
func (s sight) outstanding(ctx context.Context, v ledger.View, c *Content) ([]register.Change, error) {
	live, err := liveOf(ctx, v, s, c.Changes)
	if err != nil {
		return nil, err
	}
	var out []register.Change
	for _, x := range c.Changes {
		if !same(x, live[subject{x.Kind, x.Key}].content) {
			out = append(out, x.Change)
		}
	}
	return out, nil
}
