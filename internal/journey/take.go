package journey

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// A Taken is a ready journey matched to a body's register.
type Taken struct {
	Ready    Ready
	Profile  string            // title of the profile that was recognised; empty: none was
	Found    map[string]string // title of each slot → title of the process
	Journeys []register.Journey
	Misses   []Miss
	Bound    int // steps that lead to something of the register
}

// A Miss is what of a ready journey the register does not have.
type Miss struct {
	State   string // of the journey; empty for what concerns them all
	Action  string // of the step; empty for a process or a profile
	Looked  string // what was looked for, in plain Russian
	Process bool   // it is a process
	Profile bool   // it is a profile
	Bare    bool   // there are points by which it could be done, and no interaction in the register that says so
}

// alternatives is how many points one clause of a step may give.
const alternatives = 3

// Take matches a ready journey to the processes, usages and points of a register on a day. Nothing is invented: a step for which
// the register has nothing keeps its words, leads nowhere and is among the misses. Keys are free in the register.
func Take(ready Ready, r *register.Register, p *procedure.Procedure, on register.Date) Taken {
	t := &taking{Taken: Taken{Ready: ready, Found: map[string]string{}}, r: r, p: p, on: on, slots: map[string]string{}, points: map[string]register.Touchpoint{}, departments: map[string]string{}}
	for _, x := range r.Touchpoints {
		if inForce(x.From, x.To, on) {
			t.points[x.Key] = x
		}
	}
	for _, d := range r.Departments {
		t.departments[d.Key] = d.Title
	}
	profile := ""
	for _, x := range r.Profiles {
		if profile == "" && saysAny(x.Title, ready.Profile) {
			profile, t.Profile = x.Key, x.Title
		}
	}
	if profile == "" && len(r.Profiles) > 0 && len(ready.Profile) > 0 {
		t.Misses = append(t.Misses, Miss{Looked: "профиль клиента: " + ready.Profile[0], Profile: true})
	}
	var used []string
	for _, name := range sortedKeys(ready.Processes) {
		slot := ready.Processes[name]
		x, ok := t.process(slot, used)
		if !ok {
			if slot.Required {
				t.Misses = append(t.Misses, Miss{Looked: "процесс: " + slot.Title, Process: true})
			}
			continue
		}
		t.slots[name], t.Found[slot.Title] = x.Key, x.Title
		used = append(used, x.Key)
	}
	processes := []string{}
	for _, x := range r.Processes { // in the order of the report
		if slices.Contains(used, x.Key) {
			processes = append(processes, x.Key)
		}
	}
	position, asIs := lastPosition(r), ""
	for _, rj := range ready.Journeys {
		position++
		j := register.Journey{Key: freeKey(r, t.Journeys, ready.ID, rj.State), Title: rj.Title, State: rj.State, Profile: profile, Processes: processes,
			Note: rj.Note, Stages: []register.JourneyStage{}, Position: position}
		if rj.State == register.AsIs {
			asIs = j.Key
		} else {
			j.Of = asIs
		}
		for _, rs := range rj.Stages {
			s := register.JourneyStage{Title: rs.Title, Steps: []register.JourneyStep{}}
			for _, x := range rs.Steps {
				s.Steps = append(s.Steps, t.step(rj.State, x))
			}
			j.Stages = append(j.Stages, s)
		}
		t.Journeys = append(t.Journeys, j)
	}
	return t.Taken
}

type taking struct {
	Taken
	r           *register.Register
	p           *procedure.Procedure
	on          register.Date
	slots       map[string]string // name of a slot → key of a process
	points      map[string]register.Touchpoint
	departments map[string]string
}

// process finds the process of a slot; the first rule that any title follows decides.
func (t *taking) process(s Slot, used []string) (register.Process, bool) {
	for _, rule := range s.Words {
		for _, x := range t.r.Processes {
			if x.InForce(t.on) && !slices.Contains(used, x.Key) && says(x.Title, rule) {
				return x, true
			}
		}
	}
	return register.Process{}, false
}

func (t *taking) step(state string, x ReadyStep) register.JourneyStep {
	s := register.JourneyStep{Action: x.Action, Documents: slices.Clone(x.Documents), Duration: x.Duration, Pain: x.Pain, Weight: x.Weight}
	if minutes, days, ok := ParseDuration(x.Duration); ok {
		s.Minutes, s.Days = minutes, days
	}
	bound, asked, used := false, false, false
	var looked []string
	meets := true
	for _, th := range x.Through {
		if th.Outside != "" {
			s.Points = append(s.Points, register.JourneyPoint{Text: th.Outside})
			continue
		}
		asked = true
		us := t.usages(th)
		for _, u := range us {
			if !slices.ContainsFunc(s.Points, func(p register.JourneyPoint) bool { return p.Usage == u.Key }) {
				s.Points = append(s.Points, register.StepThrough(u, t.points[u.Touchpoint]))
			}
			meets = meets && slices.Contains(u.NeedCodes(), x.Need)
			bound, used = true, true
		}
		if len(us) == 0 {
			for _, p := range t.bare(th) {
				s.Points = append(s.Points, register.JourneyPoint{Touchpoint: p.Key, Text: p.Text(), Place: p.Place})
				bound = true
			}
			looked = append(looked, t.looked(th))
		}
	}
	if _, listed := t.p.NeedByCode(x.Need); listed && meets {
		s.Need = x.Need
	}
	if bound {
		t.Bound++
	}
	if asked && !used {
		t.Misses = append(t.Misses, Miss{State: state, Action: x.Action, Looked: strings.Join(looked, "; "), Bare: bound})
	}
	// Inside before outside: what the body has itself is what its register is about.
	slices.SortStableFunc(s.Points, func(a, b register.JourneyPoint) int { return cmp.Compare(boolInt(a.Outside()), boolInt(b.Outside())) })
	return s
}

