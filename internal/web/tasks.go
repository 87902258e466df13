package web

import (
	"net/url"
	"slices"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/upkeep"
	"perechen/internal/workday"
)

// taskRoutes are the pages of what is to be done: the desk, tasks, confirmations, the calendar.
func (s *site) taskRoutes(mux router) {
	members := who{whoMember, whoWatcher, whoAdmin}
	mux.HandleFunc("/{body}/desk", s.form(s.deskPage, nil, members))
	mux.HandleFunc("/{body}/tasks", s.form(s.tasks, nil, members))
	mux.HandleFunc("/{body}/tasks/{key}", s.form(s.task, s.doTask, members, who{register.RoleOfficer, register.RoleDepartment}))
	mux.HandleFunc("/{body}/confirm", s.form(s.confirmPage, s.confirm, members, who{register.RoleOfficer, register.RoleDepartment}))
	mux.HandleFunc("/{body}/calendar", s.upload(s.calendar, s.changeCalendar, members, who{register.RoleOfficer, register.RoleHead, whoAdmin}))
	mux.HandleFunc("/{body}/calendar.csv", s.calendarFile("csv", members))
	mux.HandleFunc("/{body}/calendar.xlsx", s.calendarFile("xlsx", members))
}

// A taskItem is a task as lists show it.
type taskItem struct {
	Href       string
	Subject    string
	SubjectIs  string // what kind of thing it is
	Reason     string
	Clause     string
	Department string
	Line       string // «срок 27.11.2026, осталось 5 рабочих дней»
	Tone       string // of the line: back (overdue), waits (soon), done
}

// soon is how many working days before its deadline a task is shown as near.
const soon = 3

func (r *request) taskItem(f *frame, t upkeep.TaskState) taskItem {
	item := taskItem{Href: f.home + "tasks/" + url.PathEscape(t.Key), Reason: t.Reason, Clause: t.Clause, Department: r.answers(t.Asks)}
	item.Subject, item.SubjectIs = r.taskSubject(t.Task)
	due := lang.Date(string(t.Due))
	switch {
	case !t.Open():
		item.Line, item.Tone = r.lang.T("task.done", lang.Date(string(t.Done)), cut(t.Outcome, 120)), "done"
	case t.Due == "":
		item.Line, item.Tone = r.lang.T("task.nodue"), "waits"
	case t.Overdue:
		item.Line, item.Tone = r.lang.T("task.late", due), "back"
		if t.Known && t.Left < 0 {
			item.Line = r.lang.T("task.lateby", due, r.lang.Count(-t.Left, "task.workdays"))
		}
	case t.Due == r.snap.watch.Day:
		item.Line, item.Tone = r.lang.T("task.today"), "waits"
	case !t.Known:
		item.Line = r.lang.T("task.due", due)
	default:
		item.Line = r.lang.T("task.left", due, r.lang.Count(t.Left, "task.workdays"))
		if t.Left <= soon {
			item.Tone = "waits"
		}
	}
	return item
}

// answers names who is asked: a department, or the authorised officer.
func (r *request) answers(department string) string {
	if d := r.snap.departments[department]; d != "" {
		return d
	}
	return r.lang.T("fresh.officer")
}

// taskSubject names what a task is about, and what kind of thing that is.
func (r *request) taskSubject(t register.Task) (name, kind string) {
	switch t.Kind {
	case register.KindTouchpoint:
		if p := r.snap.points[t.Subject]; p != nil {
			return p.Text(), r.lang.T("kind.touchpoint")
		}
		return r.lang.T("task.pointgone"), r.lang.T("kind.touchpoint")
	case register.KindProcess:
		if p := r.snap.processes[t.Subject]; p != nil {
			return p.Title, r.lang.T("kind.process")
		}
		return r.lang.T("task.processgone"), r.lang.T("kind.process")
	case register.KindProcedure:
		return r.lang.T("kind.procedure"), r.lang.T("kind.procedure")
	}
	return t.Subject, r.lang.T("kind." + string(t.Kind))
}

// tasksPage lists tasks, those that are overdue first.
type tasksPage struct {
	frame
	Line   string
	Filter filter
	Action string
	Items  []taskItem
	Pager  pager
	Empty  empty
	NoYear string // a year of the calendar is missing: some deadlines cannot be counted
}

// The states by which tasks are chosen; the first is what is shown when nothing is asked for.
var taskStates = []string{"open", "overdue", "closed", "all"}

// maxQuery bounds words to search for.
const maxQuery = 1000

