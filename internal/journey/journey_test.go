package journey_test

import (
	"slices"
	"strings"
	"testing"

	"perechen/internal/journey"
	"perechen/internal/lang"
	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/testkit"
	"perechen/procedures"
)

func TestAProposalFollowsTheClientsNeeds(t *testing.T) {
	c := testkit.Committee()
	j := journey.Propose(c.Register, c.Procedure, []string{"p3"}, "", c.On)
	var got []string
	for _, s := range j.Stages {
		for _, x := range s.Steps {
			var at []string
			for _, p := range x.Points {
				at = append(at, p.Touchpoint)
			}
			got = append(got, s.Title+": "+x.Action+" — "+strings.Join(at, ", "))
		}
	}
	want := []string{
		"Узнать порядок: Узнать, что и в каком порядке делать — phone, room",
		"Посоветоваться: Получить консультацию — email, phone, room",
		"Обратиться: Подать заявление и документы — email, room",
		"Пройти процедуру: Получение клиентом документов — room",
	}
	if !slices.Equal(got, want) {
		t.Errorf("steps:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if n := journey.NewLooker(c.Register, c.Procedure, c.On, nil).Marks(j); n != 0 {
		t.Errorf("a fresh proposal has %d marks", n)
	}
	two := journey.Propose(c.Register, c.Procedure, []string{"p3", "p2"}, "", c.On)
	if a := two.Stages[0].Steps[1].Action; !strings.HasSuffix(a, ": «Сопровождение процесса прохождения государственной гражданской службы»") {
		t.Errorf("of two processes a step does not say its own: %q", a)
	}
	if j := journey.Propose(c.Register, c.Procedure, []string{"nowhere"}, "", c.On); len(j.Stages) != 0 || string(register.Encode(j.Stages)) != "[]" {
		t.Errorf("a process without usages proposes %+v", j.Stages)
	}
}

func TestShippedJourneysQuoteTheOrders(t *testing.T) {
	words := func(s string) string { return strings.Join(lang.Words(s), " ") }
	if len(journey.Shipped()) < 2 {
		t.Fatal("fewer than two shipped journeys")
	}
	for _, r := range journey.Shipped() {
		if len(r.Sources) == 0 {
			t.Errorf("%s has no sources", r.ID)
		}
		for _, s := range r.Sources {
			p, err := procedure.Shipped(s.Order)
			if err != nil {
				t.Fatal(err)
			}
			text, err := procedures.FS.ReadFile("orders/" + p.ID + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(words(string(text)), words(s.Quote)) {
				t.Errorf("%s: the order %s does not say «%s»", r.ID, s.Order, s.Quote)
			}
		}
		for _, j := range r.Journeys {
			for _, s := range j.Stages {
				for _, x := range s.Steps {
					if x.Action == "" || len(x.Through) == 0 {
						t.Errorf("%s: a step of «%s» without an action or a place", r.ID, s.Title)
					}
				}
			}
		}
	}
}

func TestAReadyJourneyIsMatchedToTheBodysOwn(t *testing.T) {
	ready, _ := journey.ShippedByID("uvolnenie")
	c := testkit.Committee()
	got := journey.Take(ready, c.Register, c.Procedure, c.On)
	if got.Found["увольнение"] != "Увольнение с государственной гражданской службы" || len(got.Journeys) != 2 {
		t.Fatalf("found %v, %d journeys", got.Found, len(got.Journeys))
	}
	if u := got.Journeys[0].Stages[0].Steps[0].Points[0].Usage; u != "p3.phone" {
		t.Errorf("the first step goes through %q, want p3.phone", u)
	}
	if u := got.Journeys[0].Stages[3].Steps[0].Points[0].Usage; u != "p3.room" {
		t.Errorf("papers are got through %q, want p3.room, whose words say so", u)
	}
	for _, s := range got.Journeys[0].Stages[2].Steps {
		for _, p := range s.Points {
			if p.Touchpoint == "contest" || p.Touchpoint == "documents" {
				t.Errorf("«%s» is done where contests are held: %+v", s.Action, p)
			}
		}
	}
	if got.Journeys[1].Of != got.Journeys[0].Key || got.Journeys[1].State != register.ToBe {
		t.Errorf("the second journey is %+v", got.Journeys[1])
	}
	l := journey.NewLooker(c.Register, c.Procedure, c.On, nil)
	for _, j := range got.Journeys {
		if n := l.Marks(j); n > 0 {
			t.Errorf("«%s» has %d marks when it is taken", j.Title, n)
		}
	}
	// Of a body without usages the points are found by kind and by whose they are, and what is missing is said.
	m := testkit.Ministry()
	for i, d := range m.Procedure.Declared {
		m.Register.Touchpoints = append(m.Register.Touchpoints, register.Touchpoint{Key: d.Key, Kind: d.Kind, Label: d.Label, Value: d.Value, Declared: d.Key, Position: i + 1})
	}
	got = journey.Take(ready, m.Register, m.Procedure, m.On)
	if got.Profile != "Физическое лицо, увольняющееся из органа исполнительной власти" {
		t.Errorf("profile %q", got.Profile)
	}
	check := got.Journeys[0].Stages[2].Steps[1]
	if p := check.Points[0]; p.Usage != "" || !strings.Contains(p.Text, "бюджетного учета") {
		t.Errorf("«%s» goes through %+v, want the telephone of the accountants", check.Action, p)
	}
	if !slices.ContainsFunc(got.Misses, func(m journey.Miss) bool { return m.Process }) || !slices.ContainsFunc(got.Misses, func(m journey.Miss) bool { return m.Bare }) {
		t.Errorf("misses %+v, want the process and the interactions", got.Misses)
	}
	// Taken once more, it does not collide with itself.
	m.Register.Journeys = got.Journeys
	if again := journey.Take(ready, m.Register, m.Procedure, m.On); again.Journeys[0].Key != "uvolnenie-2" || again.Journeys[1].Of != "uvolnenie-2" {
		t.Errorf("keys of the second taking: %s, of %s", again.Journeys[0].Key, again.Journeys[1].Of)
	}
	// A body that has nothing gets the words alone.
	bare := journey.Take(ready, &register.Register{}, m.Procedure, m.On)
	if bare.Bound != 0 || bare.Journeys[0].Steps() == 0 {
		t.Errorf("an empty register: %d bound of %d steps", bare.Bound, bare.Journeys[0].Steps())
	}
}

func TestAReadyJourneyThatIsWrongIsRefused(t *testing.T) {
	for name, text := range map[string]string{
		"an unknown field":    "id: a\ntitle: b\nwhat: c\njourneys: [{state: as-is}]\n",
		"nothing in it":       "id: a\ntitle: b\n",
		"a process too many":  "id: a\ntitle: b\njourneys: [{state: as-is, stages: [{title: s, steps: [{action: x, through: [{process: p}]}]}]}]\n",
		"a place that is not": "id: a\ntitle: b\njourneys: [{state: as-is, stages: [{title: s, steps: [{action: x, through: [{place: p}]}]}]}]\n",
	} {
		if _, err := journey.ParseReady("x.yaml", []byte(text)); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

func TestDurationsAreReadAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string][2]int{
		"10 минут": {10, 0}, "10мин.": {10, 0}, "полчаса": {30, 0}, "1,5 часа": {90, 0}, "1 ч 20 мин": {80, 0}, "3 рабочих дня": {0, 3}, "До 5 дней": {0, 5},
		"неделя": {0, 5}, "две недели": {0, 10}, "2-3 дня": {0, 3}, "1 день и 2 часа": {120, 1}, "месяц": {0, 21}, "день": {0, 1},
	} {
		if m, d, ok := journey.ParseDuration(text); !ok || m != want[0] || d != want[1] {
			t.Errorf("%q = %d minutes, %d days, %v; want %v", text, m, d, ok, want)
		}
	}
	for _, text := range []string{"", "сразу", "в день обращения", "1000000 дней", "99999999999999999999 минут"} {
		if text == "в день обращения" {
			continue // a day all the same
		}
		if m, d, ok := journey.ParseDuration(text); ok {
			t.Errorf("%q = %d minutes, %d days; want none", text, m, d)
		}
	}
	if got := journey.Time(lang.Russian, 3, 80); got != "3\u00a0рабочих дня 1\u00a0час 20\u00a0минут" {
		t.Errorf("Time = %q", got)
	}
}

func TestStepsMoveOverTheEdgesOfStages(t *testing.T) {
	j := register.Journey{Stages: []register.JourneyStage{{Title: "A", Steps: []register.JourneyStep{{Action: "1"}, {Action: "2"}}}, {Title: "B", Steps: []register.JourneyStep{{Action: "3"}}}}}
	was := register.Encode(j)
	said := func(j register.Journey) string {
		var b strings.Builder
		for _, s := range j.Stages {
			b.WriteString(s.Title)
			for _, x := range s.Steps {
				b.WriteString(x.Action)
			}
		}
		return b.String()
	}
	k := j
	if i, n, ok := journey.MoveStep(&k, 0, 1, 1); !ok || i != 1 || n != 0 || said(k) != "A1B23" {
		t.Errorf("down over the edge: %s at %d.%d", said(k), i, n)
	}
	if i, n, ok := journey.MoveStep(&k, 1, 0, -1); !ok || i != 0 || n != 1 || said(k) != "A12B3" {
		t.Errorf("and back: %s at %d.%d", said(k), i, n)
	}
	if _, _, ok := journey.MoveStep(&k, 0, 0, -1); ok {
		t.Error("the first step moves up")
	}
	if !journey.MoveStage(&k, 0, 1) || said(k) != "B3A12" || journey.MoveStage(&k, 1, 1) {
		t.Errorf("stages: %s", said(k))
	}
	if !journey.AddStep(&k, 0, 0) || !journey.AddStage(&k, 1) || said(k) != "B3A12" || !journey.DropStep(&k, 0, 0) || !journey.DropStage(&k, 1) || said(k) != "B" {
		t.Errorf("after adding and dropping: %s", said(k))
	}
	if got := register.Encode(j); string(got) != string(was) {
		t.Errorf("the journey that was edited from has changed: %s", got)
	}
}
