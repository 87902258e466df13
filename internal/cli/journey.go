package cli

import (
	"context"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"perechen/internal/journey"
	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/render"
	"perechen/internal/web"

	"github.com/spf13/cobra"
)

var journeyFormats = []string{"svg", "png", "pdf", "docx", "odt", "xlsx"}

func (a *app) cmdJourney() *cobra.Command {
	var on, out, paper string
	c := &cobra.Command{
		Use:   "journey [КЛЮЧ]",
		Short: "клиентские пути: список, один путь по шагам, карта и таблица в файл",
		Long:  "Без ключа показывает клиентские пути органа, с ключом — путь по шагам.\nС -o пишет карту пути (.svg, .png, .pdf) или таблицу (.docx, .odt, .xlsx); --paper a3 делает карту для листа А3.",
		Args:  takes(0, 1, "ключ"),
		RunE: func(c *cobra.Command, args []string) error {
			if out != "" {
				return a.journeyFile(c, args, on, out, paper)
			}
			r, p, err := a.state(c, on)
			if err != nil {
				return err
			}
			if len(args) == 0 {
				if a.json {
					return a.printJSON(r.Journeys)
				}
				a.printJourneys(r, p)
				return nil
			}
			j, ok := r.Journey(args[0])
			if !ok {
				return &ledger.Error{Code: ledger.CodeNotFound, Text: "Клиентского пути «" + args[0] + "» в перечне нет. Список путей: perechen journey."}
			}
			if a.json {
				return a.printJSON(j)
			}
			a.printJourney(journey.NewLooker(r, p, register.DateOf(r.Time), nil).Look(j))
			return nil
		},
	}
	c.Flags().StringVar(&on, "on", "", "каким перечень был известен на дату, ГГГГ-ММ-ДД")
	c.Flags().StringVarP(&out, "output", "o", "", "файл .svg, .png, .pdf, .docx, .odt или .xlsx")
	c.Flags().StringVar(&paper, "paper", "a4", "лист для .pdf: a4 или a3")
	return c
}

func (a *app) journeyFile(c *cobra.Command, args []string, on, out, paper string) error {
	format := strings.ToLower(strings.TrimPrefix(filepath.Ext(out), "."))
	switch {
	case len(args) == 0:
		return usagef("назовите ключ пути; список путей: perechen journey")
	case !slices.Contains(journeyFormats, format):
		return usagef("-o: «%s»: нужен файл .svg, .png, .pdf, .docx, .odt или .xlsx", out)
	case paper != "a4" && paper != "a3":
		return usagef("--paper: «%s»: нужно a4 или a3", paper)
	}
	ctx := c.Context()
	l, b, done, err := a.openBody(ctx)
	if err != nil {
		return err
	}
	defer done()
	n, err := a.at(ctx, l, b.Slug, on)
	if err != nil {
		return err
	}
	if n == 0 {
		h, err := l.Head(ctx, b.Slug)
		if err != nil {
			return err
		}
		n = h.N
	}
	write := func(ctx context.Context, w io.Writer) error {
		return documents{l}.Journey(ctx, w, web.State{Body: b.Slug, N: n, On: register.Date(on)}, args[0], format, paper)
	}
	if err := whole(out, func(w io.Writer) error { return write(ctx, w) }); err != nil {
		return err
	}
	if a.json {
		return a.printJSON(map[string]string{"file": out, "format": format})
	}
	a.printf("Записано: %s\n", out)
	return nil
}

func (a *app) printJourneys(r *register.Register, p *procedure.Procedure) {
	if len(r.Journeys) == 0 {
		a.printf("Клиентских путей ещё нет.\n")
		return
	}
	l := journey.NewLooker(r, p, register.DateOf(r.Time), nil)
	for _, j := range r.Journeys {
		v := l.Sum(j)
		a.printf("%s  [%s]\n  %s\n", v.Title, v.Key, journey.About(v, lang.Russian))
		if v.Changed > 0 {
			a.printf("  ! %s на пути изменились или исключены\n", lang.Count(v.Changed, "точка", "точки", "точек"))
		}
	}
}

func (a *app) printJourney(v *journey.View) {
	a.printf("%s\n%s\n", v.Title, journey.About(v, lang.Russian))
	for i, s := range v.Stages {
		a.printf("\nЭтап %d. %s\n", i+1, s.Title)
		for _, x := range s.Steps {
			a.printf("%3d. %s\n", x.No, x.Action)
			for _, p := range render.StepPoints(x) {
				a.printf("     · %s\n", p)
			}
			for _, d := range x.Documents {
				a.printf("     документ: %s\n", d)
			}
			if x.Duration != "" {
				a.printf("     длится: %s\n", x.Duration)
			}
			if x.Pain != "" {
				a.printf("     мешает: %s\n", x.Pain)
			}
		}
	}
}
