package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"perechen/internal/register"
	"perechen/internal/testkit"
	"perechen/internal/upkeep"
	"perechen/procedures"
)

// workplace is a committee with its people, in the year of the order.
func workplace(t testing.TB) *world {
	w := committee(t, Options{})
	w.staff(t, Options{})
	return w
}

// form opens a page as the person with that login and gives the fields of its form, untouched.
func (w *world) form(t testing.TB, login, address, selector string) url.Values {
	t.Helper()
	w.as(t, login)
	page := w.page(t, address)
	sound(t.(*testing.T), address, page)
	return page.Form(t, selector)
}

const editForm = "form[data-form=proposal]"

// press posts a form with one button pressed and follows to the page that it leads to.
func (w *world) press(t testing.TB, address string, v url.Values, do string) (status int, at string, page testkit.HTML) {
	t.Helper()
	v = cloneValues(v)
	v.Set("do", do)
	res, body := w.post(t, address, v)
	if res.StatusCode == http.StatusSeeOther {
		at, _, _ := strings.Cut(res.Header.Get("Location"), "#")
		res, body := w.get(t, at)
		for res.StatusCode == http.StatusSeeOther {
			at, _, _ = strings.Cut(res.Header.Get("Location"), "#")
			res, body = w.get(t, at)
		}
		page = testkit.ParseHTML(t, body)
		sound(t.(*testing.T), at, page)
		return res.StatusCode, at, page
	}
	return res.StatusCode, address, testkit.ParseHTML(t, body)
}

func cloneValues(v url.Values) url.Values {
	c := url.Values{}
	for k, vs := range v {
		c[k] = slices.Clone(vs)
	}
	return c
}

// proposed submits a new telephone as the clerk and gives the address of the proposal.
func (w *world) proposed(t testing.TB, value string) string {
	t.Helper()
	v := w.form(t, "clerk", "/komzan/points/phone/edit", editForm)
	v.Set("p.phone.value", value)
	status, at, _ := w.press(t, "/komzan/points/phone/edit", v, "submit")
	if status != http.StatusOK || !strings.HasPrefix(at, "/komzan/proposals/p") {
		t.Fatalf("the proposal ends at %s with %d", at, status)
	}
	return at
}

func (w *world) value(t testing.TB, key string) string {
	t.Helper()
	reg, err := w.ledger.State(t.Context(), "komzan", 0)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := reg.Touchpoint(key)
	return p.Value
}

func TestTelephoneGoesFromTheDepartmentIntoTheRegister(t *testing.T) {
	w := workplace(t)
	v := w.form(t, "clerk", "/komzan/points/phone/edit", editForm)
	if got := v.Get("p.phone.value"); got != "8 (8672) 64-90-25" {
		t.Fatalf("the form begins with %q", got)
	}
	at := w.proposed(t, "8 (8672) 64-90-2")
	head := headOf(t, w, "komzan")

	w.as(t, "officer")
	queue := w.page(t, "/komzan/proposals")
	if href, _ := queue.One(t, "table.queue th a").Attr("href"); href != at {
		t.Errorf("the queue leads to %q, want %q", href, at)
	}
	page := w.page(t, at)
	if got := page.One(t, "ul.diff dl dd").Text(); !strings.Contains(got, "64-90-25") || page.One(t, "ul.diff ins").Text() != "64-90-2" {
		t.Errorf("the redline says %q", got)
	}
	if got := page.One(t, "section.side").Text(); !strings.Contains(got, "10 цифр вместо 11") {
		t.Errorf("the findings say %q", got)
	}
	if got := page.One(t, "dl.card").Text(); !strings.Contains(got, "п. 4.1") {
		t.Errorf("the ground is %q", got)
	}
	if got := page.One(t, "details.follow").Text(); !strings.Contains(got, "3 строках отчёта") || !strings.Contains(got, "Увольнение") {
		t.Errorf("the rows that follow: %q", got)
	}
	v = page.Form(t, "form.review")
	status, _, page := w.press(t, at, v, "return")
	if status != http.StatusUnprocessableEntity || !strings.Contains(page.One(t, "#f-remark-error").Text(), "хотя бы одно") {
		t.Errorf("a return without a word: %d", status)
	}
	v.Set("r.touchpoint.phone.value", "В номере не хватает цифры")
	if status, _, page = w.press(t, at, v, "return"); status != http.StatusOK || page.One(t, "main .state").Text() != "возвращено" {
		t.Errorf("the return ends with %d", status)
	}

	w.as(t, "clerk")
	page = w.page(t, "/komzan/proposals")
	row := page.One(t, "table.queue tbody tr")
	if got := row.Text(); !strings.Contains(got, "возвращено") || !strings.Contains(got, "1 замечание") {
		t.Errorf("the author's list says %q", got)
	}
	edit, _ := row.One(t, "th a").Attr("href")
	page = w.page(t, edit)
	if got := page.One(t, "#p-phone-value-said").Text(); !strings.Contains(got, "В номере не хватает цифры") || !strings.Contains(got, "Иванова И.И.") {
		t.Errorf("at the field stands %q", got)
	}
	v = page.Form(t, editForm)
	if got := v.Get("p.phone.value"); got != "8 (8672) 64-90-2" {
		t.Errorf("of what was typed is left %q", got)
	}
	v.Set("p.phone.value", "8 (8672) 64-90-26")
	if status, _, _ = w.press(t, edit, v, "submit"); status != http.StatusOK {
		t.Fatalf("the second submission: %d", status)
	}
	if headOf(t, w, "komzan") != head {
		t.Error("something entered the register before it was included")
	}

	w.as(t, "officer")
	v = w.page(t, at).Form(t, "form.review")
	status, _, page = w.press(t, at, v, "include")
	if status != http.StatusOK || page.One(t, "main .state").Text() != "включено" {
		t.Fatalf("the inclusion ends with %d", status)
	}
	if got := w.value(t, "phone"); got != "8 (8672) 64-90-26" {
		t.Errorf("the register says %q", got)
	}
	if got := w.page(t, "/komzan/points/phone").One(t, ".big .contact").Text(); got != "8 (8672) 64-90-26" {
		t.Errorf("the page of the point says %q", got)
	}
	if rounds := page.All("ol.history li"); len(rounds) != 2 || !strings.Contains(rounds[1].Text(), "В номере не хватает") {
		t.Errorf("the history has %d rounds", len(rounds))
	}
	old, _ := page.All("ol.history a")[1].Attr("href")
	if got := w.page(t, old).One(t, "main").Text(); !strings.Contains(got, "64-90-2 ") && !strings.Contains(got, "прежняя версия") {
		t.Errorf("the first version says %q", got)
	}
}

