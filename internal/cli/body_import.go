package cli

import (
	"io"
	"os"

	"golang.org/x/mod/sumdb/tlog"

	"perechen/internal/lang"
	"perechen/internal/proof"

	"github.com/spf13/cobra"
)

func (a *app) cmdBodyImport() *cobra.Command {
	var keyFile string
	c := &cobra.Command{
		Use:   "import ФАЙЛ",
		Short: "принять орган вместе с журналом из выгрузки (perechen export)",
		Long: "Принимает весь журнал органа из выгрузки: записи, содержание, файлы редакций. Номера, время и отпечатки остаются\n" +
			"прежними, итог подписывается ключом этой установки. Если орган здесь уже есть, его журнал должен быть началом\n" +
			"выгрузки — тогда он продолжается; перечень в другом состоянии не изменяется. Выгрузка проверяется целиком до записи.",
		Example: "  perechen body import zhurnal.jsonl --key perechen.pub.txt",
		Args:    takes(1, 1, "файл выгрузки"),
		RunE: func(c *cobra.Command, args []string) error {
			ctx := c.Context()
			var trust proof.Keys
			if keyFile != "" {
				var err error
				if trust, err = a.trusted(keyFile); err != nil {
					return err
				}
			}
			if f, err := os.Open(args[0]); err != nil {
				return refusef("файл «%s» не читается: %s", args[0], cause(err))
			} else if err := f.Close(); err != nil {
				return err
			}
			l, done, err := a.open(ctx)
			if err != nil {
				return err
			}
			defer done()
			bar := a.newBar()
			im, err := l.Import(ctx, func() (io.ReadCloser, error) { return os.Open(args[0]) }, trust,
				func(done, total int64) { bar.step("Приём", int(done), int(total)) })
			bar.clear()
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(map[string]any{"body": im.Body, "from": im.From, "to": im.To, "before": rootText(im.Before), "after": rootText(im.After), "trusted": im.Trusted})
			}
			if im.To == 0 {
				a.printf("%s: все записи выгрузки уже есть, отпечаток %s совпадает.\n", im.Body, im.After)
				return nil
			}
			a.printf("Принят журнал «%s»: %s (с %d по %d).\nОтпечаток до: %s\nОтпечаток после: %s — как в выгрузке.\n", im.Body,
				lang.Count(int(im.To-im.From+1), "запись", "записи", "записей"), im.From, im.To, rootText(im.Before), im.After)
			if !im.Trusted {
				a.printf("Подпись выгрузки проверена ключом из неё самой; чтобы убедиться, чей он, укажите --key с открытым ключом органа.\n")
			}
			return nil
		},
	}
	c.Flags().StringVar(&keyFile, "key", "", "файл открытого ключа, которым подписана выгрузка")
	return c
}

// rootText is a root as people compare it; the log without entries has none.
func rootText(h tlog.Hash) string {
	if h == (tlog.Hash{}) {
		return "журнала не было"
	}
	return h.String()
}
