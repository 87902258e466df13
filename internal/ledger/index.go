package ledger

import (
	"context"
	"crypto/sha256"
	"strings"
	"unicode"
	"unicode/utf8"

	"perechen/internal/register"
)

// From wholeIndex changes on, and one for every wholeRatio entries of the log, all subjects of a body are read at once
// rather than one by one: to look one up costs as much as to read wholeRatio in order.
const (
	wholeIndex = 64
	wholeRatio = 6
)

// An index knows which subjects are in a register while a batch is being written.
type index struct {
	slug  string
	tx    Tx
	whole bool // every subject of the store is in known
	known map[subject]entryRef
}

// uses is what a usage refers to.
type uses struct{ process, touchpoint string }

// An entryRef is where a subject stands: the entry n that gave it its content (0: it has none in force), whether it is in
// the register (an erased one is not), and a hash that tells its content from another.
type entryRef struct {
	n    int64
	live bool
	sum  [16]byte
}

func sumOf(content []byte) [16]byte {
	h := sha256.Sum256(content)
	return [16]byte(h[:16])
}

// loadAll reads every subject in force at entry n; more is how many are expected to come.
func (x *index) loadAll(ctx context.Context, n int64, more int) error {
	x.whole, x.known = true, make(map[subject]entryRef, more)
	return x.tx.State(ctx, x.slug, n, func(v Version) error {
		x.set(subject{v.Kind, v.Key}, refOf(v))
		return nil
	})
}

func refOf(v Version) entryRef {
	return entryRef{n: v.N, live: v.Content != nil, sum: sumOf(v.Content)}
}

func (x *index) set(s subject, r entryRef) {
	if x.known == nil {
		x.known = map[subject]entryRef{}
	}
	x.known[s] = r
}

func (x *index) find(ctx context.Context, s subject) (entryRef, error) {
	r, ok := x.known[s]
	if ok || x.whole {
		return r, nil
	}
	v, found, err := x.tx.Live(ctx, x.slug, s.kind, s.key)
	if err != nil {
		return r, err
	}
	if found {
		r = refOf(v)
	}
	x.set(s, r)
	return r, nil
}

// uses remembers a usage whose process or point is not in the register now.
func (w *writer) uses(ctx context.Context, key string, u noun, opens bool) error {
	delete(w.usages, key)
	if !opens {
		return nil
	}
	if u.touchpoint == "" {
		return invalid("Взаимодействие «%s» не называет точки.", key)
	}
	missing, err := w.missing(ctx, uses{u.process, u.touchpoint})
	if missing.key != "" {
		w.usages[key] = uses{strings.Clone(u.process), strings.Clone(u.touchpoint)}
	}
	return err
}

// missing gives what a usage refers to that is not in the register; the zero subject when all is there. A usage without
// a process is left to the checks (R15).
func (w *writer) missing(ctx context.Context, u uses) (subject, error) {
	for _, s := range []subject{{register.KindProcess, u.process}, {register.KindTouchpoint, u.touchpoint}} {
		if s.key == "" {
			continue
		}
		if r, err := w.index.find(ctx, s); err != nil || !r.live {
			return s, err
		}
	}
	return subject{}, nil
}

// references holds the register together after a batch: what a usage names is there, and what is used stays.
func (w *writer) references(ctx context.Context) error {
	for key, u := range w.usages {
		s, err := w.missing(ctx, u)
		if err != nil {
			return err
		}
		if s.key != "" {
			return refused("Взаимодействие «%s» ссылается на то, чего в перечне нет: %s «%s».", key, titles[s.kind], s.key)
		}
	}
	if len(w.excluded) == 0 && !w.body {
		return nil
	}
	if err := w.flush(ctx); err != nil {
		return err
	}
	if w.body {
		if err := w.procedureStays(ctx); err != nil {
			return err
		}
	}
	if len(w.excluded) == 0 {
		return nil
	}
	return w.tx.State(ctx, w.slug, w.n, func(v Version) error {
		if v.Kind != register.KindUsage || v.Content == nil {
			return nil
		}
		u, err := decode[register.Usage](v.Content)
		if err != nil {
			return err
		}
		for _, s := range []subject{{register.KindProcess, u.Process}, {register.KindTouchpoint, u.Touchpoint}} {
			if w.excluded[s] {
				return refused("Исключить нельзя: %s «%s» ещё нужна взаимодействию «%s». Исключите его тем же изменением.", titles[s.kind], s.key, u.Key)
			}
		}
		return nil
	})
}

// procedureStays: the body keeps its register by a Порядок that is in the log.
func (w *writer) procedureStays(ctx context.Context) error {
	v, ok, err := w.tx.Live(ctx, w.slug, register.KindOrganisation, w.slug)
	if err != nil || !ok {
		return err
	}
	o, err := decode[register.Organisation](v.Content)
	if err != nil {
		return err
	}
	p, ok, err := w.tx.Live(ctx, w.slug, register.KindProcedure, o.Procedure)
	if err != nil {
		return err
	}
	if !ok || p.Content == nil {
		return refused("Порядок «%s», по которому ведётся перечень, должен быть в журнале: включите его или назовите другой.", o.Procedure)
	}
	return nil
}

func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}
