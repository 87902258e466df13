package ledger

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"perechen/internal/register"
)

// A Query chooses rows of the official table. Empty fields choose everything.
type Query struct {
	Process    string // key of a process
	Touchpoint string // key of a point
	Kind       string // code of a channel kind
	Need       string // code of a need of the procedure
	Class      string // digital, offline: as the procedure gives it, else as printed
	Department string // key; that of the point or of the process
	Text       string // words, found by their stems in process, point and usage; all must be found in a row
	Offset     int
	Limit      int // 0: no limit
}

// A Row is one line of the official table. A point or process that is not in the register has only its key.
type Row struct {
	Process    register.Process
	Touchpoint register.Touchpoint
	Usage      register.Usage
	Class      register.Class // by the procedure; as printed where the procedure says nothing
}

// A Page is a part of the rows that a query chose, in report order; Total counts all of them.
type Page struct {
	N     int64 // the entry at which the register was looked at
	Rows  []Row
	Total int
}

// Rows returns the rows of the official table at entry n (0: the newest) that the query chooses, in report order:
// processes by position, in each its usages by position.
func (l *Ledger) Rows(ctx context.Context, slug string, n int64, q Query) (Page, error) {
	s, err := l.state(ctx, slug, n)
	if err != nil {
		return Page{}, wrap(err, "ledger: rows of %s at %d", slug, n)
	}
	var words []entrySet // of each word, the entries that hold it
	if q.Text != "" {
		var found [][]int64
		err := l.store.View(ctx, func(v View) (err error) {
			found, err = v.Search(ctx, slug, s.register.N, q.Text)
			return err
		})
		if err != nil {
			return Page{}, wrap(err, "ledger: rows of %s at %d", slug, n)
		}
		for _, ns := range found {
			words = append(words, newEntrySet(s.register.N, ns))
		}
	}
	page := Page{N: s.register.N}
	if q.Limit > 0 {
		page.Rows = make([]Row, 0, min(q.Limit, len(s.register.Usages)))
	}
	rows := s.rows.of(s)
	for i := range rows {
		r := &rows[i]
		if !s.chosen(r, &q, words) {
			continue
		}
		page.Total++
		if page.Total > q.Offset && (q.Limit <= 0 || len(page.Rows) < q.Limit) {
			page.Rows = append(page.Rows, s.row(r))
		}
	}
	return page, nil
}

// An entrySet holds numbers of entries, a bit for each.
type entrySet []uint64

func newEntrySet(n int64, of []int64) entrySet {
	s := make(entrySet, n/64+1)
	for _, i := range of {
		s[i/64] |= 1 << (i % 64)
	}
	return s
}

func (s entrySet) has(n int64) bool { return s[n/64]&(1<<(n%64)) != 0 }

// lazyRows are the rows of states of the same processes, points and usages, made when somebody asks: what reads a state to
// write, or to print it, does without them.
type lazyRows struct {
	once sync.Once
	rows rowIndex
}

func (l *lazyRows) of(s *state) rowIndex {
	l.once.Do(func() { l.rows = newRowIndex(s) })
	return l.rows
}

// A rowIndex holds the rows in report order, each as places in the register.
type rowIndex []rowRef

type rowRef struct {
	usage, process, touchpoint int // places in Register.Usages, .Processes, .Touchpoints; -1 for none
	class                      register.Class
	since                      [3]int64 // entries by which usage, process and touchpoint got their content
}

func newRowIndex(s *state) rowIndex {
	r := s.register
	processes := make(map[string]int, len(r.Processes))
	for i, p := range r.Processes {
		processes[p.Key] = i
	}
	points := make(map[string]int, len(r.Touchpoints))
	classes := make([]register.Class, len(r.Touchpoints))
	for i, t := range r.Touchpoints {
		points[t.Key] = i
		if s.procedure != nil {
			classes[i], _ = s.procedure.ClassOf(t)
		}
	}
	rows := make(rowIndex, len(r.Usages))
	for i := range r.Usages {
		u := &r.Usages[i]
		ref := rowRef{usage: i, process: -1, touchpoint: -1, class: u.Printed}
		ref.since[0] = s.since[subject{register.KindUsage, u.Key}]
		if p, ok := processes[u.Process]; ok {
			ref.process = p
			ref.since[1] = s.since[subject{register.KindProcess, u.Process}]
		}
		if t, ok := points[u.Touchpoint]; ok {
			ref.touchpoint = t
			ref.class = cmp.Or(classes[t], u.Printed)
			ref.since[2] = s.since[subject{register.KindTouchpoint, u.Touchpoint}]
		}
		rows[i] = ref
	}
	// Processes and usages are in report order already; a usage of no process stands last.
	slices.SortStableFunc(rows, func(a, b rowRef) int {
		if a.process < 0 || b.process < 0 {
			return cmp.Compare(uint(a.process), uint(b.process)) // -1 is the greatest
		}
		return cmp.Compare(a.process, b.process)
	})
	return rows
}

func (s *state) chosen(r *rowRef, q *Query, words []entrySet) bool {
	u := &s.register.Usages[r.usage]
	if q.Process != "" && u.Process != q.Process || q.Touchpoint != "" && u.Touchpoint != q.Touchpoint || q.Class != "" && string(r.class) != q.Class {
		return false
	}
	if q.Kind != "" && (r.touchpoint < 0 || s.register.Touchpoints[r.touchpoint].Kind != q.Kind) {
		return false
	}
	if q.Need != "" && !slices.ContainsFunc(u.Needs, func(n register.NeedRef) bool { return n.Code == q.Need }) {
		return false
	}
	if q.Department != "" &&
		(r.touchpoint < 0 || s.register.Touchpoints[r.touchpoint].Department != q.Department) &&
		(r.process < 0 || s.register.Processes[r.process].Department != q.Department) {
		return false
	}
	for _, w := range words {
		if !w.has(r.since[0]) && !w.has(r.since[1]) && !w.has(r.since[2]) {
			return false
		}
	}
	return true
}

func (s *state) row(r *rowRef) Row {
	u := s.register.Usages[r.usage]
	row := Row{Usage: u, Class: r.class, Process: register.Process{Key: u.Process}, Touchpoint: register.Touchpoint{Key: u.Touchpoint}}
	if r.process >= 0 {
		row.Process = s.register.Processes[r.process]
	}
	if r.touchpoint >= 0 {
		row.Touchpoint = s.register.Touchpoints[r.touchpoint]
	}
	return row
}
