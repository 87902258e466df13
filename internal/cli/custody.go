package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"perechen/internal/backup"
	"perechen/internal/jobs"
	"perechen/internal/lang"
	"perechen/internal/ledger"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Custody is how the program keeps what it was given: backups and drills by themselves, and checkpoints. Flags of serve and
// demo; doctor and the commands for backups read them too.
type custody struct {
	dir             string
	backups, drills string // schedules, as they were typed
	checkpoints     string
	keep            int
	withoutKey      bool
}

// plan is custody, read.
type plan struct {
	dir                          string
	backups, drills, checkpoints jobs.Schedule
	keep                         int
	withoutKey                   bool
}

// folder adds the flag that commands for backups need.
func (o *custody) folder(fs *pflag.FlagSet) {
	fs.StringVar(&o.dir, "backups", "", "папка резервных копий")
	setting(fs, "backups")
}

func (o *custody) flags(fs *pflag.FlagSet) {
	o.folder(fs)
	fs.StringVar(&o.backups, "backup-times", "", "когда делать копии: время дня (02:00 или 02:00,14:00) или промежуток (6h)")
	fs.StringVar(&o.drills, "drill-times", "", "когда проверять, что из новейшей копии можно восстановиться: время дня или промежуток")
	fs.IntVar(&o.keep, "backup-keep", 30, "сколько последних копий оставлять в папке; 0 — не удалять")
	fs.BoolVar(&o.withoutKey, "backup-without-key", false, "не класть ключ подписи в копии, которые делаются по расписанию")
	fs.StringVar(&o.checkpoints, "checkpoint-times", "1h", "когда сохранять подписанные отпечатки журналов, если в них внесены записи: промежуток, время дня или off")
	setting(fs, "backup-times", "drill-times", "backup-keep", "backup-without-key", "checkpoint-times")
}

// plan reads the settings; what does not fit together is said in one sentence.
func (o *custody) plan() (p plan, err error) {
	p.dir, p.keep, p.withoutKey = o.dir, o.keep, o.withoutKey
	for _, s := range []struct {
		flag, text string
		into       *jobs.Schedule
	}{{"backup-times", o.backups, &p.backups}, {"drill-times", o.drills, &p.drills}, {"checkpoint-times", o.checkpoints, &p.checkpoints}} {
		if *s.into, err = jobs.ParseSchedule(s.text); err != nil {
			return p, usagef("--%s: %s", s.flag, err)
		}
	}
	switch {
	case p.dir == "" && !p.backups.Never():
		return p, usagef("--backup-times: укажите и папку резервных копий, --backups")
	case p.dir == "" && !p.drills.Never():
		return p, usagef("--drill-times: укажите и папку резервных копий, --backups")
	case p.keep < 0:
		return p, usagef("--backup-keep: нужно число копий, 0 — не удалять")
	}
	return p, nil
}

// target is the file or folder that a command for backups is about: named, or that of the settings.
func (o *custody) target(c *cobra.Command, args []string) (string, error) {
	if len(args) > 0 {
		return args[0], nil
	}
	if o.dir == "" {
		return "", usagef("не указано: файл или папка (%s); папку можно задать и настройкой backups", c.UseLine())
	}
	return o.dir, nil
}

// A backupFact is what is kept of a backup that was made.
type backupFact struct {
	File    string   `json:"file"`
	Size    int64    `json:"size"`
	Bodies  int      `json:"bodies"`
	Entries int64    `json:"entries"`
	Deleted []string `json:"deleted,omitempty"`
}

// makeBackup is the job that makes a backup and deletes what is too old.
func (p plan) makeBackup(in installation) func(context.Context, *jobs.Progress) (jobs.Outcome, error) {
	return func(ctx context.Context, progress *jobs.Progress) (jobs.Outcome, error) {
		progress.Say("Копирование", 0, 0)
		now := time.Now()
		fact := backupFact{File: backup.Name(now)}
		path := p.dir + string(os.PathSeparator) + fact.File
		if info, err := os.Stat(p.dir); err != nil || !info.IsDir() {
			return jobs.Outcome{}, refusef("Папка резервных копий «%s» недоступна: проверьте путь и права.", p.dir)
		}
		m, err := backup.Write(ctx, path, in.store, in.ledger.Key(), !p.withoutKey, now, func(done, total int64) { progress.Say("Копирование", done, total) })
		if err != nil {
			return jobs.Outcome{}, plainly(err)
		}
		if info, err := os.Stat(path); err == nil {
			fact.Size = info.Size()
		}
		fact.Bodies = len(m.Logs)
		for _, l := range m.Logs {
			fact.Entries += l.Entries
		}
		text := fmt.Sprintf("Копия сделана: %s, %s, %s.", fact.File, lang.Count(fact.Bodies, "орган", "органа", "органов"), entries(fact.Entries))
		if p.keep > 0 {
			if fact.Deleted, err = backup.Prune(p.dir, m.Verifier, p.keep); err != nil {
				text += " Старые копии не удалены: " + plainly(err).Error()
			}
		}
		facts, err := json.Marshal(fact)
		return jobs.Outcome{OK: true, Text: text, Facts: facts}, err
	}
}

// drill is the job that restores the newest backup aside. Whatever keeps it from doing so is a result, and a bad one.
func (p plan) drill(in installation) func(context.Context, *jobs.Progress) (jobs.Outcome, error) {
	return func(ctx context.Context, progress *jobs.Progress) (jobs.Outcome, error) {
		file, err := backup.Newest(p.dir)
		var r backup.Report
		if err == nil {
			r, err = backup.Drill(ctx, file, in.ledger, progress.Say)
		}
		if ctx.Err() != nil {
			return jobs.Outcome{}, ctx.Err()
		}
		if err != nil {
			return jobs.Outcome{Text: plainly(err).Error()}, nil
		}
		facts, err := json.Marshal(r)
		o := jobs.Outcome{OK: r.OK, Text: "Восстановиться можно.", Facts: facts}
		for _, l := range r.Logs {
			if !l.OK {
				o.Text = "Восстановиться нельзя. " + l.Body + ": " + l.Text
				break
			}
		}
		return o, err
	}
}

// keepCheckpoints is the job that keeps what the logs have signed.
func keepCheckpoints(l *ledger.Ledger) func(context.Context, *jobs.Progress) (jobs.Outcome, error) {
	return func(ctx context.Context, _ *jobs.Progress) (jobs.Outcome, error) {
		_, err := l.KeepCheckpoints(ctx)
		return jobs.Done, plainly(err)
	}
}

// plainly is an error as a sentence that a person can do something about.
func plainly(err error) error {
	if err == nil {
		return nil
	}
	code, text := new(app).explain(context.Background(), err)
	return &failure{code: code, text: cmp.Or(text, err.Error()), err: err}
}
