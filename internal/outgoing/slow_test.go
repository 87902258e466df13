package outgoing

import (
	"bufio"
	"context"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// talks makes a client whose connections all lead to a server that talks as it is told; time is that of the test, so a minute
// takes none.
func talks(o Options, talk func(net.Conn, *http.Request)) *Client {
	c := New(o)
	c.http.DialContext = func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		go func() {
			defer theirs.Close()
			var r *http.Request
			if talk == nil {
				return
			}
			if strings.HasPrefix(o.Agent, "plain") {
				var err error
				if r, err = http.ReadRequest(bufio.NewReader(theirs)); err != nil {
					return
				}
			}
			talk(theirs, r)
		}()
		return ours, nil
	}
	return c
}

// drip sends bytes one a second, for ever or until nobody reads.
func drip(n net.Conn, bytes string) {
	for i := 0; ; i++ {
		if _, err := n.Write([]byte{bytes[i%len(bytes)]}); err != nil {
			return
		}
		time.Sleep(time.Second)
	}
}

// TestSlowServersEndByTheLimit: whatever drips, for ever, the question ends when the time for it is over, with one sentence. Time
// here is exact and costs nothing.
func TestSlowServersEndByTheLimit(t *testing.T) {
	const late, half = "Сайт не ответил за отведённое время.", "Сайт начал отвечать, но за отведённое время страницу не отдал."
	onlyGET := func(head, body string) func(net.Conn, *http.Request) {
		return func(n net.Conn, r *http.Request) {
			if r.Method == http.MethodHead {
				_, _ = n.Write([]byte("HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n"))
				return
			}
			_, _ = n.Write([]byte(head))
			drip(n, body)
		}
	}
	for what, x := range map[string]struct {
		scheme string
		talk   func(net.Conn, *http.Request)
		text   string // empty: an answer
		status int
	}{
		"a body a byte a second":      {"http", onlyGET("HTTP/1.1 200 OK\r\n\r\n", "a"), half, 0},
		"a chunk a byte a second":     {"http", onlyGET("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\na\r\n"), half, 0},
		"a refusal with a slow body":  {"http", onlyGET("HTTP/1.1 404 Not Found\r\n\r\n", "a"), "", 404},
		"headers a byte a second":     {"http", func(n net.Conn, _ *http.Request) { drip(n, "HTTP/1.1 200 \r\n\r\n") }, "", 200},
		"headers that do not end":     {"http", func(n net.Conn, _ *http.Request) { drip(n, "H") }, late, 0},
		"headers that begin and stop": {"http", func(n net.Conn, _ *http.Request) { drip(n, "HTTP/1.1 200 OK\r\nX-Long: "+strings.Repeat("a", 100)) }, late, 0},
		"interim answers without end": {"http", func(n net.Conn, _ *http.Request) { drip(n, "HTTP/1.1 103 Early Hints\r\n\r\n") }, late, 0},
		"a server that only listens":  {"http", func(n net.Conn, _ *http.Request) { time.Sleep(time.Hour) }, late, 0},
		"a greeting of TLS byte by byte": {"https", func(n net.Conn, _ *http.Request) {
			go func() { _, _ = n.Read(make([]byte, 4096)) }()
			drip(n, "\x16\x03\x03\x40\x00\x02\x00\x3f\xfc")
		}, late, 0},
		"no greeting of TLS":                  {"https", func(n net.Conn, _ *http.Request) { _, _ = n.Read(make([]byte, 4096)); time.Sleep(time.Hour) }, late, 0},
		"a greeting of ours that is not read": {"https", func(n net.Conn, _ *http.Request) { time.Sleep(time.Hour) }, late, 0},
	} {
		t.Run(what, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := Options{}
				if x.scheme == "http" {
					o.Agent = "plain"
				}
				began := time.Now()
				a, err := talks(o, x.talk).Ask(t.Context(), x.scheme+"://site.example.ru/")
				took := time.Since(began)
				switch {
				case x.text == "" && (err != nil || a.Status != x.status):
					t.Errorf("%+v, %v, want the answer %d", a, err, x.status)
				case x.text != "" && (code(err) != Unreachable || err.Error() != x.text):
					t.Errorf("%+v, %v, want %q", a, err, x.text)
				case took > 22*time.Second: // the limit, and two turns
					t.Errorf("it took %v", took)
				}
				time.Sleep(2 * time.Hour) // those who listen go home
			})
		})
	}
}

// TestOurOwnQueueIsNoFaultOfTheSite: a host with many pages is asked slowly, and the last page has all of its time.
func TestOurOwnQueueIsNoFaultOfTheSite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := talks(Options{Agent: "plain", Pause: 30 * time.Second, At: 2}, func(n net.Conn, _ *http.Request) {
			time.Sleep(15 * time.Second)
			_, _ = n.Write([]byte("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
		})
		errs := make(chan error)
		for range 6 {
			go func() { _, err := c.Ask(t.Context(), "http://site.example.ru/"); errs <- err }()
		}
		for range 6 {
			if err := <-errs; err != nil {
				t.Error(err)
			}
		}
	})
}

// TestStoppingStopsAtOnce: whoever waits for a turn, an answer or a body is told to stop and does.
func TestStoppingStopsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := talks(Options{Agent: "plain"}, func(n net.Conn, r *http.Request) {
			if r.Method == http.MethodHead {
				return
			}
			_, _ = n.Write([]byte("HTTP/1.1 200 OK\r\n\r\n"))
			drip(n, "a")
		})
		for _, after := range []time.Duration{0, 500 * time.Millisecond, 5 * time.Second} {
			ctx, cancel := context.WithCancel(t.Context())
			began := time.Now()
			time.AfterFunc(after, cancel)
			if _, err := c.Ask(ctx, "http://site.example.ru/"); code(err) != Stopped || time.Since(began) > after {
				t.Errorf("stopped after %v: %v in %v", after, err, time.Since(began))
			}
			cancel()
		}
		time.Sleep(time.Minute)
	})
}
