package store

import (
	"context"
)

// Front gives the kept first page of a body, packed; nil when none is kept under that key.
func (s *Store) Front(ctx context.Context, slug, key string) (page []byte, err error) {
	err = s.view(ctx, func(v *view) error {
		b, err := v.body(ctx, slug)
		if err != nil {
			return err
		}
		_, err = found(v.row(ctx, `SELECT page FROM front WHERE body = $1 AND key = $2`, b, key)(&page))
		return err
	})
	return page, err
}

// KeepFront keeps the first page of a body in place of the one before, unless something of the body's log has been erased
// since the page was made: erasures is how many had been by then.
func (s *Store) KeepFront(ctx context.Context, slug, key string, page []byte, erasures int64) error {
	return s.update(ctx, func(w *writer) error {
		b, err := w.body(ctx, slug)
		if err != nil {
			return err
		}
		return w.exec(`INSERT INTO front (body, key, page) SELECT body, $1, $2 FROM head WHERE body = $3 AND erasures = $4
			ON CONFLICT (body) DO UPDATE SET key = excluded.key, page = excluded.page`, key, page, b, erasures)
	})
}
