package cli

import (
	"context"

	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// openDesk opens the installation for what people do at a terminal, and picks the body; done releases it. Everything done
// through the desk as upkeep.Local has the same consequences as in the browser.
func (a *app) openDesk(ctx context.Context) (d *upkeep.Desk, b register.Organisation, done func(), err error) {
	in, done, err := a.openAll(ctx)
	if err != nil {
		return nil, b, nil, err
	}
	if b, err = a.body(ctx, in.ledger); err != nil {
		done()
		return nil, b, nil, err
	}
	return in.desk, b, done, nil
}
