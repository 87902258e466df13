package web

import (
	"cmp"
	"net/http"
	"net/url"

	"perechen/internal/ledger"
)

// A bodyAsk is the box in which a passer-by says what is needed and in which body; the body is remembered by the browser.
type bodyAsk struct {
	Query  string
	Bodies []option
}

// bodyCookie remembers in which body a passer-by asked last. It is read on the first page and nowhere else.
const bodyCookie = "body"

// firstPage is where the one who opened a body, and named no page of it, goes to: who is signed in, to the register; a passer-by,
// to where one says what one needs.
func firstPage(hr *http.Request, slug string) string {
	home := "/" + url.PathEscape(slug) + "/"
	if viewerOf(hr) == nil {
		return home + "find"
	}
	return home
}

// asked leads a question of the first page on to the body that it was asked of.
func (s *site) asked(w http.ResponseWriter, hr *http.Request) bool {
	slug := hr.URL.Query().Get("in")
	if slug == "" {
		return false
	}
	if _, err := s.ledger.Head(hr.Context(), slug); err != nil {
		return false // the page asks again
	}
	setCookie(w, hr, bodyCookie, slug, keptFor)
	address := "/" + url.PathEscape(slug) + "/find"
	if q := clean(hr.URL.Query().Get("q")); q != "" {
		address += "?" + url.Values{"q": {q}}.Encode()
	}
	http.Redirect(w, hr, address, http.StatusFound)
	return true
}

func (r *request) bodyAsk(question string, bodies []ledger.Listed) *bodyAsk {
	a := &bodyAsk{Query: question}
	last := cookie(r.Request, bodyCookie)
	for _, b := range bodies {
		o := b.Organisation
		a.Bodies = append(a.Bodies, option{Value: o.Slug, Text: cmp.Or(o.Name, o.Slug), Selected: o.Slug == last})
	}
	return a
}
