package load

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"perechen/internal/testkit/pgtest"
)

// TestStandbyTakesOverUnderLoad: the primary is killed while people work and its synchronous standby takes over; then a new
// standby is made of the old primary, and all happens again the other way round. In between, and in the same moment too, nodes
// are killed and started again. Nothing that was acknowledged is lost, and the nodes find the new primary by themselves.
func TestStandbyTakesOverUnderLoad(t *testing.T) {
	primary, err := pgtest.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer primary.Remove()
	standby, err := primary.Standby()
	if err != nil {
		t.Fatal(err)
	}
	defer standby.Remove()
	s := sized(t, size{clerks: 5, officers: 2, readers: 8, lasts: 10 * time.Second, every: 3 * time.Second})
	s.every = max(s.every, s.lasts/16)
	g := found(t, pgtest.Either(primary, standby, "postgres"), s, 1, 3)
	if err := primary.Synchronous(); err != nil {
		t.Fatal(err)
	}
	o := newOracle(t, g)
	ctx, cancel := context.WithTimeout(context.Background(), s.lasts)
	defer cancel()
	worked := make(chan struct{})
	go func() {
		defer close(worked)
		g.work(ctx, o, s)
	}()
	over, killed := 0, 0
	for round := 1; rest(ctx, s.every/2+rand.N(s.every/2)); round++ {
		n := g.nodes[rand.IntN(len(g.nodes))]
		if round%2 == 0 {
			n.kill()
			n.start()
			killed++
			continue
		}
		primary.Kill()
		together := round%4 == 1
		if together {
			n.kill()
			killed++
		}
		if err := standby.Promote(); err != nil {
			t.Fatal(err)
		}
		over++
		primary, standby = standby, primary
		if err := standby.Follow(primary); err != nil {
			t.Fatal(err)
		}
		if err := primary.Synchronous(); err != nil {
			t.Fatal(err)
		}
		if together {
			n.start()
		}
	}
	<-worked
	t.Logf("a standby has taken over %d times, nodes were killed %d times", over, killed)
	g.hold(o)
	g.enough(o, s)
}
