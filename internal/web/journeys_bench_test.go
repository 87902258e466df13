package web

import (
	"net/http"
	"net/url"
	"testing"

	"perechen/internal/testkit"
)

// Pages of a body with 200 journeys of 30 steps, each rendered anew: the cache of pages holds nothing.
func BenchmarkJourneyPages(b *testing.B) {
	s := testkit.Journeys(200, 30)
	w := newWorld(b, Options{CacheBytes: 1})
	w.add(b, "komzan", s)
	for name, address := range map[string]string{"list": "/komzan/journeys", "changed": "/komzan/journeys?changed=1", "journey": "/komzan/journeys/way-100", "compare": "/komzan/journeys/way-100/compare", "search": "/komzan/journeys?q=" + url.QueryEscape("направление 17")} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if res, _ := w.get(b, address); res.StatusCode != http.StatusOK {
					b.Fatal(res.Status)
				}
			}
		})
	}
}
