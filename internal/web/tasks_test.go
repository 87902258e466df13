package web

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/register"
	"perechen/internal/testkit"
	"perechen/internal/upkeep"
)

// working is the Committee with its people, where a process has just been taken out of the реестр процессов: tasks wait. The
// telephone belongs to the clerk's department.
func working(t testing.TB) *world {
	t.Helper()
	w := committee(t, Options{})
	w.staff(t, Options{})
	reg := w.register(t)
	clerks := reg.Departments[0].Key
	phone := pointOf(t, testkit.Sample{Register: reg}, "phone")
	phone.Department = clerks
	last := reg.Processes[len(reg.Processes)-1]
	last.Excluded = &register.Act{Kind: "приказ", Number: "77-р", Date: "2026-04-06"}
	w.did(t, amend(register.KindTouchpoint, phone.Key, phone))
	w.did(t, amend(register.KindProcess, last.Key, last))
	return w
}

func (w *world) register(t testing.TB) *register.Register {
	t.Helper()
	reg, err := w.ledger.State(t.Context(), "komzan", 0)
	if err != nil {
		t.Fatal(err)
	}
	return reg
}

// did writes changes as people do, with what follows from them.
func (w *world) did(t testing.TB, cs ...register.Change) {
	t.Helper()
	if _, err := w.desk.Append(t.Context(), upkeep.Local, "komzan", ledger.Batch{Changes: cs, Ground: ground, Head: ledger.AnyHead}); err != nil {
		t.Fatal(err)
	}
}

// clerksPoint is the key of a point at which the clerk's department has a task.
func (w *world) clerksPoint(t testing.TB) string {
	t.Helper()
	reg := w.register(t)
	for _, x := range reg.Tasks {
		if x.Department == reg.Departments[0].Key {
			return x.Subject
		}
	}
	t.Fatal("the clerk has no task")
	return ""
}

// later signs the person in again, when the clock has gone past the end of the session.
func (w *world) later(t testing.TB, login string) {
	t.Helper()
	delete(w.tokens, login)
	w.as(t, login)
}

// taskAt is the key of the open task at a point.
func (w *world) taskAt(t testing.TB, point string) string {
	t.Helper()
	for _, x := range w.register(t).Tasks {
		if x.Subject == point && x.Done == "" {
			return x.Key
		}
	}
	t.Fatalf("no open task at %s", point)
	return ""
}

func TestTaskIsSeenDoneAndGone(t *testing.T) {
	w := working(t)
	key := w.taskAt(t, w.clerksPoint(t))
	w.as(t, "clerk")
	desk := w.page(t, "/komzan/desk")
	if got := desk.All("#tasks"); len(got) != 1 {
		t.Fatal("the desk shows no tasks")
	}
	list := w.page(t, "/komzan/tasks")
	if got := list.One(t, "caption").Text(); !strings.Contains(got, "задач") {
		t.Errorf("the list counts «%s»", got)
	}
	task := w.page(t, "/komzan/tasks/"+key)
	if text := task.One(t, "main").Text(); !strings.Contains(text, "исключён из реестра процессов") || !strings.Contains(text, "п. 4.1") || !strings.Contains(text, "10 рабочих дней с 07.04.2026") {
		t.Errorf("the task does not say why and by when: %s", text)
	}
	res, body := w.post(t, "/komzan/tasks/"+key, url.Values{"act": {"settle"}, "outcome": {" "}})
	wantStatus(t, "no reason", res, http.StatusUnprocessableEntity)
	if !strings.Contains(body, "Напишите, почему менять нечего") {
		t.Error("the page does not ask for a reason")
	}
	res, _ = w.post(t, "/komzan/tasks/"+key, url.Values{"act": {"settle"}, "outcome": {"точка нужна по приказу № 8"}})
	wantStatus(t, "settled", res, http.StatusSeeOther)
	if text := w.page(t, res.Header.Get("Location")).One(t, "main").Text(); !strings.Contains(text, "Задача закрыта") || !strings.Contains(text, "точка нужна по приказу № 8") {
		t.Errorf("after settling: %s", text)
	}
	res, _ = w.post(t, "/komzan/tasks/"+key, url.Values{"act": {"settle"}, "outcome": {"ещё раз"}})
	wantStatus(t, "settled twice", res, http.StatusConflict)
	if text := w.page(t, "/komzan/tasks?state=closed").One(t, "tbody").Text(); !strings.Contains(text, "точка нужна по приказу") {
		t.Errorf("closed tasks: %s", text)
	}
	for address, want := range map[string]string{"/komzan/tasks?q=нет-такого": "Таких задач нет", "/komzan/tasks?state=overdue": "Таких задач нет", "/komzan/tasks?cause=kind": "Таких задач нет"} {
		if text := w.page(t, address).One(t, "main").Text(); !strings.Contains(text, want) {
			t.Errorf("%s: %s", address, text)
		}
	}
}

