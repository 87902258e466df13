package cli

import (
	"context"
	"log/slog"
	"time"

	"perechen/internal/jobs"
	"perechen/internal/upkeep"
)

// The names of the jobs, as the database, the metrics and doctor call them.
const (
	jobMail      = "mail"
	jobReminders = "reminders"
)

// newRunner makes what serve does by itself, beside answering requests.
func newRunner(in installation, o serving, log *slog.Logger) (*jobs.Runner, error) {
	mailer, err := o.mail.mailer()
	if err != nil {
		return nil, err
	}
	p := upkeep.NewPost(in.desk, mailer, log)
	todo := []jobs.Job{
		{Name: jobMail, Next: every(5 * time.Second), Due: p.Due, Run: plain(p.SendAll), Retry: 5 * time.Second},
		{Name: jobReminders, Next: every(time.Minute), Due: p.ToRemind, Run: plain(p.Remind)},
	}
	return jobs.NewRunner(in.store.Jobs(), jobs.Options{Log: log}, todo...), nil
}

func every(d time.Duration) func(time.Time) time.Time { return jobs.Every(d).Next(time.Local) }

// plain is a job of which there is nothing to say but that it could not be done.
func plain(do func(context.Context) error) func(context.Context, *jobs.Progress) (jobs.Outcome, error) {
	return func(ctx context.Context, _ *jobs.Progress) (jobs.Outcome, error) { return jobs.Done, do(ctx) }
}
