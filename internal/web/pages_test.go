package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/register"
	"perechen/internal/testkit"
)

func (w *world) page(t testing.TB, address string) testkit.HTML {
	t.Helper()
	res, body := w.get(t, address)
	if res.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s", address, res.Status)
	}
	return testkit.ParseHTML(t, body)
}

func TestRegisterPageIsTheOfficialTable(t *testing.T) {
	w := newWorld(t, Options{Documents: papers{}})
	w.add(t, "komzan", testkit.Committee())
	p := w.page(t, "/komzan/")
	if got, want := p.One(t, "h1").Text(), "Перечень точек взаимодействия с клиентом в рамках взаимодействия с внутренним клиентом"; got != want {
		t.Errorf("heading %q, want %q", got, want)
	}
	want := []string{"Поступление на государственную гражданскую службу (прием на работу)", "Сопровождение процесса прохождения государственной гражданской службы", "Увольнение с государственной гражданской службы"}
	if diff := cmp.Diff(want, p.Texts("table.register th[scope=rowgroup]")); diff != "" {
		t.Error("groups (-want +got):\n", diff)
	}
	var spans []string
	for _, th := range p.All("table.register th[scope=rowgroup]") {
		s, _ := th.Attr("rowspan")
		spans = append(spans, s)
	}
	if diff := cmp.Diff([]string{"5", "2", "3"}, spans); diff != "" {
		t.Error("spans (-want +got):\n", diff)
	}
	if got := p.Texts("table.register td.no"); !cmp.Equal(got, []string{"1.", "2.", "3."}) {
		t.Errorf("numbers %q", got)
	}
	first := p.All("table.register tbody tr")[0]
	if diff := cmp.Diff([]string{"Получение информации клиентом", "получение форм документов", "направление письменного обращения клиентом"}, first.Texts("ul.needs li")); diff != "" {
		t.Error("needs (-want +got):\n", diff)
	}
	if got := first.One(t, "td.class").Text(); got != "цифровая" {
		t.Errorf("class %q", got)
	}
	hrefs := map[string]bool{}
	for _, a := range p.All("a.contact") {
		h, _ := a.Attr("href")
		hrefs[h] = true
	}
	for _, h := range []string{"https://trud.alania.gov.ru/", "mailto:info@trud.alania.gov.ru", "tel:+78672649022"} {
		if !hrefs[h] {
			t.Errorf("no contact leads to %s; there are %v", h, hrefs)
		}
	}
	// The telephone is digital by the order and offline by the report: both are said, and the margin says why.
	phone := p.All("table.register tbody tr")[2]
	if tag, note := phone.One(t, "td.class .tag").Text(), phone.One(t, "td.class p").Text(); tag != "цифровая" || note != "в отчёте: офлайн" {
		t.Errorf("class of the telephone %q, %q", tag, note)
	}
	if notes := phone.All("td.margin .note.violation"); len(notes) == 0 {
		t.Error("no note beside the telephone")
	} else if href, _ := notes[0].One(t, "a").Attr("href"); !strings.HasPrefix(href, "/komzan/findings#R3-") {
		t.Errorf("«Что делать» leads to %s", href)
	}
	facts := p.Texts("ul.facts li")
	if diff := cmp.Diff([]string{"3 процесса", "6 точек", "10 взаимодействий", "4 из 6 потребностей закрыто"}, facts[:4]); diff != "" {
		t.Error("facts (-want +got):\n", diff)
	}
	if got := p.One(t, "footer").Text(); !strings.HasPrefix(got, "Запись № 22 · отпечаток журнала ") || !strings.Contains(got, "· проверить") {
		t.Errorf("footer %q", got)
	}
}

func TestFiltersChooseRowsAndTravelWithExports(t *testing.T) {
	w := committee(t, Options{Documents: papers{}})
	for _, tt := range []struct {
		query string
		rows  int
	}{
		{"kind=phone", 3}, {"kind=email", 2}, {"class=digital", 6}, {"class=offline", 4}, {"need=forms", 2}, {"q=увольнением", 3}, {"q=увольнение&kind=phone", 1}, {"q=trud.alania.gov.ru", 3},
	} {
		p := w.page(t, "/komzan/?"+queryOf(t, tt.query))
		if got := len(p.All("table.register tbody tr")); got != tt.rows {
			t.Errorf("%s: %d rows, want %d", tt.query, got, tt.rows)
		}
	}
	p := w.page(t, "/komzan/?kind=phone&need=info")
	if got := hrefOf(t, p, ".shown a", "Показать всё"); got != "/komzan/" {
		t.Errorf("the reset leads to %s", got)
	}
	csv := hrefOf(t, p, ".exports a", "CSV")
	if _, body := w.get(t, csv); !strings.Contains(body, "Kind:phone Need:info") || !strings.Contains(body, "csv") {
		t.Errorf("%s gives %q", csv, body)
	}
	if got := p.One(t, "select[name=kind] option[selected]").Text(); got == "" {
		t.Error("the chosen kind is not shown as chosen")
	}
	if got := p.One(t, "details.more"); got.Attrs()[len(got.Attrs())-1] != "open" {
		t.Error("the filters in use are folded")
	}
}

