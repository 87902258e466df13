package store

import (
	"context"

	"perechen/internal/ledger"
	"perechen/internal/upkeep"
)

// Upkeep is the store as package upkeep uses it: the same transactions, with more in them.
func (s *Store) Upkeep() upkeep.Store { return desk{s} }

type desk struct{ store *Store }

func (d desk) View(ctx context.Context, fn func(upkeep.View) error) error {
	return d.store.View(ctx, func(v ledger.View) error { return fn(v.(*view)) })
}

func (d desk) Update(ctx context.Context, fn func(upkeep.Tx) error) error {
	return d.store.Update(ctx, func(tx ledger.Tx) error { return fn(tx.(*writer)) })
}
