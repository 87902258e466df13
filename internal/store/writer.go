package store

import (
	"context"

	"perechen/internal/ledger"
)

// A writer reads and writes in one transaction.
//
// Statements inside it run without the caller's context: a context that can be cancelled costs the driver a goroutine
// for each statement. The transaction itself is bound to the context (BeginTx), and package ledger looks at it between
// chunks.
type writer struct {
	view
	termer termer

	queued []any    // rows of the search index still to be written: rowid, terms
	args   [2][]any // scratch
	erased bool     // something must not stay readable in the files after the commit
}

// exec runs a statement.
func (w *writer) exec(query string, args ...any) error {
	s, err := w.prepared(context.Background(), query)
	if err != nil {
		return err
	}
	_, err = s.Exec(args...)
	return err
}

// rowBlocks are how many rows one INSERT carries when there are that many.
var rowBlocks = []int{256, 32}

// insert adds rows of the given number of columns, args row after row.
func (w *writer) insert(into string, columns int, args []any) error {
	return w.insertBlocks(into, columns, args, rowBlocks)
}

func (w *writer) insertBlocks(into string, columns int, args []any, blocks []int) error {
	for len(args) > 0 {
		n := 1
		for _, b := range blocks {
			if len(args) >= b*columns {
				n = b
				break
			}
		}
		if err := w.exec(values(into, columns, n), args[:n*columns]...); err != nil {
			return err
		}
		args = args[n*columns:]
	}
	return nil
}

func (w *writer) Lock(ctx context.Context, slug string) (ledger.Head, error) {
	return w.Head(ctx, slug) // the transaction began with the lock of the whole file
}

func (w *writer) CreateBody(ctx context.Context, slug string) (bool, error) {
	r, err := w.tx.ExecContext(ctx, `INSERT INTO body (id, slug) SELECT coalesce(max(id), 0) + 1, $1 FROM body WHERE true ON CONFLICT (slug) DO NOTHING`, slug)
	if err != nil {
		return false, err
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		return false, err
	}
	b, err := w.body(ctx, slug)
	if err != nil {
		return false, err
	}
	return true, w.setHead(b, ledger.Head{})
}

func (w *writer) Insert(ctx context.Context, slug string, rows []ledger.Evidence) error {
	b, err := w.body(ctx, slug)
	if err != nil {
		return err
	}
	entries, contents := w.args[0][:0], w.args[1][:0]
	for _, r := range rows {
		id := b<<nBits | r.N
		entries = append(entries, id, r.Leaf)
		if r.Salt != nil {
			contents = append(contents, id, r.Salt, r.Content)
		}
	}
	w.args = [2][]any{entries, contents}
	if err := w.insert("entry (id, leaf)", 2, entries); err != nil {
		return err
	}
	return w.insert("content (id, salt, content)", 3, contents)
}

func (w *writer) Derive(ctx context.Context, slug string, rows []ledger.Derived) error {
	b, err := w.body(ctx, slug)
	if err != nil {
		return err
	}
	terms := w.termsOf(b, rows)
	nodes, versions := w.args[0][:0], w.args[1][:0]
	opened := make(map[int64]int, len(rows)) // place in versions of what these rows opened
	for _, r := range rows {
		id := b<<nBits | r.N
		nodes = append(nodes, id, r.Nodes)
		if r.Closes != 0 {
			if at, ok := opened[r.Closes]; ok {
				versions[at+4] = r.N
			} else if err := w.exec(`UPDATE version SET until = $1 WHERE id = $2`, r.N, b<<nBits|r.Closes); err != nil {
				return err
			}
		}
		if r.Opens {
			opened[r.N] = len(versions)
			versions = append(versions, id, b, string(r.Kind), r.Key, int64(ledger.Forever))
		}
	}
	w.args = [2][]any{nodes, versions}
	if err := w.insert("node (id, hashes)", 2, nodes); err != nil {
		return err
	}
	if err := w.insert("version (id, body, kind, key, until)", 5, versions); err != nil {
		return err
	}
	return w.queueTerms(<-terms)
}

func (w *writer) SetHead(ctx context.Context, slug string, h ledger.Head) error {
	b, err := w.body(ctx, slug)
	if err != nil {
		return err
	}
	return w.setHead(b, h)
}

func (w *writer) setHead(body int64, h ledger.Head) error {
	var micro int64
	if !h.Time.IsZero() {
		micro = h.Time.UnixMicro()
	}
	return w.exec(`INSERT INTO head (body, n, time, root, signed, erasures) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (body) DO UPDATE SET n = excluded.n, time = excluded.time, root = excluded.root, signed = excluded.signed, erasures = excluded.erasures`,
		body, h.N, micro, h.Root[:], h.Signed, h.Erasures)
}

func (w *writer) Erase(ctx context.Context, slug string, n int64) error {
	b, err := w.body(ctx, slug)
	if err != nil {
		return err
	}
	if err := w.writeTerms(); err != nil {
		return err
	}
	if err := w.exec(`DELETE FROM content WHERE id = $1`, b<<nBits|n); err != nil {
		return err
	}
	if err := w.exec(`DELETE FROM search WHERE rowid = $1`, b<<nBits|n); err != nil {
		return err
	}
	w.erased = true
	return w.forgetWords()
}

func (w *writer) Reset(ctx context.Context, slug string) error {
	lo, hi, err := w.span(ctx, slug, 0, nMask)
	if err != nil {
		return err
	}
	if err := w.writeTerms(); err != nil {
		return err
	}
	for _, q := range []string{
		`DELETE FROM search WHERE rowid BETWEEN $1 AND $2`,
		`DELETE FROM version WHERE id BETWEEN $1 AND $2`,
		`DELETE FROM node WHERE id BETWEEN $1 AND $2`,
	} {
		if err := w.exec(q, lo, hi); err != nil {
			return err
		}
	}
	return w.forgetWords()
}
