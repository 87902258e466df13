package web

import (
	"fmt"
	"net/http"
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
	if got := p.One(t, "footer p").Text(); !strings.HasPrefix(got, "Запись № 22 · отпечаток журнала ") || !strings.Contains(got, "· проверить") {
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
	csv := hrefOf(t, p, ".exports a", "Скачать показанное: CSV")
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
		if strings.HasPrefix(a.Text(), text) {
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
	if res.StatusCode != http.StatusFound || res.Header.Get("Location") != "/komzan/find" {
		t.Errorf("%s to %q", res.Status, res.Header.Get("Location"))
	}
	w.add(t, "minec", testkit.Ministry())
	first := w.page(t, "/")
	if got := first.Texts("ul.bodies h2"); len(got) != 2 {
		t.Errorf("bodies %q", got)
	}
	if got := first.Texts("label[for=q]"); len(got) != 1 || got[0] != "Что вам нужно?" {
		t.Errorf("a passer-by is asked %q", got)
	}
	if to, _ := first.All("ul.bodies h2 a")[0].Attr("href"); !strings.HasSuffix(to, "/find") {
		t.Errorf("a passer-by goes to %q", to)
	}
	res, _ = w.get(t, "/?in=komzan&q="+url.QueryEscape("увольняюсь"))
	if to := res.Header.Get("Location"); to != "/komzan/find?q="+url.QueryEscape("увольняюсь") || !strings.HasPrefix(res.Header.Get("Set-Cookie"), "body=komzan;") {
		t.Errorf("a question of the first page goes to %q, %q", to, res.Header.Get("Set-Cookie"))
	}
	_, body := w.get(t, "/", "Cookie", "body=komzan")
	if v, _ := testkit.ParseHTML(t, body).One(t, "option[selected]").Attr("value"); v != "komzan" {
		t.Errorf("the body asked last is forgotten: %q", v)
	}
	if got := w.page(t, "/?in=nowhere&q=a").Texts("label[for=q]"); len(got) != 1 {
		t.Error("a body that is not there is no answer")
	}
	if got := w.page(t, "/komzan/").Texts("label[for=q]"); len(got) != 1 {
		t.Errorf("the table asks a passer-by %q", got)
	}
	if got := w.page(t, "/komzan/find?q=zzzz").Texts(".nearby h3"); len(got) < 2 || !strings.HasPrefix(got[0], "Телефон") {
		t.Errorf("a body that knows nothing of it offers %q", got)
	}
	if got := w.page(t, "/minec/").One(t, ".empty").Text(); !strings.Contains(got, "perechen import --body minec") {
		t.Errorf("an empty register says %q", got)
	}
}

// TestManyBodiesAreFoundByName: more bodies than one looks through come in pages, with a box to find one.
func TestManyBodiesAreFoundByName(t *testing.T) {
	w := newWorld(t, Options{})
	for i := range 120 {
		org := register.Organisation{Slug: fmt.Sprintf("organ-%03d", i), Name: fmt.Sprintf("Министерство № %d Примерской области", i)}
		if i%40 == 7 {
			org.Name = "Комитет лесного хозяйства"
		}
		if err := w.ledger.AddBody(t.Context(), org, testkit.Committee().Procedure, register.Ground{Text: "начало"}, "local"); err != nil {
			t.Fatal(err)
		}
	}
	first := w.page(t, "/")
	if got := first.Texts("ul.bodies h2"); len(got) != pageRows {
		t.Errorf("%d bodies on the first page", len(got))
	}
	if got := w.page(t, "/?page=2").Texts("ul.bodies h2"); len(got) != 120-pageRows {
		t.Errorf("%d bodies on the second page", len(got))
	}
	if got := w.page(t, "/?q="+url.QueryEscape("Лесного хоз")).Texts("ul.bodies h2"); len(got) != 3 {
		t.Errorf("found %q", got)
	}
	if got := w.page(t, "/?q="+url.QueryEscape("цирк")).One(t, ".empty h2").Text(); !strings.Contains(got, "нет") {
		t.Errorf("no body of that name: %q", got)
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
