package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime/debug"
	"slices"
	"time"

	"perechen/internal/check"
	"perechen/internal/intake"
	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/office"
	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/render"

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
			defer debug.SetGCPercent(debug.SetGCPercent(40))
			defer debug.SetMemoryLimit(debug.SetMemoryLimit(importMemory))
			ctx := c.Context()
			l, b, done, err := a.openBody(ctx)
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
			im, err := a.read(ctx, l, b.Slug, filepath.Base(args[0]), doc, opt, bar)
			if err != nil {
				return err
			}
			if accept && len(im.plan.Changes) > 0 {
				if err := a.accept(ctx, l, b.Slug, im, register.Ground{Clause: clause, Text: text}, bar); err != nil {
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
const importMemory = 170 << 20

// An imported is a file that has been read against a register.
type imported struct {
	draft *intake.Draft
	plan  *intake.Plan
	proc  *procedure.Procedure
	head  int64

	pending bool // there were changes to accept
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
	return &imported{draft: d, plan: d.Against(cur, p, opt), proc: p, head: head.N}, ctx.Err()
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
func (a *app) accept(ctx context.Context, l *ledger.Ledger, slug string, im *imported, g register.Ground, bar *bar) error {
	b := ledger.Batch{Changes: im.plan.Changes, Ground: g, Actor: actor, Head: im.head}
	_, err := l.AppendProgress(ctx, slug, b, func(done, total int) { bar.step("Запись в журнал", done, total) })
	return err
}

// The object of import --json.
type (
	importFacts struct {
		File       string               `json:"file"`
		Format     string               `json:"format"`
		Act        *register.Act        `json:"act,omitempty"`
		Processes  []processFact        `json:"processes"`
		Points     list[pointFact]      `json:"points"`
		Usages     list[usageFact]      `json:"usages"`
		Declared   []pointFact          `json:"declared"`
		Attributes []register.Attribute `json:"attributes,omitempty"`
		Profiles   []register.Profile   `json:"profiles,omitempty"`
		Changes    changeCounts         `json:"changes"`
		Items      list[intake.Item]    `json:"items"`
		Findings   []register.Finding   `json:"findings"`
		Skipped    []intake.Skipped     `json:"skipped,omitempty"`
	}
	processFact struct {
		Key   string `json:"key"`
		Title string `json:"title"`
	}
	pointFact struct {
		Key        string           `json:"key"`
		Kind       string           `json:"kind"`
		Class      register.Class   `json:"class"`
		Label      string           `json:"label"`
		Value      string           `json:"value"`
		Contact    string           `json:"contact,omitempty"`
		Department string           `json:"department,omitempty"`
		Source     *register.Source `json:"source,omitempty"`
	}
	usageFact struct {
		Process string           `json:"process"`
		Point   string           `json:"point"`
		Needs   []string         `json:"needs"`
		Text    string           `json:"text"`
		Class   register.Class   `json:"class"`
		Source  *register.Source `json:"source,omitempty"`
	}
	changeCounts struct {
		Included int `json:"included"`
		Changed  int `json:"changed"`
		Excluded int `json:"excluded"`
	}
)

func (im *imported) facts() importFacts {
	d := im.draft
	f := importFacts{File: d.File, Format: d.Format, Act: d.Act, Attributes: d.Attributes, Profiles: d.Profiles, Skipped: d.Skipped,
		Processes: []processFact{}, Declared: []pointFact{}}
	in, ch, ex := im.plan.Included, im.plan.Changed, im.plan.Excluded
	f.Changes = changeCounts{len(in), len(ch), len(ex)}
	f.Items = list[intake.Item]{len(in) + len(ch) + len(ex), func(i int) intake.Item {
		switch {
		case i < len(in):
			return in[i]
		case i < len(in)+len(ch):
			return ch[i-len(in)]
		}
		return ex[i-len(in)-len(ch)]
	}}
	f.Findings, _ = settle(im.findings)
	titles := map[string]string{}
	for _, p := range d.Processes {
		titles[p.Key] = p.Title
		f.Processes = append(f.Processes, processFact{im.plan.ProcessKey(p.Key), p.Title})
	}
	for _, t := range d.Declared {
		f.Declared = append(f.Declared, im.point(t))
	}
	if f.Points = (list[pointFact]{len(d.Touchpoints), func(i int) pointFact { return im.point(d.Touchpoints[i]) }}); !d.HasTable {
		f.Points = listOf(f.Declared) // they are all that the file brings
	}
	f.Usages = list[usageFact]{len(d.Usages), func(i int) usageFact {
		u := &d.Usages[i]
		return usageFact{titles[u.Process], im.plan.PointKey(u.Touchpoint), u.NeedCodes(), u.Text, u.Printed, u.Source}
	}}
	return f
}

func (im *imported) point(t register.Touchpoint) pointFact {
	class, _ := im.proc.ClassOf(t)
	return pointFact{im.plan.PointKey(t.Key), t.Kind, class, t.Label, t.Value, t.Contact, t.Department, t.Source}
}

// What a person reads on a terminal; the rest is counted.
const (
	mostRows  = 200
	mostItems = 40
)

func (a *app) printImport(im *imported, accepted bool) {
	f := im.facts()
	a.printf("%s (%s): %s, %s, %s", f.File, f.Format,
		lang.Count(len(f.Processes), "процесс", "процесса", "процессов"),
		lang.Count(f.Points.n, "точка", "точки", "точек"),
		lang.Count(f.Usages.n, "взаимодействие", "взаимодействия", "взаимодействий"))
	if len(f.Declared) > 0 {
		a.printf("; в разделе 3 заявлено: %d", len(f.Declared))
	}
	a.printf("\n")
	printed := ""
	for i := range f.Usages.n {
		if i == mostRows {
			a.printf("  … и ещё %d; все — в --json\n", f.Usages.n-i)
			break
		}
		u := f.Usages.at(i)
		if u.Process != printed {
			a.printf("\n%s\n", u.Process)
			printed = u.Process
		}
		a.printf("  %-8s %s: %s  (%s)\n", render.ClassWord(u.Class), u.Point, u.Text, where(u.Source))
	}
	if len(f.Declared) > 0 {
		a.printf("\nЗаявлено в разделе 3 (предложения)\n")
		for _, t := range f.Declared {
			a.printf("  %-8s %s  (%s)\n", render.ClassWord(t.Class), register.Touchpoint{Label: t.Label, Value: t.Value}.Text(), where(t.Source))
		}
	}
	for _, s := range f.Skipped {
		a.printf("\nНе вошло: %s (%s)\n", s.Text, where(s.Source))
	}
	a.printFindings(f.Findings)
	verb := "Изменилось бы"
	if accepted {
		verb = "Записано"
	}
	a.printf("\n%s: включено %d, изменено %d, исключено %d.\n", verb, f.Changes.Included, f.Changes.Changed, f.Changes.Excluded)
	for i := range f.Items.n {
		if i == mostItems {
			a.printf("  … и ещё %d; все — в --json\n", f.Items.n-i)
			break
		}
		item := f.Items.at(i)
		a.printf("  %s: %s\n", render.OpWord(item.Op), item)
	}
	if !accepted && im.pending {
		a.printf("Ничего не изменено. Чтобы включить: добавьте --accept --ground 4.1\n")
	}
}

// where says in words where a value stood.
func where(s *register.Source) string {
	if s == nil {
		return ""
	}
	var out string
	add := func(format string, v any) {
		if out != "" {
			out += ", "
		}
		out += fmt.Sprintf(format, v)
	}
	if s.Page > 0 {
		add("стр. %d", s.Page)
	}
	if s.Sheet != "" {
		add("лист «%s»", s.Sheet)
	}
	if s.Table > 0 {
		add("таблица %d", s.Table)
	}
	if s.Row > 0 {
		add("строка %d", s.Row)
	}
	if s.Line > 0 {
		add("строка файла %d", s.Line)
	}
	if s.Cell != "" {
		add("%s", s.Cell)
	}
	return out
}
