package cli

import (
	"github.com/spf13/cobra"
)

func (a *app) cmdMigrate() *cobra.Command {
	return &cobra.Command{
		Use:   "migrate",
		Short: "привести схему базы данных к этой версии программы",
		Long: "Приводит схему базы данных к этой версии программы; данные остаются. Файл в папке данных программа обновляет сама,\n" +
			"когда открывает его. База PostgreSQL обновляется этой командой один раз на все узлы: если её запустят несколько узлов,\nработает один, остальные ждут. Обратного хода нет: прежнюю версию возвращают из резервной копии.",
		Args: takes(0, 0, ""),
		RunE: func(c *cobra.Command, _ []string) error {
			from, to, err := a.place().Migrate(c.Context())
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(map[string]int64{"from": from, "to": to})
			}
			if from == to {
				a.printf("Схема базы данных и так этой версии (%d).\n", to)
				return nil
			}
			a.printf("Схема базы данных обновлена: была %d, стала %d.\n", from, to)
			return nil
		},
	}
}
