package load

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// The oracle remembers what people asked for and what they were told. It knows nothing of how the program works.
type oracle struct {
	t  *testing.T
	mu sync.Mutex

	points    map[string]*pointHistory // by body/point
	proposals map[string]*history      // by id

	counts map[string]int
	times  map[string][]time.Duration
	faults []string
}

// A pointHistory is what happened to one telephone. Its numbers count up with every attempt, so of two the larger is newer.
type pointHistory struct {
	floor     int // newest telephone whose inclusion was acknowledged to anybody
	tried     int // newest that was ever sent
	confirmed int // «Всё верно», acknowledged
	pressed   int // and tried
}

// A history is what its author and the officers were told of a proposal.
type history struct {
	point     string // body/point
	tried     []int  // telephones, in the order in which they were sent
	submitted []int  // those whose submission was acknowledged
	returned  int    // acknowledged
	included  bool   // acknowledged
}

func newOracle(t *testing.T, g *region) *oracle {
	o := &oracle{t: t, points: map[string]*pointHistory{}, proposals: map[string]*history{}, counts: map[string]int{}, times: map[string][]time.Duration{}}
	for _, b := range g.bodies {
		for _, p := range b.points {
			o.points[b.slug+"/"+p] = &pointHistory{}
		}
	}
	return o
}

// fail notes a broken promise; the first few are shown.
func (o *oracle) fail(format string, args ...any) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.faults = append(o.faults, fmt.Sprintf(format, args...))
}

func (o *oracle) count(what string, n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.counts[what] += n
}

func (o *oracle) took(method string, d time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.times[method] = append(o.times[method], d)
}

// with changes what is known of a proposal.
func (o *oracle) with(id string, fn func(h *history)) {
	o.mu.Lock()
	defer o.mu.Unlock()
	h := o.proposals[id]
	if h == nil {
		h = &history{}
		o.proposals[id] = h
	}
	fn(h)
}

// point changes what is known of a point.
func (o *oracle) point(name string, fn func(p *pointHistory)) {
	o.mu.Lock()
	defer o.mu.Unlock()
	fn(o.points[name])
}

// included notes that somebody was told of an inclusion: from now on everybody sees that telephone, or a newer one.
func (o *oracle) included(id string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	h := o.proposals[id]
	if h == nil || len(h.tried) == 0 {
		return // of a person whose own work ended first
	}
	h.included = true
	p := o.points[h.point]
	p.floor = max(p.floor, h.tried[len(h.tried)-1])
}

// floors are what must be seen from now on.
func (o *oracle) floors() map[string]int {
	o.mu.Lock()
	defer o.mu.Unlock()
	m := make(map[string]int, len(o.points))
	for name, p := range o.points {
		m[name] = p.floor
	}
	return m
}

var shownTelephone = regexp.MustCompile(`href="tel:(?:\+|&#43;)78672(\d\d)(\d{4})"`)

// telephones finds the test's telephones in a page: the clerk's number and the count.
func telephones(page string) (found [][2]int) {
	for _, m := range shownTelephone.FindAllStringSubmatch(page, -1) {
		i, _ := strconv.Atoi(m[1]) //nolint:errcheck // digits
		n, _ := strconv.Atoi(m[2]) //nolint:errcheck // digits
		found = append(found, [2]int{i - 10, n})
	}
	return found
}

// look holds a page of the register against what must be seen, and against what this client has seen before.
func (c *client) look(b *body, path, page string, floors map[string]int, most int) {
	found := telephones(page)
	if most > 0 {
		found = found[:min(most, len(found))]
	}
	for _, f := range found {
		if f[0] < 0 || f[0] >= len(b.points) {
			c.o.fail("%s: %s shows a telephone of nobody: %v", c.name, path, f)
			continue
		}
		name := b.slug + "/" + b.points[f[0]]
		if f[1] < floors[name] {
			c.o.fail("%s: %s shows telephone %d of %s; %d was acknowledged before it was asked for", c.name, path, f[1], name, floors[name])
		}
		if f[1] < c.seen[name] {
			c.o.fail("%s: %s shows telephone %d of %s; this client has seen %d", c.name, path, f[1], name, c.seen[name])
		}
		c.seen[name] = max(c.seen[name], f[1])
	}
	c.o.count("telephones looked at", len(found))
}

// report prints what was done, and fails the test when a promise was broken.
func (o *oracle) report() {
	o.t.Helper()
	o.mu.Lock()
	defer o.mu.Unlock()
	var parts []string
	for _, k := range slices.Sorted(maps.Keys(o.counts)) {
		parts = append(parts, fmt.Sprintf("%s %d", k, o.counts[k]))
	}
	for _, method := range slices.Sorted(maps.Keys(o.times)) {
		ts := o.times[method]
		slices.Sort(ts)
		at := func(share float64) time.Duration { return ts[int(share*float64(len(ts)-1))].Round(time.Millisecond) }
		parts = append(parts, fmt.Sprintf("%s %d (p50 %v, p99 %v, longest %v)", method, len(ts), at(.5), at(.99), at(1)))
	}
	o.t.Log(strings.Join(parts, "; "))
	for i, f := range o.faults {
		if i == 12 {
			o.t.Errorf("… and %d more", len(o.faults)-i)
			break
		}
		o.t.Error(f)
	}
}
