package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"time"

	"perechen/internal/drawing"
	"perechen/internal/journey"
	"perechen/internal/ledger"
	"perechen/internal/register"
	"perechen/internal/store"
	"perechen/internal/testkit"
	"perechen/internal/web"
)

// journeyed times, in this process and rendered anew each time, what shows clients, their journeys and the whole as pictures:
// of a body with 300 profiles, of one with 200 journeys of 30 steps, and of one with 500 processes.
func journeyed(ctx context.Context, dir string) error {
	at := store.Place{Dir: dir + "/journeys"}
	if err := at.Init(ctx); err != nil {
		return err
	}
	s, key, err := at.Open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	l := ledger.New(s, key, time.Now)
	for slug, x := range map[string]testkit.Sample{"profiles": testkit.Segments(1, 40, 300), "journeys": testkit.Journeys(200, 30), "pictures": testkit.Wide(500, 20, 40)} {
		org := x.Register.Organisation
		org.Slug = slug
		if err := l.AddBody(ctx, org, x.Procedure, register.Ground{Text: "bench"}, "bench"); err != nil {
			return err
		}
		if _, err := l.Append(ctx, slug, ledger.Batch{Changes: testkit.Changes(x.Register), Ground: register.Ground{Clause: "4.1"}, Actor: "bench", Head: ledger.AnyHead}); err != nil {
			return fmt.Errorf("%s: %w", slug, err)
		}
	}
	h, err := web.New(l, web.Options{CacheBytes: 1})
	if err != nil {
		return err
	}
	for _, row := range []struct{ what, address, goal string }{
		{"300 profiles, their list", "/profiles/clients", "≤ 50 ms"},
		{"300 profiles, looked among", "/profiles/clients?q=служба", "≤ 50 ms"},
		{"300 profiles, the dictionary", "/profiles/clients/dictionary", "≤ 50 ms"},
		{"300 profiles, one of them", "/profiles/clients/profiles/pr150", "≤ 50 ms"},
		{"300 profiles, four side by side", "/profiles/clients/compare?p=pr1&p=pr2&p=pr3&p=pr4", "≤ 50 ms"},
		{"200 journeys of 30 steps, their list", "/journeys/journeys", "≤ 50 ms"},
		{"200 journeys of 30 steps, one with its map", "/journeys/journeys/way-100", "≤ 50 ms"},
		{"200 journeys of 30 steps, two compared", "/journeys/journeys/way-100/compare", "≤ 100 ms"},
		{"500 processes, the picture of coverage", "/pictures/pictures/coverage", "≤ 50 ms"},
		{"500 processes, the picture of channels", "/pictures/pictures/channels", "≤ 50 ms"},
		{"500 processes, the picture of freshness", "/pictures/pictures/freshness", "≤ 50 ms"},
		{"500 processes, the picture of time", "/pictures/pictures/timeline", "≤ 50 ms"},
	} {
		ask := func() error {
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, row.address, nil))
			if rec.Code != http.StatusOK {
				return fmt.Errorf("%s: %d", row.address, rec.Code)
			}
			return nil
		}
		if err := ask(); err != nil { // the state is read once
			return err
		}
		took, err := median(15, ask)
		if err != nil {
			return err
		}
		add(row.what, took, "", 0, row.goal)
	}
	return maps()
}

// maps times the map of one journey of thirty steps, from the register to the bytes of each format.
func maps() error {
	s := testkit.Journeys(200, 30)
	v := journey.NewLooker(s.Register, s.Procedure, s.On, nil).Look(s.Register.Journeys[100])
	for _, row := range []struct {
		format string
		draw   func() error
	}{
		{"SVG", func() error { return journey.Whole(v, journey.Options{}).WriteSVG(io.Discard) }},
		{"PDF on A4", func() error { return journey.WritePDF(io.Discard, v, drawing.A4, "", s.Register.Time) }},
	} {
		took, err := median(15, row.draw)
		if err != nil {
			return err
		}
		add("map of a journey of 30 steps, "+row.format, took, "", 0, "≤ 100 ms")
	}
	return nil
}
