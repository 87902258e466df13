package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"perechen/internal/jobs"
	"perechen/internal/store"
)

func newStore(t *testing.T) jobs.Store {
	t.Helper()
	s, err := store.OpenFile(t.Context(), filepath.Join(t.TempDir(), store.DatabaseFile))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s.Jobs()
}

func state(t *testing.T, s jobs.Store, name string) jobs.State {
	t.Helper()
	all, err := s.Jobs(context.WithoutCancel(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	st, _ := jobs.Find(all, name)
	return st
}

var quiet = slog.New(slog.DiscardHandler)

// TestRunnerStops: a program that stops ends its jobs, and they were no tries in vain.
func TestRunnerStops(t *testing.T) {
	s := newStore(t)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	begun := make(chan struct{})
	r := jobs.NewRunner(s, jobs.Options{Log: quiet}, jobs.Job{Name: "drill", Next: jobs.Every(time.Hour).Next(time.UTC), Records: true,
		Run: func(ctx context.Context, p *jobs.Progress) (jobs.Outcome, error) {
			close(begun)
			<-ctx.Done()
			return jobs.Outcome{}, ctx.Err()
		}})
	done := make(chan struct{})
	go func() {
		defer close(done)
		r.Run(ctx)
	}()
	<-begun
	if st := state(t, s, "drill"); !st.Running(time.Now()) {
		t.Errorf("a running job: %+v", st)
	}
	stop()
	<-done
	if st := state(t, s, "drill"); st.Tries != 0 || st.Running(time.Now()) || !st.Last.IsZero() || st.Fault != "" {
		t.Errorf("a job that was stopped: %+v", st)
	}
	if runs, err := s.Runs(context.Background(), "drill", 10); err != nil || len(runs) != 0 {
		t.Errorf("a run that was stopped is recorded: %v, %v", runs, err)
	}
}

// TestRunnerLosesLease: a run whose lease another node has taken is ended and writes nothing.
func TestRunnerLosesLease(t *testing.T) {
	s := newStore(t)
	stolen := make(chan struct{})
	var cause error
	r := jobs.NewRunner(s, jobs.Options{Log: quiet, Lease: 600 * time.Millisecond}, jobs.Job{Name: "backup", Next: jobs.Every(time.Hour).Next(time.UTC),
		Run: func(ctx context.Context, p *jobs.Progress) (jobs.Outcome, error) {
			<-stolen
			<-ctx.Done()
			cause = context.Cause(ctx)
			return jobs.Done, nil
		}})
	if err := r.Look(t.Context()); err != nil {
		t.Fatal(err)
	}
	st := state(t, s, "backup")
	if ok, err := s.EndJob(t.Context(), st.Holder, jobs.State{Name: "backup", Fault: "чужой"}, nil); !ok || err != nil {
		t.Fatal(ok, err)
	}
	close(stolen)
	r.Wait()
	if !errors.Is(cause, jobs.ErrLost) {
		t.Errorf("the run ended by %v", cause)
	}
	if st := state(t, s, "backup"); st.Fault != "чужой" || !st.Last.IsZero() {
		t.Errorf("the run wrote: %+v", st)
	}
}

// TestRunnerOutcomes: what was asked for runs though its time has not come; a bad result is a result, a panic a failure.
func TestRunnerOutcomes(t *testing.T) {
	s := newStore(t)
	now := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	what := func() (jobs.Outcome, error) {
		return jobs.Outcome{Text: "Восстановиться нельзя."}, nil
	}
	var told []string
	r := jobs.NewRunner(s, jobs.Options{Log: quiet, Now: func() time.Time { return now }, Ended: func(_ context.Context, job string, o jobs.Outcome, err error) {
		told = append(told, o.Text)
		if err != nil {
			told = append(told, err.Error())
		}
	}}, jobs.Job{Name: "drill", Next: func(time.Time) time.Time { return time.Time{} }, Records: true, Waits: true,
		Run: func(context.Context, *jobs.Progress) (jobs.Outcome, error) { return what() }})
	look := func() jobs.State {
		t.Helper()
		if err := r.Look(t.Context()); err != nil {
			t.Fatal(err)
		}
		r.Wait()
		return state(t, s, "drill")
	}
	if st := look(); len(told) != 0 || !st.Last.Equal(now) {
		t.Errorf("a job that waits: %+v, %q", st, told)
	}
	ask := func() {
		t.Helper()
		now = now.Add(time.Second)
		if ok, err := s.AskJob(t.Context(), "drill", "u-1", now); !ok || err != nil {
			t.Fatal(ok, err)
		}
	}
	ask()
	if st := look(); st.Fault != "Восстановиться нельзя." || st.Tries != 0 || !st.Last.Equal(now) || !st.Good.IsZero() || !st.Asked.IsZero() {
		t.Errorf("after a bad result: %+v", st)
	}
	what = func() (jobs.Outcome, error) { panic("boom") }
	ask()
	if st := look(); !strings.Contains(st.Fault, "внутренняя ошибка") || st.Tries != 1 {
		t.Errorf("after a panic: %+v", st)
	}
	what = func() (jobs.Outcome, error) {
		return jobs.Outcome{OK: true, Text: "Восстановиться можно."}, nil
	}
	ask()
	if st := look(); st.Fault != "" || st.Tries != 0 || !st.Good.Equal(now) {
		t.Errorf("after a good result: %+v", st)
	}
	runs, err := s.Runs(t.Context(), "drill", 10)
	if err != nil {
		t.Fatal(err)
	}
	if len(runs) != 3 || !runs[0].OK || runs[1].OK || runs[0].By != "u-1" || runs[2].Text != "Восстановиться нельзя." {
		t.Errorf("runs: %+v", runs)
	}
	if got := strings.Join(told, "|"); got != "Восстановиться нельзя.||внутренняя ошибка программы, подробности в журнале работы|Восстановиться можно." {
		t.Errorf("told: %s", got)
	}
}
