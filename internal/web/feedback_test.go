package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"perechen/internal/auth"
	"perechen/internal/feedback"
	"perechen/internal/httpx"
	"perechen/internal/register"
	"perechen/internal/testkit"
	"perechen/internal/upkeep"
)

// say gives feedback over the pages, tap by tap, as somebody nobody knows, and returns the code.
func (w *world) say(t testing.TB, key, got, scale, text string, more ...string) string {
	t.Helper()
	was := w.cookies
	w.cookies = nil
	defer func() { w.cookies = was }()
	address := "/komzan/f/" + key
	token, _ := w.page(t, address).One(t, "input[name=token]").Attr("value")
	v := url.Values{"token": {token}, "got": {got}}
	var body string
	for _, next := range []string{"scale", "send"} {
		res, html := w.post(t, address, v)
		wantStatus(t, "before "+next, res, http.StatusOK)
		body = html
		v.Set("scale", scale)
		if next == "send" {
			v.Set("send", "1")
			v.Set("text", text)
			for i := 0; i+1 < len(more); i += 2 {
				v.Set(more[i], more[i+1])
			}
			res, body = w.post(t, address, v)
			wantStatus(t, "sent", res, http.StatusOK)
		}
	}
	return testkit.ParseHTML(t, body).One(t, "output").Text()
}

// code looks a code up.
func (w *world) code(t testing.TB, code string) (*http.Response, string) {
	t.Helper()
	return w.post(t, "/komzan/feedback/code", url.Values{"code": {code}})
}

func TestFeedbackIsGivenReadAnsweredAndSeenByItsAuthor(t *testing.T) {
	w := working(t)
	phone := w.phone(t)
	var codes []string
	for i := range 5 {
		if i == 4 {
			w.as(t, "clerk")
			if got := w.page(t, "/komzan/feedback").Texts("table.appeals tbody tr"); len(got) != 0 {
				t.Errorf("four appeals are shown already: %q", got)
			}
		}
		codes = append(codes, w.say(t, phone, "no", "2", []string{"Утром не дозвониться, занято", "Невозможно дозвониться утром", "Долго соединяют с отделом", "", "Просили перезвонить завтра"}[i]))
	}
	w.as(t, "clerk")
	desk := w.page(t, "/komzan/desk")
	if got := desk.One(t, "#feedback").Text(); !strings.Contains(got, "4") {
		t.Errorf("the desk says %q", got)
	}
	queue := w.page(t, "/komzan/feedback")
	rows := queue.Texts("table.appeals tbody tr")
	if len(rows) != 3 || !strings.Contains(strings.Join(rows, " "), "Повторяется: 2 похожих отзыва") {
		t.Errorf("the queue: %q", rows)
	}
	for _, leaked := range []string{"07.04.2026", "12:0", "из 5", "очень плохо"} {
		if strings.Contains(queue.One(t, "main").Text(), leaked) {
			t.Errorf("the queue shows %q", leaked)
		}
	}
	var item string
	for _, a := range queue.All("table.appeals a.label") {
		if strings.Contains(a.Text(), "дозвониться") {
			item, _ = a.Attr("href")
		}
	}
	page := w.page(t, item)
	version, _ := page.All("input[name=version]")[0].Attr("value")
	like, _ := page.One(t, "input[name=like]").Attr("value")
	res, body := w.post(t, item, url.Values{"act": {"answer"}, "version": {version}, "outcome": {"fixed"}, "answer": {""}})
	wantStatus(t, "no answer", res, http.StatusUnprocessableEntity)
	if !strings.Contains(body, "Напишите ответ") {
		t.Error("the page does not ask for an answer")
	}
	res, _ = w.post(t, item, url.Values{"act": {"answer"}, "version": {version}, "outcome": {"fixed"}, "answer": {"Подключили вторую линию."}, "like": {like, "stranger"}})
	wantStatus(t, "answered", res, http.StatusSeeOther)
	if l := w.lastAudit(t); l.Action != auth.ActFeedback {
		t.Errorf("the audit log: %+v", l)
	}
	res, body = w.post(t, item, url.Values{"act": {"answer"}, "version": {version}, "outcome": {"noted"}, "answer": {"Другое"}})
	wantStatus(t, "on top of another's answer", res, http.StatusConflict)
	if !strings.Contains(body, "рассмотрел кто-то другой") || !strings.Contains(body, "Другое") {
		t.Error("what was typed is lost, or nobody says why")
	}
	w.as(t, "")
	for i, want := range []string{"Подключили вторую линию", "Подключили вторую линию", "Принято", "учтено", "Принято"} {
		res, body := w.code(t, codes[i])
		wantStatus(t, codes[i], res, http.StatusOK)
		if text := testkit.ParseHTML(t, body).One(t, "main").Text(); !strings.Contains(text, want) || strings.Contains(text, "12:0") {
			t.Errorf("appeal %d: %s", i, text)
		}
		if got := res.Header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("Cache-Control %q", got)
		}
	}
}