func TestDraftKeepsItselfAndSurvives(t *testing.T) {
	w := workplace(t)
	v := w.form(t, "clerk", "/komzan/usages/p1.phone/edit", editForm)
	v.Set("u.p1.phone.feature", "В офлайн-точке\r\nи по записи")
	v.Set("p.phone.to", "30.02.2026") // no such day: it is kept all the same
	v.Set("do", "live")
	res, body := w.post(t, "/komzan/usages/p1.phone/edit", v)
	wantStatus(t, "keeping", res, http.StatusOK)
	if strings.Contains(body, "<html") {
		t.Error("the script is sent a whole page")
	}
	part := testkit.ParseHTML(t, body)
	if got := part.One(t, "#saved").Text(); got != "сохранено в 12:00" {
		t.Errorf("the script is told %q", got)
	}
	action, _ := part.One(t, editForm).Attr("action")
	if len(part.All("#changes ins")) != 2 {
		t.Error("the script is shown no redline")
	}
	// The tab is closed; the point is opened again.
	w.as(t, "clerk")
	res, _ = w.get(t, "/komzan/points/phone/edit")
	if got := res.Header.Get("Location"); res.StatusCode != http.StatusSeeOther || got != action {
		t.Errorf("the point leads to %q, want the draft %q", got, action)
	}
	page := w.page(t, action)
	again := page.Form(t, editForm)
	if got := again.Get("u.p1.phone.feature"); got != "В офлайн-точке\nи по записи" {
		t.Errorf("left is %q", got)
	}
	if got := again.Get("p.phone.to"); got != "30.02.2026" {
		t.Errorf("of the day is left %q", got)
	}
	// What was typed without a session comes back after signing in.
	again.Set("p.phone.hours", "круглосуточно")
	again.Set("do", "save")
	w.as(t, "")
	res, body = w.post(t, action, again)
	wantStatus(t, "without a session", res, http.StatusUnauthorized)
	sign := testkit.ParseHTML(t, body).Form(t, "main form")
	sign.Set("login", "clerk")
	sign.Set("password", password)
	res, body = w.post(t, "/-/sign-in", sign)
	wantStatus(t, "signing in", res, http.StatusOK)
	kept := testkit.ParseHTML(t, body).Form(t, "main form")
	w.as(t, "clerk")
	if status, _, page := w.press(t, action, kept, kept.Get("do")); status != http.StatusOK || page.Form(t, editForm).Get("p.phone.hours") != "круглосуточно" {
		t.Errorf("after signing in again: %d", status)
	}
	// It cannot be submitted with such a day, and says so at the field.
	v = w.form(t, "clerk", action, editForm)
	status, _, page := w.press(t, action, v, "submit")
	if got := page.One(t, "#p-phone-to-error").Text(); status != http.StatusUnprocessableEntity || !strings.Contains(got, "Такого дня") {
		t.Errorf("%d, %q", status, got)
	}
	v = page.Form(t, editForm)
	v.Set("p.phone.to", "31.12.2026")
	if status, at, _ := w.press(t, action, v, "submit"); status != http.StatusOK || strings.HasSuffix(at, "/edit") {
		t.Errorf("corrected: %d at %s", status, at)
	}
}

