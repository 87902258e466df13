package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"time"

	"perechen/internal/auth"
	"perechen/internal/ledger"
	"perechen/internal/proof"
	"perechen/internal/register"
	"perechen/internal/store"
	"perechen/internal/testkit"
	"perechen/internal/upkeep"
	"perechen/internal/web"
)

// archived is how many proposals a body of forty departments leaves behind in a year.
const archived = 2000

// desk is how long the server takes over the working pages of a body of 500 processes × 20 points × 40 departments: signed
// in, nothing from a cache of pages.
func desk(ctx context.Context, dir string) error {
	s, err := store.OpenFile(ctx, filepath.Join(dir, "desk.db"))
	if err != nil {
		return err
	}
	defer s.Close()
	key, err := proof.GenerateKey("bench")
	if err != nil {
		return err
	}
	l := ledger.New(s, key, time.Now)
	d := upkeep.New(s.Upkeep(), l, nil, time.Now)
	accounts := auth.New(s.Accounts(), time.Now)
	who := map[string]upkeep.Actor{}
	tokens := map[string]string{}
	var cs []register.Change
	for _, login := range []string{"officer", "second", "clerk"} {
		const password = "benchmark-of-the-desk"
		a, err := accounts.Add(ctx, auth.By{Account: "local"}, auth.NewAccount{Login: login, Name: login, Email: login + "@example.org", Password: password})
		if err != nil {
			return err
		}
		in, err := accounts.SignIn(ctx, login, password, auth.From{Address: "127.0.0.1"})
		if err != nil {
			return err
		}
		who[login], tokens[login] = upkeep.Actor{Account: a.ID}, in.Token
		role := register.Appointment{Key: login, Role: register.RoleOfficer, Account: a.ID}
		if login == "clerk" {
			role.Role, role.Department = register.RoleDepartment, "d7"
		}
		cs = append(cs, register.Change{Op: register.Include, Kind: register.KindAppointment, Key: login, Subject: &role})
	}
	sample := testkit.Wide(500, 20, 40)
	org := sample.Register.Organisation
	ground := register.Ground{Clause: "4.1", Text: "bench"}
	if err := l.AddBody(ctx, org, sample.Procedure, ground, "local"); err != nil {
		return err
	}
	if _, err := d.Append(ctx, upkeep.Local, org.Slug, ledger.Batch{Changes: append(testkit.Changes(sample.Register), cs...), Ground: ground, Head: ledger.AnyHead}); err != nil {
		return err
	}
	w := deskWork{d, ctx, org.Slug, sample.Register.Touchpoints[20:], ground, 0}
	for range archived {
		p, err := w.save(who["clerk"])
		if err == nil {
			_, err = d.Withdraw(ctx, who["clerk"], org.Slug, p.ID, p.Version)
		}
		if err != nil {
			return err
		}
	}
	var queue []*upkeep.Proposal
	for range 60 {
		p, err := w.save(who["clerk"])
		if err == nil {
			p, err = d.Submit(ctx, who["clerk"], org.Slug, p.ID, p.Version)
		}
		if err != nil {
			return err
		}
		queue = append(queue, p)
	}
	h, err := web.New(l, web.Options{Desk: d, Accounts: accounts})
	if err != nil {
		return err
	}
	ask := func(login, address string) error {
		r := httptest.NewRequestWithContext(ctx, http.MethodGet, "/"+org.Slug+"/"+address, nil)
		r.Header.Set("Cookie", "session="+tokens[login])
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		if rec.Code != http.StatusOK {
			return fmt.Errorf("%s: %d", address, rec.Code)
		}
		return nil
	}
	if err := ask("officer", "proposals"); err != nil { // the state is read
		return err
	}
	point := w.points[0].Key
	for _, p := range []struct {
		what, login string
		address     func(i int) string
	}{
		{"my desk", "officer", func(int) string { return "desk" }},
		{fmt.Sprintf("queue of proposals, %d waiting, %d closed", len(queue), archived), "officer", func(int) string { return "proposals" }},
		{"closed proposals, a late page", "officer", func(int) string { return "proposals?view=closed&page=8" }},
		{"review of a proposal, first look", "officer", func(i int) string { return "proposals/" + queue[i].ID }},
		{"review of a proposal, again", "officer", func(int) string { return "proposals/" + queue[0].ID }},
		{"form of a point", "clerk", func(int) string { return "points/" + point + "/edit" }},
		{"a department's list to confirm", "clerk", func(int) string { return "confirm" }},
		{"tasks", "officer", func(int) string { return "tasks" }},
		{"bulk changes", "clerk", func(int) string { return "bulk" }},
		{"process register", "officer", func(int) string { return "process-register" }},
		{"edition to prepare", "officer", func(int) string { return "editions/prepare" }},
	} {
		i := -1
		took, err := median(21, func() error { i++; return ask(p.login, p.address(i)) })
		if err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			continue
		}
		add("desk of 500 × 20 × 40: "+p.what, took, "", 0, "≤ 50 ms")
	}
	if _, err := crawl(h, "session="+tokens["second"], "/"+org.Slug+"/", "/"+org.Slug+"/desk"); err != nil { // templates are parsed
		return err
	}
	pages, err := crawl(h, "session="+tokens["officer"], "/"+org.Slug+"/", "/"+org.Slug+"/desk")
	if err != nil {
		return err
	}
	for _, p := range pages[:min(5, len(pages))] {
		add(fmt.Sprintf("desk of 500 × 20 × 40: slowest of %d kinds of pages, %s", len(pages), p.address), p.took, "", 0, "≤ 50 ms")
	}
	i := -1
	took, err := median(21, func() error {
		i++
		_, _, err := d.Include(ctx, who["officer"], org.Slug, queue[i].ID, queue[i].Hash, register.Ground{})
		return err
	})
	if err != nil {
		return err
	}
	add("desk of 500 × 20 × 40: inclusion of a proposal, on the disk", took, "", 0, "≤ 50 ms")
	var after []time.Duration
	_, err = median(21, func() error { // what the one who wrote waits for next
		i++
		if _, _, err := d.Include(ctx, who["officer"], org.Slug, queue[i].ID, queue[i].Hash, register.Ground{}); err != nil {
			return err
		}
		written := time.Now()
		err := ask("officer", "proposals")
		after = append(after, time.Since(written))
		return err
	})
	if err != nil {
		return err
	}
	slices.Sort(after)
	add("desk of 500 × 20 × 40: first page after a write", after[len(after)/2], "", 0, "≤ 50 ms")
	took, err = median(21, func() error { _, err := w.save(who["clerk"]); return err })
	if err != nil {
		return err
	}
	add("desk of 500 × 20 × 40: a draft saved, on the disk", took, "", 0, "")
	return nil
}

// deskWork draws up proposals, each of another point.
type deskWork struct {
	*upkeep.Desk
	ctx    context.Context
	slug   string
	points []register.Touchpoint
	ground register.Ground
	n      int
}

func (w *deskWork) save(by upkeep.Actor) (*upkeep.Proposal, error) {
	t := w.points[w.n%len(w.points)]
	w.n++
	s, err := w.Subject(w.ctx, by, w.slug, register.KindTouchpoint, t.Key)
	if err != nil {
		return nil, err
	}
	t.Place = fmt.Sprintf("г. Примерск, ул. Мира, %d", w.n)
	return w.Save(w.ctx, by, w.slug, upkeep.Draft{ID: upkeep.NewID(), Content: upkeep.Content{Ground: w.ground, Changes: []upkeep.ProposedChange{
		{Change: register.Change{Op: register.Amend, Kind: register.KindTouchpoint, Key: t.Key, Content: register.Encode(t)}, Base: s.Base}}}})
}
