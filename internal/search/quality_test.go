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
	if q.MRR < 0.92 || q.Recall < 0.97 {
		t.Errorf("MRR %.3f (want 0.92), recall@5 %.3f (want 0.97); not first:\n%s", q.MRR, q.Recall, strings.Join(q.NotFirst, "\n"))
	}
}

// TestPeopleSlip holds the answers to harder queries, which nothing was tuned to.
func TestPeopleSlip(t *testing.T) {
	q := testkit.MeasureOn(testkit.HardQueries(), finder(New(FromRegister(testkit.Everyday()), Shipped())))
	t.Logf("MRR %.3f, recall@5 %.3f", q.MRR, q.Recall)
	if q.MRR < 0.8 || q.Recall < 0.8 {
		t.Errorf("MRR %.3f (want 0.8), recall@5 %.3f (want 0.8); not first:\n%s", q.MRR, q.Recall, strings.Join(q.NotFirst, "\n"))
	}
}
