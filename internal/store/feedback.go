package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"perechen/internal/feedback"
)

// facts visits rows of id and facts, with whatever columns stand between them.
func facts[T any](ctx context.Context, v *view, take func(id string, x T, rest []string), query string, rest int, args ...any) error {
	return v.each(ctx, func(rows *sql.Rows) error {
		var id string
		var raw []byte
		more := make([]string, rest)
		into := []any{&id, &raw}
		for i := range more {
			into = append(into, &more[i])
		}
		if err := scan(ctx, rows, into...); err != nil {
			return err
		}
		var x T
		if err := json.Unmarshal(raw, &x); err != nil {
			return fmt.Errorf("store: feedback %s: %w", id, err)
		}
		take(id, x, more)
		return nil
	}, query, args...)
}

func (v *view) Opinions(ctx context.Context, slug string) (all []feedback.Opinion, err error) {
	b, err := v.body(ctx, slug)
	if err != nil {
		return nil, err
	}
	err = facts(ctx, v, func(id string, o feedback.Opinion, _ []string) {
		o.ID = id
		all = append(all, o)
	}, `SELECT id, facts FROM opinion WHERE body = $1 ORDER BY id`, 0, b)
	return all, err
}

func (v *view) Appeals(ctx context.Context, slug string) ([]feedback.Appeal, error) {
	return v.appeals(ctx, slug, ``)
}

func (v *view) FreshAppeals(ctx context.Context, slug string, m feedback.Month) (n int, err error) {
	all, err := v.appeals(ctx, slug, ` AND fresh = 1`)
	for _, a := range all {
		if a.Month == m {
			n++
		}
	}
	return n, err
}

func (v *view) FreshAnswers(ctx context.Context, slug, survey string) (n int, err error) {
	b, err := v.body(ctx, slug)
	if err != nil {
		return 0, err
	}
	err = v.row(ctx, `SELECT count(*) FROM survey_answer WHERE body = $1 AND survey = $2 AND words = 0 AND fresh = 1`, b, survey)(&n)
	return n, err
}

func (v *view) Appeal(ctx context.Context, slug, id string) (feedback.Appeal, bool, error) {
	return oneAppeal(v.appeals(ctx, slug, ` AND id = $2`, id))
}

func (v *view) AppealByCode(ctx context.Context, slug, print string) (feedback.Appeal, bool, error) {
	return oneAppeal(v.appeals(ctx, slug, ` AND code = $2`, print))
}

func oneAppeal(all []feedback.Appeal, err error) (feedback.Appeal, bool, error) {
	if err != nil || len(all) == 0 {
		return feedback.Appeal{}, false, err
	}
	return all[0], true, nil
}

func (v *view) appeals(ctx context.Context, slug, and string, args ...any) (all []feedback.Appeal, err error) {
	b, err := v.body(ctx, slug)
	if err != nil {
		return nil, err
	}
	err = facts(ctx, v, func(id string, a feedback.Appeal, rest []string) {
		a.ID, a.Fresh, a.Code = id, rest[0] == "1", rest[1]
		all = append(all, a)
	}, `SELECT id, facts, fresh, code FROM appeal WHERE body = $1`+and+` ORDER BY id`, 2, append([]any{b}, args...)...)
	return all, err
}

func (v *view) Results(ctx context.Context, slug string) (all []feedback.Result, err error) {
	b, err := v.body(ctx, slug)
	if err != nil {
		return nil, err
	}
	err = facts(ctx, v, func(_ string, r feedback.Result, _ []string) { all = append(all, r) },
		`SELECT quarter, facts FROM feedback_result WHERE body = $1 ORDER BY quarter`, 0, b)
	return all, err
}

func (v *view) FormKey(ctx context.Context) (key feedback.Key, err error) {
	_, err = found(v.row(ctx, `SELECT key FROM feedback_key WHERE one = 1`)((*[]byte)(&key)))
	return key, err
}

func (v *view) Surveys(ctx context.Context, slug string) ([]feedback.Survey, error) {
	return v.surveys(ctx, slug, ``)
}

func (v *view) Survey(ctx context.Context, slug, id string) (s feedback.Survey, ok bool, err error) {
	all, err := v.surveys(ctx, slug, ` AND id = $2`, id)
	if err != nil || len(all) == 0 {
		return s, false, err
	}
	return all[0], true, nil
}

func (v *view) surveys(ctx context.Context, slug, and string, args ...any) (all []feedback.Survey, err error) {
	b, err := v.body(ctx, slug)
	if err != nil {
		return nil, err
	}
	err = facts(ctx, v, func(id string, s feedback.Survey, _ []string) {
		s.ID = id
		all = append(all, s)
	}, `SELECT id, facts FROM survey WHERE body = $1`+and+` ORDER BY id`, 0, append([]any{b}, args...)...)
	return all, err
}

func (v *view) Answers(ctx context.Context, slug, survey string) (all []feedback.Answer, err error) {
	b, err := v.body(ctx, slug)
	if err != nil {
		return nil, err
	}
	err = facts(ctx, v, func(id string, a feedback.Answer, _ []string) {
		a.ID = id
		all = append(all, a)
	}, `SELECT id, facts FROM survey_answer WHERE body = $1 AND survey = $2 ORDER BY id`, 0, b, survey)
	return all, err
}

// add inserts a row of id and facts that is not there yet.
func (w *writer) add(ctx context.Context, slug, query, id string, x any, args ...any) (bool, error) {
	b, err := w.body(ctx, slug)
	if err != nil {
		return false, err
	}
	raw, err := json.Marshal(x)
	if err != nil {
		return false, err
	}
	n, err := w.affected(query, append([]any{b, id, string(raw)}, args...)...)
	return n > 0, err
}

