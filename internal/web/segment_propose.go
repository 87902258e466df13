package web

import (
	"errors"
	"net/url"
	"strings"

	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// segmentForm is what the forms about dictionary and profiles have in common: a proposal of an id of its own, its ground and
// the department that it comes from.
type segmentForm struct {
	Wrong    []link
	Proposal string // id, so that what is sent twice is one proposal
	Dept     *ask
	Ground   ask
	Act      ask
	Clause   *clauseRef
}

// segmentForm makes the common part; ground is what it is usually for.
func (s *site) segmentForm(r *request, f *frame, ground string) segmentForm {
	x := segmentForm{Proposal: upkeep.NewID()}
	if r.typed != nil && r.typed.values.Get("proposal") != "" {
		x.Proposal = r.typed.values.Get("proposal")
	}
	x.Clause = r.clauseRef(f, r.snap.proc.Actualise.Clause)
	x.Ground = r.asked(ask{Name: "ground", Label: r.lang.T("segments.ground"), Value: ground, Max: 1000, Clause: x.Clause})
	x.Act = r.asked(ask{Name: "act", Label: r.lang.T("proposal.groundact"), Hint: r.lang.T("hint.groundact"), Max: 500, Optional: true})
	if ds := r.mayDraw(); len(ds) > 1 {
		chosen := ""
		if r.typed != nil {
			chosen = r.typed.values.Get("dept")
		}
		x.Dept = s.deptAsk(r, ds, chosen)
	}
	return x
}

// amended is a change of a subject of the register to what it shall be; old is nil for a new one.
func amended[T any](kind register.Kind, key string, old *T, now T) upkeep.ProposedChange {
	c := upkeep.ProposedChange{Change: register.Change{Op: register.Include, Kind: kind, Key: key, Content: register.Encode(now)}}
	if old != nil {
		c.Op, c.Base = register.Amend, upkeep.HashOf(register.Encode(*old))
	}
	return c
}

// excluded takes a subject out.
func excluded[T any](kind register.Kind, key string, old T) upkeep.ProposedChange {
	return upkeep.ProposedChange{Change: register.Change{Op: register.Exclude, Kind: kind, Key: key}, Base: upkeep.HashOf(register.Encode(old))}
}

// propose keeps changes as a proposal and sends it to be decided by somebody else. What is sent twice is one proposal; it is
// kept as a draft when it cannot be sent, and the form says why.
func (s *site) propose(r *request, v url.Values, changes []upkeep.ProposedChange, field func(upkeep.FieldError) string) (string, error) {
	if s.desk == nil {
		return "", notFound("")
	}
	if len(changes) == 0 {
		return "", &formError{Text: r.lang.T("segments.nothing")}
	}
	g := register.Ground{Text: squeeze(v.Get("ground")), Act: squeeze(v.Get("act"))}
	if g.Text != "" {
		g.Clause = r.snap.proc.Actualise.Clause
	}
	if g == (register.Ground{}) {
		return "", &formError{Text: r.lang.T("segments.noground"), Fields: map[string]string{"ground": r.lang.T("segments.noground")}}
	}
	id, version := v.Get("proposal"), int64(0)
	if old, err := s.desk.Proposal(r.Context(), r.actor(), r.slug, id); err == nil {
		version = old.Version
		if old.State == upkeep.StateSubmitted || old.State == upkeep.StateIncluded {
			return s.address(r, "proposals", id), nil // the answer to the first sending was lost
		}
	}
	told := func(err error) error {
		var ue *upkeep.Error
		if !errors.As(err, &ue) || ue.Code != upkeep.CodeInvalid {
			return err
		}
		fe := &formError{Text: ue.Text, Fields: map[string]string{}}
		for _, f := range ue.Fields {
			if name := field(f); name != "" {
				fe.Fields[name] = f.Text
			} else if f.Text != "" {
				fe.Text += " " + upperStart(f.Text)
			}
		}
		return fe
	}
	p, err := s.desk.Save(r.Context(), r.actor(), r.slug, upkeep.Draft{ID: id, Version: version, Department: v.Get("dept"), Content: upkeep.Content{Changes: changes, Ground: g}})
	if err != nil {
		return "", told(err)
	}
	if _, err := s.desk.Submit(r.Context(), r.actor(), r.slug, id, p.Version); err != nil {
		return "", told(err)
	}
	return s.address(r, "proposals", id), nil
}

func upperStart(s string) string {
	if s == "" {
		return s
	}
	runes := []rune(s)
	return strings.ToUpper(string(runes[:1])) + string(runes[1:])
}
