package ledger

import (
	"context"

	"perechen/internal/register"
)

// An organisationAt is what a body is called, as it was at a head. It is called so until the head moves.
type organisationAt struct {
	n, erasures  int64
	organisation register.Organisation
}

// few is for how many bodies that have moved it is quicker to ask each by itself than all at once.
const few = 16

// Bodies returns the organisations that keep a register here, in the order of their addresses, each as it is now.
func (l *Ledger) Bodies(ctx context.Context) ([]register.Organisation, error) {
	slugs, err := l.Slugs(ctx)
	if err != nil {
		return nil, err
	}
	orgs := make([]register.Organisation, len(slugs))
	place := make(map[string]int, len(slugs))
	for i, slug := range slugs {
		orgs[i].Slug, place[slug] = slug, i
	}
	err = l.store.View(ctx, func(v View) error {
		heads := make(map[string]Head, len(slugs))
		var moved []string
		err := v.Heads(ctx, func(slug string, h Head) error {
			i, ok := place[slug]
			if !ok {
				return nil // it came since
			}
			heads[slug] = h
			if was, ok := l.named.Load(slug); ok {
				if at, ok := was.(organisationAt); ok && at.n == h.N && at.erasures == h.Erasures {
					orgs[i] = at.organisation
					return nil
				}
			}
			moved = append(moved, slug)
			return nil
		})
		if err != nil {
			return err
		}
		take := func(slug string, ver Version) error {
			i, ok := place[slug]
			if !ok || ver.Key != slug || ver.Content == nil {
				return nil
			}
			o, err := decode[register.Organisation](ver.Content)
			if err != nil {
				return wrap(err, "%s", slug)
			}
			if o.Slug == "" {
				o.Slug = slug
			}
			h := heads[slug]
			orgs[i] = o
			l.named.Store(slug, organisationAt{h.N, h.Erasures, o})
			return nil
		}
		if len(moved) > few {
			return v.Everywhere(ctx, register.KindOrganisation, take)
		}
		for _, slug := range moved {
			ver, ok, err := v.Live(ctx, slug, register.KindOrganisation, slug)
			if err == nil && ok {
				err = take(slug, ver)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, wrap(err, "ledger: bodies")
	}
	return orgs, nil
}
