package check_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/check"
	"perechen/internal/register"
	"perechen/internal/testkit"
)

// reject settles the one finding of a rule that says some words.
func reject(t *testing.T, s *testkit.Sample, rule, says string) register.Finding {
	t.Helper()
	f := only(t, run(*s), rule, says)
	s.Register.Decisions = append(s.Register.Decisions, register.Decision{Finding: f.ID, Rule: f.Rule, Subject: f.Subject, Reason: "так и надо", Date: "2026-03-01"})
	return f
}

func TestRejectedFindingStaysRejectedUntilItsSubjectChanges(t *testing.T) {
	s := testkit.Committee()
	room := reject(t, &s, "R2", "Место проведения конкурса")
	phone := reject(t, &s, "R3", "64-90-22")
	spelt := reject(t, &s, "R13", "удостоверяемые")
	rejected := func() []string {
		var ids []string
		for _, f := range run(s) {
			if f.Rejected != "" {
				ids = append(ids, f.ID)
			}
		}
		return ids
	}
	if diff := cmp.Diff([]string{room.ID, phone.ID, spelt.ID}, rejected()); diff != "" {
		t.Fatalf("rejected (-want +got):\n%s", diff)
	}

	u := cleanCopy(usage(&s, "p1.contest"))
	u.Key, u.Process, u.Position = "p3.contest", "p3", 11
	s.Register.Usages = append(s.Register.Usages, u)
	if diff := cmp.Diff([]string{room.ID, phone.ID, spelt.ID}, rejected()); diff != "" {
		t.Errorf("another row uses the room, rejected (-want +got):\n%s", diff)
	}

	touchpoint(&s, "contest").Label = "Зал проведения конкурса"
	u = cleanCopy(usage(&s, "p2.phone"))
	u.Key, u.Process, u.Position = "p2.phone.2", "p2", 12
	s.Register.Usages = append(s.Register.Usages, u)
	if diff := cmp.Diff([]string{spelt.ID}, rejected()); diff != "" {
		t.Errorf("the room is another and one more row prints the telephone as offline, rejected (-want +got):\n%s", diff)
	}
	again := only(t, run(s), "R2", "Зал проведения конкурса")
	if again.ID != room.ID || again.Subject == room.Subject {
		t.Errorf("the finding on the room must keep its id %s and change its subject %s, got %s %s", room.ID, room.Subject, again.ID, again.Subject)
	}
}

func TestDecisionOnAnotherSubjectDoesNotHold(t *testing.T) {
	s := testkit.Committee()
	f := reject(t, &s, "R14", "без номера и даты")
	s.Register.Decisions[0].Subject = strings.Repeat("0", len(f.Subject))
	if got := only(t, run(s), "R14", "без номера и даты").Rejected; got != "" {
		t.Errorf("a decision on another subject rejects with %q", got)
	}
}

// TestSameInputSameFindings also turns the register's lists around: what is found does not hang on the order of lists,
// only on positions.
func TestSameInputSameFindings(t *testing.T) {
	for _, sample := range []func() testkit.Sample{testkit.Committee, testkit.Ministry} {
		want := run(sample())
		for range 5 {
			if diff := cmp.Diff(want, run(sample())); diff != "" {
				t.Fatalf("two runs differ (-first +second):\n%s", diff)
			}
		}
		s := sample()
		slices.Reverse(s.Register.Processes)
		slices.Reverse(s.Register.Touchpoints)
		ids := func(fs []register.Finding) []string {
			var ids []string
			for _, f := range fs {
				ids = append(ids, f.ID+" "+f.Subject)
			}
			return ids
		}
		if diff := cmp.Diff(ids(want), ids(run(s))); diff != "" {
			t.Errorf("lists turned around (-want +got):\n%s", diff)
		}
	}
}

func TestIDsAreUnique(t *testing.T) {
	for _, s := range []testkit.Sample{testkit.Committee(), testkit.Ministry()} {
		seen := make(map[string]string)
		for _, f := range run(s) {
			if seen[f.ID] != "" {
				t.Errorf("%s stands for two findings: %s / %s", f.ID, seen[f.ID], f.Text)
			}
			seen[f.ID] = f.Text
		}
	}
}

func TestRunLeavesItsInputAlone(t *testing.T) {
	s, untouched := testkit.Committee(), testkit.Committee()
	run(s)
	if diff := cmp.Diff(untouched, s); diff != "" {
		t.Errorf("the input has changed (-before +after):\n%s", diff)
	}
}

func TestRulesAreDescribed(t *testing.T) {
	rules := check.Rules()
	if len(rules) != 25 {
		t.Errorf("got %d rules, want 25", len(rules))
	}
	for i, r := range rules {
		if r.ID != "R"+strings.TrimPrefix(r.ID, "R") || r.Title == "" || !strings.HasSuffix(r.Looks, ".") {
			t.Errorf("rule %d: %+v", i, r)
		}
	}
}
