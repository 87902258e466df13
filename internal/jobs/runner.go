package jobs

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"runtime/debug"
	"sync"
	"time"
)

// Times of the runner.
const (
	look      = 5 * time.Second // between two looks at the jobs
	lease     = time.Minute     // how long a node that has died keeps a job from the others
	mostPause = time.Hour       // between two tries
	ending    = 5 * time.Second // to write down that a run ended when the program stops
)

// Options of a Runner. The zero value is good.
type Options struct {
	Log *slog.Logger     // nil: slog.Default
	Now func() time.Time // nil: time.Now
	// May is asked before jobs are begun; a node that may not leaves them to others. nil: always.
	May func(ctx context.Context) bool
	// Ended is told of each run of this node that ended by itself, and of its error if it could not be done.
	Ended func(ctx context.Context, job string, o Outcome, err error)
	Every time.Duration // between two looks; 0: five seconds
	Lease time.Duration // 0: a minute; a sixth of it passes between two extensions
}

// A Runner runs jobs on this node. Several, on several nodes, share one Store.
type Runner struct {
	store Store
	jobs  []Job
	opt   Options
	node  string
	wake  chan struct{}

	mu      sync.Mutex
	running map[string]bool
	known   []State
	runs    sync.WaitGroup
}

// NewRunner makes a runner; nothing runs before Run.
func NewRunner(s Store, o Options, jobs ...Job) *Runner {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Every == 0 {
		o.Every = look
	}
	if o.Lease == 0 {
		o.Lease = lease
	}
	node, err := os.Hostname()
	if err != nil {
		node = ""
	}
	return &Runner{store: s, jobs: jobs, opt: o, node: node, wake: make(chan struct{}, 1), running: map[string]bool{}}
}

// Run runs jobs when their time comes until ctx is done, and returns when those that run then have ended.
func (r *Runner) Run(ctx context.Context) {
	tick := time.NewTicker(r.opt.Every)
	defer tick.Stop()
	for ctx.Err() == nil {
		if err := r.Look(ctx); err != nil && ctx.Err() == nil {
			r.opt.Log.ErrorContext(ctx, "jobs could not be looked at", "err", err)
		}
		select {
		case <-ctx.Done():
		case <-tick.C:
		case <-r.wake:
		}
	}
	r.Wait()
}

// Wait returns when no job runs on this node.
func (r *Runner) Wait() { r.runs.Wait() }

// Wake makes Run look at the jobs at once.
func (r *Runner) Wake() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// States is what was known of the jobs at the last look.
func (r *Runner) States() []State {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.known
}

// Look looks at the jobs once and begins those whose time has come.
func (r *Runner) Look(ctx context.Context) error {
	states, err := r.store.Jobs(ctx)
	if err != nil {
		return err
	}
	r.mu.Lock()
	r.known = states
	r.mu.Unlock()
	if r.opt.May != nil && !r.opt.May(ctx) {
		return nil
	}
	var errs []error
	for _, j := range r.jobs {
		if err := r.look(ctx, j, states); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", j.Name, err))
		}
	}
	return errors.Join(errs...)
}

func (r *Runner) look(ctx context.Context, j Job, states []State) error {
	now := r.opt.Now()
	s, ok := Find(states, j.Name)
	if !ok {
		var last time.Time
		if j.Waits {
			last = now
		}
		s = State{Name: j.Name, Last: last}
		if err := r.store.AddJob(ctx, j.Name, last); err != nil {
			return err
		}
	}
	r.mu.Lock()
	busy := r.running[j.Name]
	r.mu.Unlock()
	if busy || !j.ripe(s, now) {
		return nil
	}
	if j.Due != nil {
		if due, err := j.Due(ctx); err != nil || !due {
			return err
		}
	}
	holder := rand.Text()
	if ok, err := r.store.ClaimJob(ctx, s, holder, now, now.Add(r.opt.Lease)); err != nil || !ok {
		return err
	}
	s.Tried, s.Tries, s.Holder = now, s.Tries+1, holder
	r.mu.Lock()
	r.running[j.Name] = true
	r.mu.Unlock()
	r.runs.Add(1)
	go func() {
		defer r.runs.Done()
		r.run(ctx, j, s)
		r.mu.Lock()
		delete(r.running, j.Name)
		r.mu.Unlock()
	}()
	return nil
}

// ripe tells whether the time of a job has come and no node is at it.
func (j Job) ripe(s State, now time.Time) bool {
	switch {
	case s.Running(now):
		return false
	case s.Tries > 0 && now.Before(s.Tried.Add(j.pause(s.Tries))) && !s.Asked.After(s.Tried):
		return false
	case !s.Asked.IsZero():
		return true
	}
	next := j.Next(s.Last)
	return !next.IsZero() && !now.Before(next)
}

