package web

import (
	"net/url"
	"strconv"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
)

// publicationPage records where and when an edition was made public.
type publicationPage struct {
	frame
	Wrong   []link
	Edition link
	Items   []publicationItem
	Asks    []ask
}

type publicationItem struct {
	Key, Where, Date string
	Link             string
}

// publications are those of one edition, in the order in which they were recorded.
func publications(reg *register.Register, edition int) []publicationItem {
	var items []publicationItem
	for _, p := range reg.Publications {
		if p.Edition == edition {
			items = append(items, publicationItem{Key: p.Key, Where: p.Where, Date: lang.Date(string(p.Date)), Link: p.Link})
		}
	}
	return items
}

func (s *site) publication(r *request) (page, error) {
	text := r.PathValue("number")
	e, ok := r.snap.reg.Edition(atoi(text))
	if !ok || s.desk == nil {
		return nil, notFound("error.noedition", text)
	}
	p := &publicationPage{frame: r.frame("publish", "editions", r.lang.T("publish.title"))}
	p.Edition = link{p.with(nil, "editions", strconv.Itoa(e.Number)), r.lang.T("edition.heading", e.Number, lang.Date(string(e.Date)))}
	p.Items = publications(r.snap.reg, e.Number)
	p.Asks = []ask{
		r.asked(ask{Name: "where", Label: r.lang.T("publish.where"), Hint: r.lang.T("publish.wherehint"), Max: 500}),
		r.asked(ask{Name: "date", Kind: "date", Label: r.lang.T("publish.date"), Value: string(r.today), Size: "short"}),
		r.asked(ask{Name: "link", Kind: "url", Label: r.lang.T("publish.link"), Hint: r.lang.T("publish.linkhint"), Optional: true, Max: 2000, Complete: "off"}),
	}
	p.Wrong = r.wrong(p.Asks...)
	return p, nil
}

func (s *site) sendPublication(r *request, v url.Values) (string, error) {
	number := atoi(r.PathValue("number"))
	if _, ok := r.snap.reg.Edition(number); !ok || s.desk == nil {
		return "", notFound("error.noedition", r.PathValue("number"))
	}
	home := "/" + url.PathEscape(r.slug) + "/editions/" + strconv.Itoa(number)
	switch v.Get("act") {
	case "add":
		_, err := s.desk.Publish(r.Context(), r.actor(), r.slug, register.Publication{Edition: number, Where: v.Get("where"), Date: register.Date(strings.TrimSpace(v.Get("date"))), Link: v.Get("link")})
		return home, err
	case "drop":
		return home + "/publish", s.desk.Unpublish(r.Context(), r.actor(), r.slug, number, v.Get("key"))
	}
	return "", badRequest("error.badform")
}
