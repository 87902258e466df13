package cli

import (
	"context"
	"io"
	"path/filepath"
	"time"

	"perechen/internal/intake"
	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/office"
	"perechen/internal/register"
	"perechen/internal/render"
	"perechen/internal/upkeep"
	"perechen/internal/web"

	"github.com/spf13/cobra"
)

func (a *app) cmdProcesses() *cobra.Command {
	var on, out string
	c := &cobra.Command{
		Use:     "processes",
		Short:   "реестр межведомственных и внутриведомственных процессов",
		Long:    "Показывает реестр процессов или пишет его в файл, который читается обратно без изменений.\nПодкоманда import читает реестр из файла.",
		Example: "  perechen processes\n  perechen processes -o reestr.docx\n  perechen processes import reestr.xlsx",
		Args:    noSuchCommand,
		RunE: func(c *cobra.Command, _ []string) error {
			if out != "" {
				return a.document(c, out, func(ctx context.Context, l *ledger.Ledger, slug, format string, w io.Writer) error {
					n, err := a.at(ctx, l, slug, on)
					if err != nil {
						return err
					}
					return documents{l}.Processes(ctx, w, web.State{Body: slug, N: n, On: register.Date(on)}, format)
				})
			}
			r, _, err := a.state(c, on)
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(r.Processes)
			}
			a.printProcesses(r)
			return nil
		},
	}
	c.Flags().StringVar(&on, "on", "", "каким реестр был известен на дату, ГГГГ-ММ-ДД")
	c.Flags().StringVarP(&out, "output", "o", "", "файл .docx, .odt, .xlsx или .pdf")
	c.AddCommand(a.cmdProcessesImport())
	return c
}

func (a *app) printProcesses(r *register.Register) {
	departments := map[string]string{}
	for _, d := range r.Departments {
		departments[d.Key] = d.Title
	}
	a.printf("%s\nРеестр процессов: %s\n\n", r.Organisation.Name, lang.Count(len(r.Processes), "процесс", "процесса", "процессов"))
	for i, p := range r.Processes {
		a.printf("%d. %s  [%s]\n", i+1, p.Title, p.Key)
		for _, f := range [][2]string{{"вид", p.Scope}, {"направление", p.Direction}, {"отдел", departments[p.Department]}, {"включён", citation(p.Included)}, {"исключён", citation(p.Excluded)}} {
			if f[1] != "" {
				a.printf("   %s: %s\n", f[0], f[1])
			}
		}
	}
}

func citation(x *register.Act) string {
	if x == nil {
		return ""
	}
	if text := x.Text(); text != "" {
		return text
	}
	return "акт не назван"
}

// The object of processes import --json.
type processesFacts struct {
	File      string             `json:"file"`
	Format    string             `json:"format"`
	Act       *register.Act      `json:"act,omitempty"`
	Processes []processRow       `json:"processes"`
	Changes   changeCounts       `json:"changes"`
	Items     []intake.Item      `json:"items"`
	Tasks     []register.Task    `json:"tasks"` // that the changes open; of a dry run, none
	Findings  []register.Finding `json:"findings"`
	Skipped   []intake.Skipped   `json:"skipped,omitempty"`
}

type processRow struct {
	register.Process
	Source *register.Source `json:"source,omitempty"`
}

