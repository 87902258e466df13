package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/ledger"
	"perechen/internal/proof"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// Proposals tests what package upkeep asks of a store. open gives each call a new, empty one, as it serves logs and as it
// serves the desk.
func Proposals(t *testing.T, open func(t *testing.T) (ledger.Store, upkeep.Store)) {
	for _, c := range []struct {
		name string
		test func(t *testing.T, f *fixture, s upkeep.Store)
	}{
		{"ProposalKept", testProposalKept},
		{"ProposalVersion", testProposalVersion},
		{"ProposalQuery", testProposalQuery},
		{"ProposalSealedOff", testProposalSealedOff},
		{"ProposalWithEntries", testProposalWithEntries},
		{"ProposalRace", testProposalRace},
		{"DeskIncludedOnce", testDeskIncludedOnce},
		{"DeskConflict", testDeskConflict},
		{"DeskRevoked", testDeskRevoked},
		{"Prepared", testPrepared},
		{"Feedback", testFeedback},
		{"FeedbackMixed", testFeedbackMixed},
		{"Health", testHealth},
		{"Surveys", testSurveys},
	} {
		t.Run(c.name, func(t *testing.T) {
			key, err := proof.GenerateKey("perechen.test")
			if err != nil {
				t.Fatal(err)
			}
			logs, desk := open(t)
			f := &fixture{T: t, ctx: context.Background(), store: logs, key: key, clock: time.Date(2026, 2, 16, 9, 0, 0, 0, time.UTC)}
			f.Ledger = ledger.New(logs, key, func() time.Time { return f.clock })
			f.body(slug)
			f.body("other")
			c.test(t, f, desk)
		})
	}
}

func proposal(id string) upkeep.Proposal {
	at := time.Date(2026, 2, 16, 6, 0, 0, 123000, time.UTC)
	return upkeep.Proposal{ID: id, Body: slug, Department: "kadry", Author: "u-1", Savers: []string{"u-1", "u-2"}, State: upkeep.StateReturned,
		Version: 3, Saved: 2, Outline: upkeep.Outline{Amend: 1, Kind: register.KindTouchpoint, Key: "phone", Text: "Телефон: «8»"},
		Remarks: []upkeep.Remark{{Kind: register.KindTouchpoint, Key: "phone", Field: "value", Text: "Проверьте номер", By: "u-9", At: at, Version: 2}},
		Hash:    "ab", Created: at, Updated: at.Add(time.Minute), Submitted: at.Add(time.Second), Entries: [2]int64{4, 5}}
}

