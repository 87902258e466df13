package ledger

import (
	"context"
	"io"

	"perechen/internal/proof"
)

// Export writes an extract of the log up to entry n (0: the newest): every leaf with its content and salt, and the signed
// checkpoint. Anybody can check it offline: proof.VerifyExtract. CodeRefused when content up to n was erased later: an
// extract must itself hold the entry that says so.
func (l *Ledger) Export(ctx context.Context, slug string, n int64, w io.Writer) error {
	signed, err := l.Checkpoint(ctx, slug, n)
	if err != nil {
		return err
	}
	err = l.store.View(ctx, func(v View) error {
		cp, err := proof.OpenCheckpoint(signed, l.key.Keys())
		if err != nil {
			return &Error{Code: CodeDamaged, Text: "Подписанный отпечаток журнала не подтверждается. " + err.Error(), Err: err}
		}
		h, err := v.Head(ctx, slug)
		if err != nil {
			return err
		}
		if h.N > cp.Size && h.Erasures > 0 {
			if err := explained(ctx, v, slug, cp.Size, h.N); err != nil {
				return err
			}
		}
		x, err := proof.NewExtractWriter(w, slug, cp.Size, l.key.Public())
		if err != nil {
			return err
		}
		err = v.Records(ctx, slug, 1, cp.Size, func(r Record) error {
			return x.Entry(r.N, r.Leaf, r.Salt, r.Content, r.Nodes)
		})
		if err != nil {
			return err
		}
		return x.Close(signed)
	})
	return wrap(err, "ledger: export %s at %d", slug, n)
}

// explained looks among the entries after n for one that erased an entry up to n.
func explained(ctx context.Context, v View, slug string, n, head int64) error {
	return v.Records(ctx, slug, n+1, head, func(r Record) error {
		leaf, err := proof.DecodeLeaf(r.Leaf)
		if err != nil {
			return damaged("Запись %d журнала «%s» повреждена.", r.N, slug)
		}
		if of := erasedBy(leaf); of != 0 && of <= n {
			return refused("Содержание записи %d уничтожено записью %d: выгрузите журнал не раньше неё.", of, r.N)
		}
		return nil
	})
}
