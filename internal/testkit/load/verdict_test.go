package load

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"perechen/internal/auth"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// hold compares everything that is there with everything that people were told.
func (g *region) hold(o *oracle) {
	g.t.Helper()
	ctx := context.Background()
	rounds := map[string]rounds{}
	for _, b := range g.bodies {
		g.proved(ctx, b)
		g.told(ctx, o, b, rounds)
	}
	if out, err := g.run("verify", "--body", g.bodies[0].slug); err != nil || !strings.Contains(out, "Журнал цел") {
		g.t.Errorf("perechen verify: %v %s", err, out)
	}
	g.once(rounds)
	_, signedIn, err := g.accounts.AuditLines(ctx, auth.Query{Action: auth.ActSignIn, Limit: 1})
	if err != nil {
		g.t.Fatal(err)
	}
	if n := o.counts["sign-ins"]; signedIn < n {
		g.t.Errorf("%d sign-ins were acknowledged, the log of actions has %d", n, signedIn)
	}
	o.report()
}

// proved: the log's numbers are dense, its time never goes back, its proofs are good, and every entry since the beginning
// belongs to one proposal that was included or is a confirmation.
func (g *region) proved(ctx context.Context, b *body) {
	g.t.Helper()
	v, err := g.ledger.Verify(ctx, b.slug, "", nil)
	if err != nil || !v.OK {
		g.t.Fatalf("%s: verify: %+v, %v", b.slug, v, err)
	}
	owner := map[int64]string{}
	ps, err := g.desk.Proposals(ctx, upkeep.Local, b.slug, upkeep.ProposalQuery{})
	if err != nil {
		g.t.Fatal(err)
	}
	for _, p := range ps {
		if p.State != upkeep.StateIncluded {
			continue
		}
		for n := p.Entries[0]; n <= p.Entries[1]; n++ {
			if owner[n] != "" {
				g.t.Errorf("%s: entry %d is of %s and of %s", b.slug, n, owner[n], p.ID)
			}
			owner[n] = p.ID
		}
	}
	last, at := int64(0), time.Time{}
	err = g.ledger.Entries(ctx, b.slug, 1, 0, func(e register.Entry) error {
		if e.N != last+1 || e.Time.Before(at) {
			g.t.Errorf("%s: entry %d of %v follows entry %d of %v", b.slug, e.N, e.Time, last, at)
		}
		last, at = e.N, e.Time
		if e.N > b.begin && owner[e.N] == "" && e.Kind != register.KindConfirmation && e.Kind != register.KindTask {
			g.t.Errorf("%s: entry %d, %s %s, belongs to nothing", b.slug, e.N, e.Kind, e.Key)
		}
		delete(owner, e.N)
		return nil
	})
	if err != nil {
		g.t.Fatal(err)
	}
	for n, id := range owner {
		g.t.Errorf("%s: entry %d of %s is not in the log, which ends with %d", b.slug, n, id, last)
	}
	if v.Entries != last {
		g.t.Errorf("%s: %d entries are verified, %d are there", b.slug, v.Entries, last)
	}
}

// rounds is what became of a proposal by the database itself.
type rounds struct {
	submitted, returned int
	included            bool
}

// told: every proposal is where its people were told that it is; of every telephone the history is one that its clerk and
// the officers can have made, in the order in which they made it.
func (g *region) told(ctx context.Context, o *oracle, b *body, all map[string]rounds) {
	g.t.Helper()
	ps, err := g.desk.Proposals(ctx, upkeep.Local, b.slug, upkeep.ProposalQuery{})
	if err != nil {
		g.t.Fatal(err)
	}
	there := map[string]bool{}
	included := map[string][]int{}
	for _, p := range ps {
		there[p.ID] = true
		h := o.proposals[p.ID]
		if h == nil {
			g.t.Errorf("%s: proposal %s is of nobody", b.slug, p.ID)
			continue
		}
		vs, err := g.desk.Versions(ctx, upkeep.Local, b.slug, p.ID)
		if err != nil {
			g.t.Fatal(err)
		}
		var is rounds
		var submitted []int
		for _, v := range vs {
			_, c, err := g.desk.Version(ctx, upkeep.Local, b.slug, p.ID, v.Version)
			if err != nil {
				g.t.Fatal(err)
			}
			n := counted(g, c)
			if !slices.Contains(h.tried, n) {
				g.t.Errorf("%s: version %d of %s says %d; its author tried %v", b.slug, v.Version, p.ID, n, h.tried)
			}
			if v.Submitted {
				is.submitted++
				submitted = append(submitted, n)
			}
		}
		versions := map[int64]bool{}
		for _, m := range p.Remarks {
			versions[m.Version] = true
		}
		is.returned, is.included = len(versions), p.State == upkeep.StateIncluded
		all[p.ID] = is
		for _, n := range h.submitted {
			if !slices.Contains(submitted, n) {
				g.t.Errorf("%s: %s was submitted with %d, and that was acknowledged; it has %v", b.slug, p.ID, n, submitted)
			}
		}
		if h.included && !is.included {
			g.t.Errorf("%s: the inclusion of %s was acknowledged; it is %s", b.slug, p.ID, p.State)
		}
		if h.returned > is.returned {
			g.t.Errorf("%s: %d returns of %s were acknowledged; it has %d", b.slug, h.returned, p.ID, is.returned)
		}
		if is.included {
			included[h.point] = append(included[h.point], submitted[len(submitted)-1])
		}
	}
	for id, h := range o.proposals {
		if strings.HasPrefix(h.point, b.slug+"/") && len(h.submitted) > 0 && !there[id] {
			g.t.Errorf("%s: proposal %s was submitted, and that was acknowledged; it is not there", b.slug, id)
		}
	}
	for _, point := range b.points {
		g.history(ctx, b, point, *o.points[b.slug+"/"+point], included[b.slug+"/"+point])
	}
}

