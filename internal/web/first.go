package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"

	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// firstChoice is where a body says what its clients find first.
type firstChoice struct {
	frame
	Wrong []link
	Done  string
	Base  string
	Asks  []ask
}

func (s *site) chooseFirst(r *request) (page, error) {
	if s.desk == nil {
		return nil, notFound("")
	}
	p := &firstChoice{frame: r.frame("first", "settings", r.lang.T("first.title"))}
	p.Base = upkeep.HashOf(register.Encode(p.Body))
	if r.query.Get("done") != "" {
		p.Done = r.lang.T("first.done")
	}
	there := r.firstChosen()
	for i := range max(1, min(upkeep.MostFirst, len(r.snap.reg.Processes))) {
		a := ask{Name: "p" + strconv.Itoa(i+1), Kind: "select", Label: r.lang.T("first.place", i+1), Options: []option{{Text: r.lang.T("first.none")}}}
		if i < len(there) {
			a.Value = there[i].Key
		}
		for j := range r.snap.reg.Processes {
			a.Options = append(a.Options, option{Value: r.snap.reg.Processes[j].Key, Text: r.snap.reg.Processes[j].Title})
		}
		p.Asks = append(p.Asks, a)
	}
	p.Asks = r.standing(p.Base, p.Asks)
	p.Wrong = r.wrong(p.Asks...)
	return p, nil
}

func (s *site) saveFirst(r *request, v url.Values) (string, error) {
	if s.desk == nil {
		return "", notFound("")
	}
	var keys []string
	for i := range upkeep.MostFirst {
		if key := v.Get("p" + strconv.Itoa(i+1)); key != "" {
			keys = append(keys, key)
		}
	}
	return s.address(r, "settings", "first") + "?done=1", s.desk.SetFirst(r.Context(), r.actor(), r.slug, v.Get("base"), keys)
}

// firstChosen are the processes that the body has put first, those that are in force.
func (r *request) firstChosen() []*register.Process {
	var ps []*register.Process
	for _, key := range r.snap.reg.Organisation.First {
		if x := r.snap.processes[key]; x != nil && r.inForce(x) {
			ps = append(ps, x)
		}
	}
	return ps
}

func (r *request) inForce(x *register.Process) bool { return x.InForce(r.day) && r.holds(x.From, x.To) }

// broadest are the other processes, those first for which people may turn to the body with more needs; nobody counts how often they do.
func (r *request) broadest(but []*register.Process) []*register.Process {
	var ps []*register.Process
	for i := range r.snap.reg.Processes {
		x := &r.snap.reg.Processes[i]
		if !r.inForce(x) || slices.Contains(but, x) {
			continue
		}
		ps = append(ps, x)
	}
	slices.SortStableFunc(ps, func(a, b *register.Process) int { return cmp.Compare(len(r.snap.met[b.Key]), len(r.snap.met[a.Key])) })
	return ps
}
