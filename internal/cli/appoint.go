package cli

import (
	"perechen/internal/register"
	"perechen/internal/upkeep"

	"github.com/spf13/cobra"
)

func (a *app) cmdAppoint() *cobra.Command {
	var x register.Appointment
	var act, from, to, login string
	c := &cobra.Command{
		Use:     "appoint --person ЛИЦО --act АКТ",
		Short:   "записать, кто назначен уполномоченным лицом и каким актом",
		Example: "  perechen appoint --person \"Иванова И.И.\" --act \"приказ № 10-р от 17.02.2026\"",
		Args:    takes(0, 0, ""),
		RunE: func(c *cobra.Command, _ []string) error {
			if err := required(c, "person", "act"); err != nil {
				return err
			}
			approved, err := parseAct(act)
			if err != nil {
				return err
			}
			x.Act, x.From = approved, approved.Date
			if from != "" {
				if x.From, err = parseDay("--from", from); err != nil {
					return err
				}
			}
			if to != "" {
				if x.To, err = parseDay("--to", to); err != nil {
					return err
				}
			}
			ctx := c.Context()
			in, done, err := a.openAll(ctx)
			if err != nil {
				return err
			}
			defer done()
			b, err := a.body(ctx, in.ledger)
			if err != nil {
				return err
			}
			if login != "" {
				acc, err := in.accounts.ByLogin(ctx, login)
				if err != nil {
					return err
				}
				x.Account = acc.ID
			}
			// The name of a person is erasable content and never part of a key: a key stands in the leaf for ever.
			if x, err = in.desk.Appoint(ctx, upkeep.Local, b.Slug, x, ""); err != nil {
				return err
			}
			if a.json {
				return a.printJSON(x)
			}
			a.printf("Назначение записано: %s, %s № %s.\n", x.Person, x.Act.Kind, x.Act.Number)
			return nil
		},
	}
	c.Flags().StringVar(&x.Person, "person", "", "лицо, как в акте")
	c.Flags().StringVar(&act, "act", "", "акт о назначении: «приказ № 10-р от 17.02.2026»")
	c.Flags().StringVar(&x.Role, "role", "officer", "роль: officer, department, head, coordinator, reader")
	c.Flags().StringVar(&x.Department, "department", "", "отдел, если роль отдела")
	c.Flags().StringVar(&login, "login", "", "имя для входа: связать с учётной записью")
	c.Flags().StringVar(&from, "from", "", "с какого дня (по умолчанию дата акта)")
	c.Flags().StringVar(&to, "to", "", "по какой день")
	c.Flags().BoolVar(&x.Deputy, "deputy", false, "замещает на время отсутствия")
	return c
}
