package upkeep_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// everybody has a mailbox; only those who are named here are blocked.
type everybody struct{ blocked []string }

func (e everybody) Person(_ context.Context, account string) (upkeep.Person, bool, error) {
	return upkeep.Person{Account: account, Name: "Лицо " + account, Email: account + "@example.ru", Blocked: slices.Contains(e.blocked, account)}, account != "u-gone", nil
}

// A box is a mailer that keeps what it is given, while it works.
type box struct {
	fail error
	sent []upkeep.Letter
	seen []string // ids of all attempts
}

func (b *box) Send(_ context.Context, l upkeep.Letter) error {
	b.seen = append(b.seen, l.ID)
	if b.fail == nil {
		b.sent = append(b.sent, l)
	}
	return b.fail
}

// letters says each letter as «mailbox: text; text».
func (b *box) letters() []string {
	var out []string
	for _, l := range b.sent {
		var texts []string
		for _, n := range l.Notices {
			texts = append(texts, n.Text)
		}
		out = append(out, l.Address+": "+strings.Join(texts, " "))
	}
	b.sent = nil
	return out
}

// telling gives the bureau people, notices and a post.
func (b *bureau) telling(m upkeep.Mailer, people upkeep.People) *upkeep.Post {
	b.Helper()
	b.Desk = upkeep.New(b.store, b.ledger, people, func() time.Time { return b.now })
	b.On(b.Notify)
	return upkeep.NewPost(b.Desk, m, slog.New(slog.DiscardHandler))
}

func (b *bureau) send(p *upkeep.Post) {
	b.Helper()
	for {
		more, err := p.SendOne(context.Background())
		if err != nil {
			b.Fatal(err)
		}
		if !more {
			return
		}
	}
}

func (b *bureau) remind(p *upkeep.Post) {
	b.Helper()
	if err := p.Remind(context.Background()); err != nil {
		b.Fatal(err)
	}
}

func (b *bureau) unseen(a upkeep.Actor) []string {
	b.Helper()
	ns, _, err := b.Notices(context.Background(), a, true, 0, 100)
	if err != nil {
		b.Fatal(err)
	}
	var out []string
	for _, n := range ns {
		out = append(out, n.Text)
	}
	return out
}