func TestOverdueTaskClimbs(t *testing.T) {
	w := working(t)
	for _, c := range []struct {
		day   string
		login string
		sees  bool
	}{
		{"2026-04-22", "clerk", true}, {"2026-04-22", "head", false}, // the deadline was 21.04.2026
		{"2026-04-29", "officer", true}, {"2026-05-08", "head", true},
	} {
		w.now, _ = time.Parse(time.DateOnly, c.day)
		w.now = w.now.Add(9 * time.Hour)
		w.later(t, c.login)
		page := w.page(t, "/komzan/desk")
		if late := strings.Contains(page.One(t, "main").Text(), "срок был 21.04.2026"); late != c.sees {
			t.Errorf("%s, %s sees the overdue task: %v", c.day, c.login, late)
		}
	}
}

func TestConfirmInOneClick(t *testing.T) {
	w := working(t)
	w.as(t, "clerk")
	if text := w.page(t, "/komzan/confirm").One(t, "main").Text(); !strings.Contains(text, "Подтверждать пока нечего") {
		t.Errorf("before the period ends: %s", text)
	}
	all := w.page(t, "/komzan/confirm?show=all")
	rows := len(all.All("tbody tr"))
	form := all.One(t, "form.actions")
	seen, _ := form.One(t, "input[name=seen]").Attr("value")
	res, _ := w.post(t, "/komzan/confirm?show=all", url.Values{"all": {"1"}, "seen": {seen}})
	wantStatus(t, "confirmed", res, http.StatusSeeOther)
	if got := len(w.register(t).Confirmations); got != rows || rows == 0 {
		t.Errorf("%d of %d points were confirmed", got, rows)
	}
	phone := pointOf(t, testkit.Sample{Register: w.register(t)}, "phone")
	w.as(t, "")
	for address, want := range map[string]string{"/komzan/": "подтверждено 07.04.2026", "/komzan/points": "подтверждено 07.04.2026", "/komzan/points/" + phone.Key: "07.04.2026, отдел"} {
		if text := w.page(t, address).One(t, "main").Text(); !strings.Contains(text, want) {
			t.Errorf("%s does not say «%s»", address, want)
		}
	}
	phone.Value, phone.Contact = "8 (8672) 64-90-99", "+78672649099"
	w.did(t, amend(register.KindTouchpoint, phone.Key, phone))
	if text := w.page(t, "/komzan/points").One(t, "main").Text(); !strings.Contains(text, "подтверждено 07.04.2026, после этого изменено") {
		t.Error("a point changed after it was confirmed does not say so")
	}
	w.as(t, "clerk")
	if text := w.page(t, "/komzan/points/"+phone.Key).One(t, "main").Text(); !strings.Contains(text, "(Петров П.П.)") {
		t.Error("those who work here are not told who confirmed")
	}
	res, body := w.post(t, "/komzan/confirm?show=all", url.Values{"point": {phone.Key}, "seen": {seen}})
	wantStatus(t, "what was seen is gone", res, http.StatusConflict)
	if !strings.Contains(body, "Пока список был открыт, изменено") {
		t.Error("the page does not say what was changed")
	}
	w.now = time.Date(2026, 8, 3, 9, 0, 0, 0, time.UTC)
	w.later(t, "clerk")
	if text := w.page(t, "/komzan/points").One(t, "main").Text(); !strings.Contains(text, "пора подтвердить снова") {
		t.Error("an overdue confirmation is not shown")
	}
	if got := w.page(t, "/komzan/desk").All("#points"); len(got) != 1 {
		t.Error("the desk does not show what waits to be confirmed")
	}
}

