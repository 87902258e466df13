package cli

import (
	"context"
	"time"

	"perechen/internal/backup"
	"perechen/internal/jobs"
	"perechen/internal/proof"
	"perechen/internal/web"
)

// keeper tells the pages of backups and drills.
type keeper struct {
	in     installation
	plan   plan
	runner *jobs.Runner
}

var _ web.Custody = keeper{}

// Backups is web.Custody's.
func (k keeper) Backups(ctx context.Context, most int) (b web.Backups, err error) {
	store := k.in.store.Jobs()
	states, err := store.Jobs(ctx)
	if err != nil {
		return b, err
	}
	b = web.Backups{Folder: k.plan.dir, Times: k.plan.backups, DrillTimes: k.plan.drills, Keep: k.plan.keep}
	b.Backup, b.Known = jobs.Find(states, jobBackup)
	b.Drill, _ = jobs.Find(states, jobDrill)
	if b.Drills, err = store.Runs(ctx, jobDrill, most); err != nil {
		return b, err
	}
	if b.Made, err = store.Runs(ctx, jobBackup, most); err != nil {
		return b, err
	}
	for _, w := range k.plan.worries(states, time.Now()) {
		b.Worries = append(b.Worries, web.Worry{Bad: w.Status == sick, Text: sentence(w.Check + ": " + w.Text), Advice: w.Advice})
	}
	if k.plan.dir == "" {
		return b, nil
	}
	files, total, err := backup.List(k.plan.dir, most)
	if err != nil {
		b.Fault = plainly(err).Error()
		return b, nil
	}
	b.Total = total
	for _, f := range files {
		x := web.BackupFile{Name: f.Name, Size: f.Size, Time: f.Manifest.Time, Key: f.Manifest.Key, Fault: f.Fault}
		for _, l := range f.Manifest.Logs {
			x.Logs = append(x.Logs, web.BackupLog{Body: l.Body, Entries: l.Entries, Root: l.Root})
		}
		b.Files = append(b.Files, x)
	}
	return b, nil
}

// Ask is web.Custody's.
func (k keeper) Ask(ctx context.Context, job, account string) (bool, error) {
	ok, err := k.in.store.Jobs().AskJob(ctx, job, account, time.Now())
	k.runner.Wake()
	return ok, err
}

// Checkpoints is web.Custody's.
func (k keeper) Checkpoints(ctx context.Context, slug string, offset, limit int) (some []web.Checkpoint, total int, err error) {
	kept, total, err := k.in.ledger.Kept(ctx, slug, offset, limit)
	for _, x := range kept {
		c := web.Checkpoint{N: x.N, At: x.At, Signed: x.Signed}
		if cp, err := proof.OpenCheckpoint(x.Signed, k.in.ledger.Key().Keys()); err == nil {
			c.Root = cp.Root.String()
		}
		some = append(some, c)
	}
	return some, total, err
}
