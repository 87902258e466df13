package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/register"
)

func (v *view) Named(ctx context.Context, kind register.Kind, text string, limit int, visit func(slug string, x ledger.Version) error) error {
	words := wordsOf(text)
	if len(words) == 0 {
		return nil
	}
	var ids []int64
	err := v.named(ctx, words, kind, limit, func(id int64) { ids = append(ids, id) })
	slices.Sort(ids)
	ids = slices.Compact(ids) // a long text stands in several rows
	for some := range slices.Chunk(ids, copyBlock) {
		if err != nil {
			break
		}
		among, args := v.among("v.id", 1, some)
		err = v.each(ctx, placed(ctx, visit), `SELECT b.slug, v.id, v.until, v.kind, v.key, c.content
			FROM version v JOIN body b ON b.id = v.body LEFT JOIN content c ON c.id = v.id WHERE `+among, args...)
	}
	return err
}

// listed are the bodies of a query with their heads and what they are called.
const listed = ` LEFT JOIN head h ON h.body = b.id
	LEFT JOIN version v ON v.body = b.id AND v.kind = 'organisation' AND v.key = b.slug AND v.until = 9223372036854775807
	LEFT JOIN content c ON c.id = v.id ORDER BY b.slug`

// Directory counts by the greatest number: bodies are numbered without gaps (CreateBody) and never struck out.
func (v *view) Directory(ctx context.Context, offset, limit int, visit func(slug string, h ledger.Head, organisation ledger.Version) error) (total int, err error) {
	if err := v.row(ctx, `SELECT coalesce(max(id), 0) FROM body`)(&total); err != nil {
		return 0, err
	}
	return total, v.each(ctx, listing(ctx, visit), `SELECT b.slug, h.n, h.time, h.erasures, v.id, c.content
		FROM (SELECT id, slug FROM body ORDER BY slug LIMIT $1 OFFSET $2) AS b`+listed, limit, offset)
}

func (v *view) Entitled(ctx context.Context, slugs []string, visit func(slug string, h ledger.Head, organisation ledger.Version) error) error {
	if len(slugs) == 0 {
		return nil
	}
	args := make([]any, len(slugs))
	for i, s := range slugs {
		args[i] = s
	}
	return v.each(ctx, listing(ctx, visit), `SELECT b.slug, h.n, h.time, h.erasures, v.id, c.content
		FROM (SELECT id, slug FROM body WHERE slug IN (`+places(len(slugs))+`)) AS b`+listed, args...)
}

func listing(ctx context.Context, visit func(string, ledger.Head, ledger.Version) error) func(*sql.Rows) error {
	return func(rows *sql.Rows) error {
		var slug string
		var n, micro, erasures, id sql.NullInt64
		var content []byte
		if err := scan(ctx, rows, &slug, &n, &micro, &erasures, &id, &content); err != nil {
			return err
		}
		if !n.Valid {
			return &ledger.Error{Code: ledger.CodeDamaged, Text: fmt.Sprintf("У журнала «%s» нет итога: база данных повреждена.", slug)}
		}
		h := ledger.Head{N: n.Int64, Erasures: erasures.Int64}
		if micro.Int64 != 0 {
			h.Time = time.UnixMicro(micro.Int64).UTC()
		}
		x := ledger.Version{Until: ledger.Forever, Kind: register.KindOrganisation, Key: slug, Content: content}
		if id.Valid {
			x.N = id.Int64 & nMask
		}
		return visit(slug, h, x)
	}
}

func (v *view) Moved(ctx context.Context, since ledger.Mark, visit func(slug string, h ledger.Head) error) (ledger.Mark, error) {
	now, top, err := v.mark(ctx)
	if err != nil {
		return now, err
	}
	if since.Epoch != now.Epoch || since.At > now.At || since == (ledger.Mark{}) {
		since.At, top = -1, ledger.Forever // another server, or another state of it: what it says of before is not about this one
	}
	return now, v.each(ctx, func(rows *sql.Rows) error {
		var slug string
		var h ledger.Head
		if err := scan(ctx, rows, &slug, &h.N, &h.Erasures); err != nil {
			return err
		}
		return visit(slug, h)
	}, `SELECT (SELECT slug FROM body WHERE id = h.body), h.n, h.erasures FROM head h WHERE h.moved > $1 AND h.moved < $2`, since.At, top)
}

// mark is the greatest number of a head: there is one writer at a time.
func (s *sqliteSession) mark(ctx context.Context) (m ledger.Mark, top int64, err error) {
	v := &view{session: s}
	err = v.row(ctx, `SELECT coalesce(max(moved), 0) FROM head`)(&m.At)
	m.Epoch = 1
	return m, ledger.Forever, err
}

// mark is the last transaction before the oldest that is under way, on a server that began when it did: one that another has
// taken the place of may count the same numbers again.
func (s *postgresSession) mark(ctx context.Context) (m ledger.Mark, top int64, err error) {
	v := &view{session: s}
	err = v.row(ctx, `SELECT CAST(extract(epoch FROM pg_postmaster_start_time()) * 1000000 AS BIGINT),
		CAST(CAST(pg_snapshot_xmin(s) AS TEXT) AS BIGINT) - 1, CAST(CAST(pg_snapshot_xmax(s) AS TEXT) AS BIGINT)
		FROM (SELECT pg_current_snapshot() AS s) AS now`)(&m.Epoch, &m.At, &top)
	return m, top, err
}

// renew makes anew what a migration says is to be (table renewal): it is written down in the same transaction that it was, so
// that an interruption leaves it to the next opening, and of several nodes one does it.
func (s *Store) renew(ctx context.Context) error {
	var due bool
	err := s.view(ctx, func(v *view) error { return v.row(ctx, `SELECT EXISTS (SELECT 1 FROM renewal)`)(&due) })
	if err != nil || !due {
		return err
	}
	return s.update(ctx, func(w *writer) error {
		n, err := w.run(ctx, `DELETE FROM renewal WHERE what = 'names'`)
		if err != nil || n == 0 {
			return err
		}
		var args []any
		for _, kind := range []register.Kind{register.KindOrganisation, register.KindAppointment} {
			err := w.each(ctx, func(rows *sql.Rows) error {
				var id int64
				var content []byte
				if err := scan(ctx, rows, &id, &content); err != nil {
					return err
				}
				_, names, err := ledger.SearchText(kind, content)
				if terms := strings.TrimSpace(w.termer.names(names)); terms != "" {
					args = append(args, id, terms)
				}
				return err
			}, `SELECT v.id, c.content FROM body b JOIN version v ON v.body = b.id AND v.kind = $1 AND v.until = $2 JOIN content c ON c.id = v.id`,
				string(kind), int64(ledger.Forever))
			if err != nil {
				return err
			}
		}
		for i := 0; i < len(args); i += 2 {
			id, _ := args[i].(int64)
			if err := w.deleteTerms(ctx, id, id); err != nil {
				return err
			}
		}
		return w.queueTerms(args)
	})
}
