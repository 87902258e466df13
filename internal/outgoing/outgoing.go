// Package outgoing asks strangers' servers whether they answer, and can be talked into nothing else. An address comes from
// a document that anybody may have written, so the client that follows it is guarded: it reaches public addresses only,
// whatever names, redirects and DNS answers say; it sends nothing but the question, and believes nothing of the answer but
// its status, its certificate and where it redirects to.
//
// The guard is held where it cannot be talked around: in the dialer, on the very address that is about to be connected to,
// for each connection anew. What is said before (an odd spelling, a name that means this machine) is refused earlier only
// to say so in better words.
package outgoing

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"sync"
	"syscall"
	"time"
)

// Options of a Client. The zero value is what serves.
type Options struct {
	Ports     []int          // that may be asked; empty: 80 and 443
	Timeout   time.Duration  // for one address with all its redirects, our own waiting for a turn not counted; 0: 20 s
	Redirects int            // followed at most; 0: 5
	Body      int64          // bytes read of an answer at most; 0: 64 KiB
	Header    int64          // bytes of headers at most; 0: 32 KiB
	Pause     time.Duration  // between two questions to one host; 0: a second
	At        int            // questions under way at once; 0: 4
	Agent     string         // User-Agent; empty: perechen-health
	Roots     *x509.CertPool // nil: those of the system
	Resolver  *net.Resolver  // nil: that of the system
}

// A Client asks. It is safe for concurrent use.
type Client struct {
	opt   Options
	allow func(netip.AddrPort) bool // of tests only; nil: nothing beyond the rules
	http  *http.Transport           // asked directly: a client would follow redirects, and know their addresses better than we do
	slots chan struct{}

	mu   sync.Mutex
	next map[string]time.Time // host → when it may be asked again
}

// New makes a client.
func New(o Options) *Client {
	if len(o.Ports) == 0 {
		o.Ports = []int{80, 443}
	}
	set(&o.Timeout, 20*time.Second)
	set(&o.Pause, time.Second)
	set(&o.Redirects, 5)
	set(&o.At, 4)
	set(&o.Body, 64<<10)
	set(&o.Header, 32<<10)
	set(&o.Agent, "perechen-health")
	if o.Resolver == nil {
		o.Resolver = net.DefaultResolver
	}
	c := &Client{opt: o, slots: make(chan struct{}, o.At), next: map[string]time.Time{}}
	dialer := &net.Dialer{Timeout: o.Timeout / 2, Resolver: o.Resolver, Control: c.control}
	c.http = &http.Transport{
		Proxy: nil, // one of the environment would connect for us, wherever it likes
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			host, port, err := net.SplitHostPort(address)
			if err != nil {
				return nil, err
			}
			if _, err := netip.ParseAddr(host); err != nil {
				host += "." // as it stands: the domains that this machine searches are not the address's
			}
			conn, err := dialer.DialContext(ctx, network, net.JoinHostPort(host, port))
			if err != nil {
				err = c.surelyAbsent(ctx, host, err)
			}
			return conn, err
		},
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: o.Roots},
		TLSHandshakeTimeout:    o.Timeout / 2,
		ResponseHeaderTimeout:  o.Timeout,
		MaxResponseHeaderBytes: o.Header,
		DisableKeepAlives:      true, // a connection is judged once and used once
		DisableCompression:     true, // nothing is ever unpacked
		TLSNextProto:           map[string]func(string, *tls.Conn) http.RoundTripper{},
	}
	return c
}

func set[T comparable](v *T, otherwise T) {
	var zero T
	if *v == zero {
		*v = otherwise
	}
}

// surelyAbsent looks again at an answer that a name does not exist. The addresses of both families are asked for at once, and when
// one question fails while the other finds nothing the resolver reports whichever came last; asked one by one, the failure is
// seen. Every other error is given back as it is.
func (c *Client) surelyAbsent(ctx context.Context, name string, err error) error {
	var e *net.DNSError
	if !errors.As(err, &e) || !e.IsNotFound {
		return err
	}
	for _, family := range []string{"ip4", "ip6"} {
		_, again := c.opt.Resolver.LookupNetIP(ctx, family, name)
		if again == nil { // it was there a moment later: nobody could say
			return &net.DNSError{Err: "the answers differ", Name: name, IsTemporary: true}
		}
		if !errors.As(again, &e) || !e.IsNotFound {
			return again
		}
	}
	return err
}

// control judges the address that is about to be connected to.
func (c *Client) control(network, address string, _ syscall.RawConn) error {
	a, err := netip.ParseAddrPort(address)
	if err != nil || network != "tcp4" && network != "tcp6" {
		return &Error{Code: Forbidden, Text: "Адрес соединения непонятен."}
	}
	if c.allow != nil && c.allow(a) {
		return nil
	}
	if !Public(a.Addr()) {
		return &Error{Code: Forbidden, Text: "Имя ведёт на адрес " + a.Addr().Unmap().String() + ": это не общедоступная сеть, туда программа не обращается."}
	}
	if !slices.Contains(c.opt.Ports, int(a.Port())) {
		return forbiddenPort(a.Port())
	}
	return nil
}

