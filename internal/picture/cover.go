package picture

import (
	"cmp"
	"slices"

	"perechen/internal/procedure"
	"perechen/internal/register"
)

// disputed is the class of a point that the order calls one thing and its row in the report another.
const disputed register.Class = "disputed"

// needClasses are the classes of the points of a need, in the order in which they are shown.
var needClasses = []register.Class{register.Digital, register.Offline, disputed, ""}

// A Cover says how one process is served on a day.
type Cover struct {
	Process *register.Process
	Number  int                               // in the report, from 1
	Points  map[register.Class]int            // different points by class, as the order says; "" is a point of no class
	Needs   map[string]map[register.Class]int // need → points by class, those of which order and report say different things as disputed
	Lacks   []procedure.Need                  // needs that no point of the process satisfies but some point of the body does
	Finding map[register.Class]*register.Finding
}

// Empty tells that the process has no point at all.
func (c *Cover) Empty() bool { return len(c.Points) == 0 }

// Has tells whether the process has a point of the class. Where an open finding says that this hangs on how a point is
// read, it is neither had nor missing: see Unclear.
func (c *Cover) Has(class register.Class) bool { return c.Points[class] > 0 }

// Unclear tells that a rule asks which reading is meant before it can be said whether the process has such a point.
func (c *Cover) Unclear(class register.Class) bool {
	f := c.Finding[class]
	return f != nil && f.Severity == register.Unclear
}

// Disputed tells that some need is met by a point whose class is disputed.
func (c *Cover) Disputed() bool {
	for _, met := range c.Needs {
		if met[disputed] > 0 {
			return true
		}
	}
	return false
}

// weight orders covers: what lacks most stands first.
func (c *Cover) weight() int {
	switch {
	case c.Empty():
		return 0
	case !c.Has(register.Digital) && !c.Unclear(register.Digital):
		return 1
	case !c.Has(register.Offline) && !c.Unclear(register.Offline):
		return 2
	case c.Unclear(register.Digital):
		return 3
	case c.Unclear(register.Offline):
		return 4
	case len(c.Lacks) > 0:
		return 5
	}
	return 6
}

// Covers looks at the processes, points and interactions that are in force on the day, in report order. Unmet are the needs
// that nothing in the register satisfies; they are not counted against each process again. A rule's findings about both
// classes (R6) are joined to their processes.
func (v *View) Covers() (covers []Cover, unmet []procedure.Need) {
	type spot struct {
		class  register.Class
		number int32
	}
	points := make(map[string]spot, len(v.Register.Touchpoints))
	for i := range v.Register.Touchpoints {
		t := &v.Register.Touchpoints[i]
		if v.inForce(t.From, t.To) {
			class, _ := v.Procedure.ClassOf(*t)
			points[t.Key] = spot{class, int32(i)}
		}
	}
	at := make(map[string]int, len(v.Register.Processes))
	for i := range v.Register.Processes {
		x := &v.Register.Processes[i]
		if v.inForce(x.From, x.To) {
			at[x.Key] = len(covers)
			covers = append(covers, Cover{Process: x, Number: i + 1, Points: map[register.Class]int{}, Needs: map[string]map[register.Class]int{}, Finding: map[register.Class]*register.Finding{}})
		}
	}
	// Many usages of a large register say the same of a process, a need and a point: they are told apart by numbers.
	type mark struct{ process, need, point int32 }
	seen := make(map[mark]struct{}, 3*len(v.Register.Usages))
	met, needs := map[string]bool{}, map[string]int32{}
	again := func(process int, need string, point int32) bool {
		k, ok := needs[need]
		if !ok {
			k = int32(len(needs))
			needs[need] = k
		}
		m := mark{int32(process), k, point}
		_, known := seen[m]
		if !known {
			seen[m] = struct{}{}
		}
		return known
	}
	for i := range v.Register.Usages {
		u := &v.Register.Usages[i]
		where, ok := points[u.Touchpoint]
		if !ok || !v.inForce(u.From, u.To) {
			continue
		}
		class := cmp.Or(where.class, u.Printed)
		for _, n := range u.Needs {
			if !met[n.Code] {
				met[n.Code] = true
			}
		}
		number, ok := at[u.Process]
		if !ok {
			continue
		}
		c := &covers[number]
		if !again(number, "", where.number) {
			c.Points[class]++
		}
		if u.Printed != "" && u.Printed != class {
			class = disputed
		}
		for _, n := range u.Needs {
			if !again(number, n.Code, where.number) {
				if c.Needs[n.Code] == nil {
					c.Needs[n.Code] = map[register.Class]int{}
				}
				c.Needs[n.Code][class]++
			}
		}
	}
	for _, n := range v.needs() {
		if len(covers) > 0 && !met[n.Code] {
			unmet = append(unmet, n)
		}
		for i := range covers {
			if met[n.Code] && covers[i].Needs[n.Code] == nil {
				covers[i].Lacks = append(covers[i].Lacks, n)
			}
		}
	}
	for i := range v.Findings {
		f := &v.Findings[i]
		if f.Rule != "R6" {
			continue
		}
		for _, p := range f.Places {
			n, ok := at[p.Key]
			if p.Kind != register.KindProcess || !ok {
				continue
			}
			for _, class := range []register.Class{register.Digital, register.Offline} {
				if f.ID == register.FindingID("R6", p.Key, string(class)) || f.ID == register.FindingID("R6", p.Key, "none") {
					covers[n].Finding[class] = f
				}
			}
		}
	}
	return covers, unmet
}

// needs are the needs that the order names; the open one («другие») asks for nothing in particular.
func (v *View) needs() []procedure.Need {
	return slices.DeleteFunc(slices.Clone(v.Procedure.Needs), func(n procedure.Need) bool { return n.Other })
}
