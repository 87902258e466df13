package web

import (
	"net/http"
	"strings"

	"perechen/internal/pointhealth"
	"perechen/internal/register"
)

// The findings of points that do not answer stand with those of the rules, for those who work in the body. They do not follow
// from the register alone, so the pages that show them are another one after each look.

// healthFindings are the findings of broken points, those that a decision has set aside with its reason. There are none for a
// passer-by, and none of what was.
func (s *site) healthFindings(r *request) (fs []register.Finding, err error) {
	if s.desk == nil || r.view.past() || !r.may(whoMember, whoWatcher) {
		return nil, nil
	}
	_, records, err := s.desk.Health(r.Context(), r.slug)
	if err != nil {
		return nil, err
	}
	for i := range records {
		k := &records[i]
		t := r.snap.points[k.Point]
		if t == nil || k.Value != pointhealth.Print(t.Contact) {
			continue
		}
		if f, ok := k.Finding(*t, r.snap.proc.Actualise.Clause); ok {
			f.Rejected = pointhealth.Decided(r.snap.reg, f)
			fs = append(fs, f)
		}
	}
	return fs, nil
}

// findingsRoute serves the findings: to passers-by as a function of the register, to people who may see more with what is known
// of the points.
func (s *site) findingsRoute() http.HandlerFunc {
	params := []string{"rule", "severity", "page"}
	plain := s.page(s.findings, params...)
	signed := s.keyed(s.findings, func(r *request) (string, error) {
		if err := s.look(r); err != nil {
			return "", err
		}
		fs, err := s.healthFindings(r)
		var b strings.Builder
		for _, f := range fs {
			b.WriteString("\x00" + f.ID + f.Subject + f.Text + f.Rejected)
		}
		return b.String(), err
	}, params...)
	return func(w http.ResponseWriter, hr *http.Request) {
		if viewerOf(hr) == nil {
			plain(w, hr)
			return
		}
		signed(w, hr)
	}
}

// among puts the findings of points among those of a page: open ones before the first page, those set aside after the last,
// so that links to the others find them on the pages they always had.
func among(page, health []*register.Finding, first, last bool) (all []*register.Finding) {
	part := func(rejected bool) {
		for _, f := range health {
			if (f.Rejected != "") == rejected {
				all = append(all, f)
			}
		}
	}
	if first {
		part(false)
	}
	all = append(all, page...)
	if last {
		part(true)
	}
	return all
}

// findingOf is a finding by its id; nil when there is none that the viewer may see.
func (s *site) findingOf(r *request, id string) (*register.Finding, error) {
	if x := r.snap.finding[id]; x != nil || !strings.HasPrefix(id, pointhealth.Rule+"-") {
		return x, nil
	}
	fs, err := s.healthFindings(r)
	for i := range fs {
		if fs[i].ID == id {
			return &fs[i], err
		}
	}
	return nil, err
}
