// Package search finds where to turn from what a person types: «увольняюсь», «поменять банк», «справка 2-ндфл».
//
// An Index is made of the documents of one body's register at one entry and lies in memory, so every database gives the
// same answers. A word is met, in falling worth, by itself, by its stem, by a word or phrase that means the same, by the
// beginning of a word, by a word of the same root, and with a slip of the pen; what was typed in the wrong keyboard layout or in
// Latin letters is read as it was meant, a telephone number however it is grouped. The package is pure.
package search

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"perechen/internal/lang"
)

// A Document is one thing that can be found.
type Document struct {
	Kind   string  // what it is, for the caller: process, touchpoint, …
	Key    string  // its key
	Weight float64 // what an answer of this kind is worth beside others; 0 is 1
	Fields []Field
}

// A Field is a text of a document with its weight: a word in a title weighs more than the same word in a note.
type Field struct {
	Text   string
	Weight float64
}

// A Hit is a document that answers a query. Score only orders the hits of one query. Words are the folded words of the
// document that met those of the query; Share is how much of what was asked they meet, up to 1 for all of it.
type Hit struct {
	Document int // its place among the documents the index was made of
	Score    float64
	Share    float64
	Words    []string
}

// The worth of a word that is met otherwise than by itself.
const (
	byStem    = 0.95
	bySynonym = 0.8
	byPrefix  = 0.75
	byRoot    = 0.6
	bySlip    = 0.5
)

// fullMeeting is the score from which on a document counts as one that holds the word; a document in which it is a passing
// remark covers less of the query.
const fullMeeting = 0.25

// askedForm is how much more a form is worth to who asks for one.
const askedForm = 1.5

// An Index answers queries. It does not change and is safe for concurrent use.
type Index struct {
	vocabulary
	docs     []Document
	postings [][]posting      // of each word
	stems    map[string][]int // stem → words
	roots    map[string][]int
	phrases  *Phrases
}

// A posting says how much a word weighs in a document.
type posting struct {
	doc    int
	weight float64
}

// New makes an index. Phrases may be nil.
func New(docs []Document, phrases *Phrases) *Index {
	ix := &Index{docs: docs, phrases: phrases, stems: map[string][]int{}, roots: map[string][]int{}}
	weights := map[string]map[int]float64{}
	for i, d := range docs {
		for _, f := range d.Fields {
			seen := map[string]bool{}
			ws := append(words(f.Text), numbers(f.Text)...)
			f.Weight *= brevity(len(ws))
			for _, w := range ws {
				if weights[w] == nil {
					weights[w] = map[int]float64{}
				}
				if !seen[w] { // a word said twice in one text is still one thing
					seen[w] = true
					weights[w][i] = max(weights[w][i], f.Weight) + min(weights[w][i], f.Weight)/4
				}
			}
		}
	}
	ix.vocabulary = newVocabulary(slices.Collect(maps.Keys(weights)))
	ix.postings = make([][]posting, len(ix.words))
	for id, w := range ix.words {
		for doc, weight := range weights[w] {
			ix.postings[id] = append(ix.postings[id], posting{doc, weight})
		}
		slices.SortFunc(ix.postings[id], func(a, b posting) int { return cmp.Compare(a.doc, b.doc) })
		stem := lang.Stem(w)
		ix.stems[stem] = append(ix.stems[stem], id)
		ix.roots[root(stem)] = append(ix.roots[root(stem)], id)
	}
	return ix
}

// brevity makes a word weigh more in a short text, which is about little else.
func brevity(words int) float64 { return 8 / (7 + math.Min(float64(words), 40)/4) }

// Document gives the document of a hit.
func (ix *Index) Document(i int) Document { return ix.docs[i] }

// Search gives at most limit documents for a query, best first; none for a query without words. The last word may be
// unfinished. A query is read in every way in which it may have been meant, and the reading that finds most counts.
func (ix *Index) Search(query string, limit int) []Hit {
	var hits []Hit
	for _, reading := range ix.readings(query) {
		if other := ix.answer(reading); len(other) > 0 && (len(hits) == 0 || other[0].Score > hits[0].Score) {
			hits = other
		}
	}
	return hits[:min(limit, len(hits))]
}

func (ix *Index) search(query string) []Hit {
	terms := ix.terms(query)
	total := 0.0
	for _, t := range terms {
		total += t.worth
	}
	type found struct {
		score, covered float64
		words          []int
	}
	docs := map[int]*found{}
	for _, t := range terms {
		for doc, m := range t.docs {
			f := docs[doc]
			if f == nil {
				f = &found{}
				docs[doc] = f
			}
			f.score += t.worth * m.score
			f.covered += t.worth * min(1, m.score/fullMeeting)
			f.words = append(f.words, m.words...)
		}
	}
	hits := make([]Hit, 0, len(docs))
	form := slices.ContainsFunc(words(query), func(w string) bool { return formWords[w] })
	for doc, f := range docs {
		part := f.covered / total
		h := Hit{Document: doc, Share: part, Score: f.score / total * part * part * cmp.Or(ix.docs[doc].Weight, 1)}
		if form && (ix.docs[doc].Kind == KindForm || ix.docs[doc].Kind == KindBlank) {
			h.Score *= askedForm
		}
		slices.Sort(f.words)
		for _, w := range slices.Compact(f.words) {
			h.Words = append(h.Words, ix.words[w])
		}
		hits = append(hits, h)
	}
	return ranked(hits)
}
