package store

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"perechen/internal/jobs"
)

// Jobs gives what package jobs asks of a store, over the same database.
func (s *Store) Jobs() jobs.Store { return jobStore{s} }

type jobStore struct{ store *Store }

// mostRuns is how many runs of one job are kept.
const mostRuns = 500

func (j jobStore) Jobs(ctx context.Context) (all []jobs.State, err error) {
	err = j.store.view(ctx, func(v *view) error {
		all = nil
		return v.each(ctx, func(rows *sql.Rows) error {
			var s jobs.State
			var last, good, tried, asked, lease int64
			if err := scan(ctx, rows, &s.Name, &last, &good, &tried, &s.Tries, &s.Fault, &asked, &s.AskedBy, &s.Holder, &lease, &s.Phase, &s.Done, &s.Total); err != nil {
				return err
			}
			s.Last, s.Good, s.Tried, s.Asked, s.Lease = fromMicro(last), fromMicro(good), fromMicro(tried), fromMicro(asked), fromMicro(lease)
			all = append(all, s)
			return nil
		}, `SELECT name, last, good, tried, tries, fault, asked, asked_by, holder, lease, phase, done, total FROM job ORDER BY name`)
	})
	return all, err
}

func (j jobStore) AddJob(ctx context.Context, name string, last time.Time) error {
	return j.store.update(ctx, func(w *writer) error {
		return w.exec(`INSERT INTO job (name, last, good, tried, tries, fault, asked, asked_by, holder, lease, phase, done, total)
			VALUES ($1, $2, 0, 0, 0, '', 0, '', '', 0, '', 0, 0) ON CONFLICT (name) DO NOTHING`, name, micro(last))
	})
}

func (j jobStore) ClaimJob(ctx context.Context, seen jobs.State, holder string, now, until time.Time) (ok bool, err error) {
	err = j.store.update(ctx, func(w *writer) error {
		n, err := w.affected(`UPDATE job SET holder = $1, lease = $2, tried = $3, tries = tries + 1, phase = '', done = 0, total = 0
			WHERE name = $4 AND lease <= $5 AND last = $6 AND tries = $7 AND tried = $8 AND asked = $9`,
			holder, micro(until), micro(now), seen.Name, micro(now), micro(seen.Last), seen.Tries, micro(seen.Tried), micro(seen.Asked))
		ok = n > 0
		return err
	})
	return ok && err == nil, err
}

func (j jobStore) HoldJob(ctx context.Context, name, holder string, until time.Time, phase string, done, total int64) (ok bool, err error) {
	err = j.store.update(ctx, func(w *writer) error {
		n, err := w.affected(`UPDATE job SET lease = $1, phase = $2, done = $3, total = $4 WHERE name = $5 AND holder = $6`,
			micro(until), phase, done, total, name, holder)
		ok = n > 0
		return err
	})
	return ok && err == nil, err
}

func (j jobStore) EndJob(ctx context.Context, holder string, end jobs.State, run *jobs.Run) (ok bool, err error) {
	err = j.store.update(ctx, func(w *writer) error {
		n, err := w.affected(`UPDATE job SET last = $1, good = $2, tried = $3, tries = $4, fault = $5, asked = $6, asked_by = $7, holder = '', lease = 0, phase = '', done = 0, total = 0
			WHERE name = $8 AND holder = $9`,
			micro(end.Last), micro(end.Good), micro(end.Tried), end.Tries, clean(end.Fault), micro(end.Asked), end.AskedBy, end.Name, holder)
		ok = n > 0
		if err != nil || !ok || run == nil {
			return err
		}
		if err := w.exec(`INSERT INTO job_run (job, began, ended, asker, node, ok, text, facts) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			run.Job, micro(run.Began), micro(run.Ended), run.By, clean(run.Node), flag(run.OK), clean(run.Text), clean(string(run.Facts))); err != nil {
			return err
		}
		return w.exec(`DELETE FROM job_run WHERE job = $1 AND id <= (SELECT max(id) FROM job_run WHERE job = $2) - $3`, run.Job, run.Job, mostRuns)
	})
	return ok && err == nil, err
}

func (j jobStore) AskJob(ctx context.Context, name, account string, at time.Time) (ok bool, err error) {
	err = j.store.update(ctx, func(w *writer) error {
		n, err := w.affected(`UPDATE job SET asked = $1, asked_by = $2 WHERE name = $3 AND asked = 0 AND lease <= $4`, micro(at), account, name, micro(at))
		ok = n > 0
		return err
	})
	return ok && err == nil, err
}

func (j jobStore) Runs(ctx context.Context, job string, limit int) (all []jobs.Run, err error) {
	err = j.store.view(ctx, func(v *view) error {
		all = nil
		return v.each(ctx, func(rows *sql.Rows) error {
			var r jobs.Run
			var began, ended, ok int64
			var facts string
			if err := scan(ctx, rows, &r.ID, &r.Job, &began, &ended, &r.By, &r.Node, &ok, &r.Text, &facts); err != nil {
				return err
			}
			r.Began, r.Ended, r.OK, r.Facts = fromMicro(began), fromMicro(ended), ok != 0, []byte(facts)
			all = append(all, r)
			return nil
		}, `SELECT id, job, began, ended, asker, node, ok, text, facts FROM job_run WHERE job = $1 ORDER BY id DESC LIMIT $2`, job, limit)
	})
	return all, err
}

// clean keeps bytes that a database refuses in a text out of it.
func clean(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "?"), "\x00", "?")
}
