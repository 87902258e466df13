package store

import (
	"context"
	"path/filepath"
	"testing"

	"perechen/internal/auth"
	"perechen/internal/jobs"
	"perechen/internal/ledger"
	"perechen/internal/testkit/pgtest"
	"perechen/internal/testkit/storetest"
	"perechen/internal/upkeep"
)

// databases are what every promise of a store is tested on.
var databases = []struct {
	name string
	open func(t *testing.T) *Store
}{
	{"SQLite", newFile},
	{"PostgreSQL", newPostgres},
}

func newFile(t *testing.T) *Store {
	return opened(t)(OpenFile(context.Background(), filepath.Join(t.TempDir(), DatabaseFile)))
}

func newPostgres(t *testing.T) *Store {
	return opened(t)(OpenPostgres(context.Background(), newAddress(t)))
}

// newAddress is that of a database with our tables and nothing in them.
func newAddress(t testing.TB) string {
	t.Helper()
	return pgtest.Prepared(t, func(address string) error {
		_, _, err := MigratePostgres(context.Background(), address)
		return err
	})
}

// opened closes a store at the end of the test.
func opened(t *testing.T) func(*Store, error) *Store {
	return func(s *Store, err error) *Store {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
		return s
	}
}

func TestConformance(t *testing.T) {
	for _, d := range databases {
		t.Run(d.name, func(t *testing.T) {
			storetest.Run(t, func(t *testing.T) ledger.Store { return d.open(t) })
			storetest.Proposals(t, func(t *testing.T) (ledger.Store, upkeep.Store) {
				s := d.open(t)
				return s, s.Upkeep()
			})
			storetest.Notices(t, func(t *testing.T) upkeep.Store { return d.open(t).Upkeep() })
			storetest.Accounts(t, func(t *testing.T) auth.Store { return d.open(t).Accounts() })
			storetest.Jobs(t, func(t *testing.T) jobs.Store { return d.open(t).Jobs() })
		})
	}
}
