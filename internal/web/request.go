package web

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"perechen/internal/httpx"
	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/register"
	"perechen/internal/rights"
	"perechen/internal/upkeep"
)

// A request is one question about one body, with everything that its answer depends on.
type request struct {
	*http.Request
	lang  lang.Tag
	slug  string
	head  ledger.Head
	today register.Date
	query url.Values // only the parameters that the page knows
	view  view
	snap  *snapshot     // of the state in view
	day   register.Date // the day for which it was checked
	now   time.Time
	loc   *time.Location

	reading bool          // a page that is read: it can show any state
	people  bool          // there are accounts: a passer-by may sign in
	viewer  *viewer       // nil: a passer-by
	grants  rights.Grants // of the viewer in this body
	watches bool          // the viewer is a coordinator of a body above
	waiting int           // notices that the viewer has not ticked off
	typed   *typed        // of a form that was sent and refused
	edited  *editing      // of the form of a proposal that was sent: what became of it
	clash   *upkeep.Error // of such a form: both texts, side by side
	answer  page          // of a post: what to show in place of going on
	w       http.ResponseWriter

	answerStatus int // of answer; 200 when 0
}

// A view is the state of the register that a page shows.
type view struct {
	N       int64 // 0: nothing was recorded yet
	Edition *register.Edition
	On      register.Date
	Entry   bool // asked for by the number of an entry
}

// past tells whether the page shows a state that was asked for, not simply the newest one.
func (v view) past() bool { return v.Edition != nil || v.On != "" || v.Entry }

// query is what a link carries to stay in this view.
func (v view) query() url.Values {
	switch {
	case v.Edition != nil:
		return url.Values{"edition": {strconv.Itoa(v.Edition.Number)}}
	case v.On != "":
		return url.Values{"on": {string(v.On)}}
	case v.Entry:
		return url.Values{"n": {strconv.FormatInt(v.N, 10)}}
	}
	return url.Values{}
}

// viewParams choose the state on every page of a body.
var viewParams = []string{"edition", "on", "n"}

// manyValues is how many values are read of a parameter that may be given more than once.
const manyValues = 12

// page makes the handler of one page: it answers from memory when the same was asked before, else builds and renders it.
// Parameters that the page does not know change nothing, so they are left out of the question; one with a «*» may be given
// more than once.
func (s *site) page(build func(*request) (page, error), params ...string) http.HandlerFunc {
	params = append(params, viewParams...)
	return func(w http.ResponseWriter, hr *http.Request) {
		r, err := s.open(w, hr, params)
		if err != nil {
			s.fail(w, hr, err)
			return
		}
		r.reading = true
		key := r.key()
		etag := `W/"` + s.digest(key) + `"`
		if httpx.Fresh(hr, etag) {
			setPageHeaders(w.Header(), etag, r.viewer)
			w.WriteHeader(http.StatusNotModified)
			return
		}
		if p := s.cache.get(key); p != nil {
			setPageHeaders(w.Header(), etag, r.viewer)
			httpx.Send(w, hr, p)
			return
		}
		out, err := s.shelve(r, key, func() (*httpx.Page, error) { return s.build(r, build) })
		if err != nil {
			s.fail(w, hr, err)
			return
		}
		s.cache.put(key, out)
		setPageHeaders(w.Header(), etag, r.viewer)
		httpx.Send(w, hr, out)
	}
}

// setPageHeaders lets everybody keep a page for as long as it is the same, and what somebody signed in sees only his own
// browser.
func setPageHeaders(h http.Header, etag string, v *viewer) {
	h["Etag"] = []string{etag}
	h["Cache-Control"] = revalidate
	if v != nil {
		h["Cache-Control"] = private
	}
	h["Vary"] = []string{"Cookie"}
}

var (
	revalidate = []string{"no-cache"}
	private    = []string{"private, no-cache"}
)

// build opens the state in view and renders the page.
func (s *site) build(r *request, build func(*request) (page, error)) (*httpx.Page, error) {
	if err := s.look(r); err != nil {
		return nil, err
	}
	p, err := build(r)
	if err != nil {
		return nil, err
	}
	return s.render(p)
}

