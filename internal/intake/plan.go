package intake

import (
	"cmp"
	"slices"

	"perechen/internal/procedure"
	"perechen/internal/register"
)

// Options say how much of the register a document stands for.
type Options struct {
	Partial  bool // the document is a part of the register: nothing is excluded
	Declared bool // include the points that section 3 declares and no row uses
}

// A Plan is what a document would change in a register. Nothing is changed by making it.
type Plan struct {
	Changes  []register.Change  `json:"changes"` // in an order in which the ledger can take them
	Target   *register.Register `json:"-"`       // the register after the changes
	Included []Item             `json:"included"`
	Changed  []Item             `json:"changed"`
	Excluded []Item             `json:"excluded"`
	Moved    []Item             `json:"moved"` // a line for each kind of which some only changed their place in the report
	Findings []register.Finding `json:"findings"`

	procs, points map[string]string // key in the draft → key in the register
}

// ProcessKey and PointKey give the key that a process or a point of the draft has in the register after the plan; the
// draft's own key when the plan does not touch it.
func (p *Plan) ProcessKey(draft string) string { return cmp.Or(p.procs[draft], draft) }

// PointKey is described at ProcessKey.
func (p *Plan) PointKey(draft string) string { return cmp.Or(p.points[draft], draft) }

// planner makes a plan. Keys of the draft are replaced by those of the register where both have the same subject.
type planner struct {
	d    *Draft
	cur  *register.Register
	p    *procedure.Procedure
	opt  Options
	plan *Plan
	f    *findings

	procs map[string]string // key in the draft → key in the target
	pts   map[string]string
	texts map[string]string // key of a process or point → as a person knows it
	byKey map[string]int    // number of a point in the target

	drop [3][]register.Change // usages, points, processes

	needsSaid map[string]string // see needsText
}

// Against compares the draft with a register. A nil register is an empty one.
//
// What is the same is found by identity: a process by its title, a point by its contact or its words, a usage by its
// process, its point and its wording. What is left on both sides is paired only when one candidate is clearly the
// nearest: then it shows as changed, and its key and history stay. Fields that no document carries (act of inclusion,
// validity dates, forms) stay as they are, and so do hours, places and departments of which the document says nothing.
// A source is where a thing was first included; that it stands elsewhere now is no change.
func (d *Draft) Against(cur *register.Register, p *procedure.Procedure, opt Options) *Plan {
	if cur == nil {
		cur = &register.Register{}
	}
	if !d.HasTable {
		opt.Partial, opt.Declared = true, true
	}
	target := *cur
	pl := &planner{d: d, cur: cur, p: p, opt: opt, f: &findings{},
		plan:  &Plan{Target: &target, Changes: []register.Change{}, Included: []Item{}, Changed: []Item{}, Excluded: []Item{}},
		procs: make(map[string]string, len(d.Processes)), pts: make(map[string]string, len(d.Touchpoints)),
		texts: make(map[string]string, len(d.Processes)+len(d.Touchpoints))}
	if len(cur.Usages) == 0 {
		n := len(d.Processes) + len(d.Touchpoints) + len(d.Usages)
		pl.plan.Changes, pl.plan.Included = make([]register.Change, 0, n), make([]Item, 0, n)
	}
	m := newMatching(d, cur)
	pl.processes(m)
	pl.points(m)
	pl.usages()
	pl.segmentation()
	for _, drop := range pl.drop {
		pl.plan.Changes = append(pl.plan.Changes, drop...)
	}
	pl.plan.Findings = slices.Concat(d.Findings, pl.f.list())
	pl.plan.procs, pl.plan.points = pl.procs, pl.pts
	return pl.plan
}

