package ledger

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"perechen/internal/proof"
)

// KeepCheckpoint keeps the checkpoint of the newest entry, once it has moved since the last one that was kept; it tells
// whether there was something to keep. Before that it holds the log against the last one, by the hashes of the tree alone:
// CodeDamaged when the log does not contain what it was then, so that a cut end is found soon and not by the next Verify.
func (l *Ledger) KeepCheckpoint(ctx context.Context, slug string) (kept bool, err error) {
	err = l.store.View(ctx, func(v View) error {
		kept, err = l.unkept(ctx, v, slug)
		return err
	})
	if err != nil || !kept {
		return false, wrap(err, "ledger: keep a checkpoint of %s", slug)
	}
	err = l.store.Update(ctx, func(tx Tx) error {
		h, err := tx.Head(ctx, slug)
		if err != nil {
			return err
		}
		return tx.Keep(ctx, slug, Kept{N: h.N, At: l.now(), Signed: h.Signed})
	})
	return err == nil, wrap(err, "ledger: keep a checkpoint of %s", slug)
}

// unkept tells whether the head has moved since the last checkpoint that was kept, and that it has only grown.
func (l *Ledger) unkept(ctx context.Context, v View, slug string) (bool, error) {
	h, err := v.Head(ctx, slug)
	if err != nil {
		return false, err
	}
	k, ok, err := v.KeptLast(ctx, slug)
	if err != nil || !ok {
		return h.N > 0, err
	}
	cp, err := l.openKept(slug, k)
	switch {
	case err != nil:
		return false, err
	case k.N > h.N:
		return false, damaged("Конец журнала «%s» отрезан: записей %d, а сохранённый отпечаток от %s подтверждает %d. Выполните perechen verify.", slug, h.N, cp.Time.Format("02.01.2006"), k.N)
	}
	root := h.Root
	if k.N < h.N {
		if root, err = tlog.TreeHash(k.N, nodeReader(ctx, v, slug)); err != nil {
			return false, err
		}
	}
	if root != cp.Root {
		return false, damaged("Журнал «%s» переписан: его первые %d записей не те, что подтверждает сохранённый отпечаток. Выполните perechen verify.", slug, k.N)
	}
	return k.N < h.N, nil
}

// ToKeep tells whether the log of some body has moved since its last checkpoint was kept. It costs what has moved since it
// was asked last.
func (l *Ledger) ToKeep(ctx context.Context) (due bool, err error) {
	waiting, err := l.keeping.Waiting(ctx)
	if err != nil || len(waiting) == 0 {
		return false, err
	}
	err = l.store.View(ctx, func(v View) error {
		for _, x := range waiting {
			k, _, err := v.KeptLast(ctx, x.Slug)
			if due = k.N != x.N; due || err != nil {
				return err
			}
			l.keeping.Done(x)
		}
		return nil
	})
	return due, wrap(err, "ledger: checkpoints to keep")
}

// KeepCheckpoints is KeepCheckpoint for every body; it tells of how many. What is wrong with one does not keep it from the
// others.
func (l *Ledger) KeepCheckpoints(ctx context.Context) (kept int, err error) {
	slugs, err := l.Slugs(ctx)
	if err != nil {
		return 0, err
	}
	var errs []error
	for _, slug := range slugs {
		ok, err := l.KeepCheckpoint(ctx, slug)
		if ok {
			kept++
		}
		errs = append(errs, err)
		if ctx.Err() != nil {
			break
		}
	}
	return kept, errors.Join(errs...)
}

// Kept lists the checkpoints that were kept of a log, the newest entry first, from the given place on, and how many there
// are in all.
func (l *Ledger) Kept(ctx context.Context, slug string, offset, limit int) (some []Kept, total int, err error) {
	err = l.store.View(ctx, func(v View) error {
		some, total = nil, 0
		var all []Kept
		err := v.Kept(ctx, slug, 0, func(k Kept) error {
			all = append(all, k)
			return nil
		})
		total = len(all)
		for i := total - 1 - offset; i >= 0 && len(some) < limit; i-- {
			some = append(some, all[i])
		}
		return err
	})
	return some, total, wrap(err, "ledger: kept checkpoints of %s", slug)
}

// kept reads the checkpoints that were kept of a log.
func (l *Ledger) kept(ctx context.Context, v View, slug string) (all []proof.Checkpoint, err error) {
	err = v.Kept(ctx, slug, 0, func(k Kept) error {
		cp, err := l.openKept(slug, k)
		all = append(all, cp)
		return err
	})
	return all, err
}

func (l *Ledger) openKept(slug string, k Kept) (proof.Checkpoint, error) {
	cp, err := proof.OpenCheckpoint(k.Signed, l.keys)
	if err == nil && (cp.Origin != slug || cp.Size != k.N) {
		err = errors.New("another log's, or of another entry")
	}
	if err != nil {
		return cp, &Error{Code: CodeDamaged, Text: fmt.Sprintf("Сохранённый отпечаток журнала «%s» на записи %d не подтверждается: он изменён или подписан другим ключом.", slug, k.N), Err: err}
	}
	return cp, nil
}
