package web

import (
	"bytes"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"perechen/internal/intake"
	"perechen/internal/journey"
	"perechen/internal/office"
	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/testkit"
	"perechen/procedures"
)

// shipped adds the body of an order that the program brings, read from the order's own file, with the ready journeys: what the
// demonstration shows.
func (w *world) shipped(t testing.TB, id string) {
	t.Helper()
	p, err := procedure.Load(procedures.FS, id)
	if err != nil {
		t.Fatal(err)
	}
	h := p.Holder
	w.add(t, h.Slug, testkit.Sample{Procedure: p, Register: &register.Register{Organisation: register.Organisation{Name: h.Name, ShortName: h.ShortName, Procedure: p.ID}}})
	raw, err := procedures.FS.ReadFile("orders/" + id + ".docx")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := office.Read(t.Context(), id+".docx", bytes.NewReader(raw), int64(len(raw)), office.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	draft, err := intake.Parse(doc, id+".docx", p)
	if err != nil {
		t.Fatal(err)
	}
	w.append(t, h.Slug, draft.Against(stateOf(t.(*testing.T), w, h.Slug), p, intake.Options{}).Changes...)
	with := *stateOf(t.(*testing.T), w, h.Slug)
	for _, ready := range journey.Shipped() {
		for _, j := range journey.Take(ready, &with, p, "2026-02-16").Journeys {
			with.Journeys = append(with.Journeys, j)
			w.append(t, h.Slug, include(register.KindJourney, j.Key, j))
		}
	}
}

// tenQuestions are asked of both bodies whose orders the program brings, on a telephone: from the box to where one turns it takes three
// taps at most, and each place says what its hours are or that nobody wrote them down. Where the register has no answer, the page says so
// and whom to ask, a tap away.
func tenQuestions(t *testing.T, w *world, b *testkit.Browser, site string) {
	t.Helper()
	const answers = `[...document.querySelectorAll("ol.answers > li")].map(li => li.querySelector("h3").textContent)`
	for _, body := range []string{"komzan", "minec"} {
		for q, want := range map[string]map[string]string{ // the beginning of the first answer; «» where the register knows of none
			"увольняюсь":                 {"komzan": "Увольнение", "minec": "Увольнение"},
			"поменять банк":              {"komzan": "Смена расчётного счёта", "minec": "Смена расчётного счёта"},
			"справка 2-ндфл":             {},
			"хочу в отпуск":              {},
			"потерял удостоверение":      {},
			"расчётный лист":             {"komzan": "~", "minec": "~"}, // only the like of it
			"больничный":                 {},
			"пожаловаться":               {},
			"телефон кадров":             {"komzan": "Телефон", "minec": "Телефон отдела государственной гражданской службы"},
			"куда отнести обходной лист": {"komzan": "Увольнение", "minec": "Увольнение"},
		} {
			taps, about := 0, body+": "+q
			b.Open(site + "/" + body + "/find") // the box has the focus: one only types
			b.Do(chromedp.SendKeys(chromedp.CSS("#q"), q), chromedp.Click(chromedp.CSS(".box button")), chromedp.WaitVisible(chromedp.CSS("ol.answers, .nearby")))
			taps++
			if got := testkit.Eval[string](b, "location.search"); !strings.Contains(got, url.QueryEscape(strings.Fields(q)[0])) {
				t.Fatalf("%s: asked %q", about, got)
			}
			found := testkit.Eval[[]string](b, answers)
			sure := testkit.Eval[bool](b, `!document.querySelector(".unsure")`)
			switch first := want[body]; {
			case first == "" && len(found) > 0 && sure:
				t.Errorf("%s: the register knows nothing of it, and the page answers %q", about, found)
			case first == "~" && (len(found) == 0 || sure):
				t.Errorf("%s: what is only like it stands as if it were it: %q", about, found)
			case first != "" && first != "~" && (len(found) == 0 || !strings.HasPrefix(found[0], first)):
				t.Errorf("%s: answers %q, want %q", about, found, first)
			}
			if first := want[body]; first != "" && first != "~" && testkit.Eval[int](b, `document.querySelectorAll("ol.answers > li:first-child .ways a, ol.answers > li:first-child h3 + .ways").length`) == 0 {
				b.Do(chromedp.Click(chromedp.CSS("ol.answers h3 a")), chromedp.WaitVisible(chromedp.CSS("h1")))
				taps++
			}
			// A telephone to call, a mailbox to write to, a place: the last tap.
			const ends = `document.querySelectorAll('main a[href^="tel:"], main a[href^="mailto:"], main a[href*="/points/"], main .place').length`
			if n := testkit.Eval[int](b, ends); n == 0 {
				t.Errorf("%s: nowhere to turn after %d taps", about, taps)
			}
			if taps++; taps > 3 {
				t.Errorf("%s: %d taps", about, taps)
			}
			const silent = `[...document.querySelectorAll("ol.answers .ways > li, .spot")].filter(p => !p.querySelector('a[href^="mailto:"], a[href^="http"]') && !/открыто|закрыто|перерыв|часы|по записи/.test(p.textContent)).map(p => p.textContent.trim())`
			if got := testkit.Eval[[]string](b, silent); len(got) > 0 {
				t.Errorf("%s: nothing is said of the hours of %q", about, got)
			}
			if over := testkit.Eval[int](b, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
				t.Errorf("%s scrolls sideways by %d px", about, over)
			}
			if q == "увольняюсь" || q == "куда отнести обходной лист" {
				if papers := testkit.Eval[string](b, `document.querySelector("main").textContent`); !strings.Contains(papers, "обходной лист") || !strings.Contains(papers, "заявление об увольнении") {
					t.Errorf("%s: it is not said what to bring", about)
				}
			}
		}
	}
}
