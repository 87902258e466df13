package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"perechen/internal/auth"
	"perechen/internal/feedback"
	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// appealsPage is the queue: what clients wrote to those who answer for a point or a process.
type appealsPage struct {
	frame
	Lead   string
	Filter filter
	Action string
	Line   string
	Items  []appealItem
	Pager  pager
	Empty  empty
	Ways   []link
}

// An appealItem is an appeal, or several that say alike.
type appealItem struct {
	Href, Text string
	Own        bool // Text is the client's words
	Like       string
	About, Is  string
	Need       string
	Department string
	Month      string
	State      string // Line and Tone as of a task
	Tone       string
}

// The states by which the queue is chosen; the first is what is shown when nothing is asked for.
var appealStates = []string{"waits", "considered", "silent", "all"}

func (s *site) appeals(r *request) (page, error) {
	all, err := s.desk.Appeals(r.Context(), r.actor(), r.slug)
	if err != nil {
		return nil, err
	}
	p := &appealsPage{frame: r.frame("appeals", "desk", r.lang.T("appeals.title")), Action: r.URL.EscapedPath()}
	terms := upkeep.FeedbackTerms(r.snap.proc)
	p.Lead = r.lang.T("appeals.lead", terms.Threshold)
	state, subject, need, text := r.query.Get("state"), r.query.Get("about"), r.query.Get("need"), strings.TrimSpace(r.query.Get("q"))
	if len(text) > maxQuery {
		return nil, badRequest("error.longquery")
	}
	if !slices.Contains(appealStates, state) {
		state = appealStates[0]
	}
	words := strings.Fields(lang.Fold(text))
	subjects, needs := map[string]feedback.Subject{}, map[string]bool{}
	var chosen []upkeep.AppealState
	shown := map[string]bool{}
	for _, a := range all {
		subjects[a.Kind+":"+a.Key], needs[a.Need] = a.Subject, true
		switch {
		case state == "waits" && !a.Waits(), state == "considered" && a.State != feedback.Considered, state == "silent" && a.Text != "",
			subject != "" && subject != a.Kind+":"+a.Key, need != "" && need != a.Need, shown[a.ID]:
			continue
		}
		if folded := lang.Fold(a.Text + " " + a.Answer); slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(folded, w) }) {
			continue
		}
		shown[a.ID] = true
		for _, id := range a.Like { // those that say alike stand in one line
			if i := slices.IndexFunc(all, func(x upkeep.AppealState) bool { return x.ID == id }); i >= 0 && all[i].State == a.State {
				shown[id] = true
			}
		}
		chosen = append(chosen, a)
	}
	p.filter(r, state, subject, need, text, subjects, needs)
	p.Line = r.lang.Count(len(chosen), "voices.count")
	p.Pager = r.pager(len(chosen))
	for _, a := range chosen[p.Pager.from:p.Pager.to] {
		p.Items = append(p.Items, r.appealItem(&p.frame, a))
	}
	switch {
	case len(all) == 0:
		p.Empty = empty{Title: r.lang.T("appeals.none"), Text: r.lang.T("appeals.nonetext", terms.Threshold)}
	case p.Filter.Set:
		p.Empty = empty{Title: r.lang.T("appeals.nothing"), Text: r.lang.T("appeals.nothingtext"), Href: p.Action, Link: r.lang.T("filter.reset")}
	default:
		p.Empty = empty{Title: r.lang.T("appeals.calm"), Text: r.lang.T("appeals.calmtext"), Href: p.Action + "?state=all", Link: r.lang.T("appeals.all")}
	}
	p.Ways = []link{{p.home + "feedback/results", r.lang.T("results.title")}, {p.home + "surveys", r.lang.T("surveys.title")}, {p.home + "feedback/code", r.lang.T("code.title")}}
	return p, nil
}