func TestCalendarIsCorrectedAndDeadlinesFollow(t *testing.T) {
	w := working(t)
	key := w.register(t).Tasks[0].Key
	w.as(t, "officer")
	page := w.page(t, "/komzan/calendar?year=2026")
	if text := page.One(t, "main").Text(); !strings.Contains(text, "247 рабочих дней") || !strings.Contains(text, "24.09.2025 № 1466") || len(page.All("table.month")) != 12 {
		t.Errorf("the year says %s", text)
	}
	if got := slices.Concat(page.All("td.off"), page.All("td.holiday"), page.All("td.short"), page.All("td.working")); len(got) != 22 {
		t.Errorf("%d special days are marked, want 22", len(got))
	}
	was, _ := page.All("input[name=was]")[0].Attr("value")
	fields := url.Values{"act": {"day"}, "year": {"2026"}, "was": {was}, "date": {"2026-04-10"}, "kind": {"off"}, "ground": {""}}
	res, body := w.post(t, "/komzan/calendar?year=2026", fields)
	wantStatus(t, "no ground", res, http.StatusUnprocessableEntity)
	if !strings.Contains(body, "Напишите, почему меняется календарь") || !strings.Contains(body, `value="2026-04-10"`) {
		t.Error("what was typed is lost")
	}
	fields.Set("ground", "указ главы республики")
	res, _ = w.post(t, "/komzan/calendar?year=2026", fields)
	wantStatus(t, "corrected", res, http.StatusSeeOther)
	if text := w.page(t, res.Header.Get("Location")).One(t, ".tell.done").Text(); !strings.Contains(text, "пересчитан") {
		t.Errorf("after a correction: %s", text)
	}
	task := w.page(t, "/komzan/tasks/"+key)
	if text := task.One(t, "main").Text(); !strings.Contains(text, "до 22.04.2026") || !strings.Contains(text, "указ главы республики") {
		t.Errorf("the deadline has not followed, or the history does not say why: %s", text)
	}
	res, _ = w.post(t, "/komzan/calendar?year=2026", fields)
	wantStatus(t, "an old page", res, http.StatusConflict)
	w.as(t, "clerk")
	res, _ = w.post(t, "/komzan/calendar?year=2026", fields)
	wantStatus(t, "a clerk", res, http.StatusForbidden)
	if len(w.page(t, "/komzan/calendar").All("form[method=post][enctype]")) != 0 {
		t.Error("a clerk is offered to correct the calendar")
	}
}

func TestCalendarYearIsLoadedFromAFile(t *testing.T) {
	w := working(t)
	w.as(t, "officer")
	if text := w.page(t, "/komzan/calendar?year=2027").One(t, "main").Text(); !strings.Contains(text, "Календаря на этот год ещё нет") {
		t.Errorf("an unknown year: %s", text)
	}
	send := func(name, content string) (*http.Response, string) {
		var b bytes.Buffer
		m := multipart.NewWriter(&b)
		for k, v := range map[string]string{"act": "import", "year": "2027", "was": "", "source": "постановление о 2027 годе", "ground": "вышло постановление"} {
			_ = m.WriteField(k, v)
		}
		f, _ := m.CreateFormFile("file", name)
		_, _ = f.Write([]byte(content))
		_ = m.Close()
		r := httptest.NewRequest(http.MethodPost, "/komzan/calendar?year=2027", &b)
		r.Header.Set("Content-Type", m.FormDataContentType())
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		return w.do(t, r)
	}
	res, body := send("c.csv", "Телефон;Кабинет\n1;2\n")
	wantStatus(t, "another table", res, http.StatusUnprocessableEntity)
	if !strings.Contains(body, "не похожа на календарь") || !strings.Contains(body, "постановление о 2027 годе") {
		t.Error("the page does not say what is wrong, or has lost what was typed")
	}
	res, _ = send("c.xml", `<calendar year="2027"><days><day d="01.01" t="1"/><day d="02.20" t="2"/></days></calendar>`)
	wantStatus(t, "loaded", res, http.StatusSeeOther)
	if text := w.page(t, "/komzan/calendar?year=2027").One(t, "main").Text(); !strings.Contains(text, "20.02.2027") || !strings.Contains(text, "исправлен органом") {
		t.Errorf("the loaded year: %s", text)
	}
	for _, format := range []string{"csv", "xlsx"} {
		res, body := w.get(t, "/komzan/calendar."+format+"?year=2027")
		wantStatus(t, format, res, http.StatusOK)
		if format == "csv" && !strings.Contains(body, "20.02.2027") {
			t.Errorf("the file says %q", body)
		}
	}
	w.as(t, "")
	res, _ = w.get(t, "/komzan/calendar.csv?year=2027")
	if res.StatusCode == http.StatusOK {
		t.Error("a passer-by gets the file")
	}
}

