package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"perechen/internal/check"
	"perechen/internal/lang"
	"perechen/internal/pointhealth"
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
	Pager  pager
}

// groups are the parts of the page in their order.
var groups = []string{"violation", "unclear", "form", "rejected"}

type findingGroup struct {
	ID, Title, Lead string
	Total           int // on all pages
	Items           []findingItem
}

type findingItem struct {
	ID, Tone, Text string
	Order          string // address of the order's page
	Rule, RuleName string
	Clause         string
	Places         []place
	Fix            string
	Depends        []link // findings with whose correction this one disappears
	Reason         string
	Decided        string // when, and by whom
	Settle         *settling
	Command        string // for a terminal, where nobody can sign in
}

// A place of a finding, leading to where it is.
type place struct{ Href, Text, Quote string }

func (s *site) findings(r *request) (page, error) {
	p := &findingsPage{frame: r.frame("findings", "findings", r.lang.T("findings.title"))}
	p.Plain = p.To("findings")
	health, err := s.healthFindings(r)
	if err != nil {
		return nil, err
	}
	lists := [][]register.Finding{r.snap.findings, r.snap.rejected, health}
	p.Clean = len(r.snap.findings) == 0 && !slices.ContainsFunc(health, func(f register.Finding) bool { return f.Rejected == "" })
	counts := map[string]int{}
	rules := map[string]bool{}
	for _, list := range lists {
		for i := range list {
			counts[groupOf(&list[i])]++
			rules[list[i].Rule] = true
		}
	}
	var words []string
	for _, name := range groups {
		if counts[name] > 0 {
			words = append(words, r.lang.Count(counts[name], "severity."+name+".count"))
		}
	}
	p.Line = strings.Join(words, ", ")
	if p.Line != "" {
		p.Line = r.lang.T("findings.line", lang.Date(string(r.day)), p.Line)
	}
	titles := ruleTitles()
	p.Filter = r.findingFilter(counts, rules, titles)
	chosen, seen := r.chosenFindings(lists[:2]...), r.chosenFindings(health)
	p.None = len(chosen)+len(seen) == 0 && !p.Clean
	p.Pager = r.pager(len(chosen))
	for _, x := range among(chosen[p.Pager.from:p.Pager.to], seen, p.Pager.from == 0, p.Pager.to == len(chosen)) {
		name := groupOf(x)
		if n := len(p.Groups); n == 0 || p.Groups[n-1].ID != name {
			p.Groups = append(p.Groups, findingGroup{ID: name, Title: r.lang.T("severity." + name + ".many"), Lead: r.lang.T("severity." + name + ".lead"), Total: counts[name]})
		}
		g := &p.Groups[len(p.Groups)-1]
		item := s.findingItem(r, &p.frame, x, titles)
		if x.Rejected != "" {
			var err error
			if item.Decided, err = s.decided(r, x); err != nil {
				return nil, err
			}
		}
		g.Items = append(g.Items, item)
	}
	goOn(r.URL.RequestURI(), p.Groups)
	return p, nil
}

// goOn leads the officer from a finding that is settled to the next open one, and from the last to those set aside.
func goOn(address string, gs []findingGroup) {
	next := address + "#rejected"
	for i := len(gs) - 1; i >= 0; i-- {
		for j := len(gs[i].Items) - 1; j >= 0; j-- {
			x := &gs[i].Items[j]
			if x.Settle == nil {
				continue
			}
			if x.Reason != "" {
				x.Settle.Back = address + "#" + x.ID
				continue
			}
			x.Settle.Back = next
			next = address + "#" + x.ID
		}
	}
}

// groupOf is the part of the page in which a finding stands: its severity, or «rejected».
func groupOf(x *register.Finding) string {
	if x.Rejected != "" {
		return "rejected"
	}
	return tone(x.Severity)
}

// chosenFindings are those that the address lets through, heaviest first, rejected ones last.
func (r *request) chosenFindings(lists ...[]register.Finding) []*register.Finding {
	rule, severity := r.query.Get("rule"), r.query.Get("severity")
	var xs []*register.Finding
	for _, list := range lists {
		for i := range list {
			if x := &list[i]; (rule == "" || rule == x.Rule) && (severity == "" || severity == groupOf(x)) {
				xs = append(xs, x)
			}
		}
	}
	return xs
}

func (s *site) findingItem(r *request, f *frame, x *register.Finding, titles map[string]string) findingItem {
	item := findingItem{ID: x.ID, Tone: tone(x.Severity), Text: x.Text, Rule: x.Rule, RuleName: titles[x.Rule], Clause: x.Clause, Fix: x.Fix, Reason: x.Rejected,
		Order: f.To("order"), Settle: s.settling(r, f, x)}
	if s.desk == nil || s.accounts == nil {
		item.Command = "perechen finding reject " + x.ID + " --body " + r.slug + " --reason \"" + r.lang.T("findings.because") + "\""
	}
	for i := range x.Places {
		item.Places = append(item.Places, r.place(f, &x.Places[i]))
	}
	for _, id := range x.DependsOn {
		if d := r.snap.finding[id]; d != nil && d.Rejected == "" {
			item.Depends = append(item.Depends, link{r.findingHref(f, id), d.Text})
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
		if u := r.snap.usages[p.Key]; u != nil {
			out.Href = r.rowHref(f, u)
		}
	case p.Kind == register.KindTouchpoint && r.snap.points[p.Key] != nil:
		out.Href = f.To("points", p.Key)
	case p.Kind == register.KindProcess && r.snap.processes[p.Key] != nil:
		out.Href = f.To("processes", p.Key, "rows")
	case p.Kind == register.KindProfile, p.Kind == register.KindAttribute:
		if p.Key != "" && r.snap.describes(p.Kind, p.Key) {
			out.Href = clientHref(f, p.Kind, p.Key)
		}
	case p.Kind == register.KindJourney:
		if _, ok := r.snap.reg.Journey(p.Key); ok {
			out.Href = f.To("journeys", p.Key)
		}
	case p.Kind == register.KindEdition:
		if n := atoi(p.Key); n > 0 {
			out.Href = f.with(nil, "editions", strconv.Itoa(n))
		}
	}
	return out
}

// rowHref is where a row stands on the page of its process, or of its point where it has no process.
func (r *request) rowHref(f *frame, u *register.Usage) string {
	owner := []string{"processes", u.Process, "rows"}
	if r.snap.processes[u.Process] == nil {
		owner = []string{"points", u.Touchpoint}
	}
	q := f.View.query()
	if page := r.snap.rowAt[u.Key]/pageRows + 1; page > 1 {
		q.Set("page", strconv.Itoa(page))
	}
	return f.with(q, owner...) + "#row-" + url.PathEscape(u.Key)
}

func (r *request) findingFilter(counts map[string]int, rules map[string]bool, titles map[string]string) filter {
	var f filter
	for name, v := range r.view.query() {
		f.Hidden = append(f.Hidden, option{Name: name, Value: v[0]})
	}
	var severities []option
	for _, name := range groups {
		if counts[name] > 0 {
			severities = append(severities, option{Value: name, Text: r.lang.T("severity." + name + ".many")})
		}
	}
	var byRule []option
	if rules[pointhealth.Rule] {
		byRule = append(byRule, option{Value: pointhealth.Rule, Text: pointhealth.Rule + ". " + titles[pointhealth.Rule]})
	}
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
