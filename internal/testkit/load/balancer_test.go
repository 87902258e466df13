package load

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync"
	"testing"
	"time"
)

// A balancer passes requests to nodes in turn, as HAProxy with «option httpchk GET /readyz» does: to those that are ready,
// to those that live where none is. A node that takes no connection is passed over; a connection that breaks later is a 502,
// for nobody knows what the node has done.
type balancer struct {
	*httptest.Server
	mu    sync.Mutex
	nodes []backend
	next  int
	lost  int // answers that broke off
	none  int // requests with nobody to pass them to
}

type backend struct {
	url   string // empty: it is away
	ready bool
}

// ownAnswer marks what the balancer says itself.
const ownAnswer = "X-Balancer"

func newBalancer(t *testing.T) *balancer {
	b := &balancer{}
	transport := &http.Transport{MaxIdleConnsPerHost: 400, DisableCompression: true, DialContext: (&net.Dialer{Timeout: 2 * time.Second}).DialContext}
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.Out.Host = r.In.Host
			r.Out.Header.Set("X-Forwarded-For", "10.1.0.7") // a whole office behind one address
		},
		Transport: passing{b, transport},
		ErrorHandler: func(w http.ResponseWriter, r *http.Request, err error) {
			status := http.StatusBadGateway
			b.mu.Lock()
			if errors.Is(err, errNobody) {
				status = http.StatusServiceUnavailable
				b.none++
			} else {
				b.lost++
			}
			b.mu.Unlock()
			w.Header().Set(ownAnswer, err.Error())
			w.WriteHeader(status)
		},
		ErrorLog: nil,
	}
	b.Server = httptest.NewServer(proxy)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		b.watch(ctx)
	}()
	t.Cleanup(func() {
		cancel()
		<-done
		b.CloseClientConnections()
		b.Close()
		transport.CloseIdleConnections()
	})
	return b
}

// set says where a node is; «»: nowhere.
func (b *balancer) set(i int, url string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.nodes) <= i {
		b.nodes = append(b.nodes, backend{})
	}
	b.nodes[i] = backend{url: url, ready: url != ""}
}

// watch asks the nodes every so often whether they are ready.
func (b *balancer) watch(ctx context.Context) {
	client := &http.Client{Timeout: 2 * time.Second}
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			client.CloseIdleConnections()
			return
		case <-tick.C:
		}
		b.mu.Lock()
		nodes := append([]backend(nil), b.nodes...)
		b.mu.Unlock()
		for i, n := range nodes {
			if n.url == "" {
				continue
			}
			ready := false
			if res, err := client.Get(n.url + "/readyz"); err == nil {
				res.Body.Close()
				ready = res.StatusCode == http.StatusOK
			}
			b.mu.Lock()
			if b.nodes[i].url == n.url {
				b.nodes[i].ready = ready
			}
			b.mu.Unlock()
		}
	}
}

// choices are the nodes in the order in which they are tried.
func (b *balancer) choices() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.next++
	var ready, alive []string
	for i := range b.nodes {
		n := b.nodes[(b.next+i)%len(b.nodes)]
		switch {
		case n.url == "":
		case n.ready:
			ready = append(ready, n.url)
		default:
			alive = append(alive, n.url)
		}
	}
	return append(ready, alive...)
}

var errNobody = errors.New("no node takes the request")

// passing sends a request to the first node that takes a connection.
type passing struct {
	b    *balancer
	base *http.Transport
}

func (p passing) RoundTrip(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
		r.Body.Close()
	}
	for _, to := range p.b.choices() {
		u, err := url.Parse(to)
		if err != nil {
			return nil, err
		}
		out := r.Clone(r.Context())
		out.URL.Scheme, out.URL.Host = u.Scheme, u.Host
		out.Body, out.GetBody = io.NopCloser(bytes.NewReader(body)), nil
		if len(body) == 0 {
			out.Body = http.NoBody
		}
		res, err := p.base.RoundTrip(out)
		var op *net.OpError
		if err != nil && errors.As(err, &op) && op.Op == "dial" {
			continue
		}
		return res, err
	}
	return nil, errNobody
}
