package upkeep

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// Roles are the roles to which people are appointed, in the order in which pages list them.
var Roles = []string{register.RoleOfficer, register.RoleDepartment, register.RoleHead, register.RoleCoordinator, register.RoleReader}

// AppointmentBase names the content of an appointment, for Appoint and Revoke to tell whether it is still the same.
func AppointmentBase(x register.Appointment) string { return HashOf(register.Encode(x)) }

// Appoint gives a person a role by an act. With x.Key empty it is a new appointment and gets a key that says nothing of the
// person; else the appointment of that key is changed, if it still is what base names (CodeStale). Heads and
// administrators may (CodeRefused). CodeInvalid with Fields by the JSON names, «act.number» and «act.date» among them; an
// account that holds the role for the same department on one of the same days already is invalid too.
func (d *Desk) Appoint(ctx context.Context, actor Actor, slug string, x register.Appointment, base string) (register.Appointment, error) {
	x.Person = strings.Join(strings.Fields(x.Person), " ")
	x.Act.Kind, x.Act.Number = strings.TrimSpace(x.Act.Kind), strings.TrimSpace(x.Act.Number)
	op := register.Amend
	fresh := x.Key == ""
	if fresh {
		op, x.Key = register.Include, appointmentKey(x.Role)
	}
	err := d.do(ctx, actor, slug, func(a *act) error {
		if err := a.mayAppend(register.Change{Kind: register.KindAppointment}); err != nil {
			return err
		}
		if !fresh {
			if _, err := a.appointment(x.Key, base); err != nil {
				return err
			}
		}
		if err := d.checkAppointment(ctx, a.sight, x); err != nil {
			return err
		}
		text := "назначение: "
		if !fresh {
			text = "изменение назначения: "
		}
		_, err := d.record(ctx, a, ledger.Batch{
			Changes: []register.Change{{Op: op, Kind: register.KindAppointment, Key: x.Key, Content: register.Encode(x)}},
			Ground:  register.Ground{Clause: roleClause(a.procedure, x.Role), Text: text + RoleTitle(a.procedure, x.Role), Act: x.Act.Text()},
			Head:    ledger.AnyHead,
		}, nil)
		return err
	})
	return x, wrap(err, "upkeep: appoint in %s", slug)
}

// Revoke takes a role away at once. ground names the act of revocation where there is one, in words; no names of people
// belong there.
func (d *Desk) Revoke(ctx context.Context, actor Actor, slug, key, base, ground string) error {
	err := d.do(ctx, actor, slug, func(a *act) error {
		if err := a.mayAppend(register.Change{Kind: register.KindAppointment}); err != nil {
			return err
		}
		x, err := a.appointment(key, base)
		if err != nil {
			return err
		}
		if utf8.RuneCountInString(ground) > 300 {
			return wrongFields([]FieldError{{Field: "ground", Text: "Слишком длинно: не больше 300 знаков."}})
		}
		_, err = d.record(ctx, a, ledger.Batch{
			Changes: []register.Change{{Op: register.Exclude, Kind: register.KindAppointment, Key: key}},
			Ground:  register.Ground{Clause: roleClause(a.procedure, x.Role), Text: "отзыв назначения: " + RoleTitle(a.procedure, x.Role), Act: strings.TrimSpace(ground)},
			Head:    ledger.AnyHead,
		}, nil)
		return err
	})
	return wrap(err, "upkeep: revoke %s of %s", key, slug)
}

// appointment gives the appointment of that key, if it is what the caller saw.
func (s sight) appointment(key, base string) (register.Appointment, error) {
	for _, x := range s.register.Appointments {
		if x.Key != key {
			continue
		}
		if base != "" && AppointmentBase(x) != base {
			return x, &Error{Code: CodeStale, Text: "Пока страница была открыта, это назначение изменили. Посмотрите, каким оно стало, и повторите."}
		}
		return x, nil
	}
	return register.Appointment{}, notFound("Такого назначения нет: его уже отозвали или оно другого органа.")
}

