package storetest

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"perechen/internal/jobs"
)

// Jobs tests the stores of jobs that open gives: each call a new, empty one, closed by t.Cleanup.
func Jobs(t *testing.T, open func(t *testing.T) jobs.Store) {
	t.Run("Jobs", func(t *testing.T) { testJobs(t, open(t)) })
	t.Run("JobsOnce", func(t *testing.T) { testJobsOnce(t, open(t)) })
	t.Run("JobsTakenOver", func(t *testing.T) { testJobsTakenOver(t, open(t)) })
}

func job(t *testing.T, s jobs.Store, name string) jobs.State {
	t.Helper()
	all, err := s.Jobs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	st, ok := jobs.Find(all, name)
	if !ok {
		t.Fatalf("no job %s", name)
	}
	return st
}

func testJobs(t *testing.T, s jobs.Store) {
	ctx := t.Context()
	yes := func(what string, want bool) func(bool, error) {
		return func(got bool, err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
			if got != want {
				t.Errorf("%s: %t, want %t", what, got, want)
			}
		}
	}
	for range 2 {
		if err := s.AddJob(ctx, "backup", day); err != nil {
			t.Fatal(err)
		}
	}
	seen := job(t, s, "backup")
	if !seen.Last.Equal(day) || seen.Running(day) {
		t.Errorf("a new job: %+v", seen)
	}
	yes("ask", true)(s.AskJob(ctx, "backup", "u-1", day))
	yes("ask again", false)(s.AskJob(ctx, "backup", "u-2", day))
	yes("ask for what is not there", false)(s.AskJob(ctx, "dance", "u-2", day))
	until := day.Add(time.Minute)
	yes("claim what was asked for meanwhile", false)(s.ClaimJob(ctx, seen, "a", day, until))
	seen = job(t, s, "backup")
	yes("claim", true)(s.ClaimJob(ctx, seen, "a", day, until))
	yes("claim what is claimed", false)(s.ClaimJob(ctx, seen, "b", day, until))
	yes("hold", true)(s.HoldJob(ctx, "backup", "a", until.Add(time.Minute), "Копирование", 3, 10))
	yes("hold another's", false)(s.HoldJob(ctx, "backup", "b", until, "", 0, 0))
	running := job(t, s, "backup")
	if running.Phase != "Копирование" || running.Done != 3 || running.Total != 10 || running.AskedBy != "u-1" || running.Tries != 1 || !running.Running(until) {
		t.Errorf("a running job: %+v", running)
	}
	yes("ask for what is running", false)(s.AskJob(ctx, "backup", "u-2", day))
	end := jobs.State{Name: "backup", Last: day, Good: day, Tried: day, Fault: "нет места\x00"}
	run := &jobs.Run{Job: "backup", Began: day, Ended: until, By: "u-1", Node: "node-1", OK: true, Text: "Копия сделана.", Facts: []byte(`{"size":1}`)}
	yes("end another's", false)(s.EndJob(ctx, "b", end, run))
	yes("end", true)(s.EndJob(ctx, "a", end, run))
	yes("end twice", false)(s.EndJob(ctx, "a", end, run))
	if st := job(t, s, "backup"); st.Running(day) || st.Fault != "нет места?" || !st.Asked.IsZero() || st.Tries != 0 || !st.Good.Equal(day) {
		t.Errorf("a job that ended: %+v", st)
	}
	runs, err := s.Runs(ctx, "backup", 10)
	if err != nil {
		t.Fatal(err)
	}
	if len(runs) != 1 || runs[0].By != "u-1" || !runs[0].OK || string(runs[0].Facts) != `{"size":1}` || !runs[0].Ended.Equal(until) {
		t.Errorf("runs: %+v", runs)
	}
	if other, err := s.Runs(ctx, "drill", 10); err != nil || len(other) != 0 {
		t.Errorf("runs of another job: %v, %v", other, err)
	}
}

// testJobsOnce lets many nodes look at one store: whatever is due is done by one of them, each time once.
func testJobsOnce(t *testing.T, s jobs.Store) {
	const nodes, rounds = 6, 8
	var clock atomic.Int64
	now := func() time.Time { return day.Add(time.Duration(clock.Load())) }
	var ran, at atomic.Int64
	work := jobs.Job{Name: "checkpoints", Next: jobs.Every(time.Hour).Next(time.UTC), Run: func(context.Context, *jobs.Progress) (jobs.Outcome, error) {
		if at.Add(1) != 1 {
			t.Error("two nodes run one job at a time")
		}
		ran.Add(1)
		at.Add(-1)
		return jobs.Done, nil
	}}
	var all []*jobs.Runner
	for range nodes {
		all = append(all, jobs.NewRunner(s, jobs.Options{Log: slog.New(slog.DiscardHandler), Now: now}, work))
	}
	for round := range int64(rounds) {
		var wg sync.WaitGroup
		for _, r := range all {
			wg.Go(func() {
				if err := r.Look(t.Context()); err != nil {
					t.Error(err)
				}
				r.Wait()
			})
		}
		wg.Wait()
		if got := ran.Load(); got != round+1 {
			t.Fatalf("after %d hours the job ran %d times", round+1, got)
		}
		clock.Add(int64(time.Hour))
	}
}

// testJobsTakenOver: a node that dies in the middle gives a job up when its lease is over, and not before.
func testJobsTakenOver(t *testing.T, s jobs.Store) {
	ctx := t.Context()
	if err := s.AddJob(ctx, "mail", time.Time{}); err != nil {
		t.Fatal(err)
	}
	if ok, err := s.ClaimJob(ctx, job(t, s, "mail"), "dead", day, day.Add(time.Minute)); !ok || err != nil {
		t.Fatal(ok, err)
	}
	clock := day.Add(time.Second)
	var ran atomic.Int64
	fail := errors.New("сервер не отвечает")
	r := jobs.NewRunner(s, jobs.Options{Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return clock }}, jobs.Job{
		Name: "mail", Next: jobs.Every(time.Second).Next(time.UTC),
		Run: func(context.Context, *jobs.Progress) (jobs.Outcome, error) {
			if ran.Add(1) == 1 {
				return jobs.Outcome{}, fail
			}
			return jobs.Done, nil
		},
	})
	look := func(want int64) {
		t.Helper()
		if err := r.Look(ctx); err != nil {
			t.Fatal(err)
		}
		r.Wait()
		if got := ran.Load(); got != want {
			t.Fatalf("at %s the job ran %d times, want %d", clock.Format(time.TimeOnly), got, want)
		}
	}
	look(0)
	clock = day.Add(time.Minute + time.Second)
	look(1)
	if st := job(t, s, "mail"); st.Fault != fail.Error() || st.Tries != 2 {
		t.Errorf("after a failure: %+v", st)
	}
	look(1) // it failed: not at once again
	clock = clock.Add(2 * time.Minute)
	look(2)
	if st := job(t, s, "mail"); st.Fault != "" || st.Tries != 0 || !st.Good.Equal(clock) {
		t.Errorf("after a success: %+v", st)
	}
}