// usages are those of the process that satisfy the need by the kinds that are asked for; else those whose words are asked for.
func (t *taking) usages(th Through) []register.Usage {
	key, ok := t.slots[th.Process]
	if !ok {
		return nil
	}
	pick := func(fits func(register.Usage) bool) []register.Usage {
		var us []register.Usage
		for _, u := range t.r.Usages {
			x, there := t.points[u.Touchpoint]
			if u.Process == key && there && inForce(u.From, u.To, t.on) && (len(th.Kinds) == 0 || slices.Contains(th.Kinds, x.Kind)) && fits(u) {
				us = append(us, u)
			}
		}
		slices.SortStableFunc(us, func(a, b register.Usage) int {
			return cmp.Compare(slices.Index(th.Kinds, t.points[a.Touchpoint].Kind), slices.Index(th.Kinds, t.points[b.Touchpoint].Kind))
		})
		return us[:min(len(us), alternatives)]
	}
	if us := pick(func(u register.Usage) bool { return slices.Contains(u.NeedCodes(), th.Need) }); len(us) > 0 {
		return us
	}
	if len(th.Words) == 0 {
		return nil
	}
	return pick(func(u register.Usage) bool { return saysAny(u.Text, th.Words) })
}

// bare are points by which it could be done, though the register does not say so yet: those of the place, else those that
// belong to no department in particular.
func (t *taking) bare(th Through) []register.Touchpoint {
	var own, common []register.Touchpoint
	for _, x := range t.r.Touchpoints {
		if _, there := t.points[x.Key]; !there || !slices.Contains(th.Kinds, x.Kind) {
			continue
		}
		named := x.Label + " " + t.departments[x.Department]
		switch {
		case th.Place != "" && saysAny(named, t.Ready.Places[th.Place]):
			own = append(own, x)
		case x.Department == "" && !says(named, "отдел") && !t.kept(x):
			common = append(common, x)
		}
	}
	out := append(own, common...)
	slices.SortStableFunc(out, func(a, b register.Touchpoint) int {
		return cmp.Compare(slices.Index(th.Kinds, a.Kind), slices.Index(th.Kinds, b.Kind))
	})
	return out[:min(len(out), alternatives)]
}

// kept tells that a room serves one thing only, and nothing else is done there.
func (t *taking) kept(x register.Touchpoint) bool {
	if c, _ := t.p.ClassOf(x); c != register.Offline {
		return false
	}
	in := map[string]bool{}
	for _, u := range t.r.Usages {
		if u.Touchpoint == x.Key {
			in[u.Process] = true
		}
	}
	return len(in) == 1
}

// looked says what a clause of a step asks for: «получение информации: официальный сайт, портал».
func (t *taking) looked(th Through) string {
	var kinds []string
	for _, k := range th.Kinds {
		kinds = append(kinds, lowerFirst(cmp.Or(t.p.KindTitle(k), k)))
	}
	need := th.Need
	if n, ok := t.p.NeedByCode(th.Need); ok {
		need = n.Text
	}
	return fmt.Sprintf("%s: %s", need, strings.Join(kinds, ", "))
}

// says tells whether all words of a rule stand in a text, in any form.
func says(text, rule string) bool {
	have := lang.Stems(text)
	want := lang.Stems(rule)
	for _, w := range want {
		if !slices.Contains(have, w) {
			return false
		}
	}
	return len(want) > 0
}

func saysAny(text string, rules []string) bool {
	return slices.ContainsFunc(rules, func(rule string) bool { return says(text, rule) })
}

func freeKey(r *register.Register, more []register.Journey, id, state string) string {
	base := id
	if state != register.AsIs {
		base += "-" + state
	}
	key := base
	taken := func(j register.Journey) bool { return j.Key == key }
	for n := 2; slices.ContainsFunc(r.Journeys, taken) || slices.ContainsFunc(more, taken); n++ {
		key = fmt.Sprintf("%s-%d", base, n)
	}
	return key
}

func sortedKeys(m map[string]Slot) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	// What is required is found first: it must not lose its process to what may be there.
	slices.SortStableFunc(keys, func(a, b string) int { return cmp.Compare(boolInt(!m[a].Required), boolInt(!m[b].Required)) })
	return keys
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