func putProposal(f *fixture, s upkeep.Store, p upkeep.Proposal, was int64) (ok bool) {
	f.Helper()
	err := s.Update(f.ctx, func(tx upkeep.Tx) (err error) {
		ok, err = tx.PutProposal(f.ctx, p, was)
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	return ok
}

func getProposal(f *fixture, s upkeep.Store, slug, id string) (p upkeep.Proposal, ok bool) {
	f.Helper()
	err := s.View(f.ctx, func(v upkeep.View) (err error) {
		p, ok, err = v.Proposal(f.ctx, slug, id)
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	return p, ok
}

// testProposalKept: a proposal comes back as it was put, and is replaced only by one made from the version that it has.
func testProposalKept(t *testing.T, f *fixture, s upkeep.Store) {
	p := proposal("p1")
	if _, ok := getProposal(f, s, slug, "p1"); ok {
		t.Error("a proposal is there before it was put")
	}
	if !putProposal(f, s, p, 0) || putProposal(f, s, p, 0) {
		t.Error("a new proposal is put once")
	}
	got, ok := getProposal(f, s, slug, "p1")
	if d := cmp.Diff(p, got); !ok || d != "" {
		t.Error("as read back (-want +got):", d)
	}
	p.Version, p.State, p.Hash, p.Remarks = 4, upkeep.StateSubmitted, "cd", nil
	if putProposal(f, s, p, 2) {
		t.Error("a proposal was replaced by one made from an older version")
	}
	if got, _ := getProposal(f, s, slug, "p1"); got.Version != 3 {
		t.Errorf("version %d after a put that was refused, want 3", got.Version)
	}
	if !putProposal(f, s, p, 3) {
		t.Error("a proposal was not replaced")
	}
	got, _ = getProposal(f, s, slug, "p1")
	if d := cmp.Diff(p, got); d != "" {
		t.Error("as replaced (-want +got):", d)
	}
}

// testProposalVersion: contents come back byte for byte; one that was submitted stays.
func testProposalVersion(t *testing.T, f *fixture, s upkeep.Store) {
	putProposal(f, s, proposal("p1"), 0)
	at := time.Date(2026, 2, 16, 6, 0, 0, 0, time.UTC)
	contents := map[int64]string{1: `{"changes":[]}`, 2: "{\"note\":\"«ё» \\u0000 \xf0\x9f\x99\x82\"}", 5: `{}`}
	err := s.Update(f.ctx, func(tx upkeep.Tx) error {
		for _, n := range []int64{1, 2, 5} {
			v := upkeep.ProposalVersion{Version: n, By: fmt.Sprintf("u-%d", n), At: at.Add(time.Duration(n) * time.Second), Submitted: n == 2, Hash: upkeep.HashOf([]byte(contents[n]))}
			if err := tx.PutProposalVersion(f.ctx, slug, "p1", v, []byte(contents[n])); err != nil {
				return err
			}
		}
		if err := tx.DropProposalVersion(f.ctx, slug, "p1", 1); err != nil {
			return err
		}
		if err := tx.ReplaceProposalContent(f.ctx, slug, "p1", 5, []byte(`{"erased":1}`)); err != nil {
			return err
		}
		return tx.DropProposalVersion(f.ctx, slug, "p1", 2)
	})
	if err != nil {
		t.Fatal(err)
	}
	err = s.View(f.ctx, func(v upkeep.View) error {
		vs, err := v.ProposalVersions(f.ctx, slug, "p1")
		want := []upkeep.ProposalVersion{
			{Version: 2, By: "u-2", At: at.Add(2 * time.Second), Submitted: true, Hash: upkeep.HashOf([]byte(contents[2]))},
			{Version: 5, By: "u-5", At: at.Add(5 * time.Second), Hash: upkeep.HashOf([]byte(contents[5]))},
		}
		if d := cmp.Diff(want, vs); d != "" {
			t.Error("versions (-want +got):", d)
		}
		if err != nil {
			return err
		}
		for n, want := range map[int64]string{1: "", 2: contents[2], 5: `{"erased":1}`, 6: ""} {
			got, err := v.ProposalContent(f.ctx, slug, "p1", n)
			if err != nil || string(got) != want {
				t.Errorf("content of version %d = %q, %v, want %q", n, got, err, want)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// testProposalQuery: proposals are picked by state, department and author, the one touched last first.
func testProposalQuery(t *testing.T, f *fixture, s upkeep.Store) {
	for i, x := range []struct {
		state              upkeep.State
		department, author string
	}{{upkeep.StateDraft, "kadry", "u-1"}, {upkeep.StateSubmitted, "it", "u-2"}, {upkeep.StateSubmitted, "", "u-1"}, {upkeep.StateIncluded, "kadry", "u-1"}} {
		p := proposal(fmt.Sprintf("p%d", i))
		p.State, p.Department, p.Author = x.state, x.department, x.author
		p.Updated = p.Updated.Add(time.Duration(i) * time.Second)
		putProposal(f, s, p, 0)
	}
	for _, c := range []struct {
		q    upkeep.ProposalQuery
		want string
	}{
		{upkeep.ProposalQuery{}, "p3 p2 p1 p0 "},
		{upkeep.ProposalQuery{States: []upkeep.State{upkeep.StateSubmitted}}, "p2 p1 "},
		{upkeep.ProposalQuery{States: []upkeep.State{upkeep.StateSubmitted, upkeep.StateDraft}, Author: "u-1"}, "p2 p0 "},
		{upkeep.ProposalQuery{Departments: []string{"", "it"}}, "p2 p1 "},
		{upkeep.ProposalQuery{Author: "u-3"}, ""},
		{upkeep.ProposalQuery{IDs: []string{"p3", "p1", "p9"}}, "p3 p1 "},
		{upkeep.ProposalQuery{Author: "u-1", Bare: true}, "p3 p2 p0 "},
	} {
		got := ""
		err := s.View(f.ctx, func(v upkeep.View) error {
			return v.Proposals(f.ctx, slug, c.q, func(p upkeep.Proposal) error {
				got += p.ID + " "
				if c.q.Bare && p.ID == "p3" {
					want := upkeep.Proposal{ID: "p3", Body: slug, Department: "kadry", Author: "u-1", State: upkeep.StateIncluded, Updated: proposal("p3").Updated.Add(3 * time.Second)}
					if diff := cmp.Diff(want, p); diff != "" {
						t.Errorf("bare it is another: %s", diff)
					}
				}
				return nil
			})
		})
		if err != nil || got != c.want {
			t.Errorf("%+v gives %q, %v, want %q", c.q, got, err, c.want)
		}
	}
}

// testProposalSealedOff: under another body's address there is no such proposal, to read or to write.
func testProposalSealedOff(t *testing.T, f *fixture, s upkeep.Store) {
	putProposal(f, s, proposal("p1"), 0)
	v := upkeep.ProposalVersion{Version: 2, By: "u-1", At: f.clock, Hash: "h"}
	err := s.Update(f.ctx, func(tx upkeep.Tx) error { return tx.PutProposalVersion(f.ctx, slug, "p1", v, []byte("{}")) })
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := getProposal(f, s, "other", "p1"); ok {
		t.Error("another body reads the proposal")
	}
	stolen := proposal("p1")
	stolen.Body, stolen.Version = "other", 9
	if putProposal(f, s, stolen, 3) || putProposal(f, s, stolen, 0) {
		t.Error("another body replaces the proposal")
	}
	for name, do := range map[string]func(tx upkeep.Tx) error{
		"a version put": func(tx upkeep.Tx) error { return tx.PutProposalVersion(f.ctx, "other", "p1", v, []byte("{}")) },
		"a content replaced": func(tx upkeep.Tx) error {
			return tx.ReplaceProposalContent(f.ctx, "other", "p1", 2, []byte("{}"))
		},
		"a version dropped": func(tx upkeep.Tx) error { return tx.DropProposalVersion(f.ctx, "other", "p1", 2) },
	} {
		if err := s.Update(f.ctx, do); upkeep.CodeOf(err) != upkeep.CodeNotFound {
			t.Errorf("%s under another body's address: %v", name, err)
		}
	}
	err = s.View(f.ctx, func(v upkeep.View) error {
		content, err := v.ProposalContent(f.ctx, "other", "p1", 2)
		versions, err2 := v.ProposalVersions(f.ctx, "other", "p1")
		if content != nil || len(versions) > 0 {
			t.Error("another body reads the contents")
		}
		return errors.Join(err, err2, v.Proposals(f.ctx, "other", upkeep.ProposalQuery{}, func(p upkeep.Proposal) error {
			t.Errorf("another body lists %s", p.ID)
			return nil
		}))
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.View(f.ctx, func(v upkeep.View) error { _, _, err := v.Proposal(f.ctx, "nobody", "p1"); return err }); upkeep.CodeOf(err) != upkeep.CodeNotFound {
		t.Errorf("a body that is not there: %v", err)
	}
}

// testProposalWithEntries: entries of the log and a proposal are kept together or not at all.
func testProposalWithEntries(t *testing.T, f *fixture, s upkeep.Store) {
	before := f.head(slug)
	broken := errors.New("broken")
	both := func(after error) error {
		return s.Update(f.ctx, func(tx upkeep.Tx) error {
			if _, err := f.AppendIn(f.ctx, tx, slug, ledger.Batch{Changes: []register.Change{include(phone)}, Ground: ground, Actor: "u-1", Head: ledger.AnyHead}, nil); err != nil {
				return err
			}
			if r, _, err := f.StateIn(f.ctx, tx, slug); err != nil || len(r.Touchpoints) != 1 {
				t.Errorf("the transaction does not see its own entry: %v", err)
			}
			if _, err := tx.PutProposal(f.ctx, proposal("p1"), 0); err != nil {
				return err
			}
			return after
		})
	}
	if err := both(broken); !errors.Is(err, broken) {
		t.Fatalf("error %v", err)
	}
	if _, ok := getProposal(f, s, slug, "p1"); ok || f.head(slug) != before || len(f.state(0).Touchpoints) != 0 {
		t.Error("a transaction that was given up left something behind")
	}
	if err := both(nil); err != nil {
		t.Fatal(err)
	}
	if _, ok := getProposal(f, s, slug, "p1"); !ok || f.head(slug).N != before.N+1 || len(f.state(0).Touchpoints) != 1 {
		t.Error("a transaction that was committed is not there")
	}
	f.sameAnew(slug)
}

// testProposalRace: of many who save over the same version, one is kept.
func testProposalRace(t *testing.T, f *fixture, s upkeep.Store) {
	putProposal(f, s, proposal("p1"), 0)
	var mu sync.Mutex
	var wg sync.WaitGroup
	kept := 0
	for i := range 6 {
		wg.Go(func() {
			p := proposal("p1")
			p.Version, p.Author = 4, fmt.Sprintf("u-%d", i)
			ok := false
			err := s.Update(f.ctx, func(tx upkeep.Tx) (err error) {
				if _, err := tx.Lock(f.ctx, slug); err != nil {
					return err
				}
				ok, err = tx.PutProposal(f.ctx, p, 3)
				return err
			})
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
			}
			if ok {
				kept++
			}
		})
	}
	wg.Wait()
	if kept != 1 {
		t.Errorf("%d saves over one version were kept, want 1", kept)
	}
}
