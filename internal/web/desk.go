package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// deskPage is «Мой стол»: what waits for the viewer in this body, by the roles that are held.
type deskPage struct {
	frame
	Roles  string
	Facts  []fact
	Blocks []deskBlock
	Ways   []link // what one comes here for when nothing waits
	NoYear string
	Calm   bool   // nothing waits
	Begin  []link // with which a register begins that has nothing yet
}

// A deskBlock is one kind of thing that waits: how many, the first few, and where the rest are.
type deskBlock struct {
	ID, Title string
	Count     int
	Words     string // «3 задачи»
	Bad       bool   // something in it is late
	Line      string
	Items     []deskItem
	More      *link
	Act       *link // the next thing to do
}

// A deskItem is one thing that waits.
type deskItem struct {
	link
	Small  string
	State  string
	Tone   string
	Ru     bool // Text is the register's own words
	SmallR bool // and Small
}

// deskItems is how many things of a kind stand on the desk itself.
const deskItems = 5

func (s *site) deskPage(r *request) (page, error) {
	p := &deskPage{frame: r.frame("desk", "desk", r.lang.T("desk.title")), Roles: r.rolesHere(), NoYear: r.missingYear()}
	if s.desk != nil && !r.grants.Empty() {
		if err := s.deskProposals(r, p); err != nil {
			return nil, err
		}
	}
	p.tasks(r)
	p.points(r)
	if s.desk != nil {
		if err := s.deskAppeals(r, p); err != nil {
			return nil, err
		}
	}
	if s.desk != nil && r.may(register.RoleHead, register.RoleOfficer) {
		if err := s.deskEdition(r, p); err != nil {
			return nil, err
		}
	}
	if r.may(register.RoleCoordinator) || r.watches {
		if err := s.deskBodies(r, p); err != nil {
			return nil, err
		}
	}
	for _, b := range p.Blocks {
		f := fact{Href: "#" + b.ID, Figure: lang.Number(int64(b.Count)), Words: b.Words}
		if b.Bad {
			f.Tone = "bad"
		}
		p.Facts = append(p.Facts, f)
	}
	p.Calm = len(p.Blocks) == 0
	if p.Calm && len(r.snap.reg.Touchpoints) == 0 {
		p.begin(r)
	}
	p.ways(r)
	return p, nil
}

// rolesHere says as whom the viewer is here: «уполномоченное лицо; сотрудник отдела — отдел кадров».
func (r *request) rolesHere() string {
	var parts []string
	for _, g := range r.grants {
		text := r.roleName(g.Role, g.Deputy)
		if d := r.snap.departments[g.Department]; d != "" {
			text += " — " + d
		}
		if !slices.Contains(parts, text) {
			parts = append(parts, text)
		}
	}
	if r.watches {
		parts = append(parts, r.lang.T("desk.watcher"))
	}
	if r.viewer.Admin {
		parts = append(parts, r.lang.T("account.admin"))
	}
	return strings.Join(parts, "; ")
}

