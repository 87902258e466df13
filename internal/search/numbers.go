package search

import (
	"slices"
	"strings"

	"perechen/internal/lang"
)

const (
	leastDialled = 5 // digits; fewer are a room, a form or a year
	leastNumber  = 6 // digits of a number that is held whole
)

var (
	grouped = lang.Expression(`[+(]*\d[\d ().-]*`)
	clock   = lang.Expression(`\b\d{1,2}:\d\d\b`)
)

func digits(w string) bool {
	return strings.IndexFunc(w, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// numbers are the long numbers of a text without their grouping, a telephone without the 8 or +7 before it.
func numbers(text string) (ns []string) {
	var run []byte
	take := func() {
		n := run
		if len(n) == 11 && (n[0] == '7' || n[0] == '8') {
			n = n[1:]
		}
		if len(n) >= leastNumber && len(n) <= 20 && !slices.Contains(ns, string(n)) {
			ns = append(ns, string(n))
		}
		run = run[:0]
	}
	for _, r := range text {
		switch {
		case '0' <= r && r <= '9':
			run = append(run, byte(r))
		case len(run) > 0 && !strings.ContainsRune(" \u00a0\u2011().-–", r):
			take()
		}
	}
	take()
	return ns
}

// dialled takes out of a folded query the numbers that the index holds, however they are grouped and wherever they begin, each
// as a term. What it does not hold stays in the query as words.
func (ix *Index) dialled(query string) (terms []term, rest string) {
	rest = grouped().ReplaceAllStringFunc(query, func(group string) string {
		n := onlyDigits(group)
		met := ix.numbered(n)
		if len(met) == 0 && n != "" && (n[0] == '7' || n[0] == '8') {
			met = ix.numbered(n[1:])
		}
		if len(met) == 0 {
			return group
		}
		docs := ix.documents(met)
		terms = append(terms, term{ix.worth(len(docs)), docs})
		return " "
	})
	return terms, rest
}

// numbered finds the long numbers of the index that hold n: whole, at an end, or inside.
func (ix *Index) numbered(n string) map[int]float64 {
	if len(n) < leastDialled {
		return nil
	}
	met := map[int]float64{}
	for id, w := range ix.words {
		if w[0] > '9' {
			break // sorted
		}
		if len(w) < max(leastNumber, len(n)) || !digits(w) {
			continue
		}
		switch {
		case w == n:
			met[id] = 1
		case strings.HasPrefix(w, n), strings.HasSuffix(w, n):
			met[id] = byStem
		case strings.Contains(w, n):
			met[id] = byPrefix
		}
	}
	return met
}
