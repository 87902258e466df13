package storetest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/register"
)

// testJourneys: a journey is in the state like any other noun, stands by its position, survives a rebuild, and outlives the
// usages that its steps go through.
func testJourneys(t *testing.T, f *fixture) {
	f.sample()
	through, ok := f.state(0).PointOf("u2")
	if !ok || through.Text != "Официальный сайт: trud.alania.gov.ru" {
		t.Fatalf("the point of u2 = %+v, %v", through, ok)
	}
	step := register.JourneyStep{Action: "Скачать бланк", Need: "forms", Points: []register.JourneyPoint{through, {Text: "Банк"}}, Documents: []string{"бланк"}, Duration: "5 минут", Minutes: 5, Pain: "долго", Weight: register.PainSlight}
	second := register.Journey{Key: "second", Title: "Второй", State: register.ToBe, Of: "first", Processes: []string{"hiring"}, Position: 2}
	first := register.Journey{Key: "first", Title: "Первый", State: register.AsIs, Processes: []string{"hiring"}, Position: 1,
		Stages: []register.JourneyStage{{Title: "Узнать", Steps: []register.JourneyStep{step}}}}
	n := f.append(slug, include(second), include(first)).To
	want := []register.Journey{first, second}
	if d := cmp.Diff(want, f.state(n).Journeys); d != "" {
		t.Errorf("journeys differ (want, got):\n%s", d)
	}
	traces, err := f.Traces(f.ctx, slug, n)
	if err != nil || traces.Entry(register.KindJourney, "first") != n {
		t.Errorf("the journey is traced to entry %d, %v; want %d", traces.Entry(register.KindJourney, "first"), err, n)
	}
	f.append(slug, exclude(register.KindUsage, "u2"), exclude(register.KindJourney, "second"))
	if err := f.Rebuild(f.ctx, slug); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]register.Journey{first}, f.state(0).Journeys); d != "" {
		t.Errorf("journeys after an exclusion and a rebuild differ (want, got):\n%s", d)
	}
	if v := f.verify(slug, ""); !v.OK {
		t.Error(v.Text)
	}
}
