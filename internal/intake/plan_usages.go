package intake

import (
	"slices"
	"strings"

	"perechen/internal/register"
)

// cell is a process and a point of the register: where wordings are compared.
type cell struct{ process, point string }

// planned is a usage on its way into the target: its number in the draft and in the register, -1 where it is not there. The
// usage itself is made in its place: a large register is not held once more.
type planned struct{ draft, was int32 }

// usages plans the usages.
func (pl *planner) usages() {
	if len(pl.cur.Usages) == 0 && pl.sameKeys() {
		// The first import: the draft's usages are the target's as they are.
		for i := range pl.d.Usages {
			u := &pl.d.Usages[i]
			pl.put(pl.usageItem(u, u.Source), false, u, nil)
		}
		pl.plan.Target.Usages = pl.d.Usages
		return
	}
	match, taken := pl.matchUsages()
	list := make([]planned, len(pl.d.Usages))
	for i := range list {
		list[i] = planned{int32(i), int32(match[i])}
	}
	fresh := pl.newKeys(match)
	if pl.opt.Partial {
		list = pl.besideOthers(list)
	} else {
		for i := range pl.cur.Usages {
			if !taken[i] {
				pl.exclude(0, pl.usageItem(&pl.cur.Usages[i], nil))
			}
		}
	}
	was := make([]int, len(list))
	for i := range list {
		if k := list[i].was; k >= 0 {
			was[i] = pl.cur.Usages[k].Position
		}
	}
	moved := 0
	out := make([]register.Usage, len(list))
	for i, pos := range settle(was) {
		u, x := &out[i], list[i]
		if x.draft < 0 {
			*u = pl.cur.Usages[x.was]
		} else {
			pl.planned(u, x, fresh)
		}
		u.Position = pos
		if x.was < 0 {
			pl.put(pl.usageItem(u, pl.d.Usages[x.draft].Source), false, u, nil)
			continue
		}
		before := &pl.cur.Usages[x.was]
		fields := pl.usageFields(before, u)
		switch {
		case len(fields) > 0:
			var src *register.Source
			if x.draft >= 0 {
				src = pl.d.Usages[x.draft].Source
			}
			pl.put(pl.usageItem(u, src), true, u, fields)
		case before.Position != pos:
			moved++
			pl.move(register.KindUsage, u.Key, u)
		}
	}
	pl.moved(register.KindUsage, moved)
	pl.plan.Target.Usages = out
}

// newKeys gives the usages of the draft that are not in the register their keys, by number in the draft.
func (pl *planner) newKeys(match []int) map[int32]string {
	keys := newKeyring()
	for i := range pl.cur.Usages {
		keys.used[pl.cur.Usages[i].Key] = true
	}
	fresh := map[int32]string{}
	for i, k := range match {
		if k < 0 {
			u := &pl.d.Usages[i]
			fresh[int32(i)] = keys.take(pl.procs[u.Process] + "." + pl.pts[u.Touchpoint])
		}
	}
	return fresh
}

// planned makes the usage of a draft as the target has it; its place is still to come.
func (pl *planner) planned(u *register.Usage, x planned, fresh map[int32]string) {
	*u = pl.d.Usages[x.draft]
	u.Process, u.Touchpoint = pl.procs[u.Process], pl.pts[u.Touchpoint]
	if x.was >= 0 {
		*u = pl.mergeUsage(&pl.cur.Usages[x.was], *u)
	} else {
		u.Key = fresh[x.draft]
	}
}

// sameKeys tells whether the draft's processes and points have the same keys in the target.
func (pl *planner) sameKeys() bool {
	for k, key := range pl.procs {
		if k != key {
			return false
		}
	}
	for k, key := range pl.pts {
		if k != key {
			return false
		}
	}
	return true
}

