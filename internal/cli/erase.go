package cli

import (
	"strconv"

	"perechen/internal/register"
	"perechen/internal/upkeep"

	"github.com/spf13/cobra"
)

func (a *app) cmdErase() *cobra.Command {
	var act, text string
	c := &cobra.Command{
		Use:     "erase ЗАПИСЬ --act АКТ",
		Short:   "стереть содержание записи (персональные данные); доказательства сохраняются",
		Long:    "Стирает содержание одной записи журнала вместе с её солью. Номер, время и отпечаток остаются, журнал проверяется\nпо-прежнему. Стёртое не восстановить.\nФайлы редакций, в которых оно напечатано, уничтожаются вместе с ним; отчёт такой редакции печатается заново, без него.",
		Example: "  perechen erase 12 --act \"статья 21 Федерального закона от 27.07.2006 № 152-ФЗ\" --reason \"заявление субъекта\"",
		Args:    takes(1, 1, "номер записи"),
		RunE: func(c *cobra.Command, args []string) error {
			if err := required(c, "act"); err != nil {
				return err
			}
			n, err := strconv.ParseInt(args[0], 10, 64)
			if err != nil || n < 1 {
				return usagef("«%s» — не номер записи; номера показывает perechen log", args[0])
			}
			ctx := c.Context()
			d, b, done, err := a.openDesk(ctx)
			if err != nil {
				return err
			}
			defer done()
			if err := d.Erase(ctx, upkeep.Local, b.Slug, n, register.Ground{Act: act, Text: text}); err != nil {
				return err
			}
			a.printf("Содержание записи %d стёрто, основание записано в журнал.\n", n)
			return nil
		},
	}
	c.Flags().StringVar(&act, "act", "", "правовое основание")
	c.Flags().StringVar(&text, "reason", "", "пояснение")
	return c
}

func (a *app) cmdRebuild() *cobra.Command {
	return &cobra.Command{
		Use:   "rebuild",
		Short: "вычислить заново из журнала всё, что из него вычислено",
		Args:  takes(0, 0, ""),
		RunE: func(c *cobra.Command, _ []string) error {
			ctx := c.Context()
			l, b, done, err := a.openBody(ctx)
			if err != nil {
				return err
			}
			defer done()
			if err := l.Rebuild(ctx, b.Slug); err != nil {
				return err
			}
			head, err := l.Head(ctx, b.Slug)
			if err != nil {
				return err
			}
			a.printf("Перестроено по %d записям, отпечаток: %s\n", head.N, head.Root)
			return nil
		},
	}
}
