// Package rights tells who may do what in a body: nothing but the appointments that are in force at a moment. It is pure;
// that an account is an administrator, or blocked, is no business of its.
package rights

import (
	"slices"
	"time"

	"perechen/internal/register"
)

// A Grant is one right of a person: a role, and by which appointment.
type Grant struct {
	Role        string // register.RoleOfficer, …
	Department  string // key; empty: the whole body
	Deputy      bool
	Appointment string // its key
}

// Grants are all rights of one person in one body at one moment; nil is nobody's.
type Grants []Grant

// Of gives what the appointments of r grant to the account at a moment. From and To are days, both inclusive, in the
// location of at: a right begins and ends at midnight there. An excluded appointment is not in r and grants nothing. The
// empty account has no rights, though people may be appointed who do not sign in.
func Of(r *register.Register, account string, at time.Time) Grants {
	if r == nil || account == "" {
		return nil
	}
	day := register.DateOf(at)
	var gs Grants
	for _, a := range r.Appointments {
		if a.Account == account && InForce(a, day) {
			gs = append(gs, Grant{Role: a.Role, Department: a.Department, Deputy: a.Deputy, Appointment: a.Key})
		}
	}
	return gs
}

// InForce tells whether an appointment holds on a day.
func InForce(a register.Appointment, day register.Date) bool {
	return (a.From == "" || a.From <= day) && (a.To == "" || day <= a.To)
}

// Lapsed gives the appointment of the account that ended last before the moment, to say why there is no right any more.
func Lapsed(r *register.Register, account string, at time.Time) (last register.Appointment, ok bool) {
	if r == nil || account == "" {
		return last, false
	}
	day := register.DateOf(at)
	for _, a := range r.Appointments {
		if a.Account == account && a.To != "" && a.To < day && a.To > last.To {
			last, ok = a, true
		}
	}
	return last, ok
}

// Empty tells that there is no right at all.
func (gs Grants) Empty() bool { return len(gs) == 0 }

// Has tells whether one of the roles is held, for the whole body or for any department.
func (gs Grants) Has(roles ...string) bool {
	return slices.ContainsFunc(gs, func(g Grant) bool { return slices.Contains(roles, g.Role) })
}

// In tells whether the role is held for that department: for it or for the whole body.
func (gs Grants) In(role, department string) bool {
	return slices.ContainsFunc(gs, func(g Grant) bool { return g.Role == role && (g.Department == "" || g.Department == department) })
}

// Departments are the departments for which the role is held, without repeats; all is true when it is held for the whole
// body.
func (gs Grants) Departments(role string) (keys []string, all bool) {
	for _, g := range gs {
		switch {
		case g.Role != role:
		case g.Department == "":
			all = true
		case !slices.Contains(keys, g.Department):
			keys = append(keys, g.Department)
		}
	}
	return keys, all
}

// Holders are the accounts that hold the role for that department on a day (empty: the holders for the whole body), to
// whom a notice goes; without repeats. Deputies are among them.
func Holders(r *register.Register, role, department string, day register.Date) []string {
	var accounts []string
	for _, a := range r.Appointments {
		if a.Account == "" || a.Role != role || !InForce(a, day) || a.Department != "" && a.Department != department {
			continue
		}
		if !slices.Contains(accounts, a.Account) {
			accounts = append(accounts, a.Account)
		}
	}
	return accounts
}
