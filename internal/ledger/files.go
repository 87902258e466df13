package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"perechen/internal/proof"
	"perechen/internal/register"
)

// FileSum is the name under which a file is kept: the hex SHA-256 of its bytes, which also stands in the log.
func FileSum(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// Document returns the file with which an edition was issued, byte for byte as it was then, whatever program made it.
// CodeNotFound when the edition was issued without a file of that format, or the file was destroyed by an erasure;
// CodeDamaged when what is kept is not what the log says.
func (l *Ledger) Document(ctx context.Context, slug string, number int, format string) (register.Document, []byte, error) {
	var doc register.Document
	var content []byte
	err := l.store.View(ctx, func(v View) error {
		ver, ok, err := v.Live(ctx, slug, register.KindEdition, fmt.Sprint(number))
		if err != nil {
			return err
		}
		if !ok || ver.Content == nil {
			return notFound("Редакции № %d нет.", number)
		}
		e, err := decode[register.Edition](ver.Content)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(e.Documents, func(d register.Document) bool { return d.Format == format })
		if i < 0 {
			return notFound("Редакция № %d утверждена без файла этого вида.", number)
		}
		doc = e.Documents[i]
		if content, ok, err = v.File(ctx, slug, doc.SHA256); err != nil {
			return err
		}
		if !ok {
			gone, err := destroyed(ctx, v, slug, e.N)
			if err != nil {
				return err
			}
			if gone {
				return notFound("Файл «%s» редакции № %d уничтожен вместе со сведениями, которые в нём стояли.", doc.Name, number)
			}
			return damaged("%s", fileLost(e, doc))
		}
		if FileSum(content) != doc.SHA256 {
			return damaged("%s", fileChanged(e, doc, ver.N))
		}
		return nil
	})
	if err != nil {
		return register.Document{}, nil, wrap(err, "ledger: %s of edition %d of %s", format, number, slug)
	}
	return doc, content, nil
}

func fileLost(e register.Edition, d register.Document) string {
	return fmt.Sprintf("Файла «%s» редакции № %d нет в хранилище.", d.Name, e.Number)
}

func fileChanged(e register.Edition, d register.Document, n int64) string {
	return fmt.Sprintf("Файл «%s» редакции № %d изменён: он не сходится с отпечатком в записи %d.", d.Name, e.Number, n)
}

// printed tells the kinds whose contents stand in the documents of an edition.
func printed(k register.Kind) bool {
	switch k {
	case register.KindOrganisation, register.KindProcedure, register.KindDepartment, register.KindProcess, register.KindTouchpoint, register.KindUsage:
		return true
	}
	return false
}

// destroyed tells whether something that was printed in an edition made at entry n has been erased, its files with it.
func destroyed(ctx context.Context, v View, slug string, n int64) (bool, error) {
	gone := false
	err := v.Records(ctx, slug, 1, n, func(r Record) error {
		if r.Salt == nil && r.Opened.Until > n && printed(r.Opened.Kind) {
			gone = true
		}
		return nil
	})
	return gone, err
}

// dropFiles destroys the files of the editions in which the content of entry n is printed.
func dropFiles(ctx context.Context, tx Tx, slug string, n, head int64) error {
	var opened Version
	err := tx.Records(ctx, slug, n, n, func(r Record) error {
		opened = r.Opened
		return nil
	})
	if err != nil || !printed(opened.Kind) {
		return err
	}
	s, err := load(ctx, tx, slug, head)
	if err != nil {
		return err
	}
	for _, e := range s.register.Editions {
		if n > e.N || opened.Until <= e.N {
			continue
		}
		for _, d := range e.Documents {
			if err := tx.DropFile(ctx, slug, d.SHA256); err != nil {
				return err
			}
		}
	}
	return nil
}

// verifyFiles holds the stored files against the log. editions are the entries of editions; gone tells the entries whose
// content was erased, until the entry before which each version ends. It names the entry of the first bad edition.
func verifyFiles(ctx context.Context, v View, slug string, editions []int64, erased []erasedVersion) (bad int64, text string, err error) {
	for _, n := range editions {
		var e register.Edition
		err := v.Records(ctx, slug, n, n, func(r Record) (err error) {
			e, err = decode[register.Edition](r.Content)
			return err
		})
		if err != nil {
			return 0, "", err
		}
		excused := slices.ContainsFunc(erased, func(x erasedVersion) bool { return x.n <= e.N && x.until > e.N })
		for _, d := range e.Documents {
			content, ok, err := v.File(ctx, slug, d.SHA256)
			switch {
			case err != nil:
				return 0, "", err
			case !ok && !excused:
				return n, fileLost(e, d), nil
			case ok && (FileSum(content) != d.SHA256 || int64(len(content)) != d.Size):
				return n, fileChanged(e, d, n), nil
			}
		}
	}
	return 0, "", nil
}

// An erasedVersion is a printed version without content.
type erasedVersion struct{ n, until int64 }

// notice keeps what verifyFiles needs of an entry.
func (a *auditor) notice(n int64, leaf proof.Leaf, erased bool, until int64) {
	switch {
	case leaf.Kind == register.KindEdition:
		a.editions = append(a.editions, n)
	case erased && printed(leaf.Kind):
		a.erased = append(a.erased, erasedVersion{n, until})
	}
}
