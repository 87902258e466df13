package ledger

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"

	"golang.org/x/mod/sumdb/tlog"

	"perechen/internal/proof"
	"perechen/internal/register"
)

// Imported says what Import has done.
type Imported struct {
	Body     string
	From, To int64     // numbers of the entries that were added; both 0 when all were there
	Before   tlog.Hash // root over the entries that were there, the zero hash for none
	After    tlog.Hash // root over all, which the extract's checkpoint asserts
	Trusted  bool      // the checkpoint was verified with a key that was given, not with the extract's own
}

// Import takes in the log of a body from an extract (Export), entry by entry as it stands, and signs its head with the key
// of this installation. The body is new here, or its log here is the beginning of the extract's and is continued. open gives
// the extract from its beginning and may be called more than once. Nothing is written unless the whole of it holds:
// CodeDamaged when the extract does not, or was signed by none of trust (empty: the extract's own key is taken);
// CodeRefused when the log here is in another state.
func (l *Ledger) Import(ctx context.Context, open func() (io.ReadCloser, error), trust proof.Keys, progress func(done, total int64)) (Imported, error) {
	var im *importer
	err := l.store.Update(ctx, func(tx Tx) error {
		f, err := open()
		if err != nil {
			return err
		}
		defer f.Close()
		im = &importer{ctx: ctx, tx: tx, progress: progress, live: map[subject]int64{}, follow: newFollower(), files: map[string]bool{}}
		v, err := proof.ReadExtract(f, trust, "", proof.ExtractVisitor{Begin: im.begin, Entry: im.entry, File: im.file})
		if err != nil {
			return err
		}
		if !v.OK {
			return damaged("Ничего не принято. %s", v.Text)
		}
		im.done.Trusted = v.Trusted
		return im.finish(l)
	})
	if err != nil {
		return Imported{}, wrap(err, "ledger: import")
	}
	return im.done, nil
}

// An importer writes one extract into one log.
type importer struct {
	ctx      context.Context //nolint:containedctx // of the one call that the importer is for
	tx       Tx
	progress func(done, total int64)

	size   int64
	head   Head // before
	tree   proof.Tree
	last   proof.Leaf
	live   map[subject]int64
	follow *follower
	gone   []int64 // erased by entries that are new, before the head
	files  map[string]bool

	evidence []Evidence
	derived  []Derived
	done     Imported
}

func (im *importer) begin(body string, size int64) error {
	im.size, im.done.Body = size, body
	if size < 1 {
		return refused("В выгрузке нет ни одной записи.")
	}
	fresh, err := im.tx.CreateBody(im.ctx, body)
	if err != nil {
		return err
	}
	if fresh {
		if err := CheckSlug(body); err != nil {
			return err
		}
	}
	if im.head, err = im.tx.Lock(im.ctx, body); err != nil {
		return err
	}
	if !fresh && im.head.N > size {
		return im.another()
	}
	im.done.Before = im.head.Root
	return nil
}

// another says that the log here is not the beginning of the extract's.
func (im *importer) another() error {
	return refused("Перечень «%s» здесь в другом состоянии: записей %d, и они не начало выгрузки (в ней записей %d). Ничего не изменено.", im.done.Body, im.head.N, im.size)
}

func (im *importer) entry(c proof.Checked, leaf, salt, content, _ []byte) error {
	if im.progress != nil && c.N%chunk == 0 {
		im.progress(c.N, im.size)
	}
	if text := im.follow.entry(c.N, c.Leaf); text != "" {
		return damaged("Ничего не принято. %s", text)
	}
	d, err := derive(c, content, im.live)
	if err != nil {
		return damaged("Ничего не принято. Содержание записи %d не читается этой версией программы: обновите её, если выгрузка сделана более новой.", c.N)
	}
	d.Nodes = packNodes(im.tree.Append(c.Hash, nil))
	im.last = c.Leaf
	if c.N <= im.head.N {
		if c.N == im.head.N && im.tree.Root() != im.head.Root {
			return im.another()
		}
		return nil
	}
	if of := erasedBy(c.Leaf); of != 0 && of <= im.head.N {
		im.gone = append(im.gone, of)
	}
	im.evidence = append(im.evidence, Evidence{N: c.N, Leaf: copied(leaf), Salt: copied(salt), Content: copied(content)})
	im.derived = append(im.derived, d)
	if len(im.evidence) < chunk {
		return nil
	}
	return im.flush()
}

