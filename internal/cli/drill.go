package cli

import (
	"context"
	"time"

	"perechen/internal/backup"
	"perechen/internal/ledger"

	"github.com/spf13/cobra"
)

func (a *app) cmdDrill() *cobra.Command {
	var o custody
	c := &cobra.Command{
		Use:   "drill [ФАЙЛ|ПАПКА]",
		Short: "учение: проверить, что из резервной копии можно восстановиться",
		Long: "Восстанавливает копию (из папки — самую новую) в стороне, во временной папке, проверяет каждую запись, дерево и подпись и\n" +
			"рассказывает, что вышло; ничего не меняет. Если рядом есть действующая установка, копия сверяется с ней: журнал копии\n" +
			"должен быть началом действующего. Код выхода 3, если восстановиться нельзя. Без имени смотрит папку из настройки backups.\n" +
			"По расписанию учения проводит и сам perechen serve: --drill-times.",
		Example: "  perechen drill /mnt/kopii",
		Args:    takes(0, 1, "резервная копия или папка с ними"),
		RunE: func(c *cobra.Command, args []string) error {
			ctx := c.Context()
			path, err := o.target(c, args)
			if err != nil {
				return err
			}
			file, err := backup.Newest(path)
			if err != nil {
				return err
			}
			live, done := a.beside(ctx)
			defer done()
			bar := a.newBar()
			r, err := backup.Drill(ctx, file, live, bar.progress)
			bar.clear()
			if err != nil {
				return err
			}
			if a.json {
				if err := a.printJSON(r); err != nil {
					return err
				}
			} else {
				a.printDrill(r)
			}
			if !r.OK {
				return &failure{code: exitDamaged}
			}
			return nil
		},
	}
	o.folder(c.Flags())
	return c
}

// beside opens the installation to compare with; nil when there is none, as on a machine that has only the backup.
func (a *app) beside(ctx context.Context) (live *ledger.Ledger, done func()) {
	l, done, err := a.open(ctx)
	if err != nil {
		return nil, func() {}
	}
	return l, done
}

func (a *app) printDrill(r backup.Report) {
	a.printf("Копия %s от %s\n", r.File, r.Time.In(time.Local).Format("02.01.2006 15:04:05"))
	for _, l := range r.Logs {
		a.printf("%s: %s, отпечаток %s. %s\n", l.Body, entries(l.Entries), l.Root, l.Text)
	}
	if !r.Compared {
		a.printf("Действующей установки рядом нет: копия сверена только сама с собой.\n")
	}
	if !r.Key {
		a.printf("Ключа подписи в копии нет: для восстановления он понадобится отдельно.\n")
	}
	if r.OK {
		a.printf("Восстановиться можно. Учение заняло %.1f с.\n", r.Seconds)
	} else {
		a.printf("Восстановиться НЕЛЬЗЯ. Сделайте новую копию и проверьте место, где они лежат.\n")
	}
}
