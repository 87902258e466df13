package upkeep

import (
	"context"
	"fmt"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/register"
)

// Confirm says of points that everything about them is right («Всё верно»), as it stood at the entry seen (0: now). The
// department that answers for a point may, and the authorised officer; a person of the department confirms for it. It also
// closes the tasks that are open at the points.
//
// All or nothing: CodeNotFound for a point that is not there, CodeRefused for one of another department, CodeStale when one
// was changed after the entry seen — nobody confirms what they have not looked at.
func (d *Desk) Confirm(ctx context.Context, actor Actor, slug string, points []string, seen int64) (ledger.Receipt, error) {
	var r ledger.Receipt
	err := d.do(ctx, actor, slug, func(a *act) (err error) {
		if len(points) == 0 {
			return invalid("Не отмечено ни одной точки.")
		}
		if seen < 0 || seen > a.register.N {
			return notFound("В журнале нет записи %d.", seen)
		}
		changes, err := a.confirmations(points, seen)
		if err != nil {
			return err
		}
		if seen > 0 && seen < a.register.N {
			if err := d.unchanged(ctx, a, points, seen); err != nil {
				return err
			}
		}
		r, err = d.record(ctx, a, ledger.Batch{Changes: changes, Head: ledger.AnyHead,
			Ground: register.Ground{Clause: a.clause(), Text: "Всё верно: " + lang.Count(len(changes), "точка подтверждена", "точки подтверждены", "точек подтверждено")}}, nil)
		return err
	})
	if err != nil {
		return ledger.Receipt{}, wrap(err, "upkeep: confirm points of %s", slug)
	}
	return r, nil
}

// confirmations are the changes that confirm these points, for those who answer for them.
func (a *act) confirmations(points []string, seen int64) ([]register.Change, error) {
	at := make(map[string]*register.Touchpoint, len(a.register.Touchpoints))
	for i := range a.register.Touchpoints {
		at[a.register.Touchpoints[i].Key] = &a.register.Touchpoints[i]
	}
	responsible := responsibleFor(a.register)
	had := map[string]bool{}
	for _, c := range a.register.Confirmations {
		had[c.Key] = true
	}
	if seen == 0 {
		seen = a.register.N
	}
	var changes []register.Change
	done := map[string]bool{}
	for _, key := range points {
		t, ok := at[key]
		if !ok {
			return nil, notFound("Одной из отмеченных точек в перечне уже нет. Ничего не записано: откройте список заново.")
		}
		if done[key] {
			continue
		}
		done[key] = true
		c := register.Confirmation{Key: key, Date: register.DateOf(a.now), N: seen}
		switch department := responsible[key]; {
		case department != "" && a.in(register.RoleDepartment, department):
			c.Department = department
		case a.in(register.RoleOfficer, department):
		default:
			return nil, refused("За точку «%s» отвечает другой отдел: подтвердить её может он или уполномоченное лицо.", t.Text())
		}
		op := register.Include
		if had[key] {
			op = register.Amend
		}
		changes = append(changes, register.Change{Op: op, Kind: register.KindConfirmation, Key: key, Content: register.Encode(c)})
	}
	return changes, nil
}

// unchanged holds the points to what they were at the entry seen.
func (d *Desk) unchanged(ctx context.Context, a *act, points []string, seen int64) error {
	was, err := d.ledger.State(ctx, a.slug, seen)
	if err != nil {
		return err
	}
	deed := newDeed(was, a.register)
	var moved []string
	for _, key := range points {
		if _, touched := deed.points[key]; touched {
			t, _ := a.register.Touchpoint(key)
			moved = append(moved, "«"+t.Text()+"»")
		}
	}
	if len(moved) > 0 {
		return &Error{Code: CodeStale, Text: fmt.Sprintf("Пока список был открыт, изменено: %s. Ничего не записано: посмотрите, что стало, и подтвердите ещё раз.", truncate(strings.Join(moved, ", "), 600))}
	}
	return nil
}

// responsibleFor says which department answers for each point: its own, else the one department of all processes in which
// it is used; no department where there are several or none: then the authorised officer does.
func responsibleFor(r *register.Register) map[string]string {
	departments := make(map[string]string, len(r.Processes))
	for _, p := range r.Processes {
		departments[p.Key] = p.Department
	}
	found := make(map[string]string, len(r.Touchpoints))
	several := map[string]bool{}
	for i := range r.Usages {
		u := &r.Usages[i]
		d := departments[u.Process]
		if was, ok := found[u.Touchpoint]; d == "" || ok && was != d {
			several[u.Touchpoint] = true
		}
		found[u.Touchpoint] = d
	}
	for i := range r.Touchpoints {
		t := &r.Touchpoints[i]
		switch {
		case t.Department != "":
			found[t.Key] = t.Department
		case several[t.Key]:
			delete(found, t.Key)
		}
	}
	return found
}
