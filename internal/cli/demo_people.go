package cli

import (
	"context"
	"errors"
	"strings"
	"time"

	"perechen/internal/auth"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// demoPeople are the people of each body in the demonstration; their logins end in the body's address.
var demoPeople = []struct{ login, name, role string }{
	{"upolnomochenny", "Иванова И.И.", register.RoleOfficer},
	{"otdel", "Петров П.П.", register.RoleDepartment},
	{"rukovoditel", "Сидорова С.С.", register.RoleHead},
}

// demoAccounts makes an administrator and the people of both bodies, appointed by acts of the demonstration, and gives all
// of them one new password, which the terminal shows: at every start, because it is kept nowhere.
func (a *app) demoAccounts(ctx context.Context, in installation) error {
	password := auth.RandomPassword()
	account := func(n auth.NewAccount) (auth.Account, error) {
		n.Password = password
		acc, err := in.accounts.ByLogin(ctx, n.Login)
		if errors.Is(err, auth.ErrNotFound) {
			return in.accounts.Add(ctx, byTerminal, n)
		}
		if err != nil {
			return acc, err
		}
		return acc, in.accounts.SetPassword(ctx, byTerminal, acc.ID, password)
	}
	bodies, err := in.ledger.Bodies(ctx)
	if err != nil {
		return err
	}
	today := register.DateOf(time.Now())
	logins := []string{"admin"}
	if _, err := account(auth.NewAccount{Login: "admin", Name: "Администратор", Admin: true}); err != nil {
		return err
	}
	for _, b := range bodies {
		r, err := in.ledger.State(ctx, b.Slug, 0)
		if err != nil {
			return err
		}
		for _, p := range demoPeople {
			acc, err := account(auth.NewAccount{Login: p.login + "-" + b.Slug, Name: p.name})
			if err != nil {
				return err
			}
			logins = append(logins, acc.Login)
			if appointed(r, acc.ID) {
				continue
			}
			x := register.Appointment{Role: p.role, Person: p.name, Account: acc.ID, Act: register.Act{Kind: "приказ", Number: "1-демо", Date: today}, From: today}
			if p.role == register.RoleDepartment && len(r.Departments) > 0 {
				x.Department = r.Departments[0].Key
			}
			if _, err := in.desk.Appoint(ctx, upkeep.Local, b.Slug, x, ""); err != nil {
				return err
			}
		}
	}
	a.printf("Имена для входа: %s\nПароль у всех один, только на этот запуск: %s\n", strings.Join(logins, ", "), password)
	return nil
}

// appointed tells whether the account has an appointment.
func appointed(r *register.Register, account string) bool {
	for _, x := range r.Appointments {
		if x.Account == account {
			return true
		}
	}
	return false
}
