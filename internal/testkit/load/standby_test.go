package load

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"perechen/internal/testkit/pgtest"
)

// TestStandbyTakesOverUnderLoad: the primary is killed while people work and its synchronous standby takes over; then a new
// standby is made of the old primary, and all happens again the other way round. Nothing that was acknowledged is lost, and
// the nodes find the new primary by themselves.
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
	s.every = max(s.every, s.lasts/8)
	g := found(t, pgtest.Either(primary, standby, "postgres"), s, 1, 2)
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
	over := 0
	for rest(ctx, s.every/2+rand.N(s.every/2)) {
		primary.Kill()
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
	}
	<-worked
	t.Logf("a standby has taken over %d times", over)
	g.hold(o)
	g.enough(o, s)
}
