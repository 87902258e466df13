package httpx

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestAcceptsGzip(t *testing.T) {
	for header, want := range map[string]bool{
		"": false, "gzip": true, "GZip": true, "br, gzip": true, "gzip;q=0": false, "gzip; q=0.0, *": false, "*": true, "*;q=0": false,
		"*;q=0, gzip": true, "identity": false, "gzip;q=0.5": true, "x-gzip": true, "gzip;q=x": true, "gzipped": false,
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		if header != "" {
			r.Header.Set("Accept-Encoding", header)
		}
		if got := AcceptsGzip(r); got != want {
			t.Errorf("%q: %v, want %v", header, got, want)
		}
	}
}

func TestFresh(t *testing.T) {
	for header, want := range map[string]bool{
		``: false, `"a"`: true, `W/"a"`: true, `"b", W/"a"`: true, `*`: true, `"ab"`: false, `a`: false,
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		if header != "" {
			r.Header.Set("If-None-Match", header)
		}
		if got := Fresh(r, `W/"a"`); got != want {
			t.Errorf("%q: %v, want %v", header, got, want)
		}
	}
}

func TestRecoverLetsAnotherAnswer(t *testing.T) {
	var log strings.Builder
	failed := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) })
	h := Recover(slog.New(slog.NewTextHandler(&log, nil)), http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("broken") }), failed)
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/x", nil))
	if rec.Code != http.StatusInternalServerError || !strings.Contains(log.String(), "broken") || !strings.Contains(log.String(), "path=/x") {
		t.Errorf("%d, log %q", rec.Code, log.String())
	}
}

func TestRecoverBreaksAnAnswerThatHasBegun(t *testing.T) {
	h := Recover(slog.New(slog.DiscardHandler), http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("half a page"))
		panic("broken")
	}), http.NotFoundHandler())
	srv := httptest.NewServer(h)
	defer srv.Close()
	res, err := srv.Client().Get(srv.URL)
	if err == nil {
		defer func() { _ = res.Body.Close() }()
		t.Errorf("the client sees a whole answer: %s", res.Status)
	}
}

func TestReadOnly(t *testing.T) {
	refuse := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusMethodNotAllowed) })
	h := ReadOnly(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}), refuse)
	for method, want := range map[string]int{"GET": 200, "HEAD": 200, "POST": 405, "get": 405, "TRACE": 405} {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest(method, "/", nil))
		if rec.Code != want || want == 405 && rec.Header().Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %d, Allow %q", method, rec.Code, rec.Header().Get("Allow"))
		}
	}
}

func TestProxies(t *testing.T) {
	ps, err := ParseProxies("10.0.0.5, 192.168.1.0/24 2001:db8::/32")
	if err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]bool{"10.0.0.5:1": true, "10.0.0.6:1": false, "192.168.1.77:40000": true, "[::ffff:10.0.0.5]:1": true, "[2001:db8::1]:443": true, "[2001:db9::1]:443": false, "": false, "x": false} {
		got := false
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = address
		ps.Mark(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = Proxied(r) })).ServeHTTP(httptest.NewRecorder(), r)
		if got != want {
			t.Errorf("%q: believed %t, want %t", address, got, want)
		}
	}
	for _, text := range []string{"0.0.0.0/0", "proxy.example.ru", "10.0.0.0/33", "::/0"} {
		if ps, err := ParseProxies(text); err == nil {
			t.Errorf("%q is taken for %v", text, ps)
		}
	}
}