// counted is the telephone that a proposal's content asks for.
func counted(g *region, c *upkeep.Content) int {
	if len(c.Changes) != 1 {
		g.t.Errorf("a proposal of %d changes, want 1", len(c.Changes))
		return -1
	}
	return countOf(g, c.Changes[0].Content)
}

func countOf(g *region, content []byte) int {
	var p register.Touchpoint
	if err := json.Unmarshal(content, &p); err != nil {
		g.t.Fatal(err)
	}
	var i, hundreds, n int
	if _, err := fmt.Sscanf(p.Value, "8 (8672) %d-%d-%d", &i, &hundreds, &n); err != nil {
		g.t.Errorf("the telephone of %s is %q", p.Key, p.Value)
	}
	return hundreds*100 + n
}

// history holds what the log says of one point against what was included, and what was acknowledged.
func (g *region) history(ctx context.Context, b *body, point string, said pointHistory, included []int) {
	g.t.Helper()
	es, err := g.ledger.History(ctx, b.slug, register.KindTouchpoint, point)
	if err != nil {
		g.t.Fatal(err)
	}
	was, seen := -1, map[int]bool{}
	slices.SortFunc(es, func(a, b register.Entry) int { return int(a.N - b.N) })
	for _, e := range es {
		n := countOf(g, e.Content)
		if n <= was || n > said.tried {
			g.t.Errorf("%s: after telephone %d of %s came %d in entry %d; its clerk has got to %d", b.slug, was, point, n, e.N, said.tried)
		}
		was = n
		seen[n] = true
	}
	if was < said.floor {
		g.t.Errorf("%s: telephone %d of %s was acknowledged as included; the newest is %d", b.slug, said.floor, point, was)
	}
	if len(seen) != len(included)+1 { // the one it began with
		g.t.Errorf("%s: %d changes of %s, %d inclusions", b.slug, len(seen)-1, point, len(included))
	}
	for _, n := range included {
		if !seen[n] {
			g.t.Errorf("%s: telephone %d of %s was included by a proposal and is not in the log", b.slug, n, point)
		}
	}
	cs, err := g.ledger.History(ctx, b.slug, register.KindConfirmation, point)
	if err != nil {
		g.t.Fatal(err)
	}
	if len(cs) < said.confirmed || len(cs) > said.pressed {
		g.t.Errorf("%s: %d confirmations of %s; %d were acknowledged of %d", b.slug, len(cs), point, said.confirmed, said.pressed)
	}
}

// once: no sentence reached anybody twice. A letter that the server had taken when its node died is sent again under the
// same Message-ID, by which mail systems know it for the same; it is counted here, not twice.
func (g *region) once(all map[string]rounds) {
	g.t.Helper()
	// A node whose connection was cut while it held the job of the mail leaves it to the others when its lease has run out.
	for range 1800 {
		if len(g.letters.all()) > 0 {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	ids := map[string]letter{}
	again := 0
	count := map[said]int{}
	for _, l := range g.letters.all() {
		if first, ok := ids[l.id]; ok {
			again++
			if first.to != l.to || first.body != l.body {
				g.t.Errorf("two letters are %s:\n%s\n%s", l.id, first.body, l.body)
			}
			continue
		}
		ids[l.id] = l
		for _, s := range l.said() {
			count[s]++
		}
	}
	for s, n := range count {
		is, most := all[s.proposal], 1
		switch {
		case strings.Contains(s.text, "ждёт проверки"):
			most = is.submitted
		case strings.Contains(s.text, "возвращено"):
			most = is.returned
		case strings.Contains(s.text, "включено") && !is.included:
			most = 0
		}
		if n > most {
			g.t.Errorf("%s was told %d times of proposal %s: %s (submitted %d, returned %d, included %v)", s.to, n, s.proposal, s.text, is.submitted, is.returned, is.included)
		}
	}
	if len(count) == 0 {
		g.t.Error("no letters were sent: the test looks at nothing")
	}
	g.t.Logf("%d letters with %d sentences; %d came again under the same Message-ID", len(ids), len(count), again)
}
