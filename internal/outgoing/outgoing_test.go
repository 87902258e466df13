package outgoing

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

// local is a client that reaches the given servers of this machine and nothing else that is not public.
func local(t *testing.T, o Options, servers ...string) *Client {
	t.Helper()
	allowed := map[netip.AddrPort]bool{}
	for _, s := range servers {
		allowed[netip.MustParseAddrPort(strings.TrimPrefix(strings.TrimPrefix(s, "http://"), "https://"))] = true
	}
	if o.Pause == 0 {
		o.Pause = time.Nanosecond
	}
	return ForTests(o, func(a netip.AddrPort) bool { return allowed[a] })
}

func code(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

func serve(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

func TestAnswersAreTakenAsTheyAre(t *testing.T) {
	var asked atomic.Value
	site := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked.Store(r.Method + " " + r.UserAgent() + " " + r.Header.Get("Cookie") + r.Header.Get("Referer"))
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "b"})
		switch r.URL.Path {
		case "/ok":
		case "/gone":
			w.WriteHeader(410)
		case "/nohead":
			if r.Method == http.MethodHead {
				w.WriteHeader(405)
			}
		case "/breaks":
			if r.Method == http.MethodHead {
				panic(http.ErrAbortHandler)
			}
		case "/old":
			http.Redirect(w, r, "/mid", http.StatusMovedPermanently)
		case "/mid":
			http.Redirect(w, r, "/ok", http.StatusFound)
		case "/new":
			http.Redirect(w, r, "/ok", http.StatusPermanentRedirect)
		default:
			w.WriteHeader(404)
		}
	})
	c := local(t, Options{}, site)
	for path, want := range map[string]Answer{
		"/ok#part": {URL: site + "/ok", Status: 200}, "/gone": {URL: site + "/gone", Status: 410}, "/nohead": {URL: site + "/nohead", Status: 200},
		"/breaks": {URL: site + "/breaks", Status: 200}, "/nothing": {URL: site + "/nothing", Status: 404},
		"/old": {URL: site + "/ok", Status: 200, Redirects: 2, Moved: site + "/mid"}, "/new": {URL: site + "/ok", Status: 200, Redirects: 1, Moved: site + "/ok"},
	} {
		if got, err := c.Ask(t.Context(), site+path); err != nil || got != want {
			t.Errorf("%s: %+v, %v, want %+v", path, got, err, want)
		}
	}
	if got := asked.Load(); got != "HEAD perechen-health " && got != "GET perechen-health " {
		t.Errorf("the server was asked %q: it must see who asks, and no cookie", got)
	}
}

// TestWhereWeDoNotGo: however the way inside is written, and wherever it is met.
func TestWhereWeDoNotGo(t *testing.T) {
	reached := atomic.Int64{}
	inside := serve(t, func(http.ResponseWriter, *http.Request) { reached.Add(1) })
	port := inside[strings.LastIndexByte(inside, ':')+1:]
	places := []string{"127.0.0.1", "127.1", "0177.0.0.1", "0x7f.1", "0x7f000001", "2130706433", "017700000001", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]",
		"[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2001::1]", "[fe80::1]", "[fe80::1%25lo]", "[fd00::1]", "[ff02::1]", "[::]", "[2001:db8::1]", "[3fff::1]",
		"localhost", "LOCALHOST.", "a.localhost", "intranet", "printer.local", "db.internal", "0.0.0.0", "10.0.0.1", "172.16.5.4", "192.168.1.1", "100.64.0.1", "169.254.169.254",
		"198.18.0.1", "192.0.2.7", "198.51.100.1", "203.0.113.9", "224.0.0.1", "255.255.255.255", "192.88.99.1", "①②⑦.⓪.⓪.①", "127。0。0。1"}
	guarded := New(Options{Pause: time.Nanosecond})
	for _, p := range places {
		for _, address := range []string{"http://" + p + "/", "https://" + p + "/", "http://" + p + ":" + port + "/"} {
			if _, err := guarded.Ask(t.Context(), address); code(err) != Forbidden && code(err) != Malformed {
				t.Errorf("%s: %v, want a refusal", address, err)
			}
		}
	}
	for _, address := range []string{"ftp://example.ru/", "file:///etc/passwd", "gopher://example.ru/", "http://a:b@example.ru/", "http://example.ru:22/", "http://example.ru:8080/", "http:///x", "http:example.ru", "javascript:alert(1)",
		"http://example.ru:99999/", "http://ex ample.ru/", "//example.ru", "", "http://exa\nmple.ru/", "http://" + strings.Repeat("a", 5000)} {
		if _, err := guarded.Ask(t.Context(), address); code(err) != Forbidden && code(err) != Malformed {
			t.Errorf("%q: %v, want a refusal", address, err)
		}
	}
	gate := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", r.URL.Query().Get("to"))
		w.WriteHeader(302)
	})
	c := local(t, Options{}, gate)
	for _, p := range places {
		if _, err := c.Ask(t.Context(), gate+"/?to=http://"+strings.ReplaceAll(p, "%", "%25")+":"+port+"/"); code(err) != Forbidden && code(err) != Malformed && code(err) != Redirected {
			t.Errorf("redirected to %s: %v, want a refusal", p, err)
		}
	}
	for _, to := range []string{"file:///etc/passwd", "ftp://example.ru/", "http://u:p@example.ru/", "//127.0.0.1:" + port + "/"} {
		if _, err := c.Ask(t.Context(), gate+"/?to="+to); code(err) != Forbidden && code(err) != Malformed {
			t.Errorf("redirected to %s: %v, want a refusal", to, err)
		}
	}
	if n := reached.Load(); n != 0 {
		t.Errorf("the inner server was asked %d times", n)
	}
}

