package intake

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/office"
	"perechen/internal/register"
)

// grid makes a table of lines «a | b | c»: «^» is covered from above, «<» from the left, «¶» breaks a line, «_» is a space.
func grid(lines ...string) *office.Table {
	t := &office.Table{}
	for i, l := range lines {
		var row office.Row
		for _, c := range strings.Split(l, "|") {
			c = strings.TrimSpace(c)
			c = strings.NewReplacer("¶", "\n", "_", " ").Replace(c)
			row.Cells = append(row.Cells, office.Cell{Text: c})
		}
		row.Line = i + 1
		t.Rows = append(t.Rows, row)
	}
	for r := range t.Rows {
		for c := range t.Rows[r].Cells {
			cell := &t.Rows[r].Cells[c]
			switch cell.Text {
			case "^":
				*cell = office.Cell{Covered: true}
				for up := r - 1; up >= 0; up-- {
					if o := &t.Rows[up].Cells[c]; !o.Covered {
						o.RowSpan = max(o.RowSpan, 1) + 1
						break
					}
				}
			case "<":
				*cell = office.Cell{Covered: true}
				for left := c - 1; left >= 0; left-- {
					if o := &t.Rows[r].Cells[left]; !o.Covered {
						o.ColSpan = max(o.ColSpan, 1) + 1
						break
					}
				}
			}
		}
	}
	return t
}

// document is a document of blocks; a string is a paragraph, «---» a page break.
func document(format string, blocks ...any) *office.Doc {
	d := &office.Doc{Format: format, Sections: []office.Section{{}}}
	for _, b := range blocks {
		switch b := b.(type) {
		case string:
			if b == "---" {
				d.Sections[0].Blocks = append(d.Sections[0].Blocks, &office.PageBreak{})
				continue
			}
			d.Sections[0].Blocks = append(d.Sections[0].Blocks, office.P(office.Body, b))
		case *office.Table:
			d.Sections[0].Blocks = append(d.Sections[0].Blocks, b)
		}
	}
	return d
}

// lines is a draft for a test: a line per usage «process | point | needs | class», then findings «! R4 неясность», then what was
// left out «- text».
func lines(d *Draft) []string {
	var out []string
	title, text := map[string]string{}, map[string]string{}
	for _, p := range d.Processes {
		title[p.Key] = p.Title
	}
	for _, t := range d.Touchpoints {
		text[t.Key] = t.Kind + " " + t.Text()
	}
	for _, u := range d.Usages {
		var needs []string
		for _, n := range u.Needs {
			needs = append(needs, n.Code)
		}
		class := map[register.Class]string{register.Digital: "ц", register.Offline: "о", "": "?"}[u.Printed]
		out = append(out, fmt.Sprintf("%s | %s | %s | %s", title[u.Process], text[u.Touchpoint], strings.Join(needs, " "), class))
	}
	for _, f := range d.Findings {
		out = append(out, fmt.Sprintf("! %s %s ×%d", f.Rule, f.Severity, len(f.Places)))
	}
	for _, s := range d.Skipped {
		out = append(out, "- "+s.Text)
	}
	return out
}

const head = "№ п/п | Направление деятельности | Точка взаимодействия | Осуществляемое взаимодействие | Особенности взаимодействия"

