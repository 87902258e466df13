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