// deskProposals puts on the desk the proposals to decide, those that came back, and one's own drafts.
func (s *site) deskProposals(r *request, p *deskPage) error {
	all, err := s.desk.Proposals(r.Context(), r.actor(), r.slug, upkeep.ProposalQuery{States: openStates})
	if err != nil {
		return err
	}
	queue := deskBlock{ID: "queue", Title: r.lang.T("desk.queue"), Line: r.lang.T("desk.queueline")}
	back := deskBlock{ID: "returned", Title: r.lang.T("desk.returned"), Line: r.lang.T("desk.returnedline"), Bad: true}
	drafts := deskBlock{ID: "drafts", Title: r.lang.T("desk.drafts")}
	put := func(b *deskBlock, x *upkeep.Proposal, edit bool) {
		if b.Count++; len(b.Items) == deskItems {
			b.More = &link{Href: p.home + "proposals", Text: r.lang.T("desk.allproposals")}
			return
		}
		href := p.home + "proposals/" + url.PathEscape(x.ID)
		if edit {
			href += "/edit"
		}
		small := newMoment(x.Updated, r.loc).Date
		if d := r.snap.departments[x.Department]; d != "" {
			small = d + ", " + small
		}
		b.Items = append(b.Items, deskItem{link: link{href, r.proposalTitle(x)}, Small: small, Ru: true, SmallR: true})
	}
	for i := range all {
		x := &all[i]
		mine := x.Author == r.viewer.ID || slices.Contains(x.Savers, r.viewer.ID)
		switch {
		case x.State == upkeep.StateSubmitted && !mine && (r.grants.In(register.RoleOfficer, x.Department) || r.grants.In(register.RoleHead, x.Department) && !r.may(register.RoleOfficer)):
			put(&queue, x, false)
		case x.State == upkeep.StateReturned && (mine || x.Department != "" && r.grants.In(register.RoleDepartment, x.Department)):
			put(&back, x, true)
		case x.State == upkeep.StateDraft && mine:
			put(&drafts, x, true)
		}
	}
	queue.Words, back.Words, drafts.Words = r.lang.Plural(queue.Count, "desk.waiting"), r.lang.Plural(back.Count, "desk.backwords"), r.lang.Plural(drafts.Count, "desk.draftwords")
	for _, b := range []deskBlock{back, queue, drafts} {
		if b.Count > 0 {
			p.Blocks = append(p.Blocks, b)
		}
	}
	return nil
}

// tasks puts on the desk the tasks that the viewer is asked for, and those that have climbed to the viewer.
func (p *deskPage) tasks(r *request) {
	b := deskBlock{ID: "tasks", Title: r.lang.T("tasks.title"), More: &link{p.home + "tasks", r.lang.T("desk.alltasks")}}
	for _, t := range r.snap.watch.Tasks {
		if !t.Open() || !r.concerns(t.Asks, t.Climbed) {
			continue
		}
		b.Count++
		b.Bad = b.Bad || t.Overdue
		if len(b.Items) < deskItems {
			x := r.taskItem(&p.frame, t)
			b.Items = append(b.Items, deskItem{link: link{x.Href, x.Subject}, Small: x.Reason, State: x.Line, Tone: x.Tone, Ru: true, SmallR: true})
		}
	}
	b.Words = r.lang.Plural(b.Count, "desk.taskwords")
	if b.Count > 0 {
		p.Blocks = append(p.Blocks, b)
	}
}

// concerns tells whether what a department is asked for is the viewer's business: it is asked of the viewer, or its missed
// deadline has climbed so high.
func (r *request) concerns(asks, climbed string) bool {
	switch {
	case asks != "" && r.grants.In(register.RoleDepartment, asks), asks == "" && r.grants.In(register.RoleOfficer, ""):
		return true
	case climbed == register.RoleOfficer || climbed == register.RoleHead:
		return r.grants.In(register.RoleOfficer, asks) || climbed == register.RoleHead && r.grants.In(register.RoleHead, asks)
	}
	return false
}

