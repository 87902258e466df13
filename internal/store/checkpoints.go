package store

import (
	"context"
	"database/sql"

	"perechen/internal/ledger"
)

func readKept(ctx context.Context, rows *sql.Rows) (k ledger.Kept, err error) {
	var at int64
	err = scan(ctx, rows, &k.N, &at, &k.Signed)
	k.At = fromMicro(at)
	return k, err
}

func (v *view) Kept(ctx context.Context, slug string, n int64, visit func(ledger.Kept) error) error {
	return v.each(ctx, func(rows *sql.Rows) error {
		k, err := readKept(ctx, rows)
		if err != nil {
			return err
		}
		return visit(k)
	}, `SELECT c.n, c.kept, c.signed FROM checkpoint c JOIN body b ON b.id = c.body WHERE b.slug = $1 AND c.n >= $2 ORDER BY c.n`, slug, n)
}

func (v *view) KeptLast(ctx context.Context, slug string) (k ledger.Kept, ok bool, err error) {
	err = v.each(ctx, func(rows *sql.Rows) (err error) {
		ok = true
		k, err = readKept(ctx, rows)
		return err
	}, `SELECT c.n, c.kept, c.signed FROM checkpoint c JOIN body b ON b.id = c.body WHERE b.slug = $1 ORDER BY c.n DESC LIMIT 1`, slug)
	return k, ok, err
}

func (w *writer) Keep(ctx context.Context, slug string, k ledger.Kept) error {
	b, err := w.body(ctx, slug)
	if err != nil {
		return err
	}
	return w.exec(`INSERT INTO checkpoint (body, n, kept, signed) VALUES ($1, $2, $3, $4) ON CONFLICT (body, n) DO NOTHING`, b, k.N, micro(k.At), k.Signed)
}