func TestNewPointWithItsUsages(t *testing.T) {
	w := workplace(t)
	v := w.form(t, "clerk", "/komzan/points/new", editForm)
	key := v.Get("point")
	prefix := "p." + key + "."
	v.Set(prefix+"label", "Телефон доверия")
	v.Set(prefix+"value", "8 (8672) 64-90-30")
	v.Set(prefix+"kind", "phone")
	status, at, page := w.press(t, "/komzan/points/new", v, "usage:"+key)
	if status != http.StatusOK || !strings.HasPrefix(at, "/komzan/proposals/") {
		t.Fatalf("%d at %s", status, at)
	}
	v = page.Form(t, editForm)
	u := v.Get("usage")
	v.Set("u."+u+".process", "p2")
	v["u."+u+".need"] = []string{"info", "other"}
	v.Set("u."+u+".other", "сообщение о коррупции; запись на приём")
	status, at, page = w.press(t, at, v, "save")
	if status != http.StatusOK {
		t.Fatalf("%d at %s", status, at)
	}
	v = page.Form(t, editForm)
	if got := v.Get("u." + u + ".text"); got != "получение информации, сообщение о коррупции, запись на приём" {
		t.Errorf("the row would be printed as %q", got)
	}
	if got := v["u."+u+".need"]; !slices.Equal(got, []string{"info", "other"}) || v.Get("u."+u+".other") != "сообщение о коррупции; запись на приём" {
		t.Errorf("needs %q, %q", got, v.Get("u."+u+".other"))
	}
	// The words go on following the needs until somebody writes their own.
	v["u."+u+".need"] = []string{"info"}
	_, at, page = w.press(t, at, v, "save")
	v = page.Form(t, editForm)
	if got := v.Get("u." + u + ".text"); got != "получение информации" {
		t.Errorf("the row would now be printed as %q", got)
	}
	v["u."+u+".need"] = []string{"info", "other"}
	v.Set("u."+u+".other", "сообщение о коррупции; запись на приём")
	v.Set("u."+u+".text", "Сообщение о коррупции и запись на приём")
	_, at, page = w.press(t, at, v, "save")
	v = page.Form(t, editForm)
	if got := v.Get("u." + u + ".text"); got != "Сообщение о коррупции и запись на приём" {
		t.Errorf("own words became %q", got)
	}
	if _, at, page = w.press(t, at, v, "submit"); !strings.Contains(page.One(t, "main").Text(), "Отправлено на проверку") {
		t.Fatalf("not submitted: %s", page.One(t, "main").Text())
	}
	w.as(t, "officer")
	v = w.page(t, at).Form(t, "form.review")
	if status, _, _ := w.press(t, at, v, "include"); status != http.StatusOK {
		t.Fatalf("not included: %d", status)
	}
	reg, _ := w.ledger.State(t.Context(), "komzan", 0)
	point, ok := reg.Touchpoint(key)
	us := reg.UsagesOf(key)
	if !ok || point.Contact != "+78672649030" || len(us) != 1 || us[0].Process != "p2" || us[0].Client != "internal" || len(us[0].Needs) != 3 {
		t.Errorf("the register has %+v and %+v", point, us)
	}
	if got := w.page(t, "/komzan/").One(t, "#row-"+u).Text(); !strings.Contains(got, "Телефон доверия") {
		t.Errorf("the row of the report says %q", got)
	}
	// Excluded again, with its usage.
	v = w.form(t, "clerk", "/komzan/points/"+key+"/edit", editForm)
	v.Set(prefix+"out", "1")
	_, at, page = w.press(t, "/komzan/points/"+key+"/edit", v, "submit")
	if got := page.Texts("ul.diff .op"); !slices.Equal(got, []string{"исключить", "исключить"}) {
		t.Errorf("what would happen: %q", got)
	}
	w.as(t, "officer")
	w.press(t, at, w.page(t, at).Form(t, "form.review"), "include")
	reg, _ = w.ledger.State(t.Context(), "komzan", 0)
	if _, ok := reg.Touchpoint(key); ok || len(reg.UsagesOf(key)) != 0 {
		t.Error("the point is still there")
	}
}

func TestSeveralPointsInOneProposal(t *testing.T) {
	w := workplace(t)
	v := w.form(t, "clerk", "/komzan/points/phone/edit", editForm)
	v.Set("p.phone.hours", "с 9:00 до 18:00")
	v.Set("find", "почта")
	_, at, page := w.press(t, "/komzan/points/phone/edit", v, "find")
	add, _ := page.One(t, ".more-points ul button").Attr("value")
	if add != "point:email" {
		t.Fatalf("found is %q", add)
	}
	at, _, _ = strings.Cut(at, "?")
	_, at, page = w.press(t, at, page.Form(t, editForm), add)
	v = page.Form(t, editForm)
	if got := v["point"]; !slices.Equal(got, []string{"phone", "email"}) && !slices.Equal(got, []string{"email", "phone"}) {
		t.Fatalf("the form holds %q", got)
	}
	v.Set("p.email.hours", "круглосуточно")
	v["u.p1.email.need"] = []string{"submission"}
	at, _, _ = strings.Cut(at, "?")
	_, at, page = w.press(t, at, v, "submit")
	if got := page.Texts("ul.diff h3"); len(got) != 3 {
		t.Errorf("what changes: %q", got)
	}
	if got := page.One(t, "dl.card").Text(); !strings.Contains(got, "удовлетворяемых потребностей") {
		t.Errorf("the ground of a change of needs is %q", got)
	}
	w.as(t, "officer")
	w.press(t, at, w.page(t, at).Form(t, "form.review"), "include")
	reg, _ := w.ledger.State(t.Context(), "komzan", 0)
	for _, u := range reg.Usages {
		if u.Key == "p1.email" && (len(u.Needs) != 1 || u.Text != "Подача письменного обращения клиентом") {
			t.Errorf("the row is %q with %+v", u.Text, u.Needs)
		}
	}
}

