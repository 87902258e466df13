package web

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"perechen/internal/httpx"
)

// TestAProxyOfTheSettingsIsBelieved: behind a balancer on another machine guesses are counted by the visitor's address and
// cookies are secure; nobody else is believed.
func TestAProxyOfTheSettingsIsBelieved(t *testing.T) {
	ps, err := httpx.ParseProxies("10.0.0.5")
	if err != nil {
		t.Fatal(err)
	}
	for peer, want := range map[string]string{"10.0.0.5:4000": "203.0.113.9", "10.0.0.6:4000": "10.0.0.6", "127.0.0.1:4000": "203.0.113.9"} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = peer
		r.Header.Set("X-Forwarded-For", "198.51.100.1, 203.0.113.9") // the first is what the visitor has said himself
		r.Header.Set("X-Forwarded-Proto", "https")
		ps.Mark(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			if got := from(r).Address; got != want {
				t.Errorf("from %s: %s, want %s", peer, got, want)
			}
			if got := secure(r); got != (want == "203.0.113.9") {
				t.Errorf("from %s: secure %t", peer, got)
			}
			if direct(r) {
				t.Errorf("from %s: taken for a browser of this machine", peer)
			}
		})).ServeHTTP(httptest.NewRecorder(), r)
	}
}
