package web

import (
	"cmp"
	"encoding/json"
	"net/url"

	"perechen/internal/register"
	"perechen/internal/upkeep"
)

func (s *site) successorRoutes(mux router) {
	officers := who{register.RoleOfficer, register.RoleHead}
	mux.HandleFunc("/{body}/points/{key}/successor", s.form(s.successorPage(register.KindTouchpoint), s.setSuccessor(register.KindTouchpoint), officers))
	mux.HandleFunc("/{body}/processes/{key}/successor", s.form(s.successorPage(register.KindProcess), s.setSuccessor(register.KindProcess), officers))
}

// A replaced says what stands in the place of something that was excluded.
type replaced struct {
	By   *link
	Edit string // where the successor is named, for those who may
}

// replacedBy finds what an excluded subject leads to. A passer-by is led on at once: err is a *moved then.
func (r *request) replacedBy(f *frame, kind register.Kind, key string) (replaced, error) {
	var x replaced
	part := subjectPart(kind)
	if by, ok := r.snap.reg.ReplacedBy(kind, key); ok {
		if r.viewer == nil && !r.view.past() {
			return x, &moved{f.with(nil, part, by)}
		}
		x.By = &link{f.To(part, by), r.subjectName(kind, by)}
	}
	if !r.view.past() && r.may(register.RoleOfficer, register.RoleHead) {
		x.Edit = f.with(nil, part, key, "successor")
	}
	return x, nil
}

// standsFor is what stands in the place of an excluded point or process of that key.
func (r *request) standsFor(key string) (by string, ok bool) {
	if by, ok = r.snap.reg.ReplacedBy(register.KindTouchpoint, key); !ok {
		by, ok = r.snap.reg.ReplacedBy(register.KindProcess, key)
	}
	return by, ok
}

func subjectPart(kind register.Kind) string {
	if kind == register.KindProcess {
		return "processes"
	}
	return "points"
}

// successorPage asks what stands in the place of an excluded point or process.
type successorPage struct {
	frame
	Wrong []link
	Old   link
	By    ask
}

func (s *site) successorPage(kind register.Kind) func(*request) (page, error) {
	return func(r *request) (page, error) {
		key := r.PathValue("key")
		p := &successorPage{frame: r.frame("successor", subjectPart(kind), r.lang.T("successor.title"))}
		history, err := s.ledger.History(r.Context(), r.slug, kind, key)
		if err != nil {
			return nil, err
		}
		if s.desk == nil || len(history) == 0 {
			return nil, notFound("")
		}
		p.Old = link{p.with(nil, subjectPart(kind), key), key}
		if x := lastContent[register.Touchpoint](history, r.view.N); kind == register.KindTouchpoint && x != nil {
			p.Old.Text = x.Text()
		}
		if x := lastContent[register.Process](history, r.view.N); kind == register.KindProcess && x != nil {
			p.Old.Text = x.Title
		}
		p.By = ask{Name: "by", Kind: "select", Label: r.lang.T("successor.by"), Value: r.snap.reg.Heir(kind, key), Options: []option{{Value: "", Text: r.lang.T("successor.none")}}}
		if kind == register.KindProcess {
			for i := range r.snap.reg.Processes {
				p.By.Options = append(p.By.Options, option{Value: r.snap.reg.Processes[i].Key, Text: r.snap.reg.Processes[i].Title})
			}
		} else {
			for i := range r.snap.reg.Touchpoints {
				p.By.Options = append(p.By.Options, option{Value: r.snap.reg.Touchpoints[i].Key, Text: r.snap.reg.Touchpoints[i].Text()})
			}
		}
		p.By = r.asked(p.By)
		p.Wrong = r.wrong(p.By)
		return p, nil
	}
}

func (s *site) setSuccessor(kind register.Kind) func(*request, url.Values) (string, error) {
	return func(r *request, v url.Values) (string, error) {
		if s.desk == nil {
			return "", notFound("")
		}
		key := r.PathValue("key")
		return s.address(r, subjectPart(kind), key), s.desk.Replace(r.Context(), r.actor(), r.slug, kind, key, v.Get("by"))
	}
}

