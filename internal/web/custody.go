package web

import (
	"context"
	"time"

	"perechen/internal/jobs"
)

// A Custody is what the pages know of how the installation is kept: backups, drills, checkpoints.
type Custody interface {
	// Backups tells of the folder of backups, the runs of both jobs, and at most so many files and runs.
	Backups(ctx context.Context, most int) (Backups, error)
	// Ask has a job (JobBackup, JobDrill) run soon, on whichever node; false when it runs already, was asked for, or no node
	// does such.
	Ask(ctx context.Context, job, account string) (bool, error)
	// Checkpoints lists the checkpoints that were kept of a body's log, the newest entry first, and how many there are.
	Checkpoints(ctx context.Context, slug string, offset, limit int) (some []Checkpoint, total int, err error)
}

// The jobs that can be asked for.
const (
	JobBackup = "backup"
	JobDrill  = "drill"
)

// Backups is how the installation is kept.
type Backups struct {
	Folder            string // empty: this node makes none
	Fault             string // why the folder cannot be read
	Times, DrillTimes jobs.Schedule
	Keep              int  // how many stay in the folder; 0: all
	Known             bool // some node makes backups
	Backup, Drill     jobs.State
	Made, Drills      []jobs.Run
	Files             []BackupFile
	Total             int // files in the folder
	Worries           []Worry
}

// A Worry is something that an administrator should look at.
type Worry struct {
	Bad          bool
	Text, Advice string
}

// A BackupFile is one backup in the folder.
type BackupFile struct {
	Name  string
	Size  int64
	Time  time.Time
	Key   bool
	Fault string // why it cannot be read
	Logs  []BackupLog
}

// A BackupLog is one body's log in a backup.
type BackupLog struct {
	Body    string
	Entries int64
	Root    string
}

// A Checkpoint is one that was kept of a log.
type Checkpoint struct {
	N      int64
	At     time.Time
	Root   string
	Signed string
}
