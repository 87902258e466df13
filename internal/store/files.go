package store

import (
	"context"
	"database/sql"
)

func (v *view) File(ctx context.Context, slug, sum string) (content []byte, ok bool, err error) {
	b, err := v.body(ctx, slug)
	if err != nil {
		return nil, false, err
	}
	err = v.each(ctx, func(rows *sql.Rows) error {
		ok = true
		return scan(ctx, rows, &content)
	}, `SELECT content FROM file WHERE body = $1 AND sha256 = $2`, b, sum)
	return content, ok, err
}

func (w *writer) PutFile(ctx context.Context, slug, sum string, content []byte) error {
	b, err := w.body(ctx, slug)
	if err != nil {
		return err
	}
	return w.exec(`INSERT INTO file (body, sha256, content) VALUES ($1, $2, $3) ON CONFLICT (body, sha256) DO NOTHING`, b, sum, content)
}

func (w *writer) DropFile(ctx context.Context, slug, sum string) error {
	b, err := w.body(ctx, slug)
	if err != nil {
		return err
	}
	w.erased = true
	return w.exec(`DELETE FROM file WHERE body = $1 AND sha256 = $2`, b, sum)
}
