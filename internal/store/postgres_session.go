package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// A postgresSession is a transaction in PostgreSQL. It begins with its first statement, so that what must be waited for
// before anything is seen can be.
type postgresSession struct {
	base  *postgres
	ctx   context.Context //nolint:containedctx // of the transaction that the session is
	pool  *pool
	begin string // how it begins

	patience time.Duration // how long it waits for a database that is away

	conn   *sql.Conn
	open   bool     // BEGIN was done
	used   bool     // a statement was done after it
	locked []string // logs that were locked, in order
	held   []int64  // advisory locks to be given back
	leave  []func() // turns to be given back

	pending []statement // to be sent together, before the next query
}

// A statement of which only failure is of interest.
type statement struct {
	query string
	args  []any
}

// mostPending bounds what is kept to be sent together.
const mostPending = 12

func (s *postgresSession) sentence(err error) error { return postgresSentence(err) }

// connect takes a connection, unless there is one.
func (s *postgresSession) connect() (err error) {
	if s.conn == nil {
		s.conn, err = s.pool.Conn(s.ctx)
	}
	return err
}

// drop gives the connection back. One in the middle of something is closed by the driver.
func (s *postgresSession) drop() {
	if s.conn != nil {
		s.conn.Close() //nolint:errcheck // it is given back or lost
	}
	s.conn, s.open, s.held = nil, false, nil
}

// command sends words that manage the transaction and returns the server's answer to them.
func (s *postgresSession) command(ctx context.Context, words string) (tag string, err error) {
	err = s.conn.Raw(func(dc any) error {
		t, err := dc.(*stdlib.Conn).Conn().Exec(ctx, words)
		tag = t.String()
		return err
	})
	return tag, err
}

// start begins the transaction, unless it has begun.
func (s *postgresSession) start() error {
	if s.open {
		return nil
	}
	if err := s.connect(); err != nil {
		return err
	}
	if _, err := s.command(s.ctx, s.begin); err != nil {
		return err
	}
	s.open = true
	return nil
}

// do runs a statement. While nothing was seen of the transaction yet, a lost connection is replaced.
func (s *postgresSession) do(ctx context.Context, fn func() error) error {
	w := s.base.wait(s.patience)
	for {
		err := s.start()
		if err == nil {
			err = fn()
		}
		if err == nil {
			s.used = true
			return nil
		}
		if s.used || len(s.held) > 0 || !lost(err) || !w.more(ctx) {
			return postgresSentence(err)
		}
		s.drop()
	}
}

// later sends the statement with others in one message: most of what a transaction writes asks for no answer but its end.
func (s *postgresSession) later(ctx context.Context, query string, args ...any) error {
	s.pending = append(s.pending, statement{rebind(query), texts(args)})
	if len(s.pending) < mostPending {
		return nil
	}
	return s.flush(ctx)
}

// flush sends what is kept.
func (s *postgresSession) flush(ctx context.Context) error {
	if len(s.pending) == 0 {
		return nil
	}
	pending := s.pending
	s.pending = nil
	return s.do(ctx, func() error {
		return s.conn.Raw(func(dc any) error {
			batch := &pgx.Batch{}
			for _, p := range pending {
				batch.Queue(p.query, p.args...)
			}
			results := dc.(*stdlib.Conn).Conn().SendBatch(ctx, batch)
			for range pending {
				if _, err := results.Exec(); err != nil {
					results.Close() //nolint:errcheck // the first error says more
					return err
				}
			}
			return results.Close()
		})
	})
}

func (s *postgresSession) query(ctx context.Context, query string, args ...any) (rows *sql.Rows, err error) {
	if err := s.flush(ctx); err != nil {
		return nil, err
	}
	err = s.do(ctx, func() error {
		rows, err = s.conn.QueryContext(ctx, rebind(query), texts(args)...) //nolint:sqlclosecheck // the caller closes
		return err
	})
	return rows, err
}

func (s *postgresSession) run(ctx context.Context, query string, args ...any) (n int64, err error) {
	if err := s.flush(ctx); err != nil {
		return 0, err
	}
	err = s.do(ctx, func() error {
		r, err := s.conn.ExecContext(ctx, rebind(query), texts(args)...)
		if err == nil {
			n, err = r.RowsAffected()
		}
		return err
	})
	return n, err
}