// pause is how long to wait after so many tries in vain.
func (j Job) pause(tries int) time.Duration {
	p := j.Retry
	if p == 0 {
		p = time.Minute
	}
	for i := 1; i < tries && p < mostPause; i++ {
		p *= 2
	}
	return min(p, max(j.Retry, mostPause))
}

// run runs a job that was claimed, keeps its lease meanwhile, and writes down how it ended.
func (r *Runner) run(ctx context.Context, j Job, s State) {
	work, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	p := &Progress{}
	held := make(chan struct{})
	go func() {
		defer close(held)
		r.hold(work, cancel, s, p)
	}()
	o, err := r.guarded(work, j, p)
	lost := errors.Is(context.Cause(work), ErrLost)
	cancel(nil)
	<-held
	ended := r.opt.Now()
	end, run := s, (*Run)(nil)
	end.Lease, end.Holder, end.Phase, end.Done, end.Total = time.Time{}, "", "", 0, 0
	switch {
	case lost:
		r.opt.Log.WarnContext(ctx, "a job was stopped: its lease is lost", "job", j.Name)
		return
	case err != nil && ctx.Err() != nil: // the program stops: no try in vain, and whoever asked still waits
		end.Tries--
	case err != nil:
		end.Fault, end.Asked, end.AskedBy = clip(err.Error()), time.Time{}, ""
		r.opt.Log.ErrorContext(ctx, "a job could not be done", "job", j.Name, "tries", end.Tries, "err", err)
	default:
		end.Last, end.Tries, end.Fault, end.Asked, end.AskedBy = s.Tried, 0, "", time.Time{}, ""
		if o.OK {
			end.Good = s.Tried
		} else {
			end.Fault = o.Text
		}
		if j.Records {
			run = &Run{Job: j.Name, Began: s.Tried, Ended: ended, By: s.AskedBy, Node: r.node, OK: o.OK, Text: o.Text, Facts: o.Facts}
		}
		r.opt.Log.DebugContext(ctx, "a job was done", "job", j.Name, "ok", o.OK, "seconds", ended.Sub(s.Tried).Seconds())
	}
	if err != nil && ctx.Err() == nil && j.Records {
		run = &Run{Job: j.Name, Began: s.Tried, Ended: ended, By: s.AskedBy, Node: r.node, Text: end.Fault}
	}
	last, done := context.WithTimeout(context.WithoutCancel(ctx), ending)
	defer done()
	if _, failed := r.store.EndJob(last, s.Holder, end, run); failed != nil {
		r.opt.Log.ErrorContext(ctx, "the end of a job was not written down", "job", j.Name, "err", failed)
	}
	if r.opt.Ended != nil && (err == nil || ctx.Err() == nil) {
		r.opt.Ended(last, j.Name, o, err)
	}
}

// guarded runs a job; a panic in it is an error, so that one job does not end the program.
func (r *Runner) guarded(ctx context.Context, j Job, p *Progress) (o Outcome, err error) {
	defer func() {
		if x := recover(); x != nil {
			r.opt.Log.ErrorContext(ctx, "a job panicked", "job", j.Name, "panic", x, "stack", string(debug.Stack()))
			err = errors.New("внутренняя ошибка программы, подробности в журнале работы")
		}
	}()
	return j.Run(ctx, p)
}

// hold keeps the lease while the job runs, and ends the job when it could not.
func (r *Runner) hold(ctx context.Context, cancel context.CancelCauseFunc, s State, p *Progress) {
	until := r.opt.Now().Add(r.opt.Lease)
	every := time.NewTicker(r.opt.Lease / 6)
	defer every.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
		now := r.opt.Now()
		phase, done, total := p.get()
		ok, err := r.store.HoldJob(ctx, s.Name, s.Holder, now.Add(r.opt.Lease), phase, done, total)
		switch {
		case ctx.Err() != nil:
			return
		case err == nil && ok:
			until = now.Add(r.opt.Lease)
		case err == nil, !now.Before(until):
			cancel(ErrLost)
			return
		}
	}
}

// A Progress is told by a run how far it is. It is safe for concurrent use.
type Progress struct {
	mu          sync.Mutex
	phase       string
	done, total int64
}

// Say tells what the run does now, and how much of it is done; a total of 0 is unknown.
func (p *Progress) Say(phase string, done, total int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.phase, p.done, p.total = phase, done, total
}

func (p *Progress) get() (phase string, done, total int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.phase, p.done, p.total
}

// clip keeps a fault short enough for a table.
func clip(s string) string {
	if r := []rune(s); len(r) > 500 {
		return string(r[:499]) + "…"
	}
	return s
}
