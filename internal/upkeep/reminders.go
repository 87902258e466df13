package upkeep

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"perechen/internal/lang"
	"perechen/internal/register"
)

// The stages of a reminder, in the order in which they come.
const (
	StageOpened  = "opened"  // there is something to do
	StageSoon    = "soon"    // the deadline is near
	StageDue     = "due"     // it is today
	StageOverdue = "overdue" // it is missed
	StageOfficer = "officer" // so long that the authorised officer is told
	StageHead    = "head"    // and the head

	StageCalendar = "calendar" // a year is near of which nobody has said what days work
)

// soonDays is how many working days before the deadline of a task people are reminded.
const soonDays = 3

// A Reminder says who is to be told what today. Event is stable: who has been told of an event is not told again.
type Reminder struct {
	Event      string // «task/process-1a2b3c4d5e6f/2026-11-20/soon»
	Stage      string
	Role       string        // register.RoleDepartment, RoleOfficer, RoleHead
	Department string        // of RoleDepartment
	Task       string        // key; empty: of points to confirm
	Points     int           // how many points wait for a confirmation; 0: of a task, or of the calendar
	Due        register.Date // may be empty for a task whose deadline cannot be counted yet
	Text       string        // one sentence
}

// Reminders lists who is to be reminded on the day of the watch: of each open task and of each department's points the stage
// that it has reached. On a day that is not a working one, and on one of a year whose calendar is not known, it is empty.
func (w *Watch) Reminders() []Reminder {
	if working, _ := w.Calendar.IsWorking(string(w.Day)); !working {
		return nil
	}
	var rs []Reminder
	for _, t := range w.Tasks {
		if t.Open() {
			rs = append(rs, w.taskReminder(t))
		}
	}
	rs = append(rs, w.pointReminders()...)
	if y := w.MissingYear(); y != 0 {
		rs = append(rs, Reminder{Event: fmt.Sprintf("calendar/%d", y), Stage: StageCalendar, Role: register.RoleOfficer,
			Text: fmt.Sprintf("Производственный календарь на %d год не внесён: без него не считаются сроки и не приходят напоминания. Загрузите его из файла.", y)})
	}
	return rs
}

// MissingYear is the year whose calendar is wanted now and not known: that of the day, or from December on the next; 0 when
// there is none.
func (w *Watch) MissingYear() int {
	t, ok := w.Day.Time()
	if !ok {
		return 0
	}
	if _, known := w.Calendar.Year(t.Year()); !known {
		return t.Year()
	}
	if _, known := w.Calendar.Year(t.Year() + 1); !known && t.Month() == time.December {
		return t.Year() + 1
	}
	return 0
}

func (w *Watch) taskReminder(t TaskState) Reminder {
	r := Reminder{Role: register.RoleDepartment, Department: t.Asks, Task: t.Key, Due: t.Due, Stage: StageOpened}
	if t.Asks == "" {
		r.Role = register.RoleOfficer
	}
	due := lang.Date(string(t.Due))
	switch {
	case t.Climbed == register.RoleHead:
		r.Stage, r.Role, r.Department = StageHead, register.RoleHead, ""
		r.Text = fmt.Sprintf("Задача просрочена, срок был %s. %s", due, t.Reason)
	case t.Climbed == register.RoleOfficer:
		r.Stage, r.Role, r.Department = StageOfficer, register.RoleOfficer, ""
		r.Text = fmt.Sprintf("Задача просрочена, срок был %s. %s", due, t.Reason)
	case t.Overdue:
		r.Stage, r.Text = StageOverdue, fmt.Sprintf("Срок задачи прошёл %s. %s", due, t.Reason)
	case t.Due == w.Day:
		r.Stage, r.Text = StageDue, "Срок задачи — сегодня. "+t.Reason
	case t.Known && t.Left <= soonDays:
		r.Stage, r.Text = StageSoon, fmt.Sprintf("Срок задачи — %s. %s", due, t.Reason)
	case t.Due != "":
		r.Text = fmt.Sprintf("Новая задача, срок %s. %s", due, t.Reason)
	default:
		r.Text = "Новая задача. " + t.Reason
	}
	r.Event = fmt.Sprintf("task/%s/%s/%s", t.Key, t.Opened, r.Stage)
	return r
}

// pointReminders gathers the points that wait for a confirmation, those of one department and one stage in one reminder.
func (w *Watch) pointReminders() []Reminder {
	type group struct{ stage, department string }
	found := map[group]*Reminder{}
	for _, f := range w.Points {
		g := group{StageSoon, f.Responsible}
		role := register.RoleDepartment
		switch {
		case !f.Asked():
			continue
		case f.Climbed == register.RoleHead:
			g, role = group{StageHead, f.Responsible}, register.RoleHead
		case f.Climbed == register.RoleOfficer:
			g, role = group{StageOfficer, f.Responsible}, register.RoleOfficer
		case f.State == FreshOverdue:
			g.stage = StageOverdue
		case f.Due == w.Day:
			g.stage = StageDue
		}
		if role == register.RoleDepartment && g.department == "" {
			role = register.RoleOfficer
		}
		r, ok := found[g]
		if !ok {
			r = &Reminder{Stage: g.stage, Role: role, Due: f.Due}
			if role == register.RoleDepartment {
				r.Department = g.department
			}
			found[g] = r
		}
		r.Points++
		r.Due = min(r.Due, f.Due)
	}
	var rs []Reminder
	for g, r := range found {
		points := lang.Count(r.Points, "точка ждёт", "точки ждут", "точек ждут")
		r.Text = fmt.Sprintf("%s подтверждения, срок %s.", points, lang.Date(string(r.Due)))
		if g.stage == StageOverdue || g.stage == StageOfficer || g.stage == StageHead {
			r.Text = fmt.Sprintf("%s подтверждения, срок прошёл %s.", points, lang.Date(string(r.Due)))
		}
		if d := w.DepartmentTitle(g.department); d != "" && r.Role != register.RoleDepartment {
			r.Text = d + ": " + r.Text
		}
		r.Event = fmt.Sprintf("confirm/%s/%s/%s", cmp.Or(g.department, "-"), r.Due, r.Stage)
		rs = append(rs, *r)
	}
	slices.SortFunc(rs, func(a, b Reminder) int { return cmp.Compare(a.Event, b.Event) })
	return rs
}

// DepartmentTitle is the title of a department; empty when there is none of that key.
func (w *Watch) DepartmentTitle(key string) string {
	for _, d := range w.Register.Departments {
		if d.Key == key {
			return d.Title
		}
	}
	return ""
}
