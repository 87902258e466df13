package cli

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/web"

	"github.com/spf13/cobra"
)

const defaultAddr = "127.0.0.1:8080"

func (a *app) cmdServe() *cobra.Command {
	var addr string
	c := &cobra.Command{
		Use:   "serve",
		Short: "открыть страницы перечня в браузере",
		Args:  takes(0, 0, ""),
		RunE: func(c *cobra.Command, _ []string) error {
			l, done, err := a.open(c.Context())
			if err != nil {
				return err
			}
			defer done()
			return a.serve(c.Context(), l, addr)
		},
	}
	c.Flags().StringVar(&addr, "addr", defaultAddr, "адрес и порт")
	return c
}

// serve answers pages at addr until ctx is done, then lets running requests finish.
func (a *app) serve(ctx context.Context, l *ledger.Ledger, addr string) error {
	h, err := web.New(l, web.Options{Documents: documents{l}})
	if err != nil {
		return err
	}
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return refusef("адрес %s занят или недоступен: укажите другой, --addr 127.0.0.1:8081", addr)
	}
	s := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      2 * time.Minute, // a large document over a slow line
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
	a.printf("Перечень открыт: http://%s/\nОстановить: Ctrl-C\n", ln.Addr())
	if err := a.stdout.Flush(); err != nil {
		return err
	}
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		stopped <- s.Shutdown(drain)
	}()
	if err := s.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-stopped
}
