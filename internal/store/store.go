// Package store is the only one that speaks SQL. It keeps the logs for package ledger, and what people do with them, in
// SQLite (one file in the data directory) or in PostgreSQL. Queries keep to the text that both take; where the two differ
// the file name says so.
package store

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"github.com/pressly/goose/v3"

	"perechen/internal/ledger"
)

//go:embed migrations
var migrations embed.FS

// A Store keeps logs in one database. It is safe for concurrent use, and several processes may open the same one.
type Store struct {
	read  *pool // several connections; never writes
	write *pool
	engine
}

var _ ledger.Store = (*Store)(nil)

// Close closes the database. Transactions under way end as if their context were cancelled.
func (s *Store) Close() error { return errors.Join(s.read.Close(), s.write.Close()) }

// View runs fn over one snapshot: what others commit meanwhile is not seen.
func (s *Store) View(ctx context.Context, fn func(ledger.View) error) error {
	return s.view(ctx, func(v *view) error { return fn(v) })
}

// Update runs fn in one transaction; see ledger.Store.
func (s *Store) Update(ctx context.Context, fn func(ledger.Tx) error) error {
	return s.update(ctx, func(w *writer) error { return fn(w) })
}

// migrator gives goose the migrations of one database: numbered, forward only, each in a transaction of its own.
func migrator(dialect goose.Dialect, db *pool, dir string, options ...goose.ProviderOption) (p *goose.Provider, newest int64, err error) {
	files, err := fs.Sub(migrations, dir)
	if err != nil {
		return nil, 0, err
	}
	p, err = goose.NewProvider(dialect, db.DB, files, append(options, goose.WithDisableGlobalRegistry(true))...)
	if err != nil {
		return nil, 0, err
	}
	sources := p.ListSources()
	return p, sources[len(sources)-1].Version, nil
}

// migrationsIn counts the migrations in dir and gives the number of the last.
func migrationsIn(dir string) (count int, newest int64, err error) {
	files, err := fs.ReadDir(migrations, dir)
	for _, f := range files {
		number, _, _ := strings.Cut(f.Name(), "_")
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return 0, 0, err
		}
		newest = max(newest, n)
	}
	return len(files), newest, err
}

// tooNew says that a database was written by a newer program.
func tooNew(have, newest int64) error {
	return &ledger.Error{Code: ledger.CodeStorage, Text: fmt.Sprintf("Данные записаны более новой версией perechen (схема %d, эта программа знает %d). Обновите программу.", have, newest)}
}
