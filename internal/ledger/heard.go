package ledger

import (
	"context"
	"slices"
)

// Heard is told that somebody has written to a body («»: perhaps to any). What is held in memory of it is brought forward,
// so that the next reader need not wait for that, and what was erased is forgotten at once.
func (l *Ledger) Heard(ctx context.Context, slug string) {
	for _, held := range l.states.slugs() {
		if slug != "" && slug != held {
			continue
		}
		// Errors are the next reader's to meet: nothing depends on this one.
		_, _ = l.state(ctx, held, 0)
	}
}

// slugs names the bodies of which something is held.
func (c *stateCache) slugs() (all []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, h := range c.held {
		if !slices.Contains(all, h.slug) {
			all = append(all, h.slug)
		}
	}
	return all
}
