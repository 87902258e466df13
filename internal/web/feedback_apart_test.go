package web

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"perechen/internal/feedback"
	"perechen/internal/upkeep"
)

// TestWhatAMonthLeftOverHidesNobody: words that waited alone are shown when their month is over, and those of the next month wait
// for others of that month: else the first of them would be seen in the hour in which it was written.
func TestWhatAMonthLeftOverHidesNobody(t *testing.T) {
	w := working(t)
	phone := w.phone(t)
	shown := func() int {
		t.Helper()
		w.as(t, "clerk")
		return len(w.page(t, "/komzan/feedback?state=all").Texts("table.appeals tbody tr"))
	}
	texts := []string{"Занято", "Перерыв", "Отпуск", "Переехали", "Ремонт", "Авария", "Совещание", "Праздник", "Карантин"} // not alike, so that each is a row
	for _, text := range texts[:4] {
		w.say(t, phone, "no", "2", text)
	}
	if n := shown(); n != 0 {
		t.Errorf("%d of four are shown within their month", n)
	}
	w.now, w.tokens = time.Date(2026, 5, 4, 10, 0, 0, 0, time.UTC), map[string]string{}
	if n := shown(); n != 4 {
		t.Errorf("%d of four are shown after their month", n)
	}
	for i, want := range []int{4, 4, 4, 4, 9} {
		w.say(t, phone, "no", "2", texts[4+i])
		if n := shown(); n != want {
			t.Errorf("after %d in the next month %d are shown, want %d", i+1, n, want)
		}
	}
}

// TestTextsOfOneAnswerDoNotLieByThemselves: however many texts an answer to a survey has, its rows are written anew together with
// those of others until enough have answered that very survey.
func TestTextsOfOneAnswerDoNotLieByThemselves(t *testing.T) {
	w := working(t)
	today := w.now.Format(time.DateOnly)
	for _, id := range []string{"wordy", "other"} {
		x := feedback.Survey{ID: id, Title: "Опрос " + id, Opens: today, Closes: today, Questions: []feedback.Question{{Key: "s", Kind: feedback.AskScale, Text: "Как?"}}}
		for i := range 4 {
			x.Questions = append(x.Questions, feedback.Question{Key: fmt.Sprint("w", i), Kind: feedback.AskWords, Text: fmt.Sprint("Почему ", i)})
		}
		if err := w.desk.PutSurvey(t.Context(), upkeep.Local, "komzan", x); err != nil {
			t.Fatal(err)
		}
	}
	fresh := func(id string) (n int) {
		t.Helper()
		err := w.store.Upkeep().View(t.Context(), func(v upkeep.View) (err error) {
			n, err = v.FreshAnswers(t.Context(), "komzan", id)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	answer := func(id string) {
		t.Helper()
		f, err := w.desk.NewFeedback(t.Context(), "komzan", feedback.Subject{Kind: upkeep.OfSurvey, Key: id})
		if err == nil {
			err = w.desk.AnswerSurvey(t.Context(), "komzan", id, f, map[string]int{"s": 3}, map[string]string{"w0": "Так вышло", "w1": "Так надо", "w2": "Так лучше", "w3": "Так хуже"})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for i, want := range []int{1, 2, 3, 4, 0, 1} {
		answer("wordy")
		if got := fresh("wordy"); got != want {
			t.Errorf("after %d answers %d are written anew, want %d", i+1, got, want)
		}
		if i == 2 {
			answer("other")
		}
	}
	if got := fresh("other"); got != 1 {
		t.Errorf("another survey has settled this one: %d", got)
	}
}

// TestOneAnswerMoreChangesNothingThatIsShown: whoever keeps all that can be read, page by page and file by file, and compares it after
// one more answer, finds no difference, for a passer-by, for those who work in the body and for those who answer: neither before a
// quarter is summed up nor after, until a group is full.
func TestOneAnswerMoreChangesNothingThatIsShown(t *testing.T) {
	w := working(t)
	phone := w.phone(t)
	process := w.register(t).Processes[0].Key
	for i := range 7 {
		w.say(t, phone, []string{"yes", "no"}[i%2], fmt.Sprint(1+i%5), "", "need", "info")
		w.say(t, process, "yes", "4", "")
	}
	x := feedback.Templates()[0]
	x.ID, x.Opens, x.Closes = "dlitsya1", "2026-07-01", "2026-08-31"
	if err := w.desk.PutSurvey(t.Context(), upkeep.Local, "komzan", x); err != nil {
		t.Fatal(err)
	}
	w.now, w.tokens = time.Date(2026, 8, 3, 10, 0, 0, 0, time.UTC), map[string]string{}
	read := func() map[string]string {
		all := map[string]string{}
		for _, who := range []string{"", "reader", "clerk", "officer", "head"} {
			w.as(t, who)
			for _, address := range []string{"/", "/komzan/", "/komzan/points/" + phone, "/komzan/processes/" + process, "/komzan/feedback", "/komzan/feedback?state=all", "/komzan/surveys", "/komzan/surveys/" + x.ID,
				"/komzan/feedback/results", "/komzan/feedback/results?period=2026", "/komzan/feedback/results/2026-2.xlsx", "/komzan/feedback/results/2026.docx", "/komzan/feedback/results/2026-2.pdf", "/komzan/feedback/results/2026.odt",
				"/komzan/desk", "/komzan/log", "/komzan/pictures", "/komzan/find?q=" + "%D1%82%D0%B5%D0%BB%D0%B5%D1%84%D0%BE%D0%BD", "/metrics"} {
				res, body := w.get(t, address)
				all[who+" "+address] = fmt.Sprint(res.StatusCode, mark.ReplaceAllString(body, ""))
			}
		}
		w.as(t, "")
		return all
	}
	before := read()
	if again := read(); !reflect.DeepEqual(before, again) {
		for k := range before {
			if before[k] != again[k] {
				t.Errorf("%s is never the same", k)
			}
		}
		t.FailNow()
	}
	told := 0
	for _, page := range before {
		if strings.HasPrefix(page, "200") {
			told++
		}
	}
	if told < 50 {
		t.Fatalf("only %d of %d can be read", told, len(before))
	}
	for i := range 4 {
		w.say(t, []string{phone, process}[i%2], "no", "1", fmt.Sprint("Тайна ", i))
		f, err := w.desk.NewFeedback(t.Context(), "komzan", feedback.Subject{Kind: upkeep.OfSurvey, Key: x.ID})
		if err == nil {
			err = w.desk.AnswerSurvey(t.Context(), "komzan", x.ID, f, map[string]int{"solved": 5}, map[string]string{"better": "Тайна"})
		}
		if err != nil {
			t.Fatal(err)
		}
		for k, after := range read() {
			if after != before[k] {
				t.Errorf("after %d answers more %s is another", i+1, k)
			}
		}
	}
}

// mark are the tokens of forms, which are never the same.
var mark = regexp.MustCompile(`name="(?:token|csrf)" value="[^"]*"`)