// points puts on the desk the points that wait for «всё верно», by the departments that answer for them.
func (p *deskPage) points(r *request) {
	b := deskBlock{ID: "points", Title: r.lang.T("desk.points")}
	type sum struct {
		n, late int
		due     register.Date
	}
	found := map[string]*sum{}
	var order []string
	own := 0
	for _, f := range r.snap.watch.Points {
		if !f.Asked() || !r.concerns(f.Responsible, f.Climbed) {
			continue
		}
		x := found[f.Responsible]
		if x == nil {
			x = &sum{due: f.Due}
			found[f.Responsible] = x
			order = append(order, f.Responsible)
		}
		x.n++
		b.Count++
		x.due = min(x.due, f.Due)
		if f.State == upkeep.FreshOverdue {
			x.late++
			b.Bad = true
		}
		if r.confirms(f.Responsible) {
			own++
		}
	}
	if b.Count == 0 {
		return
	}
	slices.SortStableFunc(order, func(a, c string) int { return cmp.Compare(found[a].due, found[c].due) })
	for _, d := range order {
		x := found[d]
		q := d
		if q == "" {
			q = noDepartment
		}
		item := deskItem{link: link{p.home + "confirm?" + url.Values{"department": {q}}.Encode(), r.answers(d)}, Small: r.lang.Count(x.n, "confirm.waiting"), Ru: d != "",
			State: r.lang.T("confirm.until", lang.Date(string(x.due)))}
		if x.late > 0 {
			item.State, item.Tone = r.lang.T("confirm.late", lang.Date(string(x.due))), "back"
		}
		b.Items = append(b.Items, item)
	}
	if own > 0 {
		b.Act = &link{p.home + "confirm", r.lang.T("desk.toconfirm")}
	} else {
		b.More = &link{p.home + "confirm", r.lang.T("desk.allconfirm")}
	}
	b.Words = r.lang.Plural(b.Count, "desk.pointwords")
	p.Blocks = append(p.Blocks, b)
}

// deskEdition puts on the desk an edition that waits for the head.
func (s *site) deskEdition(r *request, p *deskPage) error {
	e, ok, err := s.desk.Prepared(r.Context(), r.actor(), r.slug)
	if err != nil || !ok {
		return err
	}
	b := deskBlock{ID: "edition", Title: r.lang.T("desk.edition"), Count: 1, Words: r.lang.Plural(1, "desk.editionwords")}
	href := p.home + "editions/prepare"
	if r.may(register.RoleHead) {
		href = p.home + "editions/" + strconv.Itoa(e.Number) + "/approve"
	}
	b.Items = []deskItem{{link: link{href, r.lang.T("desk.editionno", e.Number)}, Small: newMoment(e.At, r.loc).Date, State: r.lang.T("desk.toapprove"), Tone: "waits"}}
	p.Blocks = append(p.Blocks, b)
	return nil
}

// ways are the addresses that people come here for.
// begin offers what fills an empty register, to those who may do it.
func (p *deskPage) begin(r *request) {
	if r.may(register.RoleOfficer, register.RoleHead) && len(r.snap.reg.Processes) == 0 {
		p.Begin = append(p.Begin, link{p.home + "process-register/import", r.lang.T("desk.begin.processes")})
	}
	if r.may(register.RoleDepartment, register.RoleOfficer) {
		p.Begin = append(p.Begin, link{p.home + "bulk#upload", r.lang.T("desk.begin.file")}, link{p.home + "points/new", r.lang.T("desk.way.point")})
	}
	if r.may(whoAdmin) && len(r.snap.reg.Appointments) == 0 {
		p.Begin = append(p.Begin, link{p.home + "people/new", r.lang.T("desk.begin.people")})
	}
}

func (p *deskPage) ways(r *request) {
	add := func(path, key string) {
		p.Ways = append(p.Ways, link{p.home + path, r.lang.T(key)})
	}
	if r.may(register.RoleDepartment, register.RoleOfficer) {
		add("confirm?show=all", "desk.way.mine")
		add("points/new", "desk.way.point")
		add("bulk", "desk.way.bulk")
		add("journeys/new", "desk.way.journey")
	} else {
		add("confirm", "desk.way.confirm")
	}
	if !r.grants.Empty() {
		add("proposals", "desk.way.proposals")
	}
	add("tasks", "desk.way.tasks")
	add("pictures", "picture.link")
	add("feedback", "desk.way.feedback")
	p.Ways = append(p.Ways, link{"/-/notices", r.lang.T("desk.way.notices")})
	add("calendar", "desk.way.calendar")
	add("closures", "desk.way.hours")
	add("forms", "desk.way.forms")
	if r.may(register.RoleOfficer, register.RoleHead, whoAdmin) {
		add("process-register", "desk.way.processes")
		add("people", "desk.way.people")
		add("settings", "desk.way.settings")
	}
	if r.may(register.RoleOfficer) {
		add("editions/prepare", "desk.way.edition")
	}
}
