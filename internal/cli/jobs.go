package cli

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"perechen/internal/httpx"
	"perechen/internal/jobs"
	"perechen/internal/upkeep"
)

// The names of the jobs, as the database, the metrics and doctor call them.
const (
	jobMail        = "mail"
	jobReminders   = "reminders"
	jobCheckpoints = "checkpoints"
	jobBackup      = "backup"
	jobDrill       = "drill"
)

// newRunner makes what serve does by itself, beside answering requests.
func newRunner(in installation, o serving, p plan, m *httpx.Metrics, log *slog.Logger) (*jobs.Runner, error) {
	mailer, err := o.mail.mailer()
	if err != nil {
		return nil, err
	}
	post := upkeep.NewPost(in.desk, mailer, log)
	todo := []jobs.Job{
		{Name: jobMail, Next: every(5 * time.Second), Due: post.Due, Run: plain(post.SendAll), Retry: 5 * time.Second},
		{Name: jobReminders, Next: every(time.Minute), Due: post.ToRemind, Run: plain(post.Remind)},
		{Name: jobCheckpoints, Next: p.checkpoints.Next(time.Local), Due: in.ledger.ToKeep, Run: keepCheckpoints(in.ledger)},
	}
	if p.dir != "" {
		todo = append(todo,
			jobs.Job{Name: jobBackup, Next: p.backups.Next(time.Local), Run: p.makeBackup(in), Waits: true, Records: true, Retry: 10 * time.Minute},
			jobs.Job{Name: jobDrill, Next: p.drills.Next(time.Local), Due: noBackup(in), Run: p.drill(in), Waits: true, Records: true})
	}
	if j, ok, err := o.health.job(in); err != nil {
		return nil, err
	} else if ok {
		todo = append(todo, j)
	}
	n := &newcomer{in: in, log: log}
	r := jobs.NewRunner(in.store.Jobs(), jobs.Options{Log: log, May: n.may, Ended: func(ctx context.Context, job string, o jobs.Outcome, err error) {
		countRun(m, job, o, err)
		if text := trouble(job, o, err); text != "" {
			tellAdmins(ctx, in, job, text, log)
		}
	}}, todo...)
	reportJobs(m, r)
	return r, nil
}

// noBackup puts a drill off while a backup is being made: it is about the newest.
func noBackup(in installation) func(context.Context) (bool, error) {
	return func(ctx context.Context) (bool, error) {
		states, err := in.store.Jobs().Jobs(ctx)
		if err != nil {
			return false, err
		}
		s, _ := jobs.Find(states, jobBackup)
		return !s.Running(time.Now()), nil
	}
}

func every(d time.Duration) func(time.Time) time.Time { return jobs.Every(d).Next(time.Local) }

// plain is a job of which there is nothing to say but that it could not be done.
func plain(do func(context.Context) error) func(context.Context, *jobs.Progress) (jobs.Outcome, error) {
	return func(ctx context.Context, _ *jobs.Progress) (jobs.Outcome, error) { return jobs.Done, do(ctx) }
}

// trouble is what administrators must hear of a run that ended; empty: nothing.
func trouble(job string, o jobs.Outcome, err error) string {
	switch {
	case job == jobBackup && err != nil:
		return "Резервная копия не сделана. " + sentence(err.Error())
	case job == jobDrill && err != nil:
		return "Учение по резервной копии не проведено. " + sentence(err.Error())
	case job == jobDrill && !o.OK:
		return "Учение по резервной копии не прошло. " + sentence(o.Text)
	case job == jobCheckpoints && err != nil:
		return "Отпечаток журнала не сохранён. " + sentence(err.Error())
	}
	return ""
}

// tellAdmins writes a notice to every administrator, once a day for each kind of trouble.
func tellAdmins(ctx context.Context, in installation, job, text string, log *slog.Logger) {
	all, err := in.accounts.Accounts(ctx)
	if err == nil {
		var to []string
		for _, a := range all {
			if a.Admin && !a.Blocked {
				to = append(to, a.ID)
			}
		}
		err = in.desk.Announce(ctx, to, upkeep.Notice{Event: "-/" + job + "/" + time.Now().Format(time.DateOnly), Kind: "job-" + job, Text: text, Href: "/-/backups"})
	}
	if err != nil {
		log.ErrorContext(ctx, "administrators could not be told", "job", job, "err", err)
	}
}

// newcomer looks whether a newer program has brought the database forward.
type newcomer struct {
	in   installation
	log  *slog.Logger
	told bool
}

// may tells whether this node may begin jobs: they are left to those who know the schema. Only the runner calls it.
func (n *newcomer) may(ctx context.Context) bool {
	s, err := n.in.store.Schema(ctx)
	if err != nil {
		return false
	}
	if s.Have > s.Known && !n.told {
		n.told = true
		n.log.WarnContext(ctx, "the database is of a newer schema; this node leaves jobs to newer ones and should be replaced", "schema", s.Have, "known", s.Known)
	}
	return s.Have <= s.Known
}

// sentence ends a text with a full stop.
func sentence(s string) string {
	s = strings.TrimRight(strings.TrimSpace(s), ".")
	if s == "" {
		return ""
	}
	return s + "."
}
