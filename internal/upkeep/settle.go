package upkeep

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"

	"perechen/internal/ledger"
	"perechen/internal/register"
)

// A Choice settles one conflict.
type Choice struct {
	Kind register.Kind
	Key  string
	Seen string // Conflict.Seen: what the person saw; another is CodeStale
	Take string // TakeTheirs, TakeMine, TakeMerge
	// Fields says, for TakeMerge, which side each field comes from that both touched (by JSON name: TakeTheirs or TakeMine);
	// for one that only one side touched it may say so too.
	Fields map[string]string
}

// What a choice takes.
const (
	TakeTheirs = "theirs" // the proposal leaves the subject alone
	TakeMine   = "mine"   // the proposal's text, whole
	TakeMerge  = "merge"  // each field from the one who touched it
)

// Settle gives the content that a choice makes of a conflict; nil when the subject is to be absent (Mine or Theirs chosen
// where it is). CodeStale when the choice was made of another text, CodeInvalid with Fields when a field that both touched is not
// chosen.
func Settle(c Conflict, ch Choice) (json.RawMessage, error) {
	if ch.Kind != c.Kind || ch.Key != c.Key {
		return nil, invalid("Выбор относится к другому предмету.")
	}
	if ch.Seen != c.Seen {
		return nil, &Error{Code: CodeStale, Text: "Пока вы выбирали, в том же месте перечень изменился ещё раз. Ничего не записано: сравните тексты снова.", Conflicts: []Conflict{c}}
	}
	switch {
	case ch.Take == TakeTheirs:
		return c.Theirs, nil
	case ch.Take == TakeMine:
		return c.Mine, nil
	case ch.Take != TakeMerge:
		return nil, invalid("Выберите, какой текст оставить.")
	case c.Theirs == nil || c.Mine == nil:
		return nil, invalid("Соединить нечего: одного из текстов нет. Выберите один из двух.")
	}
	t, m := object(c.Theirs), object(c.Mine)
	var open []FieldError
	merged := map[string]json.RawMessage{}
	for n, v := range t.values {
		merged[n] = v
	}
	for _, f := range c.Fields {
		take, said := ch.Fields[f.Field]
		if !said && f.Touched != TouchedBoth {
			take = f.Touched
		}
		switch take {
		case TakeMine:
			if v, ok := m.values[f.Field]; ok {
				merged[f.Field] = v
			} else {
				delete(merged, f.Field)
			}
		case TakeTheirs:
		default:
			open = append(open, FieldError{Kind: c.Kind, Key: c.Key, Field: f.Field, Text: "Выберите один из двух текстов."})
		}
	}
	if len(open) > 0 {
		return nil, &Error{Code: CodeInvalid, Text: "Не во всех полях выбран текст.", Fields: open, Conflicts: []Conflict{c}}
	}
	raw, err := json.Marshal(merged)
	if err != nil {
		return nil, err
	}
	return ledger.Canonical(c.Kind, raw)
}

// Resolve settles conflicts by a person's choices and saves the result as the proposal's next version, drawn from the
// register as it is now. Conflicts without a choice stay. All choices are taken or none.
func (d *Desk) Resolve(ctx context.Context, actor Actor, slug, id string, version int64, choices []Choice) (*Proposal, error) {
	var p *Proposal
	err := d.do(ctx, actor, slug, func(a *act) (err error) {
		if p, _, err = a.editable(ctx, id, version, StateDraft, StateReturned, StateSubmitted); err != nil {
			return err
		}
		cs, err := a.conflicts(ctx, a.tx, p.Content)
		if err != nil {
			return err
		}
		content := *p.Content
		content.Changes = slices.Clone(content.Changes)
		for _, ch := range choices {
			i := slices.IndexFunc(cs, func(c Conflict) bool { return c.Kind == ch.Kind && c.Key == ch.Key })
			if i < 0 {
				return &Error{Code: CodeStale, Text: "В этом месте расхождения уже нет. Ничего не записано: посмотрите предложение снова.", Current: p, Conflicts: cs}
			}
			if err := content.settle(cs[i], ch); err != nil {
				return err
			}
		}
		raw, tidied, err := tidy(content)
		if err != nil {
			return err
		}
		if p.State == StateSubmitted {
			p.State, p.Hash = StateDraft, ""
		}
		return a.keep(ctx, p, raw, tidied)
	})
	if err != nil {
		return nil, wrap(err, "upkeep: resolve proposal %s of %s", id, slug)
	}
	return p, nil
}

// settle puts what was chosen in the place of the change in conflict, drawn from the register as it is now; what would
// change nothing leaves the proposal.
func (c *Content) settle(cf Conflict, ch Choice) error {
	result, err := Settle(cf, ch)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(c.Changes, func(x ProposedChange) bool { return x.Kind == cf.Kind && x.Key == cf.Key })
	x := ProposedChange{Change: register.Change{Kind: cf.Kind, Key: cf.Key, Content: result}, Base: cf.Seen}
	switch {
	case bytes.Equal(result, cf.Theirs) && (result == nil) == (cf.Theirs == nil):
		c.Changes = slices.Delete(c.Changes, i, i+1)
		return nil
	case result == nil:
		x.Op = register.Exclude
	case cf.Theirs == nil:
		x.Op = register.Include
	default:
		x.Op = register.Amend
	}
	c.Changes[i] = x
	return nil
}
