package web

import (
	"errors"
	"net/http"
	"net/url"

	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// newBodyPage begins the register of a new body: first the procedure, then its names.
type newBodyPage struct {
	frame
	Wrong  []link
	Source []ask
	Faults *procedureFault

	Read bool // a procedure was read; its names are asked for
	Proc *procedure.Procedure
	From procedureSource
	Act  string
	Asks []ask
}

func (s *site) newBody(r *request) (page, error) {
	p := &newBodyPage{frame: r.plain("body_new", r.lang.T("newbody.title"))}
	if r.typed != nil && r.typed.values.Get("op") == "add" {
		if proc, src, err := r.readProcedure(r.typed.values); err == nil {
			if err := s.showNewBody(r, p, proc, src); err != nil {
				return nil, err
			}
		}
	}
	p.Source = r.sourceAsks()
	p.Wrong = r.wrong(append(p.Source[:len(p.Source):len(p.Source)], p.Asks...)...)
	return p, nil
}

// showNewBody asks for the names of a body with the procedure's own filled in.
func (s *site) showNewBody(r *request, p *newBodyPage, proc *procedure.Procedure, src procedureSource) error {
	h := proc.Holder
	p.Read, p.Proc, p.From, p.Act = true, proc, src, actText(proc.Act)
	slug := ask{Name: "slug", Label: r.lang.T("newbody.slug"), Value: h.Slug, Hint: r.lang.T("newbody.slughint"), Max: 60, Size: "short"}
	asks := append([]ask{slug}, r.nameAsks(upkeep.Names{Name: h.Name, ShortName: h.ShortName, Genitive: h.Genitive, HeadTitle: h.HeadTitle, HeadName: h.HeadName})...)
	parent, err := s.parentAsk(r, "", "")
	if err != nil {
		return err
	}
	if len(parent.Options) > 1 {
		asks = append(asks, parent)
	}
	p.Asks = r.askedAll(asks)
	return nil
}

func (s *site) addBody(r *request, v url.Values) (string, error) {
	if s.desk == nil {
		return "", notFound("")
	}
	proc, src, err := r.readProcedure(v)
	var fault *procedureFault
	if errors.As(err, &fault) {
		p := &newBodyPage{frame: r.plain("body_new", r.lang.T("newbody.title")), Faults: fault, Source: r.sourceAsks()}
		r.answer, r.answerStatus = p, http.StatusUnprocessableEntity
		return "", nil
	}
	if err != nil {
		return "", err
	}
	switch v.Get("op") {
	case "read":
		p := &newBodyPage{frame: r.plain("body_new", r.lang.T("newbody.title")), Source: r.sourceAsks()}
		if err := s.showNewBody(r, p, proc, src); err != nil {
			return "", err
		}
		r.answer = p
		return "", nil
	case "add":
		slug := squeeze(v.Get("slug"))
		g := register.Ground{Act: register.Act{Kind: proc.Act.Kind, Number: proc.Act.Number, Date: proc.Act.Date}.Text(), Text: proc.Title}
		return doneQuery("/"+url.PathEscape(slug)+"/settings", "body"), s.desk.AddBody(r.Context(), r.actor(), slug, namesOf(v, v.Get("parent")), proc, g)
	}
	return "", badRequest("error.badform")
}
