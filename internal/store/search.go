package store

import (
	"context"
	"database/sql"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/ledger"
)

// stemMark stands before a stem in the search index, so that stems and words are told apart. It is a character for
// private use, which the tokenizer takes for part of the word.
const stemMark = "\ue000"

// terms gives the words of a text and their stems as the index holds them: each once, words that only join others left
// out. Whether a text holds a term is all that is ever asked.
func (w *writer) terms(text string) string {
	if text == "" {
		return ""
	}
	var b strings.Builder
	seen := map[string]bool{}
	for _, word := range lang.Words(text) {
		if seen[word] || lang.IsFunctionWord(word) {
			continue
		}
		seen[word] = true
		stem, ok := w.stems[word]
		if !ok {
			stem = lang.Stem(word)
			if len(w.stems) >= stemsKept {
				clear(w.stems)
			}
			if w.stems == nil {
				w.stems = map[string]string{}
			}
			w.stems[word] = stem
		}
		b.WriteString(word)
		b.WriteByte(' ')
		if !seen[stemMark+stem] {
			seen[stemMark+stem] = true
			b.WriteString(stemMark)
			b.WriteString(stem)
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// stemsKept bounds the stems remembered during a transaction: the words of one register repeat.
const stemsKept = 20_000

// termsOf works out the search index's rows for entries of body b beside the one who writes their other rows. Only one
// call is under way in a transaction at a time.
func (w *writer) termsOf(b int64, rows []ledger.Derived) <-chan []any {
	out := make(chan []any, 1)
	go func() {
		var args []any
		for _, r := range rows {
			if t := w.terms(r.Search); t != "" {
				args = append(args, b<<nBits|r.N, t)
			}
		}
		out <- args
	}()
	return out
}

// queuedRows is how many rows of the search index are written together. FTS5 writes out what it holds in memory whenever
// a statement on any table opens a savepoint, so that few rows at a time would make many small pieces.
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
	w.queued = nil
	return w.insert("search (rowid, terms)", 2, args)
}

// Search finds a word by its stem or as the beginning of a word. Words that only join others are not searched for, unless
// there are no others.
func (v *view) Search(ctx context.Context, slug string, n int64, text string) ([][]int64, error) {
	lo, hi, err := v.span(ctx, slug, 1, n)
	if err != nil {
		return nil, err
	}
	var words []string
	for _, w := range lang.Words(text) {
		if !lang.IsFunctionWord(w) {
			words = append(words, w)
		}
	}
	out := make([][]int64, len(words))
	for i, word := range words {
		match := `"` + word + `"* OR "` + stemMark + lang.Stem(word) + `"`
		err := v.each(ctx, func(rows *sql.Rows) error {
			var id int64
			err := scan(ctx, rows, &id)
			out[i] = append(out[i], id&nMask)
			return err
		}, `SELECT rowid FROM search WHERE search MATCH $1 AND rowid BETWEEN $2 AND $3 ORDER BY rowid`, match, lo, hi)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
