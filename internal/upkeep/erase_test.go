package upkeep_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/proof"
	"perechen/internal/register"
	"perechen/internal/store"
	"perechen/internal/testkit"
	"perechen/internal/upkeep"
)

// TestErasureReachesProposals: what the law takes out of the log is not left in a proposal, open or closed, nor in the files
// of the database.
func TestErasureReachesProposals(t *testing.T) {
	o := newCrowd(t)
	secret := func(t *register.Touchpoint) { t.Label = "Кабинет Ф.И. Секретовой" }
	first := o.submit("u-clerk", o.save("u-clerk", point(o, "t-204", secret)))
	same := o.submit("u-kadry-officer", o.save("u-kadry-officer", point(o, "t-204", secret), o.phone(newNumber)))
	if _, err := o.include("u-officer", first); err != nil {
		t.Fatal(err)
	}
	hs, err := o.l.History(o.ctx, o.slug, register.KindTouchpoint, "t-204")
	if err != nil {
		t.Fatal(err)
	}
	n := hs[len(hs)-1].N
	law := register.Ground{Act: "статья 21 Федерального закона № 152-ФЗ"}
	for _, a := range []upkeep.Actor{o.as("u-officer"), o.as("u-head"), {Admin: false}} {
		o.refuse("erasure by "+a.Account, upkeep.CodeRefused, func() error { return o.Erase(o.ctx, a, o.slug, n, law) })
	}
	o.direct(point(o, "t-204", func(t *register.Touchpoint) { t.Label = "Кабинет 204" }).Change)
	if err := o.Erase(o.ctx, upkeep.Actor{Account: "u-root", Admin: true}, o.slug, n, law); err != nil {
		t.Fatal(err)
	}
	p, err := o.Proposal(o.ctx, o.as("u-clerk"), o.slug, first.ID)
	if err != nil || p.State != upkeep.StateIncluded || !p.Content.Changes[0].Erased || p.Content.Changes[0].Content != nil || p.Outline.Text != "" {
		t.Errorf("the included proposal: %+v, %v", p, err)
	}
	q, err := o.Proposal(o.ctx, o.as("u-clerk"), o.slug, same.ID)
	if err != nil || q.State != upkeep.StateDraft || q.Hash != "" || len(q.Content.Changes) != 1 || q.Content.Changes[0].Key != "t-phone-kadry" {
		t.Errorf("the open proposal: %+v, %v", q, err)
	}
	o.refuse("inclusion of what was submitted before", upkeep.CodeStale, func() error { _, err := o.include("u-second", same); return err })
	if _, err := o.include("u-second", o.submit("u-clerk", q)); err != nil {
		t.Error(err)
	}
	if v, err := o.l.Verify(o.ctx, o.slug, "", nil); err != nil || !v.OK {
		t.Errorf("verify: %+v, %v", v, err)
	}
}

// TestErasedTextIsNotInTheFiles reads the files of the database as a thief would.
func TestErasedTextIsNotInTheFiles(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	s, err := store.OpenFile(ctx, filepath.Join(dir, store.DatabaseFile))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	key, err := proof.GenerateKey("perechen.test")
	if err != nil {
		t.Fatal(err)
	}
	d := upkeep.New(s.Upkeep(), ledger.New(s, key, time.Now), nil, time.Now)
	sample := testkit.Clean()
	slug := sample.Register.Organisation.Slug
	if err := d.Ledger().AddBody(ctx, sample.Register.Organisation, sample.Procedure, ground41, "local"); err != nil {
		t.Fatal(err)
	}
	const name = "Секретова"
	x := register.Touchpoint{Key: "t-x", Kind: "office", Label: "Кабинет Ф.И. " + name, Position: 1}
	include := register.Change{Op: register.Include, Kind: register.KindTouchpoint, Key: x.Key, Content: register.Encode(x)}
	if _, err := d.Save(ctx, upkeep.Local, slug, upkeep.Draft{ID: upkeep.NewID(), Content: upkeep.Content{Changes: []upkeep.ProposedChange{{Change: include}}}}); err != nil {
		t.Fatal(err)
	}
	r, err := d.Append(ctx, upkeep.Local, slug, ledger.Batch{Changes: []register.Change{include}, Ground: ground41, Head: ledger.AnyHead})
	if err != nil {
		t.Fatal(err)
	}
	inFiles := func() (n int) {
		files, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			b, err := os.ReadFile(filepath.Join(dir, f.Name()))
			if err != nil {
				t.Fatal(err)
			}
			n += bytes.Count(b, []byte(name)) + strings.Count(strings.ToLower(string(b)), strings.ToLower(name))
		}
		return n
	}
	if inFiles() == 0 {
		t.Fatal("the name is not in the files before it is erased: the test looks in the wrong place")
	}
	if err := d.Erase(ctx, upkeep.Local, slug, r.From, register.Ground{Act: "закон"}); err != nil {
		t.Fatal(err)
	}
	if n := inFiles(); n > 0 {
		t.Errorf("the erased name stands %d times in the files", n)
	}
}
