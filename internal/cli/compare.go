package cli

import (
	"cmp"
	"context"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/office"
	"perechen/internal/picture"
	"perechen/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) cmdCompare() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:     "compare ОРГАН ОРГАН",
		Short:   "сравнить перечни двух органов: кто какую потребность удовлетворяет и через что",
		Example: "  perechen compare komzan minec -o sravnenie.xlsx",
		Args:    takes(2, 2, "ОРГАН ОРГАН"),
		RunE: func(c *cobra.Command, args []string) error {
			format := strings.ToLower(strings.TrimPrefix(filepath.Ext(out), "."))
			if out != "" && !slices.Contains(formats, format) {
				return usagef("-o: «%s»: нужен файл .docx, .odt, .xlsx или .pdf", out)
			}
			if args[0] == args[1] {
				return usagef("орган нельзя сравнить с самим собой")
			}
			l, done, err := a.open(c.Context())
			if err != nil {
				return err
			}
			defer done()
			today := register.DateOf(time.Now())
			var sides [2]picture.Side
			for i, slug := range args {
				if sides[i], err = compareSide(c.Context(), l, slug); err != nil {
					return err
				}
			}
			p := picture.Comparison(lang.Russian, today, sides[0], sides[1])
			if out == "" {
				return a.printComparison(p)
			}
			about := lang.Russian.T("compare.about", sides[0].Name, lang.Number(sides[0].Register.N), sides[1].Name, lang.Number(sides[1].Register.N), lang.Date(string(today)))
			if err := whole(out, func(w io.Writer) error { return office.Write(w, format, p.Doc("", about)) }); err != nil {
				return err
			}
			if a.json {
				return a.printJSON(map[string]string{"file": out, "format": format})
			}
			a.printf("Записано: %s\n", out)
			return nil
		},
	}
	c.Flags().StringVarP(&out, "output", "o", "", "файл .docx, .odt, .xlsx или .pdf")
	return c
}

// compareSide reads the current register of a body.
func compareSide(ctx context.Context, l *ledger.Ledger, slug string) (s picture.Side, err error) {
	if s.Register, err = l.State(ctx, slug, 0); err != nil {
		return s, err
	}
	if s.Procedure, err = l.Procedure(ctx, slug, s.Register.N); err != nil {
		return s, err
	}
	o := s.Register.Organisation
	s.Name = cmp.Or(o.ShortName, o.Name, slug)
	return s, nil
}

// comparedTable is a table of compare --json.
type comparedTable struct {
	Title string     `json:"title"`
	Head  []string   `json:"head"`
	Rows  [][]string `json:"rows"`
}

func (a *app) printComparison(p *picture.Picture) error {
	tables := []comparedTable{}
	for _, t := range p.Tables {
		x := comparedTable{Title: t.Caption, Head: t.Head, Rows: [][]string{}}
		for _, row := range t.Rows {
			var cells []string
			for _, c := range row {
				cells = append(cells, c.Text)
			}
			x.Rows = append(x.Rows, cells)
		}
		tables = append(tables, x)
	}
	if a.json {
		return a.printJSON(tables)
	}
	a.printf("%s\n", p.Line)
	for _, l := range p.Loud {
		a.printf("  %s: %s\n", l.Title, l.What)
	}
	for _, t := range tables {
		a.printf("\n%s\n", t.Title)
		for _, row := range t.Rows {
			a.printf("  %s\n", row[0])
			for k := 1; k < len(row); k++ {
				a.printf("      %s: %s\n", t.Head[k], row[k])
			}
		}
	}
	return nil
}
