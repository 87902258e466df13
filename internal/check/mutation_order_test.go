package check_test

import (
	"strings"
	"testing"

	"perechen/internal/check"
	"perechen/internal/register"
	"perechen/internal/testkit"
)

// reword replaces words in one clause of the sample's order.
func reword(s *testkit.Sample, clause, old, new string) {
	for i, c := range s.Procedure.Clauses {
		if c.Number != clause {
			continue
		}
		for j, p := range c.Paragraphs {
			if strings.Contains(p, old) {
				s.Procedure.Clauses[i].Paragraphs[j] = strings.ReplaceAll(p, old, new)
				return
			}
		}
	}
	panic("no such words in clause " + clause + ": " + old)
}

var orderMutations = []mutation{
	{rule: "R8", name: "the external client in the order", spoil: func(s *testkit.Sample) {
		reword(s, "1.2", "с внутренним клиентом;", "с внешним клиентом;")
	}},
	{rule: "R14", name: "the register of processes without number and date", spoil: func(s *testkit.Sample) {
		s.Procedure.Processes.Act = register.Act{Kind: "приказ"}
	}},
	{rule: "R14", name: "the basis without a date", spoil: func(s *testkit.Sample) { s.Procedure.Basis[0].Act.Date = "" }},
	{rule: "R14", name: "an act in the order's words", spoil: func(s *testkit.Sample) {
		reword(s, "2.4", "функции.", "функции в соответствии с положениями, утверждёнными приказом Министерства.")
	}},
	{rule: "R17", name: "an appendix no clause mentions", spoil: func(s *testkit.Sample) { s.Procedure.Appendices[1].MentionedIn = "" }},
	{rule: "R17", name: "a clause that is said to mention an appendix and does not", spoil: func(s *testkit.Sample) {
		s.Procedure.Appendices[2].MentionedIn = "2.4"
	}},
	{rule: "R17", name: "an appendix that is not there", findings: 2, spoil: func(s *testkit.Sample) {
		s.Procedure.Appendices, s.Procedure.Report = nil, nil
	}},
}

func ruleIDs() []string {
	var ids []string
	for _, r := range check.Rules() {
		ids = append(ids, r.ID)
	}
	return ids
}

// wellFormed holds what pages and other rules count on.
func wellFormed(t *testing.T, f register.Finding) {
	t.Helper()
	switch {
	case !strings.HasPrefix(f.ID, f.Rule+"-"):
		t.Errorf("id %q does not start with rule %q", f.ID, f.Rule)
	case f.Severity != register.Violation && f.Severity != register.Unclear && f.Severity != register.Form:
		t.Errorf("%s: severity %q", f.ID, f.Severity)
	case len(f.Places) == 0 || f.Subject == "" || f.DependsOn == nil:
		t.Errorf("%s lacks places, subject or depends_on: %+v", f.ID, f)
	case !strings.HasSuffix(f.Text, "."):
		t.Errorf("%s: the sentence has no full stop: %s", f.ID, f.Text)
	case strings.Contains(f.Text+f.Fix, "  ") || strings.Contains(f.Text+f.Fix, "%!"):
		t.Errorf("%s: %s %s", f.ID, f.Text, f.Fix)
	}
	for _, p := range f.Places {
		if p.Text == "" {
			t.Errorf("%s has a place without words", f.ID)
		}
	}
}
