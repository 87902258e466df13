package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// Watch calls heard with the address of each body that another node, or this one, has written to, soon after it did, until
// ctx is done; with «» when the connection was lost meanwhile and any may have been. Nothing may depend on hearing: what is
// read is right without. A file in the data folder tells nothing, and Watch returns at once.
func (s *Store) Watch(ctx context.Context, heard func(slug string)) {
	p, ok := s.engine.(*postgres)
	if !ok {
		return
	}
	for pause := 100 * time.Millisecond; ctx.Err() == nil; pause = min(2*pause, 10*time.Second) {
		if p.listen(ctx, heard) {
			pause = 100 * time.Millisecond
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
		}
	}
}

// listen hears until the connection is lost, and tells whether there was one.
func (p *postgres) listen(ctx context.Context, heard func(slug string)) bool {
	c, err := pgx.ConnectConfig(ctx, p.config.Copy())
	if err != nil {
		return false
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		c.Close(ctx) //nolint:errcheck // it is not needed any more
	}()
	if _, err := c.Exec(ctx, "LISTEN "+channel); err != nil {
		return false
	}
	heard("")
	for {
		n, err := c.WaitForNotification(ctx)
		if err != nil {
			return true
		}
		heard(n.Payload)
	}
}
