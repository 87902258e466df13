package ledger

import (
	"context"

	"perechen/internal/proof"
	"perechen/internal/register"
)

// Rebuild makes everything that is derived from the log anew: stored hashes, versions, search index, head. The signed
// checkpoint is evidence and stays; if the log does not lead to it, Rebuild changes nothing and returns CodeDamaged.
func (l *Ledger) Rebuild(ctx context.Context, slug string) error {
	err := l.store.Update(ctx, func(tx Tx) error { return l.RebuildIn(ctx, tx, slug) })
	return wrap(err, "ledger: rebuild %s", slug)
}

// RebuildIn is Rebuild inside a transaction.
func (l *Ledger) RebuildIn(ctx context.Context, tx Tx, slug string) error {
	h, err := tx.Lock(ctx, slug)
	if err != nil {
		return err
	}
	if err := tx.Reset(ctx, slug); err != nil {
		return err
	}
	a := proof.NewAudit(slug, nil)
	live := map[subject]int64{}
	head := Head{Signed: h.Signed}
	var tree proof.Tree
	for from := int64(1); ; from += chunk {
		rows := make([]Derived, 0, chunk)
		err := tx.Records(ctx, slug, from, from+chunk-1, func(r Record) error {
			c := proof.CheckEntry(slug, r.N, r.Leaf, r.Salt, r.Content)
			if !a.Add(c, nil) {
				return damaged("Журнал не восстановлен, ничего не изменено. %s", a.Fail(0, "").Text)
			}
			d, err := derive(c, r.Content, live)
			if err != nil {
				return err
			}
			d.Nodes = packNodes(tree.Append(c.Hash, nil))
			rows = append(rows, d)
			head.N, head.Time = c.N, c.Leaf.Time
			if c.Leaf.Kind == register.KindErasure {
				head.Erasures++
			}
			return ctx.Err()
		})
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			break
		}
		if err := tx.Derive(ctx, slug, rows); err != nil {
			return err
		}
	}
	if head.N == 0 {
		return damaged("Журнал «%s» пуст: восстанавливать не из чего.", slug)
	}
	if v := a.Finish(h.Signed, l.keys, nil); !v.OK {
		return damaged("Журнал не восстановлен, ничего не изменено. %s", v.Text)
	}
	head.Root = tree.Root()
	return tx.SetHead(ctx, slug, head)
}

// derive says what follows from one entry, as writer.one does when it is written.
func derive(c proof.Checked, content []byte, live map[subject]int64) (Derived, error) {
	s := subject{c.Leaf.Kind, c.Leaf.Key}
	d := Derived{N: c.N, Kind: s.kind, Key: s.key, Opens: c.Leaf.Op != register.Exclude, Closes: live[s]}
	if !d.Opens {
		delete(live, s)
		return d, nil
	}
	live[s] = c.N
	if c.Erased {
		return d, nil
	}
	n, err := readNoun(s.kind, content, false)
	d.Search, d.Names = n.search, n.names
	return d, err
}
