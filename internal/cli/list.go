package cli

import (
	"cmp"
	"context"
	"io"

	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/render"
	"perechen/internal/web"

	"github.com/spf13/cobra"
)

func (a *app) cmdList() *cobra.Command {
	var on, out string
	c := &cobra.Command{
		Use:   "list",
		Short: "напечатать перечень целиком, на экран или в файл",
		Args:  takes(0, 0, ""),
		RunE: func(c *cobra.Command, _ []string) error {
			if out != "" {
				return a.document(c, out, func(ctx context.Context, l *ledger.Ledger, slug, format string, w io.Writer) error {
					n, err := a.at(ctx, l, slug, on)
					if err != nil {
						return err
					}
					return documents{l}.List(ctx, w, web.State{Body: slug, N: n, On: register.Date(on)}, ledger.Query{}, format)
				})
			}
			r, p, err := a.state(c, on)
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(r)
			}
			a.printList(r, p)
			return nil
		},
	}
	c.Flags().StringVar(&on, "on", "", "каким перечень был известен на дату, ГГГГ-ММ-ДД")
	c.Flags().StringVarP(&out, "output", "o", "", "файл .docx, .odt, .xlsx или .pdf")
	return c
}

// state reads the register of the chosen body, as known now or on a day.
func (a *app) state(c *cobra.Command, on string) (*register.Register, *procedure.Procedure, error) {
	ctx := c.Context()
	l, b, done, err := a.openBody(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer done()
	n, err := a.at(ctx, l, b.Slug, on)
	if err != nil {
		return nil, nil, err
	}
	r, err := l.State(ctx, b.Slug, n)
	if err != nil {
		return nil, nil, err
	}
	p, err := l.Procedure(ctx, b.Slug, n)
	return r, p, err
}

func (a *app) printList(r *register.Register, p *procedure.Procedure) {
	a.printf("%s\nЗапись %d: %s, %s, %s\n", r.Organisation.Name, r.N,
		lang.Count(len(r.Processes), "процесс", "процесса", "процессов"),
		lang.Count(len(r.Touchpoints), "точка", "точки", "точек"),
		lang.Count(len(r.Usages), "взаимодействие", "взаимодействия", "взаимодействий"))
	points := map[string]register.Touchpoint{}
	for _, t := range r.Touchpoints {
		points[t.Key] = t
	}
	last, used := "", map[string]bool{}
	for _, u := range r.Usages {
		if u.Process != last {
			x, _ := r.Process(u.Process)
			a.printf("\n%s  [%s]\n", x.Title, x.Key)
			last = u.Process
		}
		t := points[u.Touchpoint]
		used[t.Key] = true
		class, _ := p.ClassOf(t)
		class = cmp.Or(class, u.Printed)
		a.printf("  %-8s %s  [%s]\n           %s\n", render.ClassWord(class), t.Text(), t.Key, u.Text)
		if u.Printed != "" && u.Printed != class {
			a.printf("           в отчёте: %s\n", render.ClassWord(u.Printed))
		}
	}
	first := true
	for _, t := range r.Touchpoints {
		if used[t.Key] {
			continue
		}
		if first {
			a.printf("\nТочки, которых нет ни в одном взаимодействии\n")
			first = false
		}
		class, _ := p.ClassOf(t)
		a.printf("  %-8s %s  [%s]\n", render.ClassWord(class), t.Text(), t.Key)
	}
}