func TestTwoTextsOfOneFieldStandSideBySide(t *testing.T) {
	w := workplace(t)
	first := w.proposed(t, "8 (8672) 64-90-31")
	// Another clerk's proposal is drawn up from the same text.
	v := w.form(t, "deputy", "/komzan/points/phone/edit", editForm)
	v.Set("p.phone.value", "8 (8672) 64-90-32")
	v.Set("p.phone.hours", "с 9:00 до 18:00")
	_, second, _ := w.press(t, "/komzan/points/phone/edit", v, "save")
	second, _, _ = strings.Cut(second, "?")
	w.as(t, "officer")
	w.press(t, first, w.page(t, first).Form(t, "form.review"), "include")

	w.as(t, "deputy")
	page := w.page(t, second)
	if got := page.One(t, "#tell").Text(); !strings.Contains(got, "Перечень с тех пор изменился") {
		t.Errorf("the form says %q", got)
	}
	status, _, page := w.press(t, second, page.Form(t, editForm), "submit")
	if status != http.StatusConflict {
		t.Fatalf("submitting ends with %d", status)
	}
	if got := page.One(t, "main").Text(); !strings.Contains(got, "64-90-31") || !strings.Contains(got, "64-90-32") || !strings.Contains(got, "Ничего не потеряно") {
		t.Errorf("the page says %q", got)
	}
	at, _ := page.One(t, "main form").Attr("action")
	v = page.Form(t, "main form")
	status, _, page = w.press(t, at, v, "settle")
	if status != http.StatusUnprocessableEntity || len(page.All(".error")) == 0 {
		t.Errorf("nothing chosen: %d", status)
	}
	v = page.Form(t, "main form")
	v.Set("c.touchpoint.phone.f.value", "new")
	v.Set("c.touchpoint.phone.f.value.new", "8 (8672) 64-90-33")
	status, at, page = w.press(t, at, v, "settle")
	if status != http.StatusOK {
		t.Fatalf("settling ends with %d at %s", status, at)
	}
	v = page.Form(t, editForm)
	if v.Get("p.phone.value") != "8 (8672) 64-90-33" || v.Get("p.phone.hours") != "с 9:00 до 18:00" {
		t.Errorf("settled: %q, %q", v.Get("p.phone.value"), v.Get("p.phone.hours"))
	}
	at, _, _ = strings.Cut(at, "?")
	_, at, _ = w.press(t, at, v, "submit")
	w.as(t, "officer")
	w.press(t, at, w.page(t, at).Form(t, "form.review"), "include")
	if got := w.value(t, "phone"); got != "8 (8672) 64-90-33" {
		t.Errorf("the register says %q", got)
	}
}

func TestTwoWindowsOfOneDraft(t *testing.T) {
	w := workplace(t)
	v := w.form(t, "clerk", "/komzan/points/phone/edit", editForm)
	v.Set("p.phone.value", "8 (8672) 64-90-31")
	_, at, page := w.press(t, "/komzan/points/phone/edit", v, "save")
	at, _, _ = strings.Cut(at, "?")
	one, two := page.Form(t, editForm), page.Form(t, editForm)
	one.Set("p.phone.hours", "с 8:00 до 17:00")
	w.press(t, at, one, "save")
	two.Set("p.phone.hours", "с 9:00 до 18:00")
	two.Set("p.phone.place", "г. Владикавказ, пр. Мира, 25")
	status, _, page := w.press(t, at, two, "save")
	if status != http.StatusConflict {
		t.Fatalf("the second window ends with %d", status)
	}
	if got := page.One(t, "main").Text(); !strings.Contains(got, "с 8:00 до 17:00") || !strings.Contains(got, "с 9:00 до 18:00") {
		t.Errorf("the page says %q", got)
	}
	v = page.Form(t, "main form")
	v.Set("c.touchpoint.phone.f.hours", "mine")
	v.Set("c.touchpoint.phone.f.place", "mine")
	status, _, page = w.press(t, at, v, "settle")
	if status != http.StatusOK {
		t.Fatalf("settling ends with %d: %s", status, page.One(t, "main").Text())
	}
	v = page.Form(t, editForm)
	if v.Get("p.phone.hours") != "с 9:00 до 18:00" || v.Get("p.phone.place") == "" || v.Get("p.phone.value") != "8 (8672) 64-90-31" {
		t.Errorf("settled: %v", v)
	}
}

func TestInclusionBindsToWhatWasShown(t *testing.T) {
	w := workplace(t)
	at := w.proposed(t, "8 (8672) 64-90-31")
	w.as(t, "officer")
	shown := w.page(t, at).Form(t, "form.review")
	head := headOf(t, w, "komzan")
	v := w.form(t, "clerk", at+"/edit", editForm)
	v.Set("p.phone.value", "8 (8672) 64-90-99")
	w.press(t, at+"/edit", v, "submit")
	w.as(t, "officer")
	status, _, page := w.press(t, at, shown, "include")
	if status != http.StatusConflict || headOf(t, w, "komzan") != head {
		t.Fatalf("what was not shown is included: %d", status)
	}
	if got := page.One(t, "section[aria-labelledby=since]").Text(); !strings.Contains(got, "64-90-31") || !strings.Contains(got, "64-90-99") {
		t.Errorf("what changed: %q", got)
	}
	if w.lastAudit(t).Object != "POST "+at {
		t.Errorf("the audit log says %+v", w.lastAudit(t))
	}
	if status, _, _ := w.press(t, at, page.Form(t, "form.review"), "include"); status != http.StatusOK || w.value(t, "phone") != "8 (8672) 64-90-99" {
		t.Errorf("what is shown now is not included: %d", status)
	}
}