func queryOf(t *testing.T, s string) string {
	t.Helper()
	q, err := url.ParseQuery(s)
	if err != nil {
		t.Fatal(err)
	}
	return q.Encode()
}

func hrefOf(t *testing.T, p testkit.HTML, selector, text string) string {
	t.Helper()
	for _, a := range p.All(selector) {
		if a.Text() == text {
			h, _ := a.Attr("href")
			return h
		}
	}
	t.Fatalf("no %s says %q", selector, text)
	return ""
}

func TestThePastIsShownAsItWasAndLinksStayInIt(t *testing.T) {
	w := committee(t, Options{Documents: papers{}})
	for address, phone := range map[string]string{
		"/komzan/": "8 (8672) 64-90-25", "/komzan/?edition=2": "8 (8672) 64-90-25", "/komzan/?edition=1": "8 (8672) 64-90-22",
		"/komzan/?on=2026-03-01": "8 (8672) 64-90-22", "/komzan/?on=2026-03-02": "8 (8672) 64-90-25", "/komzan/?n=22": "8 (8672) 64-90-22",
	} {
		p := w.page(t, address)
		if got := p.Texts("a.contact"); !contains(got, phone) {
			t.Errorf("%s: contacts %q, want %s", address, got, phone)
		}
		past := len(p.All(".past")) == 1
		if past != strings.Contains(address, "?") {
			t.Errorf("%s: past=%v", address, past)
		}
		if past {
			_, query, _ := strings.Cut(address, "?")
			for _, a := range p.All("header nav a") {
				if h, _ := a.Attr("href"); !strings.HasSuffix(h, "?"+query) {
					t.Errorf("%s: the section %q leaves the past: %s", address, a.Text(), h)
				}
			}
		}
	}
	p := w.page(t, "/komzan/?on=2026-03-01")
	if got := p.One(t, ".past").Text(); !strings.Contains(got, "что было известно 01.03.2026, запись журнала № 23") {
		t.Errorf("the past says %q", got)
	}
	report := hrefOf(t, p, ".actions a", "Скачать отчёт")
	if _, body := w.get(t, report); !strings.Contains(body, "n=23") || !strings.Contains(body, "on=2026-03-01") {
		t.Errorf("%s gives %q", report, body)
	}
}

func contains(ss []string, s string) bool {
	for _, x := range ss {
		if x == s {
			return true
		}
	}
	return false
}

func TestPointPageTellsItsHistory(t *testing.T) {
	w := committee(t, Options{})
	p := w.page(t, "/komzan/points/phone")
	if got := p.One(t, "ol.history").All("li")[0].Text(); !strings.Contains(got, "02.03.2026 09:30 · изменение · запись № 24") ||
		!strings.Contains(got, "Основание: п. 4.1, включение сведений, приказ № 9-р от 16.02.2026") {
		t.Errorf("the last event is %q", got)
	}
	if del, ins := p.Texts("ol.history del"), p.Texts("ol.history ins"); !cmp.Equal(del, []string{"64-90-22"}) || !cmp.Equal(ins, []string{"64-90-25"}) {
		t.Errorf("changed %q to %q", del, ins)
	}
	if got := w.page(t, "/komzan/points/room").One(t, "ol.history").Text(); !strings.Contains(got, "06.04.2026 12:00 · изменение") || !strings.Contains(got, "Увольнение с государственной гражданской службы") {
		t.Errorf("the change of a row is not in the point's history: %q", got)
	}
	old := hrefOf(t, p, "ol.history a", "Посмотреть, как было после этой записи")
	if got := w.page(t, old).One(t, ".big").Text(); got != "8 (8672) 64-90-22" {
		t.Errorf("%s shows %q", old, got)
	}
	if got := len(p.All("#usages")); got != 1 {
		t.Errorf("%d lists of usages", got)
	}
	if got := p.Texts("table.plain tbody th"); len(got) != 3 {
		t.Errorf("used in %q", got)
	}

	// Excluded, the point is still there to be read.
	r, err := w.ledger.State(t.Context(), "komzan", 0)
	if err != nil {
		t.Fatal(err)
	}
	var cs []register.Change
	for _, u := range r.UsagesOf("phone") {
		cs = append(cs, register.Change{Op: register.Exclude, Kind: register.KindUsage, Key: u.Key})
	}
	w.append(t, "komzan", append(cs, register.Change{Op: register.Exclude, Kind: register.KindTouchpoint, Key: "phone"})...)
	p = w.page(t, "/komzan/points/phone")
	if got := p.One(t, ".gone").Text(); !strings.HasPrefix(got, "Эта точка исключена из перечня.") {
		t.Errorf("an excluded point says %q", got)
	}
}

