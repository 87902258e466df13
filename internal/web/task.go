package web

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"perechen/internal/feedback"
	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// taskPage is one task: why it is there, what to do, what was done.
type taskPage struct {
	frame
	Item    taskItem
	Wrong   []link
	Done    string
	Clause  *clauseRef
	Counted string // how the deadline was counted
	Climbed string
	Subject link // to the subject's own page; no address when it is gone
	Process *link
	Voices  *voiceList // feedback behind it
	Open    bool
	Actions []link // what may be done about it, the likeliest first
	Confirm string // key of the point that may be confirmed here
	Seen    int64
	Settle  *ask
	History []event
}

func (s *site) task(r *request) (page, error) {
	t, ok := r.snap.watch.Task(r.PathValue("key"))
	if !ok {
		return nil, notFound("")
	}
	p := &taskPage{frame: r.frame("task", "desk", ""), Open: t.Open(), Seen: r.view.N}
	p.Item = r.taskItem(&p.frame, t)
	p.Title = p.Item.Subject
	p.Clause = r.clauseRef(&p.frame, clauseNumber(t.Clause))
	if p.Clause != nil {
		p.Clause.Text = clauseText(r.lang, t.Clause)
		code, _, _ := strings.Cut(t.Key, "-")
		for _, g := range r.snap.proc.Actualise.Grounds {
			if g.Code == code {
				p.Clause.Title = "«" + g.Text + "»"
			}
		}
	}
	var err error
	if p.Voices, err = s.voicesOf(r, &p.frame, func(a feedback.Appeal) bool { return a.Task == t.Key }); err != nil {
		return nil, err
	}
	p.Counted = r.lang.T("task.counted", r.lang.Count(t.Days, "task.workdays"), lang.Date(string(t.Opened)))
	if t.Climbed != "" {
		p.Climbed = r.lang.T("task.climbed." + t.Climbed)
	}
	p.Subject = link{Text: p.Item.Subject}
	switch {
	case t.Kind == register.KindTouchpoint && r.snap.points[t.Subject] != nil:
		p.Subject.Href = p.To("points", t.Subject)
	case t.Kind == register.KindProcess && r.snap.processes[t.Subject] != nil:
		p.Subject.Href = p.To("processes", t.Subject, "rows")
	case t.Kind == register.KindProcedure:
		p.Subject.Href = p.To("order")
	}
	if x := r.snap.processes[t.Process]; x != nil && t.Kind != register.KindProcess {
		p.Process = &link{p.To("processes", x.Key), x.Title}
	}
	if t.Open() {
		p.whatToDo(r, t)
	}
	history, err := s.ledger.History(r.Context(), r.slug, register.KindTask, t.Key)
	if err != nil {
		return nil, err
	}
	p.History = r.events(&p.frame, history)
	switch done := r.query.Get("done"); done {
	case "confirmed", "settled":
		p.Done = r.lang.T("task.done." + done)
	}
	return p, nil
}

// clauseNumber is the clause of «4.1, абзац 2».
func clauseNumber(clause string) string {
	number, _, _ := strings.Cut(clause, ",")
	return number
}

// whatToDo offers what the viewer may do about an open task.
func (p *taskPage) whatToDo(r *request, t upkeep.TaskState) {
	if !r.grants.In(register.RoleOfficer, t.Department) && !r.grants.In(register.RoleDepartment, t.Department) {
		return
	}
	switch t.Kind {
	case register.KindTouchpoint:
		if r.snap.points[t.Subject] != nil {
			p.Actions = append(p.Actions, link{p.home + "points/" + url.PathEscape(t.Subject) + "/edit", r.lang.T("task.propose")})
			if f, ok := r.snap.watch.Point(t.Subject); ok && r.confirms(f.Responsible) {
				p.Confirm = t.Subject
			}
		}
	case register.KindProcess:
		p.Actions = append(p.Actions, link{p.home + "points/new?" + url.Values{"process": {t.Subject}}.Encode(), r.lang.T("task.newpoint")})
	}
	a := r.asked(ask{Name: "outcome", Kind: "textarea", Label: r.lang.T("task.reason"), Hint: r.lang.T("task.reasonhint"), Rows: 2, Max: 1000})
	p.Settle = &a
	p.Wrong = r.wrong(a)
}

// confirms tells whether the viewer may confirm the points that the department answers for.
func (r *request) confirms(department string) bool {
	return department != "" && r.grants.In(register.RoleDepartment, department) || r.grants.In(register.RoleOfficer, department)
}

func (s *site) doTask(r *request, v url.Values) (string, error) {
	key := r.PathValue("key")
	here := "/" + url.PathEscape(r.slug) + "/tasks/" + url.PathEscape(key)
	if _, ok := r.snap.watch.Task(key); !ok {
		return "", notFound("")
	}
	switch v.Get("act") {
	case "settle":
		_, err := s.desk.SettleTask(r.Context(), r.actor(), r.slug, key, v.Get("outcome"))
		return here + "?done=settled", atFields(err)
	case "confirm":
		t, ok := r.snap.watch.Task(key)
		if !ok || t.Kind != register.KindTouchpoint {
			return "", notFound("")
		}
		_, err := s.desk.Confirm(r.Context(), r.actor(), r.slug, []string{t.Subject}, seenOf(v))
		return here + "?done=confirmed", atFields(err)
	}
	return "", badRequest("error.badform")
}

// seenOf is the entry at which a page was shown. A page that says nothing of it is as old as can be: whatever was changed
// must be looked at again.
func seenOf(v url.Values) int64 {
	n, err := strconv.ParseInt(v.Get("seen"), 10, 64)
	if err != nil || n < 1 {
		return 1
	}
	return n
}

// atFields puts the sentences of an upkeep error at the fields of a form, whatever subject they speak of.
func atFields(err error) error {
	var ue *upkeep.Error
	if !errors.As(err, &ue) || ue.Code != upkeep.CodeInvalid || len(ue.Fields) == 0 {
		return err
	}
	fe := &formError{Status: http.StatusUnprocessableEntity, Text: ue.Text, Fields: map[string]string{}}
	for _, f := range ue.Fields {
		fe.Fields[f.Field] = f.Text
	}
	return fe
}
