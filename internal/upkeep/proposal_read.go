package upkeep

import (
	"context"
	"slices"

	"perechen/internal/register"
)

// A Subject is one subject of the register as a form shows it.
type Subject struct {
	Content []byte // JSON as the log holds it; nil: not in the register
	Base    string // what a ProposedChange made from this form carries; empty: not in the register
	Entry   int64  // by which the content came
}

// Subject gives a subject as it is now, with the Base that a form must carry. The register is open to all readers.
func (d *Desk) Subject(ctx context.Context, actor Actor, slug string, kind register.Kind, key string) (Subject, error) {
	var s Subject
	err := d.store.View(ctx, func(v View) error {
		live, ok, err := v.Live(ctx, slug, kind, key)
		if err == nil && ok && live.Content != nil {
			s = Subject{Content: live.Content, Base: HashOf(live.Content), Entry: live.N}
		}
		return err
	})
	return s, wrap(err, "upkeep: %s %s of %s", kind, key, slug)
}

// Proposal gives a proposal with its content; CodeNotFound when there is none that the actor may see.
func (d *Desk) Proposal(ctx context.Context, actor Actor, slug, id string) (*Proposal, error) {
	var p *Proposal
	err := d.look(ctx, actor, slug, func(v View, s sight) (err error) {
		p, _, err = s.proposal(ctx, v, id)
		return err
	})
	return p, wrap(err, "upkeep: proposal %s of %s", id, slug)
}

// proposal reads a proposal that the actor may see, with its content and the bytes of it.
func (s sight) proposal(ctx context.Context, v ProposalView, id string) (*Proposal, []byte, error) {
	p, ok, err := v.Proposal(ctx, s.slug, id)
	if err != nil {
		return nil, nil, err
	}
	if !ok || !s.seesProposal(&p) {
		return nil, nil, notFound("Такого предложения нет.")
	}
	raw, err := v.ProposalContent(ctx, s.slug, id, p.Saved)
	if err != nil {
		return nil, nil, err
	}
	if p.Content, err = decodeContent(raw); err != nil {
		return nil, nil, damaged(&p, err)
	}
	return &p, raw, nil
}

// Proposals lists the proposals that the actor may see, without contents, the one touched last first. A Bare one is read whole
// where it hangs on what is left out whether the actor may see it.
func (d *Desk) Proposals(ctx context.Context, actor Actor, slug string, q ProposalQuery) ([]Proposal, error) {
	var ps []Proposal
	err := d.look(ctx, actor, slug, func(v View, s sight) error {
		var whole []string
		err := v.Proposals(ctx, slug, q, func(p Proposal) error {
			seen := p
			if q.Bare && p.State == StateIncluded {
				seen.Submitted = p.Updated // or else it could not have been included
			}
			switch {
			case s.seesProposal(&seen):
				ps = append(ps, p)
			case q.Bare && p.State != StateIncluded:
				whole = append(whole, p.ID)
				ps = append(ps, p)
			}
			return nil
		})
		if err != nil || len(whole) == 0 {
			return err
		}
		hidden := map[string]bool{}
		for _, id := range whole {
			p, ok, err := v.Proposal(ctx, slug, id)
			if err != nil {
				return err
			}
			hidden[id] = !ok || !s.seesProposal(&p)
		}
		ps = slices.DeleteFunc(ps, func(p Proposal) bool { return hidden[p.ID] })
		return nil
	})
	return ps, wrap(err, "upkeep: proposals of %s", slug)
}

// Versions lists the versions of a proposal that are kept, oldest first.
func (d *Desk) Versions(ctx context.Context, actor Actor, slug, id string) ([]ProposalVersion, error) {
	var vs []ProposalVersion
	err := d.look(ctx, actor, slug, func(v View, s sight) (err error) {
		p, _, err := s.proposal(ctx, v, id)
		if err != nil {
			return err
		}
		vs, err = v.ProposalVersions(ctx, slug, id)
		vs = s.shown(p, vs)
		return err
	})
	return vs, wrap(err, "upkeep: versions of proposal %s of %s", id, slug)
}

// shown leaves out the drafts between submissions for those who may not see drafts.
func (s sight) shown(p *Proposal, vs []ProposalVersion) []ProposalVersion {
	if s.editsProposal(p) || p.Author == s.actor.Account {
		return vs
	}
	var out []ProposalVersion
	for _, v := range vs {
		if v.Submitted {
			out = append(out, v)
		}
	}
	return out
}

// Version gives one version with its content.
func (d *Desk) Version(ctx context.Context, actor Actor, slug, id string, version int64) (ProposalVersion, *Content, error) {
	var out ProposalVersion
	var content *Content
	err := d.look(ctx, actor, slug, func(v View, s sight) error {
		p, _, err := s.proposal(ctx, v, id)
		if err != nil {
			return err
		}
		vs, err := v.ProposalVersions(ctx, slug, id)
		if err != nil {
			return err
		}
		for _, x := range s.shown(p, vs) {
			if x.Version != version {
				continue
			}
			raw, err := v.ProposalContent(ctx, slug, id, version)
			if err != nil {
				return err
			}
			out = x
			if content, err = decodeContent(raw); err != nil {
				return damaged(p, err)
			}
			return nil
		}
		return notFound("Такой версии предложения нет.")
	})
	return out, content, wrap(err, "upkeep: version %d of proposal %s of %s", version, id, slug)
}
