package check_test

import (
	"fmt"
	"testing"

	"perechen/internal/check"
	"perechen/internal/testkit"
)

func TestLargeCleanRegisterHasNoFindings(t *testing.T) {
	for _, n := range []int{0, 100, 3000} {
		s := testkit.Large(n)
		if got := len(s.Register.Usages); got < n {
			t.Errorf("Large(%d) has %d usages", n, got)
		}
		for i, f := range run(s) {
			if i == 5 {
				break
			}
			t.Errorf("Large(%d): %s %s", n, f.Rule, f.Text)
		}
	}
}

// BenchmarkRun shows that the time of a check grows with the register and not faster.
func BenchmarkRun(b *testing.B) {
	for _, n := range []int{1000, 10000, 40000} {
		s := testkit.Large(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				check.Run(check.Input(s))
			}
		})
	}
}

func TestWideCleanRegisterHasNoFindings(t *testing.T) {
	s := testkit.Wide(24, 20, 8)
	if p, u := len(s.Register.Processes)-5, len(s.Register.Usages)-15; p != 24 || u != 24*20 {
		t.Errorf("%d processes with %d usages", p, u)
	}
	for i, f := range run(s) {
		if i == 5 {
			break
		}
		t.Errorf("%s %s", f.Rule, f.Text)
	}
}
