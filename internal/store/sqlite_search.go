package store

import (
	"context"
	"database/sql"
)

var termBlocks = []int{queuedRows, 256, 32}

func (s *sqliteSession) insertTerms(ctx context.Context, args []any) error {
	return s.insertBlocks(ctx, "search (rowid, terms)", 2, args, termBlocks)
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
	v := &view{session: s}
	return v.each(ctx, func(rows *sql.Rows) error {
		var id int64
		err := scan(ctx, rows, &id)
		visit(id)
		return err
	}, `SELECT rowid FROM search WHERE search MATCH $1 AND rowid BETWEEN $2 AND $3 ORDER BY rowid`, `"`+word+`"* OR "`+stem+`"`, lo, hi)
}
