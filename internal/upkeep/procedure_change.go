package upkeep

import (
	"fmt"
	"slices"
	"strings"

	"perechen/internal/check"
	"perechen/internal/lang"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// A ProcedureChange is what another version of the Порядок does to a register: to its form, to what is read in it, to its
// findings. Nothing is changed by making one.
type ProcedureChange struct {
	Before, After *procedure.Procedure
	Same          bool     // word for word the Порядок in force
	Doubts        []string // reasons to look whether this is the right file

	Kinds       []TermChange   // channel kinds and their classes
	Needs       []TermChange   // needs
	Declared    []TermChange   // points that the order itself names
	Departments []TermChange   // departments that the order names; new ones are included with it
	Terms       []TermChange   // deadline and period of actualisation
	Form        []TermChange   // columns and title of the report
	Clauses     []ClauseChange // the order's own words, clause by clause
	Points      []PointEffect  // points that change their class or lose their kind
	Usages      []UsageEffect  // usages that satisfy a need the order no longer has
	Appear      []register.Finding
	Vanish      []register.Finding
	Tasks       []register.Task // that would be opened
}

// A TermChange is one thing of the Порядок that is new (Include), gone (Exclude) or worded otherwise (Amend).
type TermChange struct {
	Op            register.Op
	Code          string
	Title         string
	Before, After string // what changed about it, in words; both empty for what is new or gone and has nothing but a title
	Clause        string // of the later version, else of the earlier one
}

// A ClauseChange is a clause whose words changed; Before or After is empty for one that is new or gone.
type ClauseChange struct {
	Op            register.Op
	Number        string
	Before, After string
}

// A PointEffect is a point whose class another version of the Порядок changes.
type PointEffect struct {
	Point         register.Touchpoint
	Before, After register.Class
	Gone          bool   // the order does not know the kind any more
	Clause        string // that says so now
	Usages        int    // how many usages it has
}

// A UsageEffect is a usage with the needs it would lose.
type UsageEffect struct {
	Usage   register.Usage
	Point   register.Touchpoint
	Process register.Process
	Lost    []register.NeedRef
}

// CompareProcedures tells what the Порядок after would do to a register that is kept by before. on is the day for which
// findings are looked for.
func CompareProcedures(r *register.Register, before, after *procedure.Procedure, on register.Date) *ProcedureChange {
	c := &ProcedureChange{Before: before, After: after, Same: string(register.Encode(before)) == string(register.Encode(after))}
	c.doubts(r)
	c.terms()
	c.clauses()
	c.effects(r)
	was := check.Run(check.Input{Register: r, Procedure: before, On: on})
	is := check.Run(check.Input{Register: r, Procedure: after, On: on})
	c.Appear, c.Vanish = newFindings(was, is), newFindings(is, was)
	if !c.Same {
		c.Tasks = TasksOfProcedure(r, before, after, on)
	}
	return c
}

// Breaks tells whether points or usages are touched.
func (c *ProcedureChange) Breaks() bool { return len(c.Points)+len(c.Usages) > 0 }

func newFindings(was, is []register.Finding) []register.Finding {
	known := map[string]bool{}
	for _, f := range was {
		known[f.ID] = true
	}
	return slices.DeleteFunc(slices.Clone(is), func(f register.Finding) bool { return known[f.ID] || f.Rejected != "" })
}

func (c *ProcedureChange) doubts(r *register.Register) {
	b, a := c.Before, c.After
	add := func(format string, args ...any) { c.Doubts = append(c.Doubts, fmt.Sprintf(format, args...)) }
	if lang.Fold(a.Holder.Name) != lang.Fold(b.Holder.Name) && lang.Fold(a.Holder.Name) != lang.Fold(r.Organisation.Name) {
		add("Порядок назван порядком другого органа: «%s». Перечень ведёт «%s».", a.Holder.Name, r.Organisation.Name)
	}
	if !c.Same && b.Act.Number == a.Act.Number && b.Act.Date == a.Act.Date {
		add("Номер и дата акта те же, что у порядка в силе (%s): если порядок изменён новым актом, назовите его в файле.", a.Act.Text())
	}
	if a.Act.Date != "" && b.Act.Date != "" && a.Act.Date < b.Act.Date {
		add("Акт порядка из файла (от %s) раньше акта порядка в силе (от %s).", lang.Date(string(a.Act.Date)), lang.Date(string(b.Act.Date)))
	}
	if a.Client.Code != b.Client.Code {
		add("Меняется клиент: был «%s», станет «%s».", b.Client.Word, a.Client.Word)
	}
}

// classWord is a class as a screen names it.
func classWord(c register.Class) string {
	switch c {
	case register.Digital:
		return "цифровая"
	case register.Offline:
		return "офлайн"
	}
	return "класс не назван"
}

func (c *ProcedureChange) terms() {
	b, a := c.Before, c.After
	c.Kinds = termChanges(b.Kinds, a.Kinds, func(k procedure.Kind) TermChange {
		return TermChange{Code: k.Code, Title: k.Title, After: k.Title + ", " + classWord(k.Class), Clause: k.Clause}
	})
	c.Needs = termChanges(b.Needs, a.Needs, func(n procedure.Need) TermChange {
		return TermChange{Code: n.Code, Title: n.Text, After: n.Text, Clause: n.Clause}
	})
	c.Declared = termChanges(b.Declared, a.Declared, func(d procedure.DeclaredPoint) TermChange {
		t := register.Touchpoint{Label: d.Label, Value: d.Value}.Text()
		return TermChange{Code: d.Key, Title: t, After: strings.TrimSuffix(t+", "+classWord(d.Class)+", "+d.Place, ", "), Clause: d.Clause}
	})
	c.Departments = termChanges(b.Departments, a.Departments, func(d procedure.Department) TermChange {
		return TermChange{Code: d.Key, Title: d.Title, After: d.Title, Clause: d.Clause}
	})
	c.Terms = termChanges(actualisation(b), actualisation(a), func(t TermChange) TermChange { return t })
	bf, _ := b.Form()
	af, _ := a.Form()
	c.Form = termChanges(formTerms(bf), formTerms(af), func(t TermChange) TermChange { return t })
}

// actualisation are the grounds and terms of actualisation, in words.
func actualisation(p *procedure.Procedure) []TermChange {
	t := TermsOf(p)
	clause := p.Actualise.Clause
	ts := []TermChange{
		{Code: "days", Title: "Срок актуализации", After: lang.Count(t.Days, "рабочий день", "рабочих дня", "рабочих дней"), Clause: clause},
		{Code: "months", Title: "Период подтверждения", After: lang.Count(t.Months, "месяц", "месяца", "месяцев"), Clause: clause},
	}
	for _, g := range p.Actualise.Grounds {
		ts = append(ts, TermChange{Code: "ground " + g.Code, Title: "Основание актуализации", After: g.Text, Clause: g.Clause})
	}
	return ts
}

// formTerms are the title and the columns of the report, in words.
func formTerms(f procedure.Report) []TermChange {
	ts := []TermChange{{Code: "title", Title: "Заголовок отчёта", After: strings.Join(f.Title, " "), Clause: f.Clause}}
	for i, col := range f.Columns {
		ts = append(ts, TermChange{Code: "column " + col.Field, Title: "Графа «" + col.Heading + "»", After: fmt.Sprintf("%d. %s", i+1, col.Heading), Clause: f.Clause})
	}
	return ts
}

// termChanges compares two lists of one kind of things, told apart by Code; After of a term says all that is shown of it.
func termChanges[T any](before, after []T, term func(T) TermChange) []TermChange {
	was := map[string]TermChange{}
	for _, x := range before {
		t := term(x)
		was[t.Code] = t
	}
	var out []TermChange
	is := map[string]bool{}
	for _, x := range after {
		t := term(x)
		is[t.Code] = true
		old, known := was[t.Code]
		switch {
		case !known:
			t.Op = register.Include
		case old.After != t.After || old.Clause != t.Clause && old.Clause != "":
			t.Op, t.Before = register.Amend, old.After
			if old.After == t.After {
				t.Before, t.After = procedure.Cite(old.Clause), procedure.Cite(t.Clause)
			}
		default:
			continue
		}
		out = append(out, t)
	}
	for _, x := range before {
		if t := term(x); !is[t.Code] {
			t.Op, t.Before, t.After = register.Exclude, t.After, ""
			out = append(out, t)
		}
	}
	return out
}

func (c *ProcedureChange) clauses() {
	text := func(x procedure.Clause) string { return strings.Join(x.Paragraphs, "\n") }
	was := map[string]string{}
	for _, x := range c.Before.Clauses {
		was[x.Number] = text(x)
	}
	if len(c.After.Clauses) == 0 && len(c.Before.Clauses) > 0 {
		c.Doubts = append(c.Doubts, "В файле нет текста порядка: он перестанет показываться, и цитаты порядка не с чем будет сверять.")
		return
	}
	is := map[string]bool{}
	for _, x := range c.After.Clauses {
		is[x.Number] = true
		old, known := was[x.Number]
		switch now := text(x); {
		case !known:
			c.Clauses = append(c.Clauses, ClauseChange{Op: register.Include, Number: x.Number, After: now})
		case old != now:
			c.Clauses = append(c.Clauses, ClauseChange{register.Amend, x.Number, old, now})
		}
	}
	for _, x := range c.Before.Clauses {
		if !is[x.Number] {
			c.Clauses = append(c.Clauses, ClauseChange{Op: register.Exclude, Number: x.Number, Before: text(x)})
		}
	}
}

// effects finds the points and the usages that are touched.
func (c *ProcedureChange) effects(r *register.Register) {
	uses := map[string]int{}
	for _, u := range r.Usages {
		uses[u.Touchpoint]++
	}
	points := make(map[string]register.Touchpoint, len(r.Touchpoints))
	for _, t := range r.Touchpoints {
		points[t.Key] = t
		b, _ := c.Before.ClassOf(t)
		a, clause := c.After.ClassOf(t)
		_, known := c.Before.KindByCode(t.Kind)
		_, knows := c.After.KindByCode(t.Kind)
		if gone := known && !knows; a != b || gone {
			c.Points = append(c.Points, PointEffect{Point: t, Before: b, After: a, Gone: gone, Clause: clause, Usages: uses[t.Key]})
		}
	}
	processes := make(map[string]register.Process, len(r.Processes))
	for _, p := range r.Processes {
		processes[p.Key] = p
	}
	for _, u := range r.Usages {
		var lost []register.NeedRef
		for _, n := range u.Needs {
			_, known := c.Before.NeedByCode(n.Code)
			if _, knows := c.After.NeedByCode(n.Code); known && !knows {
				lost = append(lost, n)
			}
		}
		if len(lost) > 0 {
			c.Usages = append(c.Usages, UsageEffect{u, points[u.Touchpoint], processes[u.Process], lost})
		}
	}
}
