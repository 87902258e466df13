package web

import (
	"net/url"
	"slices"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// processEditPage adds an entry of the реестр процессов, changes it, takes it out or puts it back.
type processEditPage struct {
	frame
	Wrong    []link
	Done     string
	Key      string // empty: a new one
	Base     string
	Back     string
	Points   string // the page of the process
	Asks     []ask
	Excluded string
	OutAsks  []ask // to take it out, or to put it back
	Rows     string
	Bulk     string // where its interactions are excluded with it, once it is out
	Tasks    []taskLine
}

// A taskLine is a task as pages that open some show it.
type taskLine struct{ Subject, Reason, Clause, Due, Department string }

func (r *request) taskLines(ts []register.Task) []taskLine {
	var out []taskLine
	for _, t := range ts {
		subject := ""
		if x := r.snap.points[t.Subject]; x != nil && t.Kind == register.KindTouchpoint {
			subject = x.Text()
		}
		out = append(out, taskLine{subject, t.Reason, t.Clause, lang.Date(string(t.Due)), r.snap.departments[t.Department]})
	}
	return out
}

func (s *site) editProcess(r *request) (page, error) {
	t := r.lang.T
	key := r.PathValue("key")
	p := &processEditPage{Key: key}
	x := register.Process{}
	if key == "" {
		p.frame = r.frame("process_edit", "processes", t("procedit.new"))
	} else {
		found := r.snap.processes[key]
		if found == nil {
			return nil, notFound("")
		}
		x = *found
		p.frame = r.frame("process_edit", "processes", x.Title)
		p.Points = p.To("processes", key, "rows")
	}
	p.Back = p.To("process-register")
	p.Base = upkeep.HashOf(register.Encode(x))
	clause := ""
	for _, g := range r.snap.proc.Actualise.Grounds {
		if g.Code == "process" {
			clause = g.Clause
		}
	}
	included := ""
	if x.Included != nil {
		included = x.Included.Text()
	}
	scopes := []option{{Value: "", Text: t("procedit.noscope")}, {Value: register.ScopeInter, Text: register.ScopeInter}, {Value: register.ScopeIntra, Text: register.ScopeIntra}}
	asks := []ask{
		{Name: "title", Label: t("procedit.title"), Kind: "textarea", Value: x.Title, Max: 1000, Clause: r.clauseRef(&p.frame, r.snap.proc.Processes.Clause)},
		{Name: "scope", Label: t("procreg.scope"), Kind: "select", Value: x.Scope, Options: scopes},
		{Name: "direction", Label: t("procedit.direction"), Value: x.Direction, Max: 300, Optional: true},
		{Name: "department", Label: t("procedit.department"), Kind: "select", Value: x.Department, Options: r.departmentOptions(t("procedit.nodepartment"))},
		{Name: "included", Label: t("procedit.includedact"), Value: included, Hint: t("procedit.acthint"), Max: 300, Optional: true},
		{Name: "from", Label: t("procedit.from"), Kind: "date", Value: string(x.From), Size: "short", Hint: t("procedit.fromhint"), Optional: true},
	}
	if key != "" {
		asks = append(asks, ask{Name: "basis", Label: t("procedit.basis"), Hint: t("procedit.basishint"), Max: 300, Optional: true, Clause: r.clauseRef(&p.frame, clause)})
	}
	op := ""
	if r.typed != nil {
		op = r.typed.values.Get("op")
	}
	out := []ask{{Name: "act", Label: t("procedit.outact"), Hint: t("procedit.acthint"), Max: 300, Clause: r.clauseRef(&p.frame, clause)},
		{Name: "to", Label: t("procedit.to"), Kind: "date", Size: "short", Hint: t("procedit.fromhint"), Optional: true}}
	if x.Excluded != nil {
		p.Excluded = t("procreg.outby", actOr(r, x.Excluded))
		out = []ask{{Name: "act", Label: t("procedit.backact"), Hint: t("procedit.acthint"), Max: 300, Clause: r.clauseRef(&p.frame, clause)}}
	}
	if op == "save" || op == "" {
		p.Asks = r.standing(p.Base, asks)
	} else {
		p.Asks = untyped(asks)
	}
	if op == "exclude" || op == "restore" {
		p.OutAsks = r.askedAll(out)
	} else {
		p.OutAsks = untyped(out)
	}
	p.Wrong = r.wrong(append(slices.Clone(p.Asks), p.OutAsks...)...)
	if key == "" {
		p.OutAsks = nil
		return p, nil
	}
	n := 0
	for i := range r.snap.reg.Usages {
		if r.snap.reg.Usages[i].Process == key {
			n++
		}
	}
	if n > 0 {
		p.Rows = r.lang.Count(n, "fact.usages")
		if x.Excluded != nil {
			p.Bulk = p.with(url.Values{"process": {key}}, "bulk")
		}
	}
	var open []register.Task
	for _, x := range r.snap.reg.Tasks {
		if x.Done == "" && x.Process == key {
			open = append(open, x)
		}
	}
	p.Tasks = r.taskLines(open)
	switch done := r.query.Get("done"); done {
	case "added", "saved", "excluded", "restored":
		p.Done = t("procedit.done." + done)
	}
	return p, nil
}

// askedAll fills asks from what was typed; untyped leaves them as they stand.
func (r *request) askedAll(asks []ask) []ask {
	out := make([]ask, len(asks))
	for i, a := range asks {
		out[i] = r.asked(a)
	}
	return out
}

// standing fills asks from what was typed; where the subject has changed since it was looked at (the base that was sent
// is another), each field says what stands there now, so that both texts are seen.
func (r *request) standing(base string, asks []ask) []ask {
	out := r.askedAll(asks)
	if r.typed == nil || r.typed.values.Get("base") == base {
		return out
	}
	for i, a := range asks {
		if out[i].Value == a.Value {
			continue
		}
		out[i].Was = a.Value
		for _, o := range a.Options {
			if o.Value == a.Value {
				out[i].Was = o.Text
			}
		}
		if a.Kind == "date" {
			out[i].Was = lang.Date(a.Value)
		}
		if out[i].Was == "" {
			out[i].Was = r.lang.T("settings.blank")
		}
	}
	return out
}

// squeeze is what was typed on one line, without outer and double spaces.
func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

func untyped(asks []ask) []ask {
	r := &request{}
	return r.askedAll(asks)
}

func (s *site) saveProcess(r *request, v url.Values) (string, error) {
	if s.desk == nil {
		return "", notFound("")
	}
	ctx, key := r.Context(), r.PathValue("key")
	if key != "" && r.snap.processes[key] == nil {
		return "", notFound("")
	}
	home := "/" + url.PathEscape(r.slug) + "/process-register/"
	here := home + url.PathEscape(key) + "/edit"
	base := v.Get("base")
	switch v.Get("op") {
	case "save":
		in := upkeep.ProcessEntry{Title: v.Get("title"), Scope: v.Get("scope"), Direction: v.Get("direction"), Department: v.Get("department"), Included: v.Get("included"), From: v.Get("from")}
		g := register.Ground{Act: squeeze(v.Get("basis"))}
		done := "saved"
		if key == "" {
			g.Act, done = squeeze(v.Get("included")), "added"
		}
		got, err := s.desk.SaveProcess(ctx, r.actor(), r.slug, key, base, in, g)
		return doneQuery(home+url.PathEscape(got)+"/edit", done), err
	case "exclude":
		g := register.Ground{Act: squeeze(v.Get("act"))}
		return doneQuery(here, "excluded"), s.desk.TakeOutProcess(ctx, r.actor(), r.slug, key, base, v.Get("act"), v.Get("to"), g)
	case "restore":
		g := register.Ground{Act: squeeze(v.Get("act"))}
		return doneQuery(here, "restored"), s.desk.PutBackProcess(ctx, r.actor(), r.slug, key, base, v.Get("act"), g)
	}
	return "", badRequest("error.badform")
}
