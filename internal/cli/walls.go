package cli

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"perechen/internal/lang"
	"perechen/internal/office"
	"perechen/internal/register"
	"perechen/internal/render"
	"perechen/internal/web"

	"github.com/spf13/cobra"
)

func (a *app) cmdWalls() *cobra.Command {
	var out, size, site string
	var points, processes bool
	var only []string
	c := &cobra.Command{
		Use:   "walls -o ФАЙЛ.pdf",
		Short: "напечатать листы на двери точек и плакаты процессов",
		Long: "Пишет один PDF, лист на страницу: что можно сделать в точке, часы, место, другие способы и QR-коды её страницы и отзыва;\n" +
			"для процесса — куда обратиться. Без --points и --processes печатаются и те и другие.",
		Args: takes(0, 0, ""),
		RunE: func(c *cobra.Command, _ []string) error {
			if err := required(c, "output"); err != nil {
				return err
			}
			if !strings.EqualFold(filepath.Ext(out), ".pdf") {
				return usagef("-o: «%s»: нужен файл .pdf", out)
			}
			paper := office.Paper(strings.ToUpper(size))
			if err := knownPaper(paper); err != nil {
				return usagef("--size: %s", err.Error())
			}
			base, err := render.ParseBase(site)
			if err != nil {
				return usagef("--site: %s", err.Error())
			}
			ctx := c.Context()
			l, b, done, err := a.openBody(ctx)
			if err != nil {
				return err
			}
			defer done()
			r, p, err := documents{l}.state(ctx, web.State{Body: b.Slug})
			if err != nil {
				return err
			}
			w := render.NewWall(r, p, render.Site{Base: base, Body: b.Slug}, nil, register.DateOf(time.Now()))
			var all []render.Sheet
			if points || !processes {
				all = append(all, w.Sheets(render.DoorSheets)...)
			}
			if processes || !points {
				all = append(all, w.Sheets(render.Posters)...)
			}
			if all, err = onlySheets(all, only); err != nil {
				return err
			}
			if len(all) == 0 {
				return refusef("печатать нечего: действующих точек и процессов в перечне нет")
			}
			bar := a.newBar()
			defer bar.clear()
			if err := whole(out, func(to io.Writer) error {
				return w.Write(to, paper, all, func(done int) error {
					bar.step("Листы", done, len(all))
					return ctx.Err()
				})
			}); err != nil {
				return err
			}
			bar.clear()
			if a.json {
				if err := a.printJSON(map[string]any{"file": out, "sheets": len(all), "site": base}); err != nil {
					return err
				}
			} else {
				a.printf("Записано: %s, %s\n", out, lang.Count(len(all), "лист", "листа", "листов"))
			}
			if base == "" {
				fmt.Fprintln(a.stderr, "perechen: адрес страниц не задан (--site https://perechen.example.ru), поэтому на листах нет QR-кодов")
			}
			return nil
		},
	}
	c.Flags().StringVarP(&out, "output", "o", "", "файл .pdf")
	c.Flags().BoolVar(&points, "points", false, "только листы точек")
	c.Flags().BoolVar(&processes, "processes", false, "только плакаты процессов")
	c.Flags().StringSliceVar(&only, "only", nil, "только эти точки и процессы: ключи через запятую")
	c.Flags().StringVar(&size, "size", string(office.PaperA4), "бумага: A4 или A5")
	c.Flags().StringVar(&site, "site", "", "адрес страниц для QR-кодов: https://perechen.example.ru")
	setting(c.Flags(), "site")
	return c
}

// onlySheets are the sheets of the named points and processes; all of them when none is named.
func onlySheets(all []render.Sheet, keys []string) (chosen []render.Sheet, err error) {
	if len(keys) == 0 {
		return all, nil
	}
	for _, key := range keys {
		n := len(chosen)
		for _, x := range all {
			if x.Key == key {
				chosen = append(chosen, x)
			}
		}
		if len(chosen) == n {
			return nil, usagef("--only: листа с ключом «%s» нет: ключ стоит на странице точки или процесса", key)
		}
	}
	return chosen, nil
}

// knownPaper refuses a paper that sheets are not printed on.
func knownPaper(p office.Paper) error {
	_, err := office.NewPosterWriter(io.Discard, office.PosterMeta{Paper: p})
	var wrong *office.Error
	if errors.As(err, &wrong) {
		return errors.New(wrong.Text)
	}
	return err
}
