package httpx

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/VictoriaMetrics/metrics"
)

// Metrics are the numbers of one running server.
type Metrics struct {
	set     *metrics.Set
	running atomic.Int64
	took    sync.Map // route → *durations
}

// NewMetrics makes the numbers of a server: requests by route, method and status, their duration, and those of the process.
func NewMetrics() *Metrics {
	m := &Metrics{set: metrics.NewSet()}
	m.set.NewGauge("perechen_http_requests_running", func() float64 { return float64(m.running.Load()) })
	return m
}

// Count adds one to a counter. Labels are names and values in turn, the names in alphabetical order.
func (m *Metrics) Count(name string, labels ...string) {
	m.set.GetOrCreateCounter(labelled(name, labels)).Inc()
}

// Also has report called each time the numbers are read, for what is known elsewhere; report gives any number of gauges.
func (m *Metrics) Also(report func(gauge func(name string, value float64, labels ...string))) {
	m.set.RegisterMetricsWriter(func(w io.Writer) {
		report(func(name string, value float64, labels ...string) {
			fmt.Fprintf(w, "%s %s\n", labelled(name, labels), strconv.FormatFloat(value, 'f', -1, 64))
		})
	})
}

// labelled is a name with its labels, as the text form of Prometheus has it.
func labelled(name string, labels []string) string {
	if len(labels) == 0 {
		return name
	}
	var b strings.Builder
	b.WriteString(name)
	for i := 0; i < len(labels); i += 2 {
		b.WriteByte("{,"[min(i, 1)])
		b.WriteString(labels[i] + `="` + escapeLabel.Replace(labels[i+1]) + `"`)
	}
	b.WriteByte('}')
	return b.String()
}

var escapeLabel = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

// Handler writes the numbers in the text form of Prometheus.
func (m *Metrics) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		m.set.WritePrometheus(w)
		metrics.WriteProcessMetrics(w)
	})
}

func (m *Metrics) answered(route, method, status string, took time.Duration) {
	m.Count("perechen_http_requests_total", "method", method, "route", route, "status", status)
	d, ok := m.took.Load(route)
	if !ok {
		d, _ = m.took.LoadOrStore(route, newDurations(m.set, "perechen_http_request_seconds", route))
	}
	d.(*durations).add(took)
}

// bounds are those of the histograms, in seconds.
var bounds = []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}

// durations are a histogram of Prometheus for one route. The library has histograms of another kind only, which
// Prometheus does not read.
type durations struct {
	buckets []*metrics.Counter // cumulative; the last counts all
	count   *metrics.Counter
	sum     *metrics.FloatCounter
}

func newDurations(set *metrics.Set, name, route string) *durations {
	d := &durations{
		count: set.GetOrCreateCounter(labelled(name+"_count", []string{"route", route})),
		sum:   set.GetOrCreateFloatCounter(labelled(name+"_sum", []string{"route", route})),
	}
	for _, b := range bounds {
		d.buckets = append(d.buckets, set.GetOrCreateCounter(labelled(name+"_bucket", []string{"le", strconv.FormatFloat(b, 'g', -1, 64), "route", route})))
	}
	d.buckets = append(d.buckets, set.GetOrCreateCounter(labelled(name+"_bucket", []string{"le", "+Inf", "route", route})))
	return d
}

func (d *durations) add(took time.Duration) {
	s := took.Seconds()
	for i := len(d.buckets) - 1; i >= 0 && (i == len(bounds) || s <= bounds[i]); i-- {
		d.buckets[i].Inc()
	}
	d.sum.Add(s)
	d.count.Inc()
}
