package ledger

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"runtime"

	"perechen/internal/proof"
	"perechen/internal/register"
)

// Verify reads every entry back from the disk and checks all that is kept: each leaf by itself, the content it commits
// to, the tree, the stored hashes, the versions derived, the head and its signature. later, when not empty, is a
// checkpoint seen earlier, which the log must contain; progress may be nil. Damage is a verdict that names the first bad
// entry; an error means that the check could not be made.
func (l *Ledger) Verify(ctx context.Context, slug, later string, progress func(done, total int64)) (proof.Verdict, error) {
	v, err := l.verify(ctx, slug, later, progress)
	var e *Error
	if errors.As(err, &e) && e.Code == CodeDamaged {
		return proof.Verdict{Body: slug, Bad: v.Bad, Entries: v.Entries, Text: e.Text}, nil
	}
	return v, wrap(err, "ledger: verify %s", slug)
}

func (l *Ledger) verify(ctx context.Context, slug, later string, progress func(done, total int64)) (proof.Verdict, error) {
	var cp *proof.Checkpoint
	if later != "" {
		c, err := proof.OpenCheckpoint(later, l.key.Keys())
		if err != nil {
			return proof.Verdict{}, &Error{Code: CodeInvalid, Text: "Предъявленная контрольная точка не подтверждается. " + err.Error(), Err: err}
		}
		cp = &c
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // ends the readers when a bad entry is found
	h, err := l.Head(ctx, slug)
	if err != nil {
		return proof.Verdict{}, err
	}
	sound := l.sound(ctx)
	a := &auditor{Audit: proof.NewAudit(slug, cp), head: h, until: []int64{0}, follow: newFollower()}
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
	} else if s := <-sound; s.text != "" || s.err != nil {
		return a.Fail(0, s.text), s.err
	} else {
		return v, nil
	}
}

type soundness struct {
	text string
	err  error
}

// sound begins the database's own check of its structures, beside ours: both read everything, and a machine has two
// processors.
func (l *Ledger) sound(ctx context.Context) <-chan soundness {
	done := make(chan soundness, 1)
	go func() {
		var s soundness
		s.err = l.store.View(ctx, func(v View) (err error) {
			s.text, err = v.Sound(ctx)
			return err
		})
		done <- s
	}()
	return done
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
		if verdict = a.Finish(a.head.Signed, l.key.Keys(), func(n int64) bool { return late[n] }); !verdict.OK {
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

// extra looks for rows that belong to no entry.
func extra(ctx context.Context, v View, slug string, a *auditor) (string, error) {
	c, err := v.Count(ctx, slug)
	if err != nil {
		return "", err
	}
	want := Counts{a.head.N, a.head.N - a.gone, a.head.N, a.follow.opened}
	switch {
	case c.Entries != want.Entries:
		return fmt.Sprintf("Запись %d лишняя: по итогу журнала записей %d.", a.head.N+1, a.head.N), nil
	case c != want:
		return "В базе данных есть строки, которые не относятся ни к одной записи журнала.", nil
	}
	return "", nil
}

// An auditor follows the entries in order, after the readers have checked each by itself.
type auditor struct {
	*proof.Audit
	head   Head
	until  []int64 // by entry: of the version that it opened, as stored; 0 for none
	gone   int64   // entries without content
	last   proof.Leaf
	follow *follower
}

func (a *auditor) add(e *scanned) bool {
	n := a.Size() + 1
	if !a.Add(e.Checked, e.nodes) {
		return false
	}
	if e.Erased {
		a.gone++
	}
	a.last = e.Leaf
	if text := a.follow.entry(n, e.Leaf); text != "" {
		a.Fail(n, text)
		return false
	}
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

// A scanned entry was read and checked by itself.
type scanned struct {
	proof.Checked
	nodes  []byte
	opened Version
}

type part struct {
	entries []scanned
	err     error
}

// partSize is how many entries a reader reads at a time.
const partSize = 4096

// scan reads the entries 1…n with several readers and gives the parts in order. Each part's channel gets one part. The
// readers end with ctx.
func (l *Ledger) scan(ctx context.Context, slug string, n int64) <-chan chan part {
	workers := min(runtime.GOMAXPROCS(0), 4)
	type job struct {
		from int64
		to   chan part
	}
	jobs := make(chan job)
	parts := make(chan chan part, workers)
	go func() {
		defer close(parts)
		defer close(jobs)
		for from := int64(1); from <= n; from += partSize {
			j := job{from, make(chan part, 1)}
			select {
			case jobs <- j:
			case <-ctx.Done():
				return
			}
			select {
			case parts <- j.to:
			case <-ctx.Done():
				return
			}
		}
	}()
	for range workers {
		go func() {
			for j := range jobs {
				j.to <- l.readPart(ctx, slug, j.from, min(j.from+partSize-1, n))
			}
		}()
	}
	return parts
}

func (l *Ledger) readPart(ctx context.Context, slug string, from, to int64) (p part) {
	p.entries = make([]scanned, 0, to-from+1)
	p.err = l.store.View(ctx, func(v View) error {
		return v.Records(ctx, slug, from, to, func(r Record) error {
			nodes := r.Nodes
			if nodes == nil {
				nodes = []byte{} // a missing row is a wrong one
			}
			p.entries = append(p.entries, scanned{proof.CheckEntry(slug, r.N, r.Leaf, r.Salt, r.Content), nodes, r.Opened})
			return nil
		})
	})
	return p
}

// A follower replays which version each entry opens and closes.
type follower struct {
	seed     maphash.Seed
	live     map[uint64]int64 // by hash of kind and key: the entry whose version is in force
	closed   []int64          // by entry: the entry that closes its version; 0: none
	erased   map[int64]bool   // entries whose content an erasure has taken
	opened   int64
	erasures int64
}

func newFollower() *follower {
	return &follower{seed: maphash.MakeSeed(), live: map[uint64]int64{}, closed: []int64{0}, erased: map[int64]bool{}}
}

// entry replays one entry and says if it could not have been written.
func (f *follower) entry(n int64, leaf proof.Leaf) string {
	f.closed = append(f.closed, 0)
	var h maphash.Hash
	h.SetSeed(f.seed)
	h.WriteString(string(leaf.Kind))
	h.WriteByte(0)
	h.WriteString(leaf.Key)
	id := h.Sum64()
	cur := f.live[id]
	switch {
	case leaf.Op == register.Include && cur != 0 && !f.erased[cur]:
		return fmt.Sprintf("Запись %d включает то, что уже включено записью %d.", n, cur)
	case leaf.Op != register.Include && (cur == 0 || f.erased[cur]):
		return fmt.Sprintf("Запись %d изменяет или исключает то, чего в перечне нет.", n)
	}
	if cur != 0 {
		f.closed[cur] = n
	}
	if leaf.Op == register.Exclude {
		delete(f.live, id)
		return ""
	}
	f.live[id] = n
	f.opened++
	if of := erasedBy(leaf); of != 0 {
		f.erasures++
		f.erased[of] = true
	}
	return ""
}

// compare holds the stored ends of versions against the replayed ones and names the first entry whose version is wrong.
// Entries written since, up to now, may have closed more versions.
func (f *follower) compare(until []int64, head, now int64) (int64, string) {
	for n := int64(1); n <= head; n++ {
		want, got := f.closed[n], until[n]
		if got == 0 || want == got || want == 0 && (got == Forever || got > head && got <= now) {
			continue
		}
		return n, fmt.Sprintf("Срок действия сведений записи %d в состоянии перечня неверен. Выполните perechen rebuild.", n)
	}
	return 0, ""
}