// open reads what an address says and finds the head of the body's log. The state itself is not touched yet.
func (s *site) open(w http.ResponseWriter, hr *http.Request, params []string) (*request, error) {
	r := &request{Request: hr, lang: language(w, hr), slug: hr.PathValue("body"), today: s.today(), now: s.now(), loc: s.now().Location(), query: url.Values{}, people: s.accounts != nil}
	if hr.URL.RawQuery != "" {
		q := hr.URL.Query()
		for _, p := range params {
			if name, many := strings.CutSuffix(p, "*"); many {
				if vs := q[name]; len(vs) > 0 {
					r.query[name] = vs[:min(len(vs), manyValues)]
				}
				continue
			}
			if v := strings.TrimSpace(q.Get(p)); v != "" {
				r.query.Set(p, v)
			}
		}
	}
	var err error
	if r.head, err = s.ledger.Head(hr.Context(), r.slug); err != nil {
		return r, err
	}
	return r, s.know(r)
}

// key names the page: two requests with equal keys get equal bytes.
func (r *request) key() string {
	return strings.Join([]string{string(r.lang), r.URL.Path, r.query.Encode(), string(r.today),
		strconv.FormatInt(r.head.N, 36), strconv.FormatInt(r.head.Erasures, 36), lookOf(r.Request).String(), r.stamp()}, "\x00")
}

func (s *site) digest(key string) string {
	sum := sha256.Sum256([]byte(s.static.build + "\x00" + key))
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}

// look finds the state in view and what is known of it.
func (s *site) look(r *request) error {
	r.view.N = r.head.N
	r.day = r.today
	if r.head.N > 0 {
		if err := s.choose(r); err != nil {
			return err
		}
	}
	var err error
	r.snap, err = s.snapshots.get(r.Context(), s.ledger, snapshotKey{r.slug, r.view.N, r.head.Erasures, r.day})
	return err
}

func (s *site) today() register.Date { return register.DateOf(s.now()) }

// choose reads the parameters that name a state, and the day for which it is to be checked.
func (s *site) choose(r *request) error {
	ctx := r.Context()
	switch {
	case r.query.Has("edition"):
		reg, err := s.ledger.State(ctx, r.slug, r.head.N)
		if err != nil {
			return err
		}
		text := r.query.Get("edition")
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			return badRequest("error.badnumber", text)
		}
		ed, ok := reg.Edition(n)
		if !ok {
			return notFound("error.noedition", text)
		}
		r.view = view{N: ed.N, Edition: &ed}
		r.day = ed.Date
	case r.query.Has("on"):
		on := register.Date(r.query.Get("on"))
		if _, ok := on.Time(); !ok {
			return badRequest("error.baddate", string(on))
		}
		n, err := s.ledger.At(ctx, r.slug, on)
		if err != nil {
			return err
		}
		r.view = view{N: n, On: on}
		r.day = on
	case r.query.Has("n"):
		text := r.query.Get("n")
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 1 {
			return badRequest("error.badnumber", text)
		}
		if n > r.head.N {
			return notFound("error.noentry", text)
		}
		r.view = view{N: n, Entry: true}
	}
	return nil
}

// language is what the address asks for, and then a cookie remembers, else what the cookie says, else Russian.
func language(w http.ResponseWriter, r *http.Request) lang.Tag {
	if r.URL.RawQuery != "" {
		if t := lang.Tag(r.URL.Query().Get("lang")); slices.Contains(lang.Tags, t) {
			http.SetCookie(w, &http.Cookie{Name: "lang", Value: string(t), Path: "/", MaxAge: int(365 * 24 * time.Hour / time.Second), HttpOnly: true, SameSite: http.SameSiteLaxMode})
			return t
		}
	}
	if len(r.Header["Cookie"]) > 0 {
		if c, err := r.Cookie("lang"); err == nil && slices.Contains(lang.Tags, lang.Tag(c.Value)) {
			return lang.Tag(c.Value)
		}
	}
	return lang.Russian
}