// An Answer is what a server said.
type Answer struct {
	URL       string // the last one that was asked
	Status    int
	Redirects int
	Moved     string    // where a permanent redirect of the first address leads; empty when there is none
	Bared     bool      // a redirect led from https to http
	CertEnds  time.Time // of the certificate of the last address; zero over http
}

// Ask asks an address with HEAD, and with GET where HEAD is not taken, and follows redirects. Errors are *Error.
func (c *Client) Ask(ctx context.Context, address string) (Answer, error) {
	left := c.opt.Timeout
	select {
	case c.slots <- struct{}{}:
		defer func() { <-c.slots }()
	case <-ctx.Done():
		return Answer{}, fault(ctx.Err())
	}
	u, err := c.parse(address)
	if err != nil {
		return Answer{}, err
	}
	var a Answer
	seen := map[string]bool{}
	permanent := true
	for {
		a.URL = u.String()
		if seen[a.URL] {
			return a, &Error{Code: Redirected, Text: "Переадресация ходит по кругу."}
		}
		seen[a.URL] = true
		res, err := c.question(ctx, &left, u)
		if err != nil {
			return a, err
		}
		a.Status, a.CertEnds = res.StatusCode, time.Time{}
		if res.TLS != nil && len(res.TLS.PeerCertificates) > 0 {
			a.CertEnds = res.TLS.PeerCertificates[0].NotAfter
		}
		next := res.Header.Get("Location")
		if !redirects(res.StatusCode) || next == "" {
			return a, nil
		}
		if a.Redirects++; a.Redirects > c.opt.Redirects {
			return a, &Error{Code: Redirected, Text: "Слишком много переадресаций."}
		}
		to, err := u.Parse(next)
		if err != nil {
			return a, &Error{Code: Redirected, Text: "Переадресация ведёт на непонятный адрес.", Err: err}
		}
		from := u.Scheme
		if u, err = c.parse(to.String()); err != nil {
			return a, onward(err)
		}
		a.Bared = a.Bared || from == "https" && u.Scheme == "http"
		permanent = permanent && (res.StatusCode == http.StatusMovedPermanently || res.StatusCode == http.StatusPermanentRedirect)
		if permanent {
			a.Moved = u.String()
		}
	}
}

// onward says of a refusal that it is where the site sends on to, and not the address itself, that is refused.
func onward(err error) error {
	var e *Error
	if !errors.As(err, &e) {
		return err
	}
	return &Error{Code: e.Code, Text: "Сайт отправляет дальше, и дальше не пройти. " + e.Text, Err: err}
}

func redirects(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// question asks one address: HEAD, and GET when the answer to HEAD is no plain yes. What it takes is taken off left.
func (c *Client) question(ctx context.Context, left *time.Duration, u *url.URL) (*http.Response, error) {
	res, err := c.send(ctx, left, http.MethodHead, u)
	if err == nil && (res.StatusCode < 300 || redirects(res.StatusCode)) {
		return res, nil
	}
	var e *Error
	if errors.As(err, &e) && e.Code != Unreachable {
		return nil, err // a forbidden address and a bad certificate stay so
	}
	if err != nil && *left <= 0 {
		return nil, err
	}
	return c.send(ctx, left, http.MethodGet, u)
}

// send sends one request, no sooner than the host may be asked again, and reads no more of the answer than is allowed. A page
// that does not come in time is no answer; one that is no page (a redirect, a refusal) is not waited for.
func (c *Client) send(ctx context.Context, left *time.Duration, method string, u *url.URL) (*http.Response, error) {
	if err := c.turn(ctx, u.Host); err != nil {
		return nil, err
	}
	began := time.Now()
	defer func() { *left -= time.Since(began) }()
	ctx, cancel := context.WithTimeout(ctx, *left)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, method, u.String(), nil)
	if err != nil {
		return nil, &Error{Code: Malformed, Text: "Адрес записан с ошибкой.", Err: err}
	}
	r.Header.Set("User-Agent", c.opt.Agent)
	r.Header.Set("Accept", "*/*")
	res, err := c.http.RoundTrip(r)
	if err != nil {
		return nil, fault(err)
	}
	defer res.Body.Close()
	if res.StatusCode >= 300 {
		return res, nil
	}
	// What is beyond the bound is left unread: the connection is closed.
	if _, err := io.CopyN(io.Discard, res.Body, c.opt.Body); errors.Is(err, context.DeadlineExceeded) {
		return nil, &Error{Code: Unreachable, Text: "Сайт начал отвечать, но за отведённое время страницу не отдал.", Err: err}
	} else if errors.Is(err, context.Canceled) {
		return nil, fault(err)
	}
	return res, nil
}

// turn waits until the host may be asked.
func (c *Client) turn(ctx context.Context, host string) error {
	now := time.Now()
	c.mu.Lock()
	at := c.next[host]
	if at.Before(now) {
		at = now
	}
	if len(c.next) > 4096 {
		for h, t := range c.next {
			if t.Before(now) {
				delete(c.next, h)
			}
		}
	}
	c.next[host] = at.Add(c.opt.Pause)
	c.mu.Unlock()
	wait := time.NewTimer(at.Sub(now))
	defer wait.Stop()
	select {
	case <-wait.C:
		return nil
	case <-ctx.Done():
		return fault(ctx.Err())
	}
}
