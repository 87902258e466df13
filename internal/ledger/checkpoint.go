package ledger

import (
	"context"

	"golang.org/x/mod/sumdb/tlog"

	"perechen/internal/proof"
)

// Checkpoint returns the signed checkpoint of the log at entry n (0: the newest). Its time is the recorded time of entry
// n, so the same n always gives the same text.
func (l *Ledger) Checkpoint(ctx context.Context, slug string, n int64) (string, error) {
	var signed string
	err := l.store.View(ctx, func(v View) error {
		h, err := v.Head(ctx, slug)
		if err != nil {
			return err
		}
		switch {
		case n < 0 || n > h.N:
			return notFound("В журнале «%s» нет записи %d: последняя — %d.", slug, n, h.N)
		case h.N == 0:
			return refused("Журнал «%s» пуст.", slug)
		case n == 0 || n == h.N:
			signed = h.Signed
			return nil
		}
		leaf, err := recordAt(ctx, v, slug, n)
		if err != nil {
			return err
		}
		root, err := tlog.TreeHash(n, nodeReader(ctx, v, slug))
		if err != nil {
			return err
		}
		signed, err = proof.Checkpoint{Origin: slug, Size: n, Root: root, Time: leaf.Time}.Sign(l.key)
		return err
	})
	return signed, wrap(err, "ledger: checkpoint of %s at %d", slug, n)
}
