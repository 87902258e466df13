package web

import (
	"net/url"
	"slices"

	"perechen/internal/ledger"
	"perechen/internal/register"
)

// A filter is a form that chooses rows, with what is chosen.
type filter struct {
	Any     bool // there is something to choose from
	Set     bool // something is chosen
	Open    bool // something beside the words is chosen
	Text    string
	Hidden  []option
	Selects []choice
}

// A choice is one list of the filter.
type choice struct {
	Name, Label, All string
	Options          []option
}

// An option of a choice, or a hidden field (Name, Value).
type option struct {
	Name, Value, Text string
	Selected          bool
	Ask               *ask // under a box to tick: the field that it opens
}

// rowParams are the parameters that choose rows.
var rowParams = []string{"q", "process", "kind", "need", "class", "department"}

// rowValues are the parameters of the address that choose rows.
func (r *request) rowValues() url.Values {
	q := url.Values{}
	for _, p := range rowParams {
		if v := r.query.Get(p); v != "" {
			q.Set(p, v)
		}
	}
	return q
}

// rowQuery is what the address asks of the rows, without offset and limit.
func (r *request) rowQuery() (ledger.Query, error) {
	q := ledger.Query{
		Process: r.query.Get("process"), Kind: r.query.Get("kind"), Need: r.query.Get("need"),
		Class: r.query.Get("class"), Department: r.query.Get("department"), Text: r.query.Get("q"),
	}
	if len(q.Text) > 1000 {
		return q, badRequest("error.longquery")
	}
	return q, nil
}

// maxOptions is how long a list may be to be chosen from; a longer one is for the search.
const maxOptions = 500

// filter offers what the register holds: a list with nothing to choose from is left out.
func (r *request) filter(f *frame) filter {
	out := filter{Text: r.query.Get("q"), Any: len(r.snap.reg.Usages) > 0, Set: len(r.rowValues()) > 0}
	for name, v := range r.view.query() {
		out.Hidden = append(out.Hidden, option{Name: name, Value: v[0]})
	}
	add := func(name, all string, options []option) {
		chosen := r.query.Get(name)
		if (len(options) < 2 || len(options) > maxOptions) && chosen == "" {
			return
		}
		if chosen != "" {
			out.Open = true
			if len(options) > maxOptions {
				options = slices.DeleteFunc(options, func(o option) bool { return o.Value != chosen })
			}
			if !slices.ContainsFunc(options, func(o option) bool { return o.Value == chosen }) {
				options = append(options, option{Value: chosen, Text: chosen})
			}
		}
		for i := range options {
			options[i].Selected = options[i].Value == chosen
		}
		out.Selects = append(out.Selects, choice{Name: name, Label: r.lang.T("filter." + name), All: r.lang.T(all), Options: options})
	}
	snap := r.snap
	var processes, kinds, needs, departments []option
	for _, p := range snap.reg.Processes {
		processes = append(processes, option{Value: p.Key, Text: p.Title})
	}
	inUse := map[string]bool{}
	owners := map[string]bool{}
	for _, t := range snap.reg.Touchpoints {
		if snap.usedIn[t.Key] > 0 {
			inUse[t.Kind] = true
			owners[t.Department] = true
		}
	}
	for _, p := range snap.reg.Processes {
		owners[p.Department] = true
	}
	for _, k := range snap.proc.Kinds {
		if inUse[k.Code] {
			kinds = append(kinds, option{Value: k.Code, Text: k.Title})
		}
	}
	for _, n := range snap.proc.Needs {
		if len(snap.met[""][n.Code]) > 0 {
			needs = append(needs, option{Value: n.Code, Text: n.Text})
		}
	}
	for _, d := range snap.reg.Departments {
		if owners[d.Key] {
			departments = append(departments, option{Value: d.Key, Text: d.Title})
		}
	}
	add("process", "filter.any.n", processes)
	add("kind", "filter.any.m", kinds)
	add("need", "filter.any.f", needs)
	add("class", "filter.any.m", []option{{Value: string(register.Digital), Text: r.lang.T("class.digital")}, {Value: string(register.Offline), Text: r.lang.T("class.offline")}})
	add("department", "filter.any.m", departments)
	return out
}
