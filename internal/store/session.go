package store

import (
	"context"
	"database/sql"
	"errors"

	"perechen/internal/ledger"
	"perechen/internal/register"
)

// An engine is a database that keeps the logs.
type engine interface {
	// view runs fn over one snapshot.
	view(ctx context.Context, fn func(*view) error) error
	// update runs fn in one transaction, and again from the beginning when that conflicts with another or loses its
	// connection before it is committed.
	update(ctx context.Context, fn func(*writer) error) error
}

// A session is one transaction of an engine: what every query goes through, and what the two do differently. The text of
// a query is one that both take; its places are $1…$n or, where their number varies, ? throughout. Errors are sentences
// already.
type session interface {
	// query's rows must be closed before the next query of the session.
	query(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	// run runs a statement and tells how many rows it touched.
	run(ctx context.Context, query string, args ...any) (int64, error)
	// later is run for a statement of which only failure is of interest. It may fail with a later statement, and is done
	// before any query.
	later(ctx context.Context, query string, args ...any) error
	// sentence turns what the driver says into an *ledger.Error that a person can do something about. Other errors pass.
	sentence(err error) error

	// insert adds rows: into is «table (column, …)», args are int64, string, bool, []byte or nil, row after row.
	insert(ctx context.Context, into string, columns int, args []any) error
	// closeVersions ends versions: pairs of until and id.
	closeVersions(ctx context.Context, pairs []any) error
	// among gives «column IN …» for ids, with the arguments that stand for them from place from on.
	among(column string, from int, ids []int64) (condition string, args []any)
	// lock keeps other transactions that lock it from this body's log until this one ends; forUpdate is what a query for
	// its head row says besides. Called before anything is read, the transaction sees all that went before.
	lock(ctx context.Context, slug string) error
	forUpdate() string

	// insertTerms adds rows of the search index: id, terms separated by spaces.
	insertTerms(ctx context.Context, args []any) error
	deleteTerms(ctx context.Context, lo, hi int64) error
	// forgetWords makes the search index hold nothing of deleted rows.
	forgetWords(ctx context.Context) error
	// find visits the rows lo…hi of the search index that hold a word, one that begins with it, or its stem, in order.
	find(ctx context.Context, word, stem string, lo, hi int64, visit func(id int64)) error
	// named visits, in no order, the versions of a kind in force whose terms of names hold every word, one that begins with it, or
	// its stem; no more than limit.
	named(ctx context.Context, words []string, kind register.Kind, limit int, visit func(id int64)) error
	// mark is the mark of what this transaction sees (ledger.Mark); of the heads written since an earlier one, head.moved is
	// greater than its At, and before top.
	mark(ctx context.Context) (m ledger.Mark, top int64, err error)
	// renumber lets the tables that number their rows go on after the greatest number.
	renumber(ctx context.Context) error
	// sound is ledger.View.Sound.
	sound(ctx context.Context) (string, error)
}

var errNested = errors.New("store: a visit function uses the view that is visiting")

// each runs fn for every row of a query. fn must not use the view: PostgreSQL has one conversation in each connection.
func (v *view) each(ctx context.Context, fn func(*sql.Rows) error, query string, args ...any) error {
	if v.visiting {
		return errNested
	}
	rows, err := v.query(ctx, query, args...)
	if err != nil {
		return err
	}
	v.visiting = true
	defer func() {
		v.visiting = false
		rows.Close()
	}()
	for rows.Next() {
		if err := fn(rows); err != nil {
			return err
		}
	}
	return v.sentence(rows.Err())
}

// row runs a query for one row and gives a function that reads it, sql.ErrNoRows when there is none.
func (v *view) row(ctx context.Context, query string, args ...any) func(into ...any) error {
	return func(into ...any) error {
		found := false
		err := v.each(ctx, func(rows *sql.Rows) error {
			found = true
			return rows.Scan(into...)
		}, query, args...)
		if err == nil && !found {
			return sql.ErrNoRows
		}
		return err
	}
}

// scan reads a row. A value that is not of its column's type is damage.
func scan(ctx context.Context, rows *sql.Rows, into ...any) error {
	err := rows.Scan(into...)
	if err != nil && ctx.Err() == nil {
		return &ledger.Error{Code: ledger.CodeDamaged, Text: "База данных повреждена: значение не того вида.", Err: err}
	}
	return err
}
