package web

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"perechen/internal/feedback"
	"perechen/internal/httpx"
	"perechen/internal/lang"
	"perechen/internal/upkeep"
)

// feedbackRoutes are the pages on which clients say how it was, and those on which the body reads it.
func (s *site) feedbackRoutes(mux router) {
	mux.HandleFunc("/{body}/f/{key}", s.anonymous(s.give))
	mux.HandleFunc("/{body}/s/{key}", s.anonymous(s.answerSurvey))
	mux.HandleFunc("/{body}/feedback/code", s.anonymous(s.feedbackCode))
	mux.HandleFunc("/{body}/feedback/results", s.lively(s.feedbackResults))
	mux.HandleFunc("/{body}/feedback/results/{file}", s.onlyRead(s.feedbackFile))
	readers, writers := who{whoMember}, who{whoMember}
	mux.HandleFunc("/{body}/feedback", s.form(s.appeals, nil, readers))
	mux.HandleFunc("/{body}/feedback/{id}", s.form(s.appeal, s.doAppeal, readers, writers))
	mux.HandleFunc("/{body}/surveys", s.form(s.surveys, s.newSurvey, readers, writers))
	mux.HandleFunc("/{body}/surveys/{id}", s.form(s.survey, s.doSurvey, readers, writers))
	mux.HandleFunc("/{body}/surveys/{id}/{file}", s.onlyRead(s.surveyFile))
}

// isAnonymous tells the addresses on which nobody is asked who he is, not even a browser that is signed in.
func isAnonymous(path string) bool {
	parts := strings.Split(path, "/")
	return len(parts) == 4 && (parts[2] == "f" || parts[2] == "s" || parts[2] == "feedback" && parts[3] == "code")
}

// A step is one page of a form that asks nothing of who fills it in: it is shown as the answer to what was sent, and kept
// nowhere.
type step func(r *request, v url.Values) (p page, status int, err error)

// anonymous makes the handler of such a form: no account, no line in a log, nothing in a cache, no address that says what was
// done. v is nil when the form is opened.
func (s *site) anonymous(do step) http.HandlerFunc {
	return func(w http.ResponseWriter, hr *http.Request) {
		httpx.Unobserved(hr)
		if s.desk == nil || s.accounts == nil {
			s.notFound(w, hr)
			return
		}
		if hr.Method != http.MethodGet && hr.Method != http.MethodHead && hr.Method != http.MethodPost {
			s.notAllowed(w, hr)
			return
		}
		w.Header().Set("Cache-Control", "no-store")
		var v url.Values
		if hr.Method == http.MethodPost {
			if err := readForm(w, hr, 64<<10); err != nil {
				s.fail(w, hr, err)
				return
			}
			v = hr.PostForm
		}
		r, err := s.opened(w, hr)
		if err == nil && r.view.N == 0 {
			err = notFound("")
		}
		if err != nil {
			s.fail(w, hr, err)
			return
		}
		r.w = w
		p, status, err := do(r, v)
		var out *httpx.Page
		if err == nil {
			out, err = s.render(p)
		}
		var elsewhere *moved
		if errors.As(err, &elsewhere) {
			http.Redirect(w, hr, elsewhere.to, http.StatusSeeOther)
			return
		}
		if err != nil {
			s.fail(w, hr, err)
			return
		}
		out.Status, out.Pack = status, nil
		httpx.Send(w, hr, out)
	}
}

// lively makes the handler of a page that everybody reads and that depends on more than the register.
func (s *site) lively(get func(*request) (page, error)) http.HandlerFunc {
	return s.onlyRead(func(w http.ResponseWriter, hr *http.Request) {
		if s.desk == nil || s.accounts == nil {
			s.notFound(w, hr)
			return
		}
		r, err := s.opened(w, hr)
		if err != nil {
			s.fail(w, hr, err)
			return
		}
		s.show(w, r, http.StatusOK, get)
	})
}

