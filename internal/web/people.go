package web

import (
	"cmp"
	"encoding/json"
	"net/url"
	"slices"

	"perechen/internal/auth"
	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/rights"
	"perechen/internal/upkeep"
)

func (s *site) peopleRoutes(mux router) {
	see, do := who{whoMember, whoWatcher, whoAdmin}, who{register.RoleHead, whoAdmin}
	mux.HandleFunc("/{body}/people", s.form(s.peoplePage, nil, see))
	mux.HandleFunc("/{body}/people/new", s.form(s.newAppointment, s.appoint, do))
	mux.HandleFunc("/{body}/people/{key}", s.form(s.appointment, s.changeAppointment, do))
	mux.HandleFunc("/{body}/below", s.form(s.below, nil, who{register.RoleCoordinator, whoAdmin}))
}

// peoplePage says who holds which role by which act.
type peoplePage struct {
	frame
	Done    string
	May     bool // appoint, change, revoke
	Groups  []peopleGroup
	Vacant  []string // roles that the order gives by appointment and nobody holds today
	Line    string
	AddHref string
	Below   string // to the bodies below, for their coordinator
}

// A peopleGroup is the appointments that hold now, those to come, and those that are over.
type peopleGroup struct {
	ID, Title string
	Items     []personItem
}

type personItem struct {
	Key, Role, Deputy string
	Person            string
	Account           string // name and login of the account, for those who may see it
	Blocked           bool
	Department        string
	Act, Term         string
	Revoked           string // when
	Href              string
}

