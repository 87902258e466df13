package upkeep_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"perechen/internal/outgoing"
	"perechen/internal/pointhealth"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// A weather is what the network is like: what it says of addresses; others answer.
type weather map[string]error

func (w weather) Ask(_ context.Context, address string) (outgoing.Answer, error) {
	return outgoing.Answer{URL: address, Status: 200}, w[address]
}
func (w weather) MailDomain(_ context.Context, domain string) error { return w[domain] }

// healthTasks are the tasks that broken points have opened.
func healthTasks(b *bureau) (open, closed []register.Task) {
	b.Helper()
	r, err := b.ledger.State(context.Background(), slug, 0)
	if err != nil {
		b.Fatal(err)
	}
	for _, t := range r.Tasks {
		switch {
		case !strings.HasPrefix(t.Key, "health-"):
		case t.Done == "":
			open = append(open, t)
		default:
			closed = append(closed, t)
		}
	}
	return open, closed
}

// TestABrokenPointIsAFindingAndATask: off until the officer says so; one task for a breakage, closed by an answer or by a
// decision, which holds until the contact is another one.
func TestABrokenPointIsAFindingAndATask(t *testing.T) {
	b := newBureau(t)
	ctx := t.Context()
	b.append(include(register.KindTouchpoint, "site", register.Touchpoint{Key: "site", Kind: "phone", Label: "Сайт", Value: "https://example.ru/", Contact: "https://example.ru/", Department: "it", Position: 4}),
		include(register.KindTouchpoint, "box", register.Touchpoint{Key: "box", Kind: "phone", Label: "Ящик", Value: "a@example.ru", Contact: "a@example.ru", Department: "kadry", Position: 5}))
	down := weather{"https://example.ru/": &outgoing.Error{Code: outgoing.Unreachable, Text: "Соединиться с сайтом не удалось."}}
	look := func(w weather, after time.Duration) {
		t.Helper()
		b.now = b.now.Add(after)
		if err := b.LookAtAll(ctx, w, func(string, int, int) {}); err != nil {
			t.Fatal(err)
		}
	}
	expect := func(what string, wantOpen, wantClosed int) {
		t.Helper()
		open, closed := healthTasks(b)
		if len(open) != wantOpen || len(closed) != wantClosed {
			t.Fatalf("%s: open %+v, closed %+v", what, open, closed)
		}
	}
	look(down, 0)
	if _, rs, err := b.Health(ctx, slug); err != nil || len(rs) != 0 {
		t.Fatalf("what is off was looked at: %+v, %v", rs, err)
	}
	for _, who := range []upkeep.Actor{kadry, chief, {}} {
		if err := b.SetHealth(ctx, who, slug, true); upkeep.CodeOf(err) != upkeep.CodeRefused {
			t.Errorf("%s switches it on: %v", who.Account, err)
		}
	}
	if err := b.MayAskHealth(ctx, officer, slug); upkeep.CodeOf(err) != upkeep.CodeStale {
		t.Errorf("asked while it is off: %v", err)
	}
	if err := b.SetHealth(ctx, officer, slug, true); err != nil {
		t.Fatal(err)
	}
	for _, who := range []upkeep.Actor{chief, {}} {
		if err := b.MayAskHealth(ctx, who, slug); upkeep.CodeOf(err) != upkeep.CodeRefused {
			t.Errorf("%s asks: %v", who.Account, err)
		}
	}
	look(down, 0)
	look(weather{}, time.Hour)
	look(down, time.Hour)
	expect("hiccups", 0, 0)
	look(down, 2*time.Hour)
	expect("a breakage", 1, 0)
	look(down, time.Hour)
	expect("the same breakage", 1, 0)
	open, _ := healthTasks(b)
	if x := open[0]; x.Department != "it" || x.Subject != "site" || x.Kind != register.KindTouchpoint || x.Clause != "4.1" || x.Due == "" || !strings.Contains(x.Reason, "Соединиться с сайтом не удалось.") {
		t.Errorf("the task is %+v", x)
	}
	look(weather{}, time.Hour)
	expect("it answers again", 0, 1)
	look(down, time.Hour)
	look(down, 2*time.Hour)
	expect("the next breakage", 1, 0)

	if err := b.DecideHealth(ctx, it, slug, "site", "так надо"); upkeep.CodeOf(err) != upkeep.CodeRefused {
		t.Errorf("a department decides: %v", err)
	}
	if err := b.DecideHealth(ctx, officer, slug, "site", " "); upkeep.CodeOf(err) != upkeep.CodeInvalid {
		t.Errorf("without a reason: %v", err)
	}
	if err := b.DecideHealth(ctx, officer, slug, "box", "так надо"); upkeep.CodeOf(err) != upkeep.CodeStale {
		t.Errorf("about a point that answers: %v", err)
	}
	if err := b.DecideHealth(ctx, officer, slug, "site", "сайт открыт только из сети органа"); err != nil {
		t.Fatal(err)
	}
	expect("decided", 0, 1)
	look(down, 2*time.Hour)
	look(down, 2*time.Hour)
	expect("the decision stays", 0, 1)

	site := register.Touchpoint{Key: "site", Kind: "phone", Label: "Сайт", Value: "https://new.example.ru/", Contact: "https://new.example.ru/", Department: "it", Position: 4}
	b.append(register.Change{Op: register.Amend, Kind: register.KindTouchpoint, Key: "site", Content: register.Encode(site)})
	still := weather{"https://new.example.ru/": &outgoing.Error{Code: outgoing.NoName, Text: "Имени нет."}}
	look(still, time.Hour)
	look(still, 2*time.Hour)
	expect("another contact is another matter", 1, 0)
	if _, err := b.SettleTask(ctx, it, slug, func() string { open, _ := healthTasks(b); return open[0].Key }(), "сайт откроют в понедельник"); err != nil {
		t.Fatal(err)
	}
	look(still, time.Hour)
	expect("settled by the department", 0, 1)

	b.append(register.Change{Op: register.Exclude, Kind: register.KindTouchpoint, Key: "site"})
	look(weather{}, time.Hour)
	_, rs, err := b.Health(ctx, slug)
	if err != nil || len(rs) != 1 || rs[0].Point != "box" || rs[0].Last().Verdict != pointhealth.Good {
		t.Errorf("of points that are gone something is kept: %+v, %v", rs, err)
	}
}