// strangerFrame is the frame of a form that asks nobody who he is.
func (r *request) strangerFrame(name, title string) frame {
	f := r.clientFrame(name, "", title)
	f.Nav, f.Person, f.Bell, f.SignIn = nil, nil, nil, ""
	f.Languages = others(r.lang, &url.URL{Path: r.URL.Path})
	return f
}

// givePage is one step of giving feedback: got, scale, words, and then the code.
type givePage struct {
	frame
	Step    string // got, scale, words, code, given
	About   string // name of the point or process
	AboutIs string
	Back    link
	Token   string
	Got     string
	Scale   string
	Scales  []option
	Need    *ask
	Text    ask
	Wrong   []link
	Warn    *telling // a warning at the words
	Sure    bool     // they may be sent as they are
	Code    string
	Check   string // where the code is asked for
}

// visitCookie says that feedback was given here a moment ago. It is the same for everybody and sent to this page only.
const visitCookie = "given"

// visit is how long one visit lasts: within it one opinion is taken.
const visit = 15 * time.Minute

// setVisit notes in the browser that something was given on this page, and visited reads it.
func setVisit(r *request) {
	http.SetCookie(r.w, &http.Cookie{Name: visitCookie, Value: "1", Path: r.URL.EscapedPath(), MaxAge: int(visit / time.Second), HttpOnly: true, Secure: secure(r.Request), SameSite: http.SameSiteLaxMode})
}

func visited(r *request) bool {
	_, err := r.Cookie(visitCookie)
	return err == nil
}

// about finds what feedback is about: a point of that key, or else a process.
func (r *request) about(key string) (of feedback.Subject, name, is string, ok bool) {
	if t := r.snap.points[key]; t != nil {
		return feedback.Subject{Kind: feedback.OfPoint, Key: key}, t.Text(), r.lang.T("kind.touchpoint"), true
	}
	if x := r.snap.processes[key]; x != nil {
		return feedback.Subject{Kind: feedback.OfProcess, Key: key}, x.Title, r.lang.T("kind.process"), true
	}
	return of, "", "", false
}

// needsAt are the needs that people come with to a subject, in the order of the Порядок.
func (r *request) needsAt(of feedback.Subject) []option {
	met := map[string]bool{}
	for i := range r.snap.reg.Usages {
		u := &r.snap.reg.Usages[i]
		if of.Kind == feedback.OfPoint && u.Touchpoint == of.Key || of.Kind == feedback.OfProcess && u.Process == of.Key {
			for _, n := range u.Needs {
				met[n.Code] = true
			}
		}
	}
	var os []option
	for _, n := range r.snap.proc.Needs {
		if met[n.Code] {
			os = append(os, option{Value: n.Code, Text: n.Text})
		}
	}
	return os
}

