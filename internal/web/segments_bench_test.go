package web

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"perechen/internal/testkit"
)

// BenchmarkSegmentPages asks for the pages about clients of a body with 300 profiles and 40 attributes, each rendered anew with
// the state in memory.
func BenchmarkSegmentPages(b *testing.B) {
	w := newWorld(b, Options{})
	w.add(b, "many", testkit.Segments(1, 40, 300))
	uncached := newWorldOver(b, w, Options{CacheBytes: 1})
	for _, path := range []string{"", "?q=служба", "/dictionary", "/profiles/pr150", "/compare?p=pr1&p=pr2&p=pr3&p=pr4"} {
		b.Run("clients"+path, func(b *testing.B) {
			b.ReportAllocs()
			for range b.N {
				rec := httptest.NewRecorder()
				uncached.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/many/clients"+path, nil))
				if rec.Code != http.StatusOK {
					b.Fatal(rec.Code, path)
				}
			}
		})
	}
}
