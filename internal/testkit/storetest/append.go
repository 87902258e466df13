package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/ledger"
	"perechen/internal/register"
)

func testBody(t *testing.T, f *fixture) {
	if _, err := f.Head(f.ctx, slug); !errors.Is(err, ledger.ErrNotFound) {
		t.Errorf("head of no body: %v, want not found", err)
	}
	f.wantCode(f.AddBody(f.ctx, register.Organisation{Slug: "Комитет"}, sampleProcedure(), ground, "cli"), ledger.CodeInvalid)
	f.wantCode(f.AddBody(f.ctx, register.Organisation{Slug: slug}, sampleProcedure(), register.Ground{}, "cli"), ledger.CodeInvalid)
	f.body(slug)
	f.wantCode(f.AddBody(f.ctx, register.Organisation{Slug: slug}, sampleProcedure(), ground, "cli"), ledger.CodeRefused)
	if h := f.head(slug); h.N != 3 || !h.Time.Equal(f.clock) {
		t.Errorf("head = %d at %v, want 3 at %v", h.N, h.Time, f.clock)
	}
	f.body("minec")
	orgs, err := f.Bodies(f.ctx)
	if err != nil {
		t.Fatal(err)
	}
	want := []register.Organisation{{Slug: slug, Name: "Комитет", Procedure: "sample-1"}, {Slug: "minec", Name: "Комитет", Procedure: "sample-1"}}
	if d := cmp.Diff(want, orgs); d != "" {
		t.Error(d)
	}
	appoint := register.Appointment{Key: "a1", Role: register.RoleHead, Account: "u-1"}
	if _, err := f.Append(f.ctx, "minec", ledger.Batch{Changes: []register.Change{{Op: register.Include, Kind: register.KindAppointment, Key: "a1", Content: register.Encode(appoint)}}, Ground: ground, Actor: "cli", Head: ledger.AnyHead}); err != nil {
		t.Fatal(err)
	}
	renamed := want[1]
	renamed.Name = "Министерство"
	if _, err := f.Append(f.ctx, "minec", ledger.Batch{Changes: []register.Change{{Op: register.Amend, Kind: register.KindOrganisation, Key: "minec", Content: register.Encode(renamed)}}, Ground: ground, Actor: "cli", Head: ledger.AnyHead}); err != nil {
		t.Fatal(err)
	}
	for range 2 { // read, and from memory
		if orgs, err = f.Bodies(f.ctx); err != nil || len(orgs) != 2 || orgs[0].Name != "Комитет" || orgs[1].Name != "Министерство" {
			t.Errorf("after a change of a name: %v, %v", orgs, err)
		}
	}
	for account, want := range map[string][]string{"u-1": {"minec"}, "u-2": nil} {
		if got, err := f.Appointed(f.ctx, account); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s is appointed in %v, %v; want %v", account, got, err, want)
		}
	}
	p, err := f.Procedure(f.ctx, slug, 0)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(sampleProcedure(), p); d != "" {
		t.Error(d)
	}
	if r := f.state(0); len(r.Departments) != 1 || r.Departments[0].Title != "отдел кадров" {
		t.Errorf("departments = %v", r.Departments)
	}
}

