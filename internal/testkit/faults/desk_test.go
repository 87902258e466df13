package faults

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"testing"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/store"
	"perechen/internal/upkeep"
)

// TestKilledDesk kills a process that saves, submits, returns, includes, prepares and approves as fast as it can. What it had
// reported as done is there; what it had only begun is there whole or not at all; every entry of the log belongs to
// something that is there; verify finds nothing.
func TestKilledDesk(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir() + "/data"
	if err := store.Init(ctx, dir); err != nil {
		t.Fatal(err)
	}
	m := &deskModel{Points: map[string]string{}, Proposals: map[string]*modelProposal{}}
	var begin int64
	look(t, dir, func(d *upkeep.Desk) { begin = furnish(t, d, m) })
	done, whole, absent := 0, 0, 0
	struck := map[string]int{}
	for i := range cycles(t, 20) {
		acknowledged, pending := killDesk(t, dir, m)
		for _, s := range acknowledged {
			m = m.after(s)
			done++
		}
		look(t, dir, func(d *upkeep.Desk) {
			is := observed(t, d)
			switch {
			case is.String() == m.String():
				if pending != nil {
					absent++
					struck[pending.Op]++
				}
			case pending != nil && is.String() == m.after(*pending).String():
				whole++
				struck[pending.Op]++
				m = m.after(*pending)
			default:
				t.Fatalf("cycle %d, killed at %+v: neither before nor after it\n--- is\n%s\n--- should be\n%s", i, pending, is, m)
			}
			covered(t, d, begin)
			v, err := d.Ledger().Verify(ctx, deskSlug, "", nil)
			if err != nil || !v.OK {
				t.Fatalf("cycle %d: verify: %+v, %v", i, v, err)
			}
		})
		if t.Failed() {
			return
		}
	}
	t.Logf("%d steps done; of those struck %d took place and %d left nothing: %v", done, whole, absent, struck)
}

// furnish makes the body with its people and points, and gives its newest entry.
func furnish(t *testing.T, d *upkeep.Desk, m *deskModel) int64 {
	t.Helper()
	ctx := context.Background()
	ground := register.Ground{Text: "начало"}
	p := &procedure.Procedure{ID: "poryadok-1", Kinds: []procedure.Kind{{Code: "office", Title: "Кабинет", Class: register.Offline}}, Actualise: procedure.Actualisation{Clause: "4.1"}}
	if err := d.Ledger().AddBody(ctx, register.Organisation{Slug: deskSlug, Name: "Комитет"}, p, ground, "local"); err != nil {
		t.Fatal(err)
	}
	var cs []register.Change
	for key, a := range map[string]register.Appointment{
		"a1": {Role: register.RoleDepartment, Account: clerk.Account}, "a2": {Role: register.RoleOfficer, Account: officer.Account}, "a3": {Role: register.RoleHead, Account: head.Account},
	} {
		a.Key = key
		cs = append(cs, register.Change{Op: register.Include, Kind: register.KindAppointment, Key: key, Content: register.Encode(a)})
	}
	for i := range 60 {
		x := register.Touchpoint{Key: fmt.Sprintf("t%02d", i), Kind: "office", Label: fmt.Sprintf("Кабинет %d", i), Position: i + 1}
		m.Points[x.Key] = x.Label
		cs = append(cs, register.Change{Op: register.Include, Kind: register.KindTouchpoint, Key: x.Key, Content: register.Encode(x)})
	}
	r, err := d.Append(ctx, upkeep.Local, deskSlug, ledger.Batch{Changes: cs, Ground: ground, Head: ledger.AnyHead})
	if err != nil {
		t.Fatal(err)
	}
	return r.To
}

// killDesk starts the child, kills it at a random moment and reads what it had said.
func killDesk(t *testing.T, dir string, m *deskModel) (acknowledged []deskStep, pending *deskStep) {
	t.Helper()
	input, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), deskEnv+"="+dir)
	cmd.Stdin = bytes.NewReader(input)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var timer *time.Timer
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if timer == nil { // it has begun
			timer = time.AfterFunc(rand.N(120*time.Millisecond), func() { _ = cmd.Process.Kill() })
		}
		var l deskLine
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			continue // cut off by the kill
		}
		if l.Begin != nil {
			pending = l.Begin
		} else if pending != nil {
			acknowledged, pending = append(acknowledged, *pending), nil
		}
	}
	if err := cmd.Wait(); err == nil || cmd.ProcessState.ExitCode() != -1 {
		t.Fatalf("the child ended by itself: %v\n%s", cmd.ProcessState, errs.String())
	}
	return acknowledged, pending
}

