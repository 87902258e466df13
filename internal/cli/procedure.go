package cli

import (
	"context"
	"strings"
	"time"

	"perechen/internal/intake"
	"perechen/internal/lang"
	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/render"
	"perechen/internal/upkeep"

	"github.com/spf13/cobra"
)

func (a *app) cmdProcedure() *cobra.Command {
	c := &cobra.Command{
		Use:   "procedure",
		Short: "новая редакция порядка: что она меняет, принять",
		Args:  noSuchCommand,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(a.cmdProcedurePreview(), a.cmdProcedureApply())
	return c
}

func (a *app) cmdProcedurePreview() *cobra.Command {
	return &cobra.Command{
		Use:     "preview ПОРЯДОК",
		Short:   "показать, что сделает с перечнем другая редакция порядка; ничего не меняет",
		Long:    "Порядок — один из встроенных (" + strings.Join(procedure.IDs(), ", ") + ")\nили файл .yaml. Показывает, какие точки сменят класс, какие взаимодействия потеряют потребность, как изменятся\nформа отчёта и текст порядка, какие замечания появятся и исчезнут, какие задачи откроются.",
		Example: "  perechen procedure preview ./poryadok-2027.yaml",
		Args:    takes(1, 1, "порядок"),
		RunE: func(c *cobra.Command, args []string) error {
			p, err := loadProcedure(args[0])
			if err != nil {
				return err
			}
			d, b, done, err := a.openDesk(c.Context())
			if err != nil {
				return err
			}
			defer done()
			ch, _, err := a.compareProcedures(c.Context(), d, b.Slug, p)
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(factsOfProcedure(ch))
			}
			a.printProcedureChange(ch)
			if !ch.Same {
				a.printf("\nНичего не изменено. Чтобы принять: perechen procedure apply %s --ground … --act …\n", args[0])
			}
			return nil
		},
	}
}

func (a *app) cmdProcedureApply() *cobra.Command {
	var clause, text, act string
	c := &cobra.Command{
		Use:     "apply ПОРЯДОК",
		Short:   "принять другую редакцию порядка, всё или ничего",
		Example: "  perechen procedure apply ./poryadok-2027.yaml --ground \"внесение изменений в порядок\" --act \"приказ № 3 от 11.01.2027\"",
		Args:    takes(1, 1, "порядок"),
		RunE: func(c *cobra.Command, args []string) error {
			if err := required(c, "ground", "act"); err != nil {
				return err
			}
			cited, ok := intake.ReadAct(act)
			if !ok {
				return usagef("--act: «%s» непонятно; нужно, например, «приказ № 9-р от 16.02.2026»", act)
			}
			p, err := loadProcedure(args[0])
			if err != nil {
				return err
			}
			ctx := c.Context()
			d, b, done, err := a.openDesk(ctx)
			if err != nil {
				return err
			}
			defer done()
			ch, before, err := a.compareProcedures(ctx, d, b.Slug, p)
			if err != nil {
				return err
			}
			g := register.Ground{Text: text, Act: cited.Text()}
			if clauseLike(clause) {
				g.Clause = clause
			} else {
				g.Text = strings.TrimSpace(clause + ". " + text)
				g.Text = strings.TrimSuffix(g.Text, ".")
			}
			got, err := d.TakeProcedure(ctx, upkeep.Local, b.Slug, p, g, before.N)
			if err != nil {
				return err
			}
			after, err := d.Ledger().State(ctx, b.Slug, got.To)
			if err != nil {
				return err
			}
			ch.Tasks = newTasks(before, after)
			if a.json {
				return a.printJSON(factsOfProcedure(ch))
			}
			a.printProcedureChange(ch)
			a.printf("\nПорядок принят: %s.\n", entryWords(got.From, got.To))
			return nil
		},
	}
	c.Flags().StringVar(&clause, "ground", "", "основание: пункт порядка или слова")
	c.Flags().StringVar(&text, "reason", "", "пояснение к основанию")
	c.Flags().StringVar(&act, "act", "", "акт, которым изменён порядок: «приказ № 3 от 11.01.2027»")
	return c
}

// clauseLike tells the number of a clause from words: «4.1».
func clauseLike(s string) bool {
	return s != "" && strings.Trim(s, "0123456789.") == ""
}

// entryWords names new entries of the log.
func entryWords(from, to int64) string {
	if from == to {
		return "запись " + lang.Number(from)
	}
	return "записи " + lang.Number(from) + "–" + lang.Number(to)
}

// compareProcedures holds another version against the register as it is now.
func (a *app) compareProcedures(ctx context.Context, d *upkeep.Desk, slug string, p *procedure.Procedure) (*upkeep.ProcedureChange, *register.Register, error) {
	r, err := d.Ledger().State(ctx, slug, 0)
	if err != nil {
		return nil, nil, err
	}
	was, err := d.Ledger().Procedure(ctx, slug, r.N)
	if err != nil {
		return nil, nil, err
	}
	return upkeep.CompareProcedures(r, was, p, register.DateOf(time.Now())), r, nil
}

