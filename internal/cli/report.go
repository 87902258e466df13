package cli

import (
	"context"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"perechen/internal/ledger"
	"perechen/internal/register"
	"perechen/internal/web"

	"github.com/spf13/cobra"
)

var formats = []string{"docx", "odt", "xlsx", "pdf"}

func (a *app) cmdReport() *cobra.Command {
	var edition int
	var out, on string
	c := &cobra.Command{
		Use:     "report -o ФАЙЛ",
		Short:   "напечатать отчёт по форме порядка (DOCX, ODT, XLSX, PDF)",
		Example: "  perechen report --edition 1 -o otchet.docx",
		Args:    takes(0, 0, ""),
		RunE: func(c *cobra.Command, _ []string) error {
			if edition != 0 && on != "" {
				return usagef("укажите или --edition, или --on")
			}
			return a.document(c, out, func(ctx context.Context, l *ledger.Ledger, slug, format string, w io.Writer) error {
				s := web.State{Body: slug, On: register.Date(on)}
				var err error
				if edition != 0 {
					s, err = a.edition(ctx, l, slug, edition)
				} else {
					s.N, err = a.at(ctx, l, slug, on)
				}
				if err != nil {
					return err
				}
				return documents{l}.Report(ctx, w, s, format)
			})
		},
	}
	c.Flags().IntVar(&edition, "edition", 0, "номер редакции (без него — проект по текущему перечню)")
	c.Flags().StringVar(&on, "on", "", "каким перечень был известен на дату, ГГГГ-ММ-ДД")
	c.Flags().StringVarP(&out, "output", "o", "", "файл .docx, .odt, .xlsx или .pdf")
	return c
}

// document writes one document to a file: whole, or not at all. The format is the file's extension.
func (a *app) document(c *cobra.Command, out string, write func(ctx context.Context, l *ledger.Ledger, slug, format string, w io.Writer) error) error {
	if err := required(c, "output"); err != nil {
		return err
	}
	format := strings.ToLower(strings.TrimPrefix(filepath.Ext(out), "."))
	if !slices.Contains(formats, format) {
		return usagef("-o: «%s»: нужен файл .docx, .odt, .xlsx или .pdf", out)
	}
	ctx := c.Context()
	l, b, done, err := a.openBody(ctx)
	if err != nil {
		return err
	}
	defer done()
	if err := whole(out, func(w io.Writer) error { return write(ctx, l, b.Slug, format, w) }); err != nil {
		return err
	}
	if a.json {
		return a.printJSON(map[string]string{"file": out, "format": format})
	}
	a.printf("Записано: %s\n", out)
	return nil
}

func (a *app) cmdDiff() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:   "diff A B",
		Short: "что изменилось между двумя моментами",
		Long:  "Показывает изменения между двумя моментами: номер редакции (1), номер записи (@31), дата (2026-03-01) или now.\nС -o пишет лист изменений: исключённые слова зачёркнуты, новые подчёркнуты.",
		Args:  takes(2, 2, "два момента"),
		RunE: func(c *cobra.Command, args []string) error {
			if out != "" {
				return a.document(c, out, func(ctx context.Context, l *ledger.Ledger, slug, format string, w io.Writer) error {
					from, to, err := a.moments(ctx, l, slug, args)
					if err != nil {
						return err
					}
					return documents{l}.Diff(ctx, w, from, to, format)
				})
			}
			ctx := c.Context()
			l, b, done, err := a.openBody(ctx)
			if err != nil {
				return err
			}
			defer done()
			from, to, err := a.moments(ctx, l, b.Slug, args)
			if err != nil {
				return err
			}
			return a.printDiff(ctx, l, from, to)
		},
	}
	c.Flags().StringVarP(&out, "output", "o", "", "файл .docx, .odt, .xlsx или .pdf")
	return c
}

func (a *app) moments(ctx context.Context, l *ledger.Ledger, slug string, args []string) (from, to web.State, err error) {
	if from, err = a.moment(ctx, l, slug, args[0]); err != nil {
		return from, to, err
	}
	to, err = a.moment(ctx, l, slug, args[1])
	return from, to, err
}
