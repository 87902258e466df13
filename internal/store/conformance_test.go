package store

import (
	"context"
	"path/filepath"
	"testing"

	"perechen/internal/auth"
	"perechen/internal/ledger"
	"perechen/internal/testkit/storetest"
)

func TestConformance(t *testing.T) {
	storetest.Run(t, func(t *testing.T) ledger.Store { return openEmpty(t) })
}

func TestConformanceOfAccounts(t *testing.T) {
	storetest.Accounts(t, func(t *testing.T) auth.Store { return openEmpty(t).Accounts() })
}

func openEmpty(t *testing.T) *Store {
	s, err := OpenFile(context.Background(), filepath.Join(t.TempDir(), DatabaseFile))
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
