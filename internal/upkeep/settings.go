package upkeep

import (
	"context"
	"errors"
	"slices"
	"strings"

	"perechen/internal/intake"
	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/rights"
)

// Names are what a body says of itself, as a person types it.
type Names struct {
	Name, ShortName, Genitive, HeadTitle, HeadName string
	Parent                                         string // slug of the superior body; empty: none that keeps a register here
}

// typed gives the organisation with these names and tells what is wrong with them.
func (n Names) typed(org register.Organisation) (register.Organisation, fieldErrors) {
	var fs fieldErrors
	org.Name, org.ShortName, org.Genitive, org.HeadTitle, org.HeadName = line(n.Name), line(n.ShortName), line(n.Genitive), line(n.HeadTitle), line(n.HeadName)
	for _, x := range []struct {
		field, value string
		most         int
		required     string
	}{
		{"name", org.Name, maxTitle, "Напишите полное наименование органа."},
		{"short_name", org.ShortName, maxWords, "Напишите краткое наименование: оно стоит в заголовке страниц."},
		{"genitive", org.Genitive, maxTitle, "Напишите полное наименование в родительном падеже: оно стоит в документах."},
		{"head_title", org.HeadTitle, maxWords, "Напишите должность руководителя."},
		{"head_name", org.HeadName, maxWords, ""},
	} {
		if x.value == "" && x.required != "" {
			fs.add(x.field, x.required)
		}
		fs.length(x.field, x.value, x.most)
	}
	return org, fs
}

// SaveNames writes the body's names and its place in the tree of bodies, as the person has seen them (base is HashOf the
// organisation). The place is the administrator's: whoever coordinates a superior body reads the bodies below.
func (d *Desk) SaveNames(ctx context.Context, actor Actor, slug, base string, in Names, g register.Ground) error {
	err := d.do(ctx, actor, slug, func(a *act) error {
		if err := a.mayAppend(register.Change{Kind: register.KindOrganisation}); err != nil {
			return err
		}
		was := a.register.Organisation
		if err := seen(base, was); err != nil {
			return err
		}
		org, fs := in.typed(was)
		if org.Parent = in.Parent; org.Parent != was.Parent {
			if !a.administers() {
				return refused("Вышестоящий орган назначает администратор.")
			}
			if text, err := d.parentFault(ctx, a.tx, slug, org.Parent); err != nil {
				return err
			} else if text != "" {
				fs.add("parent", text)
			}
		}
		if err := fs.err(); err != nil {
			return err
		}
		c := register.Change{Op: register.Amend, Kind: register.KindOrganisation, Key: slug, Content: register.Encode(org)}
		_, err := d.record(ctx, a, ledger.Batch{Changes: []register.Change{c}, Ground: settingsGround(g, "сведения об органе"), Head: ledger.AnyHead}, nil)
		return err
	})
	return wrap(err, "upkeep: names of %s", slug)
}

// settingsGround says what an act on settings is for where the person has named an act only, or nothing.
func settingsGround(g register.Ground, text string) register.Ground {
	if g.Clause == "" && g.Text == "" {
		g.Text = text
	}
	return g
}

// parentFault says why a body cannot stand under another; empty when it can.
func (d *Desk) parentFault(ctx context.Context, v View, slug, parent string) (string, error) {
	for above, seen := parent, map[string]bool{}; above != "" && !seen[above]; {
		if above == slug {
			if parent == slug {
				return "Орган не может быть вышестоящим для самого себя.", nil
			}
			return "Этот орган сам стоит ниже: получился бы круг.", nil
		}
		seen[above] = true
		r, _, err := d.ledger.StateIn(ctx, v, above)
		switch {
		case CodeOf(err) == CodeNotFound && above == parent:
			return "Такого органа здесь нет: выберите из списка.", nil
		case CodeOf(err) == CodeNotFound:
			return "", nil
		case err != nil:
			return "", err
		}
		above = r.Organisation.Parent
	}
	return "", nil
}