func TestFindingsAreGroupedAndRejectedOnesStandApart(t *testing.T) {
	w := committee(t, Options{})
	before := len(w.page(t, "/komzan/findings").All("article.finding"))
	rejectOne(t, w)
	p := w.page(t, "/komzan/findings")
	if got := len(p.All("article.finding")); got != before {
		t.Errorf("%d findings after a rejection, want %d", got, before)
	}
	rejected := p.All("section.findings")[len(p.All("section.findings"))-1]
	if n := len(rejected.All("article")); n != 1 {
		t.Errorf("%d rejected findings", n)
	}
	if got := rejected.Text(); !strings.Contains(got, "Отклонено: согласовано с председателем") {
		t.Errorf("no reason in %q", got)
	}
	for _, a := range p.All("article.finding") {
		id, _ := a.Attr("id")
		rule, _, _ := strings.Cut(id, "-")
		one := w.page(t, "/komzan/findings?rule="+rule)
		if len(one.All("article.finding")) == 0 {
			t.Errorf("the filter by %s shows nothing", rule)
		}
	}
	depends := p.Texts(".depends")
	if len(depends) == 0 || !strings.HasPrefix(depends[0], "Исчезнет, если исправить:") {
		t.Errorf("dependencies %q", depends)
	}
}

func TestLongRegisterIsPagedAndNamesContinuedProcesses(t *testing.T) {
	w := newWorld(t, Options{})
	w.large(t, "big", 250)
	p := w.page(t, "/big/")
	if got := len(p.All("table.register tbody tr")); got != pageRows {
		t.Fatalf("%d rows on the first page", got)
	}
	next, _ := p.One(t, "nav.pager a[rel=next]").Attr("href")
	p = w.page(t, next)
	if got := p.One(t, "nav.pager").Text(); !strings.Contains(got, "101–200 из 250") {
		t.Errorf("pager says %q", got)
	}
	if got := p.Texts("table.register tbody th p"); !cmp.Equal(got, []string{"продолжение"}) {
		t.Errorf("continued groups: %q", got)
	}
	last := w.page(t, "/big/?page=99")
	if got := len(last.All("table.register tbody tr")); got != 50 {
		t.Errorf("%d rows on the last page", got)
	}
	if n := len(w.page(t, "/big/?page=99&kind=phone").All("table.register tbody tr")); n == 0 {
		t.Error("a page that the filter does not reach shows nothing")
	}
}

// large adds a body with so many usages: 20 points, each process with 30 rows.
func (w *world) large(t testing.TB, slug string, usages int) {
	t.Helper()
	s := testkit.Clean()
	r := &register.Register{Organisation: s.Register.Organisation, Departments: s.Register.Departments}
	kinds := []string{"site", "email", "phone", "office"}
	for i := range 20 {
		kind := kinds[i%len(kinds)]
		r.Touchpoints = append(r.Touchpoints, register.Touchpoint{Key: fmt.Sprintf("t%d", i), Kind: kind, Label: fmt.Sprintf("Точка номер %d", i+1), Position: i + 1,
			Value: fmt.Sprintf("8 (8672) 64-%02d-%02d", i, i), Contact: fmt.Sprintf("+786726400%02d", i)})
	}
	for i := range usages {
		p := i / 30
		if i%30 == 0 {
			r.Processes = append(r.Processes, register.Process{Key: fmt.Sprintf("p%d", p), Title: fmt.Sprintf("Направление деятельности номер %d", p+1), Position: p + 1})
		}
		r.Usages = append(r.Usages, register.Usage{Key: fmt.Sprintf("u%d", i), Process: fmt.Sprintf("p%d", p), Touchpoint: fmt.Sprintf("t%d", i%20), Client: "internal", Position: i + 1,
			Needs: []register.NeedRef{{Code: "info", Text: "получение информации"}, {Code: "consultation", Text: "получение консультации"}}, Text: "Получение информации, получение консультации"})
	}
	s.Register = r
	w.add(t, slug, s)
}

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

