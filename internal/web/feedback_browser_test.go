package web

import (
	"fmt"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"perechen/internal/feedback"
	"perechen/internal/register"
	"perechen/internal/testkit"
	"perechen/internal/upkeep"
)

// voices is the Committee after two quarters in which people said how it went, and a survey that is over.
func voices(t testing.TB) *world {
	t.Helper()
	w := working(t)
	w.did(t, include(register.KindJourney, "leaving", leaving(t, w)))
	reg := w.register(t)
	x := feedback.Templates()[0]
	x.ID, x.Opens, x.Closes = "oprosodin", "2026-04-07", "2026-04-20"
	if err := w.desk.PutSurvey(t.Context(), upkeep.Local, "komzan", x); err != nil {
		t.Fatal(err)
	}
	of := feedback.Subject{Kind: upkeep.OfSurvey, Key: x.ID}
	for i := range 9 {
		f, err := w.desk.NewFeedback(t.Context(), "komzan", of)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.desk.AnswerSurvey(t.Context(), "komzan", x.ID, f, map[string]int{"solved": 1 + i%5, "clear": 4, "channel": 1 + i%2}, map[string]string{"better": fmt.Sprintf("Сократить очередь, предложение %d", i)}); err != nil {
			t.Fatal(err)
		}
	}
	words := []string{"Утром не дозвониться, всё время занято", "Невозможно дозвониться утром", "", "Спасибо, всё быстро", "", "Форма заявления устарела", "Нашёл не сразу"}
	n := 0
	say := func(of feedback.Subject, times int) {
		for range times {
			n++
			f, err := w.desk.NewFeedback(t.Context(), "komzan", of)
			if err != nil {
				t.Fatal(err)
			}
			needs := []string{"", "info", "forms"}
			stage := []string{"Узнать порядок", "Подать заявление", "Получить трудовую книжку"}[n/2%3]
			if err := w.desk.GiveFeedback(t.Context(), "komzan", of, f, upkeep.Said{Got: n%3 > 0, Scale: 1 + n*7%5, Need: needs[n/2%3], Stage: stage, Text: words[n%len(words)]}); err != nil {
				t.Fatal(err)
			}
		}
	}
	for range 2 {
		for i, p := range reg.Touchpoints {
			say(feedback.Subject{Kind: feedback.OfPoint, Key: p.Key}, 3+i*3%11)
		}
		for i, p := range reg.Processes {
			say(feedback.Subject{Kind: feedback.OfProcess, Key: p.Key}, 4+i*9)
		}
		w.now = w.now.AddDate(0, 3, 0)
	}
	return w
}

// leaving is a journey through the last process but one, whose steps lead through all points of it.
func leaving(t testing.TB, w *world) register.Journey {
	t.Helper()
	reg := w.register(t)
	process := reg.Processes[len(reg.Processes)-2].Key
	j := register.Journey{Key: "leaving", Title: "Увольнение по собственному желанию", State: register.AsIs, Processes: []string{process}, Position: 1}
	var at []register.JourneyPoint
	for _, u := range reg.Usages {
		if p, ok := reg.PointOf(u.Key); ok && u.Process == process {
			at = append(at, p)
		}
	}
	if len(at) < 2 {
		t.Fatalf("%s has %d usages", process, len(at))
	}
	for i, st := range []string{"Узнать порядок", "Подать заявление", "Отработать", "Получить трудовую книжку"} {
		j.Stages = append(j.Stages, register.JourneyStage{Title: st, Steps: []register.JourneyStep{{Action: st, Need: []string{"info", "forms"}[i%2], Points: at[i%len(at) : i%len(at)+1]}}})
	}
	return j
}