// TestWorkingPagesAreTheBodysOwn: nobody of another body, and no passer-by, sees or does anything; nothing is written.
func TestWorkingPagesAreTheBodysOwn(t *testing.T) {
	w := working(t)
	key := w.register(t).Tasks[0].Key
	n := w.register(t).N
	posts := map[string]url.Values{
		"/komzan/tasks/" + key: {"act": {"settle"}, "outcome": {"x"}}, "/komzan/confirm": {"all": {"1"}, "seen": {"1"}},
		"/komzan/calendar?year=2026": {"act": {"restore"}, "year": {"2026"}, "ground": {"x"}},
	}
	for _, login := range []string{"minister", "reader"} {
		w.as(t, login)
		for address, fields := range posts {
			res, _ := w.post(t, address, fields)
			wantStatus(t, login+" posts "+address, res, http.StatusForbidden)
		}
	}
	w.as(t, "minister")
	for _, address := range []string{"/komzan/desk", "/komzan/tasks", "/komzan/tasks/" + key, "/komzan/confirm", "/komzan/calendar", "/komzan/calendar.csv"} {
		res, body := w.get(t, address)
		wantStatus(t, "another body's officer opens "+address, res, http.StatusForbidden)
		if strings.Contains(body, "исключён из реестра") {
			t.Errorf("%s tells what is open", address)
		}
	}
	res, _ := w.get(t, "/minec/tasks/"+key)
	wantStatus(t, "another body's task", res, http.StatusNotFound)
	w.as(t, "clerk")
	for _, x := range w.register(t).Tasks {
		if x.Department == "" {
			res, _ := w.post(t, "/komzan/tasks/"+x.Key, url.Values{"act": {"settle"}, "outcome": {"x"}})
			wantStatus(t, "a task of others", res, http.StatusForbidden)
		}
	}
	w.as(t, "")
	res, _ = w.get(t, "/komzan/desk")
	if res.StatusCode == http.StatusOK && res.Header.Get("Location") == "" {
		t.Logf("a passer-by is asked to sign in")
	}
	if strings.Contains(w.page(t, "/komzan/").One(t, "header").Text(), "Мой стол") {
		t.Error("a passer-by is shown a desk")
	}
	if got := w.register(t).N; got != n {
		t.Errorf("%d entries were written", got-n)
	}
}

// TestCoordinatorSeesTheBodiesBelow, and works in none of them.
func TestCoordinatorSeesTheBodiesBelow(t *testing.T) {
	w := working(t)
	org := w.register(t).Organisation
	org.Parent = "minec"
	w.did(t, amend(register.KindOrganisation, "komzan", org))
	w.appoint(t, "minec", register.RoleCoordinator, "reader", "", "2026-01-12", "")
	w.as(t, "reader")
	page := w.page(t, "/minec/desk")
	if text := page.One(t, "main").Text(); !strings.Contains(text, "в работе") {
		t.Errorf("the coordinator sees «%s»", text)
	}
	w.now = time.Date(2026, 5, 12, 9, 0, 0, 0, time.UTC)
	w.later(t, "reader")
	if text := w.page(t, "/minec/desk").One(t, "main").Text(); !strings.Contains(text, "просрочено") {
		t.Errorf("overdue below: %s", text)
	}
}

func TestEmptyDeskSaysWhatToDoNext(t *testing.T) {
	w := committee(t, Options{})
	w.staff(t, Options{})
	for _, login := range []string{"officer", "clerk", "head", "reader", "admin"} {
		w.as(t, login)
		page := w.page(t, "/komzan/desk")
		sound(t, "/komzan/desk", page)
		if text := page.One(t, "main").Text(); !strings.Contains(text, "Ничего не ждёт") || len(page.All(".ways-list a")) < 3 {
			t.Errorf("%s sees %s", login, text)
		}
	}
}
