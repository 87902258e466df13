package ledger

import (
	"context"
	"fmt"

	"perechen/internal/register"
)

// BlankFile returns the file of one version of a form, byte for byte as it was brought. CodeNotFound when the body keeps no
// such file; CodeDamaged when what is kept is not what the log says.
func (l *Ledger) BlankFile(ctx context.Context, slug string, f register.BlankFile) ([]byte, error) {
	var content []byte
	err := l.store.View(ctx, func(v View) (err error) {
		content, err = blankFile(ctx, v, slug, f)
		return err
	})
	return content, wrap(err, "ledger: file %.8s of %s", f.SHA256, slug)
}

func blankFile(ctx context.Context, v View, slug string, f register.BlankFile) ([]byte, error) {
	content, ok, err := v.File(ctx, slug, f.SHA256)
	switch {
	case err != nil:
		return nil, err
	case !ok:
		return nil, notFound("Файла «%s» нет в хранилище.", f.Name)
	case FileSum(content) != f.SHA256 || int64(len(content)) != f.Size:
		return nil, damaged("Файл бланка «%s» изменён: он не сходится с отпечатком в журнале.", f.Name)
	}
	return content, nil
}

// CheckBlankIn tells what is wrong with the files that a form names: each must be kept already. An *Error or nil.
func (l *Ledger) CheckBlankIn(ctx context.Context, v View, slug string, b register.Blank) error {
	for _, f := range b.Versions {
		if _, err := blankFile(ctx, v, slug, f); err != nil {
			return err
		}
	}
	return nil
}

// A liveBlank is a form in force with the entry that gave it its content.
type liveBlank struct {
	entry int64
	register.Blank
}

// liveBlanks are the forms in force at entry n.
func liveBlanks(ctx context.Context, v View, slug string, n int64) (all []liveBlank, err error) {
	err = v.State(ctx, slug, n, func(ver Version) error {
		if ver.Kind != register.KindForm || ver.Content == nil {
			return nil
		}
		b, err := decode[register.Blank](ver.Content)
		all = append(all, liveBlank{ver.N, b})
		return err
	})
	return all, err
}

// verifyBlanks holds the stored files of the forms in force against the log; it names the entry of the first bad one.
func verifyBlanks(ctx context.Context, v View, slug string, n int64) (bad int64, text string, err error) {
	all, err := liveBlanks(ctx, v, slug, n)
	for _, b := range all {
		for _, f := range b.Versions {
			content, ok, err := v.File(ctx, slug, f.SHA256)
			switch {
			case err != nil:
				return 0, "", err
			case !ok:
				return b.entry, fmt.Sprintf("Файла «%s» бланка «%s» нет в хранилище.", f.Name, b.Title), nil
			case FileSum(content) != f.SHA256 || int64(len(content)) != f.Size:
				return b.entry, fmt.Sprintf("Файл «%s» бланка «%s» изменён: он не сходится с отпечатком в записи %d.", f.Name, b.Title, b.entry), nil
			}
		}
	}
	return 0, "", err
}

// dropBlanks destroys the files that only the form of entry n names: its content is about to be destroyed by law.
func dropBlanks(ctx context.Context, tx Tx, slug string, n, head int64) error {
	var gone register.Blank
	err := tx.Records(ctx, slug, n, n, func(r Record) (err error) {
		if r.Opened.Kind == register.KindForm && r.Salt != nil {
			gone, err = decode[register.Blank](r.Content)
		}
		return err
	})
	if err != nil || len(gone.Versions) == 0 {
		return err
	}
	named := map[string]bool{}
	err = tx.Records(ctx, slug, 1, head, func(r Record) error {
		if r.N == n || r.Opened.Kind != register.KindForm || r.Salt == nil {
			return nil
		}
		b, err := decode[register.Blank](r.Content)
		for _, f := range b.Versions {
			named[f.SHA256] = true
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, f := range gone.Versions {
		if !named[f.SHA256] {
			if err := tx.DropFile(ctx, slug, f.SHA256); err != nil {
				return err
			}
		}
	}
	return nil
}