func (s *site) give(r *request, v url.Values) (page, int, error) {
	key := r.PathValue("key")
	of, name, is, ok := r.about(key)
	if by, replaced := r.standsFor(key); !ok && replaced { // the code on an old door; what was being typed goes on
		if v == nil {
			return nil, 0, &moved{"/" + url.PathEscape(r.slug) + "/f/" + url.PathEscape(by)}
		}
		key = by
		of, name, is, ok = r.about(key)
	}
	if !ok {
		return nil, 0, notFound("give.gone")
	}
	p := &givePage{frame: r.strangerFrame("give", r.lang.T("give.title")), Step: "got", About: name, AboutIs: is, Check: "/" + url.PathEscape(r.slug) + "/feedback/code"}
	folder := "points"
	if of.Kind == feedback.OfProcess {
		folder = "processes"
	}
	p.Back = link{p.home + folder + "/" + url.PathEscape(key), name}
	given := visited(r)
	token := v.Get("token")
	form, open, err := s.desk.OpenFeedback(r.Context(), r.slug, of, token)
	if err != nil {
		return nil, 0, err
	}
	switch {
	case given && !open:
		p.Step = "given"
		return p, 0, nil
	case !open:
		if form, err = s.desk.NewFeedback(r.Context(), r.slug, of); err != nil {
			return nil, 0, err
		}
	}
	p.Token = form.Token
	p.Got, p.Scale = oneOf(v.Get("got"), "yes", "no"), oneOf(v.Get("scale"), "1", "2", "3", "4", "5")
	switch {
	case p.Got == "":
		return p, 0, nil
	case p.Scale == "":
		p.Step = "scale"
		for _, n := range []string{"5", "4", "3", "2", "1"} {
			p.Scales = append(p.Scales, option{Value: n, Text: r.lang.T("give.scale." + n)})
		}
		return p, 0, nil
	}
	p.words(r, v, of)
	if !v.Has("send") && !v.Has("sure") {
		return p, 0, nil
	}
	text := feedback.Tidy(v.Get("text"), feedback.MaxText+1)
	switch {
	case !open: // the form was open for hours, or is not ours: what was typed stands in a new one
		p.Warn = &telling{Tone: "look", Title: r.lang.T("give.old"), Text: r.lang.T("give.oldtext")}
		return p, http.StatusConflict, nil
	case len([]rune(text)) > feedback.MaxText:
		p.Text.Error = r.lang.T("give.long", feedback.MaxText)
		p.Wrong = wrongs(p.Text)
		return p, http.StatusUnprocessableEntity, nil
	}
	if found := feedback.Screen(text); len(found) > 0 && !v.Has("sure") {
		p.Warn, p.Sure = r.personalData(found), true
		return p, 0, nil
	}
	address := from(r.Request).Address
	back, wait, full := s.giving.Take(address, r.now)
	if full {
		p.Warn = &telling{Tone: "look", Title: r.lang.T("give.wait"), Text: r.lang.T("give.waittext", r.lang.Count(minutes(wait), "give.minutes"))}
		return p, http.StatusTooManyRequests, nil
	}
	scale, _ := strconv.Atoi(p.Scale)
	err = s.desk.GiveFeedback(r.Context(), r.slug, of, form, upkeep.Said{Got: p.Got == "yes", Scale: scale, Need: v.Get("need"), Stage: v.Get("stage"), Text: text})
	if err != nil {
		back()
		return nil, 0, err
	}
	setVisit(r)
	p.Step, p.Code = "code", form.Code()
	p.Title = r.lang.T("give.thanks")
	return p, 0, nil
}

// words is the step on which words may be added.
func (p *givePage) words(r *request, v url.Values, of feedback.Subject) {
	p.Step = "words"
	if j, ok := upkeep.JourneyOf(r.snap.reg, of.Key); ok && of.Kind == feedback.OfProcess && len(j.Stages) > 1 {
		p.Need = &ask{ID: "f-stage", Name: "stage", Kind: "select", Label: r.lang.T("give.stage." + p.Got), Optional: true, Options: []option{{Text: r.lang.T("give.noneed")}}}
		for _, st := range j.Stages {
			p.Need.Options = append(p.Need.Options, option{Value: st.Title, Text: st.Title, Selected: st.Title == v.Get("stage")})
		}
	} else if os := r.needsAt(of); len(os) > 1 {
		for i := range os {
			os[i].Selected = os[i].Value == v.Get("need")
		}
		p.Need = &ask{ID: "f-need", Name: "need", Kind: "select", Label: r.lang.T("give.need"), Optional: true, Options: append([]option{{Text: r.lang.T("give.noneed")}}, os...)}
	}
	p.Text = ask{ID: "f-text", Name: "text", Kind: "textarea", Label: r.lang.T("give.text"), Hint: r.lang.T("give.texthint"), Value: v.Get("text"), Optional: true, Rows: 4, Max: feedback.MaxText}
	if p.Got == "no" {
		p.Text.Label = r.lang.T("give.textno")
	}
}

// personalData warns of what looks like personal data, and says what it is.
func (r *request) personalData(found []feedback.Personal) *telling {
	var parts []string
	for _, f := range found {
		parts = append(parts, r.lang.T("give.personal."+f.Kind)+" «"+cut(f.Text, 40)+"»")
	}
	return &telling{Tone: "look", Title: r.lang.T("give.personal"), Text: r.lang.T("give.personaltext", strings.Join(parts, ", "))}
}

func oneOf(v string, among ...string) string {
	for _, a := range among {
		if v == a {
			return v
		}
	}
	return ""
}

