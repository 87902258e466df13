package web

import (
	"net/url"
	"slices"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
)

// Who keeps the реестр процессов.
var keepsProcesses = who{register.RoleOfficer, register.RoleHead}

func (s *site) processRoutes(mux router) {
	mux.HandleFunc("/{body}/process-register", s.onlyRead(s.page(s.processRegister, "q", "scope", "department", "state", "page")))
	mux.HandleFunc("/{body}/process-register/new", s.form(s.editProcess, s.saveProcess, keepsProcesses))
	mux.HandleFunc("/{body}/process-register/import", s.upload(s.importProcesses, s.takeProcesses, keepsProcesses))
	mux.HandleFunc("/{body}/process-register/{key}/edit", s.form(s.editProcess, s.saveProcess, keepsProcesses))
}

// processRegisterPage is the реестр межведомственных и внутриведомственных процессов.
type processRegisterPage struct {
	frame
	Line     string
	Filter   filter
	Items    []registerItem
	Shown    string
	Pager    pager
	Exports  []link
	New      string // where one is added; empty for those who may not
	Import   string
	Any      bool
	Coverage string
}

type registerItem struct {
	link
	No         int
	Edit       string
	Scope      string
	Direction  string
	Department string
	Included   string
	Excluded   string
	Since      string
	Until      string
	Rows       string
}

func (s *site) processRegister(r *request) (page, error) {
	t := r.lang.T
	p := &processRegisterPage{frame: r.frame("process_register", "processes", t("procreg.title")), Any: len(r.snap.reg.Processes) > 0}
	p.Coverage = p.To("processes")
	if r.may(keepsProcesses...) && !r.view.past() && s.desk != nil {
		p.New, p.Import = p.To("process-register", "new"), p.To("process-register", "import")
	}
	all := r.snap.reg.Processes
	p.Line = processCounts(r, all)
	p.Filter = r.processFilter()
	rows := map[string]int{}
	for i := range r.snap.reg.Usages {
		rows[r.snap.reg.Usages[i].Process]++
	}
	chosen := r.chosenProcesses(all)
	p.Pager = r.pager(len(chosen))
	for _, i := range chosen[p.Pager.from:p.Pager.to] {
		x := &all[i]
		it := registerItem{link: link{p.To("processes", x.Key), x.Title}, No: i + 1, Scope: x.Scope, Direction: x.Direction, Department: r.snap.departments[x.Department],
			Since: lang.Date(string(x.From)), Until: lang.Date(string(x.To)), Rows: r.lang.Count(rows[x.Key], "fact.usages")}
		if x.Included != nil {
			it.Included = actText(*x.Included)
		}
		if x.Excluded != nil {
			it.Excluded = t("procreg.outby", actOr(r, x.Excluded))
			if x.To == x.Excluded.Date {
				it.Until = "" // the act says it
			}
		}
		if p.New != "" {
			it.Edit = p.To("process-register", x.Key, "edit")
		}
		p.Items = append(p.Items, it)
	}
	p.Shown = r.lang.Count(len(chosen), "fact.processes")
	if s.documents != nil && r.view.N > 0 && p.Any {
		for _, f := range reportFormats {
			p.Exports = append(p.Exports, link{p.To("processes." + f), strings.ToUpper(f)})
		}
	}
	return p, nil
}

func actOr(r *request, a *register.Act) string {
	if text := actText(*a); text != "" {
		return text
	}
	return r.lang.T("procreg.noact")
}

// processCounts says how many processes there are of each scope.
func processCounts(r *request, all []register.Process) string {
	inter, intra, out := 0, 0, 0
	for i := range all {
		switch {
		case all[i].Excluded != nil:
			out++
		case all[i].Scope == register.ScopeInter:
			inter++
		case all[i].Scope == register.ScopeIntra:
			intra++
		}
	}
	parts := []string{r.lang.Count(len(all), "fact.processes")}
	for _, x := range []struct {
		n   int
		key string
	}{{inter, "procreg.inter"}, {intra, "procreg.intra"}, {out, "procreg.out"}} {
		if x.n > 0 {
			parts = append(parts, r.lang.T(x.key, lang.Number(int64(x.n))))
		}
	}
	return strings.Join(parts, ", ")
}

