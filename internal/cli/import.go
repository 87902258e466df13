package cli

import (
	"context"
	"path/filepath"
	"runtime/debug"
	"slices"
	"time"

	"perechen/internal/check"
	"perechen/internal/intake"
	"perechen/internal/ledger"
	"perechen/internal/office"
	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/upkeep"

	"github.com/spf13/cobra"
)

func (a *app) cmdImport() *cobra.Command {
	var accept bool
	var clause, text string
	var opt intake.Options
	c := &cobra.Command{
		Use:   "import ФАЙЛ",
		Short: "прочитать приказ или таблицу; с --accept — включить в перечень",
		Long: "Читает DOCX, ODT, XLSX, CSV и TXT (старые DOC и RTF — через LibreOffice, если он установлен): приказ целиком\n" +
			"или одну таблицу. Без --accept ничего не меняет: показывает, что найдено, где и что изменилось бы.",
		Example: "  perechen import prikaz.docx\n  perechen import prikaz.docx --accept --ground 4.1",
		Args:    takes(1, 1, "файл"),
		RunE: func(c *cobra.Command, args []string) error {
			if accept {
				if err := required(c, "ground"); err != nil {
					return err
				}
			}
			// A workbook of a hundred thousand rows fits in 256 MB if garbage is collected in time.
			defer debug.SetMemoryLimit(debug.SetMemoryLimit(importMemory))
			ctx := c.Context()
			d, b, done, err := a.openDesk(ctx)
			if err != nil {
				return err
			}
			defer done()
			bar := a.newBar()
			defer bar.clear()
			bar.say("Чтение файла")
			doc, err := office.ReadFile(ctx, args[0], office.DefaultLimits)
			if err != nil {
				return err
			}
			im, err := a.read(ctx, d.Ledger(), b.Slug, filepath.Base(args[0]), doc, opt, bar)
			if err != nil {
				return err
			}
			if accept {
				if clause, err = groundClause(im.proc, clause); err != nil {
					return err
				}
			}
			if !a.json {
				im.shorten()
			}
			if accept && len(im.plan.Changes) > 0 {
				if err := a.accept(ctx, d, b.Slug, im, register.Ground{Clause: clause, Text: text}, bar); err != nil {
					return err
				}
			}
			bar.say("Проверка")
			im.check()
			bar.clear()
			if a.json {
				return a.streamJSON(im.facts())
			}
			a.printImport(im, accept)
			return nil
		},
	}
	c.Flags().BoolVar(&accept, "accept", false, "включить прочитанное в перечень, всё или ничего")
	c.Flags().StringVar(&clause, "ground", "", "основание: пункт порядка, например 4.1")
	c.Flags().StringVar(&text, "reason", "", "пояснение к основанию")
	c.Flags().BoolVar(&opt.Partial, "partial", false, "файл — часть перечня: ничего не исключать")
	c.Flags().BoolVar(&opt.Declared, "declared", false, "включить и точки раздела 3, которых нет в таблице")
	return c
}

// importMemory is how much heap an import may hold before the collector works harder; the program itself takes the rest of
// the 256 MB that the documented limits promise.
const importMemory = 160 << 20

// An imported is a file that has been read against a register.
type imported struct {
	draft *intake.Draft
	plan  *intake.Plan
	proc  *procedure.Procedure
	head  int64

	pending bool         // there were changes to accept
	counts  importCounts // of the draft and the plan, which shorten cuts
	// findings are the doubts of reading, then what a check of the register after the changes would find.
	findings []register.Finding
}

// read parses a document and plans what it would change in the register as it is now.
func (a *app) read(ctx context.Context, l *ledger.Ledger, slug, file string, doc *office.Doc, opt intake.Options, bar *bar) (*imported, error) {
	head, err := l.Head(ctx, slug)
	if err != nil {
		return nil, err
	}
	cur, err := l.State(ctx, slug, head.N)
	if err != nil {
		return nil, err
	}
	p, err := l.Procedure(ctx, slug, head.N)
	if err != nil {
		return nil, err
	}
	bar.say("Разбор таблицы")
	d, err := intake.Parse(doc, file, p)
	if err != nil {
		return nil, err
	}
	im := &imported{draft: d, plan: d.Against(cur, p, opt), proc: p, head: head.N}
	im.counts = importCounts{len(d.Usages), len(im.plan.Included), len(im.plan.Changed), len(im.plan.Excluded)}
	return im, ctx.Err()
}

// importCounts are how many rows a file has and how many changes follow from it.
type importCounts struct{ usages, included, changed, excluded int }

// shorten drops of the rows and of the lines of the preview what is only counted on a terminal: a large import writes
// without them in its memory.
func (im *imported) shorten() {
	d, p := im.draft, im.plan
	d.Usages = first(d.Usages, mostRows)
	p.Included, p.Changed, p.Excluded = first(p.Included, mostItems), first(p.Changed, mostItems), first(p.Excluded, mostItems)
}

// first is a copy of the first so many; all when they are no more.
func first[T any](s []T, most int) []T {
	if len(s) <= most {
		return s
	}
	return slices.Clone(s[:most])
}

// check drops the written or unwanted changes, which a large import must not hold any longer, and checks the register as
// it is after them.
func (im *imported) check() {
	im.pending = len(im.plan.Changes) > 0
	im.plan.Changes = nil
	im.findings = check.Run(check.Input{Register: im.plan.Target, Procedure: im.proc, On: register.DateOf(time.Now())})
	im.findings = append(doubts(im.plan.Findings, im.findings), im.findings...)
}

// doubts are the findings of reading that the check of what was read does not repeat: the same rule about the same words.
func doubts(reading, checked []register.Finding) []register.Finding {
	if len(reading) == 0 {
		return nil
	}
	said := map[string]bool{}
	for _, f := range checked {
		for _, p := range f.Places {
			said[f.Rule+p.Quote] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(reading), func(f register.Finding) bool {
		for _, p := range f.Places {
			if !said[f.Rule+p.Quote] {
				return false
			}
		}
		return len(f.Places) > 0
	})
}

// accept writes a plan to the log, all or nothing.
func (a *app) accept(ctx context.Context, d *upkeep.Desk, slug string, im *imported, g register.Ground, bar *bar) error {
	b := ledger.Batch{Changes: im.plan.Changes, Ground: g, Head: im.head}
	_, err := d.AppendProgress(ctx, upkeep.Local, slug, b, func(done, total int) { bar.step("Запись в журнал", done, total) })
	return err
}
