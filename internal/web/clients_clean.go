package web

import (
	"net/url"
	"slices"
	"strings"

	"perechen/internal/register"
	"perechen/internal/segment"
	"perechen/internal/upkeep"
)

// A cleaningView is an attribute with defects beside its clean form.
type cleaningView struct {
	Key, Title string
	Printed    []string // type, title, values as the document has them
	Proposed   []string // nil: only a person can say what was meant
	Why        []string
	Bands      []bandView
	Chosen     bool
	Edit       string
}

func (r *request) cleaningView(c segment.Cleaning) cleaningView {
	v := cleaningView{Key: c.Attribute.Key, Title: c.Attribute.Title, Printed: segment.PrintedRow(c.Attribute), Why: c.Why}
	if c.Proposed != nil {
		v.Proposed = []string{c.Proposed.Type, c.Proposed.Title, strings.Join(c.Proposed.Values, "; ")}
		for _, b := range segment.BandsOf(*c.Proposed) {
			v.Bands = append(v.Bands, bandView{b.Text, r.bound(b, false), r.bound(b, true)})
		}
	}
	return v
}

// cleanPage puts the printed form of each attribute with a defect beside the clean one; what is ticked becomes a proposal.
type cleanPage struct {
	frame
	segmentForm
	Lead  string
	Items []cleaningView
	Any   bool // something can be proposed
}

func (s *site) cleanDictionary(r *request) (page, error) {
	t := r.lang.T
	p := &cleanPage{frame: r.frame("clients_clean", "clients", t("segments.clean"))}
	p.segmentForm = s.segmentForm(r, &p.frame, t("segments.groundclean"))
	for _, c := range segment.Clean(r.snap.reg.Attributes) {
		v := r.cleaningView(c)
		v.Chosen = c.Proposed != nil && (r.typed == nil || slices.Contains(r.typed.values["a"], v.Key))
		v.Edit = p.To("clients", "dictionary", v.Key, "edit")
		p.Any = p.Any || c.Proposed != nil
		p.Items = append(p.Items, v)
	}
	p.Lead = t("segments.cleanlead", r.lang.Count(len(p.Items), "clients.attributes"))
	p.Wrong = r.wrong(p.Ground)
	return p, nil
}

func (s *site) proposeClean(r *request, v url.Values) (string, error) {
	var changes []upkeep.ProposedChange
	for _, c := range segment.Clean(r.snap.reg.Attributes) {
		if c.Proposed != nil && slices.Contains(v["a"], c.Attribute.Key) {
			changes = append(changes, amended(register.KindAttribute, c.Attribute.Key, &c.Attribute, *c.Proposed))
		}
	}
	return s.propose(r, v, changes, noField)
}
