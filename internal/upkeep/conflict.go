package upkeep

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"

	"perechen/internal/ledger"
	"perechen/internal/register"
)

// A Conflict is a subject that became another since it was drawn up. Base is what both began with, Theirs what is in the
// register now (or in the other's save), Mine what the proposal says; nil where the subject is absent. Base is nil too when
// it cannot be read any more.
type Conflict struct {
	Kind   register.Kind   `json:"kind"`
	Key    string          `json:"key"`
	Base   json.RawMessage `json:"base,omitempty"`
	Theirs json.RawMessage `json:"theirs,omitempty"`
	Mine   json.RawMessage `json:"mine,omitempty"`
	Seen   string          `json:"seen,omitempty"`   // hash of Theirs, which a Choice names
	Fields []FieldConflict `json:"fields,omitempty"` // where both are present: those in which they differ
	By     *register.Entry `json:"by,omitempty"`     // the entry that made it Theirs, without content; nil for a save
}

// A FieldConflict is one field of a subject in three texts.
type FieldConflict struct {
	Field  string `json:"field"` // JSON name
	Base   string `json:"base"`
	Theirs string `json:"theirs"`
	Mine   string `json:"mine"`
	// Touched tells who changed it: TouchedTheirs and TouchedMine merge by themselves if the person says so, TouchedBoth
	// never.
	Touched string `json:"touched"`
}

// Who touched a field.
const (
	TouchedTheirs = "theirs"
	TouchedMine   = "mine"
	TouchedBoth   = "both"
)

type subject struct {
	kind register.Kind
	key  string
}

// A live is a subject as the register holds it: the entry that gave it its content, and that content; nil when it is not
// there (any more).
type live struct {
	n       int64
	content []byte
}

// manySubjects is from where on all of a register is read rather than one subject after the other.
const manySubjects = 200

// liveOf reads the subjects that changes touch as they are now.
func liveOf(ctx context.Context, v ledger.View, s sight, changes []ProposedChange) (map[subject]live, error) {
	out := make(map[subject]live, len(changes))
	if len(changes) > manySubjects {
		for _, x := range changes {
			out[subject{x.Kind, x.Key}] = live{}
		}
		err := v.State(ctx, s.slug, s.register.N, func(ver ledger.Version) error {
			k := subject{ver.Kind, ver.Key}
			if _, wanted := out[k]; wanted && ver.Content != nil {
				out[k] = live{ver.N, bytes.Clone(ver.Content)}
			}
			return nil
		})
		return out, err
	}
	for _, x := range changes {
		ver, ok, err := v.Live(ctx, s.slug, x.Kind, x.Key)
		if err != nil {
			return nil, err
		}
		if ok && ver.Content != nil {
			out[subject{x.Kind, x.Key}] = live{ver.N, ver.Content}
		}
	}
	return out, nil
}

// same tells that the register is already as the change wants it.
func same(x ProposedChange, content []byte) bool {
	if x.Op == register.Exclude {
		return content == nil
	}
	return content != nil && bytes.Equal(content, x.Content)
}

// conflicts lists the subjects of a content that are not any more what they were when it was drawn up, and not what it
// wants them to be either.
func (s sight) conflicts(ctx context.Context, v ledger.View, c *Content) ([]Conflict, error) {
	now, err := liveOf(ctx, v, s, c.Changes)
	if err != nil {
		return nil, err
	}
	var out []Conflict
	for _, x := range c.Changes {
		l := now[subject{x.Kind, x.Key}]
		if HashOf(l.content) == x.Base || same(x, l.content) {
			continue
		}
		base, last, err := s.drawnFrom(ctx, v, x)
		if err != nil {
			return nil, err
		}
		cf := Conflict{Kind: x.Kind, Key: x.Key, Base: base, Theirs: l.content, Mine: x.Content, Seen: HashOf(l.content), By: last}
		cf.compare()
		out = append(out, cf)
	}
	return out, nil
}

