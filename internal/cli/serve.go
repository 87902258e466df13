package cli

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"perechen/internal/auth"
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
			in, done, err := a.openAll(c.Context())
			if err != nil {
				return err
			}
			defer done()
			return a.serve(c.Context(), in, addr)
		},
	}
	c.Flags().StringVar(&addr, "addr", defaultAddr, "адрес и порт")
	return c
}

// serve answers pages at addr until ctx is done, then lets running requests finish.
func (a *app) serve(ctx context.Context, in installation, addr string) error {
	code := auth.RandomPassword()
	h, err := web.New(in.ledger, web.Options{Documents: documents{in.ledger}, Accounts: in.accounts, SetupCode: code})
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
	a.printf("Перечень открыт: http://%s/\n", ln.Addr())
	if empty, err := in.accounts.Empty(ctx); err != nil {
		return err
	} else if empty {
		a.printf("Учётных записей ещё нет: заведите администратора на странице /-/setup. Код для входа с другой машины: %s\n", code)
	}
	a.printf("Остановить: Ctrl-C\n")
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
