package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"perechen/internal/outgoing"
	"perechen/internal/register"
	"perechen/internal/testkit"
)

// silent is a network in which sites do not answer.
type silent struct{}

func (silent) Ask(context.Context, string) (outgoing.Answer, error) {
	return outgoing.Answer{}, &outgoing.Error{Code: outgoing.NoName, Text: "Такого сайта нет."}
}
func (silent) MailDomain(context.Context, string) error { return nil }

// broken is a world in which the officer has had the points looked at and the site does not answer.
func broken(t *testing.T, asked *string) *world {
	w := working(t)
	w.open(t, Options{Health: &HealthWork{Times: "04:30", Ask: func(_ context.Context, account string) (bool, error) { *asked = account; return true, nil }}})
	w.as(t, "officer")
	if res, _ := w.post(t, "/komzan/health", url.Values{"act": {"on"}}); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("switching on: %s", res.Status)
	}
	for range 2 {
		if err := w.desk.LookAtAll(t.Context(), silent{}, func(string, int, int) {}); err != nil {
			t.Fatal(err)
		}
		w.now = w.now.Add(2 * time.Hour)
	}
	return w
}

func TestWhatWasSeenOfPointsIsForThoseWhoWorkHere(t *testing.T) {
	asked := ""
	w := broken(t, &asked)
	page := w.page(t, "/komzan/health")
	row := page.One(t, "#point-site")
	if text := row.Text(); !strings.Contains(text, "не отвечает") || !strings.Contains(text, "Такого сайта нет.") || !strings.Contains(text, "H1-") {
		t.Errorf("the page says of the site: %s", text)
	}
	if page := w.page(t, "/komzan/points/site"); len(page.All("[href=/komzan/health#point-site]")) != 1 || !strings.Contains(page.One(t, ".tell").Text(), "Точка не отвечает") {
		t.Error("the page of the point does not show the task and lead to what was seen")
	}
	if res, _ := w.post(t, "/komzan/health", url.Values{"act": {"look"}}); res.StatusCode != http.StatusSeeOther || asked == "" {
		t.Errorf("asking: %s, asked by %q", res.Status, asked)
	}
	if res, body := w.post(t, "/komzan/health", url.Values{"act": {"decide"}, "point": {"site"}}); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "Укажите причину") {
		t.Errorf("a decision without a reason: %s", res.Status)
	}
	if res, _ := w.post(t, "/komzan/health", url.Values{"act": {"decide"}, "point": {"site"}, "reason": {"сайт виден только внутри"}}); res.StatusCode != http.StatusSeeOther {
		t.Errorf("deciding: %s", res.Status)
	}
	if text := w.page(t, "/komzan/health").One(t, "#point-site").Text(); !strings.Contains(text, "сайт виден только внутри") {
		t.Errorf("the decision is not shown: %s", text)
	}
	id := healthFinding(t, w)
	set := w.page(t, "/komzan/findings?severity=rejected").One(t, "#"+id).Text()
	if !strings.Contains(set, "сайт виден только внутри") || !strings.Contains(set, "Точка отвечает") {
		t.Errorf("the findings say of it: %s", set)
	}
	if res, _ := w.post(t, "/komzan/findings/"+id, url.Values{"act": {"restore"}}); res.StatusCode != http.StatusSeeOther {
		t.Errorf("taking the decision back: %s", res.Status)
	}
	open := w.page(t, "/komzan/findings?rule=H1")
	if items := open.Texts("article.finding"); len(items) != 1 || !strings.Contains(items[0], "Точка не отвечает") {
		t.Errorf("the open findings: %q", items)
	}
	if text := w.page(t, "/komzan/points/site").One(t, ".tell").Text(); !strings.Contains(text, "Точка не отвечает") {
		t.Errorf("the task is not open again: %s", text)
	}
	if res, _ := w.post(t, "/komzan/findings/"+id, url.Values{"act": {"reject"}, "reason": {" "}}); res.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("set aside without a reason: %s", res.Status)
	}
	if res, _ := w.post(t, "/komzan/findings/"+id, url.Values{"act": {"reject"}, "reason": {"сайт виден только внутри"}}); res.StatusCode != http.StatusSeeOther {
		t.Errorf("set aside: %s", res.Status)
	}
	w.as(t, "")
	if _, body := w.get(t, "/komzan/findings"); strings.Contains(body, "Точка не отвечает") {
		t.Error("passers-by see what was looked at")
	}
	if res, _ := w.get(t, "/komzan/findings/"+id); res.StatusCode == http.StatusOK {
		t.Error("passers-by see the finding")
	}
	for login, status := range map[string]int{"reader": 403, "clerk": 403, "head": 403} {
		w.as(t, login)
		if res, _ := w.get(t, "/komzan/health"); res.StatusCode != http.StatusOK {
			t.Errorf("%s does not see the page: %s", login, res.Status)
		}
		if res, _ := w.post(t, "/komzan/health", url.Values{"act": {"off"}}); res.StatusCode != status {
			t.Errorf("%s switches it off: %s, want %d", login, res.Status, status)
		}
	}
	w.open(t, Options{})
	w.as(t, "officer")
	if text := w.page(t, "/komzan/health").One(t, ".tell").Text(); !strings.Contains(text, "--health-times") {
		t.Errorf("the page does not say how to switch it on: %s", text)
	}
	if res, _ := w.post(t, "/komzan/health", url.Values{"act": {"look"}}); res.StatusCode == http.StatusSeeOther {
		t.Error("what is off was asked for")
	}
}

// healthFinding is the id of the finding of the broken site.
func healthFinding(t *testing.T, w *world) string {
	t.Helper()
	_, records, err := w.desk.Health(t.Context(), "komzan")
	if err != nil {
		t.Fatal(err)
	}
	for i := range records {
		if f, ok := records[i].Finding(register.Touchpoint{}, ""); ok {
			return f.ID
		}
	}
	t.Fatal("nothing is broken")
	return ""
}

// TestRealBrowserShowsHealth: axe finds nothing, nothing scrolls sideways.
func TestRealBrowserShowsHealth(t *testing.T) {
	asked := ""
	w := broken(t, &asked)
	srv := httptest.NewServer(w.handler)
	t.Cleanup(srv.Close)
	b := testkit.NewBrowser(t)
	b.Size(1280, 900)
	signIn(b, srv.URL, "officer")
	b.Open(srv.URL + "/komzan/health")
	examine(t, b, "health")
}
