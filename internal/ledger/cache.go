package ledger

import (
	"slices"
	"sync"
)

// stateWeight bounds the cache: so many subjects in all the states it holds. One state is held whatever it weighs.
const stateWeight = 60_000

// A stateCache keeps the states that were asked for last. A state at an entry never changes, so it is only ever dropped
// for room or after an erasure.
type stateCache struct {
	mu    sync.Mutex
	held  []cached // the one used last stands last
	total int      // weight of held
}

type cached struct {
	stateKey
	state  *state
	weight int
}

// A stateKey says which state: that of a body at entry n, after so many erasures in its log. Another process may erase
// while this one holds a state; the number of erasures, read with the head, makes that state unreachable.
type stateKey struct {
	slug   string
	n      int64
	erased int64
}

func newStateCache() *stateCache { return &stateCache{} }

func (c *stateCache) get(k stateKey) *state {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, h := range c.held {
		if h.stateKey == k {
			copy(c.held[i:], c.held[i+1:])
			c.held[len(c.held)-1] = h
			return h.state
		}
	}
	return nil
}

// before gives the state held that is the nearest before k, if it is near enough to advance from.
func (c *stateCache) before(k stateKey) *state {
	c.mu.Lock()
	defer c.mu.Unlock()
	var best cached
	for _, h := range c.held {
		if h.slug == k.slug && h.erased == k.erased && h.n < k.n && h.n > best.n && k.n-h.n <= advanceMost {
			best = h
		}
	}
	return best.state
}

func (c *stateCache) put(k stateKey, s *state) {
	if c.get(k) != nil {
		return
	}
	r, journeys := s.register, 0
	for i := range r.Journeys {
		journeys += 1 + r.Journeys[i].Steps()
	}
	w := 50 + len(r.Usages) + len(r.Touchpoints) + len(r.Processes) + len(r.Attributes) + len(r.Profiles) + journeys + len(r.Decisions) + len(r.Tasks) + len(r.Confirmations)
	c.mu.Lock()
	defer c.mu.Unlock()
	// A state of before an erasure will not be asked for again: forget what it held at once, as the law wants.
	c.held = slices.DeleteFunc(c.held, func(h cached) bool {
		stale := h.slug == k.slug && h.erased != k.erased
		if stale {
			c.total -= h.weight
		}
		return stale
	})
	c.held = append(c.held, cached{k, s, w})
	c.total += w
	for c.total > stateWeight && len(c.held) > 1 {
		c.total -= c.held[0].weight
		c.held = append(c.held[:0:0], c.held[1:]...)
	}
}
