package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// keepsSettings are those who keep a body's own matters: its names, departments, procedure.
var keepsSettings = who{register.RoleOfficer, register.RoleHead, whoAdmin}

func (s *site) settingsRoutes(mux router) {
	mux.HandleFunc("/{body}/settings", s.form(s.settings, nil, keepsSettings))
	mux.HandleFunc("/{body}/settings/names", s.form(s.editNames, s.saveNames, keepsSettings))
	mux.HandleFunc("/{body}/settings/departments/new", s.form(s.editDepartment, s.saveDepartment, keepsSettings))
	mux.HandleFunc("/{body}/settings/departments/{key}", s.form(s.editDepartment, s.saveDepartment, keepsSettings))
	mux.HandleFunc("/{body}/settings/procedure", s.upload(s.editProcedure, s.takeProcedure, keepsSettings))
	mux.HandleFunc("/-/bodies/new", s.upload(s.newBody, s.addBody, who{whoAdmin}))
}

// settingsPage shows what a body is set up with, and leads to where each thing is changed.
type settingsPage struct {
	frame
	Done        string
	Steps       []link // what to do next with a new body
	Names       []trait
	Departments []departmentItem
	Order       []trait
	Terms       []trait
	FormText    string
	Form        []formColumn
	NamesHref   string
	NewDept     string
	ProcHref    string
	Links       []link
}

// A trait is a word with what stands for it.
type trait struct{ Name, Text string }

type departmentItem struct {
	link
	Genitive string
	Charges  string
}

type formColumn struct{ No, Heading, Field string }

func (s *site) settings(r *request) (page, error) {
	t := r.lang.T
	p := &settingsPage{frame: r.frame("settings", "settings", t("settings.title"))}
	org := p.Body
	add := func(list *[]trait, key, text string) {
		if text != "" {
			*list = append(*list, trait{t(key), text})
		}
	}
	add(&p.Names, "settings.name", org.Name)
	add(&p.Names, "settings.short", org.ShortName)
	add(&p.Names, "settings.genitive", org.Genitive)
	add(&p.Names, "settings.headtitle", org.HeadTitle)
	add(&p.Names, "settings.headname", org.HeadName)
	if org.Parent != "" {
		name := org.Parent
		if reg, err := s.ledger.State(r.Context(), org.Parent, 0); err == nil {
			name = shortName(&reg.Organisation)
		}
		add(&p.Names, "settings.parent", name)
	}
	add(&p.Names, "settings.slug", org.Slug)
	for _, d := range r.snap.reg.Departments {
		p.Departments = append(p.Departments, departmentItem{link: link{p.To("settings", "departments", d.Key), d.Title}, Genitive: d.Genitive, Charges: r.charges(upkeep.ChargesOf(r.snap.reg, d.Key, r.today))})
	}
	pr := r.snap.proc
	add(&p.Order, "settings.proctitle", pr.Title)
	add(&p.Order, "settings.procact", actText(pr.Act))
	add(&p.Order, "settings.procid", pr.ID)
	terms := upkeep.TermsOf(pr)
	add(&p.Terms, "settings.days", r.lang.Count(terms.Days, "settings.workdays"))
	add(&p.Terms, "settings.months", r.lang.Count(terms.Months, "settings.month"))
	add(&p.Terms, "settings.confirm", r.lang.Count(terms.ConfirmDays, "settings.workdays"))
	add(&p.Terms, "settings.officerdays", r.lang.Count(terms.OfficerDays, "settings.workdays"))
	add(&p.Terms, "settings.headdays", r.lang.Count(terms.HeadDays, "settings.workdays"))
	form, own := pr.Form()
	p.FormText = t("settings.formcommon")
	if own {
		p.FormText = t("settings.formown")
	}
	for i, c := range form.Columns {
		p.Form = append(p.Form, formColumn{strconv.Itoa(i + 1), c.Heading, t("settings.field." + c.Field)})
	}
	p.NamesHref, p.NewDept, p.ProcHref = p.To("settings", "names"), p.To("settings", "departments", "new"), p.To("settings", "procedure")
	p.Links = []link{{p.To("people"), t("settings.people")}, {p.To("calendar"), t("settings.calendar")}, {p.To("process-register"), t("procreg.title")}, {p.To("settings", "words"), t("words.title")}, {p.To("settings", "first"), t("first.title")}, {p.To("forms"), t("blanks.title")}}
	if r.viewer.Admin {
		p.Links = append(p.Links, link{"/-/bodies/new", t("newbody.title")})
	}
	switch done := r.query.Get("done"); done {
	case "names", "department", "closed", "procedure":
		p.Done = t("settings.done." + done)
	case "body":
		p.Done = t("settings.done.body")
		p.Steps = []link{{p.To("people", "new"), t("newbody.step.appoint")}, {p.To("settings", "departments", "new"), t("newbody.step.departments")},
			{p.To("process-register", "import"), t("newbody.step.processes")}, {p.To("bulk"), t("newbody.step.table")}}
	}
	return p, nil
}

