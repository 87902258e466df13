package cli

import (
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/upkeep"

	"github.com/spf13/cobra"
)

func (a *app) cmdEdition() *cobra.Command {
	var number int
	var date, act, note string
	c := &cobra.Command{
		Use:     "edition --number НОМЕР --date ДАТА --act АКТ",
		Short:   "утвердить редакцию: перечень на этой записи журнала",
		Example: "  perechen edition --number 1 --date 2026-02-16 --act \"№ 9-р от 16.02.2026\"",
		Args:    takes(0, 0, ""),
		RunE: func(c *cobra.Command, _ []string) error {
			if err := required(c, "number", "date", "act"); err != nil {
				return err
			}
			day, err := parseDay("--date", date)
			if err != nil {
				return err
			}
			approved, err := parseAct(act)
			if err != nil {
				return err
			}
			ctx := c.Context()
			d, b, done, err := a.openDesk(ctx)
			if err != nil {
				return err
			}
			defer done()
			e, err := d.IssueEdition(ctx, upkeep.Local, b.Slug, register.Edition{Number: number, Date: day, Act: approved, Note: note})
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(e)
			}
			a.printf("Утверждена редакция № %d от %s: перечень на записи %d.\nОтчёт сохранён вместе с редакцией: %s.\nДальше: perechen report --edition %d -o otchet.docx --body %s\n", e.Number, lang.Date(string(e.Date)), e.N, strings.Join(formats, ", "), e.Number, b.Slug)
			return nil
		},
	}
	c.Flags().IntVar(&number, "number", 0, "номер редакции")
	c.Flags().StringVar(&date, "date", "", "дата редакции, ГГГГ-ММ-ДД")
	c.Flags().StringVar(&act, "act", "", "утверждающий акт: «приказ № 9-р от 16.02.2026»")
	c.Flags().StringVar(&note, "note", "", "примечание")
	return c
}

var actForm = lang.Expression(`^\s*(\p{L}*)\s*(?:№|N|#)\s*(.+?)\s+от\s+(.+?)\s*$`)

// parseAct reads «№ 9-р от 16.02.2026», with or without the kind of act before it. The number stays verbatim.
func parseAct(s string) (register.Act, error) {
	m := actForm().FindStringSubmatch(s)
	if m == nil {
		return register.Act{}, usagef("--act: «%s» непонятно; нужно, например, «приказ № 9-р от 16.02.2026»", s)
	}
	day, ok := lang.ParseDate(m[3])
	if !ok {
		return register.Act{}, usagef("--act: «%s» — не дата; нужно, например, «№ 9-р от 16.02.2026»", m[3])
	}
	kind := strings.ToLower(m[1])
	if kind == "" {
		kind = "приказ"
	}
	return register.Act{Kind: kind, Number: m[2], Date: register.Date(day)}, nil
}
