package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"perechen/internal/check"
	"perechen/internal/lang"
	"perechen/internal/register"
)

// findingsPage gathers the notes of all margins.
type findingsPage struct {
	frame
	Line   string
	Filter filter
	Plain  string // the page without the filter
	Clean  bool
	None   bool // there are findings, but none that the filter lets through
	Groups []findingGroup
}

type findingGroup struct {
	ID, Title, Lead string
	Items           []findingItem
}

type findingItem struct {
	ID, Tone, Text string
	Rule, RuleName string
	Clause         string
	Places         []place
	Fix            string
	Depends        []dependency
	Reason         string
	Command        string
}

// A place of a finding, leading to where it is.
type place struct{ Href, Text, Quote string }

// A dependency is a finding with whose correction another one disappears.
type dependency struct{ ID, Text string }

func (s *site) findings(r *request) (page, error) {
	p := &findingsPage{frame: r.frame("findings", "findings", r.lang.T("findings.title"))}
	p.Plain = p.To("findings")
	snap := r.snap
	p.Clean = len(snap.findings) == 0
	counts := map[string]int{}
	rules := map[string]bool{}
	for i := range snap.findings {
		counts[tone(snap.findings[i].Severity)]++
		rules[snap.findings[i].Rule] = true
	}
	for i := range snap.rejected {
		rules[snap.rejected[i].Rule] = true
	}
	var words []string
	for _, t := range []string{"violation", "unclear", "form"} {
		if counts[t] > 0 {
			words = append(words, r.lang.Count(counts[t], "severity."+t+".count"))
		}
	}
	if len(snap.rejected) > 0 {
		words = append(words, r.lang.Count(len(snap.rejected), "severity.rejected.count"))
	}
	p.Line = strings.Join(words, ", ")
	if p.Line != "" {
		p.Line = r.lang.T("findings.line", lang.Date(string(r.day)), p.Line)
	}
	titles := map[string]string{}
	for _, rule := range check.Rules() {
		titles[rule.ID] = rule.Title
	}
	p.Filter = r.findingFilter(counts, rules, titles)
	rule, severity := r.query.Get("rule"), r.query.Get("severity")
	for _, t := range []string{"violation", "unclear", "form"} {
		if severity != "" && severity != t {
			continue
		}
		g := findingGroup{ID: t, Title: r.lang.T("severity." + t + ".many"), Lead: r.lang.T("severity." + t + ".lead")}
		for i := range snap.findings {
			if x := &snap.findings[i]; tone(x.Severity) == t && (rule == "" || rule == x.Rule) {
				g.Items = append(g.Items, r.findingItem(&p.frame, x, titles))
			}
		}
		if len(g.Items) > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
	if severity == "" || severity == "rejected" {
		g := findingGroup{ID: "rejected", Title: r.lang.T("severity.rejected"), Lead: r.lang.T("severity.rejected.lead")}
		for i := range snap.rejected {
			if x := &snap.rejected[i]; rule == "" || rule == x.Rule {
				g.Items = append(g.Items, r.findingItem(&p.frame, x, titles))
			}
		}
		if len(g.Items) > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
	p.None = len(p.Groups) == 0 && !p.Clean
	return p, nil
}

func (r *request) findingItem(f *frame, x *register.Finding, titles map[string]string) findingItem {
	item := findingItem{ID: x.ID, Tone: tone(x.Severity), Text: x.Text, Rule: x.Rule, RuleName: titles[x.Rule], Clause: x.Clause, Fix: x.Fix, Reason: x.Rejected,
		Command: "perechen finding reject " + x.ID + " --body " + r.slug + " --reason \"" + r.lang.T("findings.because") + "\""}
	for i := range x.Places {
		item.Places = append(item.Places, r.place(f, &x.Places[i]))
	}
	for _, id := range x.DependsOn {
		if d := r.snap.finding[id]; d != nil && d.Rejected == "" {
			item.Depends = append(item.Depends, dependency{id, d.Text})
		}
	}
	return item
}

// place leads to the spot that a finding concerns.
func (r *request) place(f *frame, p *register.Place) place {
	out := place{Text: p.Text, Quote: p.Quote}
	if p.Quote != "" && strings.Contains(p.Text, p.Quote) {
		out.Quote = "" // the words stand there already
	}
	switch {
	case p.Clause != "":
		out.Href = f.To("order") + "#" + anchor(p.Clause)
	case p.Kind == register.KindUsage:
		if u := r.snap.usages[p.Key]; u != nil && r.snap.processes[u.Process] != nil {
			out.Href = f.To("processes", u.Process) + "#row-" + url.PathEscape(p.Key)
		} else if u != nil {
			out.Href = f.To("points", u.Touchpoint) + "#row-" + url.PathEscape(p.Key)
		}
	case p.Kind == register.KindTouchpoint && r.snap.points[p.Key] != nil:
		out.Href = f.To("points", p.Key)
	case p.Kind == register.KindProcess && r.snap.processes[p.Key] != nil:
		out.Href = f.To("processes", p.Key)
	case p.Kind == register.KindProfile, p.Kind == register.KindAttribute:
		if p.Key != "" && r.snap.describes(p.Kind, p.Key) {
			out.Href = f.To("clients") + "#" + string(p.Kind) + "-" + url.PathEscape(p.Key)
		}
	case p.Kind == register.KindEdition:
		if n := atoi(p.Key); n > 0 {
			out.Href = f.with(nil, "editions", strconv.Itoa(n))
		}
	}
	return out
}

func (r *request) findingFilter(counts map[string]int, rules map[string]bool, titles map[string]string) filter {
	var f filter
	for name, v := range r.view.query() {
		f.Hidden = append(f.Hidden, option{Name: name, Value: v[0]})
	}
	var severities []option
	for _, t := range []string{"violation", "unclear", "form"} {
		if counts[t] > 0 {
			severities = append(severities, option{Value: t, Text: r.lang.T("severity." + t + ".many")})
		}
	}
	if len(r.snap.rejected) > 0 {
		severities = append(severities, option{Value: "rejected", Text: r.lang.T("severity.rejected")})
	}
	var byRule []option
	for _, rule := range check.Rules() {
		if rules[rule.ID] {
			byRule = append(byRule, option{Value: rule.ID, Text: rule.ID + ". " + titles[rule.ID]})
		}
	}
	for _, c := range []choice{
		{Name: "severity", All: r.lang.T("filter.any.m"), Options: severities},
		{Name: "rule", All: r.lang.T("filter.any.n"), Options: byRule},
	} {
		chosen := r.query.Get(c.Name)
		f.Set = f.Set || chosen != ""
		if len(c.Options) < 2 && chosen == "" {
			continue
		}
		if chosen != "" && !slices.ContainsFunc(c.Options, func(o option) bool { return o.Value == chosen }) {
			c.Options = append(c.Options, option{Value: chosen, Text: chosen})
		}
		for i := range c.Options {
			c.Options[i].Selected = c.Options[i].Value == chosen
		}
		c.Label = r.lang.T("filter." + c.Name)
		f.Selects = append(f.Selects, c)
	}
	f.Any = len(f.Selects) > 0
	return f
}
