package store

import (
	"context"
	"testing"

	"perechen/internal/ledger"
	"perechen/internal/register"
)

func BenchmarkBatch(b *testing.B) {
	cs := big(100_000)
	b.Run("append", func(b *testing.B) {
		for range b.N {
			b.StopTimer()
			in := install(b)
			b.StartTimer()
			if _, err := in.Append(context.Background(), slug, ledger.Batch{Changes: cs, Ground: register.Ground{Clause: "4.1"}, Actor: "cli", Head: ledger.AnyHead}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
