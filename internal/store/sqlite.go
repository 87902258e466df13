package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// values writes «INSERT OR FAIL INTO into VALUES (?,?),(?,?)». The places are not numbered: SQLite takes $1 for a name, and
// the driver's search among the names of a long statement costs more than writing the rows. OR FAIL spares the journal by
// which SQLite could undo one statement of several rows: whatever fails here, the whole transaction is given up.
func values(into string, columns, rows int) string {
	row := "(" + places(columns) + ")"
	return "INSERT OR FAIL INTO " + into + " VALUES " + strings.Repeat(row+",", rows-1) + row
}

// places writes «?,?,?».
func places(n int) string { return strings.Repeat("?,", n-1) + "?" }

// Sound runs SQLite's own check of its trees and indexes.
func (v *view) Sound(ctx context.Context) (string, error) {
	// FTS5 keeps in each connection what it last knew of the index's pieces, and its check trusts that although another
	// connection may have written since; a query makes it look again.
	if err := v.each(ctx, func(*sql.Rows) error { return nil }, `SELECT rowid FROM search WHERE search MATCH '"x"' LIMIT 1`); err != nil {
		return "", err
	}
	text := ""
	err := v.each(ctx, func(rows *sql.Rows) error {
		var s string
		if err := scan(ctx, rows, &s); err != nil {
			return err
		}
		if s != "ok" {
			s = strings.Join(strings.Fields(s), " ")
			text = fmt.Sprintf("Записи журнала целы, но файл базы данных повреждён. Выполните perechen rebuild; если не поможет, восстановите файл из резервной копии. (SQLite: %s)", s[:min(len(s), 200)])
		}
		return nil
	}, `PRAGMA integrity_check(1)`)
	return text, err
}

// forgetWords makes the search index anew without the words of deleted rows, which it otherwise only marks as deleted.
func (w *writer) forgetWords() error {
	return w.exec(`INSERT INTO search (search) VALUES ('optimize')`)
}

// scrub empties the write-ahead log, so that what was erased does not stay in it. Deleted rows themselves are overwritten
// (PRAGMA secure_delete). A reader may hold the log; the next writer that finds it free empties it.
func (s *Store) scrub(ctx context.Context) error {
	_, err := s.write.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
	return err
}
