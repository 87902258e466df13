package intake

import (
	"cmp"
	"slices"
)

// byPosition orders as a report does: by position, then by key.
func byPosition(a, b int, ka, kb string) int {
	return cmp.Or(cmp.Compare(a, b), cmp.Compare(ka, kb))
}

// settle gives positions to things in their new order, changing as few as can be. was holds the position that each had,
// 0 for a new one. The result rises strictly and begins at 1 or later; a gap left by an exclusion stays.
//
// Things that keep their positions must leave room for those between them: position minus index never falls among
// them. The longest such run is kept.
func settle(was []int) []int {
	out := make([]int, len(was))
	var tails []int // indices of the last element of the best run of each length
	prev := make([]int, len(was))
	for i, p := range was {
		prev[i] = -1
		if p-i < 1 {
			continue // new, or no room before it
		}
		k, _ := slices.BinarySearchFunc(tails, p-i, func(t, slack int) int {
			if was[t]-t <= slack {
				return -1
			}
			return 1
		})
		if k > 0 {
			prev[i] = tails[k-1]
		}
		if k == len(tails) {
			tails = append(tails, i)
		} else {
			tails[k] = i
		}
	}
	if len(tails) > 0 {
		for i := tails[len(tails)-1]; i >= 0; i = prev[i] {
			out[i] = was[i]
		}
	}
	last := 0
	for i := range out {
		if out[i] == 0 {
			out[i] = last + 1
		}
		last = out[i]
	}
	return out
}

// interleave puts things that the document does not name among those it names: each before the first named one that
// stood after it. named and others hold positions (0: new); the result holds indices, of others as -1-index.
func interleave(named, others []int) []int {
	out := make([]int, 0, len(named)+len(others))
	k := 0
	for i, p := range named {
		for p > 0 && k < len(others) && others[k] < p {
			out = append(out, -1-k)
			k++
		}
		out = append(out, i)
	}
	for ; k < len(others); k++ {
		out = append(out, -1-k)
	}
	return out
}
