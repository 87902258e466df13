package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"perechen/internal/auth"
	"perechen/internal/register"
	"perechen/internal/testkit"
	"perechen/internal/upkeep"
)

// pressing prints what an edition is issued with; it counts how often it was asked.
type pressing struct{ times int }

func (p *pressing) Print(_ context.Context, _ string, e register.Edition) ([]upkeep.File, error) {
	p.times++
	return []upkeep.File{{Document: register.Document{Name: "otchet-" + strconv.Itoa(e.Number) + ".pdf", Format: "pdf"}, Content: []byte(e.Act.Number)}}, nil
}

// editionPlace is a workplace in which editions are issued with a file.
func editionPlace(t testing.TB) (*world, *pressing) {
	w := committee(t, Options{})
	w.staff(t, Options{Documents: papers{}})
	p := &pressing{}
	w.desk.Prints(p)
	return w, p
}

const (
	prepareForm = "form.prepare"
	approveForm = "form.approve"
)

// prepared makes the officer prepare the next edition and gives the address at which it is approved.
func (w *world) prepared(t testing.TB) string {
	t.Helper()
	v := w.form(t, "officer", "/komzan/editions/prepare", prepareForm)
	v.Set("note", "весенняя")
	res, body := w.post(t, "/komzan/editions/prepare", v)
	if res.StatusCode != http.StatusSeeOther {
		t.Fatalf("preparing: %s\n%s", res.Status, testkit.ParseHTML(t, body).Texts(".tell"))
	}
	return res.Header.Get("Location")
}

func (w *world) editions(t testing.TB) []register.Edition {
	t.Helper()
	r, err := w.ledger.State(t.Context(), "komzan", 0)
	if err != nil {
		t.Fatal(err)
	}
	return r.Editions
}

func TestAnEditionFromPreparationToPublication(t *testing.T) {
	w, p := editionPlace(t)
	w.as(t, "officer")
	page := w.page(t, "/komzan/editions/prepare")
	sound(t, "/komzan/editions/prepare", page)
	text := page.One(t, "main").Text()
	for _, want := range []string{"С редакции № 2: 0 включений, 1 изменение, 0 исключений", "Кто утверждает", "Отклонить с причиной", "Отделы не подтвердили", "ORDER"} {
		if want == "ORDER" {
			res, body := w.get(t, "/komzan/editions/3/order.docx")
			if res.StatusCode != http.StatusOK || !strings.HasPrefix(body, "order komzan n=") {
				t.Errorf("the draft order: %s %q", res.Status, body)
			}
			continue
		}
		if !strings.Contains(strings.ReplaceAll(text, "\u00a0", " "), want) {
			t.Errorf("the page of preparation does not say %q", want)
		}
	}
	at := w.prepared(t)
	if at != "/komzan/editions/3/approve" {
		t.Fatalf("the prepared edition is at %s", at)
	}
	if page := w.page(t, at); len(page.All(approveForm)) != 0 || !strings.Contains(page.One(t, "main").Text(), "Эту редакцию подготовили вы") {
		t.Error("the one who prepared is offered to approve")
	}
	v := w.form(t, "head", at, approveForm)
	v.Set("act_number", "  ")
	res, body := w.post(t, at, v)
	wantStatus(t, "no number of the act", res, http.StatusUnprocessableEntity)
	if again := testkit.ParseHTML(t, body); !strings.Contains(again.One(t, "#f-act_number-error").Text(), "номер") {
		t.Error("nothing is said at the field")
	}
	v.Set("act_number", "12-р/2")
	v.Set("act_date", "2026-04-07")
	res, _ = w.post(t, at, v)
	wantStatus(t, "approving", res, http.StatusSeeOther)
	if got := res.Header.Get("Location"); got != "/komzan/editions/3" {
		t.Errorf("after approving one is at %s", got)
	}
	es := w.editions(t)
	if e := es[len(es)-1]; len(es) != 3 || e.Act.Number != "12-р/2" || e.Date != "2026-04-07" || e.Note != "весенняя" || len(e.Documents) != 1 {
		t.Fatalf("edition %+v", e)
	}
	if p.times != 1 {
		t.Errorf("the documents were printed %d times", p.times)
	}
	res, _ = w.post(t, at, v)
	wantStatus(t, "the same approval again", res, http.StatusNotFound)

	w.as(t, "officer")
	page = w.page(t, "/komzan/editions/3")
	if !strings.Contains(page.One(t, "main").Text(), "otchet-3.pdf") {
		t.Error("the kept file is not on the page")
	}
	v = w.form(t, "officer", "/komzan/editions/3/publish", "form.publish")
	v.Set("where", "Официальный сайт")
	v.Set("link", "trud.alania.gov.ru")
	res, _ = w.post(t, "/komzan/editions/3/publish", v)
	wantStatus(t, "a link that is none", res, http.StatusUnprocessableEntity)
	v.Set("link", "https://trud.alania.gov.ru/perechen")
	res, _ = w.post(t, "/komzan/editions/3/publish", v)
	wantStatus(t, "publishing", res, http.StatusSeeOther)
	w.as(t, "")
	for _, address := range []string{"/komzan/editions", "/komzan/editions/3"} {
		if a := w.page(t, address).All(`a[href="https://trud.alania.gov.ru/perechen"]`); len(a) != 1 {
			t.Errorf("%s does not show where the edition is published", address)
		}
	}
	w.as(t, "head")
	res, _ = w.post(t, "/komzan/editions/3/publish", url.Values{"act": {"drop"}, "key": {"3-1"}})
	wantStatus(t, "removing a publication", res, http.StatusSeeOther)
	if text := w.page(t, "/komzan/editions/3").One(t, "main").Text(); !strings.Contains(text, "Об опубликовании записей нет") && !strings.Contains(strings.ReplaceAll(text, "\u00a0", " "), "Об опубликовании записей нет") {
		t.Error("a removed publication is still shown")
	}
}

