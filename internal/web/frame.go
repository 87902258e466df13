package web

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/register"
)

// A page is the typed content of one template; every page has a frame.
type page interface{ base() *frame }

// A frame is what stands around the content of every page.
type frame struct {
	Lang      lang.Tag
	Page      string // name of the template
	Title     string // of the window
	Body      *register.Organisation
	Nav       []section
	Languages []inLang // the same address in the other languages
	Past      *link    // set when the page does not show the newest state
	View      view
	Head      ledger.Head
	Print     string // the fingerprint, shortened
	AsOf      *asOf  // on pages that can show another day
	Person    *link  // who is signed in, and to the person's own page
	Bell      *section
	SignIn    string // where a passer-by signs in; empty where nobody can
	Look      look
	Manifest  string // of a page for clients
	Keep      string // addresses that such a page keeps for when there is no network, parted by spaces; for passers-by
	Client    bool   // a page for the one who needs something: light, short, in the fonts of the device
	home      string // "/komzan/"
}

func (f *frame) base() *frame { return f }

// An asOf asks for the day on which the page is to show the register.
type asOf struct {
	Action   string
	Hidden   []option // what the page is asked besides
	Day, Max register.Date
}

// asOf is the choice of a day for the page that is being made.
func (r *request) asOf() *asOf {
	a := &asOf{Action: r.URL.EscapedPath(), Day: r.view.On, Max: r.today}
	for _, name := range slices.Sorted(maps.Keys(r.query)) {
		if name != "page" && !slices.Contains(viewParams, name) {
			for _, v := range r.query[name] {
				a.Hidden = append(a.Hidden, option{Name: name, Value: v})
			}
		}
	}
	return a
}

// A link is an address with its words.
type link struct{ Href, Text string }

// A section is an item of the navigation.
type section struct {
	link
	Current   string // "page": this very page; "true": a page of the section
	Count     string
	CountWord string
}

// frame makes the frame of a body's page. Nav is the section that the page belongs to, which may be its own name.
func (r *request) frame(name, nav, title string) frame {
	f := frame{
		Lang: r.lang, Page: name, Title: title, View: r.view, Head: r.head,
		Body: &r.snap.reg.Organisation, home: "/" + url.PathEscape(r.slug) + "/",
		Languages: others(r.lang, r.URL),
	}
	r.person(&f)
	if r.head.N > 0 {
		root := r.head.Root.String()
		f.Print = root[:12] + "…"
	}
	for _, name := range []string{"register", "find", "points", "processes", "clients", "order", "findings", "editions", "documents"} {
		if name == "clients" && !r.snap.hasClients() {
			continue // most bodies do not describe their clients
		}
		path := name
		if name == "register" {
			path = ""
		}
		s := section{link: link{f.To(path), r.lang.T("nav." + name)}}
		if name == nav {
			s.Current = "true"
			if f.Page == nav {
				s.Current = "page"
			}
		}
		if n := len(r.snap.findings); name == "findings" && n > 0 {
			s.Count, s.CountWord = lang.Number(int64(n)), r.lang.Plural(n, "fact.findings")
		}
		f.Nav = append(f.Nav, s)
	}
	if r.may(whoMember, whoWatcher, whoAdmin) {
		p := section{link: link{f.home + "people", r.lang.T("nav.people")}}
		switch {
		case f.Page == "people":
			p.Current = "page"
		case nav == "people":
			p.Current = "true"
		}
		f.Nav = append(f.Nav, p)
	}
	if r.may(keepsSettings...) {
		p := section{link: link{f.home + "settings", r.lang.T("settings.title")}}
		switch {
		case f.Page == "settings":
			p.Current = "page"
		case nav == "settings":
			p.Current = "true"
		}
		f.Nav = append(f.Nav, p)
	}
	if r.reading {
		f.AsOf = r.asOf()
		if name == "edition" || name == "diff" { // these two name their states themselves: another day is the register on it
			f.AsOf.Action, f.AsOf.Hidden = f.home, nil
		}
	}
	if r.may(whoMember, whoWatcher) {
		s := section{link: link{f.home + "desk", r.lang.T("nav.desk")}}
		switch {
		case f.Page == "desk":
			s.Current = "page"
		case nav == "desk":
			s.Current = "true"
		}
		f.Nav = append([]section{s}, f.Nav...)
	}
	if r.view.past() {
		f.Past = &link{Href: f.home, Text: r.pastText()}
	}
	return f
}

// clientSections are what a passer-by finds above a page that is made for clients.
var clientSections = []string{"find", "processes", "points", "register"}

// clientFrame is frame for a page that people open on a telephone, on their way: a passer-by is offered few sections.
func (r *request) clientFrame(name, nav, title string) frame {
	f := r.frame(name, nav, title)
	f.Client, f.AsOf, f.Manifest = true, nil, f.with(nil, "manifest.webmanifest")
	if r.viewer == nil && !r.view.past() {
		f.Keep = r.keepAhead(&f)
	}
	if r.viewer == nil {
		f.Nav = slices.DeleteFunc(f.Nav, func(s section) bool {
			return !slices.ContainsFunc(clientSections, func(name string) bool { return s.Text == r.lang.T("nav."+name) })
		})
	}
	return f
}