func TestTables(t *testing.T) {
	const (
		inDigital = "Взаимодействие в цифровой точке"
		inOffline = "Взаимодействие в офлайн-точке"
		info      = "Получение информации клиентом"
	)
	p := load(t, komzan)
	two := []string{
		"Приём | phone Телефон: 8 (8672) 64-90-22 | info | о",
		"Приём | email Почта: info@trud.alania.gov.ru | info consultation | ц",
		"Отпуск | phone Телефон: 8 (8672) 64-90-22 | info | о",
	}
	for name, c := range map[string]struct {
		doc  *office.Doc
		want []string
	}{
		"plain": {document("docx", grid(head,
			"1. | Приём | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline,
			"^ | ^ | Почта: info@trud.alania.gov.ru | "+info+", получение консультации | "+inDigital,
			"2. | Отпуск | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline)), two},
		"columns in another order, unknown ones between": {document("docx", grid(
			"Особенности взаимодействия | Телефон бухгалтера | Осуществляемое взаимодействие | Направление деятельности | Точка взаимодействия | № ",
			inOffline+" | 1 | "+info+" | Приём | Телефон: 8 (8672) 64-90-22 | 1",
			inDigital+" | 2 | "+info+", получение консультации |  | Почта: info@trud.alania.gov.ru | ",
			inOffline+" | 3 | "+info+" | Отпуск | Телефон: 8 (8672) 64-90-22 | 2")), two},
		"a merged title above, a row of column numbers below the headings": {document("xlsx", grid(
			"ОТЧЕТ О ФОРМИРОВАНИИ ПЕРЕЧНЯ ТОЧЕК ВЗАИМОДЕЙСТВИЯ | < | < | < | <",
			"| | | |",
			head,
			"1 | 2 | 3 | 4 | 5",
			"1 | Приём | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline,
			"^ | ^ | Почта: info@trud.alania.gov.ru | "+info+", получение консультации | "+inDigital,
			"2 | Отпуск | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline,
			"| | | |",
			"Итого | | 3 | | ",
			"Исполнитель: Иванова И.И., тел. 64-90-22 | < | < | < | <")),
			append(two[:3:3], "- Итого | 3", "- Исполнитель: Иванова И.И., тел. 64-90-22")},
		"headings in two rows": {document("docx", grid(
			"№ | Функция, сервис | Точка взаимодействия | < | Взаимодействие | <",
			"^ | ^ | Наименование | Контакт | Содержание взаимодействия | Тип точки",
			"1 | Приём | Телефон | 8 (8672) 64-90-22 | "+info+" | офлайн",
			"^ | ^ | Почта | info@trud.alania.gov.ru | "+info+", получение консультации | цифровая",
			"2 | Отпуск | Телефон | 8 (8672) 64-90-22 | "+info+" | офлайн")), two},
		"headings in two rows of a text without merges": {document("csv", grid(
			"№ | Функция, сервис | Точка взаимодействия | | Взаимодействие | ",
			"| | Наименование | Контакт | Содержание взаимодействия | Тип точки",
			"1 | Приём | Телефон | 8 (8672) 64-90-22 | "+info+" | офлайн",
			"| | Почта | info@trud.alania.gov.ru | "+info+", получение консультации | цифровая",
			"2 | Отпуск | Телефон | 8 (8672) 64-90-22 | "+info+" | офлайн")), two},
		"headings cut by hand, over two merged rows": {document("docx", grid(
			"№¶п/п | Направ-¶ление деятель-¶ности | Точка взаимо-¶действия | Осущест-¶вляемое взаимо-¶действие | Тип точки",
			"^ | ^ | ^ | ^ | ^",
			"1 | Приём | Телефон: 8 (8672) 64-90-22 | "+info+" | офлайн",
			"^ | ^ | Почта: info@trud.alania.gov.ru | "+info+", получение консультации | цифровая",
			"2 | Отпуск | Телефон: 8 (8672) 64-90-22 | "+info+" | офлайн")), two},
		"a heading over two columns of one cell": {document("xlsx", grid(
			"№ | Процесс | Точка взаимодействия | < | Потребность | Тип точки",
			"1 | Приём | Телефон | 8 (8672) 64-90-22 | "+info+" | офлайн",
			"^ | ^ | Почта: info@trud.alania.gov.ru | < | "+info+", получение консультации | цифровая",
			"2 | Отпуск | Телефон | 8 (8672) 64-90-22 | "+info+" | офлайн")), two},
		"no column of numbers, processes carried down": {document("txt", grid(
			"Направление деятельности | Точка взаимодействия | Осуществляемое взаимодействие | Особенности взаимодействия",
			"1. Приём | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline,
			"| Почта: info@trud.alania.gov.ru | "+info+", получение консультации | "+inDigital,
			"2) Отпуск | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline)), two},
		"sections instead of a column of processes": {document("docx", grid(
			"№ | Точка взаимодействия | Потребность | Вид точки",
			"1. Приём | < | < | <",
			"1 | Телефон: 8 (8672) 64-90-22 | "+info+" | офлайн",
			"2 | Почта: info@trud.alania.gov.ru | "+info+", получение консультации | цифровая",
			"Отпуск | < | < | <",
			"3 | Телефон: 8 (8672) 64-90-22 | "+info+" | офлайн")), two},
		"sections over processes": {document("csv", grid(head,
			"Кадры | | | | ",
			"1. | Приём | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline,
			"| | Почта: info@trud.alania.gov.ru | "+info+", получение консультации | "+inDigital,
			"2. | Отпуск | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline)), append(two[:3:3], "- Кадры")},
		"a process alone on its row": {document("csv", grid(head,
			"1. | Приём | | | ",
			"| | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline,
			"| | Почта: info@trud.alania.gov.ru | "+info+", получение консультации | "+inDigital,
			"2. | Отпуск | | | ",
			"| | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline)), two},
		"headings repeated inside": {document("docx", grid(head,
			"1. | Приём | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline,
			head,
			"1 | 2 | 3 | 4 | 5",
			"| | Почта: info@trud.alania.gov.ru | "+info+", получение консультации | "+inDigital,
			"2. | Отпуск | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline)), two},
		"goes on in a table without headings on the next page": {document("docx", grid(head,
			"1. | Приём | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline), "---", "2", "Продолжение приложения", grid(
			"| | Почта: info@trud.alania.gov.ru | "+info+", получение консультации | "+inDigital,
			"2. | Отпуск | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline)), two},
		"goes on in a table with headings": {document("docx", grid(head,
			"1. | Приём | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline), "", grid(head,
			"| | Почта: info@trud.alania.gov.ru | "+info+", получение консультации | "+inDigital,
			"2. | Отпуск | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline)), two},
		"two tables under their own titles": {document("docx", "Кадры", grid(head,
			"1. | Приём | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline,
			"^ | ^ | Почта: info@trud.alania.gov.ru | "+info+", получение консультации | "+inDigital), "Отпуска", grid(head,
			"1. | Отпуск | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline)), two},
		"a table that is no register beside it": {document("docx", grid("УТВЕРЖДАЮ | Председатель", " | А.В. Эммануилиди"), grid(head,
			"1. | Приём | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline,
			"^ | ^ | Почта: info@trud.alania.gov.ru | "+info+", получение консультации | "+inDigital,
			"2. | Отпуск | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline)), two},
		"оффлайн, очно, онлайн and empty rows": {document("xlsx", grid(head,
			"1. | Приём | Телефон: 8 (8672) 64-90-22 | "+info+" | Взаимодействие в оффлайн точке",
			"| | | |",
			"^ | ^ | Почта: info@trud.alania.gov.ru | "+info+", получение консультации | онлайн",
			"| | | |",
			"2. | Отпуск | Телефон: 8 (8672) 64-90-22 | "+info+" | очно, офф-лайн")), append(two[:3:3], "! R13 оформление ×2")},
		"no-break spaces, hyphens and line breaks": {document("odt", grid(head,
			"1. | Приём | Телефон:\u00a08\u00a0(8672)\u00a064\u201190\u201122 | Получение\u00a0информации¶клиентом | Взаимодействие в офлайн\u2011точке",
			"^ | ^ | Почта:¶info@trud.alania.gov.ru | "+info+",¶получение консуль\u00adтации | "+inDigital,
			"2. | Отпуск | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline)), two},
		"several points in one cell": {document("docx", grid(head,
			"1. | Приём | Телефоны: 8 (8672) 64-90-22, 64-90-23 | "+info+" | "+inOffline,
			"^ | ^ | Официальный сайт: trud.alania.gov.ru;¶Почта: info@trud.alania.gov.ru | "+info+" | "+inDigital,
			"2. | Отпуск | кабинет 5; кабинет 7 | "+info+" | "+inOffline,
			"3. | Обучение | 1) Сайт: https://trud.alania.gov.ru/¶2) личный прием граждан | "+info+" | ",
			"4. | Учёба | Тел. 8 (8672) 64-90-22, e-mail: info@trud.alania.gov.ru | "+info+" | "+inOffline)),
			[]string{
				"Приём | phone Телефоны: 8 (8672) 64-90-22 | info | о",
				"Приём | phone Телефоны: 64-90-23 | info | о",
				"Приём | site Официальный сайт: trud.alania.gov.ru | info | ц",
				"Приём | email Почта: info@trud.alania.gov.ru | info | ц",
				"Отпуск | office кабинет 5 | info | о",
				"Отпуск | office кабинет 7 | info | о",
				"Обучение | site Официальный сайт: trud.alania.gov.ru | info | ?",
				"Обучение | reception личный прием граждан | info | ?",
				"Учёба | phone Телефоны: 8 (8672) 64-90-22 | info | о",
				"Учёба | email Почта: info@trud.alania.gov.ru | info | о",
				"! R13 оформление ×2", "! R13 оформление ×2", "! R13 оформление ×2",
			}},
		"several points in doubt": {document("docx", grid(head,
			"1. | Приём | Комиссия;¶зал заседаний;¶сайт trud.alania.gov.ru | "+info+" | "+inOffline,
			"2. | Отпуск | телефон, электронная почта | "+info+" | "+inOffline)),
			[]string{
				"Приём | site Комиссия; зал заседаний; сайт: trud.alania.gov.ru | info | о",
				"Отпуск | phone телефон | info | о", "Отпуск | email электронная почта | info | о",
				"! R13 неясность ×1", "! R13 неясность ×1",
			}},
		"the same point once more": {document("docx", grid(head,
			"1. | Приём | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline,
			"^ | ^ | ^ | Получение консультации | ^",
			"2. | Отпуск | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline,
			"| | | Получение консультации | ")),
			[]string{
				"Приём | phone Телефон: 8 (8672) 64-90-22 | info | о", "Приём | phone Телефон: 8 (8672) 64-90-22 | consultation | о",
				"Отпуск | phone Телефон: 8 (8672) 64-90-22 | info | о", "Отпуск | phone Телефон: 8 (8672) 64-90-22 | consultation | о",
			}},
		"a row without its process": {document("docx", grid(head,
			"| | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline,
			"1. | Приём | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline,
			"| | Почта: info@trud.alania.gov.ru | "+info+", получение консультации | "+inDigital,
			"2. | | Сайт: trud.alania.gov.ru | "+info+" | "+inDigital,
			"3. | Отпуск | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline)),
			append(two[:3:3], "! R15 нарушение ×1", "! R15 нарушение ×1",
				"- Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline, "- 2. | Сайт: trud.alania.gov.ru | "+info+" | "+inDigital)},
		"numbers count rows": {document("csv", grid(head,
			"1 | Приём | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline,
			"2 | | Почта: info@trud.alania.gov.ru | "+info+", получение консультации | "+inDigital,
			"3 | Отпуск | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline)), two},
		"numbers out of order": {document("csv", grid(head,
			"1 | Приём | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline,
			"| | Почта: info@trud.alania.gov.ru | "+info+", получение консультации | "+inDigital,
			"4 | Отпуск | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline)), append(two[:3:3], "! R20 оформление ×1")},
		"one thing spelt two ways": {document("docx", grid(head,
			"1. | Приём | Место приема документов | "+info+" | "+inOffline,
			"^ | ^ | Места приёма документов | "+info+" | "+inOffline,
			"^ | ^ | Кабинет 5 | "+info+" | "+inOffline,
			"^ | ^ | Кабинет 7 | "+info+" | "+inOffline,
			"^ | ^ | info@trud.alania.gov.ru | "+info+" | "+inDigital,
			"^ | ^ | info@trud.alanya.gov.ru | "+info+" | "+inDigital,
			"^ | ^ | Телефон: +7 8672 649022 | "+info+" | "+inOffline,
			"2. | Отпуск | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline)),
			[]string{
				"Приём | office Место приема документов | info | о", "Приём | office Места приёма документов | info | о",
				"Приём | office Кабинет 5 | info | о", "Приём | office Кабинет 7 | info | о",
				"Приём | email info@trud.alania.gov.ru | info | ц", "Приём | email info@trud.alanya.gov.ru | info | ц",
				"Приём | phone Телефон: +7 8672 649022 | info | о", "Отпуск | phone Телефон: +7 8672 649022 | info | о",
				"! R13 оформление ×2", "! R13 неясность ×2", "! R13 неясность ×2",
			}},
		"a telephone without the code of its city": {document("docx", grid(head,
			"1. | Приём | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline,
			"2. | Отпуск | Телефон: 64-90-22 | "+info+" | "+inOffline,
			"3. | Учёба | Телефон: 90-22 | "+info+" | "+inOffline)),
			[]string{
				"Приём | phone Телефон: 8 (8672) 64-90-22 | info | о", "Отпуск | phone Телефон: 8 (8672) 64-90-22 | info | о", "Учёба | phone Телефон: 90-22 | info | о",
				"! R12 неясность ×1", "! R13 оформление ×2", "! R12 неясность ×1",
			}},
		"a mark in one of two columns": {document("docx", grid("№ | Направление деятельности | Точка взаимодействия | Осуществляемое взаимодействие | Цифровая точка | Офлайн-точка",
			"1 | Приём | Сайт: trud.alania.gov.ru | "+info+" | + | ",
			"2 | Отпуск | Кабинет 5 | "+info+" | - | +",
			"3 | Учёба | Кабинет 7 | "+info+" | + | +",
			"4 | Спорт | точек взаимодействия нет | | | ")),
			[]string{
				"Приём | site Сайт: trud.alania.gov.ru | info | ц", "Отпуск | office Кабинет 5 | info | о", "Учёба | office Кабинет 7 | info | ?",
				"! R3 неясность ×1",
			}},
		"a row printed twice": {document("docx", grid(head,
			"1. | Приём | Телефон: 8 (8672) 64-90-22 | "+info+" | "+inOffline,
			"^ | ^ | телефон:  8 (8672) 64-90-22 | получение информации клиентом | "+inOffline)),
			[]string{"Приём | phone Телефон: 8 (8672) 64-90-22 | info | о", "! R13 оформление ×2",
				"- телефон: 8 (8672) 64-90-22 | получение информации клиентом | " + inOffline}},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := Parse(c.doc, "отчёт", p)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, lines(d)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
				for _, f := range d.Findings {
					t.Log(f.Rule, f.Text)
				}
			}
		})
	}
}