// TestFeedbackPagesInARealBrowser: three taps on a telephone without a script, then every page of the topic in both widths and
// schemes: nothing scrolls sideways, axe finds nothing, a thumb hits everything.
func TestFeedbackPagesInARealBrowser(t *testing.T) {
	w := voices(t)
	srv := httptest.NewServer(w.handler)
	t.Cleanup(srv.Close)
	phone := w.phone(t)
	b := testkit.NewBrowser(t)
	code := ""
	taps := func(key string, each func(step int)) {
		t.Helper()
		b.Open(srv.URL + "/komzan/f/" + key)
		for i, tap := range []string{".tap.yes", ".tap[value='4']", "button[name=send]"} {
			each(i)
			b.Size(360, 800)
			b.Do(chromedp.Click(chromedp.CSS(tap)), chromedp.WaitNotPresent(chromedp.CSS(tap)))
		}
		code = testkit.Eval[string](b, `document.querySelector("output").textContent`)
		if _, ok := feedback.ParseCode(code); !ok {
			t.Fatalf("after three taps the code is %q", code)
		}
		if at := testkit.Eval[string](b, "location.search + location.hash"); at != "" {
			t.Errorf("the address says %q", at)
		}
		each(3)
	}
	b.Scripts(false)
	b.Size(360, 800)
	taps(phone, func(int) {})
	b.Scripts(true)
	taps(pointOf(t, testkit.Sample{Register: w.register(t)}, "site").Key, func(step int) { examine(t, b, fmt.Sprint("give-", step)) })
	b.Open(srv.URL + "/komzan/f/" + w.register(t).Journeys[0].Processes[0])
	b.Do(chromedp.Click(chromedp.CSS(".tap.no")), chromedp.Click(chromedp.CSS(".tap[value='2']")), chromedp.WaitVisible(chromedp.CSS("select[name=stage]")))
	examine(t, b, "give-process")
	b.Open(srv.URL + "/komzan/feedback/code")
	examine(t, b, "code")
	b.Do(chromedp.SendKeys(chromedp.CSS("input[name=code]"), strings.ReplaceAll(code, "-", " ")), chromedp.Click(chromedp.CSS("main button")), chromedp.WaitVisible(chromedp.CSS("dl.card")))
	examine(t, b, "code-found")
	for name, address := range map[string]string{"results": "/komzan/feedback/results", "results-en": "/komzan/feedback/results?period=2026&lang=en", "survey-results": "/komzan/s/oprosodin",
		"point": "/komzan/points/" + phone, "given": "/komzan/f/" + phone} {
		b.Open(srv.URL + address)
		examine(t, b, name)
	}
	b.Open(srv.URL + "/?lang=ru")
	signIn(b, srv.URL, "officer")
	x := feedback.Templates()[1]
	x.ID, x.Opens, x.Closes = "oprosdva", w.now.Format(time.DateOnly), w.now.AddDate(0, 0, 7).Format(time.DateOnly)
	if err := w.desk.PutSurvey(t.Context(), upkeep.Local, "komzan", x); err != nil {
		t.Fatal(err)
	}
	x.ID, x.Opens = "oprostri", w.now.AddDate(0, 0, 2).Format(time.DateOnly)
	if err := w.desk.PutSurvey(t.Context(), upkeep.Local, "komzan", x); err != nil {
		t.Fatal(err)
	}
	all, err := w.desk.Appeals(t.Context(), upkeep.Local, "komzan")
	if err != nil {
		t.Fatal(err)
	}
	item := ""
	for _, a := range all {
		if a.Waits() && len(a.Like) > 0 {
			item = a.ID
		}
	}
	for name, address := range map[string]string{"desk": "/komzan/desk", "queue": "/komzan/feedback", "queue-all": "/komzan/feedback?" + url.Values{"state": {"all"}, "about": {"point:" + phone}}.Encode(),
		"appeal": "/komzan/feedback/" + item, "surveys": "/komzan/surveys", "survey-open": "/komzan/surveys/oprosdva", "survey-ahead": "/komzan/surveys/oprostri", "survey-closed": "/komzan/surveys/oprosodin", "answer": "/komzan/s/oprosdva"} {
		b.Open(srv.URL + address)
		examine(t, b, name)
	}
}