// drawnFrom finds in the history of a subject the content it was drawn from (nil when it is erased or never was), and the entry
// that made it what it is.
func (s sight) drawnFrom(ctx context.Context, v ledger.View, x ProposedChange) (base []byte, last *register.Entry, err error) {
	versions, err := v.History(ctx, s.slug, x.Kind, x.Key)
	if err != nil || len(versions) == 0 {
		return nil, nil, err
	}
	for i := len(versions) - 1; i >= 0 && base == nil && x.Base != ""; i-- {
		e, err := ledger.EntryIn(ctx, v, s.slug, versions[i].N)
		if err != nil {
			return nil, nil, err
		}
		if HashOf(e.Content) == x.Base {
			base = e.Content
		}
	}
	newest := versions[len(versions)-1]
	n := newest.N
	if newest.Until != ledger.Forever {
		n = newest.Until // the exclusion
	}
	e, err := ledger.EntryIn(ctx, v, s.slug, n)
	e.Content = nil
	return base, &e, err
}

// between compares two contents of one proposal, subject by subject; base is what both were made from, nil when it is not
// kept.
func between(base, theirs, mine *Content) []Conflict {
	index := func(c *Content) map[subject]ProposedChange {
		m := map[subject]ProposedChange{}
		if c != nil {
			for _, x := range c.Changes {
				m[subject{x.Kind, x.Key}] = x
			}
		}
		return m
	}
	b, t, m := index(base), index(theirs), index(mine)
	var out []Conflict
	add := func(x ProposedChange) {
		k := subject{x.Kind, x.Key}
		tx, inT := t[k]
		mx, inM := m[k]
		if inT && inM && tx.Op == mx.Op && bytes.Equal(tx.Content, mx.Content) {
			return
		}
		cf := Conflict{Kind: x.Kind, Key: x.Key, Base: b[k].Content, Theirs: tx.Content, Mine: mx.Content, Seen: HashOf(tx.Content)}
		cf.compare()
		out = append(out, cf)
	}
	if theirs != nil {
		for _, x := range theirs.Changes {
			add(x)
		}
	}
	for _, x := range mine.Changes {
		if _, both := t[subject{x.Kind, x.Key}]; !both {
			add(x)
		}
	}
	return out
}

// compare fills in the fields in which theirs and mine differ. Where a value stood in a document (source) is nobody's
// concern: it goes with theirs.
func (c *Conflict) compare() {
	if c.Theirs == nil || c.Mine == nil {
		return
	}
	b, t, m := object(c.Base), object(c.Theirs), object(c.Mine)
	for _, name := range names(t, m) {
		tv, mv, bv := t.values[name], m.values[name], b.values[name]
		if name == "source" || bytes.Equal(tv, mv) {
			continue
		}
		f := FieldConflict{Field: name, Base: register.FieldText(bv), Theirs: register.FieldText(tv), Mine: register.FieldText(mv), Touched: TouchedBoth}
		switch {
		case c.Base == nil:
		case bytes.Equal(bv, tv):
			f.Touched = TouchedMine
		case bytes.Equal(bv, mv):
			f.Touched = TouchedTheirs
		}
		c.Fields = append(c.Fields, f)
	}
}

// fields of an encoded subject, in their order.
type fields struct {
	order  []string
	values map[string]json.RawMessage
}

func object(raw []byte) fields {
	f := fields{values: map[string]json.RawMessage{}}
	d := json.NewDecoder(bytes.NewReader(raw))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return f
	}
	for d.More() {
		t, err := d.Token()
		name, ok := t.(string)
		var v json.RawMessage
		if err != nil || !ok || d.Decode(&v) != nil {
			break
		}
		f.order, f.values[name] = append(f.order, name), v
	}
	return f
}

// names are the fields of both, each once.
func names(a, b fields) []string {
	out := slices.Clone(a.order)
	for _, n := range b.order {
		if _, ok := a.values[n]; !ok {
			out = append(out, n)
		}
	}
	return out
}

// Conflicts lists where the register has moved on under a proposal; none for one that is closed.
func (d *Desk) Conflicts(ctx context.Context, actor Actor, slug, id string) ([]Conflict, error) {
	var cs []Conflict
	err := d.look(ctx, actor, slug, func(v View, s sight) error {
		p, _, err := s.proposal(ctx, v, id)
		if err != nil || p.State == StateIncluded || p.State == StateWithdrawn {
			return err
		}
		cs, err = s.conflicts(ctx, v, p.Content)
		return err
	})
	return cs, wrap(err, "upkeep: conflicts of proposal %s of %s", id, slug)
}
