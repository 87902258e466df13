package upkeep

import (
	"context"
	"slices"

	"perechen/internal/ledger"
	"perechen/internal/register"
)

// MostFirst is how many processes a body may put first.
const MostFirst = 8

// SetFirst says which processes clients find first on the body's page, in this order; none leaves the order to the program. Who keeps
// the body's own matters may; base is HashOf the organisation that the person has seen. Nobody is counted for it: the body knows what
// it is asked.
func (d *Desk) SetFirst(ctx context.Context, actor Actor, slug, base string, keys []string) error {
	err := d.do(ctx, actor, slug, func(a *act) error {
		if err := a.mayAppend(register.Change{Kind: register.KindOrganisation}); err != nil {
			return err
		}
		org := a.register.Organisation
		if err := seen(base, org); err != nil {
			return err
		}
		if len(keys) > MostFirst {
			return invalid("Первыми можно поставить не больше %d процессов.", MostFirst)
		}
		first := make([]string, 0, len(keys))
		for _, key := range keys {
			if _, ok := a.register.Process(key); !ok {
				return notFound("Такого процесса в перечне нет.")
			}
			if !slices.Contains(first, key) {
				first = append(first, key)
			}
		}
		if slices.Equal(first, org.First) {
			return nil
		}
		org.First = first
		c := register.Change{Op: register.Amend, Kind: register.KindOrganisation, Key: slug, Content: register.Encode(org)}
		_, err := d.record(ctx, a, ledger.Batch{Changes: []register.Change{c}, Ground: register.Ground{Text: "что клиенты видят первым"}, Head: ledger.AnyHead}, nil)
		return err
	})
	return wrap(err, "upkeep: what comes first in %s", slug)
}
