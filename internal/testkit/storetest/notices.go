package storetest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"perechen/internal/upkeep"
)

// Notices tests the stores of notices that open gives: each call a new, empty one, closed by t.Cleanup.
func Notices(t *testing.T, open func(t *testing.T) upkeep.Store) {
	t.Run("Notices", func(t *testing.T) { testNotices(t, open(t)) })
	t.Run("NoticesMail", func(t *testing.T) { testNoticesMail(t, open(t)) })
	t.Run("NoticesLease", func(t *testing.T) { testNoticesLease(t, open(t)) })
}

func tell(t *testing.T, s upkeep.Store, ns ...upkeep.Notice) (fresh int) {
	t.Helper()
	err := s.Update(t.Context(), func(tx upkeep.Tx) error {
		fresh = 0
		for _, n := range ns {
			ok, err := tx.PutNotice(t.Context(), n)
			if err != nil {
				return err
			}
			if ok {
				fresh++
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return fresh
}

func notice(account, event string, mail int, due time.Time) upkeep.Notice {
	return upkeep.Notice{Account: account, Event: event, Body: "komzan", Kind: "recorded", Text: "Новая задача.", Href: "/komzan/tasks/" + event, Created: day, Mail: mail, Due: due}
}

func testNotices(t *testing.T, s upkeep.Store) {
	if n := tell(t, s, notice("u-1", "a", 0, day), notice("u-1", "b", 0, day), notice("u-2", "a", 0, day), notice("u-1", "a", 1, day)); n != 3 {
		t.Errorf("%d notices are new, want 3: nobody is told of one event twice", n)
	}
	list := func(account string, unseen bool, offset, limit int) (events string, total int) {
		t.Helper()
		err := s.View(t.Context(), func(v upkeep.View) error {
			ns, n, err := v.Notices(t.Context(), account, unseen, offset, limit)
			total, events = n, ""
			for _, x := range ns {
				events += x.Event
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return events, total
	}
	if events, total := list("u-1", true, 0, 10); events != "ba" || total != 2 {
		t.Errorf("notices of u-1: %q, %d in all", events, total)
	}
	if events, total := list("u-1", true, 1, 1); events != "a" || total != 2 {
		t.Errorf("the second page: %q, %d in all", events, total)
	}
	err := s.Update(t.Context(), func(tx upkeep.Tx) error {
		ns, _, err := tx.Notices(t.Context(), "u-2", true, 0, 1)
		if err != nil {
			return err
		}
		if n, err := tx.SeeNotices(t.Context(), "u-1", []int64{ns[0].ID}, day); n != 0 || err != nil {
			t.Errorf("another's notice is ticked off: %d, %v", n, err)
		}
		n, err := tx.SeeNotices(t.Context(), "u-1", nil, day)
		if n != 2 {
			t.Errorf("%d are ticked off, want 2", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if events, _ := list("u-1", true, 0, 10); events != "" {
		t.Errorf("not ticked off: %q", events)
	}
	if events, total := list("u-1", false, 0, 10); events != "ba" || total != 2 {
		t.Errorf("with the ticked off ones: %q, %d", events, total)
	}
	for _, mode := range []string{"", upkeep.ModeDaily, upkeep.ModeNone} {
		err := s.Update(t.Context(), func(tx upkeep.Tx) error {
			if mode != "" {
				if err := tx.SetMailMode(t.Context(), "u-1", mode); err != nil {
					return err
				}
			}
			got, err := tx.MailMode(t.Context(), "u-1")
			if got != mode {
				t.Errorf("the mode is %q, want %q", got, mode)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// lease takes a message, under the id given for a new one.
func lease(ctx context.Context, s upkeep.Store, id string, now time.Time) (b upkeep.MailBatch, ok bool, err error) {
	err = s.Update(ctx, func(tx upkeep.Tx) (err error) {
		b, ok, err = tx.LeaseMail(ctx, id, now, now.Add(time.Minute))
		return err
	})
	return b, ok, err
}

func testNoticesMail(t *testing.T, s upkeep.Store) {
	tell(t, s, notice("u-1", "a", upkeep.MailWaits, day), notice("u-1", "b", upkeep.MailWaits, day), notice("u-1", "c", upkeep.MailWaits, day.Add(time.Hour)),
		notice("u-2", "d", upkeep.MailWaits, day.Add(time.Minute)), notice("u-2", "e", upkeep.MailNone, day))
	take := func(id string, now time.Time, want string) upkeep.MailBatch {
		t.Helper()
		b, ok, err := lease(t.Context(), s, id, now)
		got := ""
		if ok {
			got = b.ID + " " + b.Account
			for _, n := range b.Notices {
				got += " " + n.Event
			}
		}
		if got != want || err != nil {
			t.Errorf("leased %q, %v; want %q", got, err, want)
		}
		return b
	}
	done := func(b upkeep.MailBatch, state int, due time.Time, want bool) {
		t.Helper()
		err := s.Update(t.Context(), func(tx upkeep.Tx) error {
			ok, err := tx.DoneMail(t.Context(), b, state, "451 later", due)
			if ok != want {
				t.Errorf("DoneMail of %s = %v, want %v", b.ID, ok, want)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	now := day.Add(2 * time.Minute)
	first := take("m1", now, "m1 u-1 a b")
	second := take("m2", now, "m2 u-2 d")
	take("m3", now, "")
	done(first, upkeep.MailWaits, now.Add(10*time.Minute), true)
	done(second, upkeep.MailSent, now, true)
	take("m4", now.Add(5*time.Minute), "")
	again := take("m5", now.Add(10*time.Minute), "m1 u-1 a b") // the same message, whatever else waits
	if again.Tries != 2 {
		t.Errorf("it was tried %d times, want 2", again.Tries)
	}
	// The node dies; another takes the message when the lease is over, and the first has lost it.
	third := take("m6", now.Add(12*time.Minute), "m1 u-1 a b")
	done(again, upkeep.MailSent, now, false)
	done(third, upkeep.MailFailed, now, true)
	err := s.Update(t.Context(), func(tx upkeep.Tx) error {
		_, err := tx.SeeNotices(t.Context(), "u-1", nil, now)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	take("m7", now.Add(3*time.Hour), "") // c was ticked off before it went
	err = s.View(t.Context(), func(v upkeep.View) error {
		due, err := v.MailDue(t.Context(), now.Add(time.Hour))
		if due {
			t.Error("something is due still")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Many nodes at one outbox: each message is leased once.
func testNoticesLease(t *testing.T, s upkeep.Store) {
	const people, nodes = 12, 4
	for i := range people {
		tell(t, s, notice(fmt.Sprintf("u-%d", i), "a", upkeep.MailWaits, day), notice(fmt.Sprintf("u-%d", i), "b", upkeep.MailWaits, day))
	}
	var mu sync.Mutex
	taken := map[string]int{}
	var wg sync.WaitGroup
	for node := range nodes {
		wg.Go(func() {
			for i := 0; ; i++ {
				b, ok, err := lease(t.Context(), s, fmt.Sprintf("m-%d-%d", node, i), day)
				if err != nil {
					t.Error(err)
					return
				}
				if !ok {
					return
				}
				mu.Lock()
				for _, n := range b.Notices {
					taken[n.Account+n.Event]++
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if len(taken) != 2*people {
		t.Errorf("%d notices were taken, want %d", len(taken), 2*people)
	}
	for n, times := range taken {
		if times != 1 {
			t.Errorf("%s was taken %d times", n, times)
		}
	}
}