// SaveDepartment writes a department: a new one when key is empty, else the one with that key as the person has seen it. It
// returns the key.
func (d *Desk) SaveDepartment(ctx context.Context, actor Actor, slug, key, base, title, genitive string, g register.Ground) (string, error) {
	err := d.do(ctx, actor, slug, func(a *act) error {
		if err := a.mayAppend(register.Change{Kind: register.KindDepartment}); err != nil {
			return err
		}
		x, op := register.Department{}, register.Include
		if key != "" {
			var ok bool
			if x, ok = departmentOf(a.register, key); !ok {
				return notFound("Такого отдела нет.")
			}
			if err := seen(base, x); err != nil {
				return err
			}
			op = register.Amend
		}
		var fs fieldErrors
		if x.Title, x.Genitive = line(title), line(genitive); x.Title == "" {
			fs.add("title", "Напишите наименование отдела.")
		}
		fs.length("title", x.Title, maxWords)
		fs.length("genitive", x.Genitive, maxWords)
		for _, o := range a.register.Departments {
			if o.Key != key && x.Title != "" && intake.SameName(o.Title, x.Title) {
				fs.add("title", "Отдел с таким наименованием уже есть.")
			}
		}
		if err := fs.err(); err != nil {
			return err
		}
		if op == register.Include {
			key = intake.DepartmentKey(a.register, x.Title)
			x.Key = key
		}
		c := register.Change{Op: op, Kind: register.KindDepartment, Key: key, Content: register.Encode(x)}
		_, err := d.record(ctx, a, ledger.Batch{Changes: []register.Change{c}, Ground: settingsGround(g, "отделы органа"), Head: ledger.AnyHead}, nil)
		return err
	})
	return key, wrap(err, "upkeep: department of %s", slug)
}

func departmentOf(r *register.Register, key string) (register.Department, bool) {
	i := slices.IndexFunc(r.Departments, func(d register.Department) bool { return d.Key == key })
	if i < 0 {
		return register.Department{}, false
	}
	return r.Departments[i], true
}

// Charges are what answers to a department.
type Charges struct {
	Points, Processes, Tasks int // Tasks: open ones
	Appointments             int // in force or to come
}

// Movable tells whether there is something that another department can take over.
func (c Charges) Movable() bool { return c.Points+c.Processes+c.Tasks > 0 }

// ChargesOf counts what answers to a department on a day.
func ChargesOf(r *register.Register, key string, on register.Date) Charges {
	var c Charges
	for i := range r.Touchpoints {
		if r.Touchpoints[i].Department == key {
			c.Points++
		}
	}
	for i := range r.Processes {
		if r.Processes[i].Department == key {
			c.Processes++
		}
	}
	for i := range r.Tasks {
		if r.Tasks[i].Department == key && r.Tasks[i].Done == "" {
			c.Tasks++
		}
	}
	for _, a := range r.Appointments {
		if a.Department == key && (rights.InForce(a, on) || a.From > on) {
			c.Appointments++
		}
	}
	return c
}

