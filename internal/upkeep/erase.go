package upkeep

import (
	"context"

	"perechen/internal/register"
)

// Erase destroys the content of entry n for a legal reason; see ledger.Erase. It is for administrators: what the law
// takes out of a register is no question of its contents.
func (d *Desk) Erase(ctx context.Context, actor Actor, slug string, n int64, legal register.Ground) error {
	err := d.do(ctx, actor, slug, func(a *act) error {
		if !a.administers() {
			return refused("Содержание записей уничтожает администратор.")
		}
		before := a.register
		if err := d.ledger.EraseIn(ctx, a.tx, slug, n, legal, actor.Account); err != nil {
			return err
		}
		return d.written(ctx, a, before)
	})
	return wrap(err, "upkeep: erase entry %d of %s", n, slug)
}
