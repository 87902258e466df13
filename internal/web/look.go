package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"perechen/internal/httpx"
)

// A look is how a person wants the pages to look: what used to be a «версия для слабовидящих», here of every page. It is kept
// in the person's own browser and says nothing of the person to anybody. The empty look is that of the device.
type look struct{ Size, Colours, Space string }

// The choices of each part of a look, the empty one first; CSS and messages go by these names.
var (
	lookSizes   = []string{"", "large", "huge"}
	lookColours = []string{"", "light", "dark", "black", "white", "blue"}
	lookSpaces  = []string{"", "wide"}
)

const lookCookie = "look"

// lookOf is what the browser has kept; a part that is no choice is left out.
func lookOf(r *http.Request) look {
	if len(r.Header["Cookie"]) == 0 {
		return look{}
	}
	c, err := r.Cookie(lookCookie)
	if err != nil {
		return look{}
	}
	parts := append(strings.Split(c.Value, "."), "", "", "")
	return chosenLook(parts[0], parts[1], parts[2])
}

func chosenLook(size, colours, space string) (l look) {
	for _, part := range []struct {
		to      *string
		value   string
		choices []string
	}{{&l.Size, size, lookSizes}, {&l.Colours, colours, lookColours}, {&l.Space, space, lookSpaces}} {
		if slices.Contains(part.choices, part.value) {
			*part.to = part.value
		}
	}
	return l
}

func (l look) String() string { return l.Size + "." + l.Colours + "." + l.Space }

// Sheet is the style sheet for the size.
func (l look) Sheet() string {
	if l.Size == "" {
		return "site.css"
	}
	return "site-" + l.Size + ".css"
}

// lookPage is where a person chooses.
type lookPage struct {
	frame
	Back  string // the page from which the person came
	Parts []lookPart
}

type lookPart struct {
	Name, Title string
	Choices     []option
}

// chooseLook shows the choices; with «set» it keeps what was chosen and goes back. Nothing but a cookie changes, as with the
// language, so it is asked by an address and works where nobody can sign in.
func (s *site) chooseLook(w http.ResponseWriter, hr *http.Request) {
	q := hr.URL.Query()
	if q.Get("set") != "" {
		l := chosenLook(q.Get("size"), q.Get("colours"), q.Get("space"))
		if q.Get("usual") != "" {
			l = look{}
		}
		c := &http.Cookie{Name: lookCookie, Value: l.String(), Path: "/", MaxAge: int(365 * 24 * time.Hour / time.Second), HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: secure(hr)}
		if l == (look{}) {
			c.Value, c.MaxAge = "", -1
		}
		http.SetCookie(w, c)
		w.Header().Set("Cache-Control", "no-store")
		http.Redirect(w, hr, cmp.Or(local(q.Get("back")), "/"), http.StatusSeeOther)
		return
	}
	r := s.bare(w, hr)
	now := lookOf(hr)
	p := &lookPage{frame: r.plain("look", r.lang.T("look.title")), Back: cameFrom(hr)}
	for _, part := range []struct {
		name, value string
		choices     []string
	}{{"size", now.Size, lookSizes}, {"colours", now.Colours, lookColours}, {"space", now.Space, lookSpaces}} {
		of := lookPart{Name: part.name, Title: r.lang.T("look." + part.name)}
		for _, c := range part.choices {
			of.Choices = append(of.Choices, option{Name: r.lang.T("look." + part.name + "." + c), Value: c, Selected: c == part.value})
		}
		p.Parts = append(p.Parts, of)
	}
	s.sendPlain(w, hr, p)
}

// statementPage says what was checked of the pages' accessibility, and how.
type statementPage struct {
	frame
	Checked, Can, Limits []string
}

func (s *site) statement(w http.ResponseWriter, hr *http.Request) {
	r := s.bare(w, hr)
	lines := func(key string) []string { return strings.Split(r.lang.T(key), "¦") }
	s.sendPlain(w, hr, &statementPage{r.plain("accessibility", r.lang.T("access.title")), lines("access.checked"), lines("access.canlist"), lines("access.limitlist")})
}

// sendPlain sends a page that is about no body.
func (s *site) sendPlain(w http.ResponseWriter, hr *http.Request, p page) {
	out, err := s.render(p)
	if err != nil {
		s.fail(w, hr, err)
		return
	}
	h := w.Header()
	h.Set("Vary", "Cookie")
	h.Set("Cache-Control", "private, no-cache")
	httpx.Send(w, hr, out)
}

// cameFrom is the page of ours that led here, else the front page.
func cameFrom(hr *http.Request) string {
	u, err := url.Parse(hr.Referer())
	if err != nil || u.Host != hr.Host || u.Path == hr.URL.Path {
		return "/"
	}
	u.Scheme, u.Host, u.Fragment = "", "", ""
	return cmp.Or(local(u.String()), "/")
}
