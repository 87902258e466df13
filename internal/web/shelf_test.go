package web

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"perechen/internal/register"
	"perechen/internal/testkit"
)

// counted counts how often a register was read.
type counted struct {
	Reader
	states atomic.Int32
}

func (c *counted) State(ctx context.Context, slug string, n int64) (*register.Register, error) {
	c.states.Add(1)
	return c.Reader.State(ctx, slug, n)
}

// restart makes the pages as a program does that has just been started, and counts what they read.
func (w *world) restart(t *testing.T) *counted {
	t.Helper()
	c := &counted{Reader: w.reopen()}
	h, err := New(c, Options{Now: w.Now, Log: slog.New(slog.DiscardHandler), Shelf: w.store})
	if err != nil {
		t.Fatal(err)
	}
	w.handler = noting(h)
	return c
}

// The first page of a body outlives the program; whatever it depends on makes another.
func TestFirstPageOutlivesTheProgram(t *testing.T) {
	w := newWorld(t, Options{})
	w.add(t, "komzan", testkit.Committee())
	first := func() string {
		t.Helper()
		res, body := w.try(t, http.MethodGet, "/komzan/")
		if res.StatusCode != http.StatusOK {
			t.Fatalf("GET /komzan/: %d", res.StatusCode)
		}
		return body
	}
	if c := w.restart(t); first() == "" || c.states.Load() == 0 {
		t.Fatal("the first page of all was made without reading the register")
	}
	before := first()
	for deadline := time.Now().Add(20 * time.Second); ; { // the page is kept beside the answer
		c := w.restart(t)
		if got := first(); got != before {
			t.Fatal("the page is another after a restart")
		}
		if c.states.Load() == 0 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the register is read again after a restart")
		}
	}

	x := testkit.Committee().Register.Touchpoints[0]
	x.Label = "Единое окно"
	w.append(t, "komzan", amend(register.KindTouchpoint, x.Key, x))
	w.restart(t)
	if got := first(); !strings.Contains(got, "Единое окно") {
		t.Error("an entry was added, and the page is the one before")
	}

	w.now = w.now.AddDate(0, 0, 1) // what is checked depends on the day
	if c := w.restart(t); first() == "" || c.states.Load() == 0 {
		t.Error("the page of yesterday was taken for today's")
	}
	c := w.restart(t)
	if res, _ := w.try(t, http.MethodGet, "/komzan/?q=почта"); res.StatusCode != http.StatusOK || c.states.Load() == 0 {
		t.Errorf("a search was answered with what is kept: %d", res.StatusCode)
	}
}
