package office

import (
	"fmt"
	"strings"
	"time"
)

// sampleLayout is the layout of ГОСТ Р 7.0.97 in the usual case.
var sampleLayout = Layout{Font: "Liberation Serif", Size: 14, TableSize: 12, Left: 30, Right: 10, Top: 20, Bottom: 20, Indent: 12.5, Spacing: 1.5}

var sampleTime = time.Date(2026, 2, 16, 9, 30, 0, 0, time.UTC)

// report is the Committee's printed report with what an edition adds: an approval block and a checkpoint.
func report() *Doc {
	const digital, offline = "Взаимодействие в цифровой точке", "Взаимодействие в офлайн-точке"
	const consult = "Получение информации клиентом, получение консультации клиентом"
	groups := []struct {
		title string
		rows  [][3]string
	}{
		{"Поступление на государственную гражданскую службу (прием на работу)", [][3]string{
			{"Официальный сайт Комитета: https://trud.alania.gov.ru/", "Получение информации клиентом, получение форм документов, направление письменного обращения клиентом", digital},
			{"Электронная почта: info@trud.alania.gov.ru", "Подача письменного обращения клиентом, получение консультации клиентом", digital},
			{"Телефон: 8 (8672) 64-90-22", consult, offline},
			{"Места приема документов для участия в конкурсе на замещение должностей государственной гражданской службы", "Представление клиентом документов, получение информации клиентом, получение консультации клиентом", offline},
			{"Место проведения конкурса на замещение должности государственной гражданской службы", "Прохождение клиентом оценки на соответствие должности государственной гражданской службы, получение клиентом информации, получение клиентом консультации", offline},
		}},
		{"Сопровождение процесса прохождения государственной гражданской службы", [][3]string{
			{"Телефон: 8 (8672) 64-90-22", consult, offline},
			{"Места приема сотрудниками отдела организационной, кадровой работы и противодействия коррупции сотрудников Комитета", "Получение информации клиентом, получение консультации клиентом, подача клиентом заявлений и документов, получение клиентом документов", offline},
		}},
		{"Увольнение с государственной гражданской службы", [][3]string{
			{"Электронная почта: info@trud.alania.gov.ru", "Подача письменного обращения клиентом, получение консультации клиентом", digital},
			{"Телефон: 8 (8672) 64-90-22", consult, offline},
			{"Места приема сотрудниками отдела организационной, кадровой работы и противодействия коррупции сотрудников Комитета", "Получение информации клиентом, получение консультации клиентом, подача клиентом заявлений и документов, получение клиентом документов", offline},
		}},
	}
	t := &Table{Caption: "Перечень точек взаимодействия", Widths: []float64{10, 40, 45, 45, 30}, Head: 1}
	head := Row{}
	for _, h := range []string{"№ п/п", "Направление деятельности Комитета РСО-Алания по занятости населения", "Точка взаимодействия", "Осуществляемое взаимодействие с клиентом", "Особенности взаимодействия с клиентом"} {
		head.Cells = append(head.Cells, Cell{Text: h})
	}
	t.Rows = append(t.Rows, head)
	for gi, g := range groups {
		for i, r := range g.rows {
			row := Row{Cells: []Cell{{Covered: true}, {Covered: true}, {Text: r[0]}, {Text: r[1]}, {Text: r[2]}}}
			if i == 0 {
				row.Cells[0] = Cell{Text: fmt.Sprintf("%d.", gi+1), RowSpan: len(g.rows), Align: Center}
				row.Cells[1] = Cell{Text: g.title, RowSpan: len(g.rows)}
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return &Doc{
		Title: "Отчет о формировании перечня точек взаимодействия", Author: "Комитет Республики Северная Осетия-Алания по занятости населения",
		Created: sampleTime, Layout: sampleLayout,
		Properties: map[string]string{"Редакция": "1", "Орган": "komzan"},
		Sections: []Section{{Name: "Отчет", Blocks: []Block{
			P(Approval, "УТВЕРЖДЕН\nприказом председателя Комитета\nот 16 февраля 2026 г. № 9-р"),
			P(Title, "ОТЧЕТ\nО ФОРМИРОВАНИИ ПЕРЕЧНЯ ТОЧЕК ВЗАИМОДЕЙСТВИЯ КОМИТЕТА РЕСПУБЛИКИ СЕВЕРНАЯ ОСЕТИЯ-АЛАНИЯ ПО ЗАНЯТОСТИ НАСЕЛЕНИЯ С КЛИЕНТОМ В РАМКАХ ОСУЩЕСТВЛЕНИЯ ВЗАИМОДЕЙСТВИЯ С ВНУТРЕННИМ КЛИЕНТОМ"),
			t,
			P(Body, "Отчет сформирован в соответствии с пунктом 4.2 Порядка ведения перечня точек взаимодействия с клиентом в рамках взаимодействия с внутренним клиентом."),
			&Para{Style: Body, Keep: true, NoText: true, Runs: []Run{{Text: "Председатель Комитета\t\t\t\t\tИ.О. Фамилия"}}},
			&Code{SizeMM: 30, Alt: "QR-код: контрольная точка редакции № 1", Modules: sampleModules(33), Beside: []Para{
				*P(Small, "Редакция № 1 от 16 февраля 2026 г. Записей в журнале: 42. Проверка: perechen verify ФАЙЛ"),
				*P(Mono, "perechen.komzan 42 Vq0rJ2n8WcYf3uQ5tKx1ZbLpA7sDgHeMiNoRyTvUwXk="),
			}},
		}}},
	}
}

// sampleModules looks like a QR code: three finder squares and noise that is always the same.
func sampleModules(n int) [][]bool {
	m := make([][]bool, n)
	seed := uint32(7)
	for y := range m {
		m[y] = make([]bool, n)
		for x := range m[y] {
			seed = seed*1664525 + 1013904223
			m[y][x] = seed>>30&1 == 1
		}
	}
	for _, f := range [][2]int{{0, 0}, {n - 7, 0}, {0, n - 7}} {
		for y := -1; y <= 7; y++ {
			for x := -1; x <= 7; x++ {
				px, py := f[0]+x, f[1]+y
				if px < 0 || py < 0 || px >= n || py >= n {
					continue
				}
				ring := max(max(x, 6-x), max(y, 6-y))
				m[py][px] = ring == 6 || ring <= 4
			}
		}
	}
	return m
}

// mixed has what a report has not: sections of both orientations, redlines, links, breaks, captions, spans in headings, odd
// characters, a row higher than a page and words longer than a line.
func mixed() *Doc {
	long := strings.Repeat("Съешьещёэтихмягкихфранцузскихбулок", 8)
	high := strings.TrimSpace(strings.Repeat("Высокая строка переходит со страницы на страницу. ", 120))
	return &Doc{
		Title: "Проверка <разметки> & «знаков»", Author: "Минпример", Created: sampleTime, Layout: sampleLayout,
		Sections: []Section{
			{Name: "Порядок: [1/2]", Blocks: []Block{
				P(Approval, "УТВЕРЖДЕН"), P(Approval, "приказом Министерства\nот 01.02.2026 № 46"),
				P(Title, "ПОРЯДОК\nведения перечня"),
				P(Heading1, "1. Общие положения"),
				&Para{Runs: []Run{
					{Text: "Обычный, "}, {Text: "жирный", Bold: true}, {Text: ", "}, {Text: "курсив", Italic: true}, {Text: ", "},
					{Text: "было", Struck: true}, {Text: " "}, {Text: "стало", Underline: true, Bold: true}, {Text: ", "},
					{Text: "сайт Комитета", Link: "https://trud.alania.gov.ru/путь?a=1&b=2"}, {Text: ", "}, {Text: "опасная ссылка", Link: "javascript:alert(1)"}, {Text: "."},
				}},
				P(Heading2, "1.1. Знаки"),
				P(Body, "<тег> & \"кавычки\" 'апостроф' ]]> №\u00a012 раз\u00adрыв таб\tуляция  два пробела   три \U0001F600 ноль\u200bширина \ufeffметка упр\x01авл\x00ение верт\vтаб разр\fыв _x0041_ &amp; 100 %"),
				P(Body, " пробел в начале\nи строка после разрыва, которая достаточно длинна, чтобы занять больше одной строки на странице\n и в конце "),
				P(Body, long),
				&Para{Runs: []Run{{Text: "По центру"}}, Align: Center}, &Para{Runs: []Run{{Text: "Справа"}}, Align: Right}, &Para{},
				&PageBreak{},
				P(Heading1, "2. После разрыва страницы"),
				&Table{Caption: "Таблица 1 – Соседние таблицы", Rows: []Row{{Cells: []Cell{{Text: "без ширин"}, {Text: "и заголовка, зато с длинным текстом во второй графе, который делит ширину"}}}}},
				&Table{Borderless: true, Widths: []float64{1, 1}, Rows: []Row{{Cells: []Cell{{Text: "Министр"}, {Text: "И.О. Фамилия", Align: Right}}}}},
			}},
			{Name: "Таблица", Landscape: true, Blocks: []Block{
				&Table{Caption: "Таблица 2 – Изменения", Widths: []float64{10, 30, 40, 40, 30}, Head: 2, Rows: []Row{
					{Cells: []Cell{{Text: "№", RowSpan: 2}, {Text: "Точка", RowSpan: 2}, {Text: "Взаимодействие", ColSpan: 3}, {Covered: true}, {Covered: true}}},
					{Cells: []Cell{{Covered: true}, {Covered: true}, {Text: "Было"}, {Text: "Стало"}, {Text: "Примечание"}}},
					{Cells: []Cell{{Text: "1."}, {Text: "Телефон", RowSpan: 2, ColSpan: 2}, {Covered: true}, {Runs: []Run{{Text: "8 (8672) 64-90-22", Struck: true}, {Text: "\n"}, {Text: "+7 8672 64-90-23", Underline: true}}}, {Text: "=1+1"}}},
					{Cells: []Cell{{Text: "2."}, {Covered: true}, {Covered: true}, {Text: "первый абзац\nвторой абзац"}, {Text: ""}}},
					{Cells: []Cell{{Text: "3."}, {Text: long}, {Text: high}, {Text: "@имя"}, {Text: "-5 <&> \x02"}}},
					{Cells: []Cell{{Text: "4."}, {Text: "Итого", ColSpan: 4, Bold: true}, {Covered: true}, {Covered: true}, {Covered: true}}},
				}},
			}},
			{Name: "ТАБЛИЦА", Blocks: []Block{
				P(Body, "Снова книжная страница."),
				longGroup(60),
				&Code{SizeMM: 25, Alt: "QR & код", Modules: sampleModules(29), Beside: []Para{*P(Small, "Контрольная строка"), *P(Mono, strings.Repeat("AbCd0123+/", 30))}},
			}},
		},
	}
}
