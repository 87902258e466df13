package ledger

import (
	"context"
	"errors"
	"fmt"

	"perechen/internal/proof"
	"perechen/internal/register"
)

// Verify reads every entry back from the disk and checks all that is kept: each leaf by itself, the content it commits
// to, the tree, the stored hashes, the versions derived, the head and its signature. later, when not empty, is a
// checkpoint seen earlier, which the log must contain; progress may be nil. Damage is a verdict that names the first bad
// entry; an error means that the check could not be made.
//
// The database's own check of its structures is part of it; where that reads the whole file, it takes what the file takes, and
// not what the body does. Whoever verifies several bodies asks for it once (Verification).
func (l *Ledger) Verify(ctx context.Context, slug, later string, progress func(done, total int64)) (proof.Verdict, error) {
	return l.NewVerification().Verify(ctx, slug, later, progress)
}

// A Verification is Verify for several bodies in turn: the database's own check is made once, beside the first.
type Verification struct {
	ledger *Ledger
	sound  *soundness
}

// NewVerification begins one.
func (l *Ledger) NewVerification() *Verification { return &Verification{ledger: l} }

// Verify is Ledger.Verify.
func (x *Verification) Verify(ctx context.Context, slug, later string, progress func(done, total int64)) (proof.Verdict, error) {
	v, err := x.verify(ctx, slug, later, progress)
	var e *Error
	if errors.As(err, &e) && e.Code == CodeDamaged {
		return proof.Verdict{Body: slug, Bad: v.Bad, Entries: v.Entries, Text: e.Text}, nil
	}
	return v, wrap(err, "ledger: verify %s", slug)
}