func (s *site) peoplePage(r *request) (page, error) {
	p := &peoplePage{frame: r.frame("people", "people", r.lang.T("people.title")), May: r.may(register.RoleHead, whoAdmin)}
	accounts, err := s.accountsByID(r)
	if err != nil {
		return nil, err
	}
	now, later, past := peopleGroup{ID: "now", Title: r.lang.T("people.now")}, peopleGroup{ID: "later", Title: r.lang.T("people.later")}, peopleGroup{ID: "past", Title: r.lang.T("people.past")}
	for _, a := range r.sortedAppointments() {
		item := r.personItem(&p.frame, a, accounts)
		if p.May {
			item.Href = p.To("people", a.Key)
		}
		switch {
		case rights.InForce(a, r.today):
			now.Items = append(now.Items, item)
		case a.From > r.today:
			later.Items = append(later.Items, item)
		default:
			past.Items = append(past.Items, item)
		}
	}
	past.Items = append(past.Items, r.revoked(&p.frame, accounts)...)
	for _, g := range []peopleGroup{now, later, past} {
		if len(g.Items) > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
	for _, role := range r.snap.proc.Roles {
		if role.Appointed && !slices.ContainsFunc(r.snap.reg.Appointments, func(a register.Appointment) bool { return a.Role == role.Code && rights.InForce(a, r.today) }) {
			p.Vacant = append(p.Vacant, role.Title)
		}
	}
	p.Line = r.lang.T("people.line", lang.Date(string(r.today)), r.lang.Count(len(now.Items), "people.count"))
	if p.May {
		p.AddHref = p.To("people", "new")
	}
	if r.may(register.RoleCoordinator, whoAdmin) {
		below, err := s.bodiesBelow(r.Context(), r.slug)
		if err != nil {
			return nil, err
		}
		if len(below) > 0 {
			p.Below = p.To("below")
		}
	}
	switch done := r.query.Get("done"); done {
	case "added", "saved", "revoked":
		p.Done = r.lang.T("people.done." + done)
	}
	return p, nil
}

// sortedAppointments gives the appointments by role, then by department, then by the day they begin.
func (r *request) sortedAppointments() []register.Appointment {
	as := slices.Clone(r.snap.reg.Appointments)
	slices.SortStableFunc(as, func(a, b register.Appointment) int {
		return cmp.Or(cmp.Compare(roleRank(a.Role), roleRank(b.Role)), cmp.Compare(r.snap.departments[a.Department], r.snap.departments[b.Department]), cmp.Compare(a.From, b.From), cmp.Compare(a.Key, b.Key))
	})
	return as
}

func roleRank(role string) int {
	if i := slices.Index(upkeep.Roles, role); i >= 0 {
		return i
	}
	return len(upkeep.Roles)
}

func (r *request) personItem(f *frame, a register.Appointment, accounts map[string]auth.Account) personItem {
	item := personItem{Key: a.Key, Role: r.roleName(a.Role, false), Person: a.Person, Department: r.snap.departments[a.Department], Act: a.Act.Text(), Term: r.term(a.From, a.To)}
	if a.Deputy {
		item.Deputy = r.lang.T("people.deputy")
	}
	if a.Department == "" {
		item.Department = r.lang.T("people.whole")
	} else if item.Department == "" {
		item.Department = a.Department
	}
	if acc, ok := accounts[a.Account]; ok && r.may(register.RoleHead, whoAdmin) {
		item.Account, item.Blocked = acc.Login, acc.Blocked
	}
	return item
}

// term is the days of an appointment in words.
func (r *request) term(from, to register.Date) string {
	switch {
	case from == "" && to == "":
		return r.lang.T("people.always")
	case to == "":
		return r.lang.T("people.since", lang.Date(string(from)))
	case from == "":
		return r.lang.T("people.until", lang.Date(string(to)))
	}
	return r.lang.T("people.fromto", lang.Date(string(from)), lang.Date(string(to)))
}

// revoked gives the appointments that were taken out of the register, the last one first. What was erased stays unknown.
func (r *request) revoked(f *frame, accounts map[string]auth.Account) []personItem {
	last := map[string]register.Appointment{}
	var items []personItem
	for _, e := range r.snap.appointed {
		if e.Op != register.Exclude {
			var a register.Appointment
			if e.Content != nil && json.Unmarshal(e.Content, &a) == nil {
				last[e.Key] = a
			}
			continue
		}
		a, ok := last[e.Key]
		if !ok {
			continue
		}
		item := r.personItem(f, a, accounts)
		item.Revoked = r.lang.T("people.revoked", newMoment(e.Time, r.loc).Date)
		if e.Ground.Act != "" {
			item.Revoked += ", " + e.Ground.Act
		}
		items = append(items, item)
	}
	slices.Reverse(items)
	return items
}

func (s *site) accountsByID(r *request) (map[string]auth.Account, error) {
	all, err := s.accounts.Accounts(r.Context())
	byID := make(map[string]auth.Account, len(all))
	for _, a := range all {
		byID[a.ID] = a
	}
	return byID, err
}

// appointmentPage appoints, changes, revokes.
type appointmentPage struct {
	frame
	Wrong     []link
	Heading   string
	Back      string
	Key, Base string
	Role      ask
	Rest      []ask // department, person, account
	Act       []ask // kind, number, date
	Days      []ask // from, to
	Deputy    bool
	Ground    ask // of a revocation
	Now       bool
}

func (s *site) newAppointment(r *request) (page, error) {
	return s.appointmentPage(r, register.Appointment{Act: register.Act{Kind: "приказ"}}, r.lang.T("people.new"))
}

func (s *site) appointment(r *request) (page, error) {
	a, ok := r.appointmentOf(r.PathValue("key"))
	if !ok {
		return nil, notFound("people.gone")
	}
	p, err := s.appointmentPage(r, a, a.Person+": "+r.roleName(a.Role, a.Deputy))
	if err != nil {
		return nil, err
	}
	p.Key, p.Base = a.Key, r.typedOr("base", upkeep.AppointmentBase(a))
	p.Ground = r.asked(ask{Name: "ground", Label: r.lang.T("people.ground"), Hint: r.lang.T("people.groundhint"), Optional: true, Max: 300})
	p.Now = rights.InForce(a, r.today)
	return p, nil
}

func (r *request) appointmentOf(key string) (register.Appointment, bool) {
	for _, a := range r.snap.reg.Appointments {
		if a.Key == key {
			return a, true
		}
	}
	return register.Appointment{}, false
}

func (s *site) appointmentPage(r *request, a register.Appointment, title string) (*appointmentPage, error) {
	p := &appointmentPage{frame: r.frame("appointment", "people", title), Heading: title}
	p.Back = p.To("people")
	roles := []option{{Text: r.lang.T("people.choose")}}
	for _, role := range r.roles() {
		roles = append(roles, option{Value: role, Text: r.roleName(role, false)})
	}
	clause := ""
	for _, role := range r.snap.proc.Roles {
		if role.Appointed {
			clause = cmp.Or(clause, role.Clause)
		}
	}
	p.Role = r.asked(ask{Name: "role", Label: r.lang.T("people.role"), Kind: "select", Options: roles, Value: a.Role, Clause: r.clauseRef(&p.frame, clause)})
	departments := []option{{Text: r.lang.T("people.whole")}}
	for _, d := range r.snap.reg.Departments {
		departments = append(departments, option{Value: d.Key, Text: d.Title})
	}
	linkable, err := s.linkable(r, a.Account)
	if err != nil {
		return nil, err
	}
	accounts := []option{{Text: r.lang.T("people.noaccount")}}
	for _, x := range linkable {
		accounts = append(accounts, option{Value: x.ID, Text: x.Name + " (" + x.Login + ")"})
	}
	p.Rest = []ask{
		r.asked(ask{Name: "person", Label: r.lang.T("people.person"), Hint: r.lang.T("people.personhint"), Value: a.Person, Max: 200, Complete: "off"}),
		r.asked(ask{Name: "account", Label: r.lang.T("people.account"), Hint: r.lang.T("people.accounthint"), Kind: "select", Options: accounts, Value: a.Account}),
		r.asked(ask{Name: "department", Label: r.lang.T("people.department"), Hint: r.lang.T("people.departmenthint"), Kind: "select", Options: departments, Value: a.Department}),
	}
	p.Act = []ask{
		r.asked(ask{Name: "act.kind", ID: "f-act-kind", Label: r.lang.T("people.actkind"), Value: a.Act.Kind, Max: 60}),
		r.asked(ask{Name: "act.number", ID: "f-act-number", Label: r.lang.T("people.actnumber"), Value: a.Act.Number, Max: 100}),
		r.asked(ask{Name: "act.date", ID: "f-act-date", Label: r.lang.T("people.actdate"), Kind: "date", Value: string(a.Act.Date)}),
	}
	p.Days = []ask{
		r.asked(ask{Name: "from", Label: r.lang.T("people.from"), Hint: r.lang.T("people.fromhint"), Kind: "date", Value: string(a.From), Optional: true}),
		r.asked(ask{Name: "to", Label: r.lang.T("people.to"), Hint: r.lang.T("people.tohint"), Kind: "date", Value: string(a.To), Optional: true}),
	}
	p.Deputy = r.ticked("deputy", "1", a.Deputy)
	p.Wrong = r.wrong(slices.Concat([]ask{p.Role}, p.Rest, p.Act, p.Days)...)
	return p, nil
}

// roles are the roles that people can be appointed to in this body: ours, and those that only its order names.
func (r *request) roles() []string {
	roles := slices.Clone(upkeep.Roles)
	for _, x := range r.snap.proc.Roles {
		if x.Appointed && !slices.Contains(roles, x.Code) {
			roles = append(roles, x.Code)
		}
	}
	return roles
}

// linkable are the accounts that an appointment may be linked to: for an administrator all; for the head those of the
// body's own people and of people who belong to no body yet, so that nobody reads another body's list of names.
func (s *site) linkable(r *request, mine string) ([]auth.Account, error) {
	all, err := s.accounts.Accounts(r.Context())
	if err != nil {
		return nil, err
	}
	elsewhere := map[string]bool{}
	if !r.may(whoAdmin) {
		orgs, err := s.ledger.Bodies(r.Context())
		if err != nil {
			return nil, err
		}
		here := map[string]bool{mine: true}
		for _, a := range r.snap.reg.Appointments {
			here[a.Account] = true
		}
		for _, o := range orgs {
			if o.Slug == r.slug {
				continue
			}
			reg, err := s.ledger.State(r.Context(), o.Slug, 0)
			if err != nil {
				return nil, err
			}
			for _, a := range reg.Appointments {
				elsewhere[a.Account] = !here[a.Account]
			}
		}
	}
	return slices.DeleteFunc(all, func(a auth.Account) bool {
		return elsewhere[a.ID] || a.ID != mine && (a.Blocked || a.Admin && !r.may(whoAdmin))
	}), nil
}

func (s *site) appoint(r *request, v url.Values) (string, error) {
	return r.peopleHref("added"), s.putAppointment(r, register.Appointment{}, v)
}

func (s *site) changeAppointment(r *request, v url.Values) (string, error) {
	a, ok := r.appointmentOf(r.PathValue("key"))
	if !ok {
		return "", notFound("people.gone")
	}
	switch v.Get("act") {
	case "save":
		return r.peopleHref("saved"), s.putAppointment(r, a, v)
	case "revoke":
		if err := s.desk.Revoke(r.Context(), r.actor(), r.slug, a.Key, v.Get("base"), v.Get("ground")); err != nil {
			return "", err
		}
		s.audit(r.Request, auth.ActAppointment, "отозвано: "+upkeep.RoleTitle(nil, a.Role))
		return r.peopleHref("revoked"), nil
	}
	return "", badRequest("error.badform")
}

func (r *request) peopleHref(done string) string {
	return "/" + url.PathEscape(r.slug) + "/people?done=" + done
}

// putAppointment takes the fields of the form into an appointment.
func (s *site) putAppointment(r *request, a register.Appointment, v url.Values) error {
	if account := v.Get("account"); account != "" && account != a.Account {
		allowed, err := s.linkable(r, a.Account)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(allowed, func(x auth.Account) bool { return x.ID == account }) {
			return invalidField("account", r.lang.T("people.badaccount"))
		}
	}
	fresh := a.Key == ""
	a.Role, a.Person, a.Account, a.Department = v.Get("role"), v.Get("person"), v.Get("account"), v.Get("department")
	a.Act.Kind, a.Act.Number, a.Act.Date = v.Get("act.kind"), v.Get("act.number"), register.Date(v.Get("act.date"))
	a.From, a.To, a.Deputy = register.Date(v.Get("from")), register.Date(v.Get("to")), v.Get("deputy") != ""
	if a.From == "" {
		a.From = a.Act.Date
	}
	a, err := s.desk.Appoint(r.Context(), r.actor(), r.slug, a, v.Get("base"))
	if err != nil {
		return err
	}
	text := "изменено: "
	if fresh {
		text = "назначено: "
	}
	s.audit(r.Request, auth.ActAppointment, text+upkeep.RoleTitle(nil, a.Role)+", "+a.Act.Text())
	return nil
}
