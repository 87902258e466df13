package cli

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"

	"perechen/internal/intake"
	"perechen/internal/journey"
	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/office"
	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/store"
	"perechen/internal/upkeep"
	"perechen/procedures"

	"github.com/spf13/cobra"
)

func (a *app) cmdDemo() *cobra.Command {
	var o serving
	c := &cobra.Command{
		Use:   "demo",
		Short: "показать программу на двух настоящих приказах",
		Long:  "Загружает оба органа из файлов их приказов, как это сделал бы уполномоченный, и открывает страницы.\nДанные остаются в папке, которую команда называет; второй запуск продолжает с того же места.",
		Args:  takes(0, 0, ""),
		RunE: func(c *cobra.Command, _ []string) error {
			ctx := c.Context()
			if a.dir == "" {
				a.dir = "perechen-demo"
			}
			if err := a.place().Init(ctx); err != nil && !errors.Is(err, store.ErrExists) {
				return err
			}
			in, done, err := a.openAll(ctx)
			if err != nil {
				return err
			}
			defer done()
			for _, id := range procedure.IDs() {
				if err := a.demoBody(ctx, in.desk, id); err != nil {
					return err
				}
			}
			if err := a.demoAccounts(ctx, in); err != nil {
				return err
			}
			dir, err := filepath.Abs(a.data())
			if err != nil {
				return err
			}
			a.printf("Данные в папке: %s\n", dir)
			return a.serve(ctx, in, o)
		},
	}
	o.flags(c.Flags())
	return c
}

// demoJourneys takes the shipped journeys over into a body that has none yet, matched to what its order gave.
func demoJourneys(ctx context.Context, d *upkeep.Desk, slug string, r *register.Register, p *procedure.Procedure) error {
	if len(r.Journeys) > 0 {
		return nil
	}
	var changes []register.Change
	with := *r
	for _, ready := range journey.Shipped() {
		taken := journey.Take(ready, &with, p, register.DateOf(r.Time))
		if taken.Bound == 0 {
			continue
		}
		for i := range taken.Journeys {
			with.Journeys = append(with.Journeys, taken.Journeys[i])
			changes = append(changes, register.Change{Op: register.Include, Kind: register.KindJourney, Key: taken.Journeys[i].Key, Subject: &taken.Journeys[i]})
		}
	}
	if len(changes) == 0 {
		return nil
	}
	_, err := d.Append(ctx, upkeep.Local, slug, ledger.Batch{Changes: changes, Ground: register.Ground{Clause: p.Actualise.Clause, Text: "готовые клиентские пути по двум приказам"}, Head: ledger.AnyHead})
	return err
}

// demoBody adds the body of a built-in procedure unless it is there, and takes in the order's own file.
func (a *app) demoBody(ctx context.Context, d *upkeep.Desk, id string) error {
	l := d.Ledger()
	p, err := procedure.Load(procedures.FS, id)
	if err != nil {
		return err
	}
	org := organisation(p, "")
	bodies, err := l.Bodies(ctx)
	if err != nil {
		return err
	}
	have := false
	for _, b := range bodies {
		have = have || b.Slug == org.Slug
	}
	if !have {
		if err := l.AddBody(ctx, org, p, register.Ground{Act: p.Act.Kind + " № " + p.Act.Number, Text: p.Title}, actor); err != nil {
			return err
		}
	}
	name := id + ".docx"
	b, err := procedures.FS.ReadFile("orders/" + name)
	if err != nil {
		return err
	}
	doc, err := office.Read(ctx, name, bytes.NewReader(b), int64(len(b)), office.DefaultLimits)
	if err != nil {
		return err
	}
	bar := a.newBar()
	defer bar.clear()
	im, err := a.read(ctx, l, org.Slug, name, doc, intake.Options{}, bar)
	if err != nil {
		return err
	}
	if len(im.plan.Changes) > 0 {
		if err := a.accept(ctx, d, org.Slug, im, register.Ground{Clause: "4.1", Text: "первое включение из " + name}, bar); err != nil {
			return err
		}
	}
	bar.clear()
	r, err := l.State(ctx, org.Slug, 0)
	if err != nil {
		return err
	}
	if err := demoJourneys(ctx, d, org.Slug, r, p); err != nil {
		return err
	}
	a.printf("%s: %s, %s, %s\n", org.ShortName,
		lang.Count(len(r.Processes), "процесс", "процесса", "процессов"),
		lang.Count(len(r.Touchpoints), "точка", "точки", "точек"),
		lang.Count(len(r.Usages), "взаимодействие", "взаимодействия", "взаимодействий"))
	return nil
}
