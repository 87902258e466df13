package check_test

import (
	"slices"
	"strings"
	"testing"

	"perechen/internal/register"
	"perechen/internal/testkit"
)

// journeyMutations happen to what the journeys of the sample lead through.
var journeyMutations = []mutation{
	{rule: "R25", name: "an interaction that is not in the register any more", spoil: func(s *testkit.Sample) {
		s.Register.Journeys = s.Register.Journeys[:1]
		s.Register.Journeys[0].Stages[0].Steps[0].Points[0].Usage = "p2.t-gone"
	}},
	{rule: "R25", name: "a point that reads otherwise now is said once for all steps of a journey", findings: 2, spoil: func(s *testkit.Sample) {
		touchpoint(s, "t-204").Place += ", вход со двора"
	}},
	{rule: "R25", name: "an interaction whose time is over", spoil: func(s *testkit.Sample) {
		usage(s, "p5.t-204").Text = "получение информации клиентом"
		s.Register.Journeys = []register.Journey{{Key: "trip", Title: "Командировка", State: register.AsIs, Processes: []string{"p5"},
			Stages: []register.JourneyStage{{Title: "Узнать", Steps: []register.JourneyStep{{Action: "Узнать", Need: "info", Points: []register.JourneyPoint{through(s, "p5.t-204")}}}}}}}
	}},
	{rule: "R25", name: "an interaction that does not satisfy the need", spoil: func(s *testkit.Sample) {
		s.Register.Journeys[0].Stages[0].Steps[0].Need = "forms"
	}},
	{rule: "R25", name: "a profile that is not in the register", spoil: func(s *testkit.Sample) { s.Register.Journeys[0].Profile = "pr9" }},
	{rule: "R25", name: "a process that is not in the register", spoil: func(s *testkit.Sample) { s.Register.Journeys[1].Processes[0] = "p9" }},
}

func through(s *testkit.Sample, usage string) register.JourneyPoint {
	p, _ := s.Register.PointOf(usage)
	return p
}

func TestAJourneyNamesThePointThatHasGone(t *testing.T) {
	s := testkit.Clean()
	s.Register.Usages = slices.DeleteFunc(s.Register.Usages, func(u register.Usage) bool { return u.Key == "p2.t-phone-kadry" })
	s.Register.Journeys[0].Stages[0].Steps[0].Points = append(s.Register.Journeys[0].Stages[0].Steps[0].Points, register.JourneyPoint{Text: "Столовая"})
	var got []register.Finding
	for _, f := range run(s) {
		if f.Rule == "R25" {
			got = append(got, f)
		}
	}
	want := "Клиентский путь «Увольнение» ведёт через «Телефон отдела государственной службы и кадров: 8 (4999) 20-11-01», а в перечне этого больше нет."
	if len(got) != 1 || got[0].Text != want || !strings.Contains(got[0].Places[0].Quote, "Узнать") {
		t.Errorf("findings = %+v, want one that says %q", got, want)
	}
}