func (x *Verification) verify(ctx context.Context, slug, later string, progress func(done, total int64)) (proof.Verdict, error) {
	l := x.ledger
	var cp *proof.Checkpoint
	if later != "" {
		c, err := proof.OpenCheckpoint(later, l.keys)
		if err != nil {
			return proof.Verdict{}, &Error{Code: CodeInvalid, Text: "Предъявленный отпечаток не подтверждается. " + err.Error(), Err: err}
		}
		cp = &c
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // ends the readers when a bad entry is found
	var h Head
	var kept []proof.Checkpoint
	err := l.store.View(ctx, func(v View) (err error) {
		if h, err = v.Head(ctx, slug); err != nil {
			return err
		}
		kept, err = l.kept(ctx, v, slug)
		return err
	})
	if err != nil {
		return proof.Verdict{}, err
	}
	sound := x.soundness(ctx)
	a := &auditor{Audit: proof.NewAudit(slug, cp), head: h, until: []int64{0}, follow: newFollower()}
	a.Keep(kept)
	for part := range l.scan(ctx, slug, h.N) {
		p := <-part
		want := min(a.Size()+partSize, h.N)
		for i := range p.entries {
			if !a.add(&p.entries[i]) {
				return a.Fail(0, ""), nil
			}
		}
		if p.err != nil {
			var e *Error
			if errors.As(p.err, &e) && e.Code == CodeDamaged {
				return a.Fail(a.Size()+1, fmt.Sprintf("После записи %d база данных не читается: файл повреждён.", a.Size())), nil
			}
			return a.Fail(0, ""), p.err
		}
		if progress != nil {
			progress(a.Size(), h.N)
		}
		if a.Size() < want {
			break // the rest is missing, however much the head promises
		}
	}
	if err := ctx.Err(); err != nil {
		return proof.Verdict{}, err
	}
	if a.Size() < h.N {
		return a.Fail(a.Size()+1, fmt.Sprintf("Записи %d нет: прочитано записей %d, а по итогу журнала их %d.", a.Size()+1, a.Size(), h.N)), nil
	}
	if v, err := l.verifyWhole(ctx, slug, a); err != nil || !v.OK {
		return v, err
	} else if s := sound(); s.text != "" || s.err != nil {
		return a.Fail(0, s.text), s.err
	} else {
		return v, nil
	}
}

type soundness struct {
	text string
	err  error
}

// soundness begins the database's own check of its structures, beside ours: both read everything, and a machine has two
// processors. What was said once is said again.
func (x *Verification) soundness(ctx context.Context) func() soundness {
	if x.sound != nil {
		return func() soundness { return *x.sound }
	}
	done := make(chan soundness, 1)
	go func() {
		var s soundness
		s.err = x.ledger.store.View(ctx, func(v View) (err error) {
			s.text, err = v.Sound(ctx)
			return err
		})
		done <- s
	}()
	return func() soundness {
		s := <-done
		if s.err == nil {
			x.sound = &s
		}
		return s
	}
}

// verifyWhole checks what can be said only when every entry was read.
func (l *Ledger) verifyWhole(ctx context.Context, slug string, a *auditor) (verdict proof.Verdict, err error) {
	err = l.store.View(ctx, func(v View) error {
		// An erasure may have been recorded while the entries were being read.
		now, err := v.Head(ctx, slug)
		if err != nil {
			return err
		}
		late := map[int64]bool{}
		if now.N > a.head.N {
			err := v.Records(ctx, slug, a.head.N+1, now.N, func(r Record) error {
				if leaf, err := proof.DecodeLeaf(r.Leaf); err == nil {
					late[erasedBy(leaf)] = true
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
		if verdict = a.Finish(a.head.Signed, l.keys, func(n int64) bool { return late[n] }); !verdict.OK {
			return nil
		}
		verdict.Trusted = true
		if bad, text := a.follow.compare(a.until, a.head.N, now.N); bad != 0 {
			verdict = a.Fail(bad, text)
			return nil
		}
		if text := a.headText(); text != "" {
			verdict = a.Fail(0, text)
			return nil
		}
		for n := range late {
			if n > 0 && n < int64(len(a.until)) {
				a.erased = append(a.erased, erasedVersion{n, a.until[n]})
			}
		}
		if bad, text, err := verifyFiles(ctx, v, slug, a.editions, a.erased); bad != 0 || err != nil {
			verdict = a.Fail(bad, text)
			return err
		}
		if bad, text, err := verifyBlanks(ctx, v, slug, a.head.N); bad != 0 || err != nil {
			verdict = a.Fail(bad, text)
			return err
		}
		if now.N == a.head.N {
			if text, err := extra(ctx, v, slug, a); text != "" || err != nil {
				verdict = a.Fail(a.head.N+1, text)
				return err
			}
		}
		return nil
	})
	return verdict, err
}

// extra looks for rows that belong to no entry. Those of the entries 1…head were all read with them.
func extra(ctx context.Context, v View, slug string, a *auditor) (string, error) {
	entries, others, err := v.Beyond(ctx, slug, a.head.N)
	switch {
	case err != nil:
		return "", err
	case entries:
		return fmt.Sprintf("Запись %d лишняя: по итогу журнала записей %d.", a.head.N+1, a.head.N), nil
	case others:
		return "В базе данных есть строки, которые не относятся ни к одной записи журнала.", nil
	}
	return "", nil
}

// An auditor follows the entries in order, after the readers have checked each by itself.
type auditor struct {
	*proof.Audit
	head   Head
	until  []int64 // by entry: of the version that it opened, as stored; 0 for none
	last   proof.Leaf
	follow *follower

	editions []int64 // entries of editions
	erased   []erasedVersion
}

func (a *auditor) add(e *scanned) bool {
	n := a.Size() + 1
	if !a.Add(e.Checked, e.nodes) {
		return false
	}
	a.last = e.Leaf
	if text := a.follow.entry(n, e.Leaf); text != "" {
		a.Fail(n, text)
		return false
	}
	a.notice(n, e.Leaf, e.Erased, e.opened.Until)
	switch o := e.opened; {
	case o.Until == 0 && e.Leaf.Op != register.Exclude:
		a.Fail(n, fmt.Sprintf("Запись %d не отражена в состоянии перечня. Выполните perechen rebuild.", n))
		return false
	case o.Until != 0 && (e.Leaf.Op == register.Exclude || o.Kind != e.Leaf.Kind || o.Key != e.Leaf.Key):
		a.Fail(n, fmt.Sprintf("Запись %d отражена в состоянии перечня неверно. Выполните perechen rebuild.", n))
		return false
	default:
		a.until = append(a.until, o.Until)
	}
	return true
}

func (a *auditor) headText() string {
	if a.head.N > 0 && (!a.head.Time.Equal(a.last.Time) || a.head.Root != a.Root()) || a.head.Erasures != a.follow.erasures {
		return "Строка итога журнала изменена: она не та, что подписана. Выполните perechen rebuild."
	}
	return ""
}