func TestWhatWasWrittenSinceMakesAPreparationVoid(t *testing.T) {
	w, p := editionPlace(t)
	at := w.prepared(t)
	v := w.form(t, "head", at, approveForm)
	v.Set("act_number", "12-р")
	phone, _ := mustState(t, w).Touchpoint("phone")
	phone.Label = "Телефон приёмной"
	w.append(t, "komzan", amend(register.KindTouchpoint, "phone", phone))
	res, body := w.post(t, at, v)
	wantStatus(t, "approving what is no more", res, http.StatusConflict)
	page := testkit.ParseHTML(t, body)
	sound(t, at, page)
	if text := page.One(t, "main").Text(); !strings.Contains(text, "Телефон приёмной") || len(page.All(approveForm)) != 0 {
		t.Errorf("the page does not say what was written since, or still offers to approve: %s", text)
	}
	if n := len(w.editions(t)); n != 2 || p.times != 0 {
		t.Errorf("%d editions, printed %d times", n, p.times)
	}
	if l := w.lastAudit(t); l.Action != auth.ActStale || l.Body != "komzan" {
		t.Errorf("audit %+v", l)
	}
	// The officer's own page is as old.
	old := w.form(t, "officer", "/komzan/editions/prepare", prepareForm)
	w.append(t, "komzan", amend(register.KindTouchpoint, "phone", pointOf(t, testkit.Committee(), "phone")))
	old.Set("note", "не потерять")
	res, body = w.post(t, "/komzan/editions/prepare", old)
	wantStatus(t, "preparing by an old page", res, http.StatusConflict)
	if got := testkit.ParseHTML(t, body).One(t, "textarea[name=note]").Text(); got != "не потерять" {
		t.Errorf("the note that was typed is %q", got)
	}
	w.as(t, "head")
	res, _ = w.post(t, at, url.Values{"act": {"withdraw"}})
	wantStatus(t, "taking it back", res, http.StatusSeeOther)
	res, _ = w.get(t, at)
	wantStatus(t, "what was taken back", res, http.StatusNotFound)
}

