package outgoing

import (
	"crypto/tls"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// TestEverySpellingHasItsOutcome: what each way to write an address comes to, before anything is asked. «host» is what would be
// asked of a name server or connected to, for those that may be.
func TestEverySpellingHasItsOutcome(t *testing.T) {
	c := New(Options{})
	for address, want := range map[string]struct {
		code Code
		host string
	}{
		// Numbers that some programs read as 127.0.0.1 or another closed address.
		"http://2130706433/": {code: Forbidden}, "http://017700000001/": {code: Forbidden}, "http://0x7f000001/": {code: Forbidden}, "http://0x7F.1/": {code: Forbidden}, "http://0177.0.0.1/": {code: Forbidden},
		"http://127.1/": {code: Forbidden}, "http://0/": {code: Forbidden}, "http://0.0.0.0/": {code: Forbidden}, "http://0.1.2.3/": {code: Forbidden}, "http://8.8.8.8.8/": {code: Forbidden},
		"http://%31%32%37.0.0.1/": {code: Malformed}, "http://１２７.０.０.１/": {code: Forbidden}, "http://127.0.0.1./": {code: Forbidden}, "http://0x/": {code: Forbidden}, "http://site.0x7f/": {code: Forbidden},
		// Closed addresses in each of their forms.
		"http://100.64.0.1/": {code: Forbidden}, "http://100.127.255.254/": {code: Forbidden}, "http://224.0.0.251/": {code: Forbidden}, "http://239.255.255.250/": {code: Forbidden}, "http://169.254.169.254/": {code: Forbidden},
		"http://[::ffff:10.0.0.1]/": {code: Forbidden}, "http://[0:0:0:0:0:ffff:7f00:1]/": {code: Forbidden}, "http://[::ffff:8.8.8.8]/": {code: Forbidden}, "http://[::10.0.0.1]/": {code: Forbidden},
		"http://[2002:a00:1::1]/": {code: Forbidden}, "http://[64:ff9b::a00:1]/": {code: Forbidden}, "http://[64:ff9b:1:a00:1::]/": {code: Forbidden}, "http://[2001:0:a00:1::1]/": {code: Forbidden},
		"http://[fe80::1%25eth0]/": {code: Forbidden}, "http://[2a02:6b8::2%25eth0]/": {code: Forbidden}, "http://[ff05::c]/": {code: Forbidden}, "http://[::1]:80/": {code: Forbidden}, "http://[100::1]/": {code: Forbidden}, "http://[fec0::1]/": {code: Forbidden},
		// Names that mean a network of somebody's own, and names that are none.
		"http://localhost./": {code: Forbidden}, "http://localhost../": {code: Malformed}, "http://example.ru../": {code: Malformed}, "http://.example.ru/": {code: Malformed}, "http://a..ru/": {code: Malformed}, "http://./": {code: Malformed},
		"http://router.home.arpa/": {code: Forbidden}, "http://home.arpa/": {code: Forbidden}, "http://intranet/": {code: Forbidden}, "http://a.ru,b.ru/": {code: Malformed}, "http://" + strings.Repeat("a", 64) + ".ru/": {code: Malformed},
		"http://" + strings.Repeat("a.", 127) + "ru/": {code: Malformed}, "http://exa%00mple.ru/": {code: Malformed}, "http://*.ru/": {code: Malformed},
		// Users, ports, other ways of asking.
		"http://example.ru@127.0.0.1/": {code: Forbidden}, "http://127.0.0.1@example.ru/": {code: Forbidden}, "http://@example.ru/": {code: Forbidden}, "http://:@example.ru/": {code: Forbidden},
		"http://example.ru:0/": {code: Forbidden}, "http://8.8.8.8:0/": {code: Forbidden}, "http://example.ru:65536/": {code: Malformed}, "http://example.ru:-1/": {code: Malformed}, "http://example.ru:+80/": {code: Malformed}, "http://example.ru:25/": {code: Forbidden},
		"file:///etc/passwd": {code: Forbidden}, "gopher://example.ru/": {code: Forbidden}, "unix:///run/a": {code: Forbidden}, "HTTPS:example.ru": {code: Malformed}, `http://example.ru\@127.0.0.1/`: {code: Malformed},
		// What is like a trick and is none.
		"http://example.ru:/": {host: "example.ru"}, "http://EXAMPLE.ru./a": {host: "example.ru"}, "https://правительство.рф/": {host: "xn--80aealotwbjpid2k.xn--p1ai"}, "https://ПРАВИТЕЛЬСТВО.РФ:443/": {host: "xn--80aealotwbjpid2k.xn--p1ai:443"},
		"http://my_site.example.ru/": {host: "my_site.example.ru"}, "http://r3--a.example.ru/": {host: "r3--a.example.ru"}, "http://8.8.8.8./": {host: "8.8.8.8"}, "http://[2a02:06b8:0::2]:80/": {host: "[2a02:6b8::2]:80"}, "http://[2a02:6b8::2]/": {host: "[2a02:6b8::2]"},
		"http://example.ru/#@127.0.0.1/": {host: "example.ru"}, "http://example.ru/?u=http://127.0.0.1/": {host: "example.ru"}, " http://0x7f.example.ru/ ": {host: "0x7f.example.ru"}, "http://127.0.0.1.example.ru/": {host: "127.0.0.1.example.ru"},
	} {
		u, err := c.parse(address)
		if got := code(err); got != want.code || (err == nil) != (want.code == "") {
			t.Errorf("%s: %v, want %q", address, err, want.code)
		} else if err == nil && u.Host != want.host {
			t.Errorf("%s is asked of %q, want %q", address, u.Host, want.host)
		} else if err != nil && (!strings.HasSuffix(err.Error(), ".") || strings.Count(err.Error(), ". ") > 0) {
			t.Errorf("%s: %q is not one sentence", address, err)
		}
	}
}

// TestWhereRedirectsMayNotLead: what a site sends on to is judged like an address, and the sentence says that it is the site that
// sends there.
func TestWhereRedirectsMayNotLead(t *testing.T) {
	gate := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Location"] = []string{r.URL.Query().Get("to")}
		w.WriteHeader(http.StatusFound)
	})
	c := local(t, Options{}, gate)
	for to, want := range map[string]Code{
		"file:///etc/passwd": Forbidden, "gopher://example.ru/": Forbidden, "data:text/plain,a": Forbidden, "http://2130706433/": Forbidden, "http://[::ffff:127.0.0.1]/": Forbidden, "//10.0.0.1/": Forbidden,
		"http://u:p@example.ru/": Forbidden, "https://localhost/": Forbidden, "http://[::1": Redirected, "http://a b/": Redirected, "http://%zz/": Redirected,
	} {
		a, err := c.Ask(t.Context(), gate+"/?to="+url.QueryEscape(to))
		if code(err) != want || a.Status != http.StatusFound {
			t.Errorf("to %q: %+v, %v, want %q", to, a, err, want)
		} else if want == Forbidden && !strings.HasPrefix(err.Error(), "Сайт отправляет дальше") {
			t.Errorf("to %q: %q does not say that the site sends there", to, err)
		}
	}
}

