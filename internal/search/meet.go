package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"perechen/internal/lang"
)

// surely finds the words of the index that meet a word of the query as it is written, and how well each does.
func (ix *Index) surely(w string, unfinished bool) map[int]float64 {
	met := map[int]float64{}
	add := func(id int, factor float64) { met[id] = max(met[id], factor) }
	if id, ok := slices.BinarySearch(ix.words, w); ok {
		add(id, 1)
	}
	stem := lang.Stem(w)
	for _, id := range ix.stems[stem] {
		add(id, byStem)
	}
	runes := utf8.RuneCountInString(w)
	if unfinished && runes >= 2 {
		// A word that is being typed: the less is missing, the better.
		id, _ := slices.BinarySearch(ix.words, w)
		for ; id < len(ix.words) && strings.HasPrefix(ix.words[id], w); id++ {
			add(id, byPrefix*10/float64(10+ix.lengths[id]-runes))
		}
	}
	for _, id := range ix.roots[root(stem)] {
		add(id, byRoot)
	}
	return met
}

// slips finds the words of the index from which a word of the query is a slip of the pen away.
func (ix *Index) slips(w string) map[int]float64 {
	met := map[int]float64{}
	add := func(id int, factor float64) { met[id] = max(met[id], factor) }
	for _, id := range ix.similar(w, leastSlip, 0) {
		add(id, bySlip)
		for _, kin := range ix.stems[lang.Stem(ix.words[id])] {
			add(kin, bySlip*byStem)
		}
	}
	if len(met) == 0 { // a slip in one form of a word of which the register has another
		for _, near := range ix.similarStems(lang.Stem(w)) {
			for _, id := range ix.stems[near] {
				add(id, bySlip*byStem)
			}
		}
	}
	return met
}

// documents gives what the documents that hold these words are worth by the best of them.
func (ix *Index) documents(met map[int]float64) map[int]match {
	docs := make(map[int]match, len(met))
	for word, factor := range met {
		for _, p := range ix.postings[word] {
			if s := factor * p.weight; s > docs[p.doc].score || s == docs[p.doc].score && word < docs[p.doc].words[0] {
				docs[p.doc] = match{s, []int{word}}
			}
		}
	}
	return docs
}
