package ledger

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"perechen/internal/proof"
	"perechen/internal/register"
)

// Entries visits the entries from…to of the log in order (from 1; to 0: the newest). The error of visit ends it and is
// returned.
func (l *Ledger) Entries(ctx context.Context, slug string, from, to int64, visit func(register.Entry) error) error {
	err := l.store.View(ctx, func(v View) error {
		h, err := v.Head(ctx, slug)
		if err != nil {
			return err
		}
		if to <= 0 || to > h.N {
			to = h.N
		}
		return v.Records(ctx, slug, max(from, 1), to, func(r Record) error {
			e, err := entryOf(slug, r)
			if err != nil {
				return err
			}
			return visit(e)
		})
	})
	return wrap(err, "ledger: entries of %s", slug)
}

// Lines visits the entries as Entries does, but knows nothing of their contents: neither what they are nor whether one was
// erased. It takes a third of the time.
func (l *Ledger) Lines(ctx context.Context, slug string, from, to int64, visit func(register.Entry) error) error {
	err := l.store.View(ctx, func(v View) error {
		h, err := v.Head(ctx, slug)
		if err != nil {
			return err
		}
		if to <= 0 || to > h.N {
			to = h.N
		}
		var d proof.LeafDecoder
		return v.Leaves(ctx, slug, max(from, 1), to, func(n int64, raw []byte) error {
			leaf, err := d.Decode(raw)
			if err != nil || leaf.N != n || leaf.Body != slug {
				return damagedEntry(slug, n, err)
			}
			return visit(entryOfLeaf(leaf))
		})
	})
	return wrap(err, "ledger: lines of %s", slug)
}

// History returns the entries that concern one subject, oldest first; none when there never was such a subject. The
// content of an erased entry is gone, its mark (Erased) stays.
func (l *Ledger) History(ctx context.Context, slug string, kind register.Kind, key string) ([]register.Entry, error) {
	var es []register.Entry
	err := l.store.View(ctx, func(v View) error {
		vs, err := v.History(ctx, slug, kind, key)
		if err != nil {
			return err
		}
		var ns []int64
		for _, ver := range vs {
			ns = append(ns, ver.N)
			if ver.Until != Forever {
				ns = append(ns, ver.Until) // the next version, or the exclusion
			}
		}
		slices.Sort(ns)
		for _, n := range slices.Compact(ns) {
			err := v.Records(ctx, slug, n, n, func(r Record) error {
				e, err := entryOf(slug, r)
				es = append(es, e)
				return err
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return es, wrap(err, "ledger: history of %s %s in %s", kind, key, slug)
}

// entryOf reads an entry back from its evidence.
func entryOf(slug string, r Record) (register.Entry, error) {
	leaf, err := proof.DecodeLeaf(r.Leaf)
	if err != nil || leaf.N != r.N || leaf.Body != slug {
		return register.Entry{}, damagedEntry(slug, r.N, err)
	}
	e := entryOfLeaf(leaf)
	e.Erased = r.Salt == nil
	if len(r.Content) > 0 {
		e.Content = r.Content
	}
	return e, nil
}

func entryOfLeaf(leaf proof.Leaf) register.Entry {
	return register.Entry{N: leaf.N, Time: leaf.Time, Kind: leaf.Kind, Key: leaf.Key, Op: leaf.Op, Ground: leaf.Ground, Actor: leaf.Actor}
}

func damagedEntry(slug string, n int64, err error) error {
	return &Error{Code: CodeDamaged, Text: fmt.Sprintf("Запись %d журнала «%s» повреждена.", n, slug), Err: errors.Join(err)}
}