func TestNobodyIncludesTheirOwn(t *testing.T) {
	w := workplace(t)
	v := w.form(t, "officer", "/komzan/points/phone/edit", editForm)
	v.Set("p.phone.value", "8 (8672) 64-90-31")
	_, at, page := w.press(t, "/komzan/points/phone/edit", v, "submit")
	if len(page.All("button[value=include]")) != 0 || !strings.Contains(page.One(t, "main").Text(), "должен другой сотрудник") {
		t.Error("the author is offered to include")
	}
	w.as(t, "deputy")
	hash := w.page(t, at).Form(t, "form.review").Get("hash")
	head := headOf(t, w, "komzan")
	w.as(t, "officer")
	status, _, page := w.press(t, at, url.Values{"hash": {hash}}, "include")
	if status != http.StatusForbidden || headOf(t, w, "komzan") != head || !strings.Contains(page.One(t, "main").Text(), "должен другой сотрудник") {
		t.Errorf("own inclusion: %d, %q", status, page.One(t, "main").Text())
	}
	if got := w.lastAudit(t); got.Object != "POST "+at {
		t.Errorf("the audit log says %+v", got)
	}
	w.as(t, "deputy")
	if status, _, _ := w.press(t, at, url.Values{"hash": {hash}}, "include"); status != http.StatusOK {
		t.Errorf("the deputy: %d", status)
	}
}

func TestManyChangesAtOnce(t *testing.T) {
	w := workplace(t)
	v := w.form(t, "clerk", "/komzan/bulk", "form#contact")
	v.Set("old", "+7 8672 649025")
	v.Set("new", "64")
	status, _, page := w.press(t, "/komzan/bulk", v, "contact")
	if status != http.StatusUnprocessableEntity || page.One(t, "#f-new-error").Text() == "" || page.Form(t, "form#contact").Get("old") != "+7 8672 649025" {
		t.Errorf("a wrong telephone: %d", status)
	}
	v.Set("new", "8 (8672) 64-90-40")
	status, at, page := w.press(t, "/komzan/bulk", v, "contact")
	if status != http.StatusOK || !strings.Contains(page.One(t, "details.follow").Text(), "3 строках отчёта") {
		t.Fatalf("%d at %s", status, at)
	}
	if _, _, page = w.press(t, at, page.Form(t, "form.review"), "submit"); page.One(t, "main .state").Text() != "ждёт проверки" {
		t.Error("it is not submitted")
	}

	v = w.form(t, "clerk", "/komzan/bulk", "form#process")
	v.Set("process", "p1")
	_, _, page = w.press(t, "/komzan/bulk", v, "show")
	if got := page.Texts("#process .checks li"); len(got) != 3 { // site, documents, contest
		t.Errorf("left unused: %q", got)
	}
	v = page.Form(t, "form#process")
	if len(v["by"]) != 1 || len(v["by.contest"]) != 1 {
		t.Fatalf("what replaces the process and each point is not asked: %v", v)
	}
	v["left"] = []string{"contest"}
	v.Set("by.contest", "contest")
	if status, _, page = w.press(t, "/komzan/bulk", v, "process"); status != http.StatusUnprocessableEntity || len(page.Texts(`[id="f-by.contest-error"] .error`)) != 1 {
		t.Errorf("a point replaced by itself: %d", status)
	}
	v.Set("by.contest", "email")
	v.Set("by", "p2")
	status, at, page = w.press(t, "/komzan/bulk", v, "process")
	if got := page.Texts("ul.diff dl.changes ins"); !slices.Contains(got, stateOf(t, w, "komzan").Processes[1].Title) {
		t.Errorf("the redline does not say what replaces: %q", got)
	}
	w.as(t, "clerk")
	edit := w.page(t, at+"/edit").Form(t, editForm)
	if got := edit.Get("p.contest.by"); got != "email" {
		t.Errorf("the form of the proposal has %q for what replaces the point", got)
	}
	edit.Set("p.contest.by", "")
	_, at, page = w.press(t, at+"/edit", edit, "submit")
	if got := page.All("ul.diff li.exclude"); status != http.StatusOK || len(got) != 7 { // the process, 5 rows, 1 point
		t.Errorf("%d, %d exclusions", status, len(got))
	}
	if got := page.One(t, "dl.card").Text(); !strings.Contains(got, "реестр межведомственных") {
		t.Errorf("the ground is %q", got)
	}
	heirs := func() (all []string) {
		for _, a := range w.page(t, at).All("ul.diff a") {
			if href, _ := a.Attr("href"); strings.HasSuffix(href, "/successor") {
				all = append(all, href)
			}
		}
		return all
	}
	if w.as(t, "officer"); len(heirs()) != 0 {
		t.Error("what stands in its place is asked before it is out")
	}
	_, _, _ = w.press(t, at, w.page(t, at).Form(t, "form.review"), "include")
	if by, _ := stateOf(t, w, "komzan").ReplacedBy(register.KindProcess, "p1"); by != "p2" {
		t.Errorf("the process leads to %q", by)
	}
	if got := heirs(); len(got) != 1 { // of the point, for which nobody has said it
		t.Errorf("what stands in its place is asked at %q", got)
	} else {
		w.page(t, got[0])
	}
	if w.as(t, "clerk"); len(heirs()) != 0 {
		t.Error("a clerk is asked what stands in its place")
	}
}

