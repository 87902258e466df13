package cli

import (
	"context"
	"errors"
	"time"

	"perechen/internal/auth"
	"perechen/internal/ledger"
	"perechen/internal/store"

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
	ledger   *ledger.Ledger
	accounts *auth.Service
}

// openAll opens the installation with the accounts of its people; done releases it.
func (a *app) openAll(ctx context.Context) (in installation, done func(), err error) {
	s, key, err := a.place().Open(ctx)
	if err != nil {
		return in, nil, err
	}
	in = installation{ledger.New(s, key, time.Now), auth.New(s.Accounts(), time.Now)}
	return in, func() { s.Close() }, nil
}
