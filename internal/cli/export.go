package cli

import (
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
)

func (a *app) cmdExport() *cobra.Command {
	var out string
	var n int64
	c := &cobra.Command{
		Use:   "export -o ФАЙЛ",
		Short: "выгрузить журнал органа одним файлом, проверяемым без сети",
		Args:  takes(0, 0, ""),
		RunE: func(c *cobra.Command, _ []string) error {
			if err := required(c, "output"); err != nil {
				return err
			}
			ctx := c.Context()
			l, b, done, err := a.openBody(ctx)
			if err != nil {
				return err
			}
			defer done()
			if err := whole(out, func(w io.Writer) error { return l.Export(ctx, b.Slug, n, w) }); err != nil {
				return err
			}
			a.printf("Выгружено: %s\nПроверка: perechen verify %s --key %s\n", out, out, a.publicFile())
			r, err := l.State(ctx, b.Slug, n)
			if err != nil {
				return err
			}
			for _, e := range r.Editions {
				if len(e.Documents) > 0 {
					a.printf("Файлы редакций в выгрузку не входят, в ней их отпечатки: сохраните файлы отдельно (perechen report --edition %d).\n", e.Number)
					break
				}
			}
			return nil
		},
	}
	c.Flags().StringVarP(&out, "output", "o", "", "файл, например zhurnal.jsonl")
	c.Flags().Int64Var(&n, "to", 0, "по какую запись (0 — до конца)")
	return c
}

// whole writes a file whole or not at all.
func whole(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".perechen-*")
	if err != nil {
		return refusef("файл «%s» не записать: %s", path, unwritten(err))
	}
	defer os.Remove(f.Name())
	defer f.Close()
	if err := write(f); err != nil {
		return err
	}
	if err := f.Chmod(0o644); err != nil {
		return refusef("файл «%s» не записать: %s", path, unwritten(err))
	}
	if err := f.Close(); err != nil {
		return refusef("файл «%s» не записать: %s", path, unwritten(err))
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return refusef("файл «%s» не записать: %s", path, unwritten(err))
	}
	return nil
}