func TestHostileProposals(t *testing.T) {
	w := workplace(t)
	at := w.proposed(t, "8 (8672) 64-90-31")
	id := strings.TrimPrefix(at, "/komzan/proposals/")
	w.as(t, "officer")
	hash := w.page(t, at).Form(t, "form.review").Get("hash")
	heads := func() [2]int64 { return [2]int64{headOf(t, w, "komzan"), headOf(t, w, "minec")} }
	before := heads()
	fresh := func(edit func(url.Values)) url.Values {
		v := w.form(t, "clerk", "/komzan/points/email/edit", editForm)
		v.Set("p.email.hours", "круглосуточно")
		edit(v)
		return v
	}
	for _, tt := range []struct {
		name, who, address string
		v                  url.Values
		do                 string
		status             int
	}{
		{"another body's proposal, read there", "minister", at, nil, "", 403},
		{"another body's proposal, by the own address", "minister", "/minec/proposals/" + id, nil, "", 404},
		{"another body's officer includes", "minister", at, url.Values{"hash": {hash}}, "include", 403},
		{"by the own address", "minister", "/minec/proposals/" + id, url.Values{"hash": {hash}}, "include", 404},
		{"another body's point in a route", "minister", "/minec/points/phone/edit", nil, "", 404},
		{"a proposal nobody has", "officer", "/komzan/proposals/pxxxxxxxxxxxxxxxxxxxxxxxxxx", nil, "", 404},
		{"a clerk includes", "clerk", at, url.Values{"hash": {hash}}, "include", 403},
		{"a reader proposes", "reader", "/komzan/points/phone/edit", nil, "", 403},
		{"a reader sends", "reader", "/komzan/points/phone/edit", url.Values{"form": {"1"}}, "submit", 403},
		{"an administrator has no say", "admin", at, nil, "", 403},
		{"an administrator includes", "admin", at, url.Values{"hash": {hash}}, "include", 403},
		{"no hash", "officer", at, nil, "include", 409},
		{"a wrong hash", "officer", at, url.Values{"hash": {strings.Repeat("0", 64)}}, "include", 409},
		{"an unknown button", "officer", at, url.Values{"hash": {hash}}, "approve", 422},
		{"a stale version withdrawn", "clerk", at, url.Values{"version": {"1"}}, "withdraw", 409},
		{"a remark on what is not in it", "officer", at, url.Values{"hash": {hash}, "r.touchpoint.site.value": {"!"}}, "return", 422},
		{"another point in a hidden field", "clerk", "/komzan/points/email/edit", fresh(func(v url.Values) { v.Add("point", "telefon-kadry") }), "save", 404},
		{"another usage in a hidden field", "clerk", "/komzan/points/email/edit", fresh(func(v url.Values) { v.Add("usage", "no-such-usage") }), "save", 404},
		{"another department", "clerk", "/komzan/points/email/edit", fresh(func(v url.Values) { v.Set("dept", "kadry") }), "save", 404},
		{"a department of another body for the point", "clerk", "/komzan/points/email/edit", fresh(func(v url.Values) { v.Set("p.email.department", "kadry") }), "save", 404},
		{"a kind that no list has", "clerk", "/komzan/points/email/edit", fresh(func(v url.Values) { v.Set("p.email.kind", "gramophone") }), "save", 422},
		{"a need that no list has", "clerk", "/komzan/points/email/edit", fresh(func(v url.Values) { v.Add("u.p1.email.need", "happiness") }), "save", 422},
		{"a ground that no list has", "clerk", "/komzan/points/email/edit", fresh(func(v url.Values) { v.Set("ground", "whim") }), "save", 422},
		{"somebody's proposal under a new form", "clerk", "/komzan/points/email/edit", fresh(func(v url.Values) { v.Set("proposal", "not an id") }), "save", 422},
		{"a base that nobody gave", "clerk", "/komzan/points/email/edit", fresh(func(v url.Values) { v.Set("p.email.base", "zz") }), "save", 422},
		{"too long", "clerk", "/komzan/points/email/edit", fresh(func(v url.Values) { v.Set("p.email.hours", strings.Repeat("я", 600_000)) }), "save", 413},
		{"a note too long", "clerk", "/komzan/points/email/edit", fresh(func(v url.Values) { v.Set("note", strings.Repeat("n", 70_000)) }), "save", 422},
		{"a process of another body", "clerk", "/komzan/bulk", url.Values{"process": {"p99"}}, "process", 404},
		{"a passer-by", "", at, nil, "", 303},
		{"a passer-by sends", "", at, url.Values{"hash": {hash}}, "include", 401},
	} {
		w.as(t, tt.who)
		var res *http.Response
		var body string
		if tt.do == "" {
			res, body = w.get(t, tt.address)
		} else {
			v := cloneValues(tt.v)
			v.Set("do", tt.do)
			res, body = w.post(t, tt.address, v)
		}
		if res.StatusCode != tt.status {
			t.Errorf("%s: %d, want %d: %.300s", tt.name, res.StatusCode, tt.status, testkit.ParseHTML(t, body).Texts("main"))
		}
		if heads() != before {
			t.Fatalf("%s: something was written", tt.name)
		}
	}
	w.as(t, "clerk")
	ds, err := w.desk.Proposals(t.Context(), upkeep.Actor{Account: w.ids["clerk"]}, "komzan", upkeep.ProposalQuery{})
	if err != nil || len(ds) != 1 || ds[0].State != upkeep.StateSubmitted || ds[0].Hash != hash {
		t.Errorf("left are %+v, %v", ds, err)
	}
}

