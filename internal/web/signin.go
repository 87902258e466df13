package web

import (
	"crypto/subtle"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"perechen/internal/auth"
	"perechen/internal/rights"
)

func (s *site) signRoutes(mux router) {
	mux.HandleFunc("/-/sign-in", s.early(s.signIn))
	mux.HandleFunc("/-/setup", s.early(s.setUp))
	mux.HandleFunc("/-/sign-out", s.form(nil, s.signOut))
	mux.HandleFunc("/-/me", s.form(s.me, s.changeMe))
}

// maxSignIn bounds the form of signing in, which may carry a whole other form.
const maxSignIn = 4 * maxForm

// signPage asks for a login and a password. It may carry a form that was sent without a session (keptForm).
type signPage struct {
	frame
	Wrong    []link
	Login    ask
	Password ask
	Next     string
	Kept     *keptForm
}

// A keptForm is what somebody had typed when the session was found to be over.
type keptForm struct {
	To     string // where it was sent
	Fields string // url-encoded
	Lost   bool   // it had a file, which cannot be kept
}

// keptPage gives the form back to whoever has signed in: one button sends it on.
type keptPage struct {
	frame
	To     string
	Fields []option // Name, Value
	Back   string
}

// early makes the handler of a page that is there before anybody is signed in.
func (s *site) early(h func(w http.ResponseWriter, r *request)) http.HandlerFunc {
	return func(w http.ResponseWriter, hr *http.Request) {
		switch {
		case s.accounts == nil:
			s.notFound(w, hr)
			return
		case hr.Method == http.MethodPost:
			if err := readForm(w, hr, maxSignIn); err != nil {
				s.fail(w, hr, err)
				return
			}
		case hr.Method != http.MethodGet && hr.Method != http.MethodHead:
			s.notAllowed(w, hr)
			return
		}
		h(w, s.bare(w, hr))
	}
}

// admit leads a passer-by to the sign-in, or at the first start to the making of the first account. A form that was sent
// is kept in the sign-in page, passwords left out.
func (s *site) admit(w http.ResponseWriter, hr *http.Request) {
	empty, err := s.accounts.Empty(hr.Context())
	switch {
	case err != nil:
		s.fail(w, hr, err)
	case empty:
		http.Redirect(w, hr, "/-/setup", http.StatusSeeOther)
	case hr.Method != http.MethodPost:
		http.Redirect(w, hr, "/-/sign-in?"+url.Values{"next": {hr.URL.RequestURI()}}.Encode(), http.StatusSeeOther)
	case hr.URL.Path == "/-/sign-out":
		http.Redirect(w, hr, "/", http.StatusSeeOther)
	default:
		kept := &keptForm{To: hr.URL.RequestURI(), Lost: hr.MultipartForm != nil && len(hr.MultipartForm.File) > 0}
		values := url.Values{}
		for name, vs := range hr.PostForm {
			if !slices.Contains([]string{"password", "old", "code"}, name) {
				values[name] = vs
			}
		}
		kept.Fields = values.Encode()
		r := s.bare(w, hr)
		s.show(w, r, http.StatusUnauthorized, func(r *request) (page, error) { return s.signPage(r, "", kept), nil })
	}
}

func (s *site) signPage(r *request, next string, kept *keptForm) *signPage {
	p := &signPage{frame: r.plain("signin", r.lang.T("signin.title")), Next: next, Kept: kept}
	p.SignIn = "" // this is where it leads
	p.Languages = others(r.lang, &url.URL{Path: "/-/sign-in", RawQuery: url.Values{"next": {next}}.Encode()})
	p.Login = r.asked(ask{Name: "login", Label: r.lang.T("signin.login"), Complete: "username", Max: 60})
	p.Password = r.asked(ask{Name: "password", Kind: "password", Label: r.lang.T("signin.password"), Complete: "current-password"})
	p.Wrong = r.wrong(p.Login, p.Password)
	return p
}

func (s *site) signIn(w http.ResponseWriter, r *request) {
	next := local(r.FormValue("next"))
	if empty, err := s.accounts.Empty(r.Context()); err != nil || empty {
		if err != nil {
			s.fail(w, r.Request, err)
			return
		}
		http.Redirect(w, r.Request, "/-/setup", http.StatusSeeOther)
		return
	}
	if r.Method != http.MethodPost {
		if r.viewer != nil {
			s.goOn(w, r, next)
			return
		}
		s.show(w, r, http.StatusOK, func(r *request) (page, error) { return s.signPage(r, next, nil), nil })
		return
	}
	var kept *keptForm
	if to := local(r.PostForm.Get("to")); to != "" {
		kept = &keptForm{To: to, Fields: r.PostForm.Get("kept"), Lost: r.PostForm.Get("lost") != ""}
	}
	in, err := s.accounts.SignIn(r.Context(), r.PostForm.Get("login"), r.PostForm.Get("password"), from(r.Request))
	if err != nil {
		status, again := r.refusal(err, r.PostForm)
		if !again {
			s.fail(w, r.Request, err)
			return
		}
		s.show(w, r, status, func(r *request) (page, error) { return s.signPage(r, next, kept), nil })
		return
	}
	if r.viewer != nil { // a second sign-in in the same browser: the first session is not left open behind it
		if err := s.accounts.SignOut(r.Context(), r.viewer.token, from(r.Request)); err != nil {
			s.fail(w, r.Request, err)
			return
		}
	}
	setSession(w, r.Request, in)
	r.viewer = &viewer{Account: in.Account, token: in.Token}
	if kept == nil {
		s.goOn(w, r, next)
		return
	}
	if kept.Lost {
		s.goOn(w, r, kept.To)
		return
	}
	s.show(w, r, http.StatusOK, func(r *request) (page, error) { return r.keptPage(kept) })
}

