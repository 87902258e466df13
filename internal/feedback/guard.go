package feedback

import (
	"crypto/rand"
	"crypto/sha256"
	"net/netip"
	"sync"
	"time"
)

// A Rate is how much passes: Burst at once, and one more each Every.
type Rate struct {
	Burst int
	Every time.Duration
}

// A Guard holds floods back: of one address, of the network around it, and of all together. It counts in memory only, by
// fingerprints under a salt that lives as long as there is something to count, a day at most; what has passed is forgotten as
// it makes room again. So what it holds leads to nobody. It is safe for concurrent use.
type Guard struct {
	One  Rate // an address; of IPv6 a /64, which is one household or office
	Near Rate // the /24 or /48 around it: what one customer of a provider may hold
	All  Rate

	mu    sync.Mutex
	salt  [16]byte
	since time.Time // of the salt
	swept time.Time
	until map[[8]byte]time.Time // when all that was counted is forgotten
	all   time.Time
}

// NewGivingGuard guards one node. A hundred people of an office behind one address say it in the same minute, and whoever goes
// on and on says one thing in half a minute.
func NewGivingGuard() *Guard {
	return &Guard{One: Rate{120, 30 * time.Second}, Near: Rate{360, 10 * time.Second}, All: Rate{1200, time.Second / 2}}
}

// NewCodeGuard counts codes that nobody was given. Against 63 random bits nothing could be guessed even without it.
func NewCodeGuard() *Guard {
	return &Guard{One: Rate{20, time.Minute}, Near: Rate{60, 20 * time.Second}, All: Rate{600, time.Second}}
}

// remember is how long a salt lives at most.
const remember = 24 * time.Hour

// Take counts one more of an address if there is room, in one step, so that what comes side by side is counted one after the
// other. Else full is true, and wait is how long it takes until there is room. back uncounts it: nothing came of it.
func (g *Guard) Take(address string, now time.Time) (back func(), wait time.Duration, full bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.turn(now)
	one, near := g.prints(address)
	if wait = max(g.All.wait(g.all, now), g.One.wait(g.until[one], now), g.Near.wait(g.until[near], now)); wait > 0 {
		return nil, wait, true
	}
	g.all = g.All.add(g.all, now)
	g.until[one] = g.One.add(g.until[one], now)
	g.until[near] = g.Near.add(g.until[near], now)
	salt := g.salt
	return func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		if g.all = g.all.Add(-g.All.Every); g.salt == salt {
			g.until[one] = g.until[one].Add(-g.One.Every)
			g.until[near] = g.until[near].Add(-g.Near.Every)
		}
	}, 0, false
}

// add is when all is forgotten after one more.
func (r Rate) add(until, now time.Time) time.Time {
	if until.Before(now) {
		until = now
	}
	return until.Add(r.Every)
}

// wait is how long it takes until there is room for one more.
func (r Rate) wait(until, now time.Time) time.Duration {
	if until.Before(now) {
		return 0
	}
	return max(0, until.Sub(now)-time.Duration(r.Burst-1)*r.Every)
}

// turn forgets what is over, and takes a new salt when nothing is left or the old one is a day old. A clock that was put back
// begins anew.
func (g *Guard) turn(now time.Time) {
	if now.Sub(g.swept) >= time.Minute || now.Before(g.swept) {
		g.swept = now
		for p, t := range g.until {
			if !t.After(now) {
				delete(g.until, p)
			}
		}
	}
	if len(g.until) > 0 && !now.Before(g.since) && now.Sub(g.since) < remember {
		return
	}
	_, _ = rand.Read(g.salt[:])
	g.since, g.until = now, map[[8]byte]time.Time{}
	if g.all.Sub(now) > time.Duration(g.All.Burst)*g.All.Every {
		g.all = time.Time{}
	}
}

// prints are the fingerprints of an address and of the network around it. What is no address is one for itself.
func (g *Guard) prints(address string) (one, near [8]byte) {
	a, err := netip.ParseAddr(address)
	if err != nil {
		return g.print("one " + address), g.print("near " + address)
	}
	a = a.WithZone("").Unmap()
	own, around := 32, 24
	if a.Is6() {
		own, around = 64, 48
	}
	o, _ := a.Prefix(own)
	n, _ := a.Prefix(around)
	return g.print("one " + o.String()), g.print("near " + n.String())
}

func (g *Guard) print(what string) (p [8]byte) {
	sum := sha256.Sum256(append(g.salt[:], what...))
	copy(p[:], sum[:])
	return p
}
