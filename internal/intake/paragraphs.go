package intake

import (
	"fmt"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/office"
	"perechen/internal/register"
)

// A para is one line of running text: a paragraph of the document, or one of the lines of it.
type para struct {
	text string
	at   *register.Source
}

// paragraphsOf gives the running text of a document. In a workbook and in a table that holds the whole order, a row
// with a single text is a paragraph too.
func paragraphsOf(doc *office.Doc, file string) []para {
	var ps []para
	add := func(text string, src register.Source) {
		for _, l := range strings.Split(clean(text), "\n") {
			l = strings.TrimSpace(strings.Trim(strings.TrimSpace(l), "*_"))
			if l != "" {
				s := src
				ps = append(ps, para{l, &s})
			}
		}
	}
	table := 0
	for _, s := range doc.Sections {
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case *office.Para:
				add(b.Text(), register.Source{File: file, Page: b.Page, Line: b.Line})
			case *office.Table:
				table++
				for i := range min(len(b.Rows), headingRows) {
					text, n := "", 0
					for _, c := range b.Rows[i].Cells {
						if t := c.String(); t != "" {
							text = t
							n++
						}
					}
					if n != 1 {
						continue
					}
					t := office.Table{Rows: b.Rows, Sheet: b.Sheet, Page: b.Page}
					if t.Sheet == "" && doc.Format == "xlsx" {
						t.Sheet = s.Name
					}
					add(text, *tableOf(&t, table, file).source(i, ""))
				}
			}
		}
	}
	return ps
}

func tableOf(t *office.Table, index int, file string) table {
	return table{Table: t, index: index, file: file, page: t.Page}
}

// nothingFound is the error of a document that gives nothing.
func nothingFound(file string, ts []table) *Error {
	looked := "таблица с графами «Направление деятельности» (функция, сервис, процесс), «Точка взаимодействия», «Осуществляемое взаимодействие»"
	var heads []string
	for _, t := range ts {
		for _, r := range t.Rows[:min(len(t.Rows), 3)] {
			for _, c := range r.Cells {
				if text := oneLine(c.String()); text != "" && len(heads) < 12 {
					heads = append(heads, "«"+clip(text, 60)+"»")
				}
			}
			if len(heads) > 0 {
				break
			}
		}
	}
	what := "таблиц в файле нет"
	if len(ts) > 0 {
		what = fmt.Sprintf("в %s файла такие заголовки: %s", lang.Count(len(ts), "таблице", "таблицах", "таблицах"), strings.Join(heads, ", "))
		if len(heads) == 0 {
			what = "таблицы файла пусты"
		}
	}
	return &Error{fmt.Sprintf("В файле «%s» не найдены ни %s, ни списки цифровых и офлайн-точек (раздел 3 порядка): %s. Озаглавьте графы таблицы по форме отчёта и загрузите файл снова.",
		file, looked, what)}
}

// noRows is the refusal of a table that has the headings of a register and no row that can be taken.
func noRows(file string, t headed, skipped []Skipped) *Error {
	why := "нет ни одной строки"
	if len(skipped) > 0 {
		why = fmt.Sprintf("нет строк, которые можно взять; первая из %d — %s", len(skipped), skipped[0].Reason)
	}
	return &Error{fmt.Sprintf("В файле «%s» под заголовками перечня (%s) %s. Заполните таблицу и загрузите файл снова.",
		file, Where(t.source(max(t.from-1, 0), "")), why)}
}
