package web

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"perechen/internal/auth"
	"perechen/internal/ledger"
	"perechen/internal/proof"
	"perechen/internal/register"
	"perechen/internal/store"
	"perechen/internal/testkit"
	"perechen/internal/testkit/stores"
	"perechen/internal/upkeep"
)

// A world is a ledger over a database of its own, with a clock that the test sets, and the pages over it.
type world struct {
	store   *store.Store
	key     *proof.Key
	ledger  *ledger.Ledger
	now     time.Time
	handler http.Handler

	desk     *upkeep.Desk
	accounts *auth.Service
	cookies  map[string]string // of the person who asks; see as
	tokens   map[string]string // login → token of a session
	ids      map[string]string // login → account
}

func (w *world) Now() time.Time { return w.now }

// newWorld begins on the day of the Committee's order. The pages are made with opt, by the clock of the world.
func newWorld(t testing.TB, opt Options) *world {
	t.Helper()
	st := stores.Open(t)
	key, err := proof.GenerateKey("test")
	if err != nil {
		t.Fatal(err)
	}
	w := &world{store: st, key: key, now: time.Date(2026, 2, 16, 10, 0, 0, 0, time.UTC)}
	w.ledger = ledger.New(st, key, w.Now)
	w.desk = upkeep.New(st.Upkeep(), w.ledger, nil, w.Now)
	w.open(t, opt)
	return w
}

// open makes the pages over what the world holds.
func (w *world) open(t testing.TB, opt Options) {
	t.Helper()
	opt.Now = w.Now
	opt.Log = slog.New(slog.DiscardHandler)
	opt.Accounts = w.accounts
	opt.Desk = w.desk
	h, err := New(w.ledger, opt)
	if err != nil {
		t.Fatal(err)
	}
	w.handler = noting(h)
}

// reopen gives a ledger over the same database that has nothing in memory yet.
func (w *world) reopen() *ledger.Ledger { return ledger.New(w.store, w.key, w.Now) }

var ground = register.Ground{Clause: "4.1", Text: "включение сведений", Act: "приказ № 9-р от 16.02.2026"}

// add puts a sample into the ledger as a body of that address.
func (w *world) add(t testing.TB, slug string, s testkit.Sample) {
	t.Helper()
	org := s.Register.Organisation
	org.Slug = slug
	if err := w.ledger.AddBody(t.Context(), org, s.Procedure, ground, "officer"); err != nil {
		t.Fatal(err)
	}
	r := s.Register
	var cs []register.Change
	for _, d := range r.Departments {
		if !departmentOf(s, d.Key) {
			cs = append(cs, include(register.KindDepartment, d.Key, d))
		}
	}
	for _, x := range r.Processes {
		cs = append(cs, include(register.KindProcess, x.Key, x))
	}
	for _, x := range r.Touchpoints {
		cs = append(cs, include(register.KindTouchpoint, x.Key, x))
	}
	for _, x := range r.Usages {
		cs = append(cs, include(register.KindUsage, x.Key, x))
	}
	for _, x := range r.Attributes {
		cs = append(cs, include(register.KindAttribute, x.Key, x))
	}
	for _, x := range r.Profiles {
		cs = append(cs, include(register.KindProfile, x.Key, x))
	}
	for _, x := range r.Journeys {
		cs = append(cs, include(register.KindJourney, x.Key, x))
	}
	for _, x := range r.Appointments {
		cs = append(cs, include(register.KindAppointment, x.Key, x))
	}
	w.append(t, slug, cs...)
}

func departmentOf(s testkit.Sample, key string) bool {
	for _, d := range s.Procedure.Departments {
		if d.Key == key {
			return true
		}
	}
	return false
}

func include(kind register.Kind, key string, v any) register.Change {
	return register.Change{Op: register.Include, Kind: kind, Key: key, Content: register.Encode(v)}
}

func amend(kind register.Kind, key string, v any) register.Change {
	return register.Change{Op: register.Amend, Kind: kind, Key: key, Content: register.Encode(v)}
}