func TestWhoHasNoSayInEditions(t *testing.T) {
	w, p := editionPlace(t)
	at := w.prepared(t)
	v := w.form(t, "head", at, approveForm)
	v.Set("act_number", "12-р")
	v.Set("Account", "u-somebody") // fields that no form of ours has
	v.Set("n", "1")
	res, _ := w.post(t, at, v)
	wantStatus(t, "another entry in the form", res, http.StatusConflict)
	v.Set("n", w.form(t, "head", at, approveForm).Get("n"))
	before := headOf(t, w, "komzan")
	for _, x := range []struct {
		who, address string
		fields       url.Values
		status       int
	}{
		{"officer", at, v, http.StatusForbidden}, // prepared it
		{"clerk", at, v, http.StatusForbidden},
		{"reader", at, v, http.StatusForbidden},
		{"minister", at, v, http.StatusForbidden},
		{"admin", at, v, http.StatusForbidden},
		{"head", "/minec/editions/3/approve", v, http.StatusForbidden},
		{"minister", "/minec/editions/3/approve", v, http.StatusNotFound},
		{"head", "/komzan/editions/4/approve", v, http.StatusNotFound},
		{"head", "/komzan/editions/03/approve", v, http.StatusNotFound},
		{"head", "/nobody/editions/3/approve", v, http.StatusNotFound},
		{"head", "/komzan/editions/prepare", url.Values{"act": {"prepare"}, "head": {strconv.FormatInt(before, 10)}}, http.StatusForbidden},
		{"clerk", "/komzan/editions/prepare", url.Values{"act": {"withdraw"}}, http.StatusForbidden},
		{"minister", "/komzan/editions/2/publish", url.Values{"act": {"add"}, "where": {"сайт"}, "date": {"2026-04-07"}}, http.StatusForbidden},
		{"officer", "/komzan/editions/9/publish", url.Values{"act": {"add"}, "where": {"сайт"}, "date": {"2026-04-07"}}, http.StatusNotFound},
		{"officer", "/komzan/editions/2/publish", url.Values{"act": {"drop"}, "key": {"1-1"}}, http.StatusNotFound},
	} {
		w.as(t, x.who)
		res, _ := w.post(t, x.address, x.fields)
		wantStatus(t, x.who+" posts to "+x.address, res, x.status)
		if l := w.lastAudit(t); x.status == http.StatusForbidden && (l.Action != auth.ActRefused || l.Account != w.ids[x.who]) {
			t.Errorf("%s posts to %s: audit %+v", x.who, x.address, l)
		}
	}
	for _, x := range []struct {
		who, address string
		status       int
	}{
		{"minister", at, http.StatusForbidden}, {"minister", "/komzan/editions/prepare", http.StatusForbidden}, {"minister", "/komzan/editions/3/order.docx", http.StatusForbidden},
		{"reader", at, http.StatusOK}, {"clerk", "/komzan/editions/3/order.pdf", http.StatusOK}, {"officer", "/komzan/editions/8/order.pdf", http.StatusNotFound},
		{"officer", "/komzan/editions/3/order.exe", http.StatusNotFound}, {"officer", "/komzan/editions/3/passwd.docx", http.StatusNotFound}, {"officer", "/komzan/editions/-1/order.docx", http.StatusNotFound},
	} {
		w.as(t, x.who)
		res, _ := w.get(t, x.address)
		wantStatus(t, x.who+" asks for "+x.address, res, x.status)
	}
	w.as(t, "")
	for _, address := range []string{at, "/komzan/editions/prepare", "/komzan/editions/3/order.docx", "/komzan/editions/2/publish"} {
		res, body := w.get(t, address)
		if res.StatusCode == http.StatusOK && strings.Contains(body, "page-approve") || res.StatusCode == http.StatusOK && strings.Contains(body, "весенняя") {
			t.Errorf("a passer-by is shown %s", address)
		}
	}
	if headOf(t, w, "komzan") != before || p.times != 0 {
		t.Error("something was written or printed")
	}
}

