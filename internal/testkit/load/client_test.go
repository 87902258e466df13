package load

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"time"

	"perechen/internal/testkit"
)

// A client is a person's browser.
type client struct {
	o    *oracle
	name string
	base string
	http *http.Client
	seen map[string]int  // of each point, the newest telephone that this client was shown
	kept map[string]kept // pages by address, to be asked for again by their tag
}

type kept struct{ tag, page string }

// An answer is what came back. Known is false when nobody can say what the program has done: the connection broke, the
// balancer has answered in its place, or the program says that it does not know.
type answer struct {
	known    bool
	status   int
	location string
	page     string
}

func (o *oracle) client(name, base string, transport http.RoundTripper) *client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		panic(err)
	}
	return &client{o: o, name: name, base: base, seen: map[string]int{}, kept: map[string]kept{}, http: &http.Client{
		Transport: transport, Jar: jar, Timeout: 2 * time.Minute,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// get asks for a page until there is an answer or the work is over; ok is false then.
func (c *client) get(ctx context.Context, path string) (a answer, ok bool) {
	for pause := 20 * time.Millisecond; ; pause = min(2*pause, time.Second) {
		if a = c.ask(ctx, http.MethodGet, path, nil); a.known && a.status < 500 {
			return a, true
		}
		if !rest(ctx, pause) {
			return a, false
		}
	}
}

// rest pauses; false when the work is over.
func rest(ctx context.Context, pause time.Duration) bool {
	select {
	case <-time.After(pause):
		return true
	case <-ctx.Done():
		return false
	}
}

// ask sends one request, even when the work has just ended: what was begun is waited for.
func (c *client) ask(ctx context.Context, method, path string, form url.Values) answer {
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(context.WithoutCancel(ctx), method, c.base+path, body)
	if err != nil {
		panic(err)
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	had, cached := c.kept[path]
	if cached && method == http.MethodGet {
		r.Header.Set("If-None-Match", had.tag)
	}
	began := time.Now()
	res, err := c.http.Do(r)
	if err != nil {
		c.o.count("broken connections", 1)
		return answer{}
	}
	defer res.Body.Close()
	page, err := io.ReadAll(res.Body)
	if err != nil || res.Header.Get(ownAnswer) != "" {
		c.o.count("answers of the balancer", 1)
		return answer{}
	}
	c.o.took(method, time.Since(began))
	a := answer{true, res.StatusCode, res.Header.Get("Location"), string(page)}
	switch {
	case a.status == http.StatusNotModified && cached:
		a.status, a.page = http.StatusOK, had.page
		c.o.count("pages that the browser had", 1)
	case a.status == http.StatusServiceUnavailable:
		c.o.count("answers 503", 1)
		if res.Header.Get("Retry-After") == "" || !strings.Contains(a.page, "<h1>Страница сейчас недоступна</h1>") {
			c.o.fail("%s: %s %s: a 503 that says nothing: %v %.300s", c.name, method, path, res.Header, a.page)
		}
		a.known = method == http.MethodGet // «unknown» is said in the page, and the oracle does not read it
	case a.status >= 500:
		c.o.fail("%s: %s %s: %d: %s", c.name, method, path, a.status, words(a.page))
	}
	if tag := res.Header.Get("Etag"); method == http.MethodGet && a.status == http.StatusOK && tag != "" {
		c.kept[path] = kept{tag, a.page}
	}
	return a
}

// words is a page's text, cut short.
func words(page string) string {
	if i := strings.Index(page, "<main"); i >= 0 {
		page = page[i:]
	}
	var b strings.Builder
	inside := false
	for _, r := range page {
		switch {
		case r == '<':
			inside = true
		case r == '>':
			inside = false
			b.WriteByte(' ')
		case !inside:
			b.WriteRune(r)
		}
	}
	text := strings.Join(strings.Fields(b.String()), " ")
	return text[:min(len(text), 600)]
}

// form gives the fields of the one form of a page that the selector names; nil when there is none.
func (c *client) form(a answer, selector string) url.Values {
	h := testkit.ParseHTML(c.o.t, a.page)
	if len(h.All(selector)) != 1 {
		return nil
	}
	return h.Form(c.o.t, selector)
}

// signIn signs in; false when the work is over before that.
func (c *client) signIn(ctx context.Context, login string) bool {
	unknown := 0
	for pause := 50 * time.Millisecond; ; pause = min(2*pause, 2*time.Second) {
		a := c.ask(ctx, http.MethodPost, "/-/sign-in", url.Values{"login": {login}, "password": {password}})
		switch {
		case !a.known || a.status >= 500:
			unknown++
		case a.status == http.StatusTooManyRequests && unknown > 0:
			c.o.count("sign-ins put off", 1) // what was cut off in the middle counts as a guess
		case a.status == http.StatusSeeOther:
			c.o.count("sign-ins", 1)
			return true
		default:
			c.o.fail("%s: sign-in: %d %s", c.name, a.status, words(a.page))
			return false
		}
		if !rest(ctx, pause) {
			return false
		}
	}
}
