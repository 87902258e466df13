package web

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"perechen/internal/register"
	"perechen/internal/testkit"
)

func TestAPersonFindsWhereToTurn(t *testing.T) {
	w := newWorld(t, Options{})
	w.add(t, "komzan", testkit.Committee())
	for _, q := range []string{"увольняюсь", "edjkmytybt", "уволнение"} {
		p := w.page(t, "/komzan/find?q="+url.QueryEscape(q))
		titles := p.Texts(".answers h3")
		if len(titles) == 0 || !strings.HasPrefix(titles[0], "Увольнение с государственной") {
			t.Errorf("%q: answers %q", q, titles)
			continue
		}
		if tel := p.All(`.answers a[href="tel:+78672649022"]`); len(tel) == 0 {
			t.Errorf("%q: the telephone cannot be called from the page", q)
		}
		if v, _ := p.One(t, "input[name=q]").Attr("value"); v != q {
			t.Errorf("what was typed is lost: %q", v)
		}
	}
	// How it should be is no answer to who needs it now; of what is only like the question, that is said, and whom to ask.
	stages := []register.JourneyStage{{Title: "Этап", Steps: []register.JourneyStep{{Action: "Спросить"}}}}
	w.append(t, "komzan", include(register.KindJourney, "dream", register.Journey{Key: "dream", Title: "Увольнение одной кнопкой", State: register.ToBe, Stages: stages}),
		include(register.KindJourney, "is", register.Journey{Key: "is", Title: "Увольнение как сейчас", State: register.AsIs, Stages: stages}))
	p := w.page(t, "/komzan/find?q="+url.QueryEscape("увольнение"))
	if got := p.Texts(".answers h3"); slices.Contains(got, "Увольнение одной кнопкой") || !slices.Contains(got, "Увольнение как сейчас") {
		t.Errorf("answers %q", got)
	}
	if len(p.All(".unsure")) != 0 {
		t.Error("what is the very thing is in doubt")
	}
	p = w.page(t, "/komzan/find?q="+url.QueryEscape("увольнение космонавтов марсианской экспедиции"))
	p.One(t, `.unsure a[href="#nearest"]`)
	p.One(t, "#nearest")
	p = w.page(t, "/komzan/find?q=zzzz")
	if got := p.Texts(".answers a"); len(got) != 3 {
		t.Errorf("where nothing is found the processes are offered; got %q", got)
	}
}

// TestABodyThatNamesNoPoint still says to whom one turns: its order names the departments.
func TestABodyThatNamesNoPoint(t *testing.T) {
	w := newWorld(t, Options{})
	w.add(t, "minec", testkit.Ministry())
	p := w.page(t, "/minec/find?q=zzzz")
	if got := p.One(t, "main").Text(); !strings.Contains(got, "Обратитесь в") || len(p.Texts(".plainlist a")) != 3 {
		t.Errorf("the page says %q", got)
	}
}

func TestAnswersSayWhatIsOpenNow(t *testing.T) {
	w := newWorld(t, Options{})
	s := testkit.Committee()
	for i := range s.Register.Touchpoints {
		if s.Register.Touchpoints[i].Kind == "phone" {
			s.Register.Touchpoints[i].Hours = "понедельник - пятница с 9-00 до 18-00, перерыв с 13-00 до 14-00"
		}
	}
	w.add(t, "komzan", s)
	for key, hours := range map[string][2]string{
		"booked": {"пн-пт 9-18 по предварительной записи", "приём по записи, сегодня до 18:00"}, "summer": {"летом пн-пт 8-17, зимой 9-18", "часы: летом пн-пт 8-17, зимой 9-18; открыто ли сейчас, уточните"},
		"wednesday": {"первая среда месяца с 10 до 12", "закрыто, откроется 04.03 в 10:00"},
	} {
		x := register.Touchpoint{Key: key, Kind: "phone", Label: "Особый телефон " + key, Value: "8 (8672) 64-90-00", Hours: hours[0]}
		w.append(t, "komzan", include(register.KindTouchpoint, key, x))
		w.now = time.Date(2026, 2, 16, 10, 0, 0, 0, time.UTC)
		if got := w.page(t, "/komzan/find?q="+url.QueryEscape("особый телефон "+key)).Texts(".ways .now"); len(got) == 0 || got[0] != hours[1] {
			t.Errorf("%s: %q, want %q", hours[0], got, hours[1])
		}
	}
	for at, want := range map[string]string{
		"2026-02-16 10:00": "открыто до 13:00",
		"2026-02-16 13:30": "перерыв до 14:00",
		"2026-02-16 19:00": "закрыто, откроется завтра в 09:00",
		"2026-02-21 12:00": "закрыто, откроется во вторник в 09:00", // the 23rd is a holiday
	} {
		now, err := time.Parse("2006-01-02 15:04", at)
		if err != nil {
			t.Fatal(err)
		}
		w.now = now
		if got := w.page(t, "/komzan/find?q="+url.QueryEscape("увольнение")).Texts(".ways .now"); len(got) != 2 || got[0] != want || got[1] != "часы не указаны, уточните" {
			t.Errorf("at %s: %q, want %q", at, got, want)
		}
	}
}
