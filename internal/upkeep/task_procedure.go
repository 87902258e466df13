package upkeep

import (
	"encoding/json"
	"fmt"
	"strings"

	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/workday"
)

// TasksOfProcedure says which tasks follow when a body takes another version of its Порядок: one for each point whose class
// or kind the order now sees in another way, one for each point with a need that is no longer on the list, and one for the
// officer for needs that are new. Opened, Days and Due are set by the terms of the new version.
func TasksOfProcedure(r *register.Register, was, is *procedure.Procedure, on register.Date) []register.Task {
	if was == nil || is == nil {
		return nil
	}
	a := newDeed(r, r)
	var tasks []register.Task
	add := func(code string, kind register.Kind, subject, reason string) {
		t := register.Task{Key: taskKey(code, subject, ""), Clause: clauseOf(is, code), Reason: reason, Kind: kind, Subject: subject, Opened: on}
		t.Department = a.department(kind, subject, "")
		t.Days = TermsOf(is).Days
		t.Due = dueOf(CalendarOf(r), on, t.Days)
		tasks = append(tasks, t)
	}
	gone := map[string]bool{}
	for _, n := range was.Needs {
		if _, ok := is.NeedByCode(n.Code); !ok {
			gone[n.Code] = true
		}
	}
	for i := range r.Touchpoints {
		t := &r.Touchpoints[i]
		before, _ := was.ClassOf(*t)
		after, _ := is.ClassOf(*t)
		_, knew := was.KindByCode(t.Kind)
		_, knows := is.KindByCode(t.Kind)
		switch {
		case knew && !knows:
			add(causeKind, register.KindTouchpoint, t.Key, "В новой редакции порядка такого вида точек нет.")
		case before != after && after != "":
			reason := fmt.Sprintf("По новой редакции порядка точка стала %s.", classWords[after])
			if before != "" {
				reason = fmt.Sprintf("По новой редакции порядка точка была %s, стала %s.", classWords[before], classWords[after])
			}
			add(causeKind, register.KindTouchpoint, t.Key, reason)
		}
		var lost []register.NeedRef
		for _, u := range a.atPoint[t.Key] {
			for _, n := range u.Needs {
				if gone[n.Code] {
					lost = append(lost, without([]register.NeedRef{n}, lost)...)
				}
			}
		}
		if len(lost) > 0 {
			add(causeNeeds, register.KindTouchpoint, t.Key, "В новой редакции порядка нет потребностей, которые удовлетворяет точка: "+needTexts(lost)+".")
		}
	}
	var fresh []string
	for _, n := range is.Needs {
		if _, ok := was.NeedByCode(n.Code); !ok && !n.Other {
			fresh = append(fresh, "«"+n.Text+"»")
		}
	}
	if len(fresh) > 0 && len(r.Touchpoints) > 0 {
		add(causeNeeds, register.KindProcedure, is.ID, "Порядок дополнен потребностями: "+strings.Join(fresh, ", ")+". Укажите, в каких точках они удовлетворяются.")
	}
	return tasks
}

// procedureAfter is the Порядок of a body after an act: p itself when the act brings no other.
func procedureAfter(p *procedure.Procedure, after *register.Register, changes []register.Change) *procedure.Procedure {
	for _, c := range changes {
		if c.Kind != register.KindProcedure || c.Op == register.Exclude || c.Key != after.Organisation.Procedure {
			continue
		}
		var next procedure.Procedure
		if json.Unmarshal(c.Encoded(), &next) == nil { // else the ledger has refused it
			p = &next
		}
	}
	return p
}

// procedureConsequences are the changes that another version of the Порядок comes to.
func procedureConsequences(r *register.Register, was, is *procedure.Procedure, cal workday.Calendar, on register.Date) []register.Change {
	if was == is {
		return nil
	}
	return newDeed(r, r).changes(TasksOfProcedure(r, was, is, on), TermsOf(is).Days, cal, on)
}
