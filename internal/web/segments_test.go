package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"perechen/internal/register"
	"perechen/internal/segment"
	"perechen/internal/testkit"
)

// segmented is a world in which the Ministry has an officer («minister») and a head («head») who includes what he proposes.
func segmented(t testing.TB) *world {
	w := committee(t, Options{})
	w.staff(t, Options{})
	w.appoint(t, "minec", register.RoleHead, "head", "", "2026-01-12", "")
	w.open(t, Options{})
	return w
}

// included includes the proposal at an address as the head.
func (w *world) included(t testing.TB, at string) {
	t.Helper()
	w.as(t, "head")
	v := w.form(t, "head", at, "form.review")
	if status, _, page := w.press(t, at, v, "include"); status != http.StatusOK {
		t.Fatalf("include %s: %d %s", at, status, page.Text())
	}
}

func TestACleanDictionaryIsAcceptedAttributeByAttribute(t *testing.T) {
	w := segmented(t)
	const address = "/minec/clients/dictionary/clean"
	v := w.form(t, "minister", address, "main form")
	var keys []string
	for _, a := range w.state(t, "minec").Attributes {
		if a.Title == "Стаж общий" || a.Title == "Каналы связи на работе" {
			keys = append(keys, a.Key)
		}
	}
	v["a"] = keys
	status, at, page := w.press(t, address, v, "")
	if status != http.StatusOK || !strings.HasPrefix(at, "/minec/proposals/") || !strings.Contains(page.Text(), "Нарочным") {
		t.Fatalf("%d %s\n%s", status, at, page.Text())
	}
	if again, where, _ := w.press(t, address, v, ""); again != http.StatusOK || where != at {
		t.Errorf("sent twice: %d %s", again, where)
	}
	w.included(t, at)
	left := segment.Clean(w.state(t, "minec").Attributes)
	if len(left) != 4 {
		t.Errorf("%d attributes are left to clean", len(left))
	}
	w.as(t, "")
	text := w.page(t, "/minec/clients/dictionary").Text()
	for _, want := range []string{"Свыше 3 до 5 лет включительно", "Нарочным", "3, не включая", "5, включая", "60 000 и 100 000 входят в две полосы", "ячейки сдвинуты на столбец влево"} {
		if !strings.Contains(strings.ReplaceAll(text, "\u00a0", " "), want) {
			t.Errorf("the dictionary does not say %q", want)
		}
	}
	if text := w.page(t, "/minec/clients/dictionary/"+keys[0]).Text(); !strings.Contains(text, "Свыше 3 до 5 лет включительно") || !strings.Contains(text, "изменение") {
		t.Errorf("an attribute with its history: %s", text)
	}
	v = w.form(t, "minister", address, "main form")
	v.Del("a")
	if status, _, page := w.press(t, address, v, ""); status != http.StatusUnprocessableEntity || !strings.Contains(page.Text(), "предлагать нечего") {
		t.Errorf("nothing ticked: %d", status)
	}
}

func TestAProfileIsChangedByProposal(t *testing.T) {
	w := segmented(t)
	const address = "/minec/clients/profiles/pr1/edit"
	v := w.form(t, "minister", address, "form[data-form=profile]")
	if status, _, page := w.press(t, address, v, "submit"); status != http.StatusUnprocessableEntity || !strings.Contains(page.Text(), "предлагать нечего") {
		t.Fatalf("untouched: %d %s", status, page.Text())
	}
	before := w.state(t, "minec").Profiles[0]
	attributes := map[string]string{}
	for _, a := range w.state(t, "minec").Attributes {
		attributes[a.Title] = a.Key
	}
	for name, bad := range map[string]string{"title": "Иванов Иван Иванович", "features": "звонить 8 (8672) 54-30-54", "inform": "a.petrov@mail.ru"} {
		x := cloneValues(v)
		x.Set(name, bad)
		status, _, page := w.press(t, address, x, "submit")
		if status != http.StatusUnprocessableEntity || !strings.Contains(page.Text(), "не должно быть сведений о человеке") {
			t.Errorf("%s %q: %d", name, bad, status)
		}
	}
	v.Set("v-"+attributes["Уровень дохода"], "30 000 - 60 000")
	v.Set("o-"+attributes["Уровень дохода"], "")
	v.Set("v-"+attributes["Образование"], "Высшее – бакалавриат")
	v.Set("o-"+attributes["Образование"], "")
	v.Set("purpose", "Сменить банк\nЗаменить счёт в документах")
	status, at, page := w.press(t, address, v, "submit")
	if status != http.StatusOK || !strings.Contains(page.Text(), "30 000 - 60 000") {
		t.Fatalf("%d %s\n%s", status, at, page.Text())
	}
	w.included(t, at)
	after := w.state(t, "minec").Profiles[0]
	if after.Purpose != "Сменить банк; Заменить счёт в документах" || len(after.Values) != len(before.Values) || after.Values[0] != before.Values[0] || after.Values[3].Value != "30 000 - 60 000" ||
		after.Values[4] != before.Values[4] || after.Values[6] != before.Values[6] {
		t.Errorf("%+v", after)
	}
	w.as(t, "")
	text := w.page(t, "/minec/clients/profiles/pr1").Text()
	if !strings.Contains(text, "Признака «Возраст» нет в словаре") || strings.Contains(text, "до 40 000» нет среди") {
		t.Errorf("the profile's page: %s", text)
	}
	// A new one, and one that goes.
	v = w.form(t, "minister", "/minec/clients/profiles/new", "form[data-form=profile]")
	v.Set("title", "Служащий, идущий в отпуск")
	v.Set("purpose", "Узнать срок")
	v.Set("v-"+attributes["Формат работы"], "гибрид")
	if status, at, _ = w.press(t, "/minec/clients/profiles/new", v, "submit"); status != http.StatusOK {
		t.Fatal(status)
	}
	w.included(t, at)
	v = w.form(t, "minister", "/minec/clients/profiles/pr2/edit", "form[data-form=profile]")
	v.Set("out", "1")
	_, at, _ = w.press(t, "/minec/clients/profiles/pr2/edit", v, "submit")
	w.included(t, at)
	ps := w.state(t, "minec").Profiles
	if len(ps) != 2 || ps[1].Title != "Служащий, идущий в отпуск" || len(ps[1].Values) != 1 {
		t.Errorf("%+v", ps)
	}
	w.as(t, "")
	if text := w.page(t, "/minec/clients/profiles/pr2").Text(); !strings.Contains(text, "больше нет") {
		t.Errorf("a profile that went: %s", text)
	}
}

