package ledger

import (
	"context"
	"iter"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"perechen/internal/proof"
	"perechen/internal/register"
)

// A writer adds entries to one log inside one transaction.
type writer struct {
	slug     string
	tx       Tx
	key      *proof.Key
	trees    *trees
	head     Head // before
	n        int64
	erasures int64
	time     time.Time
	tree     *proof.Tree
	ground   register.Ground
	actor    string
	progress func(done, total int)

	index     index
	evidence  []Evidence
	derived   []Derived
	hashes    []tlog.Hash // scratch
	unchanged []Ref
	usages    map[string]uses  // usages that refer to what is not in the register, by key: it may come later in the batch
	excluded  map[subject]bool // processes and touchpoints excluded
	body      bool             // the organisation or its procedure is among the changes
}

func (l *Ledger) newWriter(slug string, tx Tx, h Head, g register.Ground, actor string) *writer {
	now := l.now().UTC().Truncate(time.Microsecond)
	if now.Before(h.Time) {
		now = h.Time // recorded time never goes back, whatever the clock says
	}
	return &writer{
		slug: slug, tx: tx, key: l.key, trees: l.trees, head: h, n: h.N, erasures: h.Erasures, time: now, ground: g, actor: actor,
		index: index{slug: slug, tx: tx}, usages: map[string]uses{}, excluded: map[subject]bool{},
	}
}

