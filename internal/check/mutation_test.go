package check_test

import (
	"slices"
	"testing"

	"perechen/internal/register"
	"perechen/internal/testkit"
)

// A mutation is one small spoiling of the clean sample that breaks exactly one rule.
type mutation struct {
	rule     string
	name     string
	spoil    func(*testkit.Sample)
	findings int // how many of that rule; 0 means one
}

// TestEachRuleFindsItsOwnDefectAndNothingElse spoils the clean sample in one way at a time.
func TestEachRuleFindsItsOwnDefectAndNothingElse(t *testing.T) {
	seen := make(map[string]int)
	for _, m := range slices.Concat(registerMutations, orderMutations, wordMutations, segmentMutations, journeyMutations) {
		seen[m.rule]++
		t.Run(m.rule+" "+m.name, func(t *testing.T) {
			s := testkit.Clean()
			if m.rule != "R25" {
				s.Register.Journeys = nil // what a spoiled point does to the journeys through it is the business of R25
			}
			m.spoil(&s)
			findings := run(s)
			want := max(m.findings, 1)
			if len(findings) != want {
				t.Errorf("got %d findings, want %d", len(findings), want)
			}
			for _, f := range findings {
				if f.Rule != m.rule {
					t.Errorf("got a finding of another rule: %s %s", f.Rule, f.Text)
				}
				t.Logf("%s · %s · %s · %s", f.ID, f.Severity, f.Text, f.Fix)
				for _, p := range f.Places {
					t.Logf("    %s «%s»", p.Text, p.Quote)
				}
				wellFormed(t, f)
			}
		})
	}
	for _, r := range ruleIDs() {
		if seen[r] < 2 {
			t.Errorf("%s has %d mutations, want at least 2", r, seen[r])
		}
	}
}

// usage finds a row of the sample.
func usage(s *testkit.Sample, key string) *register.Usage {
	i := slices.IndexFunc(s.Register.Usages, func(u register.Usage) bool { return u.Key == key })
	return &s.Register.Usages[i]
}

// dropUsage removes rows of the sample.
func dropUsage(s *testkit.Sample, keys ...string) {
	s.Register.Usages = slices.DeleteFunc(s.Register.Usages, func(u register.Usage) bool { return slices.Contains(keys, u.Key) })
}

func touchpoint(s *testkit.Sample, key string) *register.Touchpoint {
	i := slices.IndexFunc(s.Register.Touchpoints, func(p register.Touchpoint) bool { return p.Key == key })
	return &s.Register.Touchpoints[i]
}

func process(s *testkit.Sample, key string) *register.Process {
	i := slices.IndexFunc(s.Register.Processes, func(p register.Process) bool { return p.Key == key })
	return &s.Register.Processes[i]
}

func setNeeds(u *register.Usage, codeAndText ...string) {
	u.Needs = nil
	for i := 0; i < len(codeAndText); i += 2 {
		u.Needs = append(u.Needs, register.NeedRef{Code: codeAndText[i], Text: codeAndText[i+1]})
	}
}

