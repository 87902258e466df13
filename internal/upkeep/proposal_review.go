package upkeep

import (
	"context"
	"slices"

	"perechen/internal/check"
	"perechen/internal/ledger"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// A Preview says what changes would do to a register: nothing is written. Registers are shared: do not change them.
type Preview struct {
	Before, After *register.Register
	Procedure     *procedure.Procedure  // nil in a body that has none yet
	Differences   []register.Difference // of the subjects that change, in the order of the register
	New           []register.Finding    // findings that the register would have and has not now
	Gone          []register.Finding    // findings that it has now and would not have
	Conflicts     []Conflict            // where the register has moved on since they were drawn up
	Faults        []FieldError          // what keeps a proposal of them from being submitted
}

// A Review is a proposal with all that is needed to decide on it.
type Review struct {
	Proposal *Proposal
	Preview
	May May
}

// Preview judges changes that are still being typed. Everything is looked at anew, and by the same rules as everywhere:
// a whole check of a body with ten thousand usages takes some 25 ms, and what the register has now is remembered.
func (d *Desk) Preview(ctx context.Context, actor Actor, slug string, c Content) (*Preview, error) {
	r, err := d.ledger.State(ctx, slug, 0)
	if err != nil {
		return nil, wrap(err, "upkeep: preview for %s", slug)
	}
	c.Changes = slices.DeleteFunc(slices.Clone(c.Changes), func(x ProposedChange) bool { return x.Erased }) // an old version may hold one
	raw, content, err := tidy(withContacts(r, c))
	if err != nil {
		return nil, err
	}
	var out Preview
	err = d.look(ctx, actor, slug, func(v View, s sight) (err error) {
		out, err = d.preview(ctx, v, s, content, HashOf(raw))
		return err
	})
	if err != nil {
		return nil, wrap(err, "upkeep: preview for %s", slug)
	}
	return &out, nil
}

// Review gives a proposal as the one who decides sees it. Of a closed one it tells what it changed or would have: Before and
// After are the register as it is now with its subjects as they were drawn from and as it says; there are no findings then.
// Of a closed one with hundreds of subjects Before and After are nil.
func (d *Desk) Review(ctx context.Context, actor Actor, slug, id string) (*Review, error) {
	var out Review
	err := d.look(ctx, actor, slug, func(v View, s sight) error {
		p, raw, err := s.proposal(ctx, v, id)
		if err != nil {
			return err
		}
		out = Review{Proposal: p, May: s.may(p)}
		if p.State == StateIncluded || p.State == StateWithdrawn {
			out.Preview, err = s.past(ctx, v, p.Content)
			return err
		}
		out.Preview, err = d.preview(ctx, v, s, p.Content, HashOf(raw))
		return err
	})
	if err != nil {
		return nil, wrap(err, "upkeep: review of proposal %s of %s", id, slug)
	}
	return &out, nil
}

// preview judges a content; hash is that of its bytes.
func (d *Desk) preview(ctx context.Context, v View, s sight, c *Content, hash string) (Preview, error) {
	changes := plain(c.Changes)
	after, err := ledger.Apply(s.register, changes)
	if err != nil {
		return Preview{}, err
	}
	p := Preview{Before: s.register, After: after, Procedure: s.procedure, Differences: differences(s.register, after, changes), Faults: s.faults(c)}
	if p.Conflicts, err = s.conflicts(ctx, v, c); err != nil {
		return Preview{}, err
	}
	h, err := v.Head(ctx, s.slug)
	if err != nil {
		return Preview{}, err
	}
	on := register.DateOf(s.now)
	findings := func(r *register.Register, content string) []register.Finding {
		return d.findings.of(findingsKey{s.slug, h.N, h.Erasures, on, content}, func() []register.Finding {
			return check.Run(check.Input{Register: r, Procedure: s.procedure, On: on})
		})
	}
	if len(changes) == 0 {
		return p, nil
	}
	p.New, p.Gone = apart(findings(s.register, ""), findings(after, hash))
	return p, nil
}

// past shows a content between what it was drawn from and what it says, whatever the register holds by now.
func (s sight) past(ctx context.Context, v View, c *Content) (Preview, error) {
	if len(c.Changes) > manySubjects {
		return Preview{Procedure: s.procedure}, nil
	}
	var bases, changes []register.Change
	for _, x := range c.Changes {
		base, _, err := s.drawnFrom(ctx, v, x)
		if err != nil {
			return Preview{}, err
		}
		was := register.Change{Op: register.Exclude, Kind: x.Kind, Key: x.Key}
		if base != nil {
			was.Op, was.Content = register.Include, base
		}
		if x.Erased {
			x.Op = register.Exclude
		}
		bases, changes = append(bases, was), append(changes, x.Change)
	}
	before, err := ledger.Apply(s.register, bases)
	if err != nil {
		return Preview{}, err
	}
	after, err := ledger.Apply(before, changes)
	if err != nil {
		return Preview{}, err
	}
	return Preview{Before: before, After: after, Procedure: s.procedure, Differences: differences(before, after, changes)}, nil
}

// apart tells which findings come and which go. One that stays but looks at other words now (Subject) comes, and the old
// one does not count as gone. Rejected ones are settled.
func apart(before, after []register.Finding) (come, gone []register.Finding) {
	was, is := map[[2]string]bool{}, map[string]bool{}
	for _, f := range before {
		if f.Rejected == "" {
			was[[2]string{f.ID, f.Subject}] = true
		}
	}
	for _, f := range after {
		if f.Rejected != "" {
			continue
		}
		is[f.ID] = true
		if !was[[2]string{f.ID, f.Subject}] {
			come = append(come, f)
		}
	}
	for _, f := range before {
		if f.Rejected == "" && !is[f.ID] {
			gone = append(gone, f)
		}
	}
	return come, gone
}

// fewSubjects is up to how many subjects of a kind every change of position is somebody's wish; among more of them those that
// only make room are left out (register.Compare).
const fewSubjects = 10

// differences compares the subjects that changes touch, and no others: to compare all costs more than the check.
func differences(before, after *register.Register, changes []register.Change) []register.Difference {
	keys := map[register.Kind]map[string]bool{}
	for _, c := range changes {
		if keys[c.Kind] == nil {
			keys[c.Kind] = map[string]bool{}
		}
		keys[c.Kind][c.Key] = true
	}
	a, b := touched(before, keys), touched(after, keys)
	ds := register.Compare(a, b)
	known := map[subject]int{}
	for i, d := range ds {
		known[subject{d.Kind, d.Key}] = i
	}
	for _, c := range changes {
		if len(keys[c.Kind]) > fewSubjects {
			continue
		}
		x, y := noun(a, c.Kind, c.Key), noun(b, c.Kind, c.Key)
		if x == nil || y == nil {
			continue
		}
		fs := register.ContentFields(register.Encode(x), register.Encode(y))
		if len(fs) == 0 {
			continue
		}
		if i, ok := known[subject{c.Kind, c.Key}]; ok {
			ds[i].Fields = fs
		} else {
			ds = append(ds, register.Difference{Op: register.Amend, Kind: c.Kind, Key: c.Key, Before: x, After: y, Fields: fs})
		}
	}
	return ds
}

// touched is a register of the subjects named only.
func touched(r *register.Register, keys map[register.Kind]map[string]bool) *register.Register {
	return &register.Register{
		Processes:   pick(r.Processes, keys[register.KindProcess], func(x *register.Process) string { return x.Key }),
		Touchpoints: pick(r.Touchpoints, keys[register.KindTouchpoint], func(x *register.Touchpoint) string { return x.Key }),
		Usages:      pick(r.Usages, keys[register.KindUsage], func(x *register.Usage) string { return x.Key }),
		Attributes:  pick(r.Attributes, keys[register.KindAttribute], func(x *register.Attribute) string { return x.Key }),
		Profiles:    pick(r.Profiles, keys[register.KindProfile], func(x *register.Profile) string { return x.Key }),
		Forms:       pick(r.Forms, keys[register.KindForm], func(x *register.Blank) string { return x.Key }),
		Journeys:    pick(r.Journeys, keys[register.KindJourney], func(x *register.Journey) string { return x.Key }),
	}
}

func pick[T any](xs []T, keys map[string]bool, key func(*T) string) []T {
	var out []T
	for i := range xs {
		if len(keys) > 0 && keys[key(&xs[i])] {
			out = append(out, xs[i])
		}
	}
	return out
}

// noun finds a subject of a small register; nil when it is not there.
func noun(r *register.Register, kind register.Kind, key string) any {
	switch kind {
	case register.KindProcess:
		return first(r.Processes, func(x register.Process) bool { return x.Key == key })
	case register.KindTouchpoint:
		return first(r.Touchpoints, func(x register.Touchpoint) bool { return x.Key == key })
	case register.KindUsage:
		return first(r.Usages, func(x register.Usage) bool { return x.Key == key })
	case register.KindAttribute:
		return first(r.Attributes, func(x register.Attribute) bool { return x.Key == key })
	case register.KindProfile:
		return first(r.Profiles, func(x register.Profile) bool { return x.Key == key })
	case register.KindForm:
		return first(r.Forms, func(x register.Blank) bool { return x.Key == key })
	case register.KindJourney:
		return first(r.Journeys, func(x register.Journey) bool { return x.Key == key })
	}
	return nil
}

func first[T any](xs []T, is func(T) bool) any {
	if i := slices.IndexFunc(xs, is); i >= 0 {
		return xs[i]
	}
	return nil
}
