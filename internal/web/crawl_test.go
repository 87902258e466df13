package web

import (
	"io/fs"
	"mime"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"perechen/internal/lang"
	"perechen/internal/testkit"
)

// crawl opens every address that the pages lead to, beginning with the given ones, and hands each page to visit.
func crawl(t *testing.T, w *world, visit func(address string, page testkit.HTML), starts ...string) {
	t.Helper()
	type want struct{ from, fragment string }
	queue := slices.Clone(starts)
	seen := map[string]bool{}
	ids := map[string]map[string]bool{} // of each page
	wanted := map[string][]want{}
	for _, s := range starts {
		seen[s] = true
	}
	for len(queue) > 0 {
		address := queue[0]
		queue = queue[1:]
		res, body := w.get(t, address)
		if res.StatusCode == http.StatusFound {
			queue = append(queue, res.Header.Get("Location"))
			continue
		}
		if res.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", address, res.Status)
			continue
		}
		if kind, _, _ := mime.ParseMediaType(res.Header.Get("Content-Type")); kind != "text/html" {
			continue
		}
		page := testkit.ParseHTML(t, body)
		visit(address, page)
		ids[address] = map[string]bool{}
		for _, x := range page.All("[id]") {
			id, _ := x.Attr("id")
			ids[address][id] = true
		}
		base, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range append(page.All("a[href]"), append(page.All("link[href]"), page.All("script[src]")...)...) {
			href, ok := a.Attr("href")
			if !ok {
				href, _ = a.Attr("src")
			}
			u, err := base.Parse(href)
			if err != nil {
				t.Errorf("%s: link %q: %v", address, href, err)
				continue
			}
			if u.Scheme != "" {
				continue // leads away: a telephone, a mailbox, a site
			}
			fragment := u.Fragment
			u.Fragment, u.RawFragment = "", ""
			if fragment != "" {
				wanted[u.String()] = append(wanted[u.String()], want{address, fragment})
			}
			if !seen[u.String()] {
				seen[u.String()] = true
				queue = append(queue, u.String())
			}
		}
	}
	for address, ws := range wanted {
		for _, x := range ws {
			if have, ok := ids[address]; ok && !have[x.fragment] {
				t.Errorf("%s leads to %s#%s, and there is no such place", x.from, address, x.fragment)
			}
		}
	}
}

// emptyStates are addresses that no link leads to, and that show a state with nothing in it or something gone.
var emptyStates = []string{"/komzan/?on=2020-01-01", "/komzan/points?on=2020-01-01", "/komzan/processes?on=2020-01-01", "/komzan/findings?on=2020-01-01",
	"/komzan/editions?on=2020-01-01", "/komzan/log?on=2020-01-01", "/komzan/order?on=2020-01-01", "/komzan/documents?on=2020-01-01", "/komzan/clients", "/komzan/diff?on=2020-01-01",
	"/komzan/?on=2026-02-20", "/komzan/?edition=1", "/komzan/?n=9", "/komzan/?q=нет-такого-слова", "/komzan/findings?rule=R99", "/komzan/findings?severity=violation",
	"/komzan/?need=info&class=digital&kind=phone", "/clean/findings", "/clean/", "/komzan/diff?a=1&b=1", "/komzan/diff?a=0&b=n5", "/komzan/diff?a=2026-02-20"}

func TestEveryLinkLeadsSomewhereAndEveryPageIsSound(t *testing.T) {
	w := committee(t, Options{Documents: papers{}})
	w.add(t, "clean", testkit.Clean())
	rejectOne(t, w)
	pages := 0
	crawl(t, w, func(address string, page testkit.HTML) {
		pages++
		sound(t, address, page)
	}, append([]string{"/", "/komzan/", "/komzan/?lang=en"}, emptyStates...)...)
	if pages < 100 {
		t.Errorf("%d pages were found, there should be more", pages)
	}
	for _, address := range []string{"/nowhere/", "/komzan/nowhere", "/komzan/editions/9", "/komzan/points/nothing"} {
		res, body := w.get(t, address)
		if res.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", address, res.Status)
		}
		page := testkit.ParseHTML(t, body)
		sound(t, address, page)
	}
	empty := newWorld(t, Options{})
	_, body := empty.get(t, "/")
	sound(t, "/ of an empty installation", testkit.ParseHTML(t, body))
}

