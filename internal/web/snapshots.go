package web

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// snapshotWeight bounds what the snapshots hold: so many subjects in all. One is held whatever it weighs.
const snapshotWeight = 60_000

// snapshots keeps the states that were asked for last, each computed once however many ask at the same time.
type snapshots struct {
	mu   sync.Mutex
	held []*heldSnapshot // the one used last stands last
}

type heldSnapshot struct {
	snapshotKey
	done   chan struct{} // closed when the rest is set
	snap   *snapshot
	err    error
	weight int
}

func newSnapshots() *snapshots { return &snapshots{} }

func (c *snapshots) get(ctx context.Context, l Reader, k snapshotKey) (*snapshot, error) {
	h, mine := c.hold(k)
	if mine {
		func() {
			defer c.settle(h)
			h.err = errors.New("web: a snapshot was not finished") // stays when newSnapshot panics
			// The work is for everybody who waits, so the one who began it may go away without spoiling it.
			h.snap, h.err = newSnapshot(context.WithoutCancel(ctx), l, k, c.before(k))
		}()
	}
	select {
	case <-h.done:
		return h.snap, h.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// hold finds the place of a state, or makes one that the caller must fill.
func (c *snapshots) hold(k snapshotKey) (h *heldSnapshot, mine bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if i := slices.IndexFunc(c.held, func(h *heldSnapshot) bool { return h.snapshotKey == k }); i >= 0 {
		h = c.held[i]
		c.held = append(slices.Delete(c.held, i, i+1), h)
		return h, false
	}
	h = &heldSnapshot{snapshotKey: k, done: make(chan struct{})}
	c.held = append(c.held, h)
	return h, true
}

// before is the latest state held of the same log before k; nil when there is none.
func (c *snapshots) before(k snapshotKey) *snapshot {
	c.mu.Lock()
	defer c.mu.Unlock()
	var best *heldSnapshot
	for _, h := range c.held {
		if h.slug != k.slug || h.n > k.n || h.n == 0 || best != nil && best.n >= h.n {
			continue
		}
		select {
		case <-h.done:
			if h.err == nil {
				best = h
			}
		default: // still being made
		}
	}
	if best == nil {
		return nil
	}
	return best.snap
}

// settle lets those who wait go on; it forgets a failure, and what was used longest ago when there is too much.
func (c *snapshots) settle(h *heldSnapshot) {
	close(h.done)
	c.mu.Lock()
	defer c.mu.Unlock()
	if h.err != nil {
		c.held = slices.DeleteFunc(c.held, func(x *heldSnapshot) bool { return x == h })
		return
	}
	// A state of before an erasure is not asked for again: forget what it held at once, as the law wants.
	c.held = slices.DeleteFunc(c.held, func(x *heldSnapshot) bool { return x.slug == h.slug && x.erasures < h.erasures })
	h.weight = 100 + len(h.snap.reg.Usages) + len(h.snap.reg.Touchpoints) + len(h.snap.reg.Processes)
	total := 0
	for _, x := range c.held {
		total += x.weight
	}
	for total > snapshotWeight && len(c.held) > 1 && c.held[0] != h {
		total -= c.held[0].weight
		c.held = slices.Delete(c.held, 0, 1)
	}
}
