package cli

import (
	"context"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// openDesk opens the installation for what people do at a terminal, and picks the body; done releases it. Everything done
// through the desk as upkeep.Local has the same consequences as in the browser.
func (a *app) openDesk(ctx context.Context) (d *upkeep.Desk, b register.Organisation, done func(), err error) {
	s, key, err := a.place().Open(ctx)
	if err != nil {
		return nil, b, nil, err
	}
	l := ledger.New(s, key, time.Now)
	if b, err = a.body(ctx, l); err != nil {
		s.Close()
		return nil, b, nil, err
	}
	return upkeep.New(s.Upkeep(), l, nil, time.Now), b, func() { s.Close() }, nil
}
