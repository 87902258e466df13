package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"perechen/internal/register"
	"perechen/internal/testkit"
)

const journeyForm = "form[data-form=journey]"

// drawn begins a journey of the leaving process as the clerk and gives the address of its form.
func (w *world) drawn(t *testing.T) string {
	t.Helper()
	w.as(t, "clerk")
	status, at, page := w.press(t, "/komzan/journeys/new", url.Values{"process": {"p3"}}, "propose")
	if status != http.StatusOK || !strings.Contains(at, "/edit?proposal=p") {
		t.Fatalf("a new journey opens %s with %d", at, status)
	}
	if n := len(page.All("details.step")); n < 4 {
		t.Fatalf("the proposed journey has only %d steps", n)
	}
	return at
}

func TestAJourneyIsProposedEditedAndIncludedByAnother(t *testing.T) {
	w := workplace(t)
	at := w.drawn(t)
	v := w.form(t, "clerk", at, journeyForm)
	v.Set("title", "Увольнение из Комитета")
	v.Set("s0.0.duration", "10 минут")
	v.Set("s0.0.pain", "Телефон занят")
	v.Set("s0.0.weight", register.PainMiddle)
	v.Set("s0.0.outside", "Коллеги")
	v.Set("s2.0.documents", "заявление\nобходной лист")
	// The second step goes up, into the first stage; then a step is added after it.
	status, at, page := w.press(t, at, v, "up:1.0")
	if status != http.StatusOK || len(page.All("#g-0 details.step")) != 2 || len(page.All("#g-1 details.step")) != 0 {
		t.Fatalf("after moving a step: %d, %d and %d steps", status, len(page.All("#g-0 details.step")), len(page.All("#g-1 details.step")))
	}
	v = page.Form(t, journeyForm)
	if v.Get("s0.0.pain") != "Телефон занят" || v.Get("title") != "Увольнение из Комитета" {
		t.Errorf("what was typed is lost by moving: %v", v)
	}
	_, at, page = w.press(t, at, v, "drop:1") // the stage that is empty now
	v = page.Form(t, journeyForm)
	status, at, page = w.press(t, at, v, "step:0.1")
	v = page.Form(t, journeyForm)
	if status != http.StatusOK || !v.Has("s0.2.action") {
		t.Fatalf("no step was added: %d %v", status, v)
	}
	// A step that says nothing is refused, and nothing is lost.
	refused, at2, page := w.press(t, at, v, "submit")
	if wrong := page.One(t, "#wrong").Text(); refused != http.StatusUnprocessableEntity || !strings.Contains(wrong, "напишите, что делает клиент") {
		t.Fatalf("an empty step: %d %q", refused, wrong)
	}
	v = page.Form(t, journeyForm)
	v.Set("s0.2.action", "Записаться на приём")
	v.Set("s0.2.add", "t:site")
	status, at, _ = w.press(t, at2, v, "submit")
	if status != http.StatusOK || !strings.HasPrefix(at, "/komzan/proposals/p") {
		t.Fatalf("the journey is not submitted: %d %s", status, at)
	}
	proposal := strings.TrimPrefix(at, "/komzan/proposals/")
	w.as(t, "officer")
	review := w.page(t, at)
	href := ""
	for _, a := range review.All("a") {
		if x, _ := a.Attr("href"); strings.Contains(x, "/journeys/") {
			href = x
		}
	}
	if p := w.page(t, href); !strings.Contains(p.Text(), "Записаться на приём") || len(p.All("svg.journey")) == 0 {
		t.Errorf("the officer does not see the map of what is proposed (%s)", href)
	}
	if status, _, p := w.press(t, at, review.Form(t, "form.review"), "include"); status != http.StatusOK {
		t.Fatalf("including: %d %s", status, p.Text())
	}
	reg, err := w.ledger.State(t.Context(), "komzan", 0)
	if err != nil || len(reg.Journeys) != 1 {
		t.Fatalf("journeys of the register: %+v, %v (proposal %s)", reg, err, proposal)
	}
	j := reg.Journeys[0]
	s := j.Stages[0].Steps[0]
	if j.Title != "Увольнение из Комитета" || s.Minutes != 10 || s.Weight != register.PainMiddle || len(s.Points) != 3 || s.Points[2].Text != "Коллеги" || !s.Points[2].Outside() {
		t.Errorf("the first step in the register: %+v", s)
	}
	if p := j.Stages[0].Steps[2].Points; len(p) != 1 || p[0].Touchpoint != "site" || p[0].Usage != "" {
		t.Errorf("the added step leads through %+v", p)
	}
	if d := j.Stages[1].Steps[0].Documents; len(d) != 2 || d[1] != "обходной лист" {
		t.Errorf("documents %q", d)
	}
}

