package feedback

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
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

func TestAnOfficeBehindOneAddressSaysItAndAFloodDoesNot(t *testing.T) {
	g := NewGivingGuard()
	passed := func(address string, n int, now time.Time) (taken int) {
		for range n {
			if _, _, full := g.Take(address, now); !full {
				taken++
			}
		}
		return taken
	}
	if n := passed("192.0.2.10", 100, noon); n != 100 {
		t.Errorf("of a hundred people behind one address %d are heard", n)
	}
	if n := passed("192.0.2.10", 1000, noon); n != 20 {
		t.Errorf("after them %d pass", n)
	}
	_, wait, full := g.Take("192.0.2.10", noon)
	if !full || wait != 30*time.Second {
		t.Errorf("%v %v", wait, full)
	}
	if n := passed("192.0.2.10", 1000, noon.Add(time.Hour)); n != 120 {
		t.Errorf("an hour later %d pass", n)
	}
	if n := passed("192.0.2.11", 10, noon); n != 10 {
		t.Error("the neighbour has to wait")
	}
	g = NewGivingGuard()
	day := 0
	for m := range 24 * 60 {
		day += passed("192.0.2.10", 100, noon.Add(time.Duration(m)*time.Minute))
	}
	if day < 2880 || day > 3100 {
		t.Errorf("who goes on all day says it %d times", day)
	}
}

func TestGuardCountsNetworksAndForgets(t *testing.T) {
	g := &Guard{One: Rate{3, time.Minute}, Near: Rate{6, time.Minute}, All: Rate{8, time.Minute}}
	say := func(address string, want bool) {
		t.Helper()
		if _, _, full := g.Take(address, noon); full == want {
			t.Errorf("%s: full %v", address, full)
		}
	}
	for _, a := range []string{"2001:db8::1", "2001:db8::2", "2001:db8::1%eth0"} {
		say(a, true)
	}
	say("2001:db8::ffff", false) // the same /64
	for range 3 {
		say("2001:db8:0:1::1", true)
	}
	say("2001:db8:0:2::1", false) // the same /48
	say("10.0.0.1", true)
	say("::ffff:10.0.0.1", true)
	say("10.0.0.2", false) // all together
	if one, _ := g.prints("10.0.0.1"); len(g.until) != 5 || g.until[one] != noon.Add(2*time.Minute) {
		t.Errorf("%d are counted", len(g.until))
	}
	salt := g.salt
	if _, _, full := g.Take("2001:db8:0:2::1", noon.Add(10*time.Minute)); full || g.salt == salt || len(g.until) != 2 {
		t.Error("nothing is forgotten")
	}
	g.Take("10.0.0.1", noon)
	g.Take("10.0.0.1", noon.Add(25*time.Hour))
	if len(g.until) != 2 {
		t.Errorf("after a day %d are known", len(g.until))
	}
	if _, _, full := g.Take("10.0.0.1", noon.Add(-time.Hour)); full {
		t.Error("a clock that was put back shuts everybody out")
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

// TestASurveyOfOneMindLooksLikeAnyOther: that all gave the same answer is not told, nor that all did who answered at all.
func TestASurveyOfOneMindLooksLikeAnyOther(t *testing.T) {
	s := Survey{Questions: []Question{{Key: "a", Kind: AskScale}}}
	of := func(marks ...int) QuestionResult {
		var as []Answer
		for i, m := range marks {
			as = append(as, Answer{ID: fmt.Sprint(i), Marks: map[string]int{"a": m}})
		}
		return SumUpSurvey(s, as, 5).Questions[0]
	}
	want := of(1, 2, 3, 4, 5, 5)
	for _, marks := range [][]int{{5, 5, 5, 5, 5, 5}, {1, 1, 1, 1, 1, 1}, {4, 4, 4, 4, 4, 5}} {
		if got := of(marks...); !reflect.DeepEqual(got, want) || !got.Few {
			t.Errorf("%v: %+v, and of many minds %+v", marks, got, want)
		}
	}
	if got, want := of(5, 5, 5, 5, 5, 0, 0, 0, 0, 0), of(1, 2, 3, 4, 5, 0, 0, 0, 0, 0); !reflect.DeepEqual(got, want) || !got.Few || len(got.Rows) != 2 {
		t.Errorf("%+v, and of many minds %+v", got, want)
	}
	if got := of(5, 5, 5, 5, 5, 1, 1, 1, 1, 1); got.Few || len(got.Rows) != 2 || len(got.Rows[0].Values) != 1 {
		t.Errorf("two groups: %+v", got)
	}
}

// TestAFloodSideBySideIsCounted: what a script sends at once does not pass because none of it is counted yet, and what came to
// nothing is given back.
func TestAFloodSideBySideIsCounted(t *testing.T) {
	g := NewGivingGuard()
	var passed atomic.Int64
	var all sync.WaitGroup
	for range 1000 {
		all.Go(func() {
			if _, _, full := g.Take("192.0.2.10", noon); !full {
				passed.Add(1)
			}
		})
	}
	all.Wait()
	if n := passed.Load(); n != 120 {
		t.Errorf("of a thousand at once %d pass", n)
	}
	g = &Guard{One: Rate{1, time.Hour}, Near: Rate{1, time.Hour}, All: Rate{1, time.Hour}}
	for range 3 {
		back, _, full := g.Take("192.0.2.10", noon)
		if full {
			t.Fatal("what came to nothing is counted")
		}
		back()
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
