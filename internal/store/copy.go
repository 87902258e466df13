package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"perechen/internal/ledger"
)

// copyBlock is how many rows are written together; fewer where they are long.
const (
	copyBlock = 2000
	copyBytes = 8 << 20
)

// Empty tells whether nothing was ever kept here.
func (s *Store) Empty(ctx context.Context) (empty bool, err error) {
	err = s.view(ctx, func(v *view) error {
		empty, err = v.empty(ctx)
		return err
	})
	return empty, err
}

func (v *view) empty(ctx context.Context) (bool, error) {
	for _, t := range slices.Concat(tables, derived) {
		var some bool
		if err := v.row(ctx, `SELECT EXISTS (SELECT 1 FROM `+t+`)`)(&some); err != nil || some {
			return false, err
		}
	}
	return true, nil
}

// CopyTo copies everything but sessions into an empty store, in one transaction: to ends up whole or as it was. What is
// derived is made by derive, which is called for each body, and fails when the log does not lead to its signed checkpoint;
// then the heads are held against those of s. CodeRefused when to is not empty, or when somebody has written to s meanwhile.
// progress is told how many rows are done, and may be nil.
func (s *Store) CopyTo(ctx context.Context, to *Store, derive Derive, progress func(done, total int64)) error {
	return s.copyTo(ctx, to, derive, progress, false)
}

// Derive makes what is derived from a body's log, as ledger.RebuildIn does.
type Derive func(ctx context.Context, tx ledger.Tx, slug string) error

// copyTo is CopyTo; online, what is written to s meanwhile is no obstacle.
func (s *Store) copyTo(ctx context.Context, to *Store, derive Derive, progress func(done, total int64), online bool) error {
	return s.view(ctx, func(v *view) error {
		var total int64
		for _, t := range tables {
			var n int64
			if err := v.row(ctx, `SELECT count(*) FROM `+t)(&n); err != nil {
				return err
			}
			total += n
		}
		slugs, err := v.Bodies(ctx)
		if err != nil {
			return err
		}
		return to.update(ctx, func(w *writer) error {
			if err := w.lock(ctx, "-"); err != nil {
				return err
			}
			if empty, err := w.empty(ctx); err != nil {
				return err
			} else if !empty {
				return &ledger.Error{Code: ledger.CodeRefused, Text: "Копировать можно только в пустую установку, а в этой уже есть данные. Ничего не изменено."}
			}
			var done int64
			for _, t := range tables {
				err := copyTable(ctx, v, w, t, func(n int) {
					done += int64(n)
					if progress != nil {
						progress(done, total)
					}
				})
				if err != nil {
					return err
				}
			}
			if err := w.renumber(ctx); err != nil {
				return err
			}
			for _, slug := range slugs {
				if err := derive(ctx, w, slug); err != nil {
					return err
				}
				if err := s.sameHead(ctx, v, w, slug, online); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// sameHead holds the head that was copied, and made again from the log, against the one it was copied from, and that
// against what the store holds now.
func (s *Store) sameHead(ctx context.Context, v *view, w *writer, slug string, online bool) error {
	before, err := v.Head(ctx, slug)
	if err != nil {
		return err
	}
	after, err := w.Head(ctx, slug)
	if err != nil {
		return err
	}
	if before != after {
		return &ledger.Error{Code: ledger.CodeDamaged, Text: fmt.Sprintf("Журнал «%s» после копирования не сходится с исходным. Ничего не скопировано.", slug)}
	}
	if online {
		return nil
	}
	var now ledger.Head
	err = s.view(ctx, func(v *view) (err error) {
		now, err = v.Head(ctx, slug)
		return err
	})
	if err == nil && now != before {
		err = &ledger.Error{Code: ledger.CodeRefused, Text: fmt.Sprintf("Пока шло копирование, в журнал «%s» внесены записи. Ничего не скопировано: остановите программу, которая в него пишет, и повторите.", slug)}
	}
	return err
}

// copyTable copies the rows of one table.
func copyTable(ctx context.Context, v *view, w *writer, table string, progress func(rows int)) error {
	var columns []string
	var block []any
	size := 0
	flush := func() error {
		if len(block) == 0 {
			return nil
		}
		n := len(block) / len(columns)
		err := w.insert(ctx, table+" ("+strings.Join(columns, ", ")+")", len(columns), block)
		block, size = block[:0], 0
		progress(n)
		return err
	}
	err := v.each(ctx, func(rows *sql.Rows) (err error) {
		if columns == nil {
			if columns, err = rows.Columns(); err != nil {
				return err
			}
		}
		row := make([]any, len(columns))
		into := make([]any, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := scan(ctx, rows, into...); err != nil {
			return err
		}
		for i, x := range row {
			switch x := x.(type) {
			case []byte:
				if size += len(x); x == nil {
					row[i] = []byte{} // an empty value, not an absent one
				}
			case string:
				size += len(x)
			}
		}
		block = append(block, row...)
		if len(block) >= copyBlock*len(columns) || size >= copyBytes {
			return flush()
		}
		return ctx.Err()
	}, `SELECT * FROM `+table)
	if err != nil {
		return err
	}
	return flush()
}
