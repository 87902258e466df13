package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"perechen/internal/register"
	"perechen/internal/testkit"
)

func TestPagesForClientsCanBeInstalled(t *testing.T) {
	w := everyday(t, Options{})
	p := w.page(t, "/minstroj/find")
	href, _ := p.One(t, `link[rel=manifest]`).Attr("href")
	res, body := w.get(t, href)
	var m struct {
		Start string `json:"start_url"`
		Icons []struct{ Src, Sizes string }
	}
	if err := json.Unmarshal([]byte(body), &m); err != nil || res.Header.Get("Content-Type") != "application/manifest+json" || len(m.Icons) != 3 {
		t.Fatalf("the manifest: %v %v %s", err, res.Header, body)
	}
	for _, icon := range m.Icons {
		if res, body := w.get(t, icon.Src); res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != "image/png" || !strings.HasPrefix(body, "\x89PNG") {
			t.Errorf("icon %s: %s", icon.Src, res.Status)
		}
	}
	w.page(t, m.Start)
	res, code := w.get(t, "/sw.js")
	if res.StatusCode != http.StatusOK || !strings.Contains(res.Header.Get("Content-Type"), "javascript") || strings.Contains(code, "+ VERSION") || strings.Contains(code, "SHELL)") || !strings.Contains(code, "/static/site.") {
		t.Errorf("the service worker: %v\n%.300s", res.Header, code)
	}
	keep, _ := p.One(t, "body").Attr("data-keep")
	if urls := strings.Fields(keep); len(urls) < 40 || urls[0] != "/minstroj/find" {
		t.Errorf("kept ahead: %q", keep)
	}
	w.staffOf(t, "minstroj", map[string][2]string{"clerk": {register.RoleDepartment, "kadry"}})
	w.as(t, "clerk")
	for _, address := range []string{"/minstroj/find", "/minstroj/processes/uvolnenie", "/minstroj/find?q=" + url.QueryEscape("отпуск")} {
		res, body := w.get(t, address)
		if c := res.Header.Get("Cache-Control"); !strings.Contains(c, "private") || strings.Contains(body, "data-keep") {
			t.Errorf("%s of somebody signed in may be kept: %q", address, c)
		}
	}
}

// TestTheFirstViewIsSmall: what a telephone loads for a page, packed, fonts with it, stays under 50 KB.
func TestTheFirstViewIsSmall(t *testing.T) {
	w := everyday(t, Options{})
	w.add(t, "komzan", testkit.Committee())
	for _, address := range []string{"/", "/minstroj/find", "/minstroj/find?q=" + url.QueryEscape("увольняюсь"), "/minstroj/find?q=zzzz", "/minstroj/processes/uvolnenie", "/minstroj/departments/kadry"} {
		total := 0
		add := func(address string) {
			_, body := w.get(t, address, "Accept-Encoding", "gzip")
			total += len(body)
		}
		p := w.page(t, address)
		add(address)
		for _, l := range append(p.All(`link[rel=stylesheet]`), p.All(`link[rel=preload]`)...) {
			href, _ := l.Attr("href")
			add(href)
		}
		for _, s := range p.All("script[src]") {
			src, _ := s.Attr("src")
			add(src)
		}
		t.Logf("%s: %d bytes", address, total)
		if total > 50_000 {
			t.Errorf("%s: the first view takes %d bytes", address, total)
		}
	}
}