// charges says what answers to a department.
func (r *request) charges(c upkeep.Charges) string {
	var parts []string
	for _, x := range []struct {
		n   int
		key string
	}{{c.Points, "fact.points"}, {c.Processes, "fact.processes"}, {c.Tasks, "settings.opentasks"}, {c.Appointments, "settings.appointments"}} {
		if x.n > 0 {
			parts = append(parts, r.lang.Count(x.n, x.key))
		}
	}
	return strings.Join(parts, ", ")
}

// namesPage changes what a body says of itself.
type namesPage struct {
	frame
	Wrong []link
	Back  string
	Base  string
	Asks  []ask
}

func (s *site) editNames(r *request) (page, error) {
	p := &namesPage{frame: r.frame("settings_names", "settings", r.lang.T("settings.names"))}
	p.Back = p.To("settings")
	p.Base = upkeep.HashOf(register.Encode(p.Body))
	asks := r.nameAsks(upkeep.Names{Name: p.Body.Name, ShortName: p.Body.ShortName, Genitive: p.Body.Genitive, HeadTitle: p.Body.HeadTitle, HeadName: p.Body.HeadName})
	if r.viewer.Admin {
		parent, err := s.parentAsk(r, r.slug, p.Body.Parent)
		if err != nil {
			return nil, err
		}
		asks = append(asks, parent)
	}
	asks = append(asks, ask{Name: "basis", Label: r.lang.T("procedit.basis"), Hint: r.lang.T("procedit.basishint"), Max: 300, Optional: true})
	p.Asks = r.standing(p.Base, asks)
	p.Wrong = r.wrong(p.Asks...)
	return p, nil
}

// nameAsks ask for the names of a body.
func (r *request) nameAsks(n upkeep.Names) []ask {
	t := r.lang.T
	return []ask{
		{Name: "name", Label: t("settings.name"), Kind: "textarea", Value: n.Name, Max: 1000},
		{Name: "short_name", Label: t("settings.short"), Value: n.ShortName, Hint: t("settings.shorthint"), Max: 300},
		{Name: "genitive", Label: t("settings.genitive"), Kind: "textarea", Value: n.Genitive, Hint: t("settings.genitivehint"), Max: 1000},
		{Name: "head_title", Label: t("settings.headtitle"), Value: n.HeadTitle, Max: 300},
		{Name: "head_name", Label: t("settings.headname"), Value: n.HeadName, Hint: t("settings.headnamehint"), Max: 300, Optional: true},
	}
}

// parentAsk asks for the superior body: any but the body itself and those below it.
func (s *site) parentAsk(r *request, slug, parent string) (ask, error) {
	a := ask{Name: "parent", Kind: "select", Label: r.lang.T("settings.parent"), Hint: r.lang.T("settings.parenthint"), Value: parent,
		Options: []option{{Value: "", Text: r.lang.T("settings.noparent")}}}
	orgs, err := s.ledger.Bodies(r.Context())
	if err != nil {
		return a, err
	}
	above := map[string]string{}
	for _, o := range orgs {
		above[o.Slug] = o.Parent
	}
	for _, o := range orgs {
		below := false
		for at, n := o.Slug, 0; at != "" && n <= len(orgs); at, n = above[at], n+1 {
			below = below || at == slug
		}
		if !below || o.Slug == parent {
			a.Options = append(a.Options, option{Value: o.Slug, Text: shortName(&o)})
		}
	}
	if parent != "" && !slices.ContainsFunc(a.Options, func(o option) bool { return o.Value == parent }) {
		a.Options = append(a.Options, option{Value: parent, Text: parent})
	}
	return a, nil
}

// namesOf are the names that were sent.
func namesOf(v url.Values, parent string) upkeep.Names {
	return upkeep.Names{Name: v.Get("name"), ShortName: v.Get("short_name"), Genitive: v.Get("genitive"), HeadTitle: v.Get("head_title"), HeadName: v.Get("head_name"), Parent: parent}
}