// aheadMost is how many processes are kept ahead; more would cost a telephone on a slow link too much.
const aheadMost = 60

// keepAhead are the pages that stay readable without a network once any page for clients was opened.
func (r *request) keepAhead(f *frame) string {
	urls := []string{f.with(nil, "find")}
	for i := range r.snap.reg.Processes {
		if i == aheadMost {
			break
		}
		urls = append(urls, f.with(nil, "processes", r.snap.reg.Processes[i].Key))
	}
	return strings.Join(urls, " ")
}

// plain makes the frame of a page that is about no body.
func (r *request) plain(name, title string) frame {
	f := frame{Lang: r.lang, Page: name, Title: title, Languages: others(r.lang, r.URL)}
	r.person(&f)
	return f
}

// person puts into the frame who is signed in, or where one signs in.
func (r *request) person(f *frame) {
	f.Look = lookOf(r.Request)
	switch {
	case r.viewer != nil:
		f.Person, f.Bell = &link{"/-/me", r.viewer.Name}, r.bell()
	case r.people:
		f.SignIn = "/-/sign-in?" + url.Values{"next": {r.URL.RequestURI()}}.Encode()
	}
}

func (r *request) pastText() string {
	n := lang.Number(r.view.N)
	switch v := r.view; {
	case v.Edition != nil:
		return r.lang.T("past.edition", v.Edition.Number, lang.Date(string(v.Edition.Date)), n)
	case v.On != "" && v.N == 0:
		return r.lang.T("past.before", lang.Date(string(v.On)))
	case v.On != "":
		return r.lang.T("past.on", lang.Date(string(v.On)), n)
	}
	return r.lang.T("past.entry", n)
}

// To is the address of a page of the body, in the state that is in view.
func (f *frame) To(parts ...string) string { return f.with(f.View.query(), parts...) }

// Home is the address of the register in the newest state.
func (f *frame) Home() string { return f.home }

// with is the address of a page of the body with the given parameters and no others.
func (f *frame) with(q url.Values, parts ...string) string {
	escaped := make([]string, len(parts))
	for i, p := range parts {
		escaped[i] = url.PathEscape(p)
	}
	address := f.home + strings.Join(escaped, "/")
	if len(q) > 0 {
		address += "?" + q.Encode()
	}
	return address
}

// An inLang is a link to the same page in another language, by that language's own name.
type inLang struct {
	Tag        lang.Tag
	Href, Name string
}

// others are the languages that the page is not in.
func others(t lang.Tag, u *url.URL) (all []inLang) {
	for _, tag := range lang.Tags {
		if tag != t {
			all = append(all, inLang{tag, inLanguage(u, tag), tag.Name()})
		}
	}
	return all
}

// inLanguage is an address with the language asked for in it.
func inLanguage(u *url.URL, t lang.Tag) string {
	q := u.Query()
	q.Set("lang", string(t))
	return u.EscapedPath() + "?" + q.Encode()
}

// pageRows is how many rows of a long table stand on one page.
const pageRows = 100

// A pager leads through the pages of a long table.
type pager struct {
	Many       bool
	Prev, Next string
	Text       string
	from, to   int // rows of this page: [from, to)
}

// pages reads the page number from the address; one that does not exist is the nearest that does.
func (r *request) pageNumber(total, rows int) int {
	n, err := strconv.Atoi(r.query.Get("page"))
	last := max(1, (total+rows-1)/rows)
	if err != nil || n < 1 {
		return 1
	}
	return min(n, last)
}

// pager makes the pager of a table of total rows on this page's address.
func (r *request) pager(total int) pager { return r.pagerOf(total, pageRows) }

// pagerOf is pager with another number of rows on a page.
func (r *request) pagerOf(total, rows int) pager {
	n := r.pageNumber(total, rows)
	p := pager{Many: total > rows, from: (n - 1) * rows, to: min(n*rows, total)}
	at := func(n int) string {
		q := url.Values{}
		for k, v := range r.query {
			q[k] = v
		}
		q.Set("page", strconv.Itoa(n))
		if n == 1 {
			q.Del("page")
		}
		if len(q) == 0 {
			return r.URL.EscapedPath()
		}
		return r.URL.EscapedPath() + "?" + q.Encode()
	}
	if n > 1 {
		p.Prev = at(n - 1)
	}
	if p.to < total {
		p.Next = at(n + 1)
	}
	p.Text = r.lang.T("pager.text", lang.Number(int64(p.from+1)), lang.Number(int64(p.to)), lang.Number(int64(total)))
	return p
}

// A moment is a recorded time as a page shows it.
type moment struct{ Date, Stamp string }

func newMoment(t time.Time, loc *time.Location) moment {
	t = t.In(loc)
	return moment{Date: t.Format("02.01.2006 15:04"), Stamp: t.Format(time.RFC3339)}
}
