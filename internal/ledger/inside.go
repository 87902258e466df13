package ledger

import (
	"context"
	"fmt"

	"perechen/internal/procedure"
	"perechen/internal/register"
)

// StateIn returns the newest register and its Порядок (nil: none yet) as a transaction sees them, what the transaction
// itself has written included. Both are shared: do not change them.
func (l *Ledger) StateIn(ctx context.Context, v View, slug string) (*register.Register, *procedure.Procedure, error) {
	h, err := v.Head(ctx, slug)
	if err != nil {
		return nil, nil, wrap(err, "ledger: state of %s", slug)
	}
	s, err := l.stateIn(ctx, v, slug, h)
	if err != nil {
		return nil, nil, wrap(err, "ledger: state of %s", slug)
	}
	return s.register, s.procedure, nil
}

// stateIn gives the state at a head. It is never kept in memory: the transaction that wrote it may be given up, and then
// its number will stand for another state. What is in memory was committed, and a number is not given twice.
func (l *Ledger) stateIn(ctx context.Context, v View, slug string, h Head) (*state, error) {
	k := stateKey{slug, h.N, h.Erasures}
	if s := l.states.get(k); s != nil && s.register.Time.Equal(h.Time) {
		return s, nil
	}
	if base := l.states.before(k); base != nil {
		if s, err := advance(ctx, v, slug, base, h.N); err != nil || s != nil {
			return s, err
		}
	}
	return load(ctx, v, slug, h.N)
}

// EntryIn reads one entry of a log inside a transaction; CodeDamaged when it is not there.
func EntryIn(ctx context.Context, v View, slug string, n int64) (register.Entry, error) {
	var e register.Entry
	found := false
	err := v.Records(ctx, slug, n, n, func(r Record) (err error) {
		found = true
		e, err = entryOf(slug, r)
		return err
	})
	if err == nil && !found {
		err = damaged("В журнале «%s» нет записи %d.", slug, n)
	}
	return e, wrap(err, "ledger: entry %d of %s", n, slug)
}

// Apply gives the register as it would be after changes, which are not judged: what is included twice is replaced, what is
// not there is not excluded. r is not changed; N and Time stay. CodeInvalid when content cannot be read.
func Apply(r *register.Register, changes []register.Change) (*register.Register, error) {
	after := *r
	seen := map[register.Kind]bool{}
	for _, c := range changes {
		if c.Kind == register.KindOrganisation && c.Op != register.Exclude {
			o, err := decode[register.Organisation](c.Encoded())
			if err != nil {
				return nil, invalid("Содержание изменения не читается как предмет своего вида.")
			}
			after.Organisation = o
		}
		sh, ok := kinds[c.Kind]
		if seen[c.Kind] || !ok {
			continue // done; or an order, an erasure: not in the register
		}
		seen[c.Kind] = true
		sh.clone(&after)
		if err := sh.apply(&after, c.Kind, changes); err != nil {
			return nil, &Error{Code: CodeInvalid, Text: "Содержание изменения не читается как предмет своего вида.", Err: fmt.Errorf("%s: %w", c.Kind, err)}
		}
		sh.sort(&after)
	}
	return &after, nil
}
