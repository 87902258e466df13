package web

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"perechen/internal/httpx"
	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/search"
	"perechen/internal/upkeep"
	"perechen/internal/workday"
)

// A findPage is one box and what it finds: the way a civil servant asks «where do I turn».
type findPage struct {
	frame
	Query     string
	Answers   []answer
	Processes []link // where nothing was asked or found: what can be chosen from

	Front       bool   // nothing was asked yet
	First       []link // what the body has put first
	All         string
	Leader      string
	HasForms    bool
	Departments []departmentView
	Unsure      bool       // much of what was asked stands nowhere in the answers
	Nearest     []wayPoint // where nothing that answers leads to a point: who tells to whom to turn
}

// An answer is a process with its points, a point, or a form, in the order of worth.
type answer struct {
	Kind   string // the word above it
	Title  link
	By     string // who answers
	Points []openPoint
	Lone   bool // the title is the point
	Forms  []string
	Blanks []blankView
	More   *link
}

// An openPoint is a point with whether one can turn to it now.
type openPoint struct {
	pointView
	Place string
	Hours string // as they are written
	Now   string // «открыто до 18:00», «закрыто, откроется в понедельник в 9:00»; empty where hours are not known
	Open  bool
	Check string // why that must be asked, where nothing can be said of it

	Closures []closureView // that last now or begin soon
}

const (
	mostAnswers = 12
	mostPoints  = 4 // of a process, on the page of answers

	sureShare = 0.6 // of a question that the best answer must meet not to be in doubt
)

func (s *site) find(r *request) (page, error) {
	p := &findPage{frame: r.clientFrame("find", "find", r.lang.T("find.title")), Query: r.query.Get("q")}
	ix := r.snap.finder()
	shown := map[string]bool{} // points and processes that stand on the page already
	share := 1.0               // of the question that the first answer meets
answers:
	for _, h := range ix.Search(p.Query, 4*mostAnswers) {
		switch len(p.Answers) {
		case 0:
			share = h.Share
		case mostAnswers:
			break answers
		}
		d := ix.Document(h.Document)
		switch d.Kind {
		case search.KindProcess:
			if x := r.snap.processes[d.Key]; x != nil && !shown[d.Key] {
				shown[d.Key] = true
				p.Answers = append(p.Answers, r.answerProcess(&p.frame, x, shown))
			}
		case search.KindPoint:
			if t := r.snap.points[d.Key]; t != nil && !shown[d.Key] {
				shown[d.Key] = true
				p.Answers = append(p.Answers, r.answerPoint(&p.frame, t))
			}
		case search.KindForm:
			process, _, _ := strings.Cut(d.Key, "\n")
			if x := r.snap.processes[process]; x != nil && !shown[process] {
				shown[process] = true
				p.Answers = append(p.Answers, r.answerProcess(&p.frame, x, shown))
			}
		case search.KindBlank:
			if b := r.blankByKey(d.Key); b != nil {
				v := r.blankView(&p.frame, b)
				p.Answers = append(p.Answers, answer{Kind: r.lang.T("find.blank"), Title: link{v.Page, v.Title}, Blanks: []blankView{v}})
			}
		case search.KindJourney:
			if j, ok := r.snap.reg.Journey(d.Key); ok && j.State != register.ToBe { // who needs something now is not helped by how it should be
				p.Answers = append(p.Answers, r.answerJourney(&p.frame, j, shown))
			}
		}
	}
	if p.Front = p.Query == ""; p.Front {
		p.front(r)
		return p, nil
	}
	p.Unsure = len(p.Answers) > 0 && share < sureShare
	if p.Unsure || !slices.ContainsFunc(p.Answers, func(a answer) bool { return len(a.Points) > 0 }) {
		p.Nearest = r.nearest(&p.frame)
	}
	if len(p.Answers) == 0 && len(p.Nearest) == 0 { // not even whom to ask: the departments are known from the order
		for _, d := range r.snap.reg.Departments {
			p.Departments = append(p.Departments, departmentView{link: link{p.To("departments", d.Key), sentenceCase(d.Title)}})
		}
	}
	if len(p.Answers) == 0 {
		for i := range r.snap.reg.Processes {
			x := &r.snap.reg.Processes[i]
			p.Processes = append(p.Processes, link{p.To("processes", x.Key), x.Title})
			if len(p.Processes) == 40 {
				break
			}
		}
	}
	return p, nil
}

