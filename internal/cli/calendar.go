package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/register"
	"perechen/internal/upkeep"
	"perechen/internal/workday"

	"github.com/spf13/cobra"
)

// The object of calendar --json.
type calendarFacts struct {
	Year    int                    `json:"year"`
	Source  string                 `json:"source"`
	Own     bool                   `json:"own"` // corrected or added by the body
	Working int                    `json:"working_days"`
	Free    int                    `json:"days_off"`
	Short   int                    `json:"shortened_days"`
	Hours   int                    `json:"hours_of_40"` // of a week of 40 hours
	Months  []monthFact            `json:"months"`
	Days    []register.CalendarDay `json:"days"`
}

type monthFact struct {
	Month   int `json:"month"`
	Working int `json:"working_days"`
	Hours   int `json:"hours_of_40"`
}

var calendarKinds = map[string]string{workday.Holiday: "праздник", workday.Off: "перенесённый выходной", workday.Working: "рабочий", workday.Short: "сокращённый"}

func (a *app) cmdCalendar() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:   "calendar [ГОД]",
		Short: "производственный календарь, по которому считаются сроки",
		Long: "Показывает год: сколько рабочих дней, какие дни особые и каким постановлением перенесены выходные.\n" +
			"Годы 2024, 2025 и 2026 есть в программе; орган может исправить год или добавить следующий командой calendar import.",
		Example: "  perechen calendar 2026\n  perechen calendar 2026 -o calendar.xlsx\n  perechen calendar import 2027.xml --source \"постановление от … № …\" --ground \"вышло постановление\"",
		Args:    cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			if err := takes(0, 1, "год")(c, args); err != nil {
				return err
			}
			year, err := yearArg(args)
			if err != nil {
				return err
			}
			r, _, err := a.state(c, "")
			if err != nil {
				return err
			}
			y, own, ok := upkeep.CalendarYearOf(r, year)
			if !ok {
				return refusef("%s", (&workday.UnknownYear{Number: year}).Error())
			}
			if out != "" {
				return a.writeCalendar(out, y)
			}
			f, err := calendarOf(r, y, own)
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(f)
			}
			a.printCalendar(f)
			return nil
		},
	}
	c.Flags().StringVarP(&out, "output", "o", "", "файл .xlsx или .csv")
	c.AddCommand(a.cmdCalendarImport())
	return c
}

func yearArg(args []string) (int, error) {
	if len(args) == 0 {
		return time.Now().Year(), nil
	}
	year, err := strconv.Atoi(args[0])
	if err != nil || year < 1992 || year > 2199 {
		return 0, usagef("«%s» — не год; нужно, например, 2026", args[0])
	}
	return year, nil
}

func calendarOf(r *register.Register, y workday.Year, own bool) (calendarFacts, error) {
	cal := upkeep.CalendarOf(r)
	all, err := cal.Totals(y.Number, 0)
	if err != nil {
		return calendarFacts{}, err
	}
	f := calendarFacts{Year: y.Number, Source: y.Source, Own: own, Working: all.Working, Free: all.Free, Short: all.Short, Hours: all.Hours, Days: upkeep.RegisterYear(y).Days}
	for m := 1; m <= 12; m++ {
		t, err := cal.Totals(y.Number, m)
		if err != nil {
			return calendarFacts{}, err
		}
		f.Months = append(f.Months, monthFact{m, t.Working, t.Hours})
	}
	return f, nil
}

func (a *app) printCalendar(f calendarFacts) {
	a.printf("Производственный календарь на %d год\n%s\n", f.Year, f.Source)
	if f.Own {
		a.printf("Исправлен органом.\n")
	}
	a.printf("%s, %s, %s; при 40-часовой неделе %s\n\n", lang.Count(f.Working, "рабочий день", "рабочих дня", "рабочих дней"),
		lang.Count(f.Free, "нерабочий", "нерабочих", "нерабочих"), lang.Count(f.Short, "сокращённый", "сокращённых", "сокращённых"), lang.Count(f.Hours, "час", "часа", "часов"))
	for _, m := range f.Months {
		a.printf("  %02d.%d  %2d  %s\n", m.Month, f.Year, m.Working, lang.Count(m.Hours, "час", "часа", "часов"))
	}
	a.printf("\n")
	for _, d := range f.Days {
		a.printf("  %s  %-22s %s\n", lang.Date(string(d.Date)), calendarKinds[d.Kind], d.Note)
	}
}

