package feedback

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestPersonalDataIsNoticed(t *testing.T) {
	for text, want := range map[string]string{
		"Позвоните Ивановой Марии":                          "name",
		"Сотрудник Петров И.И. не отвечает":                 "name",
		"обращалась к И. И. Петрову":                        "name",
		"Мария Сергеевна очень помогла":                     "name",
		"мой телефон 8 (8672) 64-90-22":                     "phone",
		"+7 928 123-45-67 звоните":                          "phone",
		"пишите на ivanov@mail.ru":                          "mail",
		"СНИЛС 112-233-445 95":                              "number",
		"паспорт 90 10 123456":                              "number",
		"Не смог дозвониться с 9 до 18, потом ушёл.":        "",
		"Министерство экономического развития не ответило.": "",
		"В кабинете 305 очередь, ждал 40 минут":             "",
		"Отдел кадров Комитета РСО-Алания":                  "",
	} {
		var kinds []string
		for _, p := range Screen(text) {
			kinds = append(kinds, p.Kind)
		}
		if got := strings.Join(kinds, " "); !strings.HasPrefix(got, want) || want == "" && got != "" {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestTextIsTidied(t *testing.T) {
	got := Tidy("  Долго\u200b ждал\r\n\r\n\r\n\tв  очереди\x00 ", 100)
	if got != "Долго ждал\n\nв очереди" {
		t.Errorf("%q", got)
	}
	if got := Tidy(strings.Repeat("ё", 2000), MaxText); len([]rune(got)) != MaxText {
		t.Errorf("%d runes", len([]rune(got)))
	}
}

func TestAppealsThatSayAlikeAreJoined(t *testing.T) {
	phone, office := Subject{OfPoint, "phone"}, Subject{OfPoint, "office"}
	var as []Appeal
	for i, x := range []struct {
		of   Subject
		text string
	}{
		{phone, "Невозможно дозвониться утром"},
		{phone, "Утром не дозвонишься, телефон занят"},
		{phone, "Вежливо ответили, спасибо"},
		{office, "Утром невозможно дозвониться"},
		{phone, "Телефон всё время занят"},
		{phone, ""}, {phone, ""}, {office, ""},
	} {
		as = append(as, Appeal{ID: fmt.Sprint(i), Subject: x.of, Text: x.text})
	}
	cs := Clusters(as)
	if len(cs) != 2 || strings.Join(cs[0].Appeals, "") != "014" || strings.Join(cs[1].Appeals, "") != "56" || len(cs[1].Words) != 0 {
		t.Fatalf("%+v", cs)
	}
	if len(cs[0].Words) < 2 {
		t.Errorf("what they have in common: %q", cs[0].Words)
	}
}

func TestGuardCountsByAddressAndForgets(t *testing.T) {
	g := &Guard{Window: 10 * time.Minute, Each: 3, All: 5}
	for range 3 {
		g.Count("10.0.0.1", noon)
	}
	if wait, full := g.Full("10.0.0.1", noon); !full || wait != 10*time.Minute {
		t.Errorf("%v %v", wait, full)
	}
	if _, full := g.Full("10.0.0.2", noon); full {
		t.Error("another address has to wait")
	}
	for range 2 {
		g.Count("2001:db8::1", noon)
	}
	if g.print("2001:db8::1") != g.print("2001:db8::ffff") || g.print("2001:db8::1") == g.print("2001:db8:1::1") {
		t.Error("a network of IPv6 is not one address")
	}
	if _, full := g.Full("10.0.0.2", noon); !full {
		t.Error("all together are not held back")
	}
	salt := g.salt
	if _, full := g.Full("10.0.0.1", noon.Add(10*time.Minute)); full || g.salt == salt {
		t.Error("nothing is forgotten")
	}
}

func TestSurveyShowsNothingOfFewerThanTheThreshold(t *testing.T) {
	s := Survey{Questions: []Question{{Key: "a", Kind: AskScale}, {Key: "b", Kind: AskChoice, Options: []string{"x", "y", "z"}}, {Key: "c", Kind: AskWords}}}
	var as []Answer
	for i := range 12 {
		m := map[string]int{"a": 1 + i%5, "b": 1}
		if i < 2 {
			m["b"] = 2
		}
		as = append(as, Answer{ID: fmt.Sprint(i), Marks: m}, Answer{ID: fmt.Sprint("t", i), Question: "c", Text: "слова"})
	}
	if r := SumUpSurvey(s, as[:8], 5); !r.Few || r.N != 0 || r.Questions != nil {
		t.Errorf("four answers are shown: %+v", r)
	}
	r := SumUpSurvey(s, as, 5)
	if r.Few || r.N != 12 || len(r.Questions) != 2 {
		t.Fatalf("%+v", r)
	}
	for _, q := range r.Questions {
		n := 0
		for _, row := range q.Rows {
			n += row.N
			if row.N < 5 {
				t.Errorf("%s: %+v", q.Key, row)
			}
		}
		if n != 12 {
			t.Errorf("%s: %d answers", q.Key, n)
		}
	}
}

func TestShippedSurveysAreSound(t *testing.T) {
	ids := map[string]bool{}
	for _, s := range Templates() {
		if ids[s.ID] || s.Title == "" || len(s.Questions) == 0 || len(s.Questions) > MaxQuestions {
			t.Errorf("%+v", s)
		}
		ids[s.ID] = true
		keys := map[string]bool{}
		for _, q := range s.Questions {
			if keys[q.Key] || q.Text == "" || (q.Kind == AskChoice) != (len(q.Options) > 1) || q.Kind != AskChoice && q.Kind != AskScale && q.Kind != AskWords {
				t.Errorf("%s: %+v", s.ID, q)
			}
			keys[q.Key] = true
		}
	}
	if len(ids) < 2 {
		t.Errorf("%d surveys are shipped", len(ids))
	}
}
