package ledger

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"perechen/internal/procedure"
	"perechen/internal/proof"
	"perechen/internal/register"
)

// A state is a register at one entry, decoded, with what is needed to answer for its rows.
type state struct {
	register  *register.Register
	procedure *procedure.Procedure
	since     map[subject]int64 // entry by which each process, touchpoint, usage and confirmation got its content
	rows      *lazyRows
}

// A subject is what an entry is about.
type subject struct {
	kind register.Kind
	key  string
}

func decode[T any](content []byte) (T, error) {
	var v T
	if err := json.Unmarshal(content, &v); err != nil {
		return v, unreadable(err)
	}
	return v, nil
}

func unreadable(err error) error {
	return &Error{Code: CodeDamaged, Text: "Содержание записи журнала не читается.", Err: err}
}

// state returns the state at entry n (0: the newest), from memory when it is there.
func (l *Ledger) state(ctx context.Context, slug string, n int64) (*state, error) {
	var s *state
	var k stateKey
	err := l.store.View(ctx, func(v View) error {
		h, err := v.Head(ctx, slug)
		if err != nil {
			return err
		}
		switch {
		case n < 0 || n > h.N:
			return notFound("В журнале «%s» нет записи %d: последняя — %d.", slug, n, h.N)
		case n == 0:
			n = h.N
		}
		k = stateKey{slug, n, h.Erasures}
		if s = l.states.get(k); s != nil {
			return nil
		}
		if base := l.states.before(k); base != nil {
			if s, err = advance(ctx, v, slug, base, n); err != nil || s != nil {
				return err
			}
		}
		s, err = load(ctx, v, slug, n)
		return err
	})
	if err != nil {
		return nil, err
	}
	l.states.put(k, s)
	return s, nil
}

// load reads and decodes the state at entry n, which must exist (or be 0 in an empty log).
func load(ctx context.Context, v View, slug string, n int64) (*state, error) {
	s := &state{register: &register.Register{Organisation: register.Organisation{Slug: slug}, N: n}, since: map[subject]int64{}, rows: &lazyRows{}}
	if n == 0 {
		return s, nil
	}
	last, err := recordAt(ctx, v, slug, n)
	if err != nil {
		return nil, err
	}
	s.register.Time = last.Time
	procedures := map[string][]byte{}
	var decoder register.Decoder
	err = v.State(ctx, slug, n, func(ver Version) error {
		if ver.Content == nil {
			return nil // erased
		}
		if ver.Kind == register.KindProcedure {
			procedures[ver.Key] = ver.Content
			return nil
		}
		return s.put(&decoder, ver.N, ver.Kind, ver.Content)
	})
	if err != nil {
		return nil, err
	}
	if raw, ok := procedures[s.register.Organisation.Procedure]; ok {
		p, err := decode[procedure.Procedure](raw)
		if err != nil {
			return nil, err
		}
		s.procedure = &p
	}
	for _, k := range kinds {
		k.sort(s.register)
	}
	return s, nil
}

// recordAt reads the leaf of one entry; a missing or unreadable one is damage.
func recordAt(ctx context.Context, v View, slug string, n int64) (proof.Leaf, error) {
	var leaf proof.Leaf
	found := false
	err := v.Records(ctx, slug, n, n, func(r Record) (err error) {
		found = true
		leaf, err = proof.DecodeLeaf(r.Leaf)
		return err
	})
	var e *Error
	switch {
	case errors.As(err, &e) || ctx.Err() != nil:
		return leaf, err
	case err != nil:
		return leaf, &Error{Code: CodeDamaged, Text: fmt.Sprintf("Запись %d журнала «%s» повреждена: свидетельство не читается.", n, slug), Err: err}
	case !found:
		return leaf, damaged("В журнале «%s» нет записи %d.", slug, n)
	}
	return leaf, nil
}