// processFilter offers what the реестр holds.
func (r *request) processFilter() filter {
	out := filter{Text: r.query.Get("q"), Any: len(r.snap.reg.Processes) > 0}
	for name, v := range r.view.query() {
		out.Hidden = append(out.Hidden, option{Name: name, Value: v[0]})
	}
	out.Set = out.Text != ""
	add := func(name, all string, options []option) {
		chosen := r.query.Get(name)
		out.Set, out.Open = out.Set || chosen != "", out.Open || chosen != ""
		if len(options) < 2 && chosen == "" {
			return
		}
		if chosen != "" && !slices.ContainsFunc(options, func(o option) bool { return o.Value == chosen }) {
			options = append(options, option{Value: chosen, Text: chosen})
		}
		for i := range options {
			options[i].Selected = options[i].Value == chosen
		}
		out.Selects = append(out.Selects, choice{Name: name, Label: r.lang.T("procreg." + name), All: r.lang.T(all), Options: options})
	}
	var departments []option
	scopes, states := map[string]bool{}, map[string]bool{}
	owners := map[string]bool{}
	for i := range r.snap.reg.Processes {
		x := &r.snap.reg.Processes[i]
		scopes[x.Scope], states[processState(x)], owners[x.Department] = true, true, true
	}
	var scope, state []option
	for _, v := range []string{register.ScopeInter, register.ScopeIntra} {
		if scopes[v] {
			scope = append(scope, option{Value: v, Text: v})
		}
	}
	for _, v := range []string{"in", "out"} {
		if states[v] {
			state = append(state, option{Value: v, Text: r.lang.T("procreg.state." + v)})
		}
	}
	for _, d := range r.snap.reg.Departments {
		if owners[d.Key] {
			departments = append(departments, option{Value: d.Key, Text: d.Title})
		}
	}
	add("scope", "filter.any.m", scope)
	add("department", "filter.any.m", departments)
	add("state", "procreg.anystate", state)
	return out
}

func processState(x *register.Process) string {
	if x.Excluded != nil {
		return "out"
	}
	return "in"
}

// chosenProcesses are the indexes of the processes that the address chooses: every word of the search, in whatever form.
func (r *request) chosenProcesses(all []register.Process) []int {
	words := lang.Stems(r.query.Get("q"))
	var chosen []int
	for i := range all {
		x := &all[i]
		if v := r.query.Get("scope"); v != "" && v != x.Scope {
			continue
		}
		if v := r.query.Get("department"); v != "" && v != x.Department {
			continue
		}
		if v := r.query.Get("state"); v != "" && v != processState(x) {
			continue
		}
		if len(words) > 0 && !r.processSays(x, words) {
			continue
		}
		chosen = append(chosen, i)
	}
	return chosen
}

func (r *request) processSays(x *register.Process, words []string) bool {
	text := x.Title + " " + x.Direction + " " + r.snap.departments[x.Department]
	for _, a := range []*register.Act{x.Included, x.Excluded} {
		if a != nil {
			text += " " + a.Text()
		}
	}
	stems := lang.Stems(text)
	for _, w := range words {
		if !slices.ContainsFunc(stems, func(s string) bool { return strings.HasPrefix(s, w) }) {
			return false
		}
	}
	return true
}

// departmentOptions are the departments to choose from, with one that says nothing.
func (r *request) departmentOptions(none string) []option {
	os := []option{{Value: "", Text: none}}
	for _, d := range r.snap.reg.Departments {
		os = append(os, option{Value: d.Key, Text: d.Title})
	}
	return os
}

// doneQuery leads back to a page that says what was done.
func doneQuery(address, what string) string {
	return address + "?" + url.Values{"done": {what}}.Encode()
}
