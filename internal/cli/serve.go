package cli

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"perechen/internal/auth"
	"perechen/internal/httpx"
	"perechen/internal/render"
	"perechen/internal/web"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const defaultAddr = "127.0.0.1:8080"

// Serving is how pages are served: the flags of serve and demo.
type serving struct {
	addr, metrics string
	proxies       string
	pause         time.Duration
	log           logging
	mail          mailing
	custody       custody
	health        health
}

func (o *serving) flags(fs *pflag.FlagSet) {
	fs.StringVar(&o.addr, "addr", defaultAddr, "адрес и порт")
	fs.StringVar(&o.metrics, "metrics", "", "адрес и порт, где показатели /metrics открыты всем; без него — только своей машине")
	fs.DurationVar(&o.pause, "drain", 0, "сколько после SIGTERM ещё принимать запросы, отвечая балансировщику «не готов» (10s)")
	fs.StringVar(&o.proxies, "proxies", "", "балансировщики на других машинах, которым верить об адресе посетителя: 10.0.0.5 или 10.0.0.0/24, через запятую")
	setting(fs, "addr", "metrics", "drain", "proxies")
	o.log.flags(fs)
	o.mail.flags(fs)
	o.custody.flags(fs)
	o.health.flags(fs)
}

func (a *app) cmdServe() *cobra.Command {
	var o serving
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
			return a.serve(c.Context(), in, o)
		},
	}
	o.flags(c.Flags())
	return c
}

// finishing is how long running requests may take to end after SIGTERM.
const finishing = 10 * time.Second

// serve answers pages until ctx is done. Then it tells the balancer that it is not ready, lets running requests finish, then
// the jobs, and returns.
func (a *app) serve(ctx context.Context, in installation, o serving) error {
	log, err := o.log.logger(a.stderr)
	if err != nil {
		return err
	}
	p, err := o.custody.plan()
	if err != nil {
		return err
	}
	proxies, err := httpx.ParseProxies(o.proxies)
	if err != nil {
		return usagef("--proxies: %s", err)
	}
	address, err := render.ParseBase(o.mail.config.Site)
	if err != nil {
		return usagef("--site: %s", err.Error())
	}
	first := sync.OnceValue(func() beginning { return begin(ctx, in) })
	go first() // while the pages are made
	m := httpx.NewMetrics()
	runner, err := newRunner(in, o, p, m, log)
	if err != nil {
		return err
	}
	code := auth.RandomPassword()
	pages, err := web.New(in.ledger, web.Options{Address: address, Documents: documents{in.ledger}, Desk: in.desk, Accounts: in.accounts, SetupCode: code, Shelf: in.store, Log: log,
		Custody: keeper{in, p, runner}, Health: o.health.page(keeper{in, p, runner})})
	if err != nil {
		return err
	}
	go func() { warm(ctx, first().slugs, pages) }()
	var leaving atomic.Bool
	h := operated(httpx.Observe(log, m, proxies.Mark(pages)), m, func(ctx context.Context) ([]string, error) {
		if leaving.Load() {
			return nil, errors.New("shutting down")
		}
		return p.ready(ctx, in, runner)
	})
	servers := []*http.Server{newServer(h, log)}
	listeners := make([]net.Listener, 1, 2)
	if listeners[0], err = listen(o.addr, "addr"); err != nil {
		return err
	}
	if o.metrics != "" {
		ln, err := listen(o.metrics, "metrics")
		if err != nil {
			return errors.Join(err, listeners[0].Close())
		}
		listeners, servers = append(listeners, ln), append(servers, newServer(m.Handler(), log))
	}
	a.printf("Перечень открыт: http://%s/\n", listeners[0].Addr())
	if b := first(); b.err != nil {
		return b.err
	} else if b.empty {
		a.printf("Учётных записей ещё нет: заведите администратора на странице /-/setup. Код для входа с другой машины: %s\n", code)
	}
	a.printf("Остановить: Ctrl-C\n")
	if err := a.stdout.Flush(); err != nil {
		return err
	}
	go in.store.Watch(ctx, func(slug string) { in.ledger.Heard(ctx, slug) })
	working, stopWorking := context.WithCancel(context.WithoutCancel(ctx)) // jobs end after the requests
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		if rest(working, firstPage) {
			runner.Run(working)
		}
	}()
	defer func() {
		stopWorking()
		<-finished
	}()
	log.Info("serving", "addr", listeners[0].Addr().String(), "data", a.data())

	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		leaving.Store(true)
		log.Info("stopping", "pause", o.pause)
		time.Sleep(o.pause)
		drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishing)
		defer cancel()
		var err error
		for _, s := range servers {
			err = errors.Join(err, s.Shutdown(drain))
		}
		stopped <- err
	}()
	failed := make(chan error, len(servers))
	for i, s := range servers {
		go func() { failed <- s.Serve(listeners[i]) }()
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	err = <-stopped
	stopWorking()
	<-finished
	log.Info("stopped")
	return err
}

// A beginning is what serve must know of an installation before it can say that it serves.
type beginning struct {
	slugs []string
	empty bool // nobody has an account yet
	err   error
}

func begin(ctx context.Context, in installation) (b beginning) {
	if b.slugs, b.err = in.ledger.Slugs(ctx); b.err == nil {
		b.empty, b.err = in.accounts.Empty(ctx)
	}
	return b
}

func newServer(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           h,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug), // broken connections of clients
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      2 * time.Minute, // a large document over a slow line
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
}

func listen(addr, flag string) (net.Listener, error) {
	ln, err := net.Listen("tcp", addr)
	var wrong *net.AddrError
	var unknown *net.DNSError
	switch {
	case errors.As(err, &wrong), errors.As(err, &unknown):
		return nil, usagef("--%s: «%s» — не адрес этой машины с портом; нужно вроде 127.0.0.1:8081", flag, addr)
	case err != nil:
		return nil, refusef("адрес %s занят или недоступен: укажите другой, --%s 127.0.0.1:8081", addr, flag)
	}
	return ln, nil
}

// warm asks for the page that will most likely be asked for first, while the program begins to listen. It may lie on the
// shelf; the register is then read and checked, which takes far longer, when whoever waited for the first page has it. A
// request that comes meanwhile waits for the same reading. Where there are several bodies, nobody knows which will be asked for.
func warm(ctx context.Context, slugs []string, h http.Handler) {
	if len(slugs) != 1 {
		return
	}
	ask := func(page string) {
		if r, err := http.NewRequestWithContext(ctx, http.MethodGet, page, nil); err == nil {
			// What is read now stays, so to look for what may go is in vain; later it is not.
			defer debug.SetGCPercent(debug.SetGCPercent(400))
			h.ServeHTTP(nowhere{http.Header{}}, r)
		}
	}
	ask("/" + slugs[0] + "/")
	if rest(ctx, firstPage) {
		ask("/" + slugs[0] + "/findings")
	}
}

// rest waits, and tells whether it could wait so long.
func rest(ctx context.Context, d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}

// firstPage is how long whoever waits for the first page after a start has the machine to himself.
const firstPage = 100 * time.Millisecond

// nowhere is where an answer goes that nobody waits for.
type nowhere struct{ header http.Header }

func (n nowhere) Header() http.Header         { return n.header }
func (n nowhere) Write(b []byte) (int, error) { return len(b), nil }
func (n nowhere) WriteHeader(int)             {}