func TestFindingsAreSettledInTheBrowser(t *testing.T) {
	w, _ := editionPlace(t)
	w.as(t, "officer")
	page := w.page(t, "/komzan/findings")
	first := page.All("article.finding")[0]
	id, _ := first.Attr("id")
	second, _ := page.All("article.finding")[1].Attr("id")
	action, _ := first.One(t, "form").Attr("action")
	v := page.Form(t, `form[action="`+action+`"]`)
	res, body := w.post(t, action, v)
	wantStatus(t, "no reason", res, http.StatusUnprocessableEntity)
	sound(t, action, testkit.ParseHTML(t, body))
	v.Set("reason", "согласовано <b>с председателем</b>")
	res, _ = w.post(t, action, v)
	wantStatus(t, "rejecting", res, http.StatusSeeOther)
	if got := res.Header.Get("Location"); got != "/komzan/findings#"+second {
		t.Errorf("after rejecting one goes on at %s, want the next finding %s", got, second)
	}
	res, _ = w.post(t, action, v)
	wantStatus(t, "rejecting twice", res, http.StatusConflict)

	page = w.page(t, "/komzan/findings?severity=rejected")
	text := page.One(t, "#"+id).Text()
	for _, want := range []string{"согласовано <b>с председателем</b>", "Иванова И.И.", "07.04.2026"} {
		if !strings.Contains(text, want) {
			t.Errorf("the rejected finding does not say %q: %s", want, text)
		}
	}
	restore := page.Form(t, "#"+id+" form")
	w.as(t, "")
	page = w.page(t, "/komzan/findings?severity=rejected")
	if text := page.One(t, "#"+id).Text(); strings.Contains(text, "Иванова") || len(page.All("#"+id+" form")) != 0 {
		t.Errorf("a passer-by reads who decided, or may undo it: %s", text)
	}
	for _, who := range []string{"clerk", "reader", "head", "minister", "admin"} {
		w.as(t, who)
		res, _ := w.post(t, action, restore)
		wantStatus(t, who+" undoes the decision", res, http.StatusForbidden)
		res, _ = w.post(t, "/komzan/findings/"+second, v)
		wantStatus(t, who+" rejects", res, http.StatusForbidden)
	}
	w.as(t, "officer")
	res, _ = w.post(t, "/minec/findings/"+second, v)
	wantStatus(t, "in another body", res, http.StatusForbidden)
	res, _ = w.post(t, "/komzan/findings/R1-00000000", v)
	wantStatus(t, "what is no finding", res, http.StatusConflict)
	v.Set("back", "//evil.example/")
	res, _ = w.post(t, "/komzan/findings/"+second, v)
	if got := res.Header.Get("Location"); res.StatusCode != http.StatusSeeOther || strings.Contains(got, "evil") {
		t.Errorf("%s leads to %s", res.Status, got)
	}
	res, _ = w.post(t, action, restore)
	wantStatus(t, "undoing", res, http.StatusSeeOther)
	if n := len(w.page(t, "/komzan/findings").All("#" + id + " details.reject")); n != 1 {
		t.Error("a finding that was taken up again is not open")
	}
}

func TestEveryReadingPageOffersAnotherDay(t *testing.T) {
	w, _ := editionPlace(t)
	w.as(t, "officer")
	for _, address := range []string{"/komzan/", "/komzan/?q=увольнение&kind=phone&page=2", "/komzan/points", "/komzan/points/phone", "/komzan/processes", "/komzan/processes/p1/rows", "/komzan/order",
		"/komzan/findings?rule=R3", "/komzan/editions", "/komzan/documents", "/komzan/log", "/minec/clients", "/komzan/?on=2026-02-20", "/komzan/editions/2", "/komzan/diff"} {
		page := w.page(t, address)
		form := page.All("form.asof")
		if len(form) != 1 {
			t.Errorf("%s does not offer a day", address)
			continue
		}
		v := page.Form(t, "form.asof")
		action, _ := form[0].Attr("action")
		v.Set("on", "2026-02-20")
		res, body := w.get(t, action+"?"+v.Encode())
		if res.StatusCode != http.StatusOK || !strings.Contains(body, "20.02.2026") {
			t.Errorf("%s on another day: %s", address, res.Status)
		}
		asked, _ := url.Parse(address)
		for name, want := range asked.Query() {
			if got := v.Get(name); name != "page" && name != "on" && got != want[0] {
				t.Errorf("%s: the choice of a day forgets %s", address, name)
			}
		}
	}
	if len(w.page(t, "/komzan/editions/prepare").All("form.asof")) != 0 {
		t.Error("the page of preparation offers a day that it does not know")
	}
}

func mustState(t testing.TB, w *world) *register.Register {
	t.Helper()
	r, err := w.ledger.State(t.Context(), "komzan", 0)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// prepareEdition prepares the next edition of a body.
func (w *world) prepareEdition(t testing.TB, slug, login string) {
	t.Helper()
	if _, err := w.desk.PrepareEdition(t.Context(), upkeep.Actor{Account: w.ids[login]}, slug, upkeep.Preparation{Head: headOf(t, w, slug), Note: "К началу года"}); err != nil {
		t.Fatal(err)
	}
}
