// Package stores gives the tests of whatever stands on a store a new one: a file, or, in the runs that OnPostgreSQL makes of
// them, a database of a PostgreSQL that the tests start.
package stores

import (
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"perechen/internal/store"
	"perechen/internal/testkit/pgtest"
)

// mark stands in the names of tests that are run on PostgreSQL.
const mark = "/PostgreSQL/"

// Open gives a new, empty store with all tables, closed at the end of the test.
func Open(t testing.TB) *store.Store {
	t.Helper()
	open := func() (*store.Store, error) {
		return store.OpenFile(t.Context(), filepath.Join(t.TempDir(), store.DatabaseFile))
	}
	if strings.Contains(t.Name(), mark) {
		address := pgtest.Prepared(t, func(address string) error {
			_, _, err := store.MigratePostgres(t.Context(), address)
			return err
		})
		open = func() (*store.Store, error) { return store.OpenPostgres(t.Context(), address) }
	}
	s, err := open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// OnPostgreSQL runs tests that take their stores from Open once more, on PostgreSQL. The package needs pgtest.Main in its
// TestMain.
func OnPostgreSQL(t *testing.T, tests ...func(*testing.T)) {
	t.Run("PostgreSQL", func(t *testing.T) {
		for _, test := range tests {
			name := runtime.FuncForPC(reflect.ValueOf(test).Pointer()).Name()
			t.Run(name[strings.LastIndexByte(name, '.')+1:], test)
		}
	})
}
