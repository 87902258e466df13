package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/register"
	"perechen/internal/testkit"
	"perechen/internal/upkeep"
)

// BenchmarkWorkingPages asks for the pages of what is to be done in a body of 500 processes × 20 points × 40 departments, in
// which every tenth process has been excluded and everything is late: rendered each time, with the state in memory; and for
// the desk right after somebody has written.
func BenchmarkWorkingPages(b *testing.B) {
	w := newWorld(b, Options{})
	w.add(b, "komzan", testkit.Wide(500, 20, 40))
	w.add(b, "minec", testkit.Ministry()) // where one of the people works
	w.staff(b, Options{})
	reg := w.register(b)
	var cs []register.Change
	for i := 0; i < len(reg.Processes); i += 10 {
		x := reg.Processes[i]
		x.Excluded = &register.Act{Kind: "приказ", Number: "1", Date: "2026-02-16"}
		cs = append(cs, amend(register.KindProcess, x.Key, x))
	}
	w.did(b, cs...)
	b.Logf("%d points, %d usages, %d tasks", len(reg.Touchpoints), len(reg.Usages), len(w.register(b).Tasks))
	w.now = time.Date(2026, 6, 8, 9, 0, 0, 0, time.UTC)
	task := w.register(b).Tasks[0].Key
	ask := func(b *testing.B, address string) {
		r := httptest.NewRequest(http.MethodGet, address, nil)
		for name, value := range w.cookies {
			r.AddCookie(&http.Cookie{Name: name, Value: value})
		}
		rec := httptest.NewRecorder()
		w.handler.ServeHTTP(rec, r)
		if rec.Code != http.StatusOK {
			b.Fatal(address, rec.Code)
		}
	}
	for _, login := range []string{"clerk", "officer", "head"} {
		w.later(b, login)
		for _, address := range []string{"desk", "tasks", "tasks?q=процесс&state=overdue", "tasks/" + task, "confirm", "confirm?show=all", "calendar"} {
			b.Run(login+"/"+address, func(b *testing.B) {
				ask(b, "/komzan/"+address)
				b.ResetTimer()
				for b.Loop() {
					ask(b, "/komzan/"+address)
				}
			})
		}
	}
	w.later(b, "officer")
	b.Run("desk-after-a-write", func(b *testing.B) {
		points := w.register(b).Touchpoints
		for i := 0; b.Loop(); i++ {
			b.StopTimer()
			x := points[i%len(points)]
			x.Hours = fmt.Sprintf("понедельник с %d:00 до 18:00", 8+i%9)
			if _, err := w.desk.Append(b.Context(), upkeep.Local, "komzan", ledger.Batch{Changes: []register.Change{amend(register.KindTouchpoint, x.Key, x)}, Ground: ground, Head: ledger.AnyHead}); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
			ask(b, "/komzan/desk")
		}
	})
}
