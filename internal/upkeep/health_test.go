package upkeep_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"perechen/internal/jobs"
	"perechen/internal/ledger"
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
	r, err := b.ledger.State(ctx, slug, 0)
	if err != nil || len(r.Decisions) != 1 || r.Decisions[0].Reason != "сайт открыт только из сети органа" {
		t.Errorf("of the decision is left %+v, %v", r.Decisions, err)
	}
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

// TestABrokenPointIsToldOnceWhicheverNodeLooks: three nodes share the schedule, one of them looks each time; two that look at once,
// because one was taken for dead, open one task; the department is told of it once, in the page and by letter, with the reason.
func TestABrokenPointIsToldOnceWhicheverNodeLooks(t *testing.T) {
	b := newBureau(t)
	m := &box{}
	post := b.telling(m, everybody{})
	ctx := t.Context()
	b.append(include(register.KindTouchpoint, "site", register.Touchpoint{Key: "site", Kind: "phone", Label: "Сайт", Value: "https://example.ru/", Contact: "https://example.ru/", Department: "it", Position: 4}))
	before := b.unseen(it)
	if err := b.SetHealth(ctx, officer, slug, true); err != nil {
		t.Fatal(err)
	}
	down := &counted{weather: weather{"https://example.ru/": &outgoing.Error{Code: outgoing.NoName, Text: "Имени «example.ru» нет: такого сайта не существует."}}}
	clock := b.now
	var nodes []*jobs.Runner
	for range 3 {
		nodes = append(nodes, jobs.NewRunner(b.jobs, jobs.Options{Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return clock }}, jobs.Job{Name: "health", Next: jobs.Every(2 * time.Hour).Next(time.UTC), Waits: true,
			Run: func(ctx context.Context, _ *jobs.Progress) (jobs.Outcome, error) {
				return jobs.Done, b.LookAtAll(ctx, down, func(string, int, int) {})
			}}))
	}
	look := func(want int64) {
		t.Helper()
		var wg sync.WaitGroup
		for _, n := range nodes {
			wg.Go(func() {
				if err := n.Look(ctx); err != nil {
					t.Error(err)
				}
				n.Wait()
			})
		}
		wg.Wait()
		if got := down.asked.Load(); got != want {
			t.Fatalf("the site was asked %d times, want %d", got, want)
		}
	}
	look(0) // nothing at the start
	for hours := range int64(3) {
		clock = clock.Add(2 * time.Hour)
		b.now = clock
		look(hours + 1)
	}
	nodes = nodes[1:] // one has died
	clock = clock.Add(2 * time.Hour)
	b.now = clock
	look(4)
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			if err := b.LookAtAll(ctx, down, func(string, int, int) {}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	open, _ := healthTasks(b)
	if len(open) != 1 {
		t.Fatalf("the tasks are %+v", open)
	}
	told := slices.DeleteFunc(b.unseen(it), func(text string) bool { return slices.Contains(before, text) })
	if len(told) != 1 || !strings.Contains(told[0], "такого сайта не существует") {
		t.Errorf("the department is told %q", told)
	}
	b.send(post)
	letters := slices.DeleteFunc(m.letters(), func(l string) bool { return !strings.Contains(l, "такого сайта не существует") })
	if len(letters) != 1 || !strings.HasPrefix(letters[0], "u-it@example.ru") {
		t.Errorf("the letters are %q", letters)
	}
}

// A counted weather knows how often it was asked.
type counted struct {
	weather
	asked atomic.Int64
}

func (c *counted) Ask(ctx context.Context, address string) (outgoing.Answer, error) {
	c.asked.Add(1)
	return c.weather.Ask(ctx, address)
}

// TestOneBodyThatFailsKeepsNoOtherFromBeingLookedAt: what goes wrong in one is said, after all have been looked at.
func TestOneBodyThatFailsKeepsNoOtherFromBeingLookedAt(t *testing.T) {
	b := newBureau(t)
	p, err := b.ledger.Procedure(t.Context(), slug, 0)
	if err != nil {
		t.Fatal(err)
	}
	site := register.Touchpoint{Key: "site", Kind: "phone", Label: "Сайт", Value: "https://example.ru/", Contact: "https://example.ru/"}
	for _, other := range []string{"aaa", "zzz"} {
		if err := b.ledger.AddBody(t.Context(), register.Organisation{Slug: other, Name: "Комитет"}, p, register.Ground{Text: "начало"}, "local"); err != nil {
			t.Fatal(err)
		}
		if _, err := b.ledger.Append(t.Context(), other, ledger.Batch{Changes: []register.Change{include(register.KindTouchpoint, "site", site)}, Ground: register.Ground{Text: "x"}, Actor: "local", Head: ledger.AnyHead}); err != nil {
			t.Fatal(err)
		}
		if err := b.SetHealth(t.Context(), upkeep.Local, other, true); err != nil {
			t.Fatal(err)
		}
	}
	seen := &counted{weather: weather{}}
	fails := errors.New("the disk is full")
	d := upkeep.New(failing{b.store, "aaa", fails}, b.ledger, nil, func() time.Time { return b.now })
	if err := d.LookAtAll(t.Context(), seen, func(string, int, int) {}); !errors.Is(err, fails) {
		t.Errorf("what went wrong is not said: %v", err)
	}
	if n := seen.asked.Load(); n != 1 {
		t.Errorf("%d sites were asked, want that of the other body", n)
	}
}

// A failing store cannot say of one body whether its points are looked at.
type failing struct {
	upkeep.Store
	slug string
	err  error
}

func (f failing) View(ctx context.Context, fn func(upkeep.View) error) error {
	return f.Store.View(ctx, func(v upkeep.View) error { return fn(failingView{v, f}) })
}

type failingView struct {
	upkeep.View
	f failing
}

func (v failingView) HealthSetting(ctx context.Context, slug string) (pointhealth.Setting, error) {
	if slug == v.f.slug {
		return pointhealth.Setting{}, v.f.err
	}
	return v.View.HealthSetting(ctx, slug)
}
