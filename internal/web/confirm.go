package web

import (
	"net/url"
	"strconv"

	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// confirmPage is «Всё верно»: the points that the viewer answers for, those that wait for a confirmation first.
type confirmPage struct {
	frame
	Wrong   []link
	Done    string
	Line    string
	Filter  filter
	Action  string // of the form, with the choice
	Seen    int64
	All     string // words of the button that confirms all points of the choice; empty: there is none
	May     bool   // some of the points may be confirmed by the viewer
	Items   []confirmItem
	Pager   pager
	Empty   empty
	Overdue []summary // of other departments, for those to whom it has climbed
}

type confirmItem struct {
	Key        string
	Point      pointView
	Kind       string
	Department string
	Used       string
	State      string
	Tone       string
	May        bool
	Edit       string
}

// A summary is one line about many things: how many, and where they are.
type summary struct {
	link
	Count string
	Tone  string
}

// confirmShown are the choices of what to show: what waits, or everything.
var confirmShown = []string{"asked", "all"}

func (s *site) confirmPage(r *request) (page, error) {
	p := &confirmPage{frame: r.frame("confirm", "desk", r.lang.T("confirm.title")), Seen: r.view.N}
	chosen, show, department := r.toConfirm()
	p.filter(r, show, department)
	p.Action = r.URL.EscapedPath()
	if q := p.choice(show, department); q != "" {
		p.Action += "?" + q
	}
	may := 0
	for _, f := range chosen {
		if r.confirms(f.Responsible) {
			may++
		}
	}
	p.May = may > 0
	if may > 0 {
		p.All = r.lang.T("confirm.all", r.lang.Count(may, "confirm.points"))
	}
	p.Line = r.lang.Count(len(chosen), "confirm.waiting")
	if show == "all" {
		p.Line = r.lang.Count(len(chosen), "fact.points")
	}
	p.Pager = r.pager(len(chosen))
	for _, f := range chosen[p.Pager.from:p.Pager.to] {
		p.Items = append(p.Items, r.confirmItem(&p.frame, f))
	}
	if len(p.Items) == 0 {
		p.Empty = empty{Title: r.lang.T("confirm.none"), Text: r.lang.T("confirm.nonetext"), Href: r.URL.EscapedPath() + "?show=all", Link: r.lang.T("confirm.showall")}
		if show == "all" {
			p.Empty = empty{Title: r.lang.T("confirm.nopoints"), Text: r.lang.T("confirm.nopointstext"), Href: p.To("points"), Link: r.lang.T("points.title")}
		}
		if next := r.nextPeriod(); next != "" && show != "all" {
			p.Empty.Text = r.lang.T("confirm.next", lang.Date(string(next)))
		}
	}
	p.Wrong = r.wrong()
	if n := atoi(r.query.Get("done")); n > 0 {
		p.Done = r.lang.Count(n, "confirm.done")
	}
	return p, nil
}

// toConfirm chooses points: of the department in the address, else of those that the viewer answers for; those that wait,
// or all. Whoever answers for none (head, reader, coordinator) sees those of everybody.
func (r *request) toConfirm() (chosen []upkeep.Freshness, show, department string) {
	show, department = r.query.Get("show"), r.query.Get("department")
	if show != "all" {
		show = "asked"
	}
	own := r.may(register.RoleOfficer, register.RoleDepartment)
	officer := r.grants.In(register.RoleOfficer, "")
	for _, f := range r.snap.watch.Points {
		switch {
		case show == "asked" && !f.Asked(), department == noDepartment && f.Responsible != "", department != "" && department != noDepartment && f.Responsible != department:
			continue
		case department == "" && own && !r.confirms(f.Responsible):
			continue
		case department == "" && officer && show == "asked" && f.Responsible != "" && f.Climbed == "" && !r.grants.In(register.RoleDepartment, f.Responsible):
			continue // a department is asked first; an officer sees it once it is late
		}
		chosen = append(chosen, f)
	}
	return chosen, show, department
}

// nextPeriod is the first day on which one of the viewer's points must be confirmed.
func (r *request) nextPeriod() (next register.Date) {
	for _, f := range r.snap.watch.Points {
		if f.Due != "" && (next == "" || f.Due < next) && (r.confirms(f.Responsible) || !r.may(register.RoleOfficer, register.RoleDepartment)) {
			next = f.Due
		}
	}
	return next
}

func (r *request) confirmItem(f *frame, x upkeep.Freshness) confirmItem {
	t := r.snap.points[x.Point]
	item := confirmItem{Key: x.Point, Point: r.viewPoint(f, t), Kind: r.kindTitle(t.Kind), Department: r.answers(x.Responsible), May: r.confirms(x.Responsible)}
	if n := r.snap.usedIn[x.Point]; n > 0 {
		item.Used = r.lang.T("points.usedin", r.lang.Count(n, "points.processes"))
	}
	due := lang.Date(string(x.Due))
	switch x.State {
	case upkeep.FreshOverdue:
		item.State, item.Tone = r.lang.T("confirm.late", due), "back"
	case upkeep.FreshAgeing:
		item.State, item.Tone = r.lang.T("confirm.until", due), "waits"
	default:
		item.State = r.lang.T("confirm.until", due)
	}
	if x.Confirmed == "" {
		item.Point.Fresh = fresh{r.lang.T("fresh.none"), ""}
	} else if x.State == upkeep.FreshOverdue {
		item.Point.Fresh = fresh{r.lang.T("fresh.confirmed", lang.Date(string(x.Confirmed))), ""}
	} else if x.Changed {
		item.Point.Fresh = fresh{r.lang.T("fresh.changed", lang.Date(string(x.Confirmed))), "look"}
	}
	if item.May {
		item.Edit = f.home + "points/" + url.PathEscape(x.Point) + "/edit"
	}
	return item
}

func (p *confirmPage) filter(r *request, show, department string) {
	p.Filter = filter{Any: true, Set: show != "asked" || department != ""}
	var shows, ds []option
	for _, x := range confirmShown {
		shows = append(shows, option{Value: x, Text: r.lang.T("confirm.show." + x), Selected: x == show})
	}
	p.Filter.Selects = append(p.Filter.Selects, choice{Name: "show", Label: r.lang.T("confirm.show"), Options: shows})
	found := map[string]bool{}
	for _, f := range r.snap.watch.Points {
		found[f.Responsible] = true
	}
	for _, d := range r.snap.reg.Departments {
		if found[d.Key] {
			ds = append(ds, option{Value: d.Key, Text: d.Title, Selected: d.Key == department})
		}
	}
	if found[""] {
		ds = append(ds, option{Value: noDepartment, Text: r.lang.T("fresh.officer"), Selected: department == noDepartment})
	}
	if len(ds) > 1 {
		all := "confirm.anyone"
		if r.may(register.RoleOfficer, register.RoleDepartment) {
			all = "confirm.mine"
		}
		p.Filter.Selects = append(p.Filter.Selects, choice{Name: "department", Label: r.lang.T("tasks.who"), All: r.lang.T(all), Options: ds})
	}
}

// choice is the choice of points as it stands in an address.
func (p *confirmPage) choice(show, department string) string {
	q := url.Values{}
	if show != confirmShown[0] {
		q.Set("show", show)
	}
	if department != "" {
		q.Set("department", department)
	}
	return q.Encode()
}

// confirm takes the confirmation of one point, of the ticked ones, or of all points of the choice in the address.
func (s *site) confirm(r *request, v url.Values) (string, error) {
	points := v["point"]
	if v.Get("all") != "" {
		points = nil
		chosen, _, _ := r.toConfirm()
		for _, f := range chosen {
			if r.confirms(f.Responsible) {
				points = append(points, f.Point)
			}
		}
	}
	if _, err := s.desk.Confirm(r.Context(), r.actor(), r.slug, points, seenOf(v)); err != nil {
		return "", atFields(err)
	}
	q := url.Values{"done": {strconv.Itoa(len(points))}}
	for _, name := range []string{"show", "department", "page"} {
		if x := r.query.Get(name); x != "" {
			q.Set(name, x)
		}
	}
	return r.URL.EscapedPath() + "?" + q.Encode(), nil
}