func TestThePublicNetworkIsPublic(t *testing.T) {
	for _, a := range []string{"8.8.8.8", "77.88.8.8", "172.15.0.1", "172.32.0.1", "100.63.255.255", "100.128.0.1", "2a02:6b8::2:242", "2001:4860:4860::8888", "::ffff:8.8.8.8"} {
		if !Public(netip.MustParseAddr(a)) {
			t.Errorf("%s is not public", a)
		}
	}
	if Public(netip.Addr{}) {
		t.Error("no address is public")
	}
}

// A names server answers for names as the test says; each question for a name takes the next of its answers, the last one stays.
type names struct {
	t       *testing.T
	answers map[string][]string // «site.test.» → addresses, «!» for a failure
	mx      map[string]string
	asked   map[string]int
	conn    net.PacketConn
}

func newNames(t *testing.T, answers map[string][]string, mx map[string]string) (*names, *net.Resolver) {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	n := &names{t: t, answers: answers, mx: mx, asked: map[string]int{}, conn: conn}
	done := make(chan struct{})
	go func() { defer close(done); n.run() }()
	t.Cleanup(func() { _ = conn.Close(); <-done })
	return n, &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

func (n *names) run() {
	buf := make([]byte, 1500)
	for {
		k, from, err := n.conn.ReadFrom(buf)
		if err != nil {
			return
		}
		var m dnsmessage.Message
		if m.Unpack(buf[:k]) != nil || len(m.Questions) != 1 {
			continue
		}
		q := m.Questions[0]
		name := strings.ToLower(q.Name.String())
		m.Response, m.RecursionAvailable, m.Authorities, m.Additionals = true, true, nil, nil
		head := dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: dnsmessage.ClassINET}
		all, known := n.answers[name]
		mx, mail := n.mx[name]
		switch {
		case !known && !mail:
			m.RCode = dnsmessage.RCodeNameError
		case mx == "!":
			m.RCode = dnsmessage.RCodeServerFailure
		case q.Type == dnsmessage.TypeMX && mail:
			m.Answers = append(m.Answers, dnsmessage.Resource{Header: head, Body: &dnsmessage.MXResource{Pref: 10, MX: dnsmessage.MustNewName(mx)}})
		case q.Type == dnsmessage.TypeA && known:
			a := all[min(n.asked[name], len(all)-1)]
			n.asked[name]++
			if a == "!" {
				m.RCode = dnsmessage.RCodeServerFailure
			} else if ip := netip.MustParseAddr(a); ip.Is4() {
				m.Answers = append(m.Answers, dnsmessage.Resource{Header: head, Body: &dnsmessage.AResource{A: ip.As4()}})
			}
		case q.Type == dnsmessage.TypeAAAA && known:
			for _, a := range all {
				if ip, err := netip.ParseAddr(a); err == nil && ip.Is6() {
					m.Answers = append(m.Answers, dnsmessage.Resource{Header: head, Body: &dnsmessage.AAAAResource{AAAA: ip.As16()}})
				}
			}
		}
		out, err := m.Pack()
		if err != nil {
			n.t.Error(err)
			return
		}
		_, _ = n.conn.WriteTo(out, from)
	}
}

