package store

import (
	"context"
	"strconv"
	"strings"
	"unicode/utf8"

	"perechen/internal/lang"
	"perechen/internal/ledger"
)

// stemMark stands before a stem in the search index, so that stems and words are told apart. It is a character for
// private use, which the tokenizer takes for part of the word.
const stemMark = "\ue000"

// bodyMark stands before every term of the search index: the number of the body, so that a search costs what its body costs,
// however many others there are. What ends it is a character for private use, as stemMark.
func bodyMark(id int64) string { return strconv.FormatInt(id>>nBits, 36) + bodyEnd }

const bodyEnd = "\ue001"

// nameMark stands, until a term is written, before one by which a version is found among those of all bodies: it gets the end
// of the body's mark without a number.
const nameMark = "\ue002"

// markTerm writes a term as the index holds it: with the mark of its body, whose end is given too.
func markTerm(b *strings.Builder, mark, end, term string) {
	if b.Len() > 0 {
		b.WriteByte(' ')
	}
	if name, ok := strings.CutPrefix(term, nameMark); ok {
		b.WriteString(end)
		b.WriteString(name)
		return
	}
	b.WriteString(mark)
	b.WriteString(term)
}

// A termer makes rows of the search index. It remembers what it has worked out: the texts of one register repeat (needs,
// forms, features), and their words still more.
type termer struct {
	parts map[string][]string // of a line of text, its terms
	stems map[string]string
	seen  map[string]bool // scratch
	buf   []byte          // scratch
}

// remembered bounds what a termer remembers of each.
const remembered = 10_000

// terms gives the words of a text and their stems as the index holds them: each once, words that only join others left
// out. Whether a text holds a term is all that is ever asked.
func (t *termer) terms(text string) string {
	if t.seen == nil {
		t.seen, t.parts, t.stems = map[string]bool{}, map[string][]string{}, map[string]string{}
	}
	clear(t.seen)
	t.buf = t.buf[:0]
	for line := range strings.SplitSeq(text, "\n") {
		for _, term := range t.line(line) {
			if !t.seen[term] {
				t.seen[term] = true
				t.buf = append(append(t.buf, term...), ' ')
			}
		}
	}
	return string(t.buf)
}

// names gives the terms of a text by which a version is found among those of all bodies.
func (t *termer) names(text string) string {
	var b strings.Builder
	for term := range strings.FieldsSeq(t.terms(text)) {
		b.WriteString(nameMark)
		b.WriteString(term)
		b.WriteByte(' ')
	}
	return b.String()
}

func (t *termer) line(line string) []string {
	if line == "" {
		return nil
	}
	if terms, ok := t.parts[line]; ok {
		return terms
	}
	var terms []string
	for _, word := range lang.Words(line) {
		if lang.IsFunctionWord(word) {
			continue
		}
		word = cut(word)
		marked, ok := t.stems[word]
		if !ok {
			marked = stemMark + lang.Stem(word)
			if len(t.stems) >= remembered {
				clear(t.stems)
			}
			t.stems[word] = marked
		}
		terms = append(terms, word, marked)
	}
	if len(t.parts) >= remembered {
		clear(t.parts)
	}
	t.parts[line] = terms
	return terms
}

// maxWord bounds a word of the search index, in bytes: PostgreSQL takes no lexeme of 2 KiB.
const maxWord = 900

// cut gives the beginning of a word that is too long for the search index.
func cut(word string) string {
	if len(word) <= maxWord {
		return word
	}
	end := maxWord
	for !utf8.RuneStart(word[end]) {
		end--
	}
	return word[:end]
}

// termsOf works out the search index's rows for entries of body b beside the one who writes their other rows. Only one
// call is under way in a transaction at a time.
func (w *writer) termsOf(b int64, rows []ledger.Derived) <-chan []any {
	out := make(chan []any, 1)
	go func() {
		var args []any
		for _, r := range rows {
			if t := w.termer.terms(r.Search) + w.termer.names(r.Names); t != "" {
				args = append(args, b<<nBits|r.N, t)
			}
		}
		out <- args
	}()
	return out
}

// queuedRows is how many rows of the search index are written together, by one statement. SQLite's FTS5 writes out what it
// holds in memory whenever a statement on any table opens a savepoint, and its own do, so that few rows at a time would make
// many small pieces.
const queuedRows = 4096

func (w *writer) queueTerms(args []any) error {
	if w.queued = append(w.queued, args...); len(w.queued) < 2*queuedRows {
		return nil
	}
	return w.writeTerms()
}

// writeTerms writes what is queued. It must run before the search index is read or deleted from, and before the commit.
func (w *writer) writeTerms() error {
	args := w.queued
	w.queued = w.queued[:0]
	if len(args) == 0 {
		return nil
	}
	return w.insertTerms(w.ctx, args)
}

// wordsOf gives the words of a text that are searched for.
func wordsOf(text string) (words []string) {
	for _, w := range lang.Words(text) {
		if !lang.IsFunctionWord(w) {
			words = append(words, cut(w))
		}
	}
	return words
}

// Search finds a word by its stem or as the beginning of a word. Words that only join others are not searched for, unless
// there are no others.
func (v *view) Search(ctx context.Context, slug string, n int64, text string) ([][]int64, error) {
	lo, hi, err := v.span(ctx, slug, 1, n)
	if err != nil {
		return nil, err
	}
	words := wordsOf(text)
	out := make([][]int64, len(words))
	for i, word := range words {
		err := v.find(ctx, word, stemMark+lang.Stem(word), lo, hi, func(id int64) { out[i] = append(out[i], id&nMask) })
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