func (w *world) append(t testing.TB, slug string, cs ...register.Change) {
	t.Helper()
	if len(cs) == 0 {
		return
	}
	if _, err := w.ledger.Append(t.Context(), slug, ledger.Batch{Changes: cs, Ground: ground, Actor: "officer", Head: ledger.AnyHead}); err != nil {
		t.Fatal(err)
	}
}

func (w *world) approve(t testing.TB, slug string, number int, date register.Date) {
	t.Helper()
	e := register.Edition{Number: number, Date: date, Act: register.Act{Kind: "приказ", Number: fmt.Sprintf("%d-р", 8+number), Date: date}}
	if _, err := w.ledger.Approve(t.Context(), slug, e, "officer"); err != nil {
		t.Fatal(err)
	}
}

// committee is a world in which the Committee has a first edition, then changed its telephone, then has a second one and
// a change after it; the Ministry has an order and no rows.
func committee(t testing.TB, opt Options) *world {
	w := newWorld(t, opt)
	s := testkit.Committee()
	w.add(t, "komzan", s)
	w.approve(t, "komzan", 1, "2026-02-16")
	w.now = time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)
	phone := pointOf(t, s, "phone")
	phone.Value, phone.Contact = "8 (8672) 64-90-25", "+78672649025"
	w.append(t, "komzan", amend(register.KindTouchpoint, phone.Key, phone))
	w.approve(t, "komzan", 2, "2026-03-02")
	w.now = time.Date(2026, 4, 6, 12, 0, 0, 0, time.UTC)
	last := s.Register.Usages[len(s.Register.Usages)-1]
	last.Needs = append(last.Needs, register.NeedRef{Code: "forms", Text: "получение форм документов"})
	last.Text += ", получение форм документов"
	w.append(t, "komzan", amend(register.KindUsage, last.Key, last))
	w.add(t, "minec", testkit.Ministry())
	w.now = time.Date(2026, 4, 7, 12, 0, 0, 0, time.UTC)
	return w
}

func pointOf(t testing.TB, s testkit.Sample, kind string) register.Touchpoint {
	t.Helper()
	for _, p := range s.Register.Touchpoints {
		if p.Kind == kind {
			return p
		}
	}
	t.Fatalf("the sample has no point of kind %s", kind)
	return register.Touchpoint{}
}

// get asks for a page and returns the answer with its body read.
func (w *world) get(t testing.TB, address string, headers ...string) (*http.Response, string) {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, address, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return w.do(t, r)
}

// do sends a request with the cookies of whoever asks.
func (w *world) do(t testing.TB, r *http.Request) (*http.Response, string) {
	t.Helper()
	for name, value := range w.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	res := rec.Result()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

// papers are documents that only say what was asked of them.
type papers struct{ fail error }

func (p papers) Report(_ context.Context, w io.Writer, s State, format string) error {
	fmt.Fprintf(w, "report %s n=%d edition=%v on=%s %s", s.Body, s.N, s.Edition != nil, s.On, format)
	return p.fail
}

func (p papers) List(_ context.Context, w io.Writer, s State, q ledger.Query, format string) error {
	fmt.Fprintf(w, "list %s n=%d %+v %s", s.Body, s.N, q, format)
	return p.fail
}

func (p papers) Processes(_ context.Context, w io.Writer, s State, format string) error {
	fmt.Fprintf(w, "processes %s n=%d %s", s.Body, s.N, format)
	return p.fail
}

func (p papers) Segments(_ context.Context, w io.Writer, s State, format string) error {
	fmt.Fprintf(w, "segments %s n=%d %s", s.Body, s.N, format)
	return p.fail
}

func (p papers) Order(_ context.Context, w io.Writer, s State, e register.Edition, format string) error {
	fmt.Fprintf(w, "order %s n=%d edition=%d %s", s.Body, s.N, e.Number, format)
	return p.fail
}

func (p papers) Diff(_ context.Context, w io.Writer, a, b State, format string) error {
	fmt.Fprintf(w, "diff %s %d-%d %s", a.Body, a.N, b.N, format)
	return p.fail
}
