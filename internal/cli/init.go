package cli

import (
	"context"
	"errors"
	"time"

	"perechen/internal/auth"
	"perechen/internal/ledger"
	"perechen/internal/store"
	"perechen/internal/upkeep"

	"github.com/spf13/cobra"
)

func (a *app) cmdInit() *cobra.Command {
	return &cobra.Command{
		Use:   "init",
		Short: "создать пустую установку в папке данных",
		Args:  takes(0, 0, ""),
		RunE: func(c *cobra.Command, _ []string) error {
			err := a.place().Init(c.Context())
			if errors.Is(err, store.ErrExists) {
				return refusef("%s перечень уже есть; ничего не изменено", a.where())
			}
			if err != nil {
				return err
			}
			l, done, err := a.open(c.Context())
			if err != nil {
				return err
			}
			defer done()
			if a.json {
				return a.printJSON(map[string]string{"data": a.data(), "key": l.Verifier()})
			}
			a.printf("Создано %s.\nОткрытый ключ для проверки документов (%s): %s\nДальше: perechen body add --procedure …\n", a.where(), a.publicFile(), l.Verifier())
			return nil
		},
	}
}

// open opens the installation in the data folder; done releases it.
func (a *app) open(ctx context.Context) (l *ledger.Ledger, done func(), err error) {
	in, done, err := a.openAll(ctx)
	return in.ledger, done, err
}

// An installation is everything that stands on one data folder.
type installation struct {
	store    *store.Store
	ledger   *ledger.Ledger
	desk     *upkeep.Desk
	accounts *auth.Service
}

// openAll opens the installation with the accounts of its people; done releases it.
func (a *app) openAll(ctx context.Context) (in installation, done func(), err error) {
	s, key, err := a.place().Open(ctx)
	if err != nil {
		return in, nil, err
	}
	in = installation{store: s, ledger: ledger.New(s, key, time.Now), accounts: auth.New(s.Accounts(), time.Now)}
	in.desk = upkeep.New(s.Upkeep(), in.ledger, people{in.accounts}, time.Now)
	in.desk.On(in.desk.Notify)
	in.desk.Prints(documents{in.ledger})
	return in, func() { s.Close() }, nil
}

// people are the accounts as the desk asks for them.
type people struct{ accounts *auth.Service }

func (p people) Person(ctx context.Context, account string) (upkeep.Person, bool, error) {
	a, err := p.accounts.Account(ctx, account)
	var e *auth.Error
	if errors.As(err, &e) && e.Code == auth.CodeNotFound {
		return upkeep.Person{}, false, nil
	}
	return upkeep.Person{Account: a.ID, Name: a.Name, Email: a.Email, Admin: a.Admin, Blocked: a.Blocked}, err == nil, err
}
