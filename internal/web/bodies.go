package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"

	"perechen/internal/httpx"
	"perechen/internal/lang"
	"perechen/internal/ledger"
)

// bodiesPage lists the bodies that keep a register here.
type bodiesPage struct {
	frame
	New   string // where an administrator begins another
	First string // of an installation that has nobody yet: where it begins
	Many  bool   // there is more than one looks through: a box to find one by its name
	Query string
	Line  string
	Items []bodyItem
	Pager pager
	Any   bool // there are bodies, though perhaps none of that name
	Ask   *bodyAsk
}

// A bodyItem leads whoever works here to the register, a passer-by to the box «Что вам нужно?»; Table is the register then.
type bodyItem struct{ Href, Name, Line, Edition, Last, Table string }

// detailedBodies is for how many bodies the first page counts what their registers hold: each must be read for it. Where there
// are more, it has a box to find one.
const detailedBodies = 50

// bodies lists the bodies; where there is only one, its register is the first page, and for a passer-by the box in which one says
// what one needs.
func (s *site) bodies(w http.ResponseWriter, hr *http.Request) {
	first, total, _, err := s.ledger.Directory(hr.Context(), "", 0, 1)
	if err != nil {
		s.fail(w, hr, err)
		return
	}
	w.Header().Set("Vary", "Cookie")
	w.Header().Set("Cache-Control", "no-cache")
	if total == 1 && len(first) == 1 {
		http.Redirect(w, hr, firstPage(hr, first[0].Organisation.Slug), http.StatusFound)
		return
	}
	if s.asked(w, hr) {
		return
	}
	r := s.bare(w, hr)
	out, err := func() (*httpx.Page, error) {
		if err := s.waits(r); err != nil {
			return nil, err
		}
		p, err := s.bodiesPage(r, total)
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

// bodiesPage reads what it shows: a register of a country has thousands of bodies.
func (s *site) bodiesPage(r *request, total int) (*bodiesPage, error) {
	p := &bodiesPage{frame: r.plain("bodies", r.lang.T("bodies.title")), Any: total > 0, Many: total > detailedBodies, Query: clean(r.query.Get("q"))}
	if r.viewer != nil && r.viewer.Admin && s.desk != nil {
		p.New = "/-/bodies/new"
	}
	if total == 0 && r.viewer == nil && s.accounts != nil {
		switch nobody, err := s.accounts.Empty(r.Context()); {
		case err != nil:
			return nil, err
		case nobody:
			p.First = "/-/setup"
		}
	}
	question := ""
	if r.viewer == nil && !p.Many {
		question, p.Query = p.Query, ""
	}
	r.query = url.Values{"page": r.query["page"]}
	if p.Query != "" {
		r.query.Set("q", p.Query)
	}
	p.Pager = r.pager(total)
	some, found, more, err := s.ledger.Directory(r.Context(), p.Query, p.Pager.from, pageRows)
	if from := p.Pager.from; err == nil && found != total {
		if p.Pager = r.pager(found); p.Pager.from != from { // fewer were found than would fill the pages before
			some, found, more, err = s.ledger.Directory(r.Context(), p.Query, p.Pager.from, pageRows)
		}
	}
	if err != nil {
		return nil, err
	}
	p.Line = r.lang.Count(found, "bodies.count")
	if more {
		p.Line = r.lang.T("bodies.more", r.lang.Count(found, "bodies.many"))
	}
	for _, b := range some {
		item, err := s.bodyItem(r.Context(), r.lang, b, !p.Many)
		if err != nil {
			return nil, err
		}
		if r.viewer == nil {
			item.Href, item.Table = item.Href+"find", item.Href
		}
		p.Items = append(p.Items, item)
	}
	if r.viewer == nil && total > 0 {
		p.Title, p.Client = r.lang.T("find.title"), true
		if !p.Many {
			p.Ask = r.bodyAsk(question, some)
		}
	}
	return p, nil
}

func (s *site) bodyItem(ctx context.Context, tag lang.Tag, b ledger.Listed, detailed bool) (bodyItem, error) {
	item := bodyItem{Href: "/" + url.PathEscape(b.Organisation.Slug) + "/", Name: cmp.Or(b.Organisation.Name, b.Organisation.Slug), Line: tag.T("bodies.empty")}
	if b.N == 0 {
		return item, nil
	}
	item.Line, item.Last = "", tag.T("bodies.line", lang.Number(b.N), newMoment(b.Time, s.now().Location()).Date)
	if !detailed {
		return item, nil
	}
	reg, err := s.ledger.State(ctx, b.Organisation.Slug, b.N)
	if err != nil {
		return item, err
	}
	item.Line = tag.T("bodies.state", tag.Count(len(reg.Processes), "fact.processes"), tag.Count(len(reg.Touchpoints), "fact.points"), tag.Count(len(reg.Usages), "fact.usages"))
	item.Edition = tag.T("register.noedition")
	if n := len(reg.Editions); n > 0 {
		item.Edition = tag.T("register.edition", reg.Editions[n-1].Number, lang.Date(string(reg.Editions[n-1].Date)))
	}
	return item, nil
}