// matchUsages finds for each usage of the draft its usage in the register, -1 if none: first by the same wording, then,
// within the same process and point, in their order. taken marks the usages of the register that were found.
func (pl *planner) matchUsages() (match []int, taken []bool) {
	cur := pl.cur.Usages
	match, taken = make([]int, len(pl.d.Usages)), make([]bool, len(cur))
	type worded struct {
		cell
		text string
	}
	first := make(map[worded]int, len(cur)) // number of the first one plus 1
	next := make([]int, len(cur))           // the next one of the same wording plus 1
	for i := len(cur) - 1; i >= 0; i-- {
		w := worded{cell{cur[i].Process, cur[i].Touchpoint}, cur[i].Text}
		next[i] = first[w]
		first[w] = i + 1
	}
	find := func(w worded) int {
		for k := first[w]; k > 0; k = next[k-1] {
			if !taken[k-1] {
				first[w] = next[k-1]
				taken[k-1] = true
				return k - 1
			}
		}
		return -1
	}
	cells := make([]cell, len(pl.d.Usages))
	left := 0
	for i := range pl.d.Usages {
		u := &pl.d.Usages[i]
		cells[i] = cell{pl.procs[u.Process], pl.pts[u.Touchpoint]}
		if match[i] = find(worded{cells[i], u.Text}); match[i] < 0 {
			left++
		}
	}
	if left == 0 || left == len(pl.d.Usages) && len(cur) == 0 {
		return match, taken
	}
	// What is left of each cell: the same words but for layout and letter case, then whatever comes next.
	rest := map[cell][]int{}
	for i := range cur {
		if !taken[i] {
			c := cell{cur[i].Process, cur[i].Touchpoint}
			rest[c] = append(rest[c], i)
		}
	}
	byWords := map[worded]int{}
	for c, is := range rest {
		for _, i := range slices.Backward(is) {
			byWords[worded{c, ident(cur[i].Text)}] = i + 1
		}
	}
	for i := range match {
		if match[i] >= 0 || len(rest[cells[i]]) == 0 {
			continue
		}
		w := worded{cells[i], ident(pl.d.Usages[i].Text)}
		if k := byWords[w]; k > 0 && !taken[k-1] {
			match[i], taken[k-1] = k-1, true
		}
	}
	for i := range match {
		if match[i] >= 0 {
			continue
		}
		is := rest[cells[i]]
		for len(is) > 0 && taken[is[0]] {
			is = is[1:]
		}
		if len(is) > 0 {
			match[i], taken[is[0]] = is[0], true
			is = is[1:]
		}
		if len(rest[cells[i]]) > 0 {
			rest[cells[i]] = is
		}
	}
	return match, taken
}

// besideOthers puts the usages of a partial document among those of the register: what is there keeps its order, new
// ones come after the last usage of their process, those of new processes at the end.
func (pl *planner) besideOthers(drafts []planned) []planned {
	changed := make(map[int]int, len(drafts)) // number in the register → in drafts
	fresh := map[string][]int{}
	process := func(i int) string { return pl.procs[pl.d.Usages[i].Process] }
	for i, x := range drafts {
		if x.was >= 0 {
			changed[int(x.was)] = i
		} else {
			fresh[process(i)] = append(fresh[process(i)], i)
		}
	}
	order := make([]int, len(pl.cur.Usages))
	last := map[string]int{}
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := &pl.cur.Usages[a], &pl.cur.Usages[b]
		return byPosition(x.Position, y.Position, x.Key, y.Key)
	})
	for n, i := range order {
		last[pl.cur.Usages[i].Process] = n
	}
	out := make([]planned, 0, len(order)+len(drafts))
	for n, i := range order {
		if k, ok := changed[i]; ok {
			out = append(out, drafts[k])
		} else {
			out = append(out, planned{-1, int32(i)})
		}
		if p := pl.cur.Usages[i].Process; last[p] == n {
			for _, k := range fresh[p] {
				out = append(out, drafts[k])
			}
			delete(fresh, p)
		}
	}
	for i := range drafts {
		for _, k := range fresh[process(i)] {
			out = append(out, drafts[k])
		}
		delete(fresh, process(i))
	}
	return out
}

// mergeUsage is a usage of the register with what the document says of it.
func (pl *planner) mergeUsage(was *register.Usage, u register.Usage) register.Usage {
	out := *was
	reworded := !same(was.Text, u.Text)
	if reworded {
		out.Text = u.Text
	}
	// Needs may have come from a column of their own, which the report's form does not print: then the wording says less.
	if !sameNeeds(was.Needs, u.Needs) && (reworded || pl.d.needs || !pl.known(was.Needs)) {
		out.Needs = u.Needs
	}
	if u.Feature != "" && !(was.Feature == "" && was.Printed == "" && pl.implied(u)) {
		if !same(was.Feature, u.Feature) {
			out.Feature, out.Printed = u.Feature, u.Printed
		} else if u.Printed != "" && pl.d.class {
			out.Printed = u.Printed // it stands in a column of its own, which not every form has
		}
	}
	return out
}

// known tells whether the procedure still has all these needs.
func (pl *planner) known(refs []register.NeedRef) bool {
	for _, r := range refs {
		if _, ok := pl.p.NeedByCode(r.Code); !ok {
			return false
		}
	}
	return len(refs) > 0
}

// implied tells a feature that says no more than the class that the procedure gives the point: where the register has no
// feature, the program prints such a one itself.
func (pl *planner) implied(u register.Usage) bool {
	if len(strings.Fields(u.Feature)) > 4 {
		return false
	}
	class, _ := pl.p.ClassOf(pl.point(u.Touchpoint))
	return class != "" && class == u.Printed
}

func sameNeeds(a, b []register.NeedRef) bool {
	return slices.EqualFunc(a, b, func(x, y register.NeedRef) bool { return x.Code == y.Code && same(x.Text, y.Text) })
}