func (s *site) saveNames(r *request, v url.Values) (string, error) {
	if s.desk == nil {
		return "", notFound("")
	}
	parent := r.snap.reg.Organisation.Parent
	if v.Has("parent") {
		parent = v.Get("parent") // whether this person may change it, the desk says
	}
	g := register.Ground{Act: squeeze(v.Get("basis"))}
	return doneQuery("/"+url.PathEscape(r.slug)+"/settings", "names"), s.desk.SaveNames(r.Context(), r.actor(), r.slug, v.Get("base"), namesOf(v, parent), g)
}

// departmentPage adds a department, renames it or closes it.
type departmentPage struct {
	frame
	Wrong   []link
	Back    string
	Key     string
	Base    string
	Asks    []ask
	Charges string
	Close   []ask
	People  string // where those appointed for it are released; set when there are some
}

func (s *site) editDepartment(r *request) (page, error) {
	t := r.lang.T
	key := r.PathValue("key")
	p := &departmentPage{Key: key}
	var x register.Department
	p.frame = r.frame("settings_department", "settings", t("settings.newdept"))
	if key != "" {
		i := slices.IndexFunc(r.snap.reg.Departments, func(d register.Department) bool { return d.Key == key })
		if i < 0 {
			return nil, notFound("")
		}
		x = r.snap.reg.Departments[i]
		p.Title = x.Title
	}
	p.Back = p.To("settings")
	p.Base = upkeep.HashOf(register.Encode(x))
	asks := []ask{
		{Name: "title", Label: t("settings.depttitle"), Value: x.Title, Hint: t("settings.depthint"), Max: 300},
		{Name: "genitive", Label: t("settings.deptgenitive"), Value: x.Genitive, Hint: t("settings.deptgenitivehint"), Max: 300, Optional: true},
		{Name: "basis", Label: t("procedit.basis"), Hint: t("procedit.basishint"), Max: 300, Optional: true},
	}
	op := "save"
	if r.typed != nil {
		op = r.typed.values.Get("op")
	}
	c := upkeep.ChargesOf(r.snap.reg, key, r.today)
	var out []ask
	if key != "" {
		p.Charges = r.charges(c)
		if c.Appointments > 0 {
			p.People = p.To("people")
		}
		if c.Movable() {
			os := slices.DeleteFunc(r.departmentOptions(t("settings.chooseheir")), func(o option) bool { return o.Value == key })
			out = append(out, ask{Name: "heir", Kind: "select", Label: t("settings.heir"), Hint: t("settings.heirhint"), Options: os})
		}
		out = append(out, ask{Name: "closebasis", Label: t("settings.closebasis"), Hint: t("procedit.acthint"), Max: 300, Optional: true})
	}
	if op == "close" {
		p.Asks, p.Close = untyped(asks), r.askedAll(out)
	} else {
		p.Asks, p.Close = r.standing(p.Base, asks), untyped(out)
	}
	p.Wrong = r.wrong(append(slices.Clone(p.Asks), p.Close...)...)
	return p, nil
}

func (s *site) saveDepartment(r *request, v url.Values) (string, error) {
	if s.desk == nil {
		return "", notFound("")
	}
	home, key := "/"+url.PathEscape(r.slug)+"/settings", r.PathValue("key")
	if key != "" && !slices.ContainsFunc(r.snap.reg.Departments, func(d register.Department) bool { return d.Key == key }) {
		return "", notFound("")
	}
	switch v.Get("op") {
	case "save":
		_, err := s.desk.SaveDepartment(r.Context(), r.actor(), r.slug, key, v.Get("base"), v.Get("title"), v.Get("genitive"), register.Ground{Act: squeeze(v.Get("basis"))})
		return doneQuery(home, "department"), err
	case "close":
		return doneQuery(home, "closed"), s.desk.CloseDepartment(r.Context(), r.actor(), r.slug, key, v.Get("base"), v.Get("heir"), register.Ground{Act: squeeze(v.Get("closebasis"))})
	}
	return "", badRequest("error.badform")
}

// procedureName names one of the procedures in the binary for a list to choose from.
func procedureName(p *procedure.Procedure) string {
	return strings.TrimSuffix(p.Holder.ShortName+": "+actText(register.Act{Kind: p.Act.Kind, Number: p.Act.Number, Date: p.Act.Date}), ": ")
}