// answerProcess is a process with the points at which it is done: those one need not go to first, open ones before closed.
func (r *request) answerProcess(f *frame, x *register.Process, shown map[string]bool) answer {
	a := answer{Kind: r.lang.T("find.process"), Title: link{f.To("processes", x.Key), x.Title}, By: r.snap.departments[x.Department]}
	var points []*register.Touchpoint
	for _, u := range r.snap.rowsIn[x.Key] {
		if !r.holds(u.From, u.To) {
			continue
		}
		if t := r.snap.points[u.Touchpoint]; t != nil && r.holds(t.From, t.To) && !slices.Contains(points, t) {
			points = append(points, t)
		}
		for _, form := range u.Forms {
			if !slices.Contains(a.Forms, form) {
				a.Forms = append(a.Forms, form)
			}
		}
	}
	blanks, rest := upkeep.BlanksOf(r.snap.reg, x.Key, a.Forms)
	a.Forms = rest
	for i := range blanks {
		a.Blanks = append(a.Blanks, r.blankView(f, &blanks[i]))
	}
	var all []openPoint
	for _, t := range points {
		all = append(all, r.openPoint(f, t))
	}
	slices.SortStableFunc(all, func(x, y openPoint) int { return ease(x) - ease(y) })
	if len(all) > mostPoints {
		a.More = &link{a.Title.Href, r.lang.T("find.more", lang.Number(int64(len(all)-mostPoints)))}
		all = all[:mostPoints]
	}
	for _, o := range all {
		shown[o.Key] = true
	}
	a.Points = all
	return a
}

// ease orders points for people: what can be followed from the page, then what is open, then the rest.
func ease(o openPoint) int {
	switch {
	case o.Contact.Href != "" && (o.Open || o.Now == ""):
		return 0
	case o.Contact.Href != "":
		return 1
	case o.Open:
		return 2
	}
	return 3
}

// answerJourney is a way with the documents that it takes and the points of its steps that stand on the page nowhere else, those of the
// first steps before the others.
func (r *request) answerJourney(f *frame, j register.Journey, shown map[string]bool) answer {
	a := answer{Kind: r.lang.T("find.journey"), Title: link{f.To("journeys", j.Key), j.Title}}
	rest := 0
	for _, stage := range j.Stages {
		for _, step := range stage.Steps {
			for _, d := range step.Documents {
				if !slices.Contains(a.Forms, d) {
					a.Forms = append(a.Forms, d)
				}
			}
			for _, at := range step.Points {
				t := r.snap.points[at.Touchpoint]
				if t == nil || shown[t.Key] || !r.holds(t.From, t.To) {
					continue
				}
				shown[t.Key] = true
				if len(a.Points) == mostPoints {
					rest++
					continue
				}
				a.Points = append(a.Points, r.openPoint(f, t))
			}
		}
	}
	if rest > 0 {
		a.More = &link{a.Title.Href, r.lang.T("find.more", lang.Number(int64(rest)))}
	}
	return a
}

func (r *request) answerPoint(f *frame, t *register.Touchpoint) answer {
	o := r.openPoint(f, t)
	kind := r.kindTitle(t.Kind)
	if kind == "" {
		kind = r.lang.T("find.point")
	}
	return answer{Kind: kind, Title: link{o.Href, o.Label}, By: r.snap.departments[t.Department], Points: []openPoint{o}, Lone: true}
}

