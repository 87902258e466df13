package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"perechen/internal/httpx"
	"perechen/internal/lang"
	"perechen/internal/register"
)

// bodiesPage lists the bodies that keep a register here.
type bodiesPage struct {
	frame
	New   string // where an administrator begins another
	Many  bool   // there is more than one looks through: a box to find one by its name
	Query string
	Line  string
	Items []bodyItem
	Pager pager
	Any   bool // there are bodies, though perhaps none of that name
}

type bodyItem struct{ Href, Name, Line, Edition, Last string }

// detailedBodies is for how many bodies the first page counts what their registers hold: each must be read for it. Where there
// are more, it has a box to find one.
const detailedBodies = 50

// bodies lists the bodies; where there is only one, its register is the first page.
func (s *site) bodies(w http.ResponseWriter, hr *http.Request) {
	orgs, err := s.ledger.Bodies(hr.Context())
	if err != nil {
		s.fail(w, hr, err)
		return
	}
	w.Header().Set("Vary", "Cookie")
	w.Header().Set("Cache-Control", "no-cache")
	if len(orgs) == 1 {
		http.Redirect(w, hr, "/"+url.PathEscape(orgs[0].Slug)+"/", http.StatusFound)
		return
	}
	r := s.bare(w, hr)
	out, err := func() (*httpx.Page, error) {
		if err := s.waits(r); err != nil {
			return nil, err
		}
		p, err := s.bodiesPage(r, orgs)
		if err != nil {
			return nil, err
		}
		return s.render(p)
	}()
	if err != nil {
		s.fail(w, hr, err)
		return
	}
	httpx.Send(w, hr, out)
}

func (s *site) bodiesPage(r *request, orgs []register.Organisation) (*bodiesPage, error) {
	p := &bodiesPage{frame: r.plain("bodies", r.lang.T("bodies.title")), Any: len(orgs) > 0, Many: len(orgs) > detailedBodies, Query: clean(r.query.Get("q"))}
	if r.viewer != nil && r.viewer.Admin && s.desk != nil {
		p.New = "/-/bodies/new"
	}
	r.query = url.Values{"page": r.query["page"]}
	if p.Query != "" {
		r.query.Set("q", p.Query)
		orgs = bodiesNamed(orgs, p.Query)
	}
	p.Line = r.lang.Count(len(orgs), "bodies.count")
	p.Pager = r.pager(len(orgs))
	for _, o := range orgs[p.Pager.from:p.Pager.to] {
		item, err := s.bodyItem(r.Context(), r.lang, o.Slug, !p.Many)
		if err != nil {
			return nil, err
		}
		item.Name = o.Name
		if item.Name == "" {
			item.Name = o.Slug
		}
		p.Items = append(p.Items, item)
	}
	return p, nil
}

// bodiesNamed chooses the bodies in whose names or addresses every word of the query stands, or begins a word of them.
func bodiesNamed(orgs []register.Organisation, query string) []register.Organisation {
	words := strings.Fields(lang.Fold(query))
	return slices.DeleteFunc(slices.Clone(orgs), func(o register.Organisation) bool {
		text := lang.Fold(o.Name + " " + o.ShortName + " " + o.Slug)
		return slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
	})
}

func (s *site) bodyItem(ctx context.Context, tag lang.Tag, slug string, detailed bool) (bodyItem, error) {
	item := bodyItem{Href: "/" + url.PathEscape(slug) + "/", Line: tag.T("bodies.empty")}
	head, err := s.ledger.Head(ctx, slug)
	if err != nil {
		return item, err
	}
	if head.N > 0 {
		item.Line, item.Last = "", tag.T("bodies.line", lang.Number(head.N), newMoment(head.Time, s.now().Location()).Date)
		if !detailed {
			return item, nil
		}
		reg, err := s.ledger.State(ctx, slug, head.N)
		if err != nil {
			return item, err
		}
		item.Line = tag.T("bodies.state", tag.Count(len(reg.Processes), "fact.processes"), tag.Count(len(reg.Touchpoints), "fact.points"), tag.Count(len(reg.Usages), "fact.usages"))
		item.Edition = tag.T("register.noedition")
		if n := len(reg.Editions); n > 0 {
			item.Edition = tag.T("register.edition", reg.Editions[n-1].Number, lang.Date(string(reg.Editions[n-1].Date)))
		}
	}
	return item, nil
}
