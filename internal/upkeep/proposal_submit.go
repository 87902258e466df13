package upkeep

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"perechen/internal/ledger"
	"perechen/internal/procedure"
	"perechen/internal/register"
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

// faults are the things without which the ledger would not take a content, or nobody could make sense of it. What the
// procedure asks for beyond that is said by findings and judged by people.
func (s sight) faults(c *Content) []FieldError {
	var fs []FieldError
	if len(c.Changes) == 0 {
		return []FieldError{{Text: "в нём нет ни одного изменения."}}
	}
	if err := ledger.CheckGround(c.Ground, s.actor.Account); err != nil {
		fs = append(fs, FieldError{Field: "ground", Text: "укажите основание: пункт порядка или причину словами."})
	}
	changes := plain(c.Changes)
	after, err := ledger.Apply(s.register, changes)
	if err != nil {
		return append(fs, FieldError{Text: err.Error()})
	}
	processes, points := map[string]bool{}, map[string]bool{}
	for i := range after.Processes {
		processes[after.Processes[i].Key] = true
	}
	for i := range after.Touchpoints {
		points[after.Touchpoints[i].Key] = true
	}
	touched := map[string]bool{}
	for _, x := range changes {
		if x.Op != register.Exclude {
			fs = append(fs, s.subjectFaults(x)...)
		}
		if x.Kind == register.KindUsage {
			touched[x.Key] = true
		}
	}
	for i := range after.Usages {
		u := &after.Usages[i]
		dead := func(field, text string) {
			f := FieldError{Kind: register.KindUsage, Key: u.Key, Field: field, Text: text}
			if !touched[u.Key] {
				f.Text = fmt.Sprintf("взаимодействие «%s» останется без того, на что ссылается: исключите и его.", clip(u.Text, 80))
			}
			fs = append(fs, f)
		}
		switch {
		case !points[u.Touchpoint]:
			dead("touchpoint", "выберите точку, которая есть в перечне.")
		case u.Process != "" && !processes[u.Process]:
			dead("process", "выберите процесс, который есть в перечне.")
		}
	}
	return fs
}

// subjectFaults judges one subject by itself.
func (s sight) subjectFaults(c register.Change) (fs []FieldError) {
	say := func(field, text string) {
		fs = append(fs, FieldError{Kind: c.Kind, Key: c.Key, Field: field, Text: text})
	}
	switch c.Kind {
	case register.KindTouchpoint:
		var t register.Touchpoint
		_ = json.Unmarshal(c.Content, &t) // tidied when it was saved
		if strings.TrimSpace(t.Label) == "" && strings.TrimSpace(t.Value) == "" {
			say("label", "назовите точку.")
		}
		if s.procedure != nil && !slices.ContainsFunc(s.procedure.Kinds, func(k procedure.Kind) bool { return k.Code == t.Kind }) {
			say("kind", "выберите вид точки из порядка.")
		}
	case register.KindUsage:
		var u register.Usage
		_ = json.Unmarshal(c.Content, &u)
		if strings.TrimSpace(u.Text) == "" {
			say("text", "напишите, какое взаимодействие осуществляется.")
		}
	case register.KindProcess:
		var p register.Process
		_ = json.Unmarshal(c.Content, &p)
		if strings.TrimSpace(p.Title) == "" {
			say("title", "назовите процесс.")
		}
	}
	return fs
}

// plain are the changes without their bases.
func plain(xs []ProposedChange) []register.Change {
	cs := make([]register.Change, len(xs))
	for i, x := range xs {
		cs[i] = x.Change
	}
	return cs
}
