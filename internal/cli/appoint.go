package cli

import (
	"perechen/internal/ledger"
	"perechen/internal/register"
	"perechen/internal/upkeep"

	"github.com/spf13/cobra"
)

func (a *app) cmdAppoint() *cobra.Command {
	var x register.Appointment
	var act, from, to string
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
			d, b, done, err := a.openDesk(ctx)
			if err != nil {
				return err
			}
			defer done()
			p, err := d.Ledger().Procedure(ctx, b.Slug, 0)
			if err != nil {
				return err
			}
			known := false
			for _, r := range p.Roles {
				known = known || r.Code == x.Role
			}
			if !known {
				return usagef("--role: в порядке нет роли «%s»", x.Role)
			}
			// The name of a person is erasable content and never part of a key: a key stands in the leaf for ever.
			x.Key = x.Role + "-" + register.SubjectHash(x.Role, x.Act.Number, string(x.Act.Date), string(x.From), x.Department)
			_, err = d.Append(ctx, upkeep.Local, b.Slug, ledger.Batch{
				Changes: []register.Change{{Op: register.Include, Kind: register.KindAppointment, Key: x.Key, Content: register.Encode(x)}},
				Ground:  register.Ground{Act: x.Act.Kind + " № " + x.Act.Number, Text: "назначение"},
				Head:    ledger.AnyHead,
			})
			if err != nil {
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
	c.Flags().StringVar(&x.Role, "role", "officer", "роль порядка")
	c.Flags().StringVar(&x.Department, "department", "", "отдел, если роль отдела")
	c.Flags().StringVar(&from, "from", "", "с какого дня (по умолчанию дата акта)")
	c.Flags().StringVar(&to, "to", "", "по какой день")
	c.Flags().BoolVar(&x.Deputy, "deputy", false, "замещает на время отсутствия")
	return c
}
