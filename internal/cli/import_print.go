package cli

import (
	"perechen/internal/intake"
	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/render"
)

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
		lang.Count(im.counts.usages, "взаимодействие", "взаимодействия", "взаимодействий"))
	if len(f.Declared) > 0 {
		a.printf("; в разделе 3 заявлено: %d", len(f.Declared))
	}
	a.printf("\n")
	printed := ""
	for i := range min(f.Usages.n, mostRows) {
		u := f.Usages.at(i)
		if u.Process != printed {
			a.printf("\n%s\n", u.Process)
			printed = u.Process
		}
		a.printf("  %-8s %s: %s  (%s)\n", render.ClassWord(u.Class), u.Point, u.Text, intake.Where(u.Source))
	}
	if rest := im.counts.usages - mostRows; rest > 0 {
		a.printf("  … и ещё %d; все — в --json\n", rest)
	}
	if len(f.Declared) > 0 {
		a.printf("\nЗаявлено в разделе 3 (предложения)\n")
		for _, t := range f.Declared {
			a.printf("  %-8s %s  (%s)\n", render.ClassWord(t.Class), register.Touchpoint{Label: t.Label, Value: t.Value}.Text(), intake.Where(t.Source))
		}
	}
	for _, s := range f.Skipped {
		a.printf("\nНе вошло: %s (%s)\n", s.Text, intake.Where(s.Source))
	}
	a.printFindings(f.Findings)
	verb := "Изменилось бы"
	if accepted {
		verb = "Записано"
	}
	a.printf("\n%s: включено %d, изменено %d, исключено %d.\n", verb, f.Changes.Included, f.Changes.Changed, f.Changes.Excluded)
	for i := range min(f.Items.n, mostItems) {
		item := f.Items.at(i)
		a.printf("  %s: %s\n", render.OpWord(item.Op), item)
	}
	if rest := im.counts.included + im.counts.changed + im.counts.excluded + len(im.plan.Moved) - mostItems; rest > 0 {
		a.printf("  … и ещё %d; все — в --json\n", rest)
	}
	if !accepted && im.pending {
		a.printf("Ничего не изменено. Чтобы включить: добавьте --accept --ground %s\n", im.proc.Actualise.Clause)
	}
}