// look opens the folder as the next start of the program would.
func look(t *testing.T, dir string, fn func(d *upkeep.Desk)) {
	t.Helper()
	s, key, err := store.Open(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	fn(openDesk(s, key))
}

// observed reads everything that the model speaks of.
func observed(t *testing.T, d *upkeep.Desk) *deskModel {
	t.Helper()
	ctx := context.Background()
	fail := func(err error) {
		if err != nil {
			t.Helper()
			t.Fatal(err)
		}
	}
	r, err := d.Ledger().State(ctx, deskSlug, 0)
	fail(err)
	m := &deskModel{Points: map[string]string{}, Proposals: map[string]*modelProposal{}, Editions: len(r.Editions)}
	for _, x := range r.Touchpoints {
		m.Points[x.Key] = x.Label
	}
	// A prepared edition stands as long as the log is the one it was prepared from.
	prepared, ok, err := d.Prepared(ctx, officer, deskSlug)
	fail(err)
	if ok && prepared.N == r.N {
		m.Prepared = prepared.Number
	}
	ps, err := d.Proposals(ctx, officer, deskSlug, upkeep.ProposalQuery{})
	fail(err)
	for _, p := range ps {
		full, err := d.Proposal(ctx, officer, deskSlug, p.ID)
		fail(err)
		mp := &modelProposal{State: string(p.State), Version: p.Version, Remarks: len(p.Remarks), Wants: wanted(t, full.Content)}
		vs, err := d.Versions(ctx, officer, deskSlug, p.ID)
		fail(err)
		for _, v := range vs {
			if v.Submitted {
				_, c, err := d.Version(ctx, officer, deskSlug, p.ID, v.Version)
				fail(err)
				mp.Submitted = append(mp.Submitted, line(wanted(t, c)))
			}
		}
		m.Proposals[p.ID] = mp
	}
	return m
}

func wanted(t *testing.T, c *upkeep.Content) map[string]string {
	t.Helper()
	w := map[string]string{}
	for _, x := range c.Changes {
		var p register.Touchpoint
		if err := json.Unmarshal(x.Content, &p); err != nil {
			t.Fatal(err)
		}
		w[x.Key] = p.Label
	}
	return w
}

// covered holds the log against what is there: each entry since begin belongs to one included proposal or is one edition's,
// and each edition has its files.
func covered(t *testing.T, d *upkeep.Desk, begin int64) {
	t.Helper()
	ctx := context.Background()
	h, err := d.Ledger().Head(ctx, deskSlug)
	if err != nil {
		t.Fatal(err)
	}
	ps, err := d.Proposals(ctx, officer, deskSlug, upkeep.ProposalQuery{States: []upkeep.State{upkeep.StateIncluded}})
	if err != nil {
		t.Fatal(err)
	}
	var spans [][2]int64
	for _, p := range ps {
		spans = append(spans, p.Entries)
	}
	r, err := d.Ledger().State(ctx, deskSlug, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range r.Editions {
		spans = append(spans, [2]int64{e.N + 1, e.N + 1})
		files, _ := printer{}.Print(ctx, deskSlug, e)
		for _, f := range files {
			if _, content, err := d.Ledger().Document(ctx, deskSlug, e.Number, f.Format); err != nil || !bytes.Equal(content, f.Content) {
				t.Errorf("edition %d: its %s is not there as it was issued: %v", e.Number, f.Format, err)
			}
		}
	}
	slices.SortFunc(spans, func(a, b [2]int64) int { return int(a[0] - b[0]) })
	n := begin
	for _, s := range spans {
		if s[0] != n+1 || s[1] < s[0] {
			t.Fatalf("entries %d to %d do not follow entry %d", s[0], s[1], n)
		}
		n = s[1]
	}
	if n != h.N {
		t.Fatalf("entries %d to %d belong to nothing", n+1, h.N)
	}
}
