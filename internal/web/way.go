package web

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// wayPage is a process for the one who needs it: what it is for, what to do one after another, where, with which papers, who
// answers. The rows of the official table are on a page of their own.
type wayPage struct {
	frame
	Gone     string
	Replaced replaced
	For      string // what it is for, in one line
	By       *link
	ByText   string
	Steps    []wayStep
	Points   []wayPoint
	Nearby   []aid       // who else can help while all of them are shut
	Blanks   []blankView // that can be taken from here
	Forms    []string    // that have no file here
	Give     string      // where clients say how it was; empty where nobody can
	Rows     string      // address of the rows, findings and history
	Sheets   []link      // posters, one for each paper
	Others   []link      // where there is no way: what else the body does
	Journeys []link      // maps of the client's ways through this process
}

// A wayStep is one thing to do, with the points at which it is done.
type wayStep struct {
	Title, Text string
	At          []link // to the points on this page
}

func (s *site) way(r *request) (page, error) {
	key := r.PathValue("key")
	x := r.snap.processes[key]
	if x == nil {
		return s.lostWay(r, key)
	}
	p := &wayPage{frame: r.clientFrame("way", "processes", x.Title), Rows: ""}
	p.Rows = p.To("processes", key, "rows")
	if x.InForce(r.day) {
		p.Sheets = r.sheetLinks(&p.frame, x.From, x.To, "processes", key, "poster.pdf")
	}
	if s.desk != nil && s.accounts != nil && !r.view.past() {
		p.Give = p.home + "f/" + url.PathEscape(key)
	}
	us := r.snap.rowsIn[key]
	p.Points = r.wayPoints(&p.frame, us)
	if !r.view.past() && len(p.Points) > 0 && p.Points[0].rank() >= closedRank { // those that are shut stand last
		here := map[string]bool{}
		for _, x := range p.Points {
			here[x.Key] = true
		}
		p.Nearby = s.nearby(r, &p.frame, us, here)
	}
	p.Steps = r.waySteps(us, p.Points)
	if steps := r.journeySteps(key, p.Points); len(steps) > 0 {
		p.Steps = steps
	}
	if title := r.snap.departments[x.Department]; title != "" {
		p.ByText, p.By = title, &link{p.To("departments", x.Department), title}
	}
	var titles []string
	for _, u := range us {
		titles = append(titles, u.Forms...)
	}
	var blanks []register.Blank
	blanks, p.Forms = upkeep.BlanksOf(r.snap.reg, key, titles)
	for i := range blanks {
		p.Blanks = append(p.Blanks, r.blankView(&p.frame, &blanks[i]))
	}
	p.For = wayFor(x)
	for _, j := range r.snap.reg.Journeys {
		if slices.Contains(j.Processes, key) {
			p.Journeys = append(p.Journeys, link{p.To("journeys", j.Key), j.Title + " (" + r.lang.T("journey.state."+j.State) + ")"})
		}
	}
	return p, nil
}

// wayFor says in one line what a process is for, where its title does not say it all.
func wayFor(x *register.Process) string {
	if d := strings.TrimSpace(x.Direction); d != "" && !strings.EqualFold(d, x.Title) {
		return d
	}
	return ""
}

// lostWay answers for a process that the register has no more; one that it never had is not found.
func (s *site) lostWay(r *request, key string) (page, error) {
	history, err := s.ledger.History(r.Context(), r.slug, register.KindProcess, key)
	if err != nil {
		return nil, err
	}
	x := lastContent[register.Process](history, r.view.N)
	erased := x == nil && knownBy(history, r.view.N)
	if x == nil && !erased {
		return nil, notFound("")
	}
	if x == nil {
		x = &register.Process{Key: key, Title: key}
	}
	p := &wayPage{frame: r.clientFrame("way", "processes", x.Title), Gone: r.lang.T("process.gone")}
	p.Rows = p.To("processes", key, "rows")
	if p.Replaced, err = r.replacedBy(&p.frame, register.KindProcess, key); err != nil {
		return nil, err
	}
	if erased {
		p.Gone = r.lang.T("log.erased")
	}
	for i := range r.snap.reg.Processes {
		if y := &r.snap.reg.Processes[i]; len(p.Others) < 20 {
			p.Others = append(p.Others, link{p.To("processes", y.Key), y.Title})
		}
	}
	return p, nil
}

