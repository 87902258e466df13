package web

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"testing"

	"perechen/internal/ledger"
)

// BenchmarkRegisterPage asks over a real connection for a page of a register with 10 000 usages: from memory, rendered
// anew each time with the state in memory, and, for comparison, the same bytes from a bare handler and the rows alone.
func BenchmarkRegisterPage(b *testing.B) {
	w := newWorld(b, Options{})
	w.large(b, "big", 10_000)
	_, page := w.get(b, "/big/?page=7")

	run := func(b *testing.B, h http.Handler, address func(i int) string) {
		srv := httptest.NewServer(h)
		defer srv.Close()
		client := srv.Client()
		client.Transport.(*http.Transport).DisableCompression = true
		b.ReportAllocs()
		b.ResetTimer()
		for i := range b.N {
			res, err := client.Get(srv.URL + address(i))
			if err != nil {
				b.Fatal(err)
			}
			n, err := io.Copy(io.Discard, res.Body)
			if err != nil || res.StatusCode != http.StatusOK {
				b.Fatal(res.Status, err)
			}
			_ = res.Body.Close()
			b.SetBytes(n)
		}
	}
	same := func(int) string { return "/big/?page=7" }
	b.Run("bare", func(b *testing.B) {
		body := []byte(page)
		run(b, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Content-Length", strconv.Itoa(len(body)))
			_, _ = w.Write(body)
		}), same)
	})
	b.Run("cached", func(b *testing.B) { run(b, w.handler, same) })
	uncached := newWorldOver(b, w, Options{CacheBytes: 1}) // nothing fits: each page is rendered
	b.Run("rendered", func(b *testing.B) {
		run(b, uncached, func(i int) string { return "/big/?page=" + strconv.Itoa(i%100+1) })
	})
	b.Run("searched", func(b *testing.B) {
		run(b, uncached, func(i int) string { return "/big/?q=" + url.QueryEscape("точка "+strconv.Itoa(i%20+1)) })
	})
	b.Run("rows", func(b *testing.B) {
		b.ReportAllocs()
		for i := range b.N {
			if _, err := w.ledger.Rows(context.Background(), "big", 0, ledger.Query{Offset: i % 100 * pageRows, Limit: pageRows}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("first", func(b *testing.B) { // the first page after the program has started: state and findings too
		b.ReportAllocs()
		for range b.N {
			l := w.reopen()
			h, err := New(l, Options{Now: w.Now})
			if err != nil {
				b.Fatal(err)
			}
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/big/", nil))
			if rec.Code != http.StatusOK {
				b.Fatal(rec.Code)
			}
		}
	})
}

// newWorldOver makes other pages over the ledger of a world.
func newWorldOver(tb testing.TB, w *world, opt Options) http.Handler {
	tb.Helper()
	opt.Now = w.Now
	h, err := New(w.ledger, opt)
	if err != nil {
		tb.Fatal(err)
	}
	return h
}

// BenchmarkNew is what the pages add to the start of the program.
func BenchmarkNew(b *testing.B) {
	w := newWorld(b, Options{})
	b.ReportAllocs()
	for b.Loop() {
		newWorldOver(b, w, Options{})
	}
}