// processes plans the processes: those of the draft in its order; others keep their place among them.
func (pl *planner) processes(m *matching) {
	keys := newKeyring()
	old := make(map[string]register.Process, len(pl.cur.Processes))
	used := make(map[string]bool, len(pl.cur.Processes))
	for _, p := range pl.cur.Processes {
		old[p.Key], keys.used[p.Key] = p, true
	}
	for i := range pl.cur.Usages {
		used[pl.cur.Usages[i].Process] = true
	}
	var named, others []int
	drafts := make([]register.Process, len(pl.d.Processes))
	for i, p := range pl.d.Processes {
		draft := p.Key
		if was, known := old[m.procs[draft]]; known {
			title := p.Title
			if p = was; !same(title, was.Title) {
				p.Title = title
			}
		} else {
			p.Key, p.Position = keys.take(p.Key), 0
		}
		drafts[i] = p
		named = append(named, p.Position)
		pl.procs[draft], pl.texts[p.Key] = p.Key, p.Title
	}
	// A process that the document does not name goes only if it had rows; one of the реестр процессов goes by that реестр.
	var stay []register.Process
	for _, p := range pl.cur.Processes {
		switch {
		case m.procTaken[p.Key]:
			continue
		case used[p.Key] && !pl.opt.Partial && p.Scope == "" && p.Included == nil && p.Excluded == nil:
			pl.exclude(2, Item{Kind: register.KindProcess, Key: p.Key, Text: p.Title})
		default:
			stay = append(stay, p)
			others = append(others, p.Position)
		}
		pl.texts[p.Key] = p.Title
	}
	order := interleave(named, others)
	was := make([]int, len(order))
	out := make([]register.Process, len(order))
	for n, i := range order {
		if i < 0 {
			out[n] = stay[-1-i]
		} else {
			out[n] = drafts[i]
		}
		was[n] = out[n].Position
	}
	moved := 0
	for n, pos := range settle(was) {
		p := &out[n]
		p.Position = pos
		before, known := old[p.Key]
		if known && before.Title == p.Title {
			if pos != before.Position {
				moved++
				pl.move(register.KindProcess, p.Key, p)
			}
			continue
		}
		var src *register.Source
		if order[n] >= 0 {
			src = pl.d.places[pl.d.Processes[order[n]].Key]
		}
		pl.put(Item{Kind: register.KindProcess, Key: p.Key, Text: p.Title, Source: src}, known, p,
			[]Field{{"название", before.Title, p.Title}})
	}
	pl.moved(register.KindProcess, moved)
	pl.plan.Target.Processes = out
}

// points plans the points. Their order is that of first mention, which no printed form depends on: a point keeps its
// place, new ones come last.
func (pl *planner) points(m *matching) {
	old := make(map[string]register.Touchpoint, len(pl.cur.Touchpoints))
	keys := newKeyring()
	last := 0
	for _, t := range pl.cur.Touchpoints {
		old[t.Key] = t
		keys.used[t.Key] = true
		last = max(last, t.Position)
	}
	var out []register.Touchpoint
	put := func(draft string, t register.Touchpoint, col said, src *register.Source) string {
		was, known := old[m.pts[draft]]
		if known {
			t = mergePoint(was, t, col)
		} else {
			t.Key = keys.take(t.Key)
			last++
			t.Position = last
		}
		it := pointItem(t, src)
		pl.texts[t.Key] = it.Text
		if !known || was != t {
			var fields []Field
			if known {
				fields = pl.pointFields(&was, &t)
			}
			pl.put(it, known, nil, fields)
		}
		out = append(out, t)
		return t.Key
	}
	for i, t := range pl.d.Touchpoints {
		pl.pts[t.Key] = put(t.Key, t, pl.d.saidOf(i), t.Source)
	}
	gone := pl.leavingPoints(m)
	for _, t := range pl.cur.Touchpoints {
		if m.ptTaken[t.Key] {
			continue
		}
		pl.texts[t.Key] = t.Text()
		if gone[t.Key] {
			pl.exclude(1, pointItem(t, nil))
			continue
		}
		out = append(out, t)
	}
	if pl.opt.Declared && len(pl.d.Declared) > 0 {
		declared := map[string]bool{}
		byID := make(map[string]int, len(out))
		for i, t := range out {
			declared[t.Declared] = true
			byID[declaredID(t)] = i
		}
		for _, t := range pl.d.Declared {
			if i, ok := byID[declaredID(t)]; ok {
				if was := out[i]; was.Declared == "" && t.Declared != "" {
					out[i].Declared = t.Declared
					pl.amendDeclared(was, out[i], t.Source)
				}
				continue
			}
			if t.Declared != "" && declared[t.Declared] {
				continue
			}
			put("declared "+t.Key, t, said{}, t.Source)
		}
	}
	slices.SortStableFunc(out, func(a, b register.Touchpoint) int { return byPosition(a.Position, b.Position, a.Key, b.Key) })
	pl.plan.Target.Touchpoints = out
	pl.byKey = make(map[string]int, len(out))
	for i := range out {
		pl.byKey[out[i].Key] = i
	}
	for i := range pl.plan.Changes { // only now does each point stand where it stays
		if c := &pl.plan.Changes[i]; c.Kind == register.KindTouchpoint {
			c.Subject = &out[pl.byKey[c.Key]]
		}
	}
}

