// Package search finds where to turn from what a person types: «увольняюсь», «поменять банк», «справка 2-ндфл».
//
// An Index is made of the documents of one body's register at one entry and lies in memory, so every database gives the
// same answers. A word is met, in falling worth, by itself, by its stem, by a word or phrase that means the same, by the
// beginning of a word, by a word of the same root, and with a slip of the pen; a query typed in the wrong keyboard layout is
// read as it was meant. The package is pure.
package search

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

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
// document that met those of the query.
type Hit struct {
	Document int // its place among the documents the index was made of
	Score    float64
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

// An Index answers queries. It does not change and is safe for concurrent use.
type Index struct {
	docs     []Document
	words    []string // sorted
	postings [][]posting
	stems    map[string][]int // stem → words
	roots    map[string][]int
	phrases  *Phrases
	lengths  []int    // of each word, in letters
	letters  []uint64 // of each word
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
			ws := words(f.Text)
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
	for w := range weights {
		ix.words = append(ix.words, w)
	}
	slices.Sort(ix.words)
	ix.postings = make([][]posting, len(ix.words))
	for id, w := range ix.words {
		for doc, weight := range weights[w] {
			ix.postings[id] = append(ix.postings[id], posting{doc, weight})
		}
		slices.SortFunc(ix.postings[id], func(a, b posting) int { return cmp.Compare(a.doc, b.doc) })
		stem := lang.Stem(w)
		ix.stems[stem] = append(ix.stems[stem], id)
		ix.roots[root(stem)] = append(ix.roots[root(stem)], id)
		ix.lengths = append(ix.lengths, utf8.RuneCountInString(w))
		ix.letters = append(ix.letters, letters(w))
	}
	return ix
}

// brevity makes a word weigh more in a short text, which is about little else.
func brevity(words int) float64 { return 8 / (7 + math.Min(float64(words), 40)/4) }

// words are the folded words of a text: letters and digits, with what people write together («2-НДФЛ») also as one word.
func words(text string) []string {
	ws := lang.Words(text)
	for _, token := range strings.FieldsFunc(lang.Fold(text), func(r rune) bool { return r == ' ' || r == ',' || r == ';' || r == '(' || r == ')' || r == '"' }) {
		if strings.Contains(token, "-") || strings.ContainsAny(token, "0123456789") {
			if joined := strings.Join(lang.Words(token), ""); joined != "" && !slices.Contains(ws, joined) {
				ws = append(ws, joined)
			}
		}
	}
	return ws
}

// Document gives the document of a hit.
func (ix *Index) Document(i int) Document { return ix.docs[i] }

// Search gives at most limit documents for a query, best first; none for a query without words. The last word may be
// unfinished.
func (ix *Index) Search(query string, limit int) []Hit {
	hits := ix.search(query)
	if switched := switchLayout(query); switched != "" {
		if other := ix.search(switched); len(other) > 0 && (len(hits) == 0 || other[0].Score > hits[0].Score) {
			hits = other
		}
	}
	return hits[:min(limit, len(hits))]
}

// A term is one word of the query: what documents are worth by it, and the word of theirs that it met.
type term struct {
	worth float64 // how much it tells documents apart
	docs  map[int]match
}

type match struct {
	score float64
	words []int
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
			f.covered += t.worth
			f.words = append(f.words, m.words...)
		}
	}
	hits := make([]Hit, 0, len(docs))
	for doc, f := range docs {
		part := f.covered / total
		h := Hit{Document: doc, Score: f.score / total * part * part * cmp.Or(ix.docs[doc].Weight, 1)}
		slices.Sort(f.words)
		for _, w := range slices.Compact(f.words) {
			h.Words = append(h.Words, ix.words[w])
		}
		hits = append(hits, h)
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Document, b.Document))
	})
	// What is far behind the best is noise to a person.
	for i, h := range hits {
		if h.Score < hits[0].Score/8 {
			return hits[:i]
		}
	}
	return hits
}