// write adds an entry for each change that changes something.
func (w *writer) write(ctx context.Context, changes []register.Change) error {
	if err := w.openTree(ctx); err != nil {
		return err
	}
	if len(changes) > wholeIndex && int64(len(changes)) > w.head.N/wholeRatio {
		if err := w.index.loadAll(ctx, w.head.N, len(changes)); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // ends the preparation when this returns early
	done := 0
	for b := range w.judgeAll(ctx, changes) {
		if b.err != nil {
			return b.err
		}
		if err := w.put(ctx, b.evidence, b.derived); err != nil {
			return err
		}
		done += b.changes
		if w.progress != nil {
			w.progress(done, len(changes))
		}
	}
	return ctx.Err()
}

// A judged is a run of changes judged: its entries, encoded, up to the first change that err refuses.
type judged struct {
	evidence []Evidence
	derived  []Derived
	changes  int
	err      error
}

// judgeAll judges changes in order, chunk by chunk; where the index is whole and the store need not be asked, ahead of the
// one who writes them.
func (w *writer) judgeAll(ctx context.Context, changes []register.Change) iter.Seq[judged] {
	parts := prepareAll(ctx, changes)
	judge := func(part preparedPart) (j judged) {
		for i, p := range part.prepared {
			if j.err = w.one(ctx, changes[i], p); j.err != nil {
				return j
			}
		}
		j = judged{w.evidence, w.derived, len(part.prepared), part.err}
		w.evidence, w.derived = make([]Evidence, 0, min(chunk, len(changes))), make([]Derived, 0, min(chunk, len(changes)))
		changes = changes[j.changes:]
		return j
	}
	if !w.index.whole || len(changes) <= chunk {
		return func(yield func(judged) bool) {
			for part := range parts {
				if !yield(judge(part)) {
					return
				}
			}
		}
	}
	ahead := make(chan judged, 2)
	go func() {
		defer close(ahead)
		for part := range parts {
			j := judge(part)
			select {
			case ahead <- j:
			case <-ctx.Done():
				return
			}
			if j.err != nil {
				return
			}
		}
	}()
	return func(yield func(judged) bool) {
		for j := range ahead {
			if !yield(j) {
				return
			}
		}
	}
}

func (w *writer) openTree(ctx context.Context) (err error) {
	if w.tree != nil {
		return nil
	}
	if w.tree = w.trees.at(w.slug, w.head); w.tree != nil {
		return nil
	}
	w.tree, err = proof.NewTree(w.head.N, nodeReader(ctx, w.tx, w.slug))
	if err != nil {
		return err
	}
	if w.head.N > 0 && w.tree.Root() != w.head.Root {
		return damaged("Журнал «%s» повреждён: его дерево не сходится с подписанным итогом. Запись остановлена, выполните проверку журнала.", w.slug)
	}
	return nil
}

// one judges a change by the register and queues its entry.
func (w *writer) one(ctx context.Context, c register.Change, p prepared) error {
	s := subject{c.Kind, c.Key}
	cur, err := w.index.find(ctx, s)
	if err != nil {
		return err
	}
	d := Derived{N: w.n + 1, Kind: c.Kind, Key: c.Key, Opens: c.Op != register.Exclude, Closes: cur.n, Search: p.noun.search, Names: p.noun.names}
	next := entryRef{n: d.N, live: d.Opens}
	switch c.Op {
	case register.Include:
		if cur.live {
			return refused("%s «%s» уже есть в перечне: включить можно то, чего в нём нет.", capital(titles[c.Kind]), c.Key)
		}
	default:
		if !cur.live {
			return refused("%s «%s» в перечне нет: изменить или исключить нечего.", capital(titles[c.Kind]), c.Key)
		}
		if c.Op == register.Exclude {
			next.n = 0
		}
	}
	if d.Opens {
		next.sum = sumOf(p.content)
		if cur.live && next.sum == cur.sum {
			w.unchanged = append(w.unchanged, Ref{s.kind, s.key})
			return nil
		}
	}
	w.index.set(s, next)
	switch c.Kind {
	case register.KindUsage:
		if err := w.uses(ctx, c.Key, p.noun, d.Opens); err != nil {
			return err
		}
	case register.KindProcess, register.KindTouchpoint:
		if d.Opens {
			delete(w.excluded, s)
		} else {
			w.excluded[s] = true
		}
	case register.KindOrganisation, register.KindProcedure:
		w.body = true
	case register.KindErasure:
		w.erasures++
	}
	return w.entry(c.Kind, c.Key, c.Op, p, d)
}

// entry queues one entry with what follows from it.
func (w *writer) entry(kind register.Kind, key string, op register.Op, p prepared, d Derived) error {
	w.n++
	leaf := proof.Leaf{Body: w.slug, N: w.n, Time: w.time, Kind: kind, Key: key, Op: op, Ground: w.ground, Actor: w.actor, Commit: p.commit}
	raw, err := leaf.Encode()
	if err != nil {
		return &Error{Code: CodeInvalid, Text: "Запись журнала не составляется: недопустимые знаки.", Err: err}
	}
	w.hashes = w.tree.Append(proof.RecordHash(raw), w.hashes[:0])
	d.Nodes = packNodes(w.hashes)
	w.evidence = append(w.evidence, Evidence{N: w.n, Leaf: raw, Salt: p.salt[:], Content: p.content})
	w.derived = append(w.derived, d)
	return nil
}

// flush hands what is queued to the store.
func (w *writer) flush(ctx context.Context) error {
	if err := w.put(ctx, w.evidence, w.derived); err != nil {
		return err
	}
	w.evidence, w.derived = w.evidence[:0], w.derived[:0]
	return nil
}

func (w *writer) put(ctx context.Context, evidence []Evidence, derived []Derived) error {
	if err := ctx.Err(); err != nil || len(evidence) == 0 {
		return err
	}
	if err := w.tx.Insert(ctx, w.slug, evidence); err != nil {
		return err
	}
	return w.tx.Derive(ctx, w.slug, derived)
}

// finish moves the head and signs it.
func (w *writer) finish(ctx context.Context) (Receipt, error) {
	r := Receipt{Head: w.head, Unchanged: w.unchanged}
	if w.n == w.head.N {
		return r, nil
	}
	if err := w.flush(ctx); err != nil {
		return r, err
	}
	h := Head{N: w.n, Time: w.time, Root: w.tree.Root(), Erasures: w.erasures}
	signed, err := proof.Checkpoint{Origin: w.slug, Size: h.N, Root: h.Root, Time: h.Time}.Sign(w.key)
	if err != nil {
		return r, err
	}
	h.Signed = signed
	w.trees.keep(w.slug, w.tree)
	if err := w.tx.SetHead(ctx, w.slug, h); err != nil {
		return r, err
	}
	r.From, r.To, r.Head = w.head.N+1, w.n, h
	return r, nil
}
