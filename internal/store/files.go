package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"perechen/internal/ledger"
	"perechen/internal/upkeep"
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

func (v *view) Prepared(ctx context.Context, slug string) (p upkeep.PreparedEdition, ok bool, err error) {
	b, err := v.body(ctx, slug)
	if err != nil {
		return p, false, err
	}
	var facts string
	err = v.each(ctx, func(rows *sql.Rows) error {
		ok = true
		return scan(ctx, rows, &facts)
	}, `SELECT facts FROM prepared_edition WHERE body = $1`, b)
	if err != nil || !ok {
		return p, false, err
	}
	if err := json.Unmarshal([]byte(facts), &p); err != nil {
		return p, false, &ledger.Error{Code: ledger.CodeDamaged, Text: "База данных повреждена: подготовленная редакция не читается.", Err: errors.Join(err)}
	}
	return p, true, nil
}

func (w *writer) PutPrepared(ctx context.Context, slug string, p upkeep.PreparedEdition) error {
	b, err := w.body(ctx, slug)
	if err != nil {
		return err
	}
	facts, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return w.exec(`INSERT INTO prepared_edition (body, facts) VALUES ($1, $2) ON CONFLICT (body) DO UPDATE SET facts = excluded.facts`, b, string(facts))
}

func (w *writer) DropPrepared(ctx context.Context, slug string) error {
	b, err := w.body(ctx, slug)
	if err != nil {
		return err
	}
	return w.exec(`DELETE FROM prepared_edition WHERE body = $1`, b)
}