// heirField says in a redline what stands in the place of something that is excluded; nil where nothing does.
func (r *request) heirField(d register.Difference, before, after *register.Register) *field {
	if d.Op != register.Exclude {
		return nil
	}
	by := after.Heir(d.Kind, d.Key)
	if by == "" {
		return nil
	}
	name := ""
	for _, reg := range []*register.Register{before, after} {
		if t, ok := reg.Touchpoint(by); ok && d.Kind == register.KindTouchpoint {
			name = t.Text()
		}
		if p, ok := reg.Process(by); ok && d.Kind == register.KindProcess {
			name = p.Title
		}
	}
	return &field{Name: r.lang.T("successor.title"), JSON: "by", Runs: []run{newRun(cmp.Or(name, by), false, true)}}
}

// changeName is what a change is about as people know it.
func (r *request) changeName(c upkeep.ProposedChange) string {
	if x, ok := upkeep.ReplacementIn(c.Change); ok {
		return r.lang.T("proposal.other.heir", r.subjectName(x.Kind, x.Old), r.subjectName(x.Kind, x.By))
	}
	return r.subjectName(c.Kind, c.Key)
}

// heir asks what stands in the place of a point once it is out: first what the proposal itself includes, then the points of the
// same processes, then the others.
func (v *sheetView) heir(p *pointPart) *ask {
	r := v.r
	a := ask{ID: "p-" + p.Key + "-by", Name: "p." + p.Key + ".by", Label: r.lang.T("successor.title"), Hint: r.lang.T("successor.hint"), Kind: "select", Value: p.by}
	a.Options = []option{{Value: "", Text: r.lang.T("successor.none")}}
	a.Options = append(append(a.Options, v.sheet.comes(r)...), r.heirsOf(p.Key, p.by)...)
	a.Options = choose(a.Options, p.by)
	a = v.put(a, spot{register.KindTouchpoint, p.Key, "by"})
	return &a
}

// comes are the points that a proposal includes.
func (sh *sheet) comes(r *request) (os []option) {
	for _, p := range sh.points {
		if p.from == nil && !p.out {
			os = append(os, option{Value: p.Key, Text: cmp.Or(p.Touchpoint.Text(), r.lang.T("proposal.fresh"))})
		}
	}
	for _, c := range sh.others {
		var t register.Touchpoint
		if c.Kind == register.KindTouchpoint && c.Op == register.Include && json.Unmarshal(c.Encoded(), &t) == nil {
			os = append(os, option{Value: c.Key, Text: t.Text()})
		}
	}
	return os[:min(len(os), maxOptions)]
}

// heirsOf are the points that may stand in the place of one, those of its processes first; of very many not all, but the chosen one.
func (r *request) heirsOf(key, chosen string) []option {
	near := map[string]bool{}
	for _, u := range r.snap.rowsAt[key] {
		for _, other := range r.snap.rowsIn[u.Process] {
			near[other.Touchpoint] = true
		}
	}
	var os, rest []option
	for i := range r.snap.reg.Touchpoints {
		t := &r.snap.reg.Touchpoints[i]
		switch o := (option{Value: t.Key, Text: t.Text()}); {
		case t.Key == key:
		case near[t.Key] || t.Key == chosen:
			os = append(os, o)
		default:
			rest = append(rest, o)
		}
	}
	return append(os, rest[:min(len(rest), max(0, maxOptions-len(os)))]...)
}

// heirs leads from what a proposal has excluded to where one says what stands in its place, while nobody has.
func (r *request) heirs(f *frame, items []diffItem) {
	if !r.may(register.RoleOfficer, register.RoleHead) {
		return
	}
	for i := range items {
		x := &items[i]
		here := r.snap.points[x.Key] != nil
		if x.Kind == register.KindProcess {
			here = r.snap.processes[x.Key] != nil
		}
		_, replaced := r.snap.reg.ReplacedBy(x.Kind, x.Key)
		if x.Op == register.Exclude && (x.Kind == register.KindTouchpoint || x.Kind == register.KindProcess) && !here && !replaced {
			x.Heir = f.with(nil, subjectPart(x.Kind), x.Key, "successor")
		}
	}
}