func (p *appealsPage) filter(r *request, state, subject, need, text string, subjects map[string]feedback.Subject, needs map[string]bool) {
	p.Filter = filter{Any: true, Text: text, Set: state != appealStates[0] || subject != "" || need != "" || text != ""}
	var states, abouts, ns []option
	for _, x := range appealStates {
		states = append(states, option{Value: x, Text: r.lang.T("appeals.state." + x), Selected: x == state})
	}
	p.Filter.Selects = append(p.Filter.Selects, choice{Name: "state", Label: r.lang.T("tasks.state"), Options: states})
	for key, of := range subjects {
		abouts = append(abouts, option{Value: key, Text: cut(r.subjectLink(&p.frame, of).Text, 80), Selected: key == subject})
	}
	slices.SortFunc(abouts, func(a, b option) int { return strings.Compare(a.Text, b.Text) })
	for _, n := range r.snap.proc.Needs {
		if needs[n.Code] {
			ns = append(ns, option{Value: n.Code, Text: n.Text, Selected: n.Code == need})
		}
	}
	if len(abouts) > 1 {
		p.Filter.Selects = append(p.Filter.Selects, choice{Name: "about", Label: r.lang.T("appeals.about"), All: r.lang.T("filter.any.m"), Options: abouts})
	}
	if len(ns) > 0 {
		p.Filter.Selects = append(p.Filter.Selects, choice{Name: "need", Label: r.lang.T("filter.need"), All: r.lang.T("filter.any.f"), Options: ns})
	}
}

func (r *request) appealItem(f *frame, a upkeep.AppealState) appealItem {
	item := appealItem{Href: f.home + "feedback/" + url.PathEscape(a.ID), Text: cut(a.Text, 200), Own: a.Text != "", About: r.subjectLink(f, a.Subject).Text, Month: r.month(a.Month), Department: r.answers(a.Department)}
	item.Is = r.lang.T("kind.touchpoint")
	if a.Kind == feedback.OfProcess {
		item.Is = r.lang.T("kind.process")
	}
	if item.Text == "" {
		item.Text = r.lang.T("appeals.silent")
	}
	if n := len(a.Like); n > 0 {
		item.Like = r.lang.T("appeals.like", r.lang.Count(n+1, "appeals.repeated"))
		if len(a.Words) > 0 {
			item.Like += ": " + strings.Join(a.Words, ", ")
		}
	}
	if n, ok := r.snap.proc.NeedByCode(a.Need); ok && a.Need != "" {
		item.Need = n.Text
	}
	item.State, item.Tone = r.appealLine(a)
	return item
}

// appealLine says where an appeal stands: «ответить до 18.05.2026».
func (r *request) appealLine(a upkeep.AppealState) (line, tone string) {
	switch {
	case a.State == feedback.Considered:
		return r.lang.T("appeal.done", lang.Date(a.Answered), r.lang.T("appeal.outcome."+a.Outcome)), "done"
	case a.Overdue:
		return r.lang.T("appeal.late", lang.Date(a.Due)), "back"
	case a.Text == "":
		return r.lang.T("code.counted"), ""
	case a.Due != "":
		return r.lang.T("appeal.until", lang.Date(a.Due)), ""
	}
	return r.lang.T("appeal.state." + a.State), "waits"
}

// appealPage is one appeal: the words, what they are like, what may be done.
type appealPage struct {
	frame
	Item     appealItem
	Tell     *telling
	Wrong    []link
	Words    string
	Silent   bool
	About    link
	Removed  string
	Outcome  string
	Answer   string
	Task     *link
	Proposal *link
	Likes    []option // those that wait, to tick
	Version  int
	May      bool
	Open     string // the part of the form that was sent and refused

	Consider []ask
	TaskAsk  *ask
	Redact   []ask
	Link     *ask
	Edit     string // form of the point
}

