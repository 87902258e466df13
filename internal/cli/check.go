package cli

import (
	"context"
	"time"

	"perechen/internal/check"
	"perechen/internal/ledger"
	"perechen/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) cmdCheck() *cobra.Command {
	var on string
	c := &cobra.Command{
		Use:   "check",
		Short: "проверить перечень и порядок, показать замечания",
		Long:  "Проверяет перечень по правилам R1–R25. Код выхода 1, если есть замечание вида «нарушение».",
		Args:  takes(0, 0, ""),
		RunE: func(c *cobra.Command, _ []string) error {
			var day register.Date
			if on != "" {
				var err error
				if day, err = parseDay("--on", on); err != nil {
					return err
				}
			}
			ctx := c.Context()
			l, b, done, err := a.openBody(ctx)
			if err != nil {
				return err
			}
			defer done()
			fs, err := a.findings(ctx, l, b.Slug, day)
			if err != nil {
				return err
			}
			open, rejected := settle(fs)
			if a.json {
				if err := a.printJSON(map[string]any{"findings": open, "rejected": rejected}); err != nil {
					return err
				}
			} else {
				a.printFindings(open)
				if len(rejected) > 0 {
					a.printf("\nОтклонено с обоснованием: %d\n", len(rejected))
					for _, f := range rejected {
						a.printf("  %s  %s\n    Обоснование: %s\n", f.ID, f.Text, f.Rejected)
					}
				}
			}
			for _, f := range open {
				if f.Severity == register.Violation {
					return &failure{code: exitRefused}
				}
			}
			return nil
		},
	}
	c.Flags().StringVar(&on, "on", "", "на какой день проверять: сроки и ограничения этого дня, ГГГГ-ММ-ДД (по умолчанию сегодня)")
	return c
}

// findings checks the register as it is known now, by the rules and validity dates of a day; an empty day is today.
func (a *app) findings(ctx context.Context, l *ledger.Ledger, slug string, on register.Date) ([]register.Finding, error) {
	if on == "" {
		on = register.DateOf(time.Now())
	}
	r, err := l.State(ctx, slug, 0)
	if err != nil {
		return nil, err
	}
	p, err := l.Procedure(ctx, slug, r.N)
	if err != nil {
		return nil, err
	}
	var entries []register.Entry
	if err := l.Lines(ctx, slug, 1, r.N, func(e register.Entry) error {
		entries = append(entries, e)
		return nil
	}); err != nil {
		return nil, err
	}
	return check.Run(check.Input{Register: r, Procedure: p, On: on, Entries: entries}), nil
}

// settle parts the findings into those that ask for an answer and those that have been rejected.
func settle(fs []register.Finding) (open, rejected []register.Finding) {
	open, rejected = []register.Finding{}, []register.Finding{}
	for _, f := range fs {
		if f.Rejected != "" {
			rejected = append(rejected, f)
		} else {
			open = append(open, f)
		}
	}
	return open, rejected
}

func (a *app) printFindings(fs []register.Finding) {
	if len(fs) == 0 {
		a.printf("Замечаний нет.\n")
		return
	}
	for _, s := range []register.Severity{register.Violation, register.Unclear, register.Form} {
		first := true
		for _, f := range fs {
			if f.Severity != s {
				continue
			}
			if first {
				a.printf("\n%s\n", heading(s))
				first = false
			}
			a.printf("\n  %s  %s\n", f.ID, f.Text)
			for _, p := range f.Places {
				a.printf("    — %s", p.Text)
				if p.Quote != "" {
					a.printf(": «%s»", p.Quote)
				}
				a.printf("\n")
			}
			if f.Fix != "" {
				a.printf("    Что делать: %s\n", f.Fix)
			}
			for _, d := range f.DependsOn {
				a.printf("    Исчезнет, если исправить %s\n", d)
			}
		}
	}
}

func heading(s register.Severity) string {
	switch s {
	case register.Violation:
		return "НАРУШЕНИЯ"
	case register.Unclear:
		return "НЕЯСНОСТИ"
	}
	return "ОФОРМЛЕНИЕ"
}