// A way is shown to everybody; when a point on it is excluded it says so, with the day, on every page and in the findings.
func TestAJourneyShowsThatItsPointWasExcluded(t *testing.T) {
	w := workplace(t)
	reg, err := w.ledger.State(t.Context(), "komzan", 0)
	if err != nil {
		t.Fatal(err)
	}
	at := func(usage string) []register.JourneyPoint {
		p, ok := reg.PointOf(usage)
		if !ok {
			t.Fatalf("no usage %s", usage)
		}
		return []register.JourneyPoint{p}
	}
	j := register.Journey{Key: "leaving", Title: "Увольнение", State: register.AsIs, Processes: []string{"p3"}, Position: 1, Stages: []register.JourneyStage{
		{Title: "Узнать", Steps: []register.JourneyStep{{Action: "Написать письмо", Need: "consultation", Points: at("p3.email")}, {Action: "Позвонить", Need: "info", Points: at("p3.phone")}}}}}
	to := j
	to.Key, to.Title, to.State, to.Of, to.Position = "leaving-to-be", "Увольнение без звонков", register.ToBe, "leaving", 2
	to.Stages = []register.JourneyStage{{Title: "Узнать", Steps: j.Stages[0].Steps[:1]}}
	w.append(t, "komzan", include(register.KindJourney, j.Key, j), include(register.KindJourney, to.Key, to))
	w.as(t, "")
	page := w.page(t, "/komzan/journeys/leaving")
	if strings.Contains(page.Text(), "исключена") || len(page.All("svg.journey a")) != 2 || len(page.All(".journey-list .stepcard")) != 2 || len(page.All(".journey-table tbody td.no")) != 2 {
		t.Errorf("the journey: %d links in the map, %d cards, %d rows", len(page.All("svg.journey a")), len(page.All(".journey-list .stepcard")), len(page.All(".journey-table tbody td.no")))
	}
	if c := w.page(t, "/komzan/journeys/leaving-to-be/compare"); len(c.All("svg.journey")) != 2 || !strings.Contains(c.One(t, "table.journeys-compare").Text(), "−1") {
		t.Errorf("compared: %s", c.One(t, "table.journeys-compare").Text())
	}
	// The way and the point lead to each other, the step to the row in which it is done.
	if point := w.page(t, "/komzan/points/phone"); len(point.All(`a[href="/komzan/journeys/leaving"]`)) != 1 {
		t.Error("the point does not lead to the journey")
	}
	if len(page.All(`.journey-table a[href="/komzan/points/phone#row-p3.phone"]`)) != 1 || len(page.All(`svg.journey a[href="/komzan/points/phone#row-p3.phone"]`)) != 1 {
		t.Error("the step does not lead to its row")
	}
	w.append(t, "komzan", register.Change{Op: register.Exclude, Kind: register.KindUsage, Key: "p3.phone"})
	want := "точка исключена " + w.Now().Format("02.01.2006")
	page = w.page(t, "/komzan/journeys/leaving")
	if !strings.Contains(page.One(t, "table.journey-table").Text(), want) || !strings.Contains(page.One(t, "svg.journey").Text(), want) {
		t.Errorf("the journey does not say %q: %s", want, page.One(t, "table.journey-table").Text())
	}
	if list := w.page(t, "/komzan/journeys?changed=1"); len(list.All("table.journeys tbody tr")) != 1 || !strings.Contains(list.Text(), "изменилось с") {
		t.Errorf("the list of changed journeys: %s", list.Text())
	}
	if n := len(w.page(t, "/komzan/findings?rule=R25").All("article.finding")); n != 1 {
		t.Errorf("%d findings R25, want 1", n)
	}
	// The form offers to mend it: the excluded point is marked and can be taken out.
	v := w.form(t, "clerk", "/komzan/journeys/leaving/edit", journeyForm)
	v["s0.1.drop"] = v["s0.1.point"]
	v.Set("s0.1.add", "u:p3.room")
	status, _, p := w.press(t, "/komzan/journeys/leaving/edit", v, "save")
	if status != http.StatusOK || !strings.Contains(p.One(t, "#changes").Text(), "Исчезнут") && len(p.All("#changes .note")) == 0 {
		t.Errorf("mending a journey: %d %s", status, p.One(t, "#changes").Text())
	}
}

