package web

import (
	"bytes"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"perechen/internal/httpx"
	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/picture"
)

// compareFormats are the files of a comparison.
var compareFormats = []string{"svg", "png", "pdf", "xlsx", "docx", "odt", "csv"}

// compare shows two bodies' registers side by side as they are now: everybody may read each of them. Without two bodies
// it asks which.
func (s *site) compare(w http.ResponseWriter, hr *http.Request) {
	r := s.bare(w, hr)
	if err := s.waits(r); err != nil {
		s.fail(w, hr, err)
		return
	}
	if format := r.query.Get("format"); format != "" {
		s.compareFile(w, r, format)
		return
	}
	h := w.Header()
	h.Set("Vary", "Cookie")
	h.Set("Cache-Control", "no-cache")
	if r.viewer != nil {
		h.Set("Cache-Control", "private, no-cache")
	}
	out, err := s.comparePage(r)
	if err != nil {
		s.fail(w, hr, err)
		return
	}
	httpx.Send(w, hr, out)
}

// comparedSide reads one of the bodies; a slug that nobody has is not found.
func (s *site) comparedSide(r *request, slug string) (side picture.Side, head ledger.Head, err error) {
	if head, err = s.ledger.Head(r.Context(), slug); err != nil {
		return side, head, err
	}
	if head.N == 0 {
		return side, head, notFound("")
	}
	if side.Register, err = s.ledger.State(r.Context(), slug, head.N); err != nil {
		return side, head, err
	}
	if side.Procedure, err = s.ledger.Procedure(r.Context(), slug, head.N); err != nil {
		return side, head, err
	}
	side.Name = shortName(&side.Register.Organisation)
	side.To = func(parts ...string) string {
		address := "/" + url.PathEscape(slug)
		for _, p := range parts {
			address += "/" + url.PathEscape(p)
		}
		return address
	}
	return side, head, nil
}

// comparison makes the picture of the two bodies that the address names; nil when it names less than two.
func (s *site) comparison(r *request) (p *picture.Picture, heads [2]ledger.Head, names [2]string, err error) {
	a, b := r.query.Get("a"), r.query.Get("b")
	if a == "" || b == "" {
		return nil, heads, names, nil
	}
	if a == b {
		return nil, heads, names, badRequest("compare.itself")
	}
	var sides [2]picture.Side
	for k, slug := range []string{a, b} {
		if sides[k], heads[k], err = s.comparedSide(r, slug); err != nil {
			return nil, heads, names, err
		}
		names[k] = sides[k].Name
	}
	return picture.Comparison(r.lang, r.today, sides[0], sides[1]), heads, names, nil
}

// compareFile sends the comparison as a file.
func (s *site) compareFile(w http.ResponseWriter, r *request, format string) {
	s.sendFile(w, r, format, func(b *bytes.Buffer) (string, error) {
		x, heads, names, err := s.comparison(r)
		switch {
		case err != nil:
			return "", err
		case x == nil:
			return "", notFound("")
		case !slices.Contains(compareFormats, format):
			return "", notFound("error.badformat", format, strings.Join(compareFormats, ", "))
		}
		about := r.lang.T("compare.about", names[0], lang.Number(heads[0].N), names[1], lang.Number(heads[1].N), lang.Date(string(r.today)))
		return "сравнение-" + r.query.Get("a") + "-" + r.query.Get("b"), writePicture(b, x, format, printed{to: x.Total, about: about})
	})
}

// comparePage renders the page, or takes it from memory: it depends on both heads and on the day.
func (s *site) comparePage(r *request) (*httpx.Page, error) {
	orgs, err := s.ledger.Bodies(r.Context())
	if err != nil {
		return nil, err
	}
	key := strings.Join([]string{"compare", string(r.lang), r.query.Encode(), string(r.today), r.stamp(), strconv.Itoa(len(orgs))}, "\x00")
	for _, slug := range []string{r.query.Get("a"), r.query.Get("b")} {
		if h, err := s.ledger.Head(r.Context(), slug); err == nil {
			key += "\x00" + strconv.FormatInt(h.N, 36) + "." + strconv.FormatInt(h.Erasures, 36)
		}
	}
	if out := s.cache.get(key); out != nil {
		return out, nil
	}
	x, _, _, err := s.comparison(r)
	if err != nil {
		return nil, err
	}
	p := &picturePage{frame: r.plain("picture", r.lang.T("compare.title")), Heading: r.lang.T("compare.title"), Line: r.lang.T("compare.lead"), Action: "/-/compare", Asks: x == nil}
	p.Filter = filter{Any: true}
	for _, name := range []string{"a", "b"} {
		c := choice{Name: name, Label: r.lang.T("compare." + name), All: r.lang.T("compare.choose")}
		for i := range orgs {
			c.Options = append(c.Options, option{Value: orgs[i].Slug, Text: shortName(&orgs[i]), Selected: orgs[i].Slug == r.query.Get(name)})
		}
		p.Filter.Selects = append(p.Filter.Selects, c)
	}
	if x != nil {
		p.Line, p.Calm, p.Loud, p.Tables = x.Line, x.Calm, x.Loud, x.Tables
		if d := x.Draw(0, x.Total, false); d != nil {
			d.ID, d.Class = "wide", "wide"
			p.Wide = template.HTML(d.Inline())
			d = x.Draw(0, x.Total, true)
			d.ID, d.Class = "slim", "slim"
			p.Narrow = template.HTML(d.Inline())
		}
		for _, f := range compareFormats {
			l := link{"/-/compare?" + url.Values{"a": {r.query.Get("a")}, "b": {r.query.Get("b")}, "format": {f}}.Encode(), strings.ToUpper(f)}
			if f == "svg" || f == "png" || f == "pdf" {
				p.Saves = append(p.Saves, l)
			} else {
				p.SavesTab = append(p.SavesTab, l)
			}
		}
	}
	out, err := s.render(p)
	if err == nil {
		s.cache.put(key, out)
	}
	return out, err
}