func (w *writer) AddOpinion(ctx context.Context, slug string, o feedback.Opinion) (bool, error) {
	return w.add(ctx, slug, `INSERT INTO opinion (body, id, fresh, facts) VALUES ($1, $2, 1, $3) ON CONFLICT (body, id) DO NOTHING`, o.ID, o)
}

func (w *writer) AddAppeal(ctx context.Context, slug string, a feedback.Appeal) (bool, error) {
	return w.add(ctx, slug, `INSERT INTO appeal (body, id, fresh, code, version, facts) VALUES ($1, $2, 1, $4, $5, $3) ON CONFLICT (body, id) DO NOTHING`, a.ID, a, a.Code, a.Version)
}

// PutAppeal leaves nothing readable of what stood there: words may have been taken out of it.
func (w *writer) PutAppeal(ctx context.Context, slug string, a feedback.Appeal, was int) (bool, error) {
	w.stirred = true
	return w.add(ctx, slug, `UPDATE appeal SET version = $4, facts = $3 WHERE body = $1 AND id = $2 AND version = $5`, a.ID, a, a.Version, was)
}

func (w *writer) SumAppeals(ctx context.Context, slug string, ids []string, quarter feedback.Quarter) error {
	w.stirred = true
	for _, id := range ids {
		a, ok, err := w.Appeal(ctx, slug, id)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		a.Summed, a.Need = string(quarter), ""
		if _, err := w.add(ctx, slug, `UPDATE appeal SET facts = $3 WHERE body = $1 AND id = $2`, id, a); err != nil {
			return err
		}
	}
	return nil
}

// Mixed are the rows of a table that are written anew, with its columns beside body, id and fresh.
type mixed struct{ table, columns, where string }

func (w *writer) Mix(ctx context.Context, slug string, shown bool) error {
	for _, t := range []mixed{{"opinion", "facts", "fresh = 1"}, {"appeal", "code, version, facts", "fresh = 1"}} {
		if err := w.mix(ctx, slug, shown, t); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) MixAnswers(ctx context.Context, slug, survey string, settled bool) error {
	return w.mix(ctx, slug, settled, mixed{"survey_answer", "survey, words, facts", "survey = $2 AND fresh = 1"}, survey)
}

func (w *writer) mix(ctx context.Context, slug string, settled bool, t mixed, args ...any) error {
	b, err := w.body(ctx, slug)
	if err != nil {
		return err
	}
	w.stirred = true
	fresh := 1
	if settled {
		fresh = 0
	}
	args = append([]any{b}, args...)
	var rows []any
	columns := 0
	err = w.each(ctx, func(r *sql.Rows) error {
		names, err := r.Columns()
		if err != nil {
			return err
		}
		columns = len(names)
		row, into := make([]any, columns), make([]any, columns)
		for i := range row {
			into[i] = &row[i]
		}
		if err := scan(ctx, r, into...); err != nil {
			return err
		}
		row[2] = fresh
		rows = append(rows, row...)
		return nil
	}, `SELECT body, id, fresh, `+t.columns+` FROM `+t.table+` WHERE body = $1 AND `+t.where+` ORDER BY id`, args...)
	if err != nil {
		return err
	}
	if err := w.exec(`DELETE FROM `+t.table+` WHERE body = $1 AND `+t.where, args...); err != nil {
		return err
	}
	return w.put(t.table+" (body, id, fresh, "+t.columns+")", columns, rows)
}

func (w *writer) DropOpinions(ctx context.Context, slug string, ids []string) error {
	b, err := w.body(ctx, slug)
	if err != nil {
		return err
	}
	w.stirred = true
	for _, id := range ids {
		if err := w.exec(`DELETE FROM opinion WHERE body = $1 AND id = $2`, b, id); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) AddResult(ctx context.Context, slug string, r feedback.Result) (bool, error) {
	return w.add(ctx, slug, `INSERT INTO feedback_result (body, quarter, facts) VALUES ($1, $2, $3) ON CONFLICT (body, quarter) DO NOTHING`, string(r.Quarter), r)
}

func (w *writer) SetFormKey(_ context.Context, k feedback.Key) error {
	return w.exec(`INSERT INTO feedback_key (one, key) VALUES (1, $1) ON CONFLICT (one) DO NOTHING`, []byte(k))
}

func (w *writer) PutSurvey(ctx context.Context, slug string, s feedback.Survey) error {
	_, err := w.add(ctx, slug, `INSERT INTO survey (body, id, facts) VALUES ($1, $2, $3) ON CONFLICT (body, id) DO UPDATE SET facts = excluded.facts`, s.ID, s)
	return err
}

func (w *writer) AddAnswer(ctx context.Context, slug string, a feedback.Answer) (bool, error) {
	words := 0
	if a.Question != "" {
		words = 1
	}
	return w.add(ctx, slug, `INSERT INTO survey_answer (body, id, fresh, survey, words, facts) VALUES ($1, $2, 1, $4, $5, $3) ON CONFLICT (body, id) DO NOTHING`, a.ID, a, a.Survey, words)
}

func (w *writer) DropAnswers(ctx context.Context, slug, survey string, words bool) error {
	b, err := w.body(ctx, slug)
	if err != nil {
		return err
	}
	w.stirred = true
	most := 0
	if words {
		most = 1
	}
	if err := w.exec(`DELETE FROM survey_answer WHERE body = $1 AND survey = $2 AND words <= $3`, b, survey, most); err != nil {
		return err
	}
	return w.mix(ctx, slug, true, mixed{"survey_answer", "survey, words, facts", "survey = $2"}, survey)
}
