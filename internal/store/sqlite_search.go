package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/register"
)

var termBlocks = []int{queuedRows, 256, 32}

func (s *sqliteSession) insertTerms(ctx context.Context, args []any) error {
	rows := slices.Clone(args)
	for i := 0; i < len(rows); i += 2 {
		id, _ := rows[i].(int64)
		terms, _ := rows[i+1].(string)
		mark, b := bodyMark(id), strings.Builder{}
		for term := range strings.FieldsSeq(terms) {
			markTerm(&b, mark, bodyEnd, term)
		}
		rows[i+1] = b.String()
	}
	return s.insertBlocks(ctx, "search (rowid, terms)", 2, rows, termBlocks)
}

func (s *sqliteSession) deleteTerms(ctx context.Context, lo, hi int64) error {
	_, err := s.run(ctx, `DELETE FROM search WHERE rowid BETWEEN $1 AND $2`, lo, hi)
	return err
}

// forgetWords makes the search index anew: FTS5 only marks the words of deleted rows as deleted.
func (s *sqliteSession) forgetWords(ctx context.Context) error {
	_, err := s.run(ctx, `INSERT INTO search (search) VALUES ('optimize')`)
	return err
}

func (s *sqliteSession) find(ctx context.Context, word, stem string, lo, hi int64, visit func(id int64)) error {
	v, mark := &view{session: s}, bodyMark(lo)
	return v.each(ctx, func(rows *sql.Rows) error {
		var id int64
		err := scan(ctx, rows, &id)
		visit(id)
		return err
	}, `SELECT rowid FROM search WHERE search MATCH $1 AND rowid BETWEEN $2 AND $3 ORDER BY rowid`, `"`+mark+word+`"* OR "`+mark+stem+`"`, lo, hi)
}

func (s *sqliteSession) named(ctx context.Context, words []string, kind register.Kind, limit int, visit func(id int64)) error {
	v, all := &view{session: s}, make([]string, len(words))
	for i, w := range words {
		all[i] = `("` + bodyEnd + w + `"* OR "` + bodyEnd + stemMark + lang.Stem(w) + `")`
	}
	return v.each(ctx, func(rows *sql.Rows) error {
		var id int64
		err := scan(ctx, rows, &id)
		visit(id)
		return err
	}, `SELECT v.id FROM search JOIN version v ON v.id = search.rowid
		WHERE search MATCH $1 AND v.kind = $2 AND v.until = $3 LIMIT $4`, strings.Join(all, " AND "), string(kind), int64(ledger.Forever), limit)
}

// reindex makes the search index of a file that an older program has written (see migrations): the marks of bodies were not
// in it. The file says by its user_version that this is to be done, so that an interruption leaves it to the next opening.
func (f *sqliteFile) reindex(ctx context.Context) error {
	var wanted int
	if err := f.read.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&wanted); err != nil || wanted == 0 {
		return err
	}
	return f.update(ctx, func(w *writer) error {
		last := int64(0)
		if _, err := w.run(ctx, `INSERT INTO search (search) VALUES ('delete-all')`); err != nil {
			return err
		}
		for {
			// Some at a time: the one connection that writes is the one that reads.
			var args []any
			n := 0
			err := w.each(ctx, func(rows *sql.Rows) error {
				var kind string
				var content []byte
				if err := rows.Scan(&last, &kind, &content); err != nil {
					return err
				}
				n++
				text, names, err := ledger.SearchText(register.Kind(kind), content)
				if terms := w.termer.terms(text) + w.termer.names(names); terms != "" {
					args = append(args, last, terms)
				}
				return err
			}, `SELECT v.id, v.kind, c.content FROM version v JOIN content c ON c.id = v.id WHERE v.id > $1 ORDER BY v.id LIMIT $2`, last, queuedRows)
			if err != nil {
				return err
			}
			if err := w.queueTerms(args); err != nil {
				return err
			}
			if n < queuedRows {
				break
			}
		}
		if err := w.writeTerms(); err != nil {
			return err
		}
		_, err := w.run(ctx, `PRAGMA user_version = 0`)
		return err
	})
}