func minutes(d time.Duration) int { return max(1, int((d+time.Minute-1)/time.Minute)) }

// codePage shows to an author what became of what he wrote.
type codePage struct {
	frame
	Ask     ask
	Wrong   []link
	Found   bool
	About   link
	Month   string
	State   string
	Done    bool
	Outcome string
	Answer  string
	Due     string
	Text    string
	Removed string
	Task    string // what became of the task that was opened
	Changed *link  // the change of the register that followed
}

func (s *site) feedbackCode(r *request, v url.Values) (page, int, error) {
	p := &codePage{frame: r.strangerFrame("feedbackcode", r.lang.T("code.title"))}
	p.Ask = ask{ID: "f-code", Name: "code", Label: r.lang.T("code.code"), Hint: r.lang.T("code.hint"), Complete: "off", Value: v.Get("code"), Max: 60}
	if v == nil {
		return p, 0, nil
	}
	fault := func(status int, text string) (page, int, error) {
		p.Ask.Error = text
		p.Wrong = wrongs(p.Ask)
		return p, status, nil
	}
	address := from(r.Request).Address
	back, wait, full := s.guessing.Take(address, r.now)
	if full {
		return fault(http.StatusTooManyRequests, r.lang.T("code.wait", r.lang.Count(minutes(wait), "give.minutes")))
	}
	digits, ok := feedback.ParseCode(v.Get("code"))
	if !ok { // no guess: a code like this is nobody's
		back()
		return fault(http.StatusUnprocessableEntity, r.lang.T("code.slip"))
	}
	a, ok, err := s.desk.FeedbackByCode(r.Context(), r.slug, digits)
	if err != nil || ok {
		back()
	}
	if err != nil {
		return nil, 0, err
	}
	if !ok {
		return fault(http.StatusNotFound, r.lang.T("code.none"))
	}
	p.Found, p.Text, p.Removed, p.Month = true, a.Text, a.Redacted, r.month(a.Month)
	p.About = r.subjectLink(&p.frame, a.Subject)
	if t, ok := r.snap.watch.Task(a.Task); ok && a.Task != "" {
		p.Task = r.lang.T("code.task.open", lang.Date(string(t.Due)))
		if !t.Open() {
			p.Task = r.lang.T("code.task.done", lang.Date(string(t.Done)))
		}
	}
	f, err := s.desk.FollowedBy(r.Context(), r.slug, a)
	if err != nil {
		return nil, 0, err
	}
	if f.Entries[0] > 0 {
		p.Changed = &link{r.logHref(&p.frame, f.Entries[0]), r.lang.T("code.changed", lang.Number(f.Entries[0]))}
	}
	p.State, p.Done = r.lang.T("appeal.state."+a.State), a.State == feedback.Considered
	switch {
	case p.Done:
		p.Outcome, p.Answer = r.lang.T("appeal.outcome."+a.Outcome), a.Answer
	case a.Text == "":
		p.State = r.lang.T("code.counted")
	default:
		if due := upkeep.FeedbackTerms(r.snap.proc).Due(a.Month, r.snap.calendar()); due != "" {
			p.Due = lang.Date(due)
		}
	}
	return p, 0, nil
}

// month is «апрель 2026».
func (r *request) month(m feedback.Month) string {
	t, err := time.Parse("2006-01", string(m))
	if err != nil {
		return string(m)
	}
	return r.lang.T("month."+strconv.Itoa(int(t.Month()))) + " " + strconv.Itoa(t.Year())
}

// subjectLink names what feedback is about, as the register calls it now.
func (r *request) subjectLink(f *frame, of feedback.Subject) link {
	switch {
	case of.Kind == feedback.OfPoint && r.snap.points[of.Key] != nil:
		return link{f.To("points", of.Key), r.snap.points[of.Key].Text()}
	case of.Kind == feedback.OfProcess && r.snap.processes[of.Key] != nil:
		return link{f.To("processes", of.Key), r.snap.processes[of.Key].Title}
	}
	return link{Text: r.lang.T("appeal.gone")}
}
