package upkeep

import (
	"slices"
	"sync"

	"perechen/internal/register"
)

// A findingsKey says of which state findings are, and on which day it was looked at: that at an entry of a log, or what a
// content of a proposal would make of it.
type findingsKey struct {
	slug     string
	n        int64
	erasures int64
	day      register.Date
	content  string // hash; empty for the state itself
}

// keptFindings is for how many states findings are remembered: an officer goes to and fro in a queue.
const keptFindings = 64

// A findingsCache remembers what checks found.
type findingsCache struct {
	mu   sync.Mutex
	held []heldFindings // the one used last stands last
}

type heldFindings struct {
	findingsKey
	findings []register.Finding
}

// of gives the findings for a key, found by run when they are not remembered. What was found in an older state of the same body is
// forgotten.
func (c *findingsCache) of(k findingsKey, run func() []register.Finding) []register.Finding {
	c.mu.Lock()
	i := slices.IndexFunc(c.held, func(h heldFindings) bool { return h.findingsKey == k })
	if i >= 0 {
		h := c.held[i]
		c.held = append(slices.Delete(c.held, i, i+1), h)
		c.mu.Unlock()
		return h.findings
	}
	c.mu.Unlock()
	fs := run()
	c.put(k, fs)
	return fs
}

// come is told that a content came into the register: what was found for it in advance holds for the new state.
func (c *findingsCache) come(was findingsKey, n int64) {
	c.mu.Lock()
	i := slices.IndexFunc(c.held, func(h heldFindings) bool { return h.findingsKey == was })
	if i < 0 {
		c.mu.Unlock()
		return
	}
	fs := c.held[i].findings
	c.mu.Unlock()
	was.n, was.content = n, ""
	c.put(was, fs)
}

func (c *findingsCache) put(k findingsKey, fs []register.Finding) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.held = slices.DeleteFunc(c.held, func(h heldFindings) bool {
		return h.slug == k.slug && (h.n != k.n || h.erasures != k.erasures || h.day != k.day)
	})
	c.held = append(c.held, heldFindings{k, fs})
	if len(c.held) > keptFindings {
		c.held = slices.Delete(c.held, 0, 1)
	}
}
