package cli

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"perechen/internal/httpx"

	"github.com/spf13/pflag"
)

// operated adds to the pages what a machine asks: /healthz (the program lives), /readyz (it can answer; 503 when its data
// cannot be reached or it is about to stop) and /metrics, here for this machine only. ready also gives what somebody should
// look at; only this machine is told of it.
func operated(pages http.Handler, m *httpx.Metrics, ready func(context.Context) ([]string, error)) http.Handler {
	numbers := m.Handler()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/healthz":
			say(w, http.StatusOK, "ok\n")
		case "/readyz":
			ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
			defer cancel()
			look, err := ready(ctx)
			if err != nil {
				say(w, http.StatusServiceUnavailable, "not ready\n") // the reason is in the log, not for passers-by
				return
			}
			text := "ready\n"
			if own(r) {
				for _, l := range look {
					text += l + "\n"
				}
			}
			say(w, http.StatusOK, text)
		case "/metrics":
			if !own(r) {
				pages.ServeHTTP(w, r)
				return
			}
			numbers.ServeHTTP(w, r)
		default:
			pages.ServeHTTP(w, r)
		}
	})
}

func say(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text) // a client that went away is no error of ours
}

// own tells whether a program of this machine asks, and not a balancer of this machine for somebody else.
func own(r *http.Request) bool {
	for _, h := range []string{"Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via"} {
		if r.Header.Get(h) != "" {
			return false
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	return err == nil && net.ParseIP(host).IsLoopback()
}

// Logging is how the program tells its operator what it does: the flags of serve and demo.
type logging struct{ form, level string }

func (l *logging) flags(fs *pflag.FlagSet) {
	fs.StringVar(&l.form, "log", "text", "вид журнала работы: text, json")
	fs.StringVar(&l.level, "log-level", "warn", "что писать в журнал работы: debug, info, warn, error")
	setting(fs, "log", "log-level")
}

func (l *logging) logger(w io.Writer) (*slog.Logger, error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(l.level)); err != nil {
		return nil, usagef("--log-level: «%s» непонятно; нужно debug, info, warn или error", l.level)
	}
	o := &slog.HandlerOptions{Level: level}
	switch l.form {
	case "text":
		return slog.New(slog.NewTextHandler(w, o)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, o)), nil
	}
	return nil, usagef("--log: «%s» непонятно; нужно text или json", l.form)
}