func (a *app) writeCalendar(path string, y workday.Year) error {
	format := strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), ".")
	if format != "xlsx" && format != "csv" {
		return usagef("-o: нужен файл .xlsx или .csv")
	}
	var b bytes.Buffer
	if err := upkeep.WriteCalendarFile(&b, y, format); err != nil {
		return err
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		return err
	}
	if !a.json {
		a.printf("Записано в %s\n", path)
	}
	return nil
}

func (a *app) cmdCalendarImport() *cobra.Command {
	var year int
	var source, text, act string
	c := &cobra.Command{
		Use:   "import ФАЙЛ",
		Short: "внести год календаря из файла; сроки открытых задач пересчитаются",
		Long: "Читает XML производственного календаря (<calendar year=\"…\">) и таблицы XLSX, ODS, CSV: дни по строкам («Дата», «Вид дня»)\n" +
			"либо месяцы по столбцам, как в открытых данных. Год заменяется целиком, только в этом органе.",
		Example: "  perechen calendar import 2027.xml --source \"постановление Правительства РФ от … № …\" --ground \"вышло постановление\"",
		Args:    takes(1, 1, "файл"),
		RunE: func(c *cobra.Command, args []string) error {
			if err := required(c, "source", "ground"); err != nil {
				return err
			}
			file, err := os.Open(args[0])
			if err != nil {
				return err
			}
			defer file.Close()
			st, err := file.Stat()
			if err != nil {
				return err
			}
			if !st.Mode().IsRegular() {
				return refusef("«%s» — не файл", args[0])
			}
			y, err := upkeep.ReadCalendarFile(c.Context(), args[0], file, st.Size(), year)
			if err != nil {
				return err
			}
			y.Source = source
			d, b, done, err := a.openDesk(c.Context())
			if err != nil {
				return err
			}
			defer done()
			before, err := d.Ledger().State(c.Context(), b.Slug, 0)
			if err != nil {
				return err
			}
			receipt, err := d.CorrectCalendar(c.Context(), upkeep.Local, b.Slug, y, register.Ground{Text: text, Act: act}, upkeep.CalendarHash(before, y.Number))
			if err != nil {
				return err
			}
			return a.calendarImported(c, d.Ledger(), b.Slug, y.Number, receipt)
		},
	}
	c.Flags().IntVar(&year, "year", 0, "какой год взять из файла, где их несколько")
	c.Flags().StringVar(&source, "source", "", "акт, которым перенесены выходные дни")
	c.Flags().StringVar(&text, "ground", "", "почему меняется календарь")
	c.Flags().StringVar(&act, "act", "", "акт, по которому он меняется")
	return c
}

// calendarImported says what has come of it: the year as it is now, and how many deadlines have moved.
func (a *app) calendarImported(c *cobra.Command, l *ledger.Ledger, slug string, year int, receipt ledger.Receipt) error {
	r, err := l.State(c.Context(), slug, 0)
	if err != nil {
		return err
	}
	y, own, _ := upkeep.CalendarYearOf(r, year)
	f, err := calendarOf(r, y, own)
	if err != nil {
		return err
	}
	moved := receipt.To - receipt.From // the first entry is the calendar, the others are tasks
	if a.json {
		return a.printJSON(struct {
			calendarFacts
			Entry int64 `json:"entry"`
			Moved int64 `json:"moved_deadlines"`
		}{f, receipt.From, moved})
	}
	a.printf("Календарь %d года внесён, запись %d: %s.\n", year, receipt.From, lang.Count(f.Working, "рабочий день", "рабочих дня", "рабочих дней"))
	if moved > 0 {
		a.printf("Пересчитано сроков открытых задач: %d.\n", moved)
	}
	return nil
}
