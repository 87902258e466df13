package upkeep

import (
	"context"
	"slices"
	"strings"
)

// Submit gives a proposal to the officers. What is submitted is the content of that version, and Proposal.Hash is its hash:
// only this very content can be included. CodeInvalid with Fields when something is missing without which the ledger could
// not take it; CodeConflict when the register has moved on under it, which the author settles first (Resolve).
func (d *Desk) Submit(ctx context.Context, actor Actor, slug, id string, version int64) (*Proposal, error) {
	var p *Proposal
	err := d.do(ctx, actor, slug, func(a *act) (err error) {
		var raw []byte
		if p, raw, err = a.editable(ctx, id, version, StateDraft, StateReturned); err != nil {
			return err
		}
		vs, err := a.tx.ProposalVersions(ctx, slug, id)
		if err != nil {
			return err
		}
		last := vs[len(vs)-1]
		if p.State == StateReturned && last.Submitted {
			return invalid("С возврата ничего не изменилось: исправьте предложение или ответьте на замечания примечанием.")
		}
		cs, err := a.conflicts(ctx, a.tx, p.Content)
		if err != nil {
			return err
		}
		if len(cs) > 0 {
			return &Error{Code: CodeConflict, Text: conflictText, Current: p, Conflicts: cs}
		}
		if err := d.blanksKept(ctx, a.tx, slug, p.Content); err != nil {
			return err
		}
		if fs := a.faults(p.Content); len(fs) > 0 {
			return &Error{Code: CodeInvalid, Text: "Предложение ещё нельзя отправить: " + fs[0].Text, Fields: fs}
		}
		last.Submitted, last.Hash = true, HashOf(raw)
		if err := a.tx.PutProposalVersion(ctx, slug, id, last, raw); err != nil {
			return err
		}
		p.State, p.Hash, p.Submitted = StateSubmitted, HashOf(raw), micro(a.now)
		if err := a.move(ctx, p); err != nil {
			return err
		}
		return d.tell(ctx, a.tx, Event{Kind: EventSubmitted, Body: slug, Actor: actor.Account, Proposal: p, Department: p.Department})
	})
	if err != nil {
		return nil, wrap(err, "upkeep: submit proposal %s of %s", id, slug)
	}
	return p, nil
}

const conflictText = "Перечень с тех пор изменился в том же месте. Ничего не перезаписано: сравните оба текста и выберите."

// move writes a new state of a proposal whose content stays; the actor had a hand in it if it is one who edits.
func (a *act) move(ctx context.Context, p *Proposal) error {
	was := p.Version
	p.Version++
	p.Updated = micro(a.now)
	if p.State == StateSubmitted && !slices.Contains(p.Savers, a.actor.Account) {
		p.Savers = append(p.Savers, a.actor.Account)
	}
	return a.put(ctx, p, was)
}

// editable reads a proposal that the actor may change, at that version and in one of those states.
func (a *act) editable(ctx context.Context, id string, version int64, states ...State) (*Proposal, []byte, error) {
	p, raw, err := a.proposal(ctx, a.tx, id)
	if err != nil {
		return nil, nil, err
	}
	switch {
	case !a.editsProposal(p):
		return nil, nil, refused("Это предложение меняют сотрудники его отдела и уполномоченное лицо.")
	case !slices.Contains(states, p.State) || p.Version != version:
		return nil, nil, &Error{Code: CodeStale, Text: "Предложение тем временем изменилось (" + stateText(p.State) + "). Ничего не записано: посмотрите его и повторите.", Current: p}
	}
	return p, raw, nil
}

func stateText(s State) string {
	return map[State]string{StateDraft: "черновик", StateSubmitted: "отправлено", StateReturned: "возвращено", StateIncluded: "включено", StateWithdrawn: "отозвано"}[s]
}

// Withdraw closes a proposal that is not included; it stays readable.
func (d *Desk) Withdraw(ctx context.Context, actor Actor, slug, id string, version int64) (*Proposal, error) {
	var p *Proposal
	err := d.do(ctx, actor, slug, func(a *act) (err error) {
		if p, _, err = a.editable(ctx, id, version, StateDraft, StateSubmitted, StateReturned); err != nil {
			return err
		}
		p.State, p.Hash, p.Closed, p.ClosedBy = StateWithdrawn, "", micro(a.now), actor.Account
		if err := a.move(ctx, p); err != nil {
			return err
		}
		return d.tell(ctx, a.tx, Event{Kind: EventWithdrawn, Body: slug, Actor: actor.Account, Proposal: p, Department: p.Department})
	})
	if err != nil {
		return nil, wrap(err, "upkeep: withdraw proposal %s of %s", id, slug)
	}
	return p, nil
}

// Return gives a submitted proposal back with remarks; hash says which content they are about. Kind, Key, Field and Text of
// the remarks are taken, the rest is filled in.
func (d *Desk) Return(ctx context.Context, actor Actor, slug, id, hash string, remarks []Remark) (*Proposal, error) {
	var p *Proposal
	err := d.do(ctx, actor, slug, func(a *act) (err error) {
		if p, _, err = a.decidable(ctx, id, hash); err != nil {
			return err
		}
		given := 0
		for _, r := range remarks {
			r.Text = strings.TrimSpace(r.Text)
			if r.Text == "" {
				continue
			}
			if len(r.Text) > maxText {
				return &Error{Code: CodeInvalid, Text: "Замечание слишком длинное.", Fields: []FieldError{{Kind: r.Kind, Key: r.Key, Field: r.Field, Text: "Не больше 4096 байт."}}}
			}
			if (r.Kind != "" || r.Key != "") && !slices.ContainsFunc(p.Content.Changes, func(x ProposedChange) bool { return x.Kind == r.Kind && x.Key == r.Key }) {
				return invalid("Замечание относится к тому, чего в предложении нет.")
			}
			if r.Field != "" && !isField(r.Field) {
				return invalid("Замечание относится к полю, которого нет.")
			}
			given++
			p.Remarks = append(p.Remarks, Remark{Kind: r.Kind, Key: r.Key, Field: r.Field, Text: r.Text, By: actor.Account, At: micro(a.now), Version: p.Saved})
		}
		if given == 0 {
			return &Error{Code: CodeInvalid, Text: "Напишите хотя бы одно замечание: без него автор не узнает, что исправить.", Fields: []FieldError{{Field: "remark", Text: "Напишите, что исправить."}}}
		}
		p.State, p.Hash = StateReturned, ""
		if err := a.move(ctx, p); err != nil {
			return err
		}
		return d.tell(ctx, a.tx, Event{Kind: EventReturned, Body: slug, Actor: actor.Account, Proposal: p, Department: p.Department, To: p.Savers})
	})
	if err != nil {
		return nil, wrap(err, "upkeep: return proposal %s of %s", id, slug)
	}
	return p, nil
}

// isField tells a name that a JSON field of a noun could have.
func isField(s string) bool {
	return len(s) <= 60 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz_") == ""
}

// OpenRemarks are the remarks that the author has still to answer: those made at the last return, as long as the proposal
// is not submitted again.
func (p *Proposal) OpenRemarks() []Remark {
	if p.State != StateReturned || len(p.Remarks) == 0 {
		return nil
	}
	last := p.Remarks[len(p.Remarks)-1].Version
	i := slices.IndexFunc(p.Remarks, func(r Remark) bool { return r.Version == last })
	return p.Remarks[i:]
}
