package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// sqliteFile is the engine of a SQLite file.
type sqliteFile struct {
	read  *pool // several connections; never writes
	write *pool // one connection, whose transactions begin as writers
}

func (f *sqliteFile) view(ctx context.Context, fn func(*view) error) error {
	tx, err := f.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return sqliteSentence(err)
	}
	s := &sqliteSession{tx: tx, pool: f.read}
	defer s.end(ctx)
	return sqliteSentence(fn(&view{session: s}))
}

// update's transaction is of the one writer. SQLite takes the lock of the whole file, which is the lock of every log in it,
// so nothing conflicts and fn is run once.
func (f *sqliteFile) update(ctx context.Context, fn func(*writer) error) error {
	tx, err := f.write.BeginTx(ctx, nil)
	if err != nil {
		return sqliteSentence(err)
	}
	s := &sqliteSession{tx: tx, pool: f.write}
	w := &writer{view: view{session: s}, ctx: ctx}
	defer s.end(ctx)
	if err := fn(w); err != nil {
		return sqliteSentence(err)
	}
	if err := w.writeTerms(); err != nil {
		return sqliteSentence(err)
	}
	if err := tx.Commit(); err != nil {
		return sqliteSentence(err)
	}
	if w.erased || w.stirred {
		return sqliteSentence(f.scrub(ctx))
	}
	return nil
}

// scrub empties the write-ahead log, so that what was erased does not stay in it. Deleted rows themselves are overwritten
// (PRAGMA secure_delete). A reader may hold the log; the next writer that finds it free empties it.
func (f *sqliteFile) scrub(ctx context.Context) error {
	_, err := f.write.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
	return err
}

// A sqliteSession is a transaction in SQLite.
type sqliteSession struct {
	tx    *sql.Tx
	pool  *pool
	stmts map[string]*sql.Stmt // prepared in this transaction
	fresh []string             // of them, those that the pool does not keep yet
}

func (s *sqliteSession) sentence(err error) error { return sqliteSentence(err) }

func (s *sqliteSession) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	st, err := s.prepared(ctx, query)
	if err != nil {
		return nil, sqliteSentence(err)
	}
	rows, err := st.QueryContext(ctx, args...)
	return rows, sqliteSentence(err)
}

// run runs without the caller's context: one that can be cancelled costs the driver a goroutine for each statement.
func (s *sqliteSession) run(_ context.Context, query string, args ...any) (int64, error) {
	st, err := s.prepared(context.Background(), query)
	if err != nil {
		return 0, sqliteSentence(err)
	}
	r, err := st.Exec(args...)
	if err != nil {
		return 0, sqliteSentence(err)
	}
	return r.RowsAffected()
}

func (s *sqliteSession) later(ctx context.Context, query string, args ...any) error {
	_, err := s.run(ctx, query, args...)
	return err
}

// rowBlocks are how many rows one INSERT carries when there are that many.
var rowBlocks = []int{256, 32}

func (s *sqliteSession) insert(ctx context.Context, into string, columns int, args []any) error {
	return s.insertBlocks(ctx, into, columns, args, rowBlocks)
}

func (s *sqliteSession) insertBlocks(ctx context.Context, into string, columns int, args []any, blocks []int) error {
	for len(args) > 0 {
		n := 1
		for _, b := range blocks {
			if len(args) >= b*columns {
				n = b
				break
			}
		}
		if _, err := s.run(ctx, values(into, columns, n), args[:n*columns]...); err != nil {
			return err
		}
		args = args[n*columns:]
	}
	return nil
}

// values writes «INSERT OR FAIL INTO into VALUES (?,?),(?,?)». The places are not numbered: SQLite takes $1 for a name, and
// the driver's search among the names of a long statement costs more than writing the rows. OR FAIL spares the journal by
// which SQLite could undo one statement of several rows: whatever fails here, the whole transaction is given up.
func values(into string, columns, rows int) string {
	row := "(" + places(columns) + ")"
	return "INSERT OR FAIL INTO " + into + " VALUES " + strings.Repeat(row+",", rows-1) + row
}

// places writes «?,?,?».
func places(n int) string { return strings.Repeat("?,", n-1) + "?" }

func (s *sqliteSession) closeVersions(ctx context.Context, pairs []any) error {
	for ; len(pairs) > 0; pairs = pairs[2:] {
		if _, err := s.run(ctx, `UPDATE version SET until = $1 WHERE id = $2`, pairs[:2]...); err != nil {
			return err
		}
	}
	return nil
}

func (s *sqliteSession) among(column string, from int, ids []int64) (string, []any) {
	args, list := make([]any, len(ids)), strings.Builder{}
	for i, id := range ids {
		args[i] = id
		fmt.Fprintf(&list, "$%d,", from+i)
	}
	return column + " IN (" + strings.TrimSuffix(list.String(), ",") + ")", args
}

// lock has nothing to do: the transaction began with the lock of the whole file.
func (s *sqliteSession) lock(context.Context, string) error { return nil }
func (s *sqliteSession) forUpdate() string                  { return "" }

// renumber has nothing to do: SQLite numbers a row after the greatest there is.
func (s *sqliteSession) renumber(context.Context) error { return nil }

// sound runs SQLite's own check of its trees and indexes.
func (s *sqliteSession) sound(ctx context.Context) (string, error) {
	// FTS5 keeps in each connection what it last knew of the index's pieces, and its check trusts that although another
	// connection may have written since; a query makes it look again.
	v := &view{session: s}
	if err := v.each(ctx, func(*sql.Rows) error { return nil }, `SELECT rowid FROM search WHERE search MATCH '"x"' LIMIT 1`); err != nil {
		return "", err
	}
	text := ""
	err := v.each(ctx, func(rows *sql.Rows) error {
		var said string
		if err := scan(ctx, rows, &said); err != nil {
			return err
		}
		if said != "ok" {
			said = strings.Join(strings.Fields(said), " ")
			text = fmt.Sprintf("Записи журнала целы, но файл базы данных повреждён. Выполните perechen rebuild; если не поможет, восстановите файл из резервной копии. (SQLite: %s)", said[:min(len(said), 200)])
		}
		return nil
	}, `PRAGMA integrity_check(1)`)
	return text, err
}