// TestNamesThatLeadInside: a name may say what it likes, and something else the second time.
func TestNamesThatLeadInside(t *testing.T) {
	reached := atomic.Int64{}
	inside := serve(t, func(http.ResponseWriter, *http.Request) { reached.Add(1) })
	good := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://rebind.test:"+port(inside)+"/", http.StatusFound)
	})
	_, resolver := newNames(t, map[string][]string{"private.test.": {"10.1.2.3"}, "meta.test.": {"169.254.169.254"}, "loop.test.": {"127.0.0.1"}, "six.test.": {"::1"}, "mapped.test.": {"::ffff:127.0.0.1"},
		"nat.test.": {"64:ff9b::7f00:1"}, "local.test.": {"fd00::5"}, "rebind.test.": {"127.0.0.1", "10.0.0.1"}, "fail.test.": {"!"}}, nil)
	c := local(t, Options{Resolver: resolver}, good)
	for _, name := range []string{"private.test", "meta.test", "loop.test", "six.test", "mapped.test", "nat.test", "local.test"} {
		for _, address := range []string{"http://" + name + ":" + port(inside) + "/", "http://" + name + "/", "https://" + name + "/"} {
			if _, err := c.Ask(t.Context(), address); code(err) != Forbidden {
				t.Errorf("%s: %v, want a refusal", address, err)
			}
		}
	}
	// The first answer for the name is the server of the test, the next one a closed network: what is dialled is judged.
	if a, err := c.Ask(t.Context(), good+"/"); code(err) != Forbidden {
		t.Errorf("rebinding: %+v, %v, want a refusal", a, err)
	}
	again := local(t, Options{Resolver: resolver}, inside)
	if _, err := again.Ask(t.Context(), "http://rebind.test:"+port(inside)+"/"); code(err) != Forbidden {
		t.Errorf("the second answer is trusted as the first: %v", err)
	}
	if n := reached.Load(); n != 0 {
		t.Errorf("the inner server was asked %d times", n)
	}
	if _, err := c.Ask(t.Context(), "http://nothing.test/"); code(err) != NoName {
		t.Errorf("a name that does not exist: %v", err)
	}
	if _, err := c.Ask(t.Context(), "http://fail.test/"); code(err) != NoDNS {
		t.Errorf("a server of names that fails: %v", err)
	}
}

func port(address string) string { return address[strings.LastIndexByte(address, ':')+1:] }

func TestMailDomains(t *testing.T) {
	_, resolver := newNames(t, map[string][]string{"bare.test.": {"8.8.8.8"}, "inner.test.": {"10.0.0.1"}, "busy.test.": {"!"}}, map[string]string{"mail.test.": "mx.mail.test.", "null.test.": ".", "down.test.": "!"})
	c := New(Options{Resolver: resolver, Pause: time.Nanosecond, Timeout: 10 * time.Second})
	for domain, want := range map[string]Code{"mail.test": "", "bare.test": "", "null.test": NoName, "inner.test": Forbidden, "mail.corp.local": Forbidden, "почта.test": NoName, "my_box.test": NoName, "nothing.test": NoName, "down.test": NoDNS, "no dots": Malformed, "nodots": Malformed} {
		if err := c.MailDomain(t.Context(), domain); code(err) != want {
			t.Errorf("%s: %v, want %q", domain, err, want)
		}
	}
}

// TestAnswersWithoutEnd: bodies, headers, drips, loops; all end by our bounds.
func TestAnswersWithoutEnd(t *testing.T) {
	var sent atomic.Int64
	stop := make(chan struct{})
	t.Cleanup(func() { close(stop) }) // after the servers are told to close
	bomb := &bytes.Buffer{}
	z := gzip.NewWriter(bomb)
	_, _ = z.Write(make([]byte, 32<<20))
	_ = z.Close()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			w.WriteHeader(405)
			return
		}
		switch r.URL.Path {
		case "/endless":
			for b := make([]byte, 8<<10); ; {
				n, err := w.Write(b)
				sent.Add(int64(n))
				if err != nil {
					return
				}
			}
		case "/bomb":
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(bomb.Bytes())
		case "/silent":
			select {
			case <-r.Context().Done():
			case <-stop:
			}
		case "/loop":
			http.Redirect(w, r, "/loop", http.StatusFound)
		case "/chain":
			http.Redirect(w, r, "/chain?"+r.URL.RawQuery+"x", http.StatusFound)
		}
	}))
	t.Cleanup(site.Close)
	c := local(t, Options{}, site.URL)
	for path, want := range map[string]Code{"/endless": "", "/bomb": "", "/loop": Redirected, "/chain": Redirected} {
		a, err := c.Ask(t.Context(), site.URL+path)
		if code(err) != want || a.Redirects > 6 {
			t.Errorf("%s: %+v, %v, want %q", path, a, err, want)
		}
	}
	if n := sent.Load(); n > 32<<20 {
		t.Errorf("%d bytes of an endless body were taken", n)
	}
	quick := local(t, Options{Timeout: 300 * time.Millisecond}, site.URL)
	if _, err := quick.Ask(t.Context(), site.URL+"/silent"); code(err) != Unreachable {
		t.Errorf("a silent server: %v", err)
	}
	for name, talk := range map[string]func(net.Conn){
		"drips": func(n net.Conn) {
			for {
				if _, err := n.Write([]byte("H")); err != nil {
					return
				}
				select {
				case <-stop:
					return
				case <-time.After(20 * time.Millisecond):
				}
			}
		},
		"huge headers": func(n net.Conn) {
			fmt.Fprint(n, "HTTP/1.1 200 OK\r\n")
			for {
				if _, err := fmt.Fprintf(n, "X-%d: %s\r\n", time.Now().UnixNano(), strings.Repeat("a", 1000)); err != nil {
					return
				}
			}
		},
		"nonsense": func(n net.Conn) { fmt.Fprint(n, "hello\r\n\r\n") },
		"silence":  func(net.Conn) {},
	} {
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = ln.Close() })
		go func() {
			for {
				n, err := ln.Accept()
				if err != nil {
					return
				}
				go func() {
					defer n.Close()
					_, _ = bufio.NewReader(n).ReadString('\n')
					talk(n)
				}()
			}
		}()
		o := Options{}
		if name == "drips" {
			o.Timeout = 500 * time.Millisecond
		}
		if _, err := local(t, o, ln.Addr().String()).Ask(t.Context(), "http://"+ln.Addr().String()+"/"); code(err) != Unreachable {
			t.Errorf("%s: %v, want unreachable", name, err)
		}
	}
}