func TestADictionaryIsAdopted(t *testing.T) {
	w := segmented(t)
	const address = "/komzan/clients/dictionary/adopt?from=model:sluzhaschiy"
	v := w.form(t, "officer", address, "main form[method=post]")
	status, at, _ := w.press(t, address, v, "")
	if status != http.StatusOK {
		t.Fatal(status)
	}
	w.included(t, at)
	got := w.state(t, "komzan").Attributes
	if len(got) != len(segment.Models()[0].Attributes) || len(segment.Clean(got)) > 0 {
		t.Errorf("%d attributes", len(got))
	}
	w.as(t, "minister")
	text := strings.ReplaceAll(w.page(t, "/minec/clients/dictionary/adopt?from=komzan").Text(), "\u00a0", " ")
	if !strings.Contains(text, "только у них: 1, только у нас: 0") {
		t.Errorf("%s", text)
	}
	for _, from := range []string{"nowhere", "minec", "model:none"} {
		if res, _ := w.get(t, "/minec/clients/dictionary/adopt?from="+from); res.StatusCode != http.StatusNotFound {
			t.Errorf("from %s: %s", from, res.Status)
		}
	}
}

func TestOnlyThoseWhoDrawProposalsChangeSegments(t *testing.T) {
	w := segmented(t)
	a := w.state(t, "minec").Attributes[0].Key
	for _, path := range []string{"profiles/new", "profiles/pr1/edit", "dictionary/new", "dictionary/clean", "dictionary/adopt", "dictionary/" + a + "/edit"} {
		address := "/minec/clients/" + path
		w.as(t, "")
		if res, _ := w.get(t, address); res.StatusCode != http.StatusSeeOther {
			t.Errorf("%s to a passer-by: %s", path, res.Status)
		}
		for _, login := range []string{"officer", "reader", "head"} {
			w.as(t, login)
			if res, _ := w.get(t, address); res.StatusCode == http.StatusOK {
				t.Errorf("%s to %s: %s", path, login, res.Status)
			}
			if res, _ := w.post(t, address, url.Values{"title": {"x"}, "ground": {"x"}}); res.StatusCode < 400 {
				t.Errorf("%s sent by %s: %s", path, login, res.Status)
			}
		}
	}
	w.as(t, "minister")
	for _, path := range []string{"profiles/none/edit", "dictionary/none/edit"} {
		if res, _ := w.get(t, "/minec/clients/"+path); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", path, res.Status)
		}
	}
}

func TestProfilesStandSideBySide(t *testing.T) {
	w := segmented(t)
	page := w.page(t, "/minec/clients/compare?p=pr1&p=pr2")
	sound(t, "compare", page)
	if rows := page.All("table.compare tbody tr"); len(rows) != 11 {
		t.Errorf("%d rows", len(rows))
	}
	text := strings.ReplaceAll(page.Text(), "\u00a0", " ")
	if !strings.Contains(text, "Строк с различиями: 9 из 11") || len(page.All("table.compare tr.differ")) != 9 {
		t.Errorf("%s", text)
	}
	sound(t, "compare nothing", w.page(t, "/minec/clients/compare"))
	sound(t, "compare one that is not there", w.page(t, "/minec/clients/compare?p=none&p=pr1"))
}

// TestSegmentPagesInARealBrowser looks at every page about clients in both widths and schemes.
func TestSegmentPagesInARealBrowser(t *testing.T) {
	w := segmented(t)
	srv := httptest.NewServer(w.handler)
	t.Cleanup(srv.Close)
	b := testkit.NewBrowser(t)
	b.Size(1280, 900)
	b.Open(srv.URL + "/-/sign-in?next=/minec/desk")
	b.Do(chromedp.SendKeys(chromedp.CSS("input[name=login]"), "minister"), chromedp.SendKeys(chromedp.CSS("input[name=password]"), password+kb.Enter),
		chromedp.WaitVisible(chromedp.CSS("body.page-desk")))
	a := w.state(t, "minec").Attributes[5].Key
	for _, path := range []string{"", "/dictionary", "/dictionary/clean", "/dictionary/adopt?from=model:sluzhaschiy", "/dictionary/" + a, "/dictionary/" + a + "/edit", "/profiles/pr1", "/profiles/pr1/edit", "/compare?p=pr1&p=pr2"} {
		b.Open(srv.URL + "/minec/clients" + path)
		examine(t, b, "/minec/clients"+path)
	}
}
