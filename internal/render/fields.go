package render

import (
	"cmp"
	"strconv"
	"strings"

	"perechen/internal/procedure"
	"perechen/internal/register"
)

// fields gives the text of a column for a usage; the names of the columns are those of procedure.Column.Field.
type fields struct {
	p           *procedure.Procedure
	processes   map[string]register.Process
	points      map[string]register.Touchpoint
	departments map[string]string
	number      int  // of the group that is being printed, from 1
	onlyNeeds   bool // the form has a column of needs and none of interactions, so their wording stands there
}

func newFields(r *register.Register, p *procedure.Procedure) *fields {
	f := &fields{p: p, processes: map[string]register.Process{}, points: map[string]register.Touchpoint{}, departments: map[string]string{}}
	for _, x := range r.Processes {
		f.processes[x.Key] = x
	}
	for _, x := range r.Touchpoints {
		f.points[x.Key] = x
	}
	for _, x := range r.Departments {
		f.departments[x.Key] = x.Title
	}
	return f
}

func (f *fields) text(field string, u register.Usage) string {
	t := f.points[u.Touchpoint]
	switch field {
	case "number":
		return strconv.Itoa(f.number) + "."
	case "process":
		return f.processes[u.Process].Title
	case "touchpoint":
		return t.Text()
	case "kind":
		return f.p.KindTitle(t.Kind)
	case "contact":
		return t.Value
	case "usage":
		return u.Text
	case "feature":
		if u.Feature == "" {
			return feature(f.class(u))
		}
		return u.Feature
	case "class":
		class := f.class(u)
		if u.Printed != "" && u.Printed != class {
			return ClassWord(class) + " (в отчёте: " + ClassWord(u.Printed) + ")"
		}
		return ClassWord(class)
	case "needs":
		if f.onlyNeeds && u.Text != "" {
			return u.Text
		}
		var ns []string
		for _, n := range u.Needs {
			ns = append(ns, n.Text)
		}
		return strings.Join(ns, "\n")
	case "department":
		return f.departments[t.Department]
	case "place":
		return t.Place
	case "hours":
		return t.Hours
	}
	return ""
}

// class is the class that the procedure gives the point, or the one printed in the row where the procedure says nothing.
func (f *fields) class(u register.Usage) register.Class {
	c, _ := f.p.ClassOf(f.points[u.Touchpoint])
	return cmp.Or(c, u.Printed)
}

// ClassWord is the Russian word for a class: «цифровая», «офлайн»; empty for an empty one.
func ClassWord(c register.Class) string {
	switch c {
	case register.Digital:
		return "цифровая"
	case register.Offline:
		return "офлайн"
	}
	return ""
}

// feature is how the reports word the class of a point.
func feature(c register.Class) string {
	switch c {
	case register.Digital:
		return "Взаимодействие в цифровой точке"
	case register.Offline:
		return "Взаимодействие в офлайн-точке"
	}
	return ""
}
