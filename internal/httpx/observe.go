package httpx

import (
	"context"
	"log/slog"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"
)

// methods are the ones that a metric or a log names; anything else is counted as «other», for a client may invent any.
var methods = map[string]bool{http.MethodGet: true, http.MethodHead: true, http.MethodPost: true}

// unobserved is the mark of a request that leaves no trace.
type unobservedKey struct{}

// Unobserved leaves a request out of the log and of the numbers, unless it fails with 5xx: when somebody said something
// anonymously must not be told by either. It does nothing outside Observe.
func Unobserved(r *http.Request) {
	if mark, ok := r.Context().Value(unobservedKey{}).(*bool); ok {
		*mark = true
	}
}

// Observe counts and logs each request of next: what changes something or fails at level Info, plain reading at Debug.
// Neither the query nor the address of the reader is written down: a search may name a person.
func Observe(log *slog.Logger, m *Metrics, next http.Handler) http.Handler {
	var number atomic.Uint64
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := time.Now()
		sw := &statusWriter{ResponseWriter: w}
		unobserved := false
		r = r.WithContext(context.WithValue(r.Context(), unobservedKey{}, &unobserved))
		m.running.Add(1)
		defer func() {
			m.running.Add(-1)
			if unobserved && sw.status < http.StatusInternalServerError {
				return
			}
			took := time.Since(started)
			route, method, status := r.Pattern, r.Method, sw.status
			if route == "" {
				route = "other"
			}
			if !methods[method] {
				method = "other"
			}
			if status == 0 {
				status = http.StatusOK
			}
			m.answered(route, method, strconv.Itoa(status), took)
			level := slog.LevelDebug
			if status >= http.StatusInternalServerError {
				level = slog.LevelError
			} else if status >= http.StatusBadRequest && status != http.StatusNotFound || method == http.MethodPost {
				level = slog.LevelInfo
			}
			log.Log(r.Context(), level, "request", "id", number.Add(1), "method", method, "path", r.URL.Path, "route", route,
				"status", status, "bytes", sw.bytes, "ms", float64(took.Microseconds())/1000)
		}()
		next.ServeHTTP(sw, r)
	})
}

type statusWriter struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (w *statusWriter) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusWriter) Write(b []byte) (int, error) {
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