var registerMutations = []mutation{
	{rule: "R1", name: "the page in a social network leaves the register", spoil: func(s *testkit.Sample) { dropUsage(s, "p1.t-vk") }},
	{rule: "R1", name: "a new telephone is declared and used nowhere", spoil: func(s *testkit.Sample) {
		d := s.Procedure.Declared[2]
		d.Key, d.Value = "phone-2", "8 (4999) 20-11-09"
		s.Procedure.Declared = append(s.Procedure.Declared, d)
	}},
	{rule: "R1", name: "two points leave the register", findings: 2, spoil: func(s *testkit.Sample) {
		dropUsage(s, "p1.t-vk", "p1.t-site")
		usage(s, "p4.t-208").Needs = append(usage(s, "p4.t-208").Needs, register.NeedRef{Code: "forms"})
	}},
	{rule: "R2", name: "a room nobody declared", spoil: func(s *testkit.Sample) {
		s.Register.Touchpoints = append(s.Register.Touchpoints, register.Touchpoint{Key: "t-300", Kind: "office", Label: "Кабинет 300", Position: 12})
		u := *usage(s, "p2.t-204")
		u.Key, u.Touchpoint, u.Position = "p2.t-300", "t-300", 16
		s.Register.Usages = append(s.Register.Usages, u)
	}},
	{rule: "R2", name: "a telephone that the order knows by another number", spoil: func(s *testkit.Sample) {
		touchpoint(s, "t-phone-buh").Value = "8 (4999) 20-11-33"
	}},
	{rule: "R3", name: "a telephone printed as offline beside another digital point", spoil: func(s *testkit.Sample) {
		usage(s, "p1.t-phone-kadry").Printed = register.Offline
	}},
	{rule: "R3", name: "a room printed as digital beside another room", spoil: func(s *testkit.Sample) {
		usage(s, "p2.t-204").Printed = register.Digital
	}},
	{rule: "R3", name: "the order lists one telephone among the offline points", spoil: func(s *testkit.Sample) {
		d := &s.Procedure.Declared[4] // bookkeeping
		d.Class, d.Clause = register.Offline, "3.3"
		usage(s, "p4.t-phone-buh").Printed = register.Offline
	}},
	{rule: "R4", name: "a need that the list does not have", spoil: func(s *testkit.Sample) {
		setNeeds(usage(s, "p3.t-115"), "consultation", "получение консультации", "travel", "оплата проезда")
	}},
	{rule: "R4", name: "another need that is a listed one in other words", spoil: func(s *testkit.Sample) {
		setNeeds(usage(s, "p3.t-115"), "consultation", "получение консультации", "other", "получение клиентом документов")
	}},
	{rule: "R4", name: "a row without needs", spoil: func(s *testkit.Sample) { usage(s, "p3.t-115").Needs = nil }},
	{rule: "R4", name: "another need without words", spoil: func(s *testkit.Sample) {
		setNeeds(usage(s, "p3.t-115"), "consultation", "получение консультации", "other", "")
	}},
	{rule: "R5", name: "nobody tells what came of an opinion", spoil: func(s *testkit.Sample) {
		setNeeds(usage(s, "p4.t-email"), "feedback", "предоставление обратной связи")
	}},
	{rule: "R5", name: "nobody hands out forms", spoil: func(s *testkit.Sample) {
		setNeeds(usage(s, "p1.t-site"), "info", "получение информации")
		setNeeds(usage(s, "p4.t-208"), "submission", "подача заявлений")
	}},
	{rule: "R6", name: "a process without an offline point", spoil: func(s *testkit.Sample) {
		u := usage(s, "p3.t-115")
		u.Process, u.Key = "p2", "p2.t-115"
	}},
	{rule: "R6", name: "a process without a digital point", spoil: func(s *testkit.Sample) {
		u := usage(s, "p2.t-phone-kadry")
		u.Process, u.Key = "p3", "p3.t-phone-kadry"
	}},
	{rule: "R6", name: "a process without any row", spoil: func(s *testkit.Sample) {
		s.Register.Processes = append(s.Register.Processes, register.Process{Key: "p6", Title: "Выдача справок", Position: 6})
	}},
	{rule: "R7", name: "personal reception is in no row", spoil: func(s *testkit.Sample) { dropUsage(s, "p2.t-reception") }},
	{rule: "R7", name: "a key point of a kind that nobody declared", spoil: func(s *testkit.Sample) {
		s.Procedure.KeyPoints[1].Kinds = []string{"post"}
	}},
	{rule: "R8", name: "the external client in a row", spoil: func(s *testkit.Sample) {
		usage(s, "p1.t-vk").Text = "получение информации внешним клиентом"
	}},
	{rule: "R14", name: "an appointment by an order without a date", spoil: func(s *testkit.Sample) { s.Register.Appointments[1].Act.Date = "" }},
	{rule: "R15", name: "a row without a process", spoil: func(s *testkit.Sample) { usage(s, "p1.t-vk").Process = "" }},
	{rule: "R15", name: "rows of a process that is over", spoil: func(s *testkit.Sample) {
		s.Register.Processes[3].To = "2025-12-31"
	}},
	{rule: "R16", name: "no edition", spoil: func(s *testkit.Sample) { s.Register.Editions = nil }},
	{rule: "R16", name: "the last edition has no date", spoil: func(s *testkit.Sample) { s.Register.Editions[1].Date = "" }},
	{rule: "R22", name: "nobody is appointed", spoil: func(s *testkit.Sample) { s.Register.Appointments = nil }},
	{rule: "R22", name: "the last appointment is over", spoil: func(s *testkit.Sample) { s.Register.Appointments[1].To = "2026-02-28" }},
}
