package web

import (
	"net/url"

	"perechen/internal/ledger"
	"perechen/internal/pointhealth"
	"perechen/internal/register"
)

// pointsPage lists all points of the body, also those that no process uses.
type pointsPage struct {
	frame
	Line    string
	Items   []pointItem
	Pager   pager
	Command string
	Tracked bool // the column of confirmations is shown
}

type pointItem struct {
	Point    pointView
	Kind     string
	Class    register.Class
	Used     string
	Findings string
	Closures []closureView
}

func (s *site) points(r *request) (page, error) {
	all := r.snap.reg.Touchpoints
	p := &pointsPage{frame: r.frame("points", "points", r.lang.T("points.title")), Command: r.importCommand(), Tracked: r.tracked()}
	p.Line = r.lang.T("points.line", r.lang.Count(len(all), "fact.points"))
	p.Pager = r.pager(len(all))
	for i := p.Pager.from; i < p.Pager.to; i++ {
		t := &all[i]
		class, _ := r.snap.proc.ClassOf(*t)
		item := pointItem{Point: r.viewPoint(&p.frame, t), Kind: r.kindTitle(t.Kind), Class: class, Used: r.lang.T("points.unused")}
		item.Closures, _ = r.closuresOf(t.Key, soonDays)
		if n := r.snap.usedIn[t.Key]; n > 0 {
			item.Used = r.lang.T("points.usedin", r.lang.Count(n, "points.processes"))
		}
		if n := r.snap.atPoint[t.Key]; n > 0 {
			item.Findings = r.lang.Count(n, "fact.findings")
		}
		p.Items = append(p.Items, item)
	}
	return p, nil
}

// pointPage is one point: what it is, where it is used, what is wrong with it, how it came to be so.
type pointPage struct {
	frame
	Point       pointView
	Gone        string
	Kind        string
	Class       register.Class
	ClassClause string
	Declared    *declared
	Department  string
	Place       string
	Hours       string
	Valid       string
	Source      string
	Usages      []row
	Pager       pager
	History     []event
	Notes       []note
	More        *link
	Propose     string     // address of the form, for those who may use it
	Confirmed   string     // when and by which department
	Confirmer   string     // the person's name, for those who work in the body
	Asks        string     // who confirms it, and by when
	Tasks       []taskItem // open ones, for those who work with the register
	Now         string     // whether it is open, and until when
	Open        bool
	Closures    []closureView
	Nearby      []aid    // who else can help while it cannot
	Replaced    replaced // what stands in its place, once it is gone
	Change      string   // address of the form for hours, for those who may
	Sheets      []link   // of the door, one for each paper
	Give        string   // where clients say how it was; empty where nobody can
	Journeys    []link   // that lead through it
	Health      string   // where one sees whether it answers, for those who work in the body
}

// declared is where the order names a point.
type declared struct{ Clause, Quote string }

