package cli

import (
	"time"

	"perechen/internal/httpx"
	"perechen/internal/jobs"
)

// countRun counts a run of this node that ended: ok, bad (the result is not good), failed (it could not be done).
func countRun(m *httpx.Metrics, job string, o jobs.Outcome, err error) {
	result := "ok"
	switch {
	case err != nil:
		result = "failed"
	case !o.OK:
		result = "bad"
	}
	m.Count("perechen_job_runs_total", "job", job, "result", result)
}

// reportJobs puts what is known of the jobs of all nodes among the numbers. It asks no database: the states are those of
// the runner's last look.
func reportJobs(m *httpx.Metrics, r *jobs.Runner) {
	m.Also(func(gauge func(string, float64, ...string)) {
		now := time.Now()
		bit := map[bool]float64{true: 1}
		for _, s := range r.States() {
			good := 0.0 // never
			if !s.Good.IsZero() {
				good = float64(s.Good.UnixMilli()) / 1000
			}
			gauge("perechen_job_last_good_timestamp_seconds", good, "job", s.Name)
			gauge("perechen_job_failing", bit[s.Fault != ""], "job", s.Name)
			gauge("perechen_job_running", bit[s.Running(now)], "job", s.Name)
		}
	})
}
