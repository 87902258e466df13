package search

import (
	"math/bits"
	"slices"
	"unicode"
	"unicode/utf8"
)

const (
	leastSlip = 4 // shorter words are too like each other
	leastStem = 5 // of a stem, which has lost what tells words apart
	longWord  = 8 // of a longer one, two slips are forgiven
)

// letters marks which letters a word has. Words a few slips apart have nearly the same marks.
func letters(word string) uint64 {
	var m uint64
	for _, r := range word {
		m |= 1 << (uint32(r) % 64)
	}
	return m
}

// A vocabulary is words in their order, each once, among which those are found that are nearly like another.
type vocabulary struct {
	words   []string
	lengths []int    // of each word, in letters
	marks   []uint64 // of the letters of each word
}

// newVocabulary sorts words in their place.
func newVocabulary(words []string) vocabulary {
	slices.Sort(words)
	words = slices.Compact(words)
	v := vocabulary{words: words, lengths: make([]int, len(words)), marks: make([]uint64, len(words))}
	for i, w := range words {
		v.lengths[i], v.marks[i] = utf8.RuneCountInString(w), letters(w)
	}
	return v
}

// similar gives the places of the words that are a slip of the pen away from w, the nearest only; none for a w of fewer letters
// than shortest, and none of fewer than least.
func (v *vocabulary) similar(w string, shortest, least int) []int {
	a := []rune(w)
	if len(a) < shortest {
		return nil
	}
	for _, r := range a {
		if unicode.IsDigit(r) {
			return nil // another number is another thing
		}
	}
	most := 1
	if len(a) >= longWord {
		most = 2
	}
	mask := letters(w)
	var best []int
	var rows [3][]int
	for i, word := range v.words {
		if d := v.lengths[i] - len(a); d < -most || d > most || v.lengths[i] < least || bits.OnesCount64(mask^v.marks[i]) > 2*most {
			continue
		}
		switch d := distance(a, []rune(word), &rows); {
		case d > most:
		case d < most:
			best, most = []int{i}, d
		default:
			best = append(best, i)
		}
	}
	return best
}

// similarStems gives the stems of the index that are one slip away from stem, none for a short one.
func (ix *Index) similarStems(stem string) []string {
	a := []rune(stem)
	if len(a) < leastStem {
		return nil
	}
	var near []string
	var rows [3][]int
	for s := range ix.stems {
		b := []rune(s)
		if d := len(b) - len(a); len(b) >= leastStem && -1 <= d && d <= 1 && a[0] == b[0] && distance(a, b, &rows) == 1 {
			near = append(near, s)
		}
	}
	slices.Sort(near)
	return near
}

// distance is how many letters must be put in, taken out, replaced or swapped with their neighbour. Rows are room to work in.
func distance(a, b []rune, rows *[3][]int) int {
	for i := range rows {
		if len(rows[i]) <= len(b) {
			rows[i] = make([]int, len(b)+16)
		}
	}
	before, last, now := rows[0], rows[1], rows[2]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
		}
		before, last, now = last, now, before
	}
	return last[len(b)]
}
