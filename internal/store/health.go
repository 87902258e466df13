package store

import (
	"context"
	"encoding/json"

	"perechen/internal/pointhealth"
)

func (v *view) HealthRecords(ctx context.Context, slug string) (all []pointhealth.Record, err error) {
	b, err := v.body(ctx, slug)
	if err != nil {
		return nil, err
	}
	err = facts(ctx, v, func(_ string, r pointhealth.Record, _ []string) { all = append(all, r) },
		`SELECT point, facts FROM point_health WHERE body = $1 ORDER BY point`, 0, b)
	return all, err
}

func (v *view) HealthSetting(ctx context.Context, slug string) (s pointhealth.Setting, err error) {
	b, err := v.body(ctx, slug)
	if err != nil {
		return s, err
	}
	err = facts(ctx, v, func(_ string, x pointhealth.Setting, _ []string) { s = x }, `SELECT '', facts FROM health_setting WHERE body = $1`, 0, b)
	return s, err
}

func (w *writer) PutHealth(ctx context.Context, slug string, r pointhealth.Record) error {
	b, err := w.body(ctx, slug)
	if err != nil {
		return err
	}
	raw, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return w.exec(`INSERT INTO point_health (body, point, facts) VALUES ($1, $2, $3) ON CONFLICT (body, point) DO UPDATE SET facts = excluded.facts`, b, r.Point, clean(string(raw)))
}

func (w *writer) DropHealth(ctx context.Context, slug, point string) error {
	b, err := w.body(ctx, slug)
	if err != nil {
		return err
	}
	return w.exec(`DELETE FROM point_health WHERE body = $1 AND point = $2`, b, point)
}

func (w *writer) PutHealthSetting(ctx context.Context, slug string, s pointhealth.Setting) error {
	b, err := w.body(ctx, slug)
	if err != nil {
		return err
	}
	raw, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return w.exec(`INSERT INTO health_setting (body, facts) VALUES ($1, $2) ON CONFLICT (body) DO UPDATE SET facts = excluded.facts`, b, clean(string(raw)))
}
