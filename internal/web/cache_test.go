package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"perechen/internal/httpx"
	"perechen/internal/register"
	"perechen/internal/testkit"
)

func TestAPageThatIsKnownIsNotSentAgain(t *testing.T) {
	w := committee(t, Options{})
	res, first := w.get(t, "/komzan/?kind=phone")
	tag := res.Header.Get("Etag")
	if tag == "" || res.Header.Get("Cache-Control") != "no-cache" {
		t.Fatalf("headers %v", res.Header)
	}
	res, body := w.get(t, "/komzan/?kind=phone", "If-None-Match", tag)
	if res.StatusCode != http.StatusNotModified || body != "" {
		t.Errorf("%s with %d bytes", res.Status, len(body))
	}
	if _, again := w.get(t, "/komzan/?kind=phone"); again != first {
		t.Error("the same page differs the second time")
	}
	// What the page does not know of changes nothing; what it knows, does.
	if res, _ := w.get(t, "/komzan/?utm=x&kind=phone"); res.Header.Get("Etag") != tag {
		t.Error("a foreign parameter makes another page")
	}
	for _, other := range []string{"/komzan/?kind=email", "/komzan/points", "/minec/"} {
		if res, _ := w.get(t, other); res.Header.Get("Etag") == tag {
			t.Errorf("%s has the same tag", other)
		}
	}
	if res, _ := w.get(t, "/komzan/?kind=phone", "Cookie", "lang=en"); res.Header.Get("Etag") == tag {
		t.Error("another language has the same tag")
	}
	s := testkit.Committee()
	mail := pointOf(t, s, "email")
	mail.Hours = "круглосуточно"
	w.append(t, "komzan", amend(register.KindTouchpoint, mail.Key, mail))
	res, _ = w.get(t, "/komzan/?kind=phone", "If-None-Match", tag)
	if res.StatusCode != http.StatusOK || res.Header.Get("Etag") == tag {
		t.Error("after a new entry the old page is taken for the newest")
	}
}

func TestErasedWordsLeaveThePages(t *testing.T) {
	w := newWorld(t, Options{})
	s := testkit.Committee()
	mail := pointOf(t, s, "email")
	mail.Place = "кабинет Иванова И.И."
	for i := range s.Register.Touchpoints {
		if s.Register.Touchpoints[i].Key == mail.Key {
			s.Register.Touchpoints[i] = mail
		}
	}
	w.add(t, "komzan", s)
	n := entryOf(t, w, mail.Key)
	if _, body := w.get(t, "/komzan/points/"+mail.Key); !strings.Contains(body, "Иванова") {
		t.Fatal("the name is not on the page to begin with")
	}
	mail.Place = ""
	w.append(t, "komzan", amend(register.KindTouchpoint, mail.Key, mail))
	if err := w.ledger.Erase(t.Context(), "komzan", n, register.Ground{Text: "152-ФЗ, статья 21"}, "officer"); err != nil {
		t.Fatal(err)
	}
	crawl(t, w, func(address string, p testkit.HTML) {
		if strings.Contains(p.Text(), "Иванова") {
			t.Errorf("%s still shows what was erased", address)
		}
	}, "/komzan/", "/komzan/?n="+itoa(n))
}

func itoa(n int64) string { return string(bytes.TrimSpace(register.Encode(n))) }

func entryOf(t testing.TB, w *world, key string) (n int64) {
	t.Helper()
	err := w.ledger.Entries(t.Context(), "komzan", 1, 0, func(e register.Entry) error {
		if e.Kind == register.KindTouchpoint && e.Key == key {
			n = e.N
		}
		return nil
	})
	if err != nil || n == 0 {
		t.Fatal(n, err)
	}
	return n
}

func TestPackedPageIsTheSamePage(t *testing.T) {
	w := committee(t, Options{})
	_, plain := w.get(t, "/komzan/")
	for range 2 { // rendered, then from memory
		res, packed := w.get(t, "/komzan/", "Accept-Encoding", "br, gzip;q=0.8")
		if res.Header.Get("Content-Encoding") != "gzip" || !strings.Contains(strings.Join(res.Header["Vary"], ","), "Accept-Encoding") {
			t.Fatalf("headers %v", res.Header)
		}
		z, err := gzip.NewReader(strings.NewReader(packed))
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(z)
		if err != nil || string(got) != plain {
			t.Errorf("unpacked it is another page (%v)", err)
		}
		if len(packed) > len(plain)/3 {
			t.Errorf("%d bytes packed into %d", len(plain), len(packed))
		}
	}
	if res, _ := w.get(t, "/komzan/", "Accept-Encoding", "gzip;q=0"); res.Header.Get("Content-Encoding") != "" {
		t.Error("gzip comes though it is refused")
	}
}

func TestHeadSendsNoBody(t *testing.T) {
	w := committee(t, Options{})
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, httptest.NewRequest(http.MethodHead, "/komzan/", nil))
	if rec.Code != http.StatusOK || rec.Body.Len() != 0 || rec.Header().Get("Content-Length") == "0" {
		t.Errorf("%d, %d bytes, length %s", rec.Code, rec.Body.Len(), rec.Header().Get("Content-Length"))
	}
}

func TestSecurityHeadersStandOnEveryAnswer(t *testing.T) {
	w := committee(t, Options{})
	for _, address := range []string{"/", "/komzan/", "/nothing", "/static/nothing", "/favicon.ico"} {
		res, _ := w.get(t, address)
		if res.Header.Get("Content-Security-Policy") != httpx.CSP || res.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", address, res.Header)
		}
	}
	if strings.Contains(httpx.CSP, "unsafe") {
		t.Error("the policy allows what it should forbid")
	}
}

func TestStaticFilesAreKeptForEver(t *testing.T) {
	w := committee(t, Options{})
	p := w.page(t, "/komzan/")
	for _, x := range p.All("head link[href]") {
		href, _ := x.Attr("href")
		res, _ := w.get(t, href)
		if res.StatusCode != http.StatusOK || !strings.Contains(res.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %s %q", href, res.Status, res.Header.Get("Cache-Control"))
		}
	}
	css, _ := p.One(t, "link[rel=stylesheet]").Attr("href")
	_, body := w.get(t, css)
	if strings.Contains(body, `url("fonts/`) || strings.Count(body, `url("/static/`) != strings.Count(body, "@font-face") {
		t.Error("the style sheet does not name the fonts by their addresses")
	}
}

func TestPageCacheStaysWithinItsBound(t *testing.T) {
	c := newPageCache(100_000)
	for i := range 1000 {
		c.put(itoa(int64(i)), &httpx.Page{Body: make([]byte, 1000)})
		if c.held > 100_000 || len(c.byKey) != c.order.Len() {
			t.Fatalf("%d bytes in %d and %d pages", c.held, len(c.byKey), c.order.Len())
		}
	}
	if c.get("999") == nil || c.get("0") != nil {
		t.Error("the oldest page should have gone, not the newest")
	}
	c.put("huge", &httpx.Page{Body: make([]byte, 50_000)})
	if c.get("huge") != nil {
		t.Error("one page took half of the room")
	}
}
