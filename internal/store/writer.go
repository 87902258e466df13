package store

import (
	"context"

	"perechen/internal/ledger"
)

// A writer reads and writes in one transaction.
//
// Statements inside it run without the caller's context where that context costs the driver a goroutine for each statement
// (SQLite). The transaction itself ends with the context, and package ledger looks at it between chunks.
type writer struct {
	view
	ctx    context.Context //nolint:containedctx // of the transaction that the writer is
	termer termer

	queued  []any    // rows of the search index still to be written: id, terms
	args    [2][]any // scratch
	last    ledger.Evidence
	lastID  int64  // of the newest entry that was inserted, which is last
	moved   string // the body whose head moved
	erased  bool   // something must not stay readable in the files after the commit
	stirred bool   // the same of what clients said
}

// exec runs a statement. On PostgreSQL it may fail only later, with another or with the commit.
func (w *writer) exec(query string, args ...any) error {
	return w.later(w.ctx, query, args...)
}

// put adds rows of the given number of columns, args row after row.
func (w *writer) put(into string, columns int, args []any) error {
	if len(args) == 0 {
		return nil
	}
	return w.insert(w.ctx, into, columns, args)
}

func (w *writer) Lock(ctx context.Context, slug string) (ledger.Head, error) {
	if err := w.lock(ctx, slug); err != nil {
		return ledger.Head{}, err
	}
	return w.head(ctx, slug, w.forUpdate())
}

func (w *writer) CreateBody(ctx context.Context, slug string) (bool, error) {
	if err := w.lock(ctx, slug); err != nil {
		return false, err
	}
	n, err := w.run(ctx, `INSERT INTO body (id, slug) SELECT coalesce(max(id), 0) + 1, $1 FROM body WHERE true ON CONFLICT (slug) DO NOTHING`, slug)
	if err != nil || n == 0 {
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
		w.lastID, w.last = id, r
		entries = append(entries, id, r.Leaf)
		if r.Salt != nil {
			contents = append(contents, id, r.Salt, r.Content)
		}
	}
	w.args = [2][]any{entries, contents}
	if err := w.put("entry (id, leaf)", 2, entries); err != nil {
		return err
	}
	return w.put("content (id, salt, content)", 3, contents)
}

func (w *writer) Derive(ctx context.Context, slug string, rows []ledger.Derived) error {
	b, err := w.body(ctx, slug)
	if err != nil {
		return err
	}
	terms := w.termsOf(b, rows)
	nodes, versions := w.args[0][:0], w.args[1][:0]
	var closed []any
	opened := make(map[int64]int, len(rows)) // place in versions of what these rows opened
	for _, r := range rows {
		id := b<<nBits | r.N
		nodes = append(nodes, id, r.Nodes)
		if r.Closes != 0 {
			if at, ok := opened[r.Closes]; ok {
				versions[at+4] = r.N
			} else {
				closed = append(closed, r.N, b<<nBits|r.Closes)
			}
		}
		if r.Opens {
			opened[r.N] = len(versions)
			versions = append(versions, id, b, string(r.Kind), r.Key, int64(ledger.Forever))
		}
	}
	w.args = [2][]any{nodes, versions}
	if err := w.put("node (id, hashes)", 2, nodes); err != nil {
		return err
	}
	if len(closed) > 0 {
		if err := w.closeVersions(w.ctx, closed); err != nil {
			return err
		}
	}
	if err := w.put("version (id, body, kind, key, until)", 5, versions); err != nil {
		return err
	}
	return w.queueTerms(<-terms)
}

func (w *writer) SetHead(ctx context.Context, slug string, h ledger.Head) error {
	b, err := w.body(ctx, slug)
	if err != nil {
		return err
	}
	w.moved = slug
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
	for _, q := range []struct {
		text string
		of   int64
	}{{`DELETE FROM content WHERE id = $1`, b<<nBits | n}, {`DELETE FROM front WHERE body = $1`, b}} {
		if err := w.exec(q.text, q.of); err != nil {
			return err
		}
	}
	if err := w.deleteTerms(ctx, b<<nBits|n, b<<nBits|n); err != nil {
		return err
	}
	w.erased = true
	return w.forgetWords(ctx)
}

func (w *writer) Reset(ctx context.Context, slug string) error {
	lo, hi, err := w.span(ctx, slug, 0, nMask)
	if err != nil {
		return err
	}
	if err := w.writeTerms(); err != nil {
		return err
	}
	if err := w.deleteTerms(ctx, lo, hi); err != nil {
		return err
	}
	for _, q := range []string{
		`DELETE FROM version WHERE id BETWEEN $1 AND $2`,
		`DELETE FROM node WHERE id BETWEEN $1 AND $2`,
	} {
		if err := w.exec(q, lo, hi); err != nil {
			return err
		}
	}
	return w.forgetWords(ctx)
}
