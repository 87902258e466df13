package check_test

import (
	"strings"
	"testing"

	"perechen/internal/register"
	"perechen/internal/testkit"
)

// TestBothReadingsOfAClass holds R6 under the class of the order and under the printed one.
func TestBothReadingsOfAClass(t *testing.T) {
	t.Run("the dispute is settled in favour of the order", func(t *testing.T) {
		s := testkit.Committee()
		for i := range s.Register.Usages {
			if s.Register.Usages[i].Touchpoint == "phone" {
				s.Register.Usages[i].Printed, s.Register.Usages[i].Feature = register.Digital, "Взаимодействие в цифровой точке"
			}
		}
		none(t, run(s), "R6")
		only(t, run(s), "R3", "64-90-23") // the hot line stays
	})
	t.Run("the dispute is settled in favour of the print", func(t *testing.T) {
		s := testkit.Committee()
		for i := range s.Procedure.Kinds {
			if s.Procedure.Kinds[i].Code == "phone" {
				s.Procedure.Kinds[i].Class, s.Procedure.Kinds[i].Clause = register.Offline, "3.3"
			}
		}
		for i := range s.Procedure.Declared {
			if s.Procedure.Declared[i].Key == "telefon-otdela" {
				s.Procedure.Declared[i].Class, s.Procedure.Declared[i].Clause = register.Offline, "3.3"
			}
		}
		f := only(t, run(s), "R6", "нет цифровой точки")
		if f.Severity != register.Violation || len(f.DependsOn) != 0 {
			t.Errorf("missing under both readings: got %s, depends on %v", f.Severity, f.DependsOn)
		}
		none(t, run(s), "R3")
	})
	t.Run("printed class only", func(t *testing.T) {
		s := testkit.Committee()
		dropUsage(&s, "p2.room") // the telephone, printed as offline, is all that is left
		findings := run(s)
		digital, offline := only(t, findings, "R6", "нет цифровой точки"), only(t, findings, "R6", "нет офлайн-точки")
		phone := only(t, findings, "R3", "64-90-22").ID
		for _, f := range []register.Finding{digital, offline} {
			if f.Severity != register.Unclear || strings.Join(f.DependsOn, " ") != phone || !strings.Contains(f.Text, "замечание исчезнет") {
				t.Errorf("got %s %v: %s", f.Severity, f.DependsOn, f.Text)
			}
		}
	})
}

// TestDoubtedNeedCarriesToTheUnsatisfied holds that R5 hangs on R4 where a wording may be the missing need.
func TestDoubtedNeedCarriesToTheUnsatisfied(t *testing.T) {
	s := testkit.Committee()
	setNeeds(usage(&s, "p1.site"), "info", "Получение информации клиентом")
	findings := run(s)
	r4, r5 := only(t, findings, "R4", "получение клиентом документов"), only(t, findings, "R5", "получение форм документов")
	if strings.Join(r5.DependsOn, " ") != r4.ID {
		t.Errorf("R5 depends on %v, want %s", r5.DependsOn, r4.ID)
	}
}

func TestEditionSettlesTheReport(t *testing.T) {
	s := testkit.Committee()
	s.Register.Editions = []register.Edition{{Number: 1, Date: "2026-02-16", Act: register.Act{Kind: "приказ", Number: "9-р", Date: "2026-02-16"}, N: 22}}
	none(t, run(s), "R16")
	none(t, run(s), "R20")
}

func none(t *testing.T, findings []register.Finding, rule string) {
	t.Helper()
	for _, f := range findings {
		if f.Rule == rule {
			t.Errorf("unexpected %s: %s", rule, f.Text)
		}
	}
}
