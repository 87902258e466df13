package ledger

import (
	"context"
	"slices"
	"sync"

	"perechen/internal/register"
)

// Traces tell by which entries the subjects of one state got their content: processes, points, usages and confirmations.
// They are for reading only.
type Traces struct{ since map[subject]int64 }

// Entry is the number of that entry; 0 when the state has no such subject.
func (t Traces) Entry(kind register.Kind, key string) int64 { return t.since[subject{kind, key}] }

// Traces gives those of the state at entry n (0: the newest).
func (l *Ledger) Traces(ctx context.Context, slug string, n int64) (Traces, error) {
	s, err := l.state(ctx, slug, n)
	if err != nil {
		return Traces{}, wrap(err, "ledger: traces of %s at %d", slug, n)
	}
	return Traces{s.since}, nil
}

// Days gives the day on which each of the entries ns was recorded, in the location of the ledger's clock. The time of an
// entry never changes, so an answer is remembered; and recorded time never goes back, so of entries between two of one day
// nothing is read. Entries that do not exist are damage or CodeNotFound.
func (l *Ledger) Days(ctx context.Context, slug string, ns []int64) (map[int64]register.Date, error) {
	d := l.daysOf(slug)
	d.mu.Lock()
	defer d.mu.Unlock()
	var asked []int64
	for _, n := range ns {
		if _, ok := d.known[n]; !ok && n > 0 {
			asked = append(asked, n)
		}
	}
	if len(asked) > 0 {
		slices.Sort(asked)
		asked = slices.Compact(asked)
		err := l.store.View(ctx, func(v View) error { return d.fill(ctx, l, v, slug, asked) })
		if err != nil {
			return nil, wrap(err, "ledger: days of %s", slug)
		}
	}
	days := make(map[int64]register.Date, len(ns))
	for _, n := range ns {
		if day, ok := d.known[n]; ok {
			days[n] = day
		}
	}
	return days, nil
}

// dayMemory remembers the days of one body's entries.
type dayMemory struct {
	mu    sync.Mutex
	known map[int64]register.Date
}

func (l *Ledger) daysOf(slug string) *dayMemory {
	m, _ := l.days.LoadOrStore(slug, &dayMemory{known: map[int64]register.Date{}})
	return m.(*dayMemory)
}

// fill reads the days of entries that rise, halving until both ends of a run are of one day.
func (d *dayMemory) fill(ctx context.Context, l *Ledger, v View, slug string, ns []int64) error {
	first, err := d.read(ctx, l, v, slug, ns[0])
	if err != nil {
		return err
	}
	last, err := d.read(ctx, l, v, slug, ns[len(ns)-1])
	if err != nil {
		return err
	}
	if first == last {
		for _, n := range ns {
			d.known[n] = first
		}
		return nil
	}
	if len(ns) <= 2 {
		return nil
	}
	half := len(ns) / 2
	if err := d.fill(ctx, l, v, slug, ns[:half]); err != nil {
		return err
	}
	return d.fill(ctx, l, v, slug, ns[half:])
}

func (d *dayMemory) read(ctx context.Context, l *Ledger, v View, slug string, n int64) (register.Date, error) {
	if day, ok := d.known[n]; ok {
		return day, nil
	}
	leaf, err := recordAt(ctx, v, slug, n)
	if err != nil {
		return "", err
	}
	day := register.DateOf(leaf.Time.In(l.now().Location()))
	d.known[n] = day
	return day, nil
}