// terms reads a query. Words that only join others or only say that something is asked count where there are no others.
func (ix *Index) terms(query string) []term {
	ws := words(query)
	last := ""
	if all := lang.Words(query); len(all) > 0 && !strings.HasSuffix(query, " ") {
		last = all[len(all)-1]
	}
	var terms []term
	place := make([]int, len(ws)) // of each word among the terms
	for round := range 2 {
		for i, w := range ws {
			place[i] = -1
			if round == 1 || !lang.IsFunctionWord(w) && !askingWords[w] && !joins(ws, i) {
				place[i] = len(terms)
				terms = append(terms, term{docs: ix.documents(ix.meet(w, w == last))})
			}
		}
		if len(terms) > 0 {
			break
		}
	}
	for _, alt := range longest(ix.phrases.alternatives(ws)) {
		parts := make([]map[int]match, len(alt.words))
		for i, w := range alt.words {
			parts[i] = ix.documents(ix.meet(w, false))
		}
		for doc, m := range together(parts) {
			if m.score *= bySynonym; len(alt.replaces) > 1 {
				m.score *= byStem / bySynonym // a phrase leaves less room for doubt
			}
			for _, i := range alt.replaces {
				if at := place[i]; at >= 0 && m.score > terms[at].docs[doc].score {
					terms[at].docs[doc] = m
				}
			}
		}
	}
	for i := range terms {
		terms[i].worth = ix.worth(len(terms[i].docs))
	}
	return terms
}

// together scores the documents that hold a wording of several words: half a wording is worth a quarter.
func together(parts []map[int]match) map[int]match {
	if len(parts) == 1 {
		return parts[0]
	}
	sums := map[int]match{}
	met := map[int]int{}
	for _, part := range parts {
		for doc, m := range part {
			s := sums[doc]
			s.score += m.score
			s.words = append(s.words, m.words...)
			sums[doc] = s
			met[doc]++
		}
	}
	n := float64(len(parts))
	for doc, s := range sums {
		share := float64(met[doc]) / n
		s.score = s.score / n * share
		if share < 0.6 {
			delete(sums, doc)
			continue
		}
		sums[doc] = s
	}
	return sums
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

// askingWords say that something is asked, not what.
var askingWords = map[string]bool{
	"где": true, "куда": true, "кому": true, "кто": true, "как": true, "когда": true, "нужно": true, "надо": true, "можно": true, "хочу": true, "мне": true,
	"получить": true, "взять": true, "обратиться": true, "позвонить": true, "звонить": true, "написать": true, "писать": true, "спросить": true, "сходить": true, "пойти": true, "прийти": true, "узнать": true, "подать": true, "оформить": true, "сделать": true, "новый": true, "новая": true, "новое": true, "новые": true, "новую": true, "другой": true, "другая": true, "другую": true, "найти": true, "нужен": true, "нужна": true,
	"что": true, "какой": true, "какие": true, "свой": true, "свою": true, "мой": true, "моя": true, "мою": true, "при": true, "для": true, "по": true,
}

// joins tells that a noun only joins others: «за счёт бюджета» is about no account.
func joins(ws []string, i int) bool { return i > 0 && ws[i-1] == "за" && ws[i] == "счет" }

// worth is higher for what few documents hold; a word that is met nowhere counts as much as a rare one, for it was asked for.
func (ix *Index) worth(documents int) float64 {
	n, df := float64(len(ix.docs)), float64(documents)
	if df == 0 {
		df = 2
	}
	return math.Log(1 + (n-min(df, n)+0.5)/(df+0.5))
}

// meet finds the words of the index that meet a word of the query, and how well each does.
func (ix *Index) meet(w string, unfinished bool) map[int]float64 {
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
	if len(met) == 0 {
		for _, id := range ix.similar(w) {
			add(id, bySlip)
			for _, kin := range ix.stems[lang.Stem(ix.words[id])] {
				add(kin, bySlip*byStem)
			}
		}
		if len(met) == 0 { // a slip in one form of a word of which the register has another
			for _, near := range ix.similarStems(stem) {
				for _, id := range ix.stems[near] {
					add(id, bySlip*byStem)
				}
			}
		}
	}
	return met
}