func (s *site) appeal(r *request) (page, error) {
	a, err := s.desk.Appeal(r.Context(), r.actor(), r.slug, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	p := &appealPage{frame: r.frame("appeal", "desk", r.lang.T("appeal.title")), Words: a.Text, Silent: a.Text == "", Removed: a.Redacted, Version: a.Version, May: a.May, Answer: a.Answer}
	p.Item, p.About = r.appealItem(&p.frame, a), r.subjectLink(&p.frame, a.Subject)
	if a.Outcome != "" {
		p.Outcome = r.lang.T("appeal.outcome." + a.Outcome)
	}
	if t, ok := r.snap.watch.Task(a.Task); ok && a.Task != "" {
		p.Task = &link{p.home + "tasks/" + url.PathEscape(a.Task), t.Reason}
	}
	if a.Proposal != "" {
		p.Proposal = &link{p.home + "proposals/" + url.PathEscape(a.Proposal), r.lang.T("desk.proposal")}
		if x, err := s.desk.Proposal(r.Context(), r.actor(), r.slug, a.Proposal); err == nil && x.Outline.Text != "" {
			p.Proposal.Text = x.Outline.Text
		}
	}
	if done := r.query.Get("done"); slices.Contains([]string{"answer", "redact", "task", "link"}, done) {
		p.Tell = &telling{Tone: "done", Title: r.lang.T("appeal.did." + done)}
	}
	if !a.May {
		return p, nil
	}
	return p, s.appealForms(r, p, a)
}

func (s *site) appealForms(r *request, p *appealPage, a upkeep.AppealState) error {
	act := ""
	if r.typed != nil {
		act = r.typed.values.Get("act")
		p.Open = act
	}
	field := func(of string, a ask) ask {
		a.ID = "f-" + of + "-" + a.Name
		if act == of {
			return r.asked(a)
		}
		for i := range a.Options {
			a.Options[i].Selected = a.Options[i].Value == a.Value
		}
		return a
	}
	outcomes := []option{{Text: r.lang.T("appeal.choose")}}
	for _, o := range feedback.Outcomes {
		outcomes = append(outcomes, option{Value: o, Text: r.lang.T("appeal.outcome." + o)})
	}
	p.Consider = []ask{
		field("answer", ask{Name: "outcome", Kind: "select", Label: r.lang.T("appeal.outcome"), Options: outcomes, Value: a.Outcome}),
		field("answer", ask{Name: "answer", Kind: "textarea", Label: r.lang.T("appeal.answer"), Hint: r.lang.T("appeal.answerhint"), Rows: 4, Max: feedback.MaxAnswer, Value: a.Answer}),
	}
	if len(a.Like) > 0 {
		all, err := s.desk.Appeals(r.Context(), r.actor(), r.slug)
		if err != nil {
			return err
		}
		for _, x := range all {
			if slices.Contains(a.Like, x.ID) && x.State == feedback.Accepted {
				text := cut(x.Text, 160)
				if text == "" {
					text = r.lang.T("appeals.silent")
				}
				p.Likes = append(p.Likes, option{Name: "like", Value: x.ID, Text: text, Selected: r.ticked("like", x.ID, a.State == feedback.Accepted)})
			}
		}
	}
	if p.Task == nil && p.About.Href != "" {
		t := field("task", ask{Name: "what", Kind: "textarea", Label: r.lang.T("appeal.what"), Hint: r.lang.T("appeal.whathint"), Rows: 2, Max: 500})
		p.TaskAsk = &t
	}
	if a.Kind == feedback.OfPoint && p.About.Href != "" {
		p.Edit = p.home + "points/" + url.PathEscape(a.Key) + "/edit"
	}
	ps, err := s.desk.Proposals(r.Context(), r.actor(), r.slug, upkeep.ProposalQuery{Bare: true})
	if err != nil {
		return err
	}
	if len(ps) > 0 {
		var ids []string
		for _, x := range ps[:min(len(ps), 100)] {
			ids = append(ids, x.ID)
		}
		if ps, err = s.desk.Proposals(r.Context(), r.actor(), r.slug, upkeep.ProposalQuery{IDs: ids}); err != nil {
			return err
		}
		os := []option{{Text: r.lang.T("appeal.noproposal")}}
		for _, x := range ps {
			text := x.Outline.Text
			if text == "" {
				text = r.lang.T("desk.proposal")
			}
			os = append(os, option{Value: x.ID, Text: newMoment(x.Updated, r.loc).Date[:10] + " · " + cut(text, 90)})
		}
		l := field("link", ask{Name: "proposal", Kind: "select", Label: r.lang.T("desk.proposal"), Options: os, Value: a.Proposal})
		p.Link = &l
	}
	if a.Text != "" {
		p.Redact = []ask{
			field("redact", ask{Name: "words", Label: r.lang.T("appeal.words"), Hint: r.lang.T("appeal.wordshint"), Max: feedback.MaxText}),
			field("redact", ask{Name: "reason", Label: r.lang.T("appeal.reason"), Hint: r.lang.T("appeal.reasonhint"), Max: 500}),
		}
	}
	switch act {
	case "answer":
		p.Wrong = r.wrong(p.Consider...)
	case "redact":
		p.Wrong = r.wrong(p.Redact...)
	case "task":
		if p.TaskAsk != nil {
			p.Wrong = r.wrong(*p.TaskAsk)
		}
	case "link":
		if p.Link != nil {
			p.Wrong = r.wrong(*p.Link)
		}
	}
	if r.typed != nil && len(p.Wrong) == 0 {
		p.Wrong = r.wrong()
	}
	return nil
}

func (s *site) doAppeal(r *request, v url.Values) (string, error) {
	id := r.PathValue("id")
	switch a, err := s.desk.Appeal(r.Context(), r.actor(), r.slug, id); {
	case err != nil:
		return "", err
	case !a.May:
		return "", forbidden("error.noright")
	}
	version, err := strconv.Atoi(v.Get("version"))
	if err != nil {
		return "", badRequest("error.badform")
	}
	ctx, actor, act := r.Context(), r.actor(), v.Get("act")
	switch act {
	case "answer":
		err = s.desk.ConsiderAppeal(ctx, actor, r.slug, id, version, v.Get("outcome"), v.Get("answer"), v["like"])
	case "redact":
		err = s.desk.RedactAppeal(ctx, actor, r.slug, id, version, v.Get("words"), v.Get("reason"))
	case "task":
		_, err = s.desk.TaskOfAppeal(ctx, actor, r.slug, id, version, v.Get("what"))
	case "link":
		err = s.desk.LinkAppeal(ctx, actor, r.slug, id, version, v.Get("proposal"))
	default:
		err = badRequest("error.badform")
	}
	if err != nil {
		return "", atFields(err)
	}
	s.audit(r.Request, auth.ActFeedback, r.lang.T("appeal.did."+act))
	return r.URL.EscapedPath() + "?done=" + act, nil
}

// A voiceList is the appeals behind a proposal or a task: how many, and those that the viewer may read.
type voiceList struct {
	Line  string
	Items []appealItem
}

// maxVoices is how many of them are listed.
const maxVoices = 20

func (s *site) voicesOf(r *request, f *frame, tied func(feedback.Appeal) bool) (*voiceList, error) {
	seen, n, err := s.desk.Prompted(r.Context(), r.actor(), r.slug, tied)
	if err != nil || n == 0 {
		return nil, err
	}
	v := &voiceList{Line: r.lang.T("voices.line", r.lang.Count(n, "voices.count"))}
	for _, a := range seen[:min(len(seen), maxVoices)] {
		v.Items = append(v.Items, r.appealItem(f, a))
	}
	return v, nil
}

// deskAppeals puts on the desk what clients wrote and nobody has answered yet.
func (s *site) deskAppeals(r *request, p *deskPage) error {
	if !r.may(register.RoleOfficer, register.RoleDepartment, register.RoleHead) {
		return nil
	}
	all, err := s.desk.Appeals(r.Context(), r.actor(), r.slug)
	if err != nil {
		return err
	}
	b := deskBlock{ID: "feedback", Title: r.lang.T("appeals.title"), Line: r.lang.T("appeals.deskline"), More: &link{p.home + "feedback", r.lang.T("appeals.all")}}
	for _, a := range all {
		if !a.Waits() || !a.May {
			continue
		}
		b.Count++
		b.Bad = b.Bad || a.Overdue
		if len(b.Items) < deskItems {
			x := r.appealItem(&p.frame, a)
			b.Items = append(b.Items, deskItem{link: link{x.Href, cut(x.Text, 110)}, Small: x.About, State: x.State, Tone: x.Tone, Ru: true, SmallR: true})
		}
	}
	if b.Words = r.lang.Plural(b.Count, "appeals.deskwords"); b.Count > 0 {
		p.Blocks = append(p.Blocks, b)
	}
	return nil
}
