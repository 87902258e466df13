package procedure

import (
	"slices"
	"sync"
)

// A memo remembers what rules said of a text: a table of a hundred thousand rows has a few dozen wordings. It holds some
// thousand short texts and forgets all of them when it is full. Safe for concurrent use; the zero memo is empty.
type memo struct {
	mu   sync.Mutex
	hits map[string][]int
}

const (
	memoTexts = 2048
	memoBytes = 500 // longer texts are not remembered
)

// of gives the indexes (rule.of) that find gave for the text before, or calls it.
func (m *memo) of(text string, find func() []int) []int {
	if len(text) > memoBytes {
		return find()
	}
	m.mu.Lock()
	got, ok := m.hits[text]
	m.mu.Unlock()
	if ok {
		return got
	}
	got = find()
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.hits == nil || len(m.hits) >= memoTexts {
		m.hits = map[string][]int{}
	}
	m.hits[text] = got
	return got
}

// indexes are what the hits are of, without repeats, rising.
func indexes(hits []hit) []int {
	of := make([]int, 0, len(hits))
	for _, h := range hits {
		of = append(of, h.rule.of)
	}
	slices.Sort(of)
	return slices.Compact(of)
}
