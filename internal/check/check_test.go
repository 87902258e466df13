package check_test

import (
	"testing"

	"perechen/internal/check"
	"perechen/internal/register"
	"perechen/internal/testkit"
)

func run(s testkit.Sample) []register.Finding { return check.Run(check.Input(s)) }

func TestCleanRegisterHasNoFindings(t *testing.T) {
	for _, f := range run(testkit.Clean()) {
		t.Errorf("%s %s (%s): %s %v", f.ID, f.Clause, f.Severity, f.Text, f.Places)
	}
}
