package ledger

import (
	"context"
	"io"
	"slices"

	"perechen/internal/proof"
	"perechen/internal/register"
)

// Export writes an extract of the log up to entry n (0: the newest): every leaf with its content and salt, the files that
// editions were issued with, and the signed checkpoint. Anybody can check it offline: proof.VerifyExtract. CodeRefused when content up to n was erased later: an
// extract must itself hold the entry that says so.
func (l *Ledger) Export(ctx context.Context, slug string, n int64, w io.Writer) error {
	signed, err := l.Checkpoint(ctx, slug, n)
	if err != nil {
		return err
	}
	err = l.store.View(ctx, func(v View) error {
		cp, err := proof.OpenCheckpoint(signed, l.keys)
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
		files, err := issued(ctx, v, slug, cp.Size)
		if err != nil {
			return err
		}
		begin := proof.NewExtractWriter
		if len(files) > 0 {
			begin = proof.NewExtractFilesWriter
		}
		x, err := begin(w, slug, cp.Size, l.key.Public())
		if err != nil {
			return err
		}
		err = v.Records(ctx, slug, 1, cp.Size, func(r Record) error {
			return x.Entry(r.N, r.Leaf, r.Salt, r.Content, r.Nodes)
		})
		if err != nil {
			return err
		}
		for _, sum := range files {
			content, ok, err := v.File(ctx, slug, sum)
			if err != nil {
				return err
			}
			if ok { // else an erasure has taken it, or verify will miss it
				if err := x.File(content); err != nil {
					return err
				}
			}
		}
		return x.Close(signed)
	})
	return wrap(err, "ledger: export %s at %d", slug, n)
}

// issued names the files that editions up to entry n were issued with and those of the forms in force then, each once.
func issued(ctx context.Context, v View, slug string, n int64) (sums []string, err error) {
	err = v.State(ctx, slug, n, func(ver Version) error {
		if ver.Kind == register.KindForm && ver.Content != nil {
			b, err := decode[register.Blank](ver.Content)
			for _, f := range b.Versions {
				if !slices.Contains(sums, f.SHA256) {
					sums = append(sums, f.SHA256)
				}
			}
			return err
		}
		if ver.Kind != register.KindEdition || ver.Content == nil {
			return nil
		}
		e, err := decode[register.Edition](ver.Content)
		for _, d := range e.Documents {
			if !slices.Contains(sums, d.SHA256) {
				sums = append(sums, d.SHA256)
			}
		}
		return err
	})
	return sums, err
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