func (a *app) cmdProcessesImport() *cobra.Command {
	var accept bool
	var clause, text, act string
	var opt intake.ProcessOptions
	c := &cobra.Command{
		Use:   "import ФАЙЛ",
		Short: "прочитать реестр процессов из файла; с --accept — внести изменения",
		Long: "Читает DOCX, ODT, XLSX, CSV и TXT: таблицы с названиями процессов, их видом, направлением деятельности,\n" +
			"ответственным отделом, актами о включении и исключении — в любом порядке граф. Процессы узнаются по названию.\n" +
			"Процесс, которого в файле больше нет, исключается актом --act, если файл — не часть реестра (--partial).\n" +
			"Без --accept ничего не меняет.",
		Example: "  perechen processes import reestr.xlsx\n  perechen processes import reestr.xlsx --accept --ground 4.1 --act \"приказ № 12 от 01.06.2026\"",
		Args:    takes(1, 1, "файл"),
		RunE: func(c *cobra.Command, args []string) error {
			if accept {
				if err := required(c, "ground"); err != nil {
					return err
				}
			}
			if act != "" {
				var ok bool
				if opt.Act, ok = intake.ReadAct(act); !ok {
					return usagef("--act: «%s» непонятно; нужно, например, «приказ № 9-р от 16.02.2026»", act)
				}
			}
			opt.On = register.DateOf(time.Now())
			ctx := c.Context()
			d, b, done, err := a.openDesk(ctx)
			if err != nil {
				return err
			}
			defer done()
			doc, err := office.ReadFile(ctx, args[0], office.DefaultLimits)
			if err != nil {
				return err
			}
			l := d.Ledger()
			cur, err := l.State(ctx, b.Slug, 0)
			if err != nil {
				return err
			}
			p, err := l.Procedure(ctx, b.Slug, cur.N)
			if err != nil {
				return err
			}
			read, err := intake.ParseProcesses(doc, filepath.Base(args[0]), p, cur.Departments)
			if err != nil {
				return err
			}
			plan := read.Against(cur, opt)
			f := processesFacts{File: read.File, Format: read.Format, Act: read.Act, Findings: plan.Findings, Skipped: read.Skipped, Items: []intake.Item{}, Tasks: []register.Task{}}
			for i, x := range read.Processes {
				f.Processes = append(f.Processes, processRow{x, read.Source(i)})
			}
			f.Changes = changeCounts{Included: len(plan.Included), Changed: len(plan.Changed), Excluded: len(plan.Excluded)}
			f.Items = append(append(append(f.Items, plan.Included...), plan.Changed...), plan.Excluded...)
			if accept {
				if clause, err = groundClause(p, clause); err != nil {
					return err
				}
			}
			if accept && len(plan.Changes) > 0 {
				g := register.Ground{Clause: clause, Text: text, Act: opt.Act.Text()}
				got, err := d.Append(ctx, upkeep.Local, b.Slug, ledger.Batch{Changes: plan.Changes, Ground: g, Head: cur.N})
				if err != nil {
					return err
				}
				after, err := l.State(ctx, b.Slug, got.To)
				if err != nil {
					return err
				}
				f.Tasks = append(f.Tasks, newTasks(cur, after)...)
			}
			if a.json {
				return a.printJSON(f)
			}
			a.printProcessImport(f, accept, p.Actualise.Clause)
			return nil
		},
	}
	c.Flags().BoolVar(&accept, "accept", false, "внести прочитанное в реестр процессов, всё или ничего")
	c.Flags().StringVar(&clause, "ground", "", "основание: пункт порядка, например 4.1")
	c.Flags().StringVar(&text, "reason", "", "пояснение к основанию")
	c.Flags().StringVar(&act, "act", "", "акт, которым исключаются процессы: «приказ № 12 от 01.06.2026»")
	c.Flags().BoolVar(&opt.Partial, "partial", false, "файл — часть реестра: ничего не исключать")
	return c
}

// newTasks are the tasks that are open after and were not before.
func newTasks(before, after *register.Register) []register.Task {
	open := map[string]bool{}
	for _, t := range before.Tasks {
		open[t.Key] = t.Done == ""
	}
	var ts []register.Task
	for _, t := range after.Tasks {
		if t.Done == "" && !open[t.Key] {
			ts = append(ts, t)
		}
	}
	return ts
}

func (a *app) printProcessImport(f processesFacts, accepted bool, clause string) {
	a.printf("%s (%s): %s\n\n", f.File, f.Format, lang.Count(len(f.Processes), "процесс", "процесса", "процессов"))
	for i, x := range f.Processes {
		if i == mostRows {
			a.printf("  … и ещё %d; все — в --json\n", len(f.Processes)-i)
			break
		}
		a.printf("  %s  (%s)\n", x.Title, intake.Where(x.Source))
	}
	for _, s := range f.Skipped {
		a.printf("\nНе вошло: %s — %s (%s)\n", s.Text, s.Reason, intake.Where(s.Source))
	}
	a.printFindings(f.Findings)
	verb := "Изменилось бы"
	if accepted {
		verb = "Записано"
	}
	a.printf("\n%s: включено %d, изменено %d, исключено %d.\n", verb, f.Changes.Included, f.Changes.Changed, f.Changes.Excluded)
	for i, it := range f.Items {
		if i == mostItems {
			a.printf("  … и ещё %d; все — в --json\n", len(f.Items)-i)
			break
		}
		a.printf("  %s: %s\n", render.OpWord(it.Op), it)
	}
	a.printTasks(f.Tasks)
	if !accepted && len(f.Items) > 0 {
		a.printf("Ничего не изменено. Чтобы внести: добавьте --accept --ground %s\n", clause)
	}
}

// printTasks lists the tasks that an act opened.
func (a *app) printTasks(ts []register.Task) {
	if len(ts) == 0 {
		return
	}
	a.printf("Открыто: %s\n", lang.Count(len(ts), "задача", "задачи", "задач"))
	for i, t := range ts {
		if i == mostItems {
			a.printf("  … и ещё %d\n", len(ts)-i)
			break
		}
		due := ""
		if t.Due != "" {
			due = ", до " + lang.Date(string(t.Due))
		}
		a.printf("  пункт %s%s: %s\n", t.Clause, due, t.Reason)
	}
}