func TestPeopleAreToldOfNewTasksOnce(t *testing.T) {
	b := newBureau(t)
	m := &box{}
	p := b.telling(m, everybody{})
	b.append(register.Change{Op: register.Exclude, Kind: register.KindUsage, Key: "post.tel"}) // a usage goes: tasks follow
	b.append(include(register.KindTouchpoint, "tel2", register.Touchpoint{Key: "tel2", Kind: "phone", Label: "Второй телефон", Position: 4}))
	changed := register.Touchpoint{Key: "tel", Kind: "office", Label: "Телефон", Position: 3}
	b.append(register.Change{Op: register.Amend, Kind: register.KindTouchpoint, Key: "tel", Content: register.Encode(changed)})
	told := map[string][]string{}
	for _, a := range []upkeep.Actor{officer, kadry, it, chief} {
		told[a.Account] = b.unseen(a)
	}
	var open []string
	r, err := b.ledger.State(t.Context(), slug, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range r.Tasks {
		if x.Done == "" {
			open = append(open, x.Department+": "+x.Reason)
		}
	}
	if len(open) == 0 {
		t.Fatal("nothing opened a task")
	}
	for _, x := range open {
		department, reason, _ := strings.Cut(x, ": ")
		to := map[string]string{"kadry": "u-kadry", "it": "u-it", "": "u-officer"}[department]
		if !slices.ContainsFunc(told[to], func(text string) bool {
			return strings.HasPrefix(text, "Новая задача") && strings.Contains(text, reason)
		}) {
			t.Errorf("%s is not told of %q: %q", to, x, told[to])
		}
	}
	b.remind(p) // the same day: the stage is «opened», of which they were told
	for _, a := range []upkeep.Actor{officer, kadry, it, chief} {
		if again := b.unseen(a); len(again) != len(told[a.Account]) {
			t.Errorf("%s is told again: %q", a.Account, again)
		}
	}
	b.send(p)
	before := len(m.seen)
	if before == 0 {
		t.Error("no letter was sent")
	}
	b.send(p)
	if len(m.seen) != before {
		t.Error("letters were sent twice")
	}
}

func TestRemindersComeOnWorkingDaysAndOnce(t *testing.T) {
	b := newBureau(t)
	m := &box{}
	p := b.telling(m, everybody{})
	changed := register.Touchpoint{Key: "tel", Kind: "office", Label: "Телефон", Position: 3}
	b.append(register.Change{Op: register.Amend, Kind: register.KindTouchpoint, Key: "tel", Content: register.Encode(changed)})
	b.send(p)
	m.letters()
	told := map[string]int{}
	for day := 0; day < 60; day++ {
		b.now = time.Date(2026, 11, 20+day, 0, 5, 0, 0, time.UTC) // at night, a few minutes after the day has begun
		weekend := b.now.Weekday() == time.Saturday || b.now.Weekday() == time.Sunday
		for range 3 {
			b.remind(p)
			p = b.restart(p, m)
		}
		b.send(p)
		if night := m.letters(); len(night) > 0 {
			t.Errorf("%s at night: %q", b.now.Format(time.DateOnly), night)
		}
		b.now = b.now.Add(8 * time.Hour)
		b.send(p)
		morning := m.letters()
		if weekend && len(morning) > 0 {
			t.Errorf("on a weekend, %s: %q", b.now.Format("Mon 02.01"), morning)
		}
		for _, l := range morning {
			told[l]++
		}
	}
	if len(told) < 3 {
		t.Errorf("only these reminders came: %v", told)
	}
	head, calendar := false, false
	for l, n := range told {
		calendar = calendar || strings.HasPrefix(l, "u-officer@") && strings.Contains(l, "календарь на 2027 год не внесён")
		if n > 1 {
			t.Errorf("%d times: %s", n, l)
		}
		head = head || strings.HasPrefix(l, "u-head@")
	}
	if !calendar {
		t.Errorf("nobody was told in December that the calendar of the next year is missing: %v", told)
	}
	if !head {
		t.Errorf("what was overdue never reached the head: %v", told)
	}
}

// restart is the program started anew: it remembers nothing but what is in the database.
func (b *bureau) restart(_ *upkeep.Post, m upkeep.Mailer) *upkeep.Post {
	return upkeep.NewPost(b.Desk, m, slog.New(slog.DiscardHandler))
}

func TestLettersAreTriedAgainWithGrowingPauses(t *testing.T) {
	b := newBureau(t)
	m := &box{fail: errors.New("connection refused")}
	p := b.telling(m, everybody{})
	b.tell(kadry)
	start := b.now
	var at []time.Duration
	for range 60 * 24 {
		before := len(m.seen)
		b.send(p)
		if len(m.seen) > before {
			at = append(at, b.now.Sub(start))
		}
		b.now = b.now.Add(time.Minute)
	}
	for i := 2; i < len(at); i++ {
		if at[i]-at[i-1] < at[i-1]-at[i-2] {
			t.Errorf("the pauses do not grow: tried at %v", at)
			break
		}
	}
	if len(at) < 6 || len(at) > 14 {
		t.Errorf("in a day it was tried %d times, at %v", len(at), at)
	}
	if ids := slices.Compact(slices.Clone(m.seen)); len(ids) != 1 {
		t.Errorf("the same letter went under %d names: %q", len(ids), ids)
	}
	m.fail = nil
	b.now = b.now.Add(6 * time.Hour)
	b.send(p)
	if got := m.letters(); len(got) != 1 || !strings.HasPrefix(got[0], "u-kadry@example.ru: Вам поручена роль") {
		t.Errorf("when the server is back, this is sent: %q", got)
	}
}

func TestALetterIsGivenUpWhenItsMailboxIsRefused(t *testing.T) {
	b := newBureau(t)
	m := &box{fail: fmt.Errorf("550 no such user: %w", upkeep.ErrPermanent)}
	p := b.telling(m, everybody{})
	b.tell(kadry)
	for range 10 {
		b.send(p)
		b.now = b.now.Add(time.Hour)
	}
	if len(m.seen) != 1 {
		t.Errorf("it was tried %d times", len(m.seen))
	}
	if got := b.unseen(kadry); len(got) != 1 {
		t.Errorf("in the pages there is %q", got)
	}
}

// tell appoints a reader, which is told to him.
func (b *bureau) tell(to ...upkeep.Actor) {
	b.Helper()
	for _, a := range to {
		x := register.Appointment{Role: register.RoleReader, Person: "Лицо", Account: a.Account, Act: register.Act{Kind: "приказ", Number: "12-р", Date: "2026-11-01"}}
		if _, err := b.Appoint(context.Background(), chief, slug, x, ""); err != nil {
			b.Fatal(err)
		}
	}
}

func TestMailGoesAsThePersonWants(t *testing.T) {
	b := newBureau(t)
	m := &box{}
	p := b.telling(m, everybody{blocked: []string{"u-blocked"}})
	for mode, a := range map[string]upkeep.Actor{upkeep.ModeDaily: kadry, upkeep.ModeNone: it} {
		if err := b.SetMailMode(t.Context(), a, mode); err != nil {
			t.Fatal(err)
		}
	}
	b.tell(kadry, it, officer, upkeep.Actor{Account: "u-blocked"})
	b.send(p) // Friday, 10:00
	if got := m.letters(); len(got) != 1 || !strings.HasPrefix(got[0], "u-officer@") {
		t.Errorf("at once: %q", got)
	}
	if got := b.unseen(it); len(got) != 1 {
		t.Errorf("who wants no letters still sees %q in the pages", got)
	}
	revoke := func(a upkeep.Actor) {
		t.Helper()
		r, err := b.ledger.State(t.Context(), slug, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range r.Appointments {
			if x.Account == a.Account && x.Role == register.RoleReader {
				if err := b.Revoke(t.Context(), chief, slug, x.Key, "", ""); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	b.now = b.now.Add(time.Hour)
	revoke(kadry)
	for b.now.Weekday() != time.Monday || b.now.Hour() < 9 {
		b.send(p)
		if got := m.letters(); len(got) > 0 && b.now.Before(time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)) {
			t.Errorf("%s: %q", b.now, got)
		} else if len(got) > 0 && (len(got) != 1 || strings.Count(got[0], ".") < 3) {
			t.Errorf("the digest is %q", got)
		} else if len(got) == 1 {
			return
		}
		b.now = b.now.Add(30 * time.Minute)
	}
	t.Error("the digest of Monday morning did not come")
}

func TestARefusedActTellsNobody(t *testing.T) {
	b := newBureau(t)
	b.telling(&box{}, everybody{})
	b.On(func(context.Context, upkeep.Tx, upkeep.Event) error { return errors.New("the disk is full") })
	x := register.Appointment{Role: register.RoleReader, Person: "Лицо", Account: "u-kadry", Act: register.Act{Number: "12-р", Date: "2026-11-01"}}
	if _, err := b.Appoint(t.Context(), chief, slug, x, ""); err == nil {
		t.Fatal("it went through")
	}
	if got := b.unseen(kadry); len(got) > 0 {
		t.Errorf("what did not happen was told: %q", got)
	}
}

func TestAppointments(t *testing.T) {
	b := newBureau(t)
	b.telling(&box{}, everybody{})
	x := register.Appointment{Role: register.RoleOfficer, Person: "Лицо", Account: "u-new", Department: "kadry", Act: register.Act{Kind: "приказ", Number: "01-02/01", Date: "2026-11-02"}, From: "2026-11-02"}
	if _, err := b.Appoint(t.Context(), officer, slug, x, ""); upkeep.CodeOf(err) != upkeep.CodeRefused {
		t.Errorf("an officer appoints: %v", err)
	}
	if _, err := b.Appoint(t.Context(), upkeep.Actor{Account: "u-admin", Admin: true}, slug, x, ""); err != nil {
		t.Errorf("an administrator: %v", err)
	}
	y := x
	y.Account = "u-new2"
	if _, err := b.Appoint(t.Context(), chief, slug, y, ""); err != nil {
		t.Errorf("a second officer by the same act: %v", err)
	}
	y.Account, y.Department, y.Deputy, y.From, y.To = "u-new", "", true, "2026-11-23", "2026-12-06"
	y, err := b.Appoint(t.Context(), chief, slug, y, "")
	if err != nil {
		t.Fatalf("a deputy for two weeks: %v", err)
	}
	base := upkeep.AppointmentBase(y)
	y.To = "2026-12-13"
	if y, err = b.Appoint(t.Context(), chief, slug, y, base); err != nil {
		t.Errorf("a longer term: %v", err)
	}
	if _, err := b.Appoint(t.Context(), chief, slug, y, base); upkeep.CodeOf(err) != upkeep.CodeStale {
		t.Errorf("on top of something newer: %v", err)
	}
	if err := b.Revoke(t.Context(), chief, slug, y.Key, base, ""); upkeep.CodeOf(err) != upkeep.CodeStale {
		t.Errorf("revoking what was changed: %v", err)
	}
	if err := b.Revoke(t.Context(), chief, slug, "officer-nothing", "", ""); upkeep.CodeOf(err) != upkeep.CodeNotFound {
		t.Errorf("revoking nothing: %v", err)
	}
	for field, spoil := range map[string]func(*register.Appointment){
		"role": func(a *register.Appointment) { a.Role = "king" }, "person": func(a *register.Appointment) { a.Person = " " },
		"department": func(a *register.Appointment) { a.Department = "nowhere" }, "act.number": func(a *register.Appointment) { a.Act.Number = "" },
		"act.date": func(a *register.Appointment) { a.Act.Date = "2027-01-01" }, "from": func(a *register.Appointment) { a.From = "2026-02-31" },
		"to": func(a *register.Appointment) { a.To = "2026-01-01" }, "account": func(a *register.Appointment) { a.Account = "u-gone" },
	} {
		z := x
		z.Account, z.Key = "u-other", ""
		spoil(&z)
		_, err := b.Appoint(t.Context(), chief, slug, z, "")
		var e *upkeep.Error
		if !errors.As(err, &e) || e.Code != upkeep.CodeInvalid || !slices.ContainsFunc(e.Fields, func(f upkeep.FieldError) bool { return f.Field == field }) {
			t.Errorf("a wrong %s: %v", field, err)
		}
	}
	before, err := b.ledger.Head(t.Context(), slug)
	if err != nil {
		t.Fatal(err)
	}
	var entries []register.Entry
	if err := b.ledger.Entries(t.Context(), slug, 1, before.N, func(e register.Entry) error {
		if e.Kind == register.KindAppointment {
			entries = append(entries, e)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.Contains(e.Key+e.Ground.Text+e.Ground.Act, "Лицо") {
			t.Errorf("entry %d names a person outside its erasable content: %+v", e.N, e)
		}
	}
}
