package upkeep

import (
	"bytes"
	"context"

	"perechen/internal/ledger"
	"perechen/internal/register"
)

// Erase destroys the content of entry n for a legal reason (ledger.Erase), wherever it is kept: a proposal that would bring
// the same content in loses that change, and is a draft again if it was submitted; in closed proposals and older versions
// the change stays with its mark (ProposedChange.Erased). It is for administrators: what the law takes out of a register is
// no question of its contents.
func (d *Desk) Erase(ctx context.Context, actor Actor, slug string, n int64, legal register.Ground) error {
	err := d.do(ctx, actor, slug, func(a *act) error {
		if !a.administers() {
			return refused("Содержание записей уничтожает администратор.")
		}
		var gone []byte
		if n >= 1 && n <= a.register.N {
			e, err := ledger.EntryIn(ctx, a.tx, slug, n)
			if err != nil {
				return err
			}
			gone = e.Content
		}
		before := a.register
		if err := d.ledger.EraseIn(ctx, a.tx, slug, n, legal, actor.Account); err != nil {
			return err
		}
		if gone != nil {
			if err := a.forget(ctx, gone); err != nil {
				return err
			}
		}
		return d.written(ctx, a, before)
	})
	return wrap(err, "upkeep: erase entry %d of %s", n, slug)
}

// forget takes a content out of all proposals.
func (a *act) forget(ctx context.Context, gone []byte) error {
	var all []Proposal
	err := a.tx.Proposals(ctx, a.slug, ProposalQuery{}, func(p Proposal) error {
		all = append(all, p)
		return nil
	})
	if err != nil {
		return err
	}
	for _, p := range all {
		vs, err := a.tx.ProposalVersions(ctx, a.slug, p.ID)
		if err != nil {
			return err
		}
		for _, v := range vs {
			raw, err := a.tx.ProposalContent(ctx, a.slug, p.ID, v.Version)
			if err != nil {
				return err
			}
			if !bytes.Contains(raw, gone) { // contents stand in it as the log holds them
				continue
			}
			if err := a.forgetIn(ctx, &p, v, raw, gone); err != nil {
				return err
			}
		}
	}
	return nil
}

func (a *act) forgetIn(ctx context.Context, p *Proposal, v ProposalVersion, raw, gone []byte) error {
	c, err := decodeContent(raw)
	if err != nil {
		return damaged(p, err)
	}
	open := v.Version == p.Saved && p.State != StateIncluded && p.State != StateWithdrawn
	var kept []ProposedChange
	for _, x := range c.Changes {
		switch {
		case !bytes.Equal(x.Content, gone):
			kept = append(kept, x)
		case !open:
			x.Content, x.Erased = nil, true
			kept = append(kept, x)
		}
	}
	c.Changes = kept
	if err := a.tx.ReplaceProposalContent(ctx, a.slug, p.ID, v.Version, register.Encode(c)); err != nil {
		return err
	}
	if v.Version != p.Saved {
		return nil
	}
	if p.State == StateSubmitted {
		p.State, p.Hash = StateDraft, ""
	}
	p.Outline = outline(c, a.register)
	p.Outline.Text = "" // it may quote what is gone
	return a.move(ctx, p)
}
