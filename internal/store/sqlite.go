package store

import (
	"context"
	"errors"
	"net/url"
	"path/filepath"

	"github.com/pressly/goose/v3"
)

// readers bounds the pool: more connections than this only share the same disk.
const readers = 8

// OpenFile opens a SQLite file, makes it when it is not there, and brings its schema up to date. A file written by a newer
// perechen is refused with CodeStorage and left alone.
func OpenFile(ctx context.Context, path string) (*Store, error) {
	s, _, _, err := openFile(ctx, path)
	return s, err
}

// migrateFile brings a file's schema up to date, as opening it does, and says from which number to which.
func migrateFile(ctx context.Context, path string) (from, to int64, err error) {
	s, from, to, err := openFile(ctx, path)
	if err != nil {
		return from, to, err
	}
	return from, to, s.Close()
}

func openFile(ctx context.Context, path string) (s *Store, from, to int64, err error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, 0, 0, err
	}
	dsn := func(q url.Values, pragmas ...string) string {
		for _, p := range append([]string{"journal_mode(WAL)", "synchronous(FULL)", "busy_timeout(5000)", "foreign_keys(1)"}, pragmas...) {
			q.Add("_pragma", p)
		}
		return (&url.URL{Scheme: "file", Path: filepath.ToSlash(abs), RawQuery: q.Encode()}).String()
	}
	write, err := openPool(dsn(url.Values{"_txlock": {"immediate"}}, "cache_size(-8000)", "secure_delete(1)"), 1)
	if err != nil {
		return nil, 0, 0, err
	}
	if from, to, err = migrateSQLite(ctx, write); err != nil {
		return nil, from, to, errors.Join(sqliteSentence(err), write.Close())
	}
	read, err := openPool(dsn(url.Values{}, "query_only(1)"), readers)
	if err != nil {
		return nil, from, to, errors.Join(err, write.Close())
	}
	return &Store{read: read, write: write, engine: &sqliteFile{read: read, write: write}}, from, to, nil
}

// migrateSQLite runs the migrations that are missing.
func migrateSQLite(ctx context.Context, db *pool) (from, to int64, err error) {
	p, to, err := migrator(goose.DialectSQLite3, db, "migrations/sqlite")
	if err != nil {
		return 0, 0, err
	}
	if from, err = p.GetDBVersion(ctx); err != nil {
		return 0, to, err
	}
	if from > to {
		return from, to, tooNew(from, to)
	}
	_, err = p.Up(ctx)
	return from, to, err
}