func testAppend(t *testing.T, f *fixture) {
	f.sample()
	f.clock = f.clock.Add(time.Minute)
	moved := phone
	moved.Value = "8 (8672) 64-90-23"
	r := f.append(slug, amend(moved), exclude(register.KindUsage, "u4"))
	if r.From != 13 || r.To != 14 || r.Head.N != 14 {
		t.Errorf("receipt = %d…%d, head %d, want 13…14, 14", r.From, r.To, r.Head.N)
	}
	var ns []int64
	err := f.Entries(f.ctx, slug, 1, 0, func(e register.Entry) error {
		ns = append(ns, e.N)
		if e.N == 13 {
			want := register.Entry{N: 13, Time: f.clock.UTC(), Kind: register.KindTouchpoint, Key: "phone", Op: register.Amend, Ground: ground, Actor: "officer-1", Content: register.Encode(moved)}
			if d := cmp.Diff(want, e); d != "" {
				t.Error(d)
			}
		}
		if e.N == 14 && (e.Op != register.Exclude || e.Content != nil || e.Erased) {
			t.Errorf("entry 14 = %+v, want an exclusion without content", e)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := []int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14}; !cmp.Equal(ns, want) {
		t.Errorf("entries %v, want %v", ns, want)
	}
	s := f.state(0)
	if p, _ := s.Touchpoint("phone"); p.Value != moved.Value || len(s.Usages) != 3 || s.N != 14 || !s.Time.Equal(f.clock) {
		t.Errorf("state = %+v", s)
	}
	if v := f.verify(slug, ""); !v.OK || v.Entries != 14 {
		t.Errorf("verify: %+v", v)
	}
	stop := errors.New("stop")
	if err := f.Entries(f.ctx, slug, 5, 6, func(e register.Entry) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("error of visit = %v, want it back", err)
	}
}

func testAppendRefused(t *testing.T, f *fixture) {
	f.sample()
	raw := func(kind register.Kind, key, content string) register.Change {
		return register.Change{Op: register.Include, Kind: kind, Key: key, Content: json.RawMessage(content)}
	}
	long := room
	long.Key, long.Place = "long", strings.Repeat("я", 1<<20)
	for name, c := range map[string]struct {
		code   string
		change register.Change
	}{
		"key of another":    {ledger.CodeInvalid, raw(register.KindProcess, "other", string(register.Encode(hiring)))},
		"unknown field":     {ledger.CodeInvalid, raw(register.KindProcess, "x", `{"key":"x","title":"","position":0,"colour":"red"}`)},
		"field twice":       {ledger.CodeInvalid, raw(register.KindProcess, "x", `{"key":"y","key":"x","title":"","position":0}`)},
		"white space":       {ledger.CodeInvalid, raw(register.KindProcess, "x", `{"key": "x","title":"","position":0}`)},
		"not JSON":          {ledger.CodeInvalid, raw(register.KindProcess, "x", `key: x`)},
		"no content":        {ledger.CodeInvalid, raw(register.KindProcess, "x", "")},
		"null":              {ledger.CodeInvalid, raw(register.KindProcess, "x", "null")},
		"unknown kind":      {ledger.CodeInvalid, raw("colour", "x", "{}")},
		"unknown operation": {ledger.CodeInvalid, change("rename", hiring)},
		"exclude content":   {ledger.CodeInvalid, register.Change{Op: register.Exclude, Kind: register.KindUsage, Key: "u1", Content: register.Encode(usages[0])}},
		"Russian key":       {ledger.CodeInvalid, include(register.Process{Key: "приём"})},
		"upper-case key":    {ledger.CodeInvalid, include(register.Process{Key: "Hiring"})},
		"empty key":         {ledger.CodeInvalid, include(register.Process{})},
		"key with newline":  {ledger.CodeInvalid, include(register.Process{Key: "a\nb"})},
		"long key":          {ledger.CodeInvalid, include(register.Process{Key: strings.Repeat("k", 121)})},
		"long content":      {ledger.CodeInvalid, include(long)},
		"include again":     {ledger.CodeRefused, include(hiring)},
		"amend absent":      {ledger.CodeRefused, amend(register.Process{Key: "absent"})},
		"exclude absent":    {ledger.CodeRefused, exclude(register.KindProcess, "absent")},
		"another body":      {ledger.CodeRefused, include(register.Organisation{Slug: "other"})},
		"body out":          {ledger.CodeRefused, exclude(register.KindOrganisation, slug)},
		"edition":           {ledger.CodeRefused, raw(register.KindEdition, "1", string(register.Encode(register.Edition{Number: 1})))},
		"erasure":           {ledger.CodeRefused, raw(register.KindErasure, "4", `{"n":4}`)},
		"decision":          {ledger.CodeRefused, raw(register.KindDecision, "R1-aa", string(register.Encode(register.Decision{Finding: "R1-aa"})))},
	} {
		t.Run(name, func(t *testing.T) {
			f.T = t
			f.refuse(c.code, c.change)
		})
	}
	f.T = t
	for _, b := range []ledger.Batch{
		{Actor: "officer-1"},
		{Actor: "officer-1", Ground: register.Ground{Act: "приказ"}},
		{Ground: ground},
		{Ground: ground, Actor: "Иванов И. И."},
		{Ground: register.Ground{Text: strings.Repeat("я", 4096)}, Actor: "officer-1"},
		{Ground: register.Ground{Text: "\xff"}, Actor: "officer-1"},
	} {
		b.Head, b.Changes = ledger.AnyHead, []register.Change{include(register.Process{Key: "x"})}
		_, err := f.Append(f.ctx, slug, b)
		f.wantCode(err, ledger.CodeInvalid)
	}
	_, err := f.Append(f.ctx, "nobody", ledger.Batch{Ground: ground, Actor: "a", Head: ledger.AnyHead})
	f.wantCode(err, ledger.CodeNotFound)
}

func testAllOrNothing(t *testing.T, f *fixture) {
	f.body(slug)
	f.refuse(ledger.CodeRefused, include(hiring), include(phone), include(hiring))
	var many []register.Change
	for i := range 1000 {
		many = append(many, include(register.Process{Key: fmt.Sprintf("p%d", i), Position: i}))
	}
	f.refuse(ledger.CodeRefused, append(many, many[0])...)
	if r := f.state(0); len(r.Processes) != 0 {
		t.Errorf("%d processes after refused batches, want none", len(r.Processes))
	}
	if v := f.verify(slug, ""); !v.OK {
		t.Error(v.Text)
	}
}

func testUnchanged(t *testing.T, f *fixture) {
	f.sample()
	r := f.append(slug, amend(phone))
	if r.From != 0 || r.To != 0 || r.Head.N != 12 || len(r.Unchanged) != 1 || r.Unchanged[0] != (ledger.Ref{Kind: register.KindTouchpoint, Key: "phone"}) {
		t.Errorf("receipt of an amendment without difference = %+v", r)
	}
	moved := phone
	moved.Value = "8 (8672) 11-11-11"
	r = f.append(slug, amend(moved), amend(moved), amend(room), amend(phone))
	if r.From != 13 || r.To != 14 || len(r.Unchanged) != 2 {
		t.Errorf("receipt = %+v, want entries 13 and 14 and two unchanged", r)
	}
	if p, _ := f.state(0).Touchpoint("phone"); p.Value != phone.Value {
		t.Errorf("value = %s, want that of the last amendment", p.Value)
	}
	if r := f.append(slug); r.To != 0 {
		t.Errorf("receipt of an empty batch = %+v", r)
	}
}

func testStale(t *testing.T, f *fixture) {
	f.sample()
	b := ledger.Batch{Changes: []register.Change{exclude(register.KindUsage, "u1")}, Ground: ground, Actor: "officer-1", Head: 12}
	if _, err := f.Append(f.ctx, slug, b); err != nil {
		t.Fatal(err)
	}
	b.Changes = []register.Change{exclude(register.KindUsage, "u2")}
	if _, err := f.Append(f.ctx, slug, b); !errors.Is(err, ledger.ErrStale) {
		t.Errorf("second batch at the same head: %v, want stale", err)
	}
	if h := f.head(slug); h.N != 13 {
		t.Errorf("head = %d, want 13", h.N)
	}
}

func testConcurrent(t *testing.T, f *fixture) {
	f.body(slug)
	const writers, each = 4, 10
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				_, err := f.Append(f.ctx, slug, ledger.Batch{Changes: []register.Change{include(register.Process{Key: fmt.Sprintf("p-%d-%d", w, i)})}, Ground: ground, Actor: "a", Head: ledger.AnyHead})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if h := f.head(slug); h.N != 3+writers*each {
		t.Errorf("head = %d, want %d", h.N, 3+writers*each)
	}
	if v := f.verify(slug, ""); !v.OK {
		t.Error(v.Text)
	}
	// Of those who looked at the same head, one wins.
	h := f.head(slug)
	var won sync.Map
	for w := range writers {
		wg.Go(func() {
			_, err := f.Append(f.ctx, slug, ledger.Batch{Changes: []register.Change{include(register.Process{Key: fmt.Sprintf("race-%d", w)})}, Ground: ground, Actor: "a", Head: h.N})
			switch {
			case err == nil:
				won.Store(w, true)
			case !errors.Is(err, ledger.ErrStale):
				t.Error(err)
			}
		})
	}
	wg.Wait()
	n := 0
	won.Range(func(any, any) bool { n++; return true })
	if n != 1 {
		t.Errorf("%d writers won, want one", n)
	}
}

func testCancelled(t *testing.T, f *fixture) {
	f.body(slug)
	ctx, cancel := context.WithCancel(f.ctx)
	var many []register.Change
	for i := range 2000 {
		many = append(many, include(register.Process{Key: fmt.Sprintf("p%d", i)}))
	}
	b := ledger.Batch{Changes: many, Ground: ground, Actor: "a", Head: ledger.AnyHead}
	_, err := f.AppendProgress(ctx, slug, b, func(done, total int) {
		if done > 0 && done < total {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want cancelled", err)
	}
	if h := f.head(slug); h.N != 3 {
		t.Errorf("head = %d after a cancelled batch, want 3", h.N)
	}
	done := 0
	if _, err := f.AppendProgress(f.ctx, slug, b, func(d, total int) { done = d }); err != nil || done != 2000 {
		t.Errorf("second try: %v, progress %d", err, done)
	}
}
