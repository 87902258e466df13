package cli

import (
	"perechen/internal/register"
	"perechen/internal/upkeep"

	"github.com/spf13/cobra"
)

func (a *app) cmdFinding() *cobra.Command {
	c := &cobra.Command{
		Use:   "finding",
		Short: "решения по замечаниям",
		Args:  noSuchCommand,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	var reason string
	reject := &cobra.Command{
		Use:     "reject ЗАМЕЧАНИЕ --reason ОБОСНОВАНИЕ",
		Short:   "отклонить замечание с обоснованием",
		Long:    "Отклоняет замечание. Решение остаётся в журнале; замечание не вернётся, пока не изменится то, о чём оно.",
		Example: "  perechen finding reject R1-1a2b3c4d --reason «портал используется только для публикации»",
		Args:    takes(1, 1, "номер замечания, например R1-1a2b3c4d"),
		RunE: func(c *cobra.Command, args []string) error {
			if err := required(c, "reason"); err != nil {
				return err
			}
			ctx := c.Context()
			d, b, done, err := a.openDesk(ctx)
			if err != nil {
				return err
			}
			defer done()
			fs, err := a.findings(ctx, d.Ledger(), b.Slug, "")
			if err != nil {
				return err
			}
			for _, f := range fs {
				if f.ID != args[0] {
					continue
				}
				if f.Rejected != "" {
					return refusef("замечание %s уже отклонено: %s", f.ID, f.Rejected)
				}
				if err := d.RejectFinding(ctx, upkeep.Local, b.Slug, f, reason); err != nil {
					return err
				}
				if a.json {
					return a.printJSON(register.Decision{Finding: f.ID, Rule: f.Rule, Subject: f.Subject, Reason: reason})
				}
				a.printf("Замечание %s отклонено, обоснование записано в журнал.\n", f.ID)
				return nil
			}
			return refusef("нет замечания «%s»; список: perechen check --body %s", args[0], b.Slug)
		},
	}
	reject.Flags().StringVar(&reason, "reason", "", "обоснование")
	c.AddCommand(reject)
	return c
}
