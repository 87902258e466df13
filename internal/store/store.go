// Package store is the only one that speaks SQL. It keeps the logs for package ledger: today in SQLite, one file in the
// data directory; queries keep to the text that PostgreSQL can take too, and where the two differ the file name says so.
package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"

	"perechen/internal/ledger"
)

//go:embed migrations
var migrations embed.FS

// A Store keeps logs in one SQLite file. It is safe for concurrent use, and several processes may open the same file.
type Store struct {
	read  *pool // several connections; never writes
	write *pool // one connection, whose transactions begin as writers
}

var _ ledger.Store = (*Store)(nil)

// readers bounds the pool: more connections than this only share the same disk.
const readers = 8

// OpenFile opens a database file, makes it when it is not there, and brings its schema up to date. A file written by a
// newer perechen is refused with CodeStorage and left alone.
func OpenFile(ctx context.Context, path string) (*Store, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	dsn := func(q url.Values, pragmas ...string) string {
		for _, p := range append([]string{"journal_mode(WAL)", "synchronous(FULL)", "busy_timeout(5000)", "foreign_keys(1)"}, pragmas...) {
			q.Add("_pragma", p)
		}
		return (&url.URL{Scheme: "file", Path: filepath.ToSlash(abs), RawQuery: q.Encode()}).String()
	}
	write, err := openPool(dsn(url.Values{"_txlock": {"immediate"}}, "cache_size(-8000)", "secure_delete(1)"), 1)
	if err != nil {
		return nil, err
	}
	if err := migrate(ctx, write.DB); err != nil {
		return nil, errors.Join(sentence(err), write.Close())
	}
	read, err := openPool(dsn(url.Values{}, "query_only(1)"), readers)
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	return &Store{read: read, write: write}, nil
}

// Close closes the database. Transactions under way end as if their context were cancelled.
func (s *Store) Close() error { return errors.Join(s.read.Close(), s.write.Close()) }

// migrate runs the migrations that are missing, each in a transaction of its own, forward only.
func migrate(ctx context.Context, db *sql.DB) error {
	files, err := fs.Sub(migrations, "migrations/sqlite")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, files)
	if err != nil {
		return err
	}
	have, err := p.GetDBVersion(ctx)
	if err != nil {
		return err
	}
	sources := p.ListSources()
	if newest := sources[len(sources)-1].Version; have > newest {
		return &ledger.Error{Code: ledger.CodeStorage, Text: fmt.Sprintf("Данные записаны более новой версией perechen (схема %d, эта программа знает %d). Обновите программу.", have, newest)}
	}
	_, err = p.Up(ctx)
	return err
}

// View runs fn over one snapshot: what others commit meanwhile is not seen.
func (s *Store) View(ctx context.Context, fn func(ledger.View) error) error {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return sentence(err)
	}
	v := &view{tx: tx, pool: s.read}
	defer v.end(ctx)
	return sentence(fn(v))
}

// Update runs fn in a transaction of the one writer. SQLite takes the lock of the whole file, which is the lock of every
// log in it.
func (s *Store) Update(ctx context.Context, fn func(ledger.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return sentence(err)
	}
	w := &writer{view: view{tx: tx, pool: s.write}}
	defer w.end(ctx)
	if err := fn(w); err != nil {
		return sentence(err)
	}
	if err := w.writeTerms(); err != nil {
		return sentence(err)
	}
	if err := tx.Commit(); err != nil {
		return sentence(err)
	}
	if w.erased {
		return sentence(s.scrub(ctx))
	}
	return nil
}

// sentence turns what the driver says into an Error that a person can do something about. Other errors pass.
func sentence(err error) error {
	var known *ledger.Error
	var e *sqlite.Error
	if err == nil || errors.As(err, &known) || !errors.As(err, &e) {
		return err
	}
	text, code := "", ledger.CodeStorage
	switch e.Code() & 0xff {
	case sqliteFull:
		text = "На диске нет места. Ничего не записано, прежние данные целы."
	case sqliteBusy, sqliteLocked:
		text = "База данных занята другой программой. Ничего не записано; повторите через минуту."
	case sqliteReadonly, sqlitePerm, sqliteCantOpen, sqliteAuth:
		text = "К базе данных нет доступа на запись или чтение: проверьте папку данных и права на неё."
	case sqliteIOErr:
		text = "Диск не читается или не пишется. Ничего не записано."
	case sqliteCorrupt, sqliteNotADB, sqliteFormat, sqliteError, sqliteSchema, sqliteConstraint, sqliteMismatch:
		// Our statements are fixed and our rows keep the constraints: if the database takes neither, it is not ours any more.
		text, code = "Файл базы данных повреждён. Восстановите его из резервной копии.", ledger.CodeDamaged
	default:
		return err
	}
	return &ledger.Error{Code: code, Text: text, Err: err}
}

// Result codes of SQLite (sqlite.org/rescode.html).
const (
	sqliteError      = 1
	sqlitePerm       = 3
	sqliteBusy       = 5
	sqliteLocked     = 6
	sqliteReadonly   = 8
	sqliteIOErr      = 10
	sqliteCorrupt    = 11
	sqliteFull       = 13
	sqliteCantOpen   = 14
	sqliteSchema     = 17
	sqliteConstraint = 19
	sqliteMismatch   = 20
	sqliteAuth       = 23
	sqliteFormat     = 24
	sqliteNotADB     = 26
)