// rejectOne rejects the first open finding of the Committee, so that there is a rejected one to show.
func rejectOne(t testing.TB, w *world) {
	t.Helper()
	_, body := w.get(t, "/komzan/findings")
	id, _ := testkit.ParseHTML(t, body).All("article.finding")[0].Attr("id")
	s, err := newSnapshot(t.Context(), w.ledger, snapshotKey{slug: "komzan", n: headOf(t, w, "komzan"), day: "2026-04-07"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.ledger.Reject(t.Context(), "komzan", *s.finding[id], "согласовано с председателем", "officer"); err != nil {
		t.Fatal(err)
	}
}

func headOf(t testing.TB, w *world, slug string) int64 {
	t.Helper()
	h, err := w.ledger.Head(t.Context(), slug)
	if err != nil {
		t.Fatal(err)
	}
	return h.N
}

// sound holds a page against what every page of ours must be.
func sound(t *testing.T, address string, page testkit.HTML) {
	t.Helper()
	fault := func(format string, args ...any) { t.Helper(); t.Errorf(address+": "+format, args...) }
	if n := len(page.All("h1")); n != 1 {
		fault("%d headings of the first rank", n)
	}
	rank := 0
	for _, h := range page.All("*") {
		if tag := h.Tag(); len(tag) == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6' {
			if r := int(tag[1] - '0'); r > rank+1 {
				fault("heading %q of rank %d follows rank %d", h.Text(), r, rank)
			}
			rank = int(tag[1] - '0')
		}
		for _, a := range h.Attrs() {
			if a == "style" || strings.HasPrefix(a, "on") {
				fault("<%s> has the attribute %s, which the policy forbids", h.Tag(), a)
			}
		}
	}
	if tag, _ := page.One(t, "html").Attr("lang"); tag != "ru" && tag != "en" {
		fault("the language is %q", tag)
	}
	if title := page.One(t, "head title").Text(); title == "" || strings.HasPrefix(title, "·") {
		fault("the title is %q", title)
	}
	for _, s := range page.All("script") {
		if _, ok := s.Attr("src"); !ok {
			fault("there is a script in the page")
		}
	}
	if len(page.All("style")) > 0 {
		fault("there is a style in the page")
	}
	ids := map[string]bool{}
	for _, x := range page.All("[id]") {
		id, _ := x.Attr("id")
		if ids[id] {
			fault("the id %q stands twice", id)
		}
		ids[id] = true
	}
	named := map[string]bool{}
	for _, l := range page.All("label[for]") {
		id, _ := l.Attr("for")
		named[id] = true
	}
	within := map[testkit.HTML]bool{}
	for _, x := range page.All("label > *") {
		within[x] = true
	}
	for _, field := range append(page.All("input"), append(page.All("select"), page.All("textarea")...)...) {
		kind, _ := field.Attr("type")
		id, _ := field.Attr("id")
		if kind != "hidden" && !named[id] && !within[field] {
			fault("a field has no label")
		}
	}
	for _, tb := range page.All("table") {
		if len(tb.All("caption")) != 1 {
			fault("a table has no caption")
		}
		for _, th := range tb.All("th") {
			if _, ok := th.Attr("scope"); !ok {
				fault("the heading cell %q has no scope", th.Text())
			}
		}
	}
	for _, a := range page.All("a") {
		if a.Text() == "" {
			fault("a link has no words")
		}
		if href, _ := a.Attr("href"); strings.HasSuffix(href, "/processes/") || strings.HasSuffix(href, "/points/") {
			fault("the link %q leads nowhere in particular", a.Text())
		}
	}
}

// keyLiteral finds what may be the key of a message in templates and in Go.
var keyLiteral = regexp.MustCompile(`"([a-z]+\.[a-z0-9_.]*)`)

func TestMessagesAreAllUsed(t *testing.T) {
	var literals []string
	read := func(text string) {
		for _, m := range keyLiteral.FindAllStringSubmatch(text, -1) {
			literals = append(literals, m[1])
		}
	}
	files, _ := fs.Glob(templateFiles, "templates/*.html")
	for _, f := range files {
		b, _ := templateFiles.ReadFile(f)
		read(string(b))
	}
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	maps, err := filepath.Glob("../journey/*.go") // whose pictures stand in the pages
	if err != nil {
		t.Fatal(err)
	}
	sources = append(sources, maps...)
	for _, f := range sources {
		if !strings.HasSuffix(f, "_test.go") {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			read(string(b))
		}
	}
	for _, k := range lang.Keys() {
		used := slices.ContainsFunc(literals, func(l string) bool {
			return l == k || strings.HasSuffix(l, ".") && strings.HasPrefix(k, l) || k == l+"text"
		})
		if !used {
			t.Errorf("no page shows the message %s", k)
		}
	}
}

func TestLanguagesSayTheSame(t *testing.T) {
	verbs := regexp.MustCompile(`%[+#0-9.]*[a-z]`)
	for _, k := range lang.Keys() {
		ru, en := lang.Russian.T(k), lang.English.T(k)
		if ru == "" || en == "" {
			t.Errorf("%s is empty in a language", k)
		}
		if a, b := verbs.FindAllString(ru, -1), verbs.FindAllString(en, -1); !slices.Equal(a, b) {
			t.Errorf("%s takes %v in Russian and %v in English", k, a, b)
		}
		if forms := strings.Count(ru, "|"); forms > 0 && (forms != 2 || strings.Count(en, "|") != 1) {
			t.Errorf("%s has a wrong number of forms", k)
		}
	}
}
