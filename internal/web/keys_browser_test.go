package web

import (
	"net/http/httptest"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"perechen/internal/testkit"
)

// TestSettingsAndEditionsWithKeysAndWithoutScripts: a department is renamed, an edition is prepared, approved by another and
// published, by keys alone in a browser that runs no scripts.
func TestSettingsAndEditionsWithKeysAndWithoutScripts(t *testing.T) {
	w, _ := editionPlace(t)
	srv := httptest.NewServer(w.handler)
	t.Cleanup(srv.Close)
	as := func(login string) *testkit.Browser {
		b := testkit.NewBrowser(t)
		b.Scripts(false)
		b.Size(1280, 900)
		signIn(b, srv.URL, login)
		return b
	}
	type step struct{ field, text string }
	send := func(b *testkit.Browser, address, button, then string, steps ...step) {
		t.Helper()
		b.Open(srv.URL + address)
		for _, s := range steps {
			tabTo(t, b, s.field)
			b.Do(chromedp.KeyEvent(kb.End), chromedp.KeyEvent(s.text))
		}
		tabTo(t, b, button)
		b.Do(chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS(then)))
	}
	officer := as("officer")
	dept := w.state(t, "komzan").Departments[0]
	send(officer, "/komzan/settings/departments/"+dept.Key, ".submit .btn.main", "body.page-settings", step{"[name=title]", " и учёта"})
	if got := w.state(t, "komzan").Departments[0].Title; got != dept.Title+" и учёта" {
		t.Errorf("the department is called %q", got)
	}
	send(officer, "/komzan/editions/prepare", "form.prepare .btn.main", "body.page-approve", step{"form.prepare [name=note]", "весенняя"})
	send(as("head"), "/komzan/editions/3/approve", "form.approve .btn.main", "body.page-edition", step{"form.approve [name=act_number]", "12-р"})
	send(officer, "/komzan/editions/3/publish", "form.publish .btn.main", "body.page-edition", step{"form.publish [name=where]", "Стенд"})
	es := w.editions(t)
	if e := es[len(es)-1]; len(es) != 3 || e.Note != "весенняя" || e.Act.Number != "12-р" {
		t.Errorf("edition %+v", e)
	}
	if ps := w.state(t, "komzan").Publications; len(ps) != 1 || ps[0].Where != "Стенд" {
		t.Errorf("publications %+v", ps)
	}
}
