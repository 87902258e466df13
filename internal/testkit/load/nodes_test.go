package load

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"perechen/internal/testkit/pgtest"
)

// TestThreeNodesUnderLoad: people write and read through a balancer while nodes are killed and started again, told to stop
// and started again, and the database is stopped and killed. Whatever was acknowledged is there, nothing is there that nobody
// asked for, nobody sees less than was acknowledged to anybody before.
func TestThreeNodesUnderLoad(t *testing.T) {
	c, err := pgtest.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer c.Remove()
	s := sized(t, size{clerks: 6, officers: 2, readers: 16, lasts: 12 * time.Second, every: 1200 * time.Millisecond})
	g := found(t, c.Address("postgres"), s, 2, 3)
	o := newOracle(t, g)
	ctx, cancel := context.WithTimeout(context.Background(), s.lasts)
	defer cancel()
	worked := make(chan struct{})
	go func() {
		defer close(worked)
		g.work(ctx, o, s)
	}()
	faults := map[string]int{}
	for round := 1; rest(ctx, s.every/2+rand.N(s.every)); round++ {
		n := g.nodes[rand.IntN(len(g.nodes))]
		what := ""
		switch round % 5 {
		case 1, 3:
			what = "nodes killed"
			n.kill()
			n.start()
		case 2:
			what = "database killed"
			c.Kill()
		case 4:
			what = "database stopped"
			c.Stop()
		case 0:
			what = "nodes told to stop"
			n.stop()
			n.start()
		}
		if strings.HasPrefix(what, "database") {
			rest(ctx, rand.N(s.every))
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
		}
		faults[what]++
	}
	<-worked
	t.Log(faults)
	g.hold(o)
	g.enough(o, s)
}

// enough fails a run in which too little was done to mean anything.
func (g *region) enough(o *oracle, s size) {
	g.t.Helper()
	if o.counts["inclusions"] < s.clerks/2 || o.counts["telephones looked at"] < 10*s.readers || o.counts["sign-ins"] < s.clerks {
		g.t.Errorf("too little was done: the test looks at nothing")
	}
	for _, n := range g.nodes {
		for line := range strings.Lines(n.log()) {
			if strings.Contains(line, "panic") {
				g.t.Errorf("node %d: %s", n.i, line)
			}
		}
	}
}
