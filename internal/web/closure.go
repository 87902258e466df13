package web

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"

	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/workday"
)

// keepsHours are those who may say that a point does not keep its hours; of which points the desk knows.
var keepsHours = who{register.RoleDepartment, register.RoleOfficer, register.RoleHead}

func (s *site) clientRoutes(mux router) {
	mux.HandleFunc("/{body}/points/{key}/hours", s.form(s.closurePage, s.changeHours, keepsHours))
	mux.HandleFunc("/{body}/settings/words", s.form(s.words, s.saveWords, keepsSettings))
	mux.HandleFunc("/{body}/settings/first", s.form(s.chooseFirst, s.saveFirst, keepsSettings))
	mux.HandleFunc("/{body}/departments/{key}", s.onlyRead(s.timely(s.department)))
	mux.HandleFunc("/{body}/closures", s.form(s.closures, nil, who{whoMember, whoWatcher, whoAdmin}))
}

// A closureView is a spell in which a point does not keep its hours, as pages tell it.
type closureView struct {
	Key     string
	Text    string // «Закрыто 05.05.2026 с 14:00 до 16:00: ремонт»
	Where   string // where people are received meanwhile, with the contact
	Contact contact
	Now     bool // it lasts at this minute
	Point   link
}

// soonDays is how many days before a closure begins it is told.
const soonDays = 14

// closuresOf are the closures of a point that last now or begin within days (all to come when days is 0), earliest first.
func (r *request) closuresOf(point string, days int) (views []closureView, exceptions []workday.Exception) {
	now := r.now.In(r.loc)
	for _, c := range r.snap.closures[point] {
		from, to, ok := c.Span(r.loc)
		if !ok || !to.IsZero() && !now.Before(to) {
			continue
		}
		if !c.Moved() {
			exceptions = append(exceptions, workday.Exception{From: from, To: to})
		}
		if days > 0 && from.Sub(now) > time.Duration(days)*24*time.Hour {
			continue
		}
		views = append(views, r.closureView(c, !now.Before(from)))
	}
	return views, exceptions
}

func (r *request) closureView(c register.Closure, now bool) closureView {
	v := closureView{Key: c.Key, Now: now, Where: c.Place}
	key := "closure.closed"
	if c.Moved() {
		key = "closure.moved"
		t := register.Touchpoint{Value: c.Value, Contact: contactOf(c.Value)}
		v.Contact = newContact(&t)
	}
	v.Text = r.lang.T(key, r.closureWhen(c), c.Reason)
	return v
}

// contactOf is the canonical form of a telephone or mailbox that somebody typed; empty for what is neither.
func contactOf(value string) string {
	switch digits := strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' {
			return c
		}
		return -1
	}, value); {
	case strings.Contains(value, "@"):
		return strings.ToLower(strings.TrimSpace(value))
	case strings.HasPrefix(value, "https://"), strings.HasPrefix(value, "http://"):
		return value
	case len(digits) == 11 && (digits[0] == '7' || digits[0] == '8') && strings.Trim(value, "0123456789 ()-+–‑\u00a0") == "":
		return "+7" + digits[1:]
	}
	return ""
}

// closureWhen says when a closure is: one day, some hours of it, from one moment to another, or until further notice.
func (r *request) closureWhen(c register.Closure) string {
	t, from, to := r.lang.T, lang.Date(string(c.From)), lang.Date(string(c.To))
	moment := func(day, clock string) string {
		if clock == "" {
			return day
		}
		return day + " " + clock
	}
	switch {
	case c.To == "":
		return t("closure.open", moment(from, c.FromTime))
	case c.From == c.To && c.FromTime == "" && c.ToTime == "":
		return from
	case c.From == c.To && c.FromTime == "":
		return t("closure.till", from, c.ToTime)
	case c.From == c.To && c.ToTime == "":
		return t("closure.since", from, c.FromTime)
	case c.From == c.To:
		return t("closure.hours", from, c.FromTime, c.ToTime)
	}
	return t("closure.span", moment(from, c.FromTime), moment(to, c.ToTime))
}