// certificate is one for a name, signed by itself, that ends then.
func certificate(t *testing.T, name string, ends time.Time) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name}, NotBefore: ends.Add(-24 * time.Hour * 90), NotAfter: ends, IsCA: true,
		BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}, pool
}

func TestCertificates(t *testing.T) {
	ends := time.Now().Add(5 * 24 * time.Hour).UTC().Truncate(time.Second)
	for _, x := range []struct {
		what, name string
		ends       time.Time
		trusted    bool
		want       Code
	}{{"ends soon", "site.test", ends, true, ""}, {"expired", "site.test", time.Now().Add(-time.Hour), true, Certificate}, {"signed by itself", "site.test", ends, false, Certificate}, {"of another name", "other.test", ends, true, Certificate}} {
		cert, pool := certificate(t, x.name, x.ends)
		srv := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
		srv.Config.ErrorLog = log.New(io.Discard, "", 0)
		srv.TLS = &tls.Config{Certificates: []tls.Certificate{cert}}
		srv.StartTLS()
		t.Cleanup(srv.Close)
		_, resolver := newNames(t, map[string][]string{"site.test.": {"127.0.0.1"}}, nil)
		o := Options{Resolver: resolver, Roots: x509.NewCertPool()}
		if x.trusted {
			o.Roots = pool
		}
		a, err := local(t, o, srv.URL).Ask(t.Context(), "https://site.test:"+port(srv.URL)+"/")
		if code(err) != x.want || x.want == "" && !a.CertEnds.Equal(ends) {
			t.Errorf("a certificate that is %s: %+v, %v, want %q", x.what, a, err, x.want)
		}
	}
}

// TestAProxyOfTheEnvironmentIsNotAsked: it would connect wherever it likes.
func TestAProxyOfTheEnvironmentIsNotAsked(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	t.Setenv("http_proxy", "http://127.0.0.1:1")
	site := serve(t, func(http.ResponseWriter, *http.Request) {})
	if a, err := local(t, Options{}, site).Ask(t.Context(), site); err != nil || a.Status != 200 {
		t.Errorf("%+v, %v", a, err)
	}
}

// TestHostsAreAskedInTurn: one host is not asked again before the pause is over, whoever asks.
func TestHostsAreAskedInTurn(t *testing.T) {
	var asked atomic.Int64
	site := serve(t, func(http.ResponseWriter, *http.Request) { asked.Add(1) })
	began := time.Now()
	c := local(t, Options{Pause: 50 * time.Millisecond, At: 8}, site)
	errs := make(chan error)
	for range 4 {
		go func() { _, err := c.Ask(t.Context(), site); errs <- err }()
	}
	for range 4 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	if took := time.Since(began); asked.Load() != 4 || took < 150*time.Millisecond {
		t.Errorf("%d questions in %v, want 4 and three pauses of 50 ms between", asked.Load(), took)
	}
}

// TestOnlyTestsUseTheSeam: nothing of the program calls what lets a client in.
func TestOnlyTestsUseTheSeam(t *testing.T) {
	err := filepath.WalkDir(filepath.Join("..", ".."), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || d.Name() == "seam.go" {
			return err
		}
		b, err := os.ReadFile(path)
		if err == nil && bytes.Contains(b, []byte("outgoing.ForTests")) {
			t.Errorf("%s makes a client that is not guarded", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