// rebind numbers the places of a query that has ? for them. No text of ours has a question mark of another meaning.
func rebind(query string) string {
	if !strings.Contains(query, "?") {
		return query
	}
	var b strings.Builder
	for i, part := range strings.Split(query, "?") {
		if i > 0 {
			b.WriteString("$" + strconv.Itoa(i))
		}
		b.WriteString(part)
	}
	return b.String()
}

// texts makes of each text what PostgreSQL takes for one: it knows no zero bytes and nothing that is not UTF-8.
func texts(args []any) []any {
	for i, a := range args {
		if t, ok := a.(string); ok && (strings.Contains(t, "\x00") || !utf8.ValidString(t)) {
			args = slices.Clone(args)
			args[i] = strings.ToValidUTF8(strings.ReplaceAll(t, "\x00", "\ufffd"), "\ufffd")
			return texts(args)
		}
	}
	return args
}

func (s *postgresSession) among(column string, from int, ids []int64) (string, []any) {
	return column + " = ANY ($" + strconv.Itoa(from) + ")", []any{ids}
}

func (s *postgresSession) forUpdate() string { return " FOR UPDATE OF h" }

// insert adds the rows by one statement, a column an array: one text for any number of rows.
func (s *postgresSession) insert(ctx context.Context, into string, columns int, args []any) error {
	arrays, types, err := arraysOf(columns, args)
	if err != nil {
		return fmt.Errorf("store: insert into %s: %w", into, err)
	}
	return s.later(ctx, "INSERT INTO "+into+" SELECT * FROM unnest("+strings.Join(types, ", ")+")", arrays...)
}

func (s *postgresSession) closeVersions(ctx context.Context, pairs []any) error {
	arrays, types, err := arraysOf(2, pairs)
	if err != nil {
		return err
	}
	return s.later(ctx, `UPDATE version v SET until = c.until FROM unnest(`+strings.Join(types, ", ")+`) AS c (until, id) WHERE v.id = c.id`, arrays...)
}

// arraysOf turns rows into columns, and gives the place of each with its type: «$1::bigint[]».
func arraysOf(columns int, args []any) (arrays []any, places []string, err error) {
	rows := len(args) / columns
	for c := range columns {
		var array any
		kind := ""
		for r := range rows {
			if kind = kindOf(args[r*columns+c]); kind != "" {
				break
			}
		}
		at := func(r int) any { return args[r*columns+c] }
		switch kind {
		case "bigint":
			array, err = column[int64](rows, at)
		case "boolean":
			array, err = column[bool](rows, at)
		case "text", "":
			kind = "text"
			array, err = column[string](rows, func(r int) any { return texts([]any{at(r)})[0] })
		case "bytea":
			out := make([][]byte, rows)
			for r := range rows {
				if at(r) != nil {
					out[r], _ = at(r).([]byte)
				}
			}
			array = out
		}
		if err != nil {
			return nil, nil, err
		}
		arrays = append(arrays, array)
		places = append(places, "$"+strconv.Itoa(c+1)+"::"+kind+"[]")
	}
	return arrays, places, nil
}

func kindOf(v any) string {
	switch v.(type) {
	case int64, int:
		return "bigint"
	case bool:
		return "boolean"
	case string:
		return "text"
	case []byte:
		return "bytea"
	}
	return ""
}

// column gives one column as an array; NULL where the value is nil.
func column[T any](rows int, at func(int) any) (any, error) {
	out, nulls := make([]T, rows), false
	for r := range rows {
		switch v := at(r).(type) {
		case T:
			out[r] = v
		case nil:
			nulls = true
		case int:
			n, ok := any(int64(v)).(T)
			if !ok {
				return nil, fmt.Errorf("a column of %T holds %T", out[r], v)
			}
			out[r] = n
		default:
			return nil, fmt.Errorf("a column of %T holds %T", out[r], v)
		}
	}
	if !nulls {
		return out, nil
	}
	pointers := make([]*T, rows)
	for r := range rows {
		if at(r) != nil {
			pointers[r] = &out[r]
		}
	}
	return pointers, nil
}

func (s *postgresSession) renumber(ctx context.Context) error {
	for _, t := range numbered {
		if _, err := s.run(ctx, `SELECT setval(pg_get_serial_sequence('`+t+`', 'id'), greatest(1, (SELECT coalesce(max(id), 0) FROM `+t+`)), EXISTS (SELECT 1 FROM `+t+`))`); err != nil {
			return err
		}
	}
	return nil
}