func (s *site) point(r *request) (page, error) {
	key := r.PathValue("key")
	history, err := s.ledger.History(r.Context(), r.slug, register.KindTouchpoint, key)
	if err != nil {
		return nil, err
	}
	t, gone := r.snap.points[key], false
	if t == nil {
		t = lastContent[register.Touchpoint](history, r.view.N)
		gone = true
	}
	erased := t == nil && knownBy(history, r.view.N)
	if erased {
		t = &register.Touchpoint{Key: key}
	}
	if t == nil {
		return nil, notFound("")
	}
	p := &pointPage{frame: r.frame("point", "points", ""), Kind: r.kindTitle(t.Kind), Place: t.Place, Hours: t.Hours,
		Department: r.snap.departments[t.Department], Valid: validity(r.lang, t.From, t.To), Source: sourceText(t.Source)}
	p.Client = r.viewer == nil && !r.view.past() // the code on a door leads here
	p.Point = r.viewPoint(&p.frame, t)
	p.Title = p.Point.Label
	if !gone && r.proposes() {
		p.Propose = p.To("points", key, "edit")
	}
	if !gone && !r.view.past() && s.desk != nil && s.accounts != nil {
		p.Give = p.home + "f/" + url.PathEscape(key)
	}
	if gone {
		p.Gone = r.lang.T("point.gone")
		if p.Replaced, err = r.replacedBy(&p.frame, register.KindTouchpoint, key); err != nil {
			return nil, err
		}
	}
	if erased {
		p.Gone = r.lang.T("log.erased")
	}
	if !gone {
		o := r.openPoint(&p.frame, t)
		p.Closures = o.Closures
		if !r.view.past() {
			p.Now, p.Open = o.Now, o.Open
			if !r.holds(t.From, t.To) {
				p.Now, p.Open = r.lang.T("open.notinforce"), false
			}
			if p.Now != "" && !p.Open {
				p.Nearby = s.nearby(r, &p.frame, r.snap.rowsAt[key], map[string]bool{key: true})
			}
		}
		if !r.view.past() && s.desk != nil && r.may(keepsHours...) {
			p.Change = p.with(nil, "points", key, "hours")
		}
		if pointhealth.Of(*t) != "" && s.desk != nil && !r.view.past() && r.may(whoMember, whoWatcher) {
			p.Health = r.frameless("health") + "#point-" + url.PathEscape(key)
		}
		p.Sheets = r.sheetLinks(&p.frame, t.From, t.To, "points", key, "sheet.pdf")
		p.Confirmed, p.Asks = r.confirmedBy(key)
		if p.Confirmer, err = s.confirmer(r, key); err != nil {
			return nil, err
		}
		p.Tasks = r.tasksAt(&p.frame, register.KindTouchpoint, key)
	}
	p.Journeys = r.journeysThrough(&p.frame, key)
	p.Class, p.ClassClause = r.snap.proc.ClassOf(*t)
	if d, ok := r.snap.proc.DeclaredByKey(t.Declared); ok && t.Declared != "" {
		p.Declared = &declared{d.Clause, d.Quote}
	}
	p.Usages, p.Pager, err = s.rowsOf(r, &p.frame, ledger.Query{Touchpoint: key})
	if err != nil {
		return nil, err
	}
	p.Notes = r.notesAbout(&p.frame, register.KindTouchpoint, key)
	p.Notes, p.More = r.capped(&p.frame, r.notesOfRows(&p.frame, p.Notes, p.Usages))
	rows, err := s.eventsOfRows(r, &p.frame, p.Usages, func(x row) string { return x.Process })
	if err != nil {
		return nil, err
	}
	p.History = newestFirst(r.events(&p.frame, history), rows)
	return p, nil
}

// journeysThrough are the journeys with a step at a point, also of one that is gone.
func (r *request) journeysThrough(f *frame, point string) []link {
	var ls []link
	for i := range r.snap.reg.Journeys {
		j := &r.snap.reg.Journeys[i]
		if j.Through(point) {
			ls = append(ls, link{f.To("journeys", j.Key), j.Title + " (" + r.lang.T("journey.state."+j.State) + ")"})
		}
	}
	return ls
}

// proposes tells whether the page is to lead to forms: the viewer draws up proposals, and the newest state is in view.
func (r *request) proposes() bool {
	return !r.view.past() && r.may(register.RoleDepartment, register.RoleOfficer)
}

// rowsOf gives a page of the rows that q chooses; none in a state of which nothing is known.
func (s *site) rowsOf(r *request, f *frame, q ledger.Query) ([]row, pager, error) {
	if r.view.N == 0 {
		return nil, pager{}, nil
	}
	n := max(1, atoi(r.query.Get("page")))
	q.Offset, q.Limit = (min(n, 1<<20)-1)*pageRows, pageRows
	found, err := s.ledger.Rows(r.Context(), r.slug, r.view.N, q)
	if err != nil {
		return nil, pager{}, err
	}
	pg := r.pager(found.Total)
	if pg.from != q.Offset {
		q.Offset = pg.from
		if found, err = s.ledger.Rows(r.Context(), r.slug, r.view.N, q); err != nil {
			return nil, pager{}, err
		}
	}
	var rows []row
	for i := range found.Rows {
		rows = append(rows, r.row(f, &found.Rows[i]))
	}
	return rows, pg, nil
}

// notesOfRows adds the findings about the rows that are shown to those about the subject itself.
func (r *request) notesOfRows(f *frame, ns []note, rows []row) []note {
	seen := map[string]bool{}
	for _, n := range ns {
		seen[n.ID] = true
	}
	for _, row := range rows {
		for _, x := range r.snap.about[subject{register.KindUsage, row.Key}] {
			if !seen[x.ID] {
				seen[x.ID] = true
				ns = append(ns, r.note(f, x))
			}
		}
	}
	return ns
}