// The object of procedure preview --json and apply --json.
type (
	procedureFacts struct {
		Same        bool               `json:"same"`
		Doubts      []string           `json:"doubts"`
		Kinds       []termFact         `json:"kinds"`
		Needs       []termFact         `json:"needs"`
		Declared    []termFact         `json:"declared"`
		Departments []termFact         `json:"departments"`
		Terms       []termFact         `json:"terms"`
		Form        []termFact         `json:"form"`
		Clauses     []termFact         `json:"clauses"`
		Points      []pointEffectFact  `json:"points"`
		Usages      []usageEffectFact  `json:"usages"`
		Appear      []register.Finding `json:"findings_appear"`
		Vanish      []register.Finding `json:"findings_vanish"`
		Tasks       []register.Task    `json:"tasks"`
	}
	termFact struct {
		Op     register.Op `json:"op"`
		Code   string      `json:"code"`
		Title  string      `json:"title,omitempty"`
		Before string      `json:"before,omitempty"`
		After  string      `json:"after,omitempty"`
	}
	pointEffectFact struct {
		Key    string         `json:"key"`
		Text   string         `json:"text"`
		Before register.Class `json:"before"`
		After  register.Class `json:"after"`
		Gone   bool           `json:"kind_gone,omitempty"`
	}
	usageEffectFact struct {
		Key     string             `json:"key"`
		Process string             `json:"process"`
		Point   string             `json:"point"`
		Lost    []register.NeedRef `json:"lost"`
	}
)

func factsOfProcedure(c *upkeep.ProcedureChange) procedureFacts {
	terms := func(ts []upkeep.TermChange) []termFact {
		out := []termFact{}
		for _, t := range ts {
			out = append(out, termFact{t.Op, t.Code, t.Title, t.Before, t.After})
		}
		return out
	}
	f := procedureFacts{Same: c.Same, Doubts: c.Doubts, Kinds: terms(c.Kinds), Needs: terms(c.Needs), Declared: terms(c.Declared), Departments: terms(c.Departments),
		Terms: terms(c.Terms), Form: terms(c.Form), Clauses: []termFact{}, Points: []pointEffectFact{}, Usages: []usageEffectFact{}, Appear: c.Appear, Vanish: c.Vanish, Tasks: c.Tasks}
	if f.Doubts == nil {
		f.Doubts = []string{}
	}
	if f.Tasks == nil {
		f.Tasks = []register.Task{}
	}
	for _, x := range c.Clauses {
		f.Clauses = append(f.Clauses, termFact{Op: x.Op, Code: x.Number, Before: x.Before, After: x.After})
	}
	for _, e := range c.Points {
		f.Points = append(f.Points, pointEffectFact{e.Point.Key, e.Point.Text(), e.Before, e.After, e.Gone})
	}
	for _, e := range c.Usages {
		f.Usages = append(f.Usages, usageEffectFact{e.Usage.Key, e.Process.Title, e.Point.Text(), e.Lost})
	}
	return f
}

func (a *app) printProcedureChange(c *upkeep.ProcedureChange) {
	a.printf("Порядок в силе: %s %s\nДругая редакция: %s %s\n", c.Before.Act.Text(), c.Before.Title, c.After.Act.Text(), c.After.Title)
	if c.Same {
		a.printf("Порядки совпадают слово в слово.\n")
		return
	}
	for _, d := range c.Doubts {
		a.printf("Внимание: %s\n", d)
	}
	words := map[register.Op]string{register.Include: "новое", register.Amend: "изменено", register.Exclude: "больше нет"}
	part := func(title string, ts []upkeep.TermChange) {
		if len(ts) == 0 {
			return
		}
		a.printf("\n%s\n", title)
		for _, t := range ts {
			switch t.Op {
			case register.Amend:
				a.printf("  изменено: %s: «%s» → «%s»\n", t.Title, t.Before, t.After)
			default:
				a.printf("  %s: %s\n", words[t.Op], t.Title)
			}
		}
	}
	part("Виды точек", c.Kinds)
	part("Потребности", c.Needs)
	part("Точки, названные порядком", c.Declared)
	part("Отделы", c.Departments)
	part("Актуализация", c.Terms)
	part("Форма отчёта", c.Form)
	if len(c.Clauses) > 0 {
		a.printf("\nТекст порядка\n")
		for _, x := range c.Clauses {
			a.printf("  %s: %s\n", words[x.Op], procedure.Cite(x.Number))
		}
	}
	if len(c.Points) > 0 {
		a.printf("\nТочки, которых это касается: %d\n", len(c.Points))
		for i, e := range c.Points {
			if i == mostItems {
				a.printf("  … и ещё %d; все — в --json\n", len(c.Points)-i)
				break
			}
			if e.Gone {
				a.printf("  %s: вида «%s» в порядке больше нет\n", e.Point.Text(), c.Before.KindTitle(e.Point.Kind))
				continue
			}
			a.printf("  %s: %s → %s\n", e.Point.Text(), orUnknown(render.ClassWord(e.Before)), orUnknown(render.ClassWord(e.After)))
		}
	}
	if len(c.Usages) > 0 {
		a.printf("\nВзаимодействия, которые теряют потребность: %d\n", len(c.Usages))
		for i, e := range c.Usages {
			if i == mostItems {
				a.printf("  … и ещё %d; все — в --json\n", len(c.Usages)-i)
				break
			}
			var lost []string
			for _, n := range e.Lost {
				lost = append(lost, n.Text)
			}
			a.printf("  %s — %s: %s\n", e.Process.Title, e.Point.Text(), strings.Join(lost, "; "))
		}
	}
	for _, x := range []struct {
		title string
		list  []register.Finding
	}{{"Замечания, которые появятся", c.Appear}, {"Замечания, которые исчезнут", c.Vanish}} {
		if len(x.list) > 0 {
			a.printf("\n%s: %d\n", x.title, len(x.list))
		}
		for i, f := range x.list {
			if i == mostItems {
				a.printf("  … и ещё %d; все — в --json\n", len(x.list)-i)
				break
			}
			a.printf("  %s: %s\n", f.Rule, f.Text)
		}
	}
	a.printf("\n")
	a.printTasks(c.Tasks)
}

func orUnknown(s string) string {
	if s == "" {
		return "класс не назван"
	}
	return s
}
