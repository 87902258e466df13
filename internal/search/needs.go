package search

import (
	"cmp"
	"slices"
	"strings"

	"perechen/internal/lang"
)

// What one of several needs is worth beside what answers all of them, and what is not its first answer.
const (
	ofOneNeed   = 0.7
	alsoOfANeed = 0.7
	mostNeeds   = 5
)

var between = lang.Expression(`(?i)[,;+]+(?:\s+|$)|\s+(?:и|или|плюс|а также|а ещё|а еще)\s+`)

// needs are the things that a query asks for side by side: «отпуск и матпомощь». One, when it joins nothing.
func needs(query string) (parts []string) {
	for _, part := range between().Split(query, mostNeeds) {
		ws := words(part)
		if slices.ContainsFunc(ws, func(w string) bool { return !asks([]string{w}, 0) }) {
			parts = append(parts, strings.TrimSpace(part))
		}
	}
	return parts
}

// answer finds what answers a query as it stands; of several needs also what answers one of them, each best first.
func (ix *Index) answer(query string) []Hit {
	hits := ix.search(query)
	parts := needs(query)
	if len(parts) < 2 {
		return hits
	}
	place := map[int]int{}
	for i, h := range hits {
		place[h.Document] = i
	}
	for _, part := range parts {
		for i, h := range ix.search(part) {
			if h.Score *= ofOneNeed; i > 0 {
				h.Score *= alsoOfANeed
			}
			at, ok := place[h.Document]
			switch {
			case !ok:
				place[h.Document] = len(hits)
				hits = append(hits, h)
			case h.Score > hits[at].Score:
				h.Words = slices.Compact(slices.Sorted(slices.Values(slices.Concat(hits[at].Words, h.Words))))
				hits[at] = h
			}
		}
	}
	return ranked(hits)
}

// ranked puts the best first and leaves out what is far behind it, which is noise to a person.
func ranked(hits []Hit) []Hit {
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Document, b.Document))
	})
	for i, h := range hits {
		if h.Score < hits[0].Score/8 {
			return hits[:i]
		}
	}
	return hits
}
