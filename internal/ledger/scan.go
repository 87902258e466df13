package ledger

import (
	"context"
	"runtime"

	"perechen/internal/proof"
)

// A scanned entry was read and checked by itself.
type scanned struct {
	proof.Checked
	nodes  []byte
	opened Version
}

type part struct {
	entries []scanned
	err     error
}

// partSize is how many entries a reader reads at a time.
const partSize = 4096

// scan reads the entries 1…n with several readers and gives the parts in order. Each part's channel gets one part. The
// readers end with ctx.
func (l *Ledger) scan(ctx context.Context, slug string, n int64) <-chan chan part {
	workers := min(runtime.GOMAXPROCS(0), 4)
	type job struct {
		from int64
		to   chan part
	}
	jobs := make(chan job)
	parts := make(chan chan part, workers)
	go func() {
		defer close(parts)
		defer close(jobs)
		for from := int64(1); from <= n; from += partSize {
			j := job{from, make(chan part, 1)}
			select {
			case jobs <- j:
			case <-ctx.Done():
				return
			}
			select {
			case parts <- j.to:
			case <-ctx.Done():
				return
			}
		}
	}()
	for range workers {
		go func() {
			for j := range jobs {
				j.to <- l.readPart(ctx, slug, j.from, min(j.from+partSize-1, n))
			}
		}()
	}
	return parts
}

func (l *Ledger) readPart(ctx context.Context, slug string, from, to int64) (p part) {
	p.entries = make([]scanned, 0, to-from+1)
	checker := proof.NewChecker(slug)
	p.err = l.store.View(ctx, func(v View) error {
		return v.Records(ctx, slug, from, to, func(r Record) error {
			nodes := r.Nodes
			if nodes == nil {
				nodes = []byte{} // a missing row is a wrong one
			}
			p.entries = append(p.entries, scanned{checker.Check(r.N, r.Leaf, r.Salt, r.Content), nodes, r.Opened})
			return nil
		})
	})
	return p
}