// checkAppointment says at which fields an appointment will not do.
func (d *Desk) checkAppointment(ctx context.Context, s sight, x register.Appointment) error {
	var fs []FieldError
	wrong := func(field, format string, args ...any) {
		fs = append(fs, FieldError{Field: field, Text: fmt.Sprintf(format, args...)})
	}
	if !slices.Contains(Roles, x.Role) && !slices.ContainsFunc(roles(s.procedure), func(r procedure.Role) bool { return r.Code == x.Role }) {
		wrong("role", "Выберите роль.")
	}
	if x.Person == "" {
		wrong("person", "Укажите, кто назначен, как в акте: фамилию и инициалы.")
	} else if utf8.RuneCountInString(x.Person) > 200 {
		wrong("person", "Слишком длинно: не больше 200 знаков.")
	}
	if x.Department != "" && !slices.ContainsFunc(s.register.Departments, func(dep register.Department) bool { return dep.Key == x.Department }) {
		wrong("department", "Такого отдела в этом органе нет.")
	}
	if x.Act.Number == "" {
		wrong("act.number", "Укажите номер акта, как он напечатан.")
	} else if utf8.RuneCountInString(x.Act.Number) > 100 {
		wrong("act.number", "Слишком длинно: не больше 100 знаков.")
	}
	switch day, ok := x.Act.Date.Time(); {
	case !ok:
		wrong("act.date", "Укажите дату акта.")
	case register.DateOf(day) > register.DateOf(s.now):
		wrong("act.date", "Эта дата ещё не наступила: акта от %s быть не может.", lang.Date(string(x.Act.Date)))
	}
	for _, f := range []struct {
		field string
		day   register.Date
	}{{"from", x.From}, {"to", x.To}} {
		if _, ok := f.day.Time(); f.day != "" && !ok {
			wrong(f.field, "«%s» — не дата.", f.day)
		}
	}
	if x.From != "" && x.To != "" && x.To < x.From {
		wrong("to", "Назначение кончается раньше, чем начинается.")
	}
	if x.Account != "" && d.people != nil {
		switch _, ok, err := d.people.Person(ctx, x.Account); {
		case err != nil:
			return err
		case !ok:
			wrong("account", "Такой учётной записи нет.")
		}
	}
	for _, o := range s.register.Appointments {
		if o.Key != x.Key && x.Account != "" && o.Account == x.Account && o.Role == x.Role && o.Department == x.Department && overlap(o, x) {
			wrong("account", "Эта учётная запись уже имеет ту же роль%s. Измените то назначение.", until(o.To))
			break
		}
	}
	if len(fs) > 0 {
		return wrongFields(fs)
	}
	return nil
}

func overlap(a, b register.Appointment) bool {
	return (a.To == "" || b.From == "" || b.From <= a.To) && (b.To == "" || a.From == "" || a.From <= b.To)
}

func until(to register.Date) string {
	if to == "" {
		return ""
	}
	return " по " + lang.Date(string(to))
}

// appointmentKey makes a key that says nothing of the person: it stands in the leaf for ever.
func appointmentKey(role string) string {
	b := make([]byte, 6)
	rand.Read(b) //nolint:errcheck // it never fails (crypto/rand)
	return role + "-" + hex.EncodeToString(b)
}

func roles(p *procedure.Procedure) []procedure.Role {
	if p == nil {
		return nil
	}
	return p.Roles
}

func roleClause(p *procedure.Procedure, code string) string {
	for _, r := range roles(p) {
		if r.Code == code {
			return r.Clause
		}
	}
	return ""
}

// RoleTitle names a role in the words of the body's Порядок, or in plain ones where it has none.
func RoleTitle(p *procedure.Procedure, code string) string {
	for _, r := range roles(p) {
		if r.Code == code {
			return r.Title
		}
	}
	switch code {
	case register.RoleOfficer:
		return "уполномоченное лицо"
	case register.RoleDepartment:
		return "сотрудник отдела"
	case register.RoleHead:
		return "руководитель"
	case register.RoleCoordinator:
		return "координатор"
	case register.RoleReader:
		return "читатель"
	}
	return code
}