// waySteps are the needs that the process satisfies in the order in which a client meets them: first learns, then asks, takes
// the form, hands in, hears how it goes, receives, says how it was. Each is done at some points, the easiest first.
func (r *request) waySteps(us []*register.Usage, points []wayPoint) []wayStep {
	type step struct {
		code  string
		texts []string
		at    map[string]bool
	}
	var found []*step
	for _, u := range us {
		for _, n := range u.Needs {
			code := n.Code
			if need, ok := r.snap.proc.NeedByCode(code); ok {
				code = cmp.Or(need.Canonical, need.Code)
			}
			if code == "other" { // each is a thing of its own
				code += " " + strings.ToLower(n.Text)
			}
			i := slices.IndexFunc(found, func(s *step) bool { return s.code == code })
			if i < 0 {
				i = len(found)
				found = append(found, &step{code: code, at: map[string]bool{}})
			}
			st := found[i]
			st.at[u.Touchpoint] = true
			if !slices.ContainsFunc(st.texts, func(s string) bool { return strings.EqualFold(s, n.Text) }) {
				st.texts = append(st.texts, n.Text)
			}
		}
	}
	slices.SortStableFunc(found, func(a, b *step) int { return cmp.Compare(stepPlace(a.code), stepPlace(b.code)) })
	var steps []wayStep
	for _, st := range found {
		w := wayStep{Title: sentenceCase(st.texts[0])}
		if titles := stepTitles[st.code]; titles != "" {
			w.Title, w.Text = r.lang.T(titles), sentenceCase(strings.Join(st.texts, "; "))
		}
		for _, p := range points {
			if st.at[p.Key] {
				w.At = append(w.At, link{"#way-" + p.Key, p.Label})
			}
		}
		if len(w.At) > 0 {
			steps = append(steps, w)
		}
	}
	return steps
}

// journeySteps are the steps of the first journey that leads through this process alone as it is today; none where nobody has
// described one.
func (r *request) journeySteps(process string, points []wayPoint) []wayStep {
	for i := range r.snap.reg.Journeys {
		j := &r.snap.reg.Journeys[i]
		if j.State != register.AsIs || len(j.Processes) != 1 || j.Processes[0] != process {
			continue
		}
		var steps []wayStep
		for _, stage := range j.Stages {
			for _, st := range stage.Steps {
				w := wayStep{Title: st.Action, Text: strings.Join(slices.DeleteFunc([]string{strings.Join(st.Documents, ", "), st.Duration}, func(s string) bool { return s == "" }), " · ")}
				for _, at := range st.Points {
					switch i := slices.IndexFunc(points, func(p wayPoint) bool { return p.Key == at.Touchpoint }); {
					case i >= 0:
						w.At = append(w.At, link{"#way-" + at.Touchpoint, points[i].Label})
					case at.Outside():
						w.At = append(w.At, link{"", at.Text})
					}
				}
				steps = append(steps, w)
			}
		}
		return steps
	}
	return nil
}

// stepTitles name the steps of the needs that all bodies share, as one would say it to the client.
var stepTitles = map[string]string{
	"info": "step.info", "consultation": "step.consultation", "forms": "step.forms", "submission": "step.submission", "progress": "step.progress",
	"result": "step.result", "feedback": "step.feedback", "feedback-result": "step.answer",
}

// stepPlace is the place of a need among the steps; what no list knows comes after the papers are handed in and before the result.
func stepPlace(code string) int {
	all := procedure.Canonical()
	if i := slices.IndexFunc(all, func(n procedure.CanonicalNeed) bool { return n.Code == code }); i >= 0 {
		return 2 * i
	}
	return 2*slices.IndexFunc(all, func(n procedure.CanonicalNeed) bool { return n.Code == "progress" }) - 1
}

// sentenceCase makes the first letter of a printed wording great.
func sentenceCase(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}