func (r *request) openPoint(f *frame, t *register.Touchpoint) openPoint {
	o := openPoint{pointView: r.viewPoint(f, t), Place: t.Place, Hours: t.Hours}
	var exceptions []workday.Exception
	o.Closures, exceptions = r.closuresOf(t.Key, soonDays)
	now := r.now.In(r.loc)
	if h, err := workday.ParseHours(t.Hours); t.Hours != "" && err == nil {
		state := h.At(r.snap.calendar(), now, exceptions...)
		o.Open = state.Open
		o.Now = r.openText(state, now)
		if state.Open && h.ByAppointment {
			o.Now = r.lang.T("open.booked")
			if clock, today := endOf(state.Until, now); today {
				o.Now = r.lang.T("open.bookeduntil", clock)
			}
		}
		if state.Known {
			return o
		}
	}
	switch {
	case t.Hours != "":
		o.Check = r.lang.T("open.check")
	case r.snap.manner(t) != mannerDigital:
		o.Check = r.lang.T("open.nohours")
	}
	for _, x := range exceptions { // hours that nobody can read, and yet it is known that nobody is there
		if !now.Before(x.From) && (x.To.IsZero() || now.Before(x.To)) {
			o.Now = r.lang.T("open.closed")
			if !x.To.IsZero() {
				o.Now = r.lang.T("open.till", strings.TrimSuffix(x.To.Format("02.01.2006 15:04"), " 00:00"))
			}
		}
	}
	return o
}

// openText says whether a place is open, and until when or when it opens.
func (r *request) openText(o workday.Opening, now time.Time) string {
	t := r.lang.T
	switch {
	case !o.Known:
		return ""
	case o.Always:
		return t("open.always")
	case o.Open && o.Until.IsZero():
		return t("open.now")
	case o.Open:
		clock, today := endOf(o.Until, now)
		if !today {
			return t("open.untilday", dayOf(o.Until, now), clock)
		}
		return t("open.until", clock)
	case o.Until.IsZero():
		return t("open.closed")
	case o.Break:
		return t("open.break", o.Until.Format("15:04"))
	}
	switch days := daysTo(o.Until, now); {
	case days == 0:
		return t("open.today", o.Until.Format("15:04"))
	case days == 1:
		return t("open.tomorrow", o.Until.Format("15:04"))
	case days < 7:
		return t("open.weekday", t("weekday."+[]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}[o.Until.Weekday()]), o.Until.Format("15:04"))
	}
	return t("open.day", dayOf(o.Until, now), o.Until.Format("15:04"))
}

// endOf is the time at which something ends, and whether that is today: midnight is «24:00» of the day before.
func endOf(until, now time.Time) (clock string, today bool) {
	if until.IsZero() {
		return "", false
	}
	if until.Hour() == 0 && until.Minute() == 0 && daysTo(until, now) == 1 {
		return "24:00", true
	}
	return until.Format("15:04"), daysTo(until, now) == 0
}

// daysTo counts the days of the calendar from now to a moment in the same place.
func daysTo(t, now time.Time) int {
	date := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC) }
	return int(date(t).Sub(date(now)) / (24 * time.Hour))
}

// dayOf is a date, with its year where the month alone could mislead.
func dayOf(t, now time.Time) string {
	if daysTo(t, now) > 180 {
		return t.Format("02.01.2006")
	}
	return t.Format("02.01")
}

// fresh makes the handler of a page that depends on the very minute, so that it is not kept.
func (s *site) fresh(build func(*request) (page, error), params ...string) http.HandlerFunc {
	params = append(params, viewParams...)
	return func(w http.ResponseWriter, hr *http.Request) {
		r, err := s.open(w, hr, params)
		if err == nil {
			var out *httpx.Page
			if out, err = s.build(r, build); err == nil {
				w.Header().Set("Cache-Control", "no-store")
				w.Header().Set("Vary", "Cookie")
				httpx.Send(w, hr, out)
				return
			}
		}
		s.fail(w, hr, err)
	}
}
