// Package jobs runs what the program does by itself (mail, reminders, checkpoints, backups, drills) once, whichever of
// its nodes lives: a node takes a job by a lease in the database and gives it back when it is done. A node that dies in the
// middle loses its lease, and another begins the job anew; so a job must bear being begun twice.
package jobs

import (
	"context"
	"errors"
	"time"
)

// A Job is something to be done again and again.
type Job struct {
	Name string
	// Next gives the time to run after a run that began at last, which is zero for a job that never ran. A zero result means:
	// only when somebody asks.
	Next func(last time.Time) time.Time
	// Due is asked on each look at the jobs whose time has come or that were asked for, before the database is written to, in
	// the order of the jobs; false puts the job off to the next look. nil: always.
	Due func(ctx context.Context) (bool, error)
	// Run does the job. Its context ends when the program stops or the lease is lost. An error means that the job could not
	// be done and is tried again soon; an Outcome that is not OK is a result like any other.
	Run func(ctx context.Context, p *Progress) (Outcome, error)

	Waits   bool          // a job that never ran waits for its next time instead of running at once
	Records bool          // every run is kept (Runs)
	Retry   time.Duration // pause after the first failure, doubled after each further; 0: a minute
}

// An Outcome is what a job says of a run.
type Outcome struct {
	OK    bool
	Text  string // one Russian sentence; kept as the job's fault when not OK
	Facts []byte // JSON, of a job that Records
}

// Done is the outcome of a job of which there is nothing to say.
var Done = Outcome{OK: true}

// A State is what is known of a job, on whichever node it ran.
type State struct {
	Name    string
	Last    time.Time // when the last run that was done began; the schedule goes on from here
	Good    time.Time // when the last run that ended well began
	Tried   time.Time // when the last attempt began
	Tries   int       // attempts in vain since Last
	Fault   string    // what was not well last; empty: nothing
	Asked   time.Time // somebody waits for it since; zero: nobody
	AskedBy string    // account
	Holder  string    // run that holds the lease
	Lease   time.Time // until when
	Phase   string    // what it does now, for people
	Done    int64
	Total   int64
}

// Running tells whether some node is at it.
func (s State) Running(now time.Time) bool { return s.Lease.After(now) }

// A Run is one run that was recorded.
type Run struct {
	ID           int64
	Job          string
	Began, Ended time.Time
	By           string // account of whoever asked; empty: it was its time
	Node         string // name of the machine
	OK           bool
	Text         string
	Facts        []byte
}

// A Store keeps the jobs of all nodes.
type Store interface {
	// Jobs lists what is known, by name.
	Jobs(ctx context.Context) ([]State, error)
	// AddJob makes a job known as one that last ran at last; one that is known stays as it is.
	AddJob(ctx context.Context, name string, last time.Time) error
	// ClaimJob takes the lease and counts a try, unless something has happened to the job since that state was read.
	ClaimJob(ctx context.Context, seen State, holder string, now, until time.Time) (bool, error)
	// HoldJob keeps the lease for longer and notes how far the run is; false when it was lost.
	HoldJob(ctx context.Context, name, holder string, until time.Time, phase string, done, total int64) (bool, error)
	// EndJob gives the lease back and writes the other facts of end; a run that is not nil is recorded with it. false, and
	// nothing written, when the lease was lost.
	EndJob(ctx context.Context, holder string, end State, run *Run) (bool, error)
	// AskJob asks for a run; false when there is no job of that name, or somebody has asked already, or it is running.
	AskJob(ctx context.Context, name, account string, at time.Time) (bool, error)
	// Runs lists recorded runs, the newest first.
	Runs(ctx context.Context, job string, limit int) ([]Run, error)
}

// ErrLost ends the context of a run whose lease another node may have by now.
var ErrLost = errors.New("jobs: the lease is lost")

// Find gives the state of the job of that name; ok is false when it is not known.
func Find(all []State, name string) (s State, ok bool) {
	for _, x := range all {
		if x.Name == name {
			return x, true
		}
	}
	return State{}, false
}
