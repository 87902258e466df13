package ledger

import (
	"context"
	"strconv"

	"perechen/internal/proof"
	"perechen/internal/register"
)

// Erase destroys content and salt of entry n for a legal reason (personal data) and appends the entry that says so; both
// happen or neither. Every proof still holds, because the tree holds commitments only. The subject, if the entry gave it
// its present content, leaves the register; its history keeps the mark. CodeRefused for content that cannot go: of a
// point or process in use, of the body itself, of an edition, or what is gone already.
func (l *Ledger) Erase(ctx context.Context, slug string, n int64, legal register.Ground, actor string) error {
	return l.store.Update(ctx, func(tx Tx) error { return l.EraseIn(ctx, tx, slug, n, legal, actor) })
}

// EraseIn is Erase inside a transaction of the caller's; see AppendIn.
func (l *Ledger) EraseIn(ctx context.Context, tx Tx, slug string, n int64, legal register.Ground, actor string) error {
	ground := legal
	if ground.Text == "" {
		ground.Text = legal.Act // the law is ground enough
	}
	if err := checkGround(ground, actor); err != nil {
		return err
	}
	return wrap(l.eraseIn(ctx, tx, slug, n, legal, actor), "ledger: erase entry %d of %s", n, slug)
}

func (l *Ledger) eraseIn(ctx context.Context, tx Tx, slug string, n int64, legal register.Ground, actor string) error {
	h, err := tx.Lock(ctx, slug)
	if err != nil {
		return err
	}
	if n < 1 || n > h.N {
		return notFound("В журнале «%s» нет записи %d: последняя — %d.", slug, n, h.N)
	}
	if err := erasable(ctx, tx, slug, n, h.N); err != nil {
		return err
	}
	key := strconv.FormatInt(n, 10)
	c := register.Change{Op: register.Include, Kind: register.KindErasure, Key: key, Content: register.Encode(erasure{N: n})}
	if err := l.writeIn(ctx, tx, slug, []register.Change{c}, legal, actor); err != nil {
		return err
	}
	if err := dropFiles(ctx, tx, slug, n, h.N); err != nil {
		return err
	}
	if err := dropBlanks(ctx, tx, slug, n, h.N); err != nil {
		return err
	}
	return tx.Erase(ctx, slug, n)
}

// erasable tells why the content of entry n must stay, if it must.
func erasable(ctx context.Context, v View, slug string, n, head int64) error {
	var rec Record
	err := v.Records(ctx, slug, n, n, func(r Record) error {
		rec = r
		return nil
	})
	if err != nil {
		return err
	}
	leaf, err := proof.DecodeLeaf(rec.Leaf)
	if err != nil {
		return &Error{Code: CodeDamaged, Text: "Запись " + strconv.FormatInt(n, 10) + " повреждена, уничтожать её нельзя.", Err: err}
	}
	switch {
	case leaf.Op == register.Exclude:
		return refused("Запись %d — исключение: содержания у неё нет.", n)
	case rec.Salt == nil:
		return refused("Содержание записи %d уже уничтожено.", n)
	case leaf.Kind == register.KindErasure || leaf.Kind == register.KindEdition:
		return refused("Запись вида «%s» не уничтожается.", titles[leaf.Kind])
	case rec.Opened.Until != Forever:
		return nil // superseded or excluded
	case leaf.Kind == register.KindOrganisation || leaf.Kind == register.KindProcedure:
		return refused("Это действующие сведения (%s). Сначала измените их, затем уничтожьте прежние.", titles[leaf.Kind])
	case leaf.Kind != register.KindProcess && leaf.Kind != register.KindTouchpoint:
		return nil
	}
	return v.State(ctx, slug, head, func(ver Version) error {
		if ver.Kind != register.KindUsage || ver.Content == nil {
			return nil
		}
		u, err := decode[register.Usage](ver.Content)
		if err != nil {
			return err
		}
		if leaf.Kind == register.KindProcess && u.Process == leaf.Key || leaf.Kind == register.KindTouchpoint && u.Touchpoint == leaf.Key {
			return refused("%s «%s» ещё нужна взаимодействию «%s». Сначала измените её сведения, затем уничтожьте прежние.", capital(titles[leaf.Kind]), leaf.Key, u.Key)
		}
		return nil
	})
}

// erasedBy gives the entry that this one says was erased; 0 when it says no such thing.
func erasedBy(leaf proof.Leaf) int64 {
	if leaf.Kind != register.KindErasure {
		return 0
	}
	n, err := strconv.ParseInt(leaf.Key, 10, 64)
	if err != nil {
		return 0
	}
	return n
}