// TestFieldsThatNoFormHasAreIgnored: what a form does not offer cannot be set by it.
func TestFieldsThatNoFormHasAreIgnored(t *testing.T) {
	w := workplace(t)
	v := w.form(t, "clerk", "/komzan/points/phone/edit", editForm)
	for name, value := range map[string]string{"author": w.ids["officer"], "state": "included", "body": "minec", "hash": "x", "savers": w.ids["officer"],
		"p.phone.contact": "+70000000000", "p.phone.position": "99", "p.phone.declared": "oficialnyj-sajt", "p.phone.key": "email", "u.p1.phone.touchpoint": "email",
		"u.p1.phone.process": "p3", "u.p1.phone.client": "external", "u.p1.phone.position": "77", "u.p1.phone.printed": "digital", "u.p1.phone.of": "email"} {
		v.Set(name, value)
	}
	v.Set("p.phone.value", "8 (8672) 64-90-31")
	v.Set("u.p1.phone.feature", "по записи")
	_, at, _ := w.press(t, "/komzan/points/phone/edit", v, "submit")
	p, err := w.desk.Proposal(t.Context(), upkeep.Actor{Account: w.ids["clerk"]}, "komzan", strings.TrimPrefix(at, "/komzan/proposals/"))
	if err != nil || p.Author != w.ids["clerk"] || p.State != upkeep.StateSubmitted || p.Body != "komzan" || len(p.Content.Changes) != 2 {
		t.Fatalf("%+v, %v", p, err)
	}
	var point register.Touchpoint
	var usage register.Usage
	if json.Unmarshal(p.Content.Changes[0].Content, &point) != nil || json.Unmarshal(p.Content.Changes[1].Content, &usage) != nil {
		t.Fatal("the content cannot be read")
	}
	if point.Contact != "+78672649031" || point.Position != 3 || point.Declared != "telefon-otdela" || point.Key != "phone" {
		t.Errorf("the point is %+v", point)
	}
	if usage.Touchpoint != "phone" || usage.Process != "p1" || usage.Client != "internal" || usage.Position != 3 || usage.Printed != register.Offline || usage.Feature != "по записи" {
		t.Errorf("the usage is %+v", usage)
	}
}

func TestProposalsAreListedAndFiltered(t *testing.T) {
	w := workplace(t)
	first := w.proposed(t, "8 (8672) 64-90-31")
	w.now = w.now.Add(time.Hour)
	v := w.form(t, "clerk", "/komzan/points/email/edit", editForm)
	v.Set("p.email.hours", "круглосуточно")
	_, second, _ := w.press(t, "/komzan/points/email/edit", v, "submit")
	hrefs := func(address string) (hs []string) {
		w.as(t, "officer")
		for _, a := range w.page(t, address).All("table.queue th a") {
			h, _ := a.Attr("href")
			hs = append(hs, h)
		}
		return hs
	}
	if got := hrefs("/komzan/proposals"); !slices.Equal(got, []string{first, second}) {
		t.Errorf("the queue, oldest first: %q", got)
	}
	if got := hrefs("/komzan/proposals?q=" + url.QueryEscape("ПОЧТА")); !slices.Equal(got, []string{second}) {
		t.Errorf("searched: %q", got)
	}
	if got := hrefs("/komzan/proposals?view=closed"); got != nil {
		t.Errorf("closed: %q", got)
	}
	w.as(t, "clerk")
	status, _, _ := w.press(t, second, w.page(t, second).Form(t, "form.review"), "withdraw")
	if status != http.StatusOK {
		t.Errorf("withdrawing: %d", status)
	}
	if got := hrefs("/komzan/proposals?view=closed"); !slices.Equal(got, []string{second}) {
		t.Errorf("closed: %q", got)
	}
	w.as(t, "clerk")
	en := w.page(t, "/komzan/proposals?lang=en")
	sound(t, "in English", en)
	if en.One(t, "h1").Text() != "Proposals" {
		t.Error("there is no English")
	}
}

