package ledger

import (
	"cmp"
	"context"
	"slices"
	"sync"
)

// Moves follow the heads of all logs for somebody who has something to do wherever one has moved. A look costs what was
// written since the last one; the first looks at all. Moves are safe for concurrent use.
type Moves struct {
	ledger  *Ledger
	mu      sync.Mutex
	mark    Mark
	done    map[string]place
	waiting map[string]place
}

// A place is how far a log has come.
type place struct{ n, erasures int64 }

// A Moved is a log that has moved.
type Moved struct {
	Slug string
	N    int64
	at   place
}

// NewMoves begins with every log waiting.
func (l *Ledger) NewMoves() *Moves {
	return &Moves{ledger: l, done: map[string]place{}, waiting: map[string]place{}}
}

// Anew makes every log wait again.
func (m *Moves) Anew() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.mark = Mark{}
	clear(m.done)
}

// Waiting looks, and gives the logs with entries that have moved since they were Done, by the order of their addresses.
func (m *Moves) Waiting(ctx context.Context) ([]Moved, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	err := m.ledger.store.View(ctx, func(v View) error {
		mark, err := v.Moved(ctx, m.mark, func(slug string, h Head) error {
			at := place{h.N, h.Erasures}
			if at.n == 0 || m.done[slug] == at {
				delete(m.waiting, slug)
			} else {
				m.waiting[slug] = at
			}
			return nil
		})
		if err == nil {
			m.mark = mark
		}
		return err
	})
	all := make([]Moved, 0, len(m.waiting))
	for slug, at := range m.waiting {
		all = append(all, Moved{slug, at.n, at})
	}
	slices.SortFunc(all, func(a, b Moved) int { return cmp.Compare(a.Slug, b.Slug) })
	return all, wrap(err, "ledger: logs that have moved")
}

// Done says that there is nothing to do for a log until it moves from where it was.
func (m *Moves) Done(x Moved) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.done[x.Slug] = x.at
	if m.waiting[x.Slug] == x.at {
		delete(m.waiting, x.Slug)
	}
}
