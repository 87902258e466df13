package store

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"

	"github.com/pressly/goose/v3"
)

// readers bounds the pool: more connections than this only share the same disk.
const readers = 8

// OpenFile opens a SQLite file, makes it when it is not there, and brings its schema up to date. A file written by a newer
// perechen is refused with CodeStorage and left alone.
func OpenFile(ctx context.Context, path string) (*Store, error) {
	s, _, _, err := openFile(ctx, path, freely)
	return s, err
}

// migrateFile brings a file's schema up to date, as opening it does, and says from which number to which.
func migrateFile(ctx context.Context, path string) (from, to int64, err error) {
	s, from, to, err := openFile(ctx, path, freely)
	if err != nil {
		return from, to, err
	}
	return from, to, s.Close()
}

func freely() error { return nil }

// openFile asks may before it changes the file's schema.
func openFile(ctx context.Context, path string, may func() error) (s *Store, from, to int64, err error) {
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
	read, err := openPool(dsn(url.Values{}, "query_only(1)"), readers)
	if err != nil {
		return nil, 0, 0, errors.Join(err, write.Close())
	}
	if to = current(ctx, abs, read); to != 0 {
		from = to
	} else if err := may(); err != nil {
		return nil, 0, 0, errors.Join(err, read.Close(), write.Close())
	} else if from, to, err = migrateSQLite(ctx, write); err != nil {
		return nil, from, to, errors.Join(sqliteSentence(err), read.Close(), write.Close())
	}
	f := &sqliteFile{read: read, write: write}
	if err := f.reindex(ctx); err != nil {
		return nil, from, to, errors.Join(sqliteSentence(err), read.Close(), write.Close())
	}
	s = &Store{read: read, write: write, engine: f}
	if err := s.renew(ctx); err != nil {
		return nil, from, to, errors.Join(err, s.Close())
	}
	return s, from, to, nil
}

// current gives the number of the last migration when none is missing, and else 0. It looks at the table of goose without
// starting goose, which would take longer than all the rest of opening, and needs no connection that writes. Whatever it
// does not understand is left to goose.
func current(ctx context.Context, path string, db *pool) int64 {
	count, newest, err := migrationsIn("migrations/sqlite")
	if _, missing := os.Stat(path); err != nil || missing != nil {
		return 0
	}
	var last, applied int64
	err = db.QueryRowContext(ctx, `SELECT coalesce(max(version_id), 0), count(DISTINCT version_id) FROM goose_db_version WHERE version_id > 0 AND is_applied`).Scan(&last, &applied)
	if err != nil || last != newest || applied != int64(count) {
		return 0
	}
	return newest
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