// phone is the key of the telephone, for which the clerk's department answers.
func (w *world) phone(t testing.TB) string {
	t.Helper()
	return pointOf(t, testkit.Sample{Register: w.register(t)}, "phone").Key
}

func TestFeedbackBecomesATaskAndPersonalDataGoes(t *testing.T) {
	w := working(t)
	phone := w.phone(t)
	code := ""
	for i := range 5 {
		text := fmt.Sprintf("Замечание номер %d", i)
		if i == 0 {
			text = "Сотрудница Ивановская Мария Петровна грубит"
		}
		c := w.say(t, phone, "no", "1", text, "sure", "1")
		if i == 0 {
			code = c
		}
	}
	w.as(t, "officer")
	all, err := w.desk.Appeals(t.Context(), upkeep.Local, "komzan")
	if err != nil {
		t.Fatal(err)
	}
	item := ""
	for _, a := range all {
		if strings.Contains(a.Text, "Ивановская") {
			item = "/komzan/feedback/" + a.ID
		}
	}
	head := headOf(t, w, "komzan")
	res, _ := w.post(t, item, url.Values{"act": {"task"}, "version": {"0"}, "what": {"Проверить, как отвечают по телефону"}})
	wantStatus(t, "task", res, http.StatusSeeOther)
	if headOf(t, w, "komzan") == head {
		t.Error("the task is not in the log")
	}
	if text := w.page(t, "/komzan/tasks?cause=feedback").One(t, "main").Text(); !strings.Contains(text, "По обратной связи: Проверить, как отвечают") {
		t.Errorf("the tasks: %s", text)
	}
	if _, body := w.get(t, item); !strings.Contains(body, `href="/komzan/tasks/feedback-`) {
		t.Error("the appeal does not lead to its task")
	}
	if text := w.page(t, "/komzan/tasks/"+w.feedbackTask(t)).One(t, ".voices").Text(); !strings.Contains(text, "1 отзыв") || !strings.Contains(text, "грубит") {
		t.Errorf("the task says of its feedback: %s", text)
	}
	res, _ = w.post(t, item, url.Values{"act": {"redact"}, "version": {"1"}, "words": {"Кого-то другого"}, "reason": {"персональные данные"}})
	wantStatus(t, "words that are not there", res, http.StatusUnprocessableEntity)
	res, _ = w.post(t, item, url.Values{"act": {"redact"}, "version": {"1"}, "words": {"Ивановская Мария Петровна"}, "reason": {"персональные данные"}})
	wantStatus(t, "redacted", res, http.StatusSeeOther)
	w.as(t, "")
	_, body := w.code(t, code)
	if strings.Contains(body, "Ивановская") || !strings.Contains(body, upkeep.Redaction) || !strings.Contains(body, "персональные данные") {
		t.Error("the author does not see what was taken out and why")
	}
	if err := w.ledger.Lines(t.Context(), "komzan", head+1, headOf(t, w, "komzan"), func(e register.Entry) error {
		if e.Kind != register.KindTask {
			t.Errorf("entry of kind %s", e.Kind)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// feedbackTask is the key of the task that feedback has opened.
func (w *world) feedbackTask(t testing.TB) string {
	t.Helper()
	for _, x := range w.register(t).Tasks {
		if strings.HasPrefix(x.Key, "feedback-") {
			return x.Key
		}
	}
	t.Fatal("no task of feedback")
	return ""
}

// TestFeedbackLeadsToAChangeOfTheRegister: an appeal that is tied to a proposal stands beside it, the entry's ground names
// feedback, and the author sees the entry, all without the words in the log.
func TestFeedbackLeadsToAChangeOfTheRegister(t *testing.T) {
	w := working(t)
	phone := w.phone(t)
	var codes []string
	for i := range 5 {
		codes = append(codes, w.say(t, phone, "no", "1", fmt.Sprint("Телефон молчит уже неделю ", i)))
	}
	reg := w.register(t)
	point, _ := reg.Touchpoint(phone)
	point.Hours = "понедельник – пятница с 9:00 до 17:00"
	id := upkeep.NewID()
	w.as(t, "clerk")
	clerk := upkeep.Actor{Account: w.ids["clerk"]}
	cs, err := w.desk.Draw(t.Context(), clerk, "komzan", 0, []register.Change{amend(register.KindTouchpoint, phone, point)})
	if err != nil {
		t.Fatal(err)
	}
	p, err := w.desk.Save(t.Context(), clerk, "komzan", upkeep.Draft{ID: id, Department: reg.Departments[0].Key, Content: upkeep.Content{Changes: cs, Ground: register.Ground{Clause: "4.1", Text: "новый порядок приёма"}}})
	if err == nil {
		p, err = w.desk.Submit(t.Context(), clerk, "komzan", id, p.Version)
	}
	if err != nil {
		t.Fatal(err)
	}
	all, err := w.desk.Appeals(t.Context(), clerk, "komzan")
	if err != nil || len(all) != 5 {
		t.Fatal(err, len(all))
	}
	item := "/komzan/feedback/" + all[0].ID
	res, _ := w.post(t, item, url.Values{"act": {"link"}, "version": {"0"}, "proposal": {id}})
	wantStatus(t, "tied", res, http.StatusSeeOther)
	w.as(t, "officer")
	page := w.page(t, "/komzan/proposals/"+id)
	if text := page.One(t, ".voices").Text(); !strings.Contains(text, "1 отзыв") || !strings.Contains(text, all[0].Text) {
		t.Errorf("the proposal says of feedback: %s", text)
	}
	if text := page.One(t, "main").Text(); !strings.Contains(text, "новый порядок приёма; по обратной связи клиентов") {
		t.Errorf("its ground: %s", text)
	}
	head := headOf(t, w, "komzan")
	res, _ = w.post(t, "/komzan/proposals/"+id, url.Values{"do": {"include"}, "hash": {p.Hash}, "version": {fmt.Sprint(p.Version)}})
	wantStatus(t, "included", res, http.StatusSeeOther)
	if err := w.ledger.Entries(t.Context(), "komzan", head+1, 0, func(e register.Entry) error {
		if e.Kind == register.KindTouchpoint && e.Ground.Text != "новый порядок приёма; по обратной связи клиентов" || strings.Contains(fmt.Sprint(e), "молчит") {
			t.Errorf("entry %+v", e)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	w.as(t, "")
	followed := 0
	for _, code := range codes {
		_, body := w.code(t, code)
		if strings.Contains(body, "Перечень изменён: запись") && strings.Contains(body, "/komzan/log") {
			followed++
		}
	}
	if followed != 1 {
		t.Errorf("%d authors see the entry", followed)
	}
}

func TestFeedbackIsTheBusinessOfThoseWhoAnswer(t *testing.T) {
	w := working(t)
	site := pointOf(t, testkit.Sample{Register: w.register(t)}, "site").Key
	for i := range 5 {
		w.say(t, site, "yes", "5", fmt.Sprintf("Всё нашлось быстро, раз %d", i))
	}
	all, err := w.desk.Appeals(t.Context(), upkeep.Local, "komzan")
	if err != nil || len(all) != 5 {
		t.Fatal(len(all), err)
	}
	item := "/komzan/feedback/" + all[0].ID
	for login, want := range map[string]int{"officer": 200, "clerk": 404, "reader": 404, "": 303} {
		w.as(t, login)
		res, _ := w.get(t, item)
		if login == "" && res.StatusCode == http.StatusFound {
			continue
		}
		if res.StatusCode != want && (all[0].Department != "" || login != "clerk") {
			t.Errorf("%q reads another's appeal: %s", login, res.Status)
		}
	}
	w.as(t, "head")
	res, _ := w.post(t, item, url.Values{"act": {"answer"}, "version": {"0"}, "outcome": {"noted"}, "answer": {"Спасибо"}})
	wantStatus(t, "the head reads and does not answer", res, http.StatusForbidden)
}

func TestOneFormIsOneOpinionAndOneVisitToo(t *testing.T) {
	w := working(t)
	address := "/komzan/f/" + w.phone(t)
	token, _ := w.page(t, address).One(t, "input[name=token]").Attr("value")
	v := url.Values{"token": {token}, "got": {"yes"}, "scale": {"4"}, "send": {"1"}}
	var codes []string
	for range 3 {
		res, body := w.post(t, address, v)
		wantStatus(t, "sent", res, http.StatusOK)
		codes = append(codes, testkit.ParseHTML(t, body).One(t, "output").Text())
		for _, c := range res.Cookies() {
			if c.Name != visitCookie || c.Value != "1" || c.Path != address || c.MaxAge > 15*60 {
				t.Errorf("cookie %+v", c)
			}
		}
	}
	if codes[0] != codes[1] || codes[0] != codes[2] {
		t.Errorf("codes %q", codes)
	}
	if n := w.opinions(t); n != 1 {
		t.Errorf("%d opinions", n)
	}
	_, body := w.get(t, address, "Cookie", "given=1")
	if !strings.Contains(body, "уже принят") {
		t.Error("the same visit may say it again")
	}
	w.now = w.now.Add(3 * time.Hour)
	res, body := w.post(t, address, url.Values{"token": {token}, "got": {"no"}, "scale": {"1"}, "send": {"1"}, "text": {"Долго ждал"}})
	wantStatus(t, "old", res, http.StatusConflict)
	if !strings.Contains(body, "Долго ждал") {
		t.Error("what was typed is lost")
	}
	for _, bad := range []url.Values{{"got": {"maybe"}}, {"got": {"yes"}, "scale": {"9"}}, {"token": {"x"}, "send": {"1"}}} {
		if res, _ := w.post(t, address, bad); res.StatusCode != http.StatusOK {
			t.Errorf("%v: %s", bad, res.Status)
		}
	}
	if n := w.opinions(t); n != 1 {
		t.Errorf("%d opinions after nonsense", n)
	}
	for _, gone := range []string{"/komzan/f/nothing", "/nowhere/f/phone", "/komzan/s/nothing"} {
		res, _ := w.get(t, gone)
		wantStatus(t, gone, res, http.StatusNotFound)
	}
}

func (w *world) opinions(t testing.TB) (n int) {
	t.Helper()
	err := w.store.Upkeep().View(t.Context(), func(v upkeep.View) error {
		os, err := v.Opinions(t.Context(), "komzan")
		n = len(os)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestFloodsOfFeedbackAndGuessesOfCodesAreHeldBack: a hundred people of an office behind one address say it one after the other;
// whoever sends more than an office could has to wait, and loses nothing.
func TestFloodsOfFeedbackAndGuessesOfCodesAreHeldBack(t *testing.T) {
	w := working(t)
	address := "/komzan/f/" + w.phone(t)
	send := func() (int, string) {
		token, _ := w.page(t, address).One(t, "input[name=token]").Attr("value")
		res, body := w.post(t, address, url.Values{"token": {token}, "got": {"no"}, "scale": {"1"}, "send": {"1"}, "text": {"Текст не теряется"}})
		return res.StatusCode, body
	}
	for i := range 120 {
		if status, _ := send(); status != http.StatusOK {
			t.Fatalf("after %d of one office: %d", i, status)
		}
	}
	if status, body := send(); status != http.StatusTooManyRequests || !strings.Contains(body, "Текст не теряется") || !strings.Contains(body, "через 1\u00a0минуту") {
		t.Errorf("a flood: %d, or its page says nothing or loses the text", status)
	}
	if n := w.opinions(t); n != 120 {
		t.Errorf("%d are kept", n)
	}
	if res, _ := w.code(t, "1234-5678-9012-3456-7890"); res.StatusCode != http.StatusUnprocessableEntity && res.StatusCode != http.StatusNotFound {
		t.Errorf("a slip: %s", res.Status)
	}
	statuses := map[int]int{}
	for i := range 600 {
		res, _ := w.code(t, fmt.Sprintf("%020d", i))
		statuses[res.StatusCode]++
	}
	if statuses[http.StatusNotFound] != 20 || statuses[http.StatusTooManyRequests] == 0 || statuses[http.StatusOK] != 0 {
		t.Errorf("six hundred guesses: %v", statuses)
	}
	w.now = w.now.Add(11 * time.Minute)
	if status, _ := send(); status != http.StatusOK {
		t.Errorf("after the pause: %d", status)
	}
	if res, _ := w.code(t, "1"); res.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("after the pause a code: %s", res.Status)
	}
}

// TestWordsStandBesideNothingThatFewShare: the need of a lone text is not told, a survey that is answered does not bring to light
// what waits for others, and the results of a quarter show a step of a journey and repeated appeals.
func TestWordsStandBesideNothingThatFewShare(t *testing.T) {
	w := working(t)
	phone := w.phone(t)
	for i := range 4 {
		w.say(t, phone, "no", "2", fmt.Sprint("Занято с утра до вечера ", i), "need", "info")
	}
	w.as(t, "officer")
	v := w.page(t, "/komzan/surveys").Form(t, "#new-form")
	res, _ := w.post(t, "/komzan/surveys", v)
	wantStatus(t, "survey", res, http.StatusSeeOther)
	survey := strings.Replace(res.Header.Get("Location"), "/surveys/", "/s/", 1)
	w.as(t, "")
	for range 6 {
		token, _ := w.page(t, survey).One(t, "input[name=token]").Attr("value")
		res, _ := w.post(t, survey, url.Values{"token": {token}, "q-solved": {"3"}, "q-better": {"Ничего"}})
		wantStatus(t, "answered", res, http.StatusOK)
	}
	w.as(t, "clerk")
	if got := w.page(t, "/komzan/feedback?state=all").Texts("table.appeals tbody tr"); len(got) != 0 {
		t.Errorf("answers to a survey have shown %q", got)
	}
	w.say(t, phone, "no", "2", "Нет бланка на сайте", "need", "consultation")
	needs := func() string {
		return strings.Join(w.page(t, "/komzan/feedback?state=all").Texts("table.appeals tbody td p.small"), "|")
	}
	if got := needs(); strings.Contains(got, "нформац") || strings.Contains(got, "онсультац") {
		t.Errorf("needs of four and of one: %s", got)
	}
	for i := range 5 {
		w.say(t, phone, "no", "2", fmt.Sprint("Никто не берёт трубку ", i), "need", "info")
	}
	if got := needs(); !strings.Contains(got, "нформац") || strings.Contains(got, "онсультац") {
		t.Errorf("needs of nine and of one: %s", got)
	}
	w.as(t, "")
	w.did(t, include(register.KindJourney, "leaving", leaving(t, w)))
	process := w.register(t).Journeys[0].Processes[0]
	for i := range 12 {
		w.say(t, process, []string{"yes", "no"}[i/6], "3", "", "stage", []string{"Узнать порядок", "Подать заявление"}[i/6])
	}
	for range 5 {
		w.say(t, process, "no", "3", "", "stage", "Такой стадии нет")
	}
	w.now, w.tokens = w.now.AddDate(0, 4, 0), map[string]string{}
	page := w.page(t, "/komzan/feedback/results")
	cells := page.Texts(".pains .pain")
	if len(cells) != 5 || !strings.Contains(cells[0], "Узнать порядок до 17 % не получилось") || !strings.Contains(cells[1], "Подать заявление от 83 % не получилось") || !strings.Contains(cells[2], "мало или нет") {
		t.Errorf("the map of pains: %q", cells)
	}
	if rows := page.Texts("table.results tbody tr"); !strings.Contains(strings.Join(rows, "\n"), "Повторныеот 90 %") {
		t.Errorf("no column of repeated appeals: %q", rows)
	}
	err := w.store.Upkeep().View(t.Context(), func(v upkeep.View) error {
		as, err := v.Appeals(t.Context(), "komzan")
		for _, a := range as {
			if a.Need != "" || a.Summed == "" && a.Text != "" {
				t.Errorf("after the quarter: %+v", a)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Nothing that is written anywhere leads to who gave feedback, or to when: not the log, the numbers, the audit log, the
// session of a browser that is signed in, or the rows themselves.
func TestNobodyLearnsWhoGaveFeedback(t *testing.T) {
	w := working(t)
	var log strings.Builder
	m := httpx.NewMetrics()
	w.handler = httpx.Observe(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})), m, w.handler)
	w.as(t, "clerk")
	cookies := w.cookies
	sessions := func() string {
		rows, err := w.accounts.Sessions(t.Context(), w.ids["clerk"])
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(rows)
	}
	before, trail := sessions(), w.lastAudit(t)
	w.now = w.now.Add(20 * time.Minute)
	log.Reset()
	phone := w.phone(t)
	address := "/komzan/f/" + phone
	_, body := w.get(t, address)
	if strings.Contains(body, "person") || strings.Contains(body, "sign-out") {
		t.Error("the page knows who is signed in")
	}
	token, _ := testkit.ParseHTML(t, body).One(t, "input[name=token]").Attr("value")
	w.cookies = cookies
	res, body := w.post(t, address, url.Values{"token": {token}, "got": {"no"}, "scale": {"1"}, "send": {"1"}, "text": {"Тайна"}}, "User-Agent", "особый", "X-Forwarded-For", "203.0.113.7")
	wantStatus(t, "sent", res, http.StatusOK)
	code := testkit.ParseHTML(t, body).One(t, "output").Text()
	if _, body = w.code(t, code); !strings.Contains(body, "Тайна") {
		t.Error("the author does not find it")
	}
	if log.Len() > 0 {
		t.Errorf("the log says %s", log.String())
	}
	rec := httptest.NewRecorder()
	m.Handler().ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if regexp.MustCompile(`perechen_http_requests_total\{[^}]*(/f/|feedback|POST)`).MatchString(rec.Body.String()) {
		t.Error("the numbers tell that somebody gave feedback")
	}
	if got := sessions(); got != before {
		t.Errorf("the session is touched:\n%s\n%s", before, got)
	}
	if got := w.lastAudit(t); got != trail {
		t.Errorf("the audit log: %+v", got)
	}
	err := w.store.Upkeep().View(t.Context(), func(v upkeep.View) error {
		os, err := v.Opinions(context.Background(), "komzan")
		if err != nil {
			return err
		}
		as, err := v.Appeals(t.Context(), "komzan")
		if len(os) != 1 || len(as) != 1 || os[0].Month != "2026-04" || as[0].Month != "2026-04" || os[0].ID == as[0].ID {
			t.Errorf("%+v, %+v", os, as)
		}
		if kept := fmt.Sprintf("%+v %+v", os, as); strings.Contains(kept, "203.0.113") || strings.Contains(kept, "особый") || strings.Contains(kept, w.ids["clerk"]) || strings.Contains(kept, strings.ReplaceAll(code, "-", "")) {
			t.Errorf("kept: %s", kept)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhoWritesNamesIsWarnedAndMaySendThem(t *testing.T) {
	w := working(t)
	address := "/komzan/f/" + w.phone(t)
	token, _ := w.page(t, address).One(t, "input[name=token]").Attr("value")
	v := url.Values{"token": {token}, "got": {"no"}, "scale": {"2"}, "send": {"1"}, "text": {"Звонил Петрову И.И. по 8 (8672) 64-90-22"}}
	res, body := w.post(t, address, v)
	wantStatus(t, "warned", res, http.StatusOK)
	if !strings.Contains(body, "личные сведения") || !strings.Contains(body, "Петрову И.И.") || w.opinions(t) != 0 {
		t.Error("no warning, or it was taken already")
	}
	v.Set("sure", "1")
	if _, body = w.post(t, address, v); !strings.Contains(body, "<output>") || w.opinions(t) != 1 {
		t.Error("it is not taken")
	}
	v.Set("text", strings.Repeat("ж", feedback.MaxText+1))
	token, _ = w.page(t, address).One(t, "input[name=token]").Attr("value")
	v.Set("token", token)
	res, _ = w.post(t, address, v)
	wantStatus(t, "too long", res, http.StatusUnprocessableEntity)
}
