package intake

import (
	"cmp"
	"fmt"
	"slices"

	"perechen/internal/lang"
	"perechen/internal/register"
)

// ProcessOptions say how a реестр процессов is taken in.
type ProcessOptions struct {
	Partial bool          // the document is a part of the реестр: nothing is excluded
	Act     register.Act  // by which what the document does not name any more is excluded; the document's own where it is empty
	On      register.Date // the day from which it is, where the act has none
}

// Against compares the document with the реестр процессов of a register. A process is known by its title. What a document
// leaves blank stays as it is; so does the place in the report: new processes come last, in the document's order. A process
// that a whole document does not name any more is excluded by an act from a day on; it stays in the register with that
// mark, for its rows must be looked at. A process that was excluded before and is named again without an act of exclusion
// is included again.
func (d *ProcessRegister) Against(cur *register.Register, opt ProcessOptions) *Plan {
	if cur == nil {
		cur = &register.Register{}
	}
	target := *cur
	pl := &planner{cur: cur, f: &findings{}, plan: &Plan{Target: &target, Changes: []register.Change{}, Included: []Item{}, Changed: []Item{}, Excluded: []Item{}}}
	keys := newKeyring()
	byID := make(map[string]int, len(cur.Processes))
	last := 0
	out := slices.Clone(cur.Processes)
	for i, p := range out {
		keys.used[p.Key] = true
		last = max(last, p.Position)
		id := ident(p.Title)
		// Of two with one title the one in force is meant.
		if j, ok := byID[id]; !ok || out[j].Excluded != nil && p.Excluded == nil {
			byID[id] = i
		}
	}
	named := make([]bool, len(cur.Processes))
	for i, x := range d.Processes {
		if k, ok := byID[ident(x.Title)]; ok {
			named[k] = true
			was := out[k]
			out[k] = d.merge(was, i)
			pl.processItem(was, out[k], d.places[i])
			continue
		}
		x.Key = keys.take(x.Key)
		last++
		x.Position = last
		out = append(out, x)
		pl.plan.Included = append(pl.plan.Included, Item{Op: register.Include, Kind: register.KindProcess, Key: x.Key, Text: x.Title, Source: d.places[i]})
		pl.plan.Changes = append(pl.plan.Changes, register.Change{Op: register.Include, Kind: register.KindProcess, Key: x.Key})
	}
	if !opt.Partial {
		act := opt.Act
		if act == (register.Act{}) && d.Act != nil {
			act = register.Act{Kind: d.Act.Kind, Number: d.Act.Number, Date: d.Act.Date}
		}
		for k := range named {
			if was := out[k]; !named[k] && was.Excluded == nil {
				out[k].Excluded, out[k].To = &act, cmp.Or(act.Date, opt.On)
				pl.processItem(was, out[k], nil)
			}
		}
		if n := len(pl.plan.Excluded); n > 0 && act.Number == "" && act.Date == "" {
			pl.f.add("R14", register.Unclear, "", fmt.Sprintf("Из реестра процессов %s, а акт об исключении не назван.", lang.Count(n, "процесс исключается", "процесса исключаются", "процессов исключаются")),
				[]string{"exclusion act"}).Fix = "Назовите акт или загрузите файл как часть реестра."
		}
	}
	target.Processes = out
	for i := range pl.plan.Changes {
		c := &pl.plan.Changes[i]
		c.Subject = &out[slices.IndexFunc(out, func(p register.Process) bool { return p.Key == c.Key })]
	}
	pl.plan.Findings = slices.Concat(d.Findings, pl.f.list())
	return pl.plan
}

// merge is a process of the register with what process i of the document says of it.
func (d *ProcessRegister) merge(was register.Process, i int) register.Process {
	x, said, out := d.Processes[i], d.acts[i], was
	out.Scope = cmp.Or(x.Scope, was.Scope)
	if x.Direction != "" && !same(x.Direction, was.Direction) {
		out.Direction = x.Direction
	}
	out.Department = cmp.Or(x.Department, was.Department)
	// An act that is printed as it is in the register is that act, with all that is not printed.
	printed := func(a *register.Act, text string) bool { return a != nil && ident(a.Text()) == ident(text) }
	if t, ok := said[fIncluded]; ok && x.Included != nil && !printed(was.Included, t) {
		out.Included, out.From = x.Included, x.From
	}
	if _, ok := said[fFrom]; ok && x.From != "" {
		out.From = x.From
	}
	if t := said[fExcluded]; !printed(was.Excluded, t) || t == "" && said[fTo] == "" {
		out.Excluded, out.To = x.Excluded, x.To
		if x.Excluded == nil && was.Excluded == nil {
			out.To = was.To
		}
	}
	if _, ok := said[fTo]; ok && x.To != "" {
		out.To = x.To
	}
	return out
}

// processItem plans the change from was to now, if there is one: an exclusion, an inclusion of what was excluded, or what it is.
func (pl *planner) processItem(was, now register.Process, src *register.Source) {
	if string(register.Encode(was)) == string(register.Encode(now)) {
		return
	}
	it := Item{Op: register.Amend, Kind: register.KindProcess, Key: now.Key, Text: now.Title, Source: src, Fields: pl.processFields(was, now)}
	switch {
	case was.Excluded == nil && now.Excluded != nil:
		it.Op = register.Exclude
		pl.plan.Excluded = append(pl.plan.Excluded, it)
	case was.Excluded != nil && now.Excluded == nil:
		it.Op = register.Include
		pl.plan.Included = append(pl.plan.Included, it)
	default:
		pl.plan.Changed = append(pl.plan.Changed, it)
	}
	pl.plan.Changes = append(pl.plan.Changes, register.Change{Op: register.Amend, Kind: register.KindProcess, Key: now.Key})
}

func (pl *planner) processFields(was, now register.Process) []Field {
	var l fieldList
	act := func(a *register.Act) string {
		if a == nil {
			return ""
		}
		return cmp.Or(a.Text(), "акт не назван")
	}
	department := func(key string) string {
		for _, d := range pl.cur.Departments {
			if d.Key == key {
				return d.Title
			}
		}
		return key
	}
	l.add("наименование", was.Title, now.Title)
	l.add("вид процесса", was.Scope, now.Scope)
	l.add("направление деятельности", was.Direction, now.Direction)
	l.add("отдел", department(was.Department), department(now.Department))
	l.add("акт о включении", act(was.Included), act(now.Included))
	l.add("действует с", lang.Date(string(was.From)), lang.Date(string(now.From)))
	l.add("акт об исключении", act(was.Excluded), act(now.Excluded))
	l.add("действует по", lang.Date(string(was.To)), lang.Date(string(now.To)))
	return l
}
