package cli

import (
	"strings"

	"perechen/internal/register"
	"perechen/internal/segment"

	"github.com/spf13/cobra"
)

// The object of segments diff --json.
type dictionaryDiff struct {
	Title  string              `json:"title"`
	State  string              `json:"state"` // same, changed, new (only theirs), mine
	Mine   *register.Attribute `json:"mine"`
	Theirs *register.Attribute `json:"theirs"`
}

func (a *app) cmdSegmentsDiff() *cobra.Command {
	return &cobra.Command{
		Use:   "diff ОРГАН|МОДЕЛЬ",
		Short: "чем словарь признаков отличается от словаря другого органа или модельного",
		Long: "Сравнивает словарь органа с действующим словарём другого органа этой установки или с модельным\n" +
			"(sluzhaschiy — модельный словарь признаков внутреннего клиента).\nНичего не меняет: перенять можно предложением на странице словаря.",
		Example: "  perechen segments diff sluzhaschiy\n  perechen segments diff minec --body komzan",
		Args:    takes(1, 1, "орган или модель"),
		RunE: func(c *cobra.Command, args []string) error {
			ctx := c.Context()
			l, b, done, err := a.openBody(ctx)
			if err != nil {
				return err
			}
			defer done()
			r, err := l.State(ctx, b.Slug, 0)
			if err != nil {
				return err
			}
			var theirs []register.Attribute
			found := false
			for _, m := range segment.Models() {
				if m.ID == args[0] {
					theirs, found = m.Attributes, true
				}
			}
			if !found {
				other, err := l.State(ctx, args[0], 0)
				if err != nil {
					return err
				}
				theirs = other.Attributes
			}
			ds := []dictionaryDiff{}
			for _, d := range segment.Compare(r.Attributes, theirs) {
				x := dictionaryDiff{Mine: d.Mine, Theirs: d.Theirs, State: "changed"}
				switch {
				case d.Mine == nil:
					x.State = "new"
				case d.Theirs == nil:
					x.State = "mine"
				case d.Same:
					x.State = "same"
				}
				if x.Title = ""; d.Theirs != nil {
					x.Title = d.Theirs.Title
				} else {
					x.Title = d.Mine.Title
				}
				ds = append(ds, x)
			}
			if a.json {
				return a.printJSON(ds)
			}
			words := map[string]string{"same": "одинаково", "changed": "иначе", "new": "только у них", "mine": "только у нас"}
			for _, d := range ds {
				a.printf("%s: %s\n", d.Title, words[d.State])
				if d.State == "same" {
					continue
				}
				for _, side := range []struct {
					name string
					a    *register.Attribute
				}{{"у нас", d.Mine}, {"у них", d.Theirs}} {
					if side.a != nil {
						a.printf("  %s: %s\n", side.name, strings.Join(segment.PrintedRow(*side.a), " | "))
					}
				}
			}
			if len(ds) == 0 {
				a.printf("Ни в одном из словарей нет признаков.\n")
			}
			return nil
		},
	}
}
