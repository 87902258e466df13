package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"perechen/internal/testkit"
)

// TestQuestionsOfASurveyAreWordedUntilItOpens: in the form of a new survey, and afterwards until the first day. The link that is
// handed round leads to the address of the settings, whatever name the request came by.
func TestQuestionsOfASurveyAreWordedUntilItOpens(t *testing.T) {
	w := working(t)
	w.open(t, Options{Address: "https://perechen.example.ru/otkryto"})
	w.as(t, "officer")
	v := w.page(t, "/komzan/surveys").Form(t, "#new-form")
	v.Set("text-solved", "Легко ли решить вопрос у кадровиков?")
	v.Set("text-polite", " ")
	v.Set("options-channel", "лично\n\nпо телефону\n лично ")
	v.Set("opens", "2026-04-09")
	res, body := w.post(t, "/komzan/surveys", v)
	wantStatus(t, "an option twice", res, http.StatusUnprocessableEntity)
	if !strings.Contains(body, "записан дважды") || !strings.Contains(body, "у кадровиков") {
		t.Error("the form says nothing, or loses what was typed")
	}
	for key, bad := range map[string]string{"options-channel": "лично", "text-clear": strings.Repeat("ы", 301), "title": " "} {
		x := url.Values{}
		for k := range v {
			x[k] = v[k]
		}
		x.Set("options-channel", "лично\nпо телефону")
		x.Set(key, bad)
		res, _ := w.post(t, "/komzan/surveys", x)
		wantStatus(t, key, res, http.StatusUnprocessableEntity)
	}
	empty := w.page(t, "/komzan/surveys").Form(t, "#new-form")
	for k := range empty {
		if strings.HasPrefix(k, "text-") {
			empty.Set(k, "")
		}
	}
	res, body = w.post(t, "/komzan/surveys", empty)
	wantStatus(t, "no question", res, http.StatusUnprocessableEntity)
	if !strings.Contains(body, "хотя бы один вопрос") {
		t.Error("nobody says that there is no question")
	}
	v.Set("options-channel", "лично\nпо телефону")
	res, _ = w.post(t, "/komzan/surveys", v)
	wantStatus(t, "opened", res, http.StatusSeeOther)
	at := res.Header.Get("Location")
	_, body = w.get(t, at)
	doc := testkit.ParseHTML(t, body)
	id := at[strings.LastIndex(at, "/")+1:]
	if got := doc.One(t, "a.contact").Text(); got != "https://perechen.example.ru/otkryto/komzan/s/"+id {
		t.Errorf("the link is %q", got)
	}
	if strings.Contains(body, "example.com") {
		t.Error("the page believes the name by which it was asked for")
	}
	v = doc.Form(t, "#words-form")
	if len(doc.All("textarea[name=text-polite]")) != 0 {
		t.Error("a question without a text is there")
	}
	v.Set("text-solved", "Легко ли решить вопрос в отделе кадров?")
	res, _ = w.post(t, at, v)
	wantStatus(t, "reworded", res, http.StatusSeeOther)
	w.as(t, "clerk")
	res, _ = w.post(t, at, v)
	wantStatus(t, "reworded by who may not", res, http.StatusForbidden)
	w.now, w.tokens = w.now.AddDate(0, 0, 3), map[string]string{}
	w.as(t, "officer")
	if len(w.page(t, at).All("#words-form")) != 0 {
		t.Error("an open survey offers its words")
	}
	res, _ = w.post(t, at, v)
	wantStatus(t, "reworded when open", res, http.StatusForbidden)
	w.as(t, "")
	answer := w.page(t, "/komzan/s/"+id).One(t, "main").Text()
	if !strings.Contains(answer, "Легко ли решить вопрос в отделе кадров?") || strings.Contains(answer, "внимательны") {
		t.Errorf("it asks %s", answer)
	}
}
