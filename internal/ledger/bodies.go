package ledger

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"perechen/internal/register"
)

// A directory remembers what the bodies are called. Only those whose heads have moved are read again.
type directory struct {
	mu    sync.Mutex
	mark  Mark
	known map[string]register.Organisation
	order []string // addresses, sorted
}

// few is for how many bodies that have moved it is quicker to ask each by itself than all at once.
const few = 16

// Bodies returns the organisations that keep a register here, in the order of their addresses, each as it is now. It costs
// what has changed, and memory for all: a page of them is Directory.
func (l *Ledger) Bodies(ctx context.Context) ([]register.Organisation, error) {
	d := &l.directory
	d.mu.Lock()
	defer d.mu.Unlock()
	err := l.store.View(ctx, func(v View) error {
		fresh := map[string]register.Organisation{}
		mark, err := v.Moved(ctx, d.mark, func(slug string, _ Head) error {
			fresh[slug] = register.Organisation{Slug: slug}
			return nil
		})
		if err != nil {
			return err
		}
		if err := readNames(ctx, v, fresh); err != nil {
			return err
		}
		if d.known == nil {
			d.known = fresh
		}
		grown := len(d.order) == 0
		for slug, o := range fresh {
			if _, ok := d.known[slug]; !ok {
				grown = true
			}
			d.known[slug] = o
		}
		if grown {
			d.order = d.order[:0]
			for slug := range d.known {
				d.order = append(d.order, slug)
			}
			slices.Sort(d.order)
		}
		d.mark = mark
		return nil
	})
	if err != nil {
		return nil, wrap(err, "ledger: bodies")
	}
	orgs := make([]register.Organisation, len(d.order))
	for i, slug := range d.order {
		orgs[i] = d.known[slug]
	}
	return orgs, nil
}

// readNames reads what these bodies are called.
func readNames(ctx context.Context, v View, of map[string]register.Organisation) error {
	take := func(slug string, ver Version) error {
		if _, ok := of[slug]; !ok || ver.Key != slug {
			return nil
		}
		o, err := called(slug, ver)
		of[slug] = o
		return err
	}
	if len(of) > few {
		return v.Everywhere(ctx, register.KindOrganisation, take)
	}
	for slug := range of {
		ver, ok, err := v.Live(ctx, slug, register.KindOrganisation, slug)
		if err == nil && ok {
			err = take(slug, ver)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// called decodes what a body says of itself; of one that says nothing only the address is known.
func called(slug string, ver Version) (register.Organisation, error) {
	if ver.Content == nil {
		return register.Organisation{Slug: slug}, nil
	}
	o, err := decode[register.Organisation](ver.Content)
	if err != nil {
		return register.Organisation{Slug: slug}, wrap(err, "%s", slug)
	}
	o.Slug = cmp.Or(o.Slug, slug)
	return o, nil
}

// A Listed is a body in a list: what it is called and how long its log is.
type Listed struct {
	Organisation register.Organisation
	N            int64 // entries
	Time         time.Time
}

// mostNamed bounds the bodies that a search by name finds: whoever gets as many adds a word.
const mostNamed = 500

// Directory returns a page of the bodies by the order of their addresses, from the given place on, and how many there are in
// all; of a text, those in whose names or addresses every word of it stands or begins a word. more tells that so many were
// found that some were left out. It reads what it shows.
func (l *Ledger) Directory(ctx context.Context, text string, offset, limit int) (page []Listed, total int, more bool, err error) {
	err = l.store.View(ctx, func(v View) error {
		page = nil
		take := func(slug string, h Head, ver Version) error {
			o, err := called(slug, ver)
			page = append(page, Listed{o, h.N, h.Time})
			return err
		}
		if strings.TrimSpace(text) == "" {
			total, err = v.Directory(ctx, offset, limit, take)
			return err
		}
		var slugs []string
		err := v.Named(ctx, register.KindOrganisation, text, mostNamed+1, func(slug string, ver Version) error {
			if ver.Key == slug {
				slugs = append(slugs, slug)
			}
			return nil
		})
		if err != nil {
			return err
		}
		slices.Sort(slugs)
		if more = len(slugs) > mostNamed; more {
			slugs = slugs[:mostNamed]
		}
		total = len(slugs)
		from := min(offset, total)
		return v.Entitled(ctx, slugs[from:min(from+limit, total)], take)
	})
	return page, total, more, wrap(err, "ledger: directory of bodies")
}