func TestAReadyJourneyIsTakenAsAProposal(t *testing.T) {
	w := workplace(t)
	w.as(t, "clerk")
	page := w.page(t, "/komzan/journeys/new?process=p3")
	if len(page.All("svg.journey")) == 0 || !strings.Contains(page.Text(), "Что не нашлось") {
		t.Errorf("the page of beginning shows no map or not what is missing: %s", page.Text())
	}
	status, at, page := w.press(t, "/komzan/journeys/new", url.Values{}, "ready:uvolnenie")
	if status != http.StatusOK || !strings.Contains(at, "/journeys/uvolnenie/edit") || !strings.Contains(page.Text(), "без обходного листа") {
		t.Errorf("taking a ready journey: %d %s", status, at)
	}
	// Asking for nothing is answered at the field.
	if status, _, page := w.press(t, "/komzan/journeys/new", url.Values{}, "propose"); status != http.StatusUnprocessableEntity || !strings.Contains(page.One(t, "#wrong").Text(), "процесс") {
		t.Errorf("no process: %d", status)
	}
	for _, bad := range []string{"ready:nothing", "what"} {
		if res, _ := w.post(t, "/komzan/journeys/new", url.Values{"do": {bad}}); res.StatusCode < 400 || res.StatusCode > 499 {
			t.Errorf("%s: %d", bad, res.StatusCode)
		}
	}
}

func TestWhoDoesNotProposeDoesNotEditJourneys(t *testing.T) {
	w := workplace(t)
	at := w.drawn(t)
	w.as(t, "head")
	for _, address := range []string{"/komzan/journeys/new", at} {
		if res, _ := w.get(t, address); res.StatusCode != http.StatusForbidden {
			t.Errorf("%s as the head: %d, want 403", address, res.StatusCode)
		}
	}
	w.as(t, "")
	if res, _ := w.get(t, at); res.StatusCode != http.StatusSeeOther {
		t.Errorf("the form as a passer-by: %d, want to be led to sign in", res.StatusCode)
	}
	for address, want := range map[string]int{"/komzan/journeys": 200, "/komzan/journeys/nothing": 404, "/komzan/journeys/nothing/compare": 404, "/komzan/journeys/nothing/map.svg": 404, "/komzan/journeys/list.exe": 404} {
		if res, _ := w.get(t, address); res.StatusCode != want {
			t.Errorf("%s: %d, want %d", address, res.StatusCode, want)
		}
	}
	var empty testkit.HTML = w.page(t, "/komzan/journeys")
	if !strings.Contains(empty.Text(), "Клиентских путей ещё нет") {
		t.Errorf("the empty list: %s", empty.Text())
	}
}