func TestDocumentsComeWithNamesAndStates(t *testing.T) {
	w := committee(t, Options{Documents: papers{}})
	for address, want := range map[string]string{
		"/komzan/report.docx":                 "report komzan n=26 edition=false on= docx",
		"/komzan/report.pdf?edition=1":        "report komzan n=22 edition=true on= pdf",
		"/komzan/report.odt?on=2026-03-01":    "report komzan n=23 edition=false on=2026-03-01 odt",
		"/komzan/diff.docx?a=1&b=2":           "diff komzan 22-24 docx",
		"/komzan/diff.xlsx?a=1":               "diff komzan 22-26 xlsx",
		"/komzan/diff.docx?a=2026-02-20&b=n5": "diff komzan 23-5 docx",
	} {
		res, body := w.get(t, address)
		if body != want {
			t.Errorf("%s gives %q, want %q", address, body, want)
		}
		if d := res.Header.Get("Content-Disposition"); !strings.HasPrefix(d, "attachment; filename*=utf-8''") {
			t.Errorf("%s: %q", address, d)
		}
	}
	if n := len(newOffer(t).All("[download]")); n != 0 {
		t.Errorf("%d documents are offered though none can be made", n)
	}
}

func newOffer(t *testing.T) testkit.HTML {
	w := committee(t, Options{})
	return w.page(t, "/komzan/")
}

func TestOneBodyIsTheFirstPage(t *testing.T) {
	w := newWorld(t, Options{})
	w.add(t, "komzan", testkit.Committee())
	res, _ := w.get(t, "/")
	if res.StatusCode != http.StatusFound || res.Header.Get("Location") != "/komzan/" {
		t.Errorf("%s to %q", res.Status, res.Header.Get("Location"))
	}
	w.add(t, "minec", testkit.Ministry())
	if got := w.page(t, "/").Texts("ul.bodies h2"); len(got) != 2 {
		t.Errorf("bodies %q", got)
	}
	if got := w.page(t, "/minec/").One(t, ".empty").Text(); !strings.Contains(got, "perechen import --body minec") {
		t.Errorf("an empty register says %q", got)
	}
}

func TestEnglishOnDemand(t *testing.T) {
	w := committee(t, Options{})
	res, body := w.get(t, "/komzan/?lang=en")
	p := testkit.ParseHTML(t, body)
	if tag, _ := p.One(t, "html").Attr("lang"); tag != "en" {
		t.Fatalf("lang=%q", tag)
	}
	if tag, _ := p.One(t, "h1").Attr("lang"); tag != "ru" {
		t.Errorf("the register's own words are marked %q", tag)
	}
	cookie := res.Header.Get("Set-Cookie")
	if !strings.HasPrefix(cookie, "lang=en; Path=/") {
		t.Fatalf("cookie %q", cookie)
	}
	_, body = w.get(t, "/komzan/points", "Cookie", "lang=en")
	if got := testkit.ParseHTML(t, body).One(t, "h1").Text(); got != "Points of contact" {
		t.Errorf("heading %q", got)
	}
	if got := w.page(t, "/komzan/points").One(t, "h1").Text(); got != "Точки взаимодействия" {
		t.Errorf("without the cookie: %q", got)
	}
}

func TestDayOfAPageIsThatOfTheClock(t *testing.T) {
	w := committee(t, Options{})
	res1, _ := w.get(t, "/komzan/findings")
	w.now = w.now.Add(24 * time.Hour)
	res2, body := w.get(t, "/komzan/findings")
	if res1.Header.Get("Etag") == res2.Header.Get("Etag") {
		t.Error("the next day's page has the same tag")
	}
	if !strings.Contains(testkit.ParseHTML(t, body).One(t, "main > .lead").Text(), "На 08.04.2026") {
		t.Error("the findings are not of the day")
	}
}

func TestManyFindingsArePagedAndNotesLeadToTheRightPage(t *testing.T) {
	w := newWorld(t, Options{})
	s := testkit.Clean()
	s.Register = &register.Register{Organisation: s.Register.Organisation, Departments: s.Register.Departments,
		Processes: []register.Process{{Key: "p", Title: "Направление", Position: 1}}}
	for i := range 230 {
		key := fmt.Sprintf("t%d", i)
		s.Register.Touchpoints = append(s.Register.Touchpoints, register.Touchpoint{Key: key, Kind: "phone", Label: "Телефон " + key, Value: fmt.Sprintf("12-%d", i), Position: i + 1})
		s.Register.Usages = append(s.Register.Usages, register.Usage{Key: "u" + key, Process: "p", Touchpoint: key, Client: "internal", Position: i + 1,
			Needs: []register.NeedRef{{Code: "info", Text: "получение информации"}}, Text: "Получение информации"})
	}
	w.add(t, "many", s)
	p := w.page(t, "/many/findings")
	if n := len(p.All("article.finding")); n != pageRows {
		t.Fatalf("%d findings on the first page", n)
	}
	if got := p.Texts(".pager"); len(got) != 1 {
		t.Fatalf("pagers %q", got)
	}
	// The crawl fails when a note leads to a page on which its finding does not stand.
	crawl(t, w, func(string, testkit.HTML) {}, "/many/", "/many/?page=3", "/many/order")
}