// point is a point of the target.
func (pl *planner) point(key string) register.Touchpoint {
	if i, ok := pl.byKey[key]; ok {
		return pl.plan.Target.Touchpoints[i]
	}
	return register.Touchpoint{}
}

// amendDeclared records that a point of the register is one that section 3 declares, unless a change of it is planned
// already.
func (pl *planner) amendDeclared(was, t register.Touchpoint, src *register.Source) {
	for i := range pl.plan.Changes {
		if c := &pl.plan.Changes[i]; c.Kind == register.KindTouchpoint && c.Key == t.Key {
			return
		}
	}
	pl.put(pointItem(t, src), true, nil, pl.pointFields(&was, &t))
}

func pointItem(t register.Touchpoint, src *register.Source) Item {
	return Item{Kind: register.KindTouchpoint, Key: t.Key, Text: t.Text(), Source: src}
}

// leavingPoints are the points of the register that lose their last row by this document.
func (pl *planner) leavingPoints(m *matching) map[string]bool {
	gone := map[string]bool{}
	if pl.opt.Partial {
		return gone
	}
	used := map[string]bool{}
	for _, u := range pl.cur.Usages {
		used[u.Touchpoint] = true
	}
	for _, t := range pl.cur.Touchpoints {
		gone[t.Key] = used[t.Key] && t.Declared == "" && !m.ptTaken[t.Key]
	}
	return gone
}

// mergePoint is a point of the register with what the document says of it. Hours and the address that stand in the words
// of a point are taken when the words change; its department, and which declared point it is, are not read off its
// words again.
func mergePoint(was, t register.Touchpoint, col said) register.Touchpoint {
	out := was
	if !same(was.Label, t.Label) {
		out.Label = t.Label
	}
	if !same(was.Value, t.Value) {
		out.Value = t.Value
	}
	reworded := out.Label != was.Label || out.Value != was.Value
	if reworded || t.Contact != "" {
		out.Contact = t.Contact
	}
	if t.Kind != "" && (reworded || was.Kind == "") {
		out.Kind = t.Kind
	}
	if t.Place != "" && (col.place || reworded) && !same(was.Place, t.Place) {
		out.Place = t.Place
	}
	if t.Hours != "" && (col.hours || reworded) && !same(was.Hours, t.Hours) {
		out.Hours = t.Hours
	}
	if col.department {
		out.Department = t.Department
	}
	return out
}

// put records a subject, which stands in the target, as included or, with the fields that changed, as changed.
func (pl *planner) put(it Item, known bool, subject any, fields []Field) {
	it.Op = register.Include
	if known {
		it.Op, it.Fields = register.Amend, fields
		pl.plan.Changed = append(pl.plan.Changed, it)
	} else {
		pl.plan.Included = append(pl.plan.Included, it)
	}
	pl.plan.Changes = append(pl.plan.Changes, register.Change{Op: it.Op, Kind: it.Kind, Key: it.Key, Subject: subject})
}

// move records a subject that only changed its place; the preview counts them.
func (pl *planner) move(kind register.Kind, key string, subject any) {
	pl.plan.Changes = append(pl.plan.Changes, register.Change{Op: register.Amend, Kind: kind, Key: key, Subject: subject})
}

func (pl *planner) exclude(stage int, it Item) {
	it.Op = register.Exclude
	pl.drop[stage] = append(pl.drop[stage], register.Change{Op: it.Op, Kind: it.Kind, Key: it.Key})
	pl.plan.Excluded = append(pl.plan.Excluded, it)
}
