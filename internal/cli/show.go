package cli

import (
	"strings"

	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/render"

	"github.com/spf13/cobra"
)

func (a *app) cmdShow() *cobra.Command {
	var on string
	c := &cobra.Command{
		Use:     "show КЛЮЧ",
		Short:   "показать точку, процесс или взаимодействие",
		Example: "  perechen show tel-78672649022",
		Args:    takes(1, 1, "ключ"),
		RunE: func(c *cobra.Command, args []string) error {
			r, p, err := a.state(c, on)
			if err != nil {
				return err
			}
			if t, ok := r.Touchpoint(args[0]); ok {
				if a.json {
					class, clause := p.ClassOf(t)
					return a.printJSON(map[string]any{"touchpoint": t, "class": class, "clause": clause, "usages": r.UsagesOf(t.Key)})
				}
				a.showPoint(r, p, t)
				return nil
			}
			if x, ok := r.Process(args[0]); ok {
				us := usagesOf(r, x.Key)
				if a.json {
					return a.printJSON(map[string]any{"process": x, "usages": us})
				}
				a.printf("Процесс: %s\nКлюч: %s\n\nТочки:\n", x.Title, x.Key)
				for _, u := range us {
					t, _ := r.Touchpoint(u.Touchpoint)
					a.printf("  %s  [%s]\n    %s\n", t.Text(), t.Key, u.Text)
				}
				return nil
			}
			for _, u := range r.Usages {
				if u.Key == args[0] {
					if a.json {
						return a.printJSON(map[string]any{"usage": u})
					}
					x, _ := r.Process(u.Process)
					t, _ := r.Touchpoint(u.Touchpoint)
					a.printf("Процесс: %s\nТочка: %s\nВзаимодействие: %s\nОсобенности: %s\nПотребности:\n", x.Title, t.Text(), u.Text, u.Feature)
					for _, n := range u.Needs {
						need, _ := p.NeedByCode(n.Code)
						a.printf("  %s  (пункт %s: %s)\n", n.Text, need.Clause, need.Text)
					}
					return nil
				}
			}
			return refusef("нет «%s»; ключи показывает perechen list", args[0])
		},
	}
	c.Flags().StringVar(&on, "on", "", "каким перечень был известен на дату, ГГГГ-ММ-ДД")
	return c
}

func usagesOf(r *register.Register, process string) []register.Usage {
	us := []register.Usage{}
	for _, u := range r.Usages {
		if u.Process == process {
			us = append(us, u)
		}
	}
	return us
}

func (a *app) showPoint(r *register.Register, p *procedure.Procedure, t register.Touchpoint) {
	kind, _ := p.KindByCode(t.Kind)
	class, clause := p.ClassOf(t)
	a.printf("%s\nВид: %s\n", t.Text(), kind.Title)
	if class != "" {
		a.printf("Тип: %s (пункт %s)\n", render.ClassWord(class), clause)
	}
	for _, line := range [][2]string{{"Контакт", t.Contact}, {"Адрес", t.Place}, {"Часы", t.Hours}} {
		if line[1] != "" {
			a.printf("%s: %s\n", line[0], line[1])
		}
	}
	for _, d := range r.Departments {
		if d.Key == t.Department {
			a.printf("Отдел: %s\n", d.Title)
		}
	}
	a.printf("Ключ: %s\n\nВзаимодействия:\n", t.Key)
	for _, u := range r.UsagesOf(t.Key) {
		x, _ := r.Process(u.Process)
		a.printf("  %s\n    %s\n", x.Title, u.Text)
	}
}

func (a *app) cmdHistory() *cobra.Command {
	return &cobra.Command{
		Use:   "history КЛЮЧ",
		Short: "что происходило с точкой, процессом или взаимодействием",
		Args:  takes(1, 1, "ключ"),
		RunE: func(c *cobra.Command, args []string) error {
			ctx := c.Context()
			l, b, done, err := a.openBody(ctx)
			if err != nil {
				return err
			}
			defer done()
			for _, kind := range []register.Kind{register.KindTouchpoint, register.KindProcess, register.KindUsage, register.KindDepartment,
				register.KindAttribute, register.KindProfile, register.KindJourney, register.KindAppointment, register.KindDecision, register.KindEdition} {
				es, err := l.History(ctx, b.Slug, kind, args[0])
				if err != nil {
					return err
				}
				if len(es) == 0 {
					continue
				}
				if a.json {
					return a.printJSON(es)
				}
				var before register.Entry
				for _, e := range es {
					a.printEntry(e)
					if e.Op == register.Amend {
						for _, f := range register.ContentFields(before.Content, e.Content) {
							a.printf("      %s: «%s» → «%s»\n", render.FieldWord(f.Field), f.Before, f.After)
						}
					}
					before = e
				}
				return nil
			}
			return refusef("в журнале нет «%s»; ключи показывает perechen list", args[0])
		},
	}
}

// printEntry writes one entry of the log as a line.
func (a *app) printEntry(e register.Entry) {
	line := []string{lang.Date(e.Time.Format("2006-01-02")) + e.Time.Format(" 15:04:05"), render.OpWord(e.Op), render.KindWord(e.Kind), e.Key}
	if g := ground(e.Ground); g != "" {
		line = append(line, "основание: "+g)
	}
	if e.Erased {
		line = append(line, "содержание стёрто")
	}
	a.printf("%6d  %s\n", e.N, strings.Join(line, "  "))
}

// ground says a ground in one line.
func ground(g register.Ground) string {
	var parts []string
	if g.Clause != "" {
		parts = append(parts, "пункт "+g.Clause)
	}
	if g.Act != "" {
		parts = append(parts, g.Act)
	}
	if g.Text != "" {
		parts = append(parts, g.Text)
	}
	return strings.Join(parts, ", ")
}

func (a *app) cmdLog() *cobra.Command {
	var from, to int64
	c := &cobra.Command{
		Use:   "log",
		Short: "показать журнал",
		Args:  takes(0, 0, ""),
		RunE: func(c *cobra.Command, _ []string) error {
			ctx := c.Context()
			l, b, done, err := a.openBody(ctx)
			if err != nil {
				return err
			}
			defer done()
			head, err := l.Head(ctx, b.Slug)
			if err != nil {
				return err
			}
			if to == 0 || to > head.N {
				to = head.N
			}
			if a.json {
				return a.logJSON(c, l, b.Slug, from, to, head)
			}
			if err := l.Entries(ctx, b.Slug, from, to, func(e register.Entry) error { a.printEntry(e); return nil }); err != nil {
				return err
			}
			a.printf("Записей: %d, отпечаток: %s\n", head.N, head.Root)
			return nil
		},
	}
	c.Flags().Int64Var(&from, "from", 1, "с какой записи")
	c.Flags().Int64Var(&to, "to", 0, "по какую запись (0 — до конца)")
	return c
}

func (a *app) logJSON(c *cobra.Command, l *ledger.Ledger, slug string, from, to int64, head ledger.Head) error {
	es := []register.Entry{}
	if err := l.Entries(c.Context(), slug, from, to, func(e register.Entry) error { es = append(es, e); return nil }); err != nil {
		return err
	}
	return a.printJSON(map[string]any{"n": head.N, "root": head.Root.String(), "entries": es})
}