// keptPage shows what was kept as a form with one button.
func (r *request) keptPage(kept *keptForm) (page, error) {
	values, err := url.ParseQuery(kept.Fields)
	if err != nil {
		return nil, badRequest("error.badform")
	}
	p := &keptPage{frame: r.plain("kept", r.lang.T("kept.title")), To: kept.To, Back: kept.To}
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, v := range values[name] {
			p.Fields = append(p.Fields, option{Name: name, Value: v})
		}
	}
	return p, nil
}

// goOn leads to where a person wanted to go, else to where the work is.
func (s *site) goOn(w http.ResponseWriter, r *request, next string) {
	if next == "" || next == "/" || strings.HasPrefix(next, "/-/sign-") {
		var err error
		if next, err = s.landing(r); err != nil {
			s.fail(w, r.Request, err)
			return
		}
	}
	http.Redirect(w, r.Request, next, http.StatusSeeOther)
}

// landing is the desk of the only body in which the viewer has a right; without any right the first page, for an
// administrator the accounts.
func (s *site) landing(r *request) (string, error) {
	slugs, err := s.ledger.Appointed(r.Context(), r.viewer.ID)
	if err != nil {
		return "", err
	}
	var desks []string
	for _, slug := range slugs {
		reg, err := s.ledger.State(r.Context(), slug, 0)
		if err != nil {
			return "", err
		}
		if !rights.Of(reg, r.viewer.ID, r.now).Empty() {
			desks = append(desks, "/"+url.PathEscape(slug)+"/desk")
		}
	}
	switch {
	case len(desks) == 1:
		return desks[0], nil
	case len(desks) == 0 && r.viewer.Admin:
		return "/-/accounts", nil
	}
	return "/", nil
}

func (s *site) signOut(r *request, _ url.Values) (string, error) {
	if err := s.accounts.SignOut(r.Context(), r.viewer.token, from(r.Request)); err != nil {
		return "", err
	}
	setCookie(r.w, r.Request, sessionCookie, "", 0)
	return "/", nil
}

// rightCode compares with the code that the terminal shows, in constant time.
func (s *site) rightCode(code string) bool {
	code = strings.ToLower(strings.TrimSpace(code))
	return s.setupCode != "" && subtle.ConstantTimeCompare([]byte(code), []byte(s.setupCode)) == 1
}

// setupPage makes the first account.
type setupPage struct {
	frame
	Wrong []link
	Asks  []ask
}

func (s *site) setUp(w http.ResponseWriter, r *request) {
	empty, err := s.accounts.Empty(r.Context())
	if err != nil {
		s.fail(w, r.Request, err)
		return
	}
	if !empty {
		http.Redirect(w, r.Request, "/-/sign-in", http.StatusSeeOther)
		return
	}
	here := direct(r.Request)
	show := func(r *request) (page, error) { return r.setupPage(here), nil }
	if r.Method != http.MethodPost {
		s.show(w, r, http.StatusOK, show)
		return
	}
	v := r.PostForm
	var in auth.SignedIn
	if !here && !s.rightCode(v.Get("code")) {
		err = invalidField("code", r.lang.T("setup.badcode"))
	} else {
		in, err = s.accounts.SetUp(r.Context(), auth.NewAccount{Login: v.Get("login"), Name: v.Get("name"), Email: v.Get("email"), Password: v.Get("password")}, from(r.Request))
	}
	if err != nil {
		status, again := r.refusal(err, v)
		if !again {
			s.fail(w, r.Request, err)
			return
		}
		s.show(w, r, status, show)
		return
	}
	setSession(w, r.Request, in)
	next := "/-/accounts"
	if bodies, err := s.ledger.Bodies(r.Context()); err == nil && len(bodies) == 0 {
		next = "/" // which begins with the first body
	}
	http.Redirect(w, r.Request, next, http.StatusSeeOther)
}

func (r *request) setupPage(here bool) page {
	p := &setupPage{frame: r.plain("setup", r.lang.T("setup.title"))}
	p.SignIn = ""
	if !here {
		p.Asks = append(p.Asks, r.asked(ask{Name: "code", Label: r.lang.T("setup.code"), Hint: r.lang.T("setup.codehint"), Complete: "one-time-code", Size: "short"}))
	}
	p.Asks = append(p.Asks, r.accountAsks(auth.Account{}, r.lang.T("account.passwordhint"))...)
	p.Wrong = r.wrong(p.Asks...)
	return p
}