// copied is a copy; nil stays nil.
func copied(b []byte) []byte {
	if b == nil {
		return nil
	}
	return append([]byte{}, b...)
}

func (im *importer) flush() error {
	if err := im.ctx.Err(); err != nil || len(im.evidence) == 0 {
		return err
	}
	if err := im.tx.Insert(im.ctx, im.done.Body, im.evidence); err != nil {
		return err
	}
	if err := im.tx.Derive(im.ctx, im.done.Body, im.derived); err != nil {
		return err
	}
	im.evidence, im.derived = im.evidence[:0], im.derived[:0]
	return nil
}

func (im *importer) file(sum string, content []byte) error {
	im.files[sum] = true
	return im.tx.PutFile(im.ctx, im.done.Body, sum, content)
}

// finish checks what can be checked only now that everything is there, and moves the head.
func (im *importer) finish(l *Ledger) error {
	if err := im.flush(); err != nil {
		return err
	}
	slug := im.done.Body
	im.done.After = im.tree.Root()
	for _, n := range im.gone { // the file holds no more of it, and so must we
		if err := dropFiles(im.ctx, im.tx, slug, n, im.size); err != nil {
			return err
		}
		if err := dropBlanks(im.ctx, im.tx, slug, n, im.size); err != nil {
			return err
		}
		if err := im.tx.Erase(im.ctx, slug, n); err != nil {
			return err
		}
	}
	if err := im.checkFiles(); err != nil {
		return err
	}
	if im.head.N == im.size {
		return nil
	}
	im.done.From, im.done.To = im.head.N+1, im.size
	h := Head{N: im.size, Time: im.last.Time, Root: im.done.After, Erasures: im.follow.erasures}
	signed, err := proof.Checkpoint{Origin: slug, Size: h.N, Root: h.Root, Time: h.Time}.Sign(l.key)
	if err != nil {
		return err
	}
	h.Signed = signed
	return im.tx.SetHead(im.ctx, slug, h)
}

// checkFiles holds the files against the editions: each that an edition was issued with is there, unless an erasure has
// taken it, and no other.
func (im *importer) checkFiles() error {
	slug := im.done.Body
	var editions []int64
	var erased []erasedVersion
	named := map[string]bool{}
	err := im.tx.Records(im.ctx, slug, 1, im.size, func(r Record) error {
		switch {
		case r.Opened.Kind == register.KindEdition:
			e, err := decode[register.Edition](r.Content)
			for _, d := range e.Documents {
				named[d.SHA256] = true
			}
			editions = append(editions, r.N)
			return err
		case r.Opened.Kind == register.KindForm && r.Salt != nil:
			b, err := decode[register.Blank](r.Content)
			for _, f := range b.Versions {
				named[f.SHA256] = true
			}
			return err
		case r.Salt == nil && printed(r.Opened.Kind):
			erased = append(erased, erasedVersion{r.N, r.Opened.Until})
		}
		return nil
	})
	if err != nil {
		return err
	}
	for sum := range im.files {
		if !named[sum] {
			raw, err := hex.DecodeString(sum)
			return &Error{Code: CodeDamaged, Text: fmt.Sprintf("Ничего не принято. В выгрузке есть файл (отпечаток %.8x…), которого не называет ни редакция, ни бланк.", raw), Err: err}
		}
	}
	if bad, text, err := verifyFiles(im.ctx, im.tx, slug, editions, erased); err != nil || bad != 0 {
		if err != nil {
			return err
		}
		return damaged("Ничего не принято. %s", text)
	}
	if bad, text, err := verifyBlanks(im.ctx, im.tx, slug, im.size); err != nil || bad != 0 {
		if err != nil {
			return err
		}
		return damaged("Ничего не принято. %s", text)
	}
	return nil
}
