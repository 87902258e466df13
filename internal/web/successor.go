package web

import (
	"net/url"

	"perechen/internal/register"
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
		p.By = ask{Name: "by", Kind: "select", Label: r.lang.T("successor.by"), Options: []option{{Value: "", Text: r.lang.T("successor.none")}}}
		for _, x := range r.snap.reg.Replacements {
			if x.Kind == kind && x.Old == key {
				p.By.Value = x.By
			}
		}
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
