package feedback

import (
	"crypto/rand"
	"crypto/sha256"
	"net/netip"
	"sync"
	"time"
)

// A Guard holds floods back. It counts in memory only, by fingerprints of addresses under a salt that is thrown away with
// each window, so that what it holds leads to nobody and is gone after a few minutes. It is safe for concurrent use.
type Guard struct {
	Window time.Duration
	Each   int // of one address in a window
	All    int // of all addresses together

	mu    sync.Mutex
	salt  [16]byte
	until time.Time
	all   int
	each  map[[8]byte]int
}

// Guards of one node: what an office behind one address gives in its busiest minutes passes.
func NewGivingGuard() *Guard { return &Guard{Window: 10 * time.Minute, Each: 40, All: 1200} }

// NewCodeGuard counts codes that were wrong. Against 63 random bits nothing could be guessed even without it.
func NewCodeGuard() *Guard { return &Guard{Window: 10 * time.Minute, Each: 10, All: 600} }

// Full tells whether an address has to wait, and how long.
func (g *Guard) Full(address string, now time.Time) (wait time.Duration, full bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.turn(now)
	if g.all >= g.All || g.each[g.print(address)] >= g.Each {
		return g.until.Sub(now), true
	}
	return 0, false
}

// Count counts one more.
func (g *Guard) Count(address string, now time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.turn(now)
	g.all++
	g.each[g.print(address)]++ // at most All in a window, for nothing is counted beyond
}

// turn begins a new window with a new salt.
func (g *Guard) turn(now time.Time) {
	if g.each != nil && now.Before(g.until) && g.until.Sub(now) <= g.Window {
		return
	}
	_, _ = rand.Read(g.salt[:])
	g.until, g.all, g.each = now.Add(g.Window), 0, map[[8]byte]int{}
}

// print is the fingerprint of an address; a whole /64 of IPv6 is one.
func (g *Guard) print(address string) (p [8]byte) {
	if a, err := netip.ParseAddr(address); err == nil && a.Is6() && !a.Is4In6() {
		if n, err := a.WithZone("").Prefix(64); err == nil {
			address = n.String()
		}
	}
	sum := sha256.Sum256(append(g.salt[:], address...))
	copy(p[:], sum[:])
	return p
}
