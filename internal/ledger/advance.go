package ledger

import (
	"context"
	"errors"
	"maps"

	"perechen/internal/proof"
	"perechen/internal/register"
)

// advanceMost is how many entries a state is carried forward over; beyond that it is read anew.
const advanceMost = 200

// errAnew ends an advance that cannot be made.
var errAnew = errors.New("ledger: state must be read anew")

// advance makes the state at entry n from an earlier one and the entries between, so that a small change to a big register
// does not cost reading all of it. It returns nil when the state must be read anew. base is not changed.
func advance(ctx context.Context, v View, slug string, base *state, n int64) (*state, error) {
	r := *base.register
	s := &state{register: &r, procedure: base.procedure, since: base.since, rows: base.rows}
	r.N = n
	touched := map[register.Kind]bool{}
	rows, cloned := false, false
	var decoder register.Decoder
	err := v.Records(ctx, slug, base.register.N+1, n, func(rec Record) error {
		leaf, err := proof.DecodeLeaf(rec.Leaf)
		if err != nil || leaf.N != rec.N {
			return errAnew // and there the damage is told
		}
		sh, ok := kinds[leaf.Kind]
		if !ok || rec.Salt == nil {
			return errAnew // another procedure changes everything; what is erased now was not yet in base
		}
		r.Time = leaf.Time
		if !touched[leaf.Kind] {
			touched[leaf.Kind] = true
			sh.clone(&r)
		}
		if traced(leaf.Kind) && !cloned {
			cloned = true
			s.since = maps.Clone(base.since)
		}
		rows = rows || inRows(leaf.Kind)
		if leaf.Op != register.Include {
			sh.remove(&r, leaf.Key)
			if traced(leaf.Kind) {
				delete(s.since, subject{leaf.Kind, leaf.Key})
			}
		}
		if leaf.Op == register.Exclude {
			return nil
		}
		return s.put(&decoder, rec.N, leaf.Kind, rec.Content)
	})
	if errors.Is(err, errAnew) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	for k := range touched {
		kinds[k].sort(&r)
	}
	if rows {
		s.rows = &lazyRows{}
	}
	return s, nil
}