// CloseDepartment takes a department out. What answers to it goes to the heir; without one it must have nothing. Whoever
// is appointed for it must be released first.
func (d *Desk) CloseDepartment(ctx context.Context, actor Actor, slug, key, base, heir string, g register.Ground) error {
	err := d.do(ctx, actor, slug, func(a *act) error {
		if err := a.mayAppend(register.Change{Kind: register.KindDepartment}); err != nil {
			return err
		}
		x, ok := departmentOf(a.register, key)
		if !ok {
			return notFound("Такого отдела нет.")
		}
		if err := seen(base, x); err != nil {
			return err
		}
		c := ChargesOf(a.register, key, register.DateOf(a.now))
		var fs fieldErrors
		switch {
		case c.Appointments > 0:
			return invalid("Отдел нельзя закрыть: за него ещё отвечают (%s). Сначала прекратите их назначения на странице «Люди».",
				lang.Count(c.Appointments, "назначение", "назначения", "назначений"))
		case c.Movable() && heir == "":
			fs.add("heir", "За отделом числятся "+c.words()+": выберите отдел, которому их передать.")
		case heir == key || heir != "" && !a.hasDepartment(heir):
			fs.add("heir", "Выберите другой отдел из списка.")
		case c.Points+c.Processes > 0 && !a.has(register.RoleOfficer, register.RoleHead):
			return refused("Передать точки и процессы другому отделу может уполномоченное лицо или руководитель.")
		}
		if err := fs.err(); err != nil {
			return err
		}
		b := ledger.Batch{Changes: handOver(a.register, key, heir), Ground: settingsGround(g, "закрыт отдел «"+x.Title+"»"), Head: ledger.AnyHead}
		_, err := d.record(ctx, a, b, nil)
		return err
	})
	return wrap(err, "upkeep: close department %s of %s", key, slug)
}

// words counts what can be handed over.
func (c Charges) words() string {
	var w []string
	for _, x := range []struct {
		n    int
		text string
	}{{c.Points, lang.Count(c.Points, "точка", "точки", "точек")}, {c.Processes, lang.Count(c.Processes, "процесс", "процесса", "процессов")}, {c.Tasks, lang.Count(c.Tasks, "задача", "задачи", "задач")}} {
		if x.n > 0 {
			w = append(w, x.text)
		}
	}
	return strings.Join(w, ", ")
}

// handOver are the changes that give what answers to a department to another and take the department out.
func handOver(r *register.Register, key, heir string) []register.Change {
	var cs []register.Change
	amend := func(kind register.Kind, key string, v any) {
		cs = append(cs, register.Change{Op: register.Amend, Kind: kind, Key: key, Content: register.Encode(v)})
	}
	for _, t := range r.Touchpoints {
		if t.Department == key {
			t.Department = heir
			amend(register.KindTouchpoint, t.Key, t)
		}
	}
	for _, p := range r.Processes {
		if p.Department == key {
			p.Department = heir
			amend(register.KindProcess, p.Key, p)
		}
	}
	for _, t := range r.Tasks {
		if t.Department == key && t.Done == "" {
			t.Department = heir
			amend(register.KindTask, t.Key, t)
		}
	}
	return append(cs, register.Change{Op: register.Exclude, Kind: register.KindDepartment, Key: key})
}

// AddBody begins the register of a new body, an administrator's act.
func (d *Desk) AddBody(ctx context.Context, actor Actor, slug string, in Names, p *procedure.Procedure, g register.Ground) error {
	if !actor.Admin && !actor.local {
		return refused("Новый орган заводит администратор.")
	}
	org, fs := in.typed(register.Organisation{Slug: line(slug), Parent: in.Parent, Procedure: p.ID})
	var bad *ledger.Error
	if errors.As(ledger.CheckSlug(org.Slug), &bad) {
		fs.add("slug", bad.Text)
	}
	if g.Text == "" && g.Clause == "" {
		g.Text = p.Title
	}
	err := d.store.Update(ctx, func(tx Tx) error {
		more := slices.Clone(fs)
		if bodies, err := tx.Bodies(ctx); err != nil {
			return err
		} else if slices.Contains(bodies, org.Slug) {
			more.add("slug", "Орган с таким именем здесь уже есть.")
		}
		if org.Parent != "" {
			text, err := d.parentFault(ctx, tx, org.Slug, org.Parent)
			if err != nil {
				return err
			}
			if text != "" {
				more.add("parent", text)
			}
		}
		if err := more.err(); err != nil {
			return err
		}
		return d.ledger.AddBodyIn(ctx, tx, org, p, g, actor.Account)
	})
	return wrap(err, "upkeep: add body %s", org.Slug)
}
