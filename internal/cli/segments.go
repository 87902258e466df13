package cli

import (
	"context"
	"io"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/segment"
	"perechen/internal/web"

	"github.com/spf13/cobra"
)

func (a *app) cmdSegments() *cobra.Command {
	var on, out string
	c := &cobra.Command{
		Use:   "segments",
		Short: "признаки сегментации и профили клиентов",
		Long: "Показывает словарь признаков и профили клиентов или пишет их в файл по форме приложений приказа.\n" +
			"Файл DOCX, ODT или XLSX читается обратно командой import без изменений.\n" +
			"Подкоманда clean показывает, каким был бы словарь без дефектов, diff — чем он отличается от другого.",
		Example: "  perechen segments\n  perechen segments -o segmenty.docx\n  perechen segments clean",
		Args:    noSuchCommand,
		RunE: func(c *cobra.Command, _ []string) error {
			if out != "" {
				return a.document(c, out, func(ctx context.Context, l *ledger.Ledger, slug, format string, w io.Writer) error {
					n, err := a.at(ctx, l, slug, on)
					if err != nil {
						return err
					}
					return documents{l}.Segments(ctx, w, web.State{Body: slug, N: n, On: register.Date(on)}, format)
				})
			}
			r, p, err := a.state(c, on)
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(segmentFactsOf(r))
			}
			a.printSegments(r, p)
			return nil
		},
	}
	c.Flags().StringVar(&on, "on", "", "какими они были известны на дату, ГГГГ-ММ-ДД")
	c.Flags().StringVarP(&out, "output", "o", "", "файл .docx, .odt, .xlsx или .pdf")
	c.AddCommand(a.cmdSegmentsClean(), a.cmdSegmentsDiff())
	return c
}

// The object of segments --json.
type segmentFacts struct {
	Attributes []attributeFact    `json:"attributes"`
	Profiles   []register.Profile `json:"profiles"`
}

type attributeFact struct {
	register.Attribute
	Canonical segment.Form `json:"canonical"`
}

func attributeFacts(as []register.Attribute) []attributeFact {
	facts := make([]attributeFact, 0, len(as))
	for _, x := range as {
		facts = append(facts, attributeFact{x, segment.FormOf(x)})
	}
	return facts
}

func segmentFactsOf(r *register.Register) segmentFacts {
	f := segmentFacts{Attributes: attributeFacts(r.Attributes), Profiles: r.Profiles}
	if f.Profiles == nil {
		f.Profiles = []register.Profile{}
	}
	return f
}

func (a *app) printSegments(r *register.Register, p *procedure.Procedure) {
	a.printf("%s\n%s, %s\n", r.Organisation.Name, lang.Count(len(r.Attributes), "признак", "признака", "признаков"), lang.Count(len(r.Profiles), "профиль", "профиля", "профилей"))
	last := ""
	for i, x := range r.Attributes {
		if i == 0 || x.Type != last {
			a.printf("\n%s\n", x.Type)
		}
		last = x.Type
		marks := append(segment.Marks(x), strings.Join(x.Values, "; "))
		a.printf("  %s: %s\n", x.Title, strings.Trim(strings.Join(marks, "; "), "; "))
	}
	for _, x := range r.Profiles {
		a.printf("\nПрофиль «%s»\n", x.Title)
		for _, v := range x.Values {
			a.printf("  %s: %s\n", v.Attribute, v.Value)
		}
		for _, f := range [][2]string{{"Цель", x.Purpose}, {"Особенности клиентского пути", x.Features}, {"Информирование", x.Inform}, {"Получение услуг", x.Receive}} {
			if f[1] != "" {
				a.printf("  %s: %s\n", f[0], f[1])
			}
		}
		for _, f := range []struct {
			name string
			refs []register.ChannelRef
		}{{"Точки информирования", x.InformBy}, {"Точки получения услуг", x.ReceiveBy}} {
			for _, ref := range f.refs {
				name := p.KindTitle(ref.Kind)
				if t, ok := r.Touchpoint(ref.Touchpoint); ok {
					name = t.Text()
				}
				a.printf("  %s: %s\n", f.name, name)
			}
		}
		if q, ok := r.Process(x.Process); ok {
			a.printf("  Процесс: %s\n", q.Title)
		}
	}
}

// The object of segments clean --json.
type cleaningFact struct {
	Key      string              `json:"key"`
	Title    string              `json:"title"`
	Printed  []string            `json:"printed"`
	Proposed *register.Attribute `json:"proposed"` // null: only a person can say what was meant
	Why      []string            `json:"why"`
}

func (a *app) cmdSegmentsClean() *cobra.Command {
	var on string
	c := &cobra.Command{
		Use:   "clean",
		Short: "каким был бы словарь без дефектов: напечатано, предлагается, почему",
		Long:  "Для каждого признака с дефектом показывает, как напечатано, как было бы без дефекта и почему.\nНичего не меняет: принимают по одному признаку, предложением на странице словаря.",
		Args:  takes(0, 0, ""),
		RunE: func(c *cobra.Command, _ []string) error {
			r, _, err := a.state(c, on)
			if err != nil {
				return err
			}
			cs := segment.Clean(r.Attributes)
			if a.json {
				facts := []cleaningFact{}
				for _, x := range cs {
					facts = append(facts, cleaningFact{x.Attribute.Key, x.Attribute.Title, segment.PrintedRow(x.Attribute), x.Proposed, x.Why})
				}
				return a.printJSON(facts)
			}
			if len(cs) == 0 {
				a.printf("Словарь чистый: предлагать нечего.\n")
				return nil
			}
			for _, x := range cs {
				a.printf("%s\n  напечатано:    %s\n", x.Attribute.Title, strings.Join(segment.PrintedRow(x.Attribute), " | "))
				if x.Proposed != nil {
					a.printf("  предлагается:  %s\n", strings.Join(segment.PrintedRow(*x.Proposed), " | "))
				} else {
					a.printf("  предлагается:  решить человеку\n")
				}
				for _, w := range x.Why {
					a.printf("  почему:        %s\n", w)
				}
				a.printf("\n")
			}
			return nil
		},
	}
	c.Flags().StringVar(&on, "on", "", "каким словарь был известен на дату, ГГГГ-ММ-ДД")
	return c
}
