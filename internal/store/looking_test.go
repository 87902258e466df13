package store

import (
	"context"
	"database/sql"
	"sync"

	"perechen/internal/ledger"
)

// looking is a session inside a transaction of a test.
type looking struct {
	postgresSession
	tx *sql.Tx
}

func (l *looking) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	rows, err := l.tx.QueryContext(ctx, rebind(query), args...)
	return rows, postgresSentence(err)
}

func (l *looking) sound(context.Context) (string, error) { return "", nil }

// inside is a store that shows one view only, to one reader at a time.
type inside struct{ v *view }

var insideTurn sync.Mutex

func (i inside) View(_ context.Context, fn func(ledger.View) error) error {
	insideTurn.Lock()
	defer insideTurn.Unlock()
	i.v.bodies = nil
	return fn(i.v)
}

func (i inside) Update(context.Context, func(ledger.Tx) error) error { panic("not for writing") }
