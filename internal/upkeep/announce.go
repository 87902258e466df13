package upkeep

import (
	"context"

	"perechen/internal/register"
)

// Announce tells accounts something that belongs to no body. As ever, nobody is told twice of one event, and mail goes as
// each of them wants it.
func (d *Desk) Announce(ctx context.Context, to []string, n Notice) error {
	err := d.store.Update(ctx, func(tx Tx) error {
		return d.notify(ctx, tx, &register.Register{}, "", []told{{Notice: n, to: to}})
	})
	return wrap(err, "upkeep: announce %s", n.Event)
}