// hoursPage is where the hours of a point are changed for a while, in a minute.
type hoursPage struct {
	frame
	Wrong                                                []link
	Done                                                 string
	Point                                                pointView
	Hours                                                string
	Closures                                             []closureView
	Begin, BeginTime, End, EndTime, Reason, Place, Value ask
	Reasons                                              []string
}

func (s *site) closurePage(r *request) (page, error) {
	t := r.snap.points[r.PathValue("key")]
	if t == nil || s.desk == nil {
		return nil, notFound("")
	}
	p := &hoursPage{frame: r.frame("closure", "points", r.lang.T("closure.title")), Hours: t.Hours}
	p.Point = r.viewPoint(&p.frame, t)
	p.Closures, _ = r.closuresOf(t.Key, 0)
	if r.query.Get("done") != "" {
		p.Done = r.lang.T("closure.done")
	}
	tt := r.lang.T
	p.Begin = r.asked(ask{Name: "from", Kind: "date", Label: tt("closure.from"), Value: string(r.today), Size: "short"})
	p.BeginTime = r.asked(ask{Name: "fromtime", Kind: "time", Label: tt("closure.fromtime"), Size: "short", Optional: true})
	p.End = r.asked(ask{Name: "to", Kind: "date", Label: tt("closure.to"), Value: string(r.today), Size: "short"})
	p.EndTime = r.asked(ask{Name: "totime", Kind: "time", Label: tt("closure.totime"), Size: "short", Optional: true})
	p.Reason = r.asked(ask{Name: "reason", Label: tt("closure.reason"), Hint: tt("closure.reasonhint"), Max: 200, List: "reasons", Complete: "off"})
	p.Place = r.asked(ask{Name: "place", Label: tt("closure.place"), Max: 300, Optional: true})
	p.Value = r.asked(ask{Name: "value", Label: tt("closure.value"), Max: 300, Optional: true, Complete: "off"})
	p.Reasons = strings.Split(tt("closure.reasons"), ";")
	p.Wrong = r.wrong(p.Begin, p.BeginTime, p.End, p.EndTime, p.Reason, p.Place, p.Value)
	return p, nil
}

func (s *site) changeHours(r *request, v url.Values) (string, error) {
	key := r.PathValue("key")
	if r.snap.points[key] == nil || s.desk == nil {
		return "", notFound("")
	}
	here := s.address(r, "points", key, "hours") + "?done=1"
	switch v.Get("act") {
	case "close":
		_, err := s.desk.Close(r.Context(), r.actor(), r.slug, register.Closure{Touchpoint: key, From: register.Date(strings.TrimSpace(v.Get("from"))), FromTime: v.Get("fromtime"),
			To: register.Date(strings.TrimSpace(v.Get("to"))), ToTime: v.Get("totime"), Reason: v.Get("reason"), Place: v.Get("place"), Value: v.Get("value")})
		return here, err
	case "reopen":
		return here, s.desk.Reopen(r.Context(), r.actor(), r.slug, v.Get("key"))
	}
	return "", badRequest("error.badform")
}

// closuresPage lists what does not keep its hours now or soon, for those who work here.
type closuresPage struct {
	frame
	Items  []closureView
	Points []link // of whose hours the viewer may have a say: to the form
}

func (s *site) closures(r *request) (page, error) {
	p := &closuresPage{frame: r.frame("closures", "desk", r.lang.T("closures.title"))}
	for i := range r.snap.reg.Touchpoints {
		t := &r.snap.reg.Touchpoints[i]
		views, _ := r.closuresOf(t.Key, 0)
		for _, v := range views {
			v.Point = link{p.To("points", t.Key), t.Text()}
			p.Items = append(p.Items, v)
		}
	}
	if !r.may(keepsHours...) {
		return p, nil
	}
	own, all := r.grants.Departments(register.RoleDepartment)
	all = all || r.may(register.RoleOfficer, register.RoleHead)
	for i := range r.snap.reg.Touchpoints {
		t := &r.snap.reg.Touchpoints[i]
		w, _ := r.snap.watch.Point(t.Key)
		if all || slices.Contains(own, cmp.Or(w.Responsible, t.Department)) {
			if len(p.Points) == 200 {
				break
			}
			p.Points = append(p.Points, link{p.with(nil, "points", t.Key, "hours"), t.Text()})
		}
	}
	return p, nil
}