func TestFileBecomesOneProposal(t *testing.T) {
	w := workplace(t)
	table := "Направление деятельности;Точка взаимодействия;Осуществляемое взаимодействие;Особенности взаимодействия\n" +
		"Увольнение с государственной гражданской службы;Телефон: 8 (8672) 64-90-25;Получение информации клиентом, получение консультации клиентом;Взаимодействие в офлайн-точке\n" +
		"Увольнение с государственной гражданской службы;Телефон доверия: 8 (8672) 64-90-77;Получение консультации клиентом;Взаимодействие в цифровой точке\n"
	w.as(t, "clerk")
	fields := url.Values{"do": {"file"}, "partial": {"1"}}
	res, _ := w.send(t, "/komzan/bulk", fields, "перечень.csv", table)
	if res.StatusCode != http.StatusSeeOther {
		t.Fatalf("a table: %s", res.Status)
	}
	at := res.Header.Get("Location")
	page := w.page(t, at)
	if got := strings.Join(page.Texts("ul.diff h3"), "; "); !strings.Contains(got, "Телефон доверия") || len(page.All("ul.diff li.exclude")) != 0 {
		t.Errorf("what would change: %q", got)
	}
	if got := page.One(t, "dl.card").Text(); !strings.Contains(got, "перечень.csv") {
		t.Errorf("the officer is told %q", got)
	}
	if _, _, page = w.press(t, at, page.Form(t, "form.review"), "submit"); page.One(t, "main .state").Text() != "ждёт проверки" {
		t.Error("the file is not submitted")
	}
	w.as(t, "officer")
	if status, _, _ := w.press(t, at, w.page(t, at).Form(t, "form.review"), "include"); status != http.StatusOK {
		t.Errorf("the file is not included: %d", status)
	}
	// The same whole order again takes out what it does not have; the same table again has nothing to say.
	w.as(t, "clerk")
	res, body := w.send(t, "/komzan/bulk", fields, "перечень.csv", table)
	wantStatus(t, "the same table again", res, http.StatusUnprocessableEntity)
	if got := testkit.ParseHTML(t, body).One(t, "#f-file-error").Text(); !strings.Contains(got, "уже есть") {
		t.Errorf("it says %q", got)
	}
	order, err := procedures.FS.ReadFile("orders/komzan-alania-9r-2026.docx")
	if err != nil {
		t.Fatal(err)
	}
	res, _ = w.send(t, "/komzan/bulk", url.Values{"do": {"file"}}, "prikaz.docx", string(order))
	if res.StatusCode != http.StatusSeeOther {
		t.Fatalf("an order: %s", res.Status)
	}
	if len(w.page(t, res.Header.Get("Location")).All("ul.diff li.exclude")) == 0 {
		t.Error("the whole order excludes nothing")
	}
	edit := res.Header.Get("Location") + "/edit"
	v := w.page(t, edit).Form(t, editForm)
	out := slices.DeleteFunc(slices.Clone(v["point"]), func(key string) bool { return v.Get("p."+key+".out") != "1" })
	if len(out) == 0 || !v.Has("p."+out[0]+".by") {
		t.Fatalf("of the points that the file leaves out, %q, it is not asked what replaces them", out)
	}
	v.Set("p."+out[0]+".by", "email")
	if _, _, page := w.press(t, edit, v, "submit"); !slices.ContainsFunc(page.Texts("ul.diff li.exclude ins"), func(s string) bool { return strings.Contains(s, "info@trud.alania.gov.ru") }) {
		t.Errorf("the redline of the file says %q", page.Texts("ul.diff ins"))
	}
	head := headOf(t, w, "komzan")
	for name, content := range map[string]string{"пусто.docx": "", "мусор.xlsx": "PK\x03\x04" + strings.Repeat("x", 100), "текст.txt": "Здесь нет никакой таблицы."} {
		res, body := w.send(t, "/komzan/bulk", fields, name, content)
		wantStatus(t, name, res, http.StatusUnprocessableEntity)
		if got := testkit.ParseHTML(t, body).One(t, "#f-file-error").Text(); len(got) < 20 {
			t.Errorf("%s says %q", name, got)
		}
	}
	res, _ = w.send(t, "/komzan/bulk", fields, "", "")
	wantStatus(t, "no file", res, http.StatusUnprocessableEntity)
	w.as(t, "reader")
	res, _ = w.send(t, "/komzan/bulk", fields, "перечень.csv", table)
	wantStatus(t, "a reader", res, http.StatusForbidden)
	if headOf(t, w, "komzan") != head {
		t.Error("a file wrote by itself")
	}
}

// TestARefusedFormIsSentAgain: a form that was refused, or that holds nothing new for a while, stays the form of its proposal.
func TestARefusedFormIsSentAgain(t *testing.T) {
	w := workplace(t)
	for _, address := range []string{"/komzan/points/phone/edit", "/komzan/points/new"} {
		v := w.form(t, "clerk", address, editForm)
		key := v.Get("point")
		was, before := v.Get("p."+key+".label"), v.Get("p."+key+".value")
		// Typed and taken back: the script keeps nothing, and the form stays at its address.
		v.Set("do", "live")
		res, body := w.post(t, address, v)
		wantStatus(t, address+": nothing new", res, http.StatusOK)
		live := testkit.ParseHTML(t, body)
		to, _ := live.One(t, editForm).Attr("action")
		if to != address && was != "" {
			t.Errorf("%s: with nothing to keep the form goes to %s", address, to)
		}
		v = live.Form(t, editForm)
		v.Set("p."+key+".label", "")
		v.Set("p."+key+".value", "")
		v.Set("p."+key+".hours", "круглосуточно")
		status, _, page := w.press(t, to, v, "submit")
		if status != http.StatusUnprocessableEntity {
			t.Fatalf("%s: a point without a name: %d", address, status)
		}
		again := page.Form(t, editForm)
		if again.Get("proposal") != v.Get("proposal") || again.Get("p."+key+".hours") != "круглосуточно" {
			t.Errorf("%s: the form is of %q now, it was of %q", address, again.Get("proposal"), v.Get("proposal"))
		}
		if was == "" {
			was, before = "Телефон доверия", "8 (8672) 64-90-77"
			again.Set("p."+key+".kind", "phone")
		}
		again.Set("p."+key+".label", was)
		again.Set("p."+key+".value", before)
		action, _ := page.One(t, editForm).Attr("action")
		if status, at, page := w.press(t, action, again, "submit"); status != http.StatusOK || at != "/komzan/proposals/"+v.Get("proposal") {
			t.Errorf("%s: mended and sent: %d at %s: %.300s", address, status, at, page.Texts("main"))
		}
	}
	ds, err := w.desk.Proposals(t.Context(), upkeep.Actor{Account: w.ids["clerk"]}, "komzan", upkeep.ProposalQuery{})
	if err != nil || len(ds) != 2 {
		t.Errorf("%d proposals were made, want one of each form: %v", len(ds), err)
	}
}
