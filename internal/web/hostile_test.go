package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"perechen/internal/register"
	"perechen/internal/testkit"
)

// evil is what a hostile document could bring into a register.
const evil = `"><script>alert(1)</script><img src=x onerror=alert(2)>`

// addEvil adds a body with hostile names, contacts that must not become links, and words too long for any screen.
func (w *world) addEvil(t testing.TB) {
	t.Helper()
	s := testkit.Committee()
	long := strings.Repeat("Ы", 300)
	for i, contact := range []string{"javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "https://user:pass@evil.example/", "mailto:a@b.example?bcc=c@d.example", "JAVASCRIPT:alert(1)@x", "//evil.example", "+7<script>", "a b@c.example"} {
		s.Register.Touchpoints = append(s.Register.Touchpoints, register.Touchpoint{Key: fmt.Sprintf("evil%d", i), Kind: "site", Label: evil, Value: contact, Contact: contact, Place: "\u202e" + long, Hours: evil, Position: 100 + i})
		s.Register.Usages = append(s.Register.Usages, register.Usage{Key: fmt.Sprintf("evil-u%d", i), Process: s.Register.Processes[0].Key, Touchpoint: fmt.Sprintf("evil%d", i), Client: "internal", Text: evil, Position: 100 + i,
			Needs: []register.NeedRef{{Code: "info", Text: evil + long}}})
	}
	s.Register.Processes[0].Title = evil
	w.add(t, "evil", s)
}

func TestHostileContentIsInert(t *testing.T) {
	w := newWorld(t, Options{})
	w.addEvil(t)
	crawl(t, w, func(address string, p testkit.HTML) {
		if n := len(p.All("script")); n != 1 {
			t.Errorf("%s: %d scripts", address, n)
		}
		if n := len(p.All("img")); n != 0 {
			t.Errorf("%s: %d images", address, n)
		}
		for _, a := range p.All("[href]") {
			h, _ := a.Attr("href")
			u, err := url.Parse(h)
			if err != nil {
				t.Errorf("%s: %q: %v", address, h, err)
			} else if u.Scheme != "" && u.Scheme != "https" && u.Scheme != "tel" && u.Scheme != "mailto" || strings.Contains(h, "evil.example") || strings.Contains(h, "bcc=") {
				t.Errorf("%s leads to %q", address, h)
			}
		}
	}, "/evil/")
	res, body := w.get(t, "/evil/?q="+url.QueryEscape(evil)+"&kind="+url.QueryEscape(evil))
	if res.StatusCode != http.StatusOK || strings.Contains(body, "<script>alert") || strings.Contains(body, "<img") {
		t.Errorf("a hostile filter comes through: %s", res.Status)
	}
}

func TestErrorsArePagesOfOurOwn(t *testing.T) {
	w := committee(t, Options{Documents: papers{fail: errors.New("disk on fire: /secret/path")}})
	for _, tt := range []struct {
		method, address string
		status          int
		says            string
	}{
		{"GET", "/nowhere/in/particular", 404, "Такой страницы нет"},
		{"GET", "/nowhere/", 404, "Такой страницы нет"},
		{"GET", "/komzan/points/нет", 404, "исключено из перечня"},
		{"GET", "/komzan/editions/7", 404, "Редакции 7 нет."},
		{"GET", "/komzan/editions/one", 404, "Редакции one нет."},
		{"GET", "/komzan/?on=30.02.2026", 400, "не читается"},
		{"GET", "/komzan/?edition=x", 400, "не читается"},
		{"GET", "/komzan/?n=999", 404, "Записи № 999 нет."},
		{"GET", "/komzan/diff?a=x", 400, "не читается"},
		{"GET", "/komzan/report.exe", 404, "Такого формата нет: exe."},
		{"GET", "/komzan/report.csv", 404, "Такого формата нет: csv."},
		{"GET", "/komzan/report.docx", 500, "Страница не открылась"},
		{"GET", "/komzan/?q=" + strings.Repeat("a", 1001), 400, "слишком длинный"},
		{"POST", "/komzan/", 405, "Здесь можно только читать"},
		{"DELETE", "/static/site.css", 405, "Здесь можно только читать"},
		{"OPTIONS", "/", 405, "Здесь можно только читать"},
	} {
		rec := httptest.NewRecorder()
		w.handler.ServeHTTP(rec, httptest.NewRequest(tt.method, (&url.URL{Path: strings.Split(tt.address, "?")[0]}).EscapedPath()+queryPart(tt.address), nil))
		if rec.Code != tt.status {
			t.Errorf("%s %s: %d, want %d", tt.method, tt.address, rec.Code, tt.status)
		}
		p := testkit.ParseHTML(t, rec.Body.String())
		if got := p.One(t, "main").Text(); !strings.Contains(got, tt.says) || strings.Contains(got, "secret") {
			t.Errorf("%s %s says %q, want %q", tt.method, tt.address, got, tt.says)
		}
		if tt.status == 405 && rec.Header().Get("Allow") != "GET, HEAD" {
			t.Errorf("%s %s allows %q", tt.method, tt.address, rec.Header().Get("Allow"))
		}
		if rec.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s %s may be kept: %q", tt.method, tt.address, rec.Header().Get("Cache-Control"))
		}
	}
}

func queryPart(address string) string {
	if _, q, ok := strings.Cut(address, "?"); ok {
		return "?" + q
	}
	return ""
}