// TestARedirectThatBaresIsSeen: from https to http a browser goes too; whoever keeps the point should know.
func TestARedirectThatBaresIsSeen(t *testing.T) {
	plain := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if to := r.URL.Query().Get("to"); to != "" {
			http.Redirect(w, r, to, http.StatusMovedPermanently)
		}
	})
	cert, pool := certificate(t, "site.test", time.Now().Add(90*24*time.Hour))
	safe := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if to := r.URL.Query().Get("to"); to != "" {
			http.Redirect(w, r, to, http.StatusFound)
		}
	}))
	safe.Config.ErrorLog = log.New(io.Discard, "", 0)
	safe.TLS = &tls.Config{Certificates: []tls.Certificate{cert}}
	safe.StartTLS()
	t.Cleanup(safe.Close)
	_, resolver := newNames(t, map[string][]string{"site.test.": {"127.0.0.1"}}, nil)
	c := local(t, Options{Resolver: resolver, Roots: pool}, plain, safe.URL)
	https := "https://site.test:" + port(safe.URL) + "/"
	for address, want := range map[string]bool{https: false, https + "?to=" + url.QueryEscape(plain+"/"): true, plain + "/?to=" + url.QueryEscape(https): false,
		https + "?to=" + url.QueryEscape(plain+"/?to="+url.QueryEscape(https)): true} {
		if a, err := c.Ask(t.Context(), address); err != nil || a.Bared != want || a.Status != 200 {
			t.Errorf("%s: %+v, %v, want bared %v", address, a, err, want)
		}
	}
}