func (s *site) tasks(r *request) (page, error) {
	p := &tasksPage{frame: r.frame("tasks", "desk", r.lang.T("tasks.title")), Action: r.URL.EscapedPath()}
	state := r.query.Get("state")
	if !slices.Contains(taskStates, state) {
		state = taskStates[0]
	}
	department, cause, text := r.query.Get("department"), r.query.Get("cause"), strings.TrimSpace(r.query.Get("q"))
	if len(text) > maxQuery {
		return nil, badRequest("error.longquery")
	}
	words := strings.Fields(lang.Fold(text))
	var chosen []upkeep.TaskState
	causes, departments := map[string]bool{}, map[string]bool{}
	for _, t := range r.snap.watch.Tasks {
		code, _, _ := strings.Cut(t.Key, "-")
		causes[code], departments[t.Asks] = true, true
		switch {
		case state == "open" && !t.Open(), state == "overdue" && !t.Overdue, state == "closed" && t.Open(), cause != "" && code != cause:
			continue
		case department == noDepartment && t.Asks != "", department != "" && department != noDepartment && t.Asks != department:
			continue
		case len(words) > 0 && !r.taskHas(t.Task, words):
			continue
		}
		chosen = append(chosen, t)
	}
	p.filter(r, state, department, cause, text, causes, departments)
	p.Line = r.lang.Count(len(chosen), "tasks.count")
	p.Pager = r.pager(len(chosen))
	for _, t := range chosen[p.Pager.from:p.Pager.to] {
		p.Items = append(p.Items, r.taskItem(&p.frame, t))
	}
	if len(p.Items) == 0 {
		p.Empty = empty{Title: r.lang.T("tasks.none"), Text: r.lang.T("tasks.nonetext"), Href: p.home + "confirm", Link: r.lang.T("confirm.title")}
		if p.Filter.Set {
			p.Empty = empty{Title: r.lang.T("tasks.nothing"), Text: r.lang.T("empty.filtertext"), Href: p.Action, Link: r.lang.T("filter.reset")}
		}
	}
	p.NoYear = r.missingYear()
	return p, nil
}

// noDepartment stands in an address for tasks that the officer answers for.
const noDepartment = "-"

// taskHas tells whether every word stands somewhere in what a list shows of a task.
func (r *request) taskHas(t register.Task, words []string) bool {
	name, _ := r.taskSubject(t)
	all := lang.Fold(name + "\n" + t.Reason + "\n" + t.Outcome)
	for _, w := range words {
		if !strings.Contains(all, w) {
			return false
		}
	}
	return true
}

func (p *tasksPage) filter(r *request, state, department, cause, text string, causes, departments map[string]bool) {
	p.Filter = filter{Any: true, Text: text, Set: state != taskStates[0] || department != "" || cause != "" || text != ""}
	var states, ds, cs []option
	for _, x := range taskStates {
		states = append(states, option{Value: x, Text: r.lang.T("tasks.state." + x), Selected: x == state})
	}
	p.Filter.Selects = append(p.Filter.Selects, choice{Name: "state", Label: r.lang.T("tasks.state"), Options: states})
	for _, d := range r.snap.reg.Departments {
		if departments[d.Key] {
			ds = append(ds, option{Value: d.Key, Text: d.Title, Selected: d.Key == department})
		}
	}
	if departments[""] {
		ds = append(ds, option{Value: noDepartment, Text: r.lang.T("fresh.officer"), Selected: department == noDepartment})
	}
	if len(ds) > 1 {
		p.Filter.Selects = append(p.Filter.Selects, choice{Name: "department", Label: r.lang.T("tasks.who"), All: r.lang.T("filter.any.m"), Options: ds})
	}
	for _, x := range []string{"process", "kind", "needs", "health", "feedback"} {
		if causes[x] {
			cs = append(cs, option{Value: x, Text: r.lang.T("tasks.cause." + x), Selected: x == cause})
		}
	}
	if len(cs) > 1 {
		p.Filter.Selects = append(p.Filter.Selects, choice{Name: "cause", Label: r.lang.T("tasks.cause"), All: r.lang.T("filter.any.f"), Options: cs})
	}
}

// missingYear says which year of the calendar is needed for an open task and not known; empty when none is.
func (r *request) missingYear() string {
	for _, t := range r.snap.watch.Tasks {
		if !t.Open() {
			break
		}
		if t.Due == "" {
			if _, err := r.snap.watch.Calendar.Add(string(t.Opened), t.Days); err != nil {
				return err.Error()
			}
		}
	}
	if y := r.snap.watch.MissingYear(); y != 0 {
		return (&workday.UnknownYear{Number: y}).Error()
	}
	return ""
}
