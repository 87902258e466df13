package cli

import (
	"os"
	"path/filepath"
	"time"

	"perechen/internal/backup"
	"perechen/internal/lang"

	"github.com/spf13/cobra"
)

func (a *app) cmdBackup() *cobra.Command {
	var withoutKey bool
	var o custody
	c := &cobra.Command{
		Use:   "backup [ФАЙЛ|ПАПКА]",
		Short: "сделать резервную копию, не останавливая работу",
		Long: "Записывает одним файлом всё, что есть в установке на один момент: журналы, содержание, файлы, предложения, учётные\n" +
			"записи; сеансы не сохраняются. Копия с SQLite и с PostgreSQL одного вида и восстанавливается в любую из них. В ней лежит и\n" +
			"ключ подписи (если не указано --without-key): храните её как ключ. В папке файл получает имя по времени; без имени берётся\n" +
			"папка из настройки backups. По расписанию копии делает и сам perechen serve: --backup-times.",
		Example: "  perechen backup /mnt/kopii\n  perechen backup kopiya.tar.gz --without-key",
		Args:    takes(0, 1, "файл или папка"),
		RunE: func(c *cobra.Command, args []string) error {
			ctx := c.Context()
			path, err := o.target(c, args)
			if err != nil {
				return err
			}
			now := time.Now()
			if info, err := os.Stat(path); err == nil && info.IsDir() {
				path = filepath.Join(path, backup.Name(now))
			}
			s, key, err := a.place().Open(ctx)
			if err != nil {
				return err
			}
			defer s.Close()
			bar := a.newBar()
			bar.say("Копирование")
			m, err := backup.Write(ctx, path, s, key, !withoutKey, now, func(done, total int64) { bar.step("Копирование", int(done), int(total)) })
			bar.clear()
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(map[string]any{"file": path, "manifest": m})
			}
			a.printf("Резервная копия: %s\n", path)
			for _, l := range m.Logs {
				a.printf("%s: %s, отпечаток %s\n", l.Body, entries(l.Entries), l.Root)
			}
			if m.Key {
				a.printf("В копии лежит ключ подписи: храните её там же, где хранили бы ключ.\n")
			} else {
				a.printf("Ключа подписи в копии нет: сохраните его отдельно, без него после восстановления в перечень не записать.\n")
			}
			a.printf("Проверить, что из копии можно восстановиться: perechen drill %s\n", path)
			return nil
		},
	}
	c.Flags().BoolVar(&withoutKey, "without-key", false, "не класть в копию ключ подписи")
	o.folder(c.Flags())
	return c
}

func entries(n int64) string {
	return lang.Count(int(n), "запись", "записи", "записей")
}
