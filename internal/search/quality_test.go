package search

import (
	"slices"
	"strings"
	"testing"

	"perechen/internal/testkit"
)

// finder gives the keys of the answers of an index; a form answers for its process.
func finder(ix *Index) func(string) []string {
	return func(q string) []string {
		var keys []string
		for _, h := range ix.Search(q, 20) {
			if k, _, _ := strings.Cut(ix.Document(h.Document).Key, "\n"); !slices.Contains(keys, k) {
				keys = append(keys, k)
			}
		}
		return keys
	}
}

// TestPeopleFindWhatTheyAskFor holds the quality of answers to the list of judged queries.
func TestPeopleFindWhatTheyAskFor(t *testing.T) {
	if n := len(testkit.Queries()); n < 150 {
		t.Fatalf("%d queries, want at least 150", n)
	}
	q := testkit.Measure(finder(New(FromRegister(testkit.Everyday()), Shipped())))
	t.Logf("MRR %.3f, recall@5 %.3f", q.MRR, q.Recall)
	if q.MRR < 0.96 || q.Recall < 0.98 {
		t.Errorf("MRR %.3f (want 0.96), recall@5 %.3f (want 0.98); not first:\n%s", q.MRR, q.Recall, strings.Join(q.NotFirst, "\n"))
	}
}

// TestPeopleSlip holds the answers to harder queries, which nothing was tuned to.
func TestPeopleSlip(t *testing.T) {
	q := testkit.MeasureOn(testkit.HardQueries(), finder(New(FromRegister(testkit.Everyday()), Shipped())))
	t.Logf("MRR %.3f, recall@5 %.3f", q.MRR, q.Recall)
	if q.MRR < 0.9 || q.Recall < 0.92 {
		t.Errorf("MRR %.3f (want 0.9), recall@5 %.3f (want 0.92); not first:\n%s", q.MRR, q.Recall, strings.Join(q.NotFirst, "\n"))
	}
}

// asked gives the answers to queries of several registers.
func asked() func(testkit.Query) []string {
	finders := map[string]func(string) []string{}
	return func(q testkit.Query) []string {
		if finders[q.Of] == nil {
			finders[q.Of] = finder(New(FromRegister(testkit.QueriedRegister(q.Of)), Shipped()))
		}
		return finders[q.Of](q.Text)
	}
}

// TestPeopleAskOnATelephone holds what was judged before it was asked: one half was looked at when the search was mended, the
// other is only measured, and its misses are not printed.
func TestPeopleAskOnATelephone(t *testing.T) {
	for _, half := range []struct {
		name              string
		queries           []testkit.Query
		mrr, recall, best float64
		misses            bool
	}{
		{"looked at", testkit.PhoneQueries(), 0.96, 0.98, 0.95, true},
		{"held out", testkit.HeldOutQueries(), 0.92, 0.96, 0.88, false},
	} {
		t.Run(half.name, func(t *testing.T) {
			if len(half.queries) < 60 {
				t.Fatalf("%d queries, want at least 60", len(half.queries))
			}
			q := testkit.MeasureOf(half.queries, asked())
			t.Logf("MRR %.3f, recall@5 %.3f, best first %.3f, silent %d of %d", q.MRR, q.Recall, q.Best, q.Silent, q.Unanswerable)
			if half.misses {
				t.Log("not first:\n" + strings.Join(q.NotFirst, "\n"))
			}
			if q.MRR < half.mrr || q.Recall < half.recall || q.Best < half.best || q.Silent < q.Unanswerable-1 {
				t.Errorf("want MRR %.2f, recall@5 %.2f, best first %.2f, silent on all but one", half.mrr, half.recall, half.best)
			}
		})
	}
}
