package store

import (
	"context"
	"errors"
	"net"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// A Server is what a database server says of itself, as far as it matters whether anything can be lost.
type Server struct {
	Version string
	Unsafe  []string  // settings by which a failure loses what was acknowledged: «fsync=off»
	Clock   time.Time // its own
	Checks  bool      // it can look whether its indexes are whole (amcheck)
}

// Server asks the database server; ok is false where there is none, the database being a file.
func (s *Store) Server(ctx context.Context) (of Server, ok bool, err error) {
	if _, is := s.engine.(*postgres); !is {
		return of, false, nil
	}
	err = s.view(ctx, func(v *view) error {
		var fsync, pages, commit string
		var micro int64
		err := v.row(ctx, `SELECT current_setting('server_version'), current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit'),
			CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT), EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'amcheck')`)(
			&of.Version, &fsync, &pages, &commit, &micro, &of.Checks)
		of.Clock, of.Unsafe = time.UnixMicro(micro), nil
		for _, x := range [][2]string{{"fsync", fsync}, {"full_page_writes", pages}, {"synchronous_commit", commit}} {
			if x[1] == "off" {
				of.Unsafe = append(of.Unsafe, x[0]+"=off")
			}
		}
		return err
	})
	return of, true, err
}

// Unreachable tells at which address a database server could not be connected to, and why in a few Russian words; why is empty
// when the server was there and refused by itself. Both are empty for any other error.
func Unreachable(err error) (at, why string) {
	var c *pgconn.ConnectError
	if !errors.As(err, &c) {
		return "", ""
	}
	if at = c.Config.Host; !strings.HasPrefix(at, "/") {
		at = net.JoinHostPort(at, strconv.Itoa(int(c.Config.Port)))
	}
	var answer *pgconn.PgError
	var unknown *net.DNSError
	var n net.Error
	switch {
	case errors.As(err, &answer):
	case errors.As(err, &unknown):
		why = "имя узла не находится"
	case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.ENOENT):
		why = "там никто не отвечает"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &n) && n.Timeout():
		why = "узел молчит"
	default:
		why = "соединения нет, или там запасной сервер, который не принимает записи"
	}
	return at, why
}
