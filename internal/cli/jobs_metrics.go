package cli

import (
	"time"

	"perechen/internal/jobs"

	"github.com/prometheus/client_golang/prometheus"
)

// jobCounts are the numbers of what the program does by itself: the runs of this node, and what is known of all nodes.
type jobCounts struct {
	runs   *prometheus.CounterVec
	states func() []jobs.State
}

var (
	descGood    = prometheus.NewDesc("perechen_job_last_good_timestamp_seconds", "When the last run that ended well began, on any node; 0 for never.", []string{"job"}, nil)
	descFailing = prometheus.NewDesc("perechen_job_failing", "1 when the last run was not well, on any node.", []string{"job"}, nil)
	descRunning = prometheus.NewDesc("perechen_job_running", "1 when some node is at it.", []string{"job"}, nil)
)

func newJobCounts(r prometheus.Registerer) *jobCounts {
	c := &jobCounts{runs: prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "perechen_job_runs_total", Help: "Runs of this node that ended, by job and result: ok, bad (the result is not good), failed (it could not be done).",
	}, []string{"job", "result"}), states: func() []jobs.State { return nil }}
	r.MustRegister(c)
	return c
}

func (c *jobCounts) ended(job string, o jobs.Outcome, err error) {
	result := "ok"
	switch {
	case err != nil:
		result = "failed"
	case !o.OK:
		result = "bad"
	}
	c.runs.WithLabelValues(job, result).Inc()
}

// Describe is prometheus.Collector's.
func (c *jobCounts) Describe(ch chan<- *prometheus.Desc) {
	c.runs.Describe(ch)
	ch <- descGood
	ch <- descFailing
	ch <- descRunning
}

// Collect is prometheus.Collector's. It asks no database: the states are those of the runner's last look.
func (c *jobCounts) Collect(ch chan<- prometheus.Metric) {
	c.runs.Collect(ch)
	now := time.Now()
	bit := func(b bool) float64 {
		if b {
			return 1
		}
		return 0
	}
	for _, s := range c.states() {
		good := 0.0
		if !s.Good.IsZero() {
			good = float64(s.Good.UnixMilli()) / 1000
		}
		ch <- prometheus.MustNewConstMetric(descGood, prometheus.GaugeValue, good, s.Name)
		ch <- prometheus.MustNewConstMetric(descFailing, prometheus.GaugeValue, bit(s.Fault != ""), s.Name)
		ch <- prometheus.MustNewConstMetric(descRunning, prometheus.GaugeValue, bit(s.Running(now)), s.Name)
	}
}
