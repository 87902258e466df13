package store

import (
	"context"
	"path/filepath"
	"testing"

	"perechen/internal/ledger"
	"perechen/internal/testkit/storetest"
)

func TestConformance(t *testing.T) {
	storetest.Run(t, func(t *testing.T) ledger.Store {
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
	})
}
