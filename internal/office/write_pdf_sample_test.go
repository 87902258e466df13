package office

import (
	"fmt"
	"strings"
	"time"
)

var pdfGOST = Layout{Font: "Liberation Serif", Size: 14, TableSize: 12, Left: 30, Right: 10, Top: 20, Bottom: 20, Indent: 12.5, Spacing: 1.15}

// pdfReport is a document with everything that a report has, its table filled up to n rows.
func pdfReport(n int) *Doc {
	d := &Doc{
		Title:      "Отчет о формировании перечня точек взаимодействия",
		Author:     "Комитет Республики Северная Осетия-Алания по занятости населения",
		Created:    time.Date(2026, 2, 16, 9, 0, 0, 0, time.UTC),
		Layout:     pdfGOST,
		Properties: map[string]string{"perechen-edition": "1", "Редакция": "№ 1 от 16.02.2026"},
	}
	s := Section{}
	for _, t := range []string{"Приложение", "к порядку ведения перечня точек взаимодействия с клиентом в рамках взаимодействия с внутренним клиентом"} {
		s.Blocks = append(s.Blocks, P(Approval, t))
	}
	s.Blocks = append(s.Blocks, P(Approval, ""), P(Approval, "УТВЕРЖДЕН\nприказом Комитета РСО-Алания\nпо занятости населения\nот 16.02.2026 № 9-р"))
	s.Blocks = append(s.Blocks, P(Title, "ОТЧЕТ\nО ФОРМИРОВАНИИ ПЕРЕЧНЯ ТОЧЕК ВЗАИМОДЕЙСТВИЯ КОМИТЕТА РЕСПУБЛИКИ СЕВЕРНАЯ ОСЕТИЯ-АЛАНИЯ ПО ЗАНЯТОСТИ НАСЕЛЕНИЯ С КЛИЕНТОМ В РАМКАХ ОСУЩЕСТВЛЕНИЯ ВЗАИМОДЕЙСТВИЯ С ВНУТРЕННИМ КЛИЕНТОМ"))
	t := &Table{Widths: []float64{11, 38, 42, 45, 34}, Head: 1}
	head := Row{}
	for _, h := range []string{"№ п/п", "Направление деятельности Комитета РСО-Алания по занятости населения", "Точка взаимодействия", "Осуществляемое взаимодействие с клиентом", "Особенности взаимодействия с клиентом"} {
		head.Cells = append(head.Cells, Cell{Text: h, Bold: true, Align: Center})
	}
	t.Rows = append(t.Rows, head)
	groups := []string{"Поступление на государственную гражданскую службу (прием на работу)", "Сопровождение процесса прохождения государственной гражданской службы", "Увольнение с государственной гражданской службы"}
	points := [][3]string{
		{"Официальный сайт Комитета: https://trud.alania.gov.ru/", "Получение информации клиентом, получение форм документов, направление письменного обращения клиентом", "Взаимодействие в цифровой точке"},
		{"Электронная почта: info@trud.alania.gov.ru", "Подача письменного обращения клиентом, получение консультации клиентом", "Взаимодействие в цифровой точке"},
		{"Телефон: 8 (8672) 64-90-22", "Получение информации клиентом, получение консультации клиентом", "Взаимодействие в офлайн-точке"},
		{"Места приема документов для участия в конкурсе на замещение должностей государственной гражданской службы", "Представление клиентом документов, получение информации клиентом, получение консультации клиентом", "Взаимодействие в офлайн-точке"},
		{"Место проведения конкурса на замещение должности государственной гражданской службы", "Прохождение клиентом оценки на соответствие должности государственной гражданской службы, получение клиентом информации, получение клиентом консультации", "Взаимодействие в офлайн-точке"},
	}
	sizes := []int{5, 2, 3}
	for g, r := 0, 0; r < n; g++ {
		k := min(sizes[g%3], n-r)
		for i := range k {
			p := points[(i+g%3)%5]
			row := Row{Cells: []Cell{{Covered: true}, {Covered: true}, {Text: p[0]}, {Text: p[1]}, {Text: p[2]}}}
			if i == 0 {
				row.Cells[0] = Cell{Text: fmt.Sprintf("%d.", g+1), RowSpan: k, Align: Center}
				row.Cells[1] = Cell{Text: groups[g%3], RowSpan: k}
			}
			t.Rows = append(t.Rows, row)
		}
		r += k
	}
	s.Blocks = append(s.Blocks, t)
	s.Blocks = append(s.Blocks, P(Body, ""),
		&Table{Borderless: true, Widths: []float64{70, 50, 50}, Rows: []Row{{Cells: []Cell{{Text: "Председатель Комитета"}, {Text: ""}, {Text: "А. Б. Фамилия", Align: Right}}}}},
		pdfQR())
	d.Sections = []Section{s}
	return d
}

// pdfQR is a pattern of squares with the words of a checkpoint.
func pdfQR() *Code {
	const n = 33
	m := make([][]bool, n)
	for r := range m {
		m[r] = make([]bool, n)
		for c := range m[r] {
			m[r][c] = (r*7+c*c*3+r*c)%5 < 2
		}
	}
	for _, o := range [][2]int{{0, 0}, {0, n - 7}, {n - 7, 0}} {
		for r := range 7 {
			for c := range 7 {
				ring := max(max(3-r, r-3), max(3-c, c-3))
				m[o[0]+r][o[1]+c] = ring != 2
			}
		}
	}
	return &Code{Modules: m, SizeMM: 30, Alt: "QR-код: контрольная отметка реестра на 16.02.2026", Beside: []Para{
		{Style: Small, Runs: []Run{{Text: "Редакция № 1 от 16.02.2026. Записей в реестре: 19."}}},
		{Style: Small, Runs: []Run{{Text: "Контрольная отметка реестра. Проверить: perechen verify ФАЙЛ"}}},
		{Style: Mono, Runs: []Run{{Text: "komzan 19 " + strings.Repeat("9f86d081884c7d659a2feaa0c55ad015", 3)}}},
	}}
}

// pdfEverything is a document with every kind of block and run, and with characters that fonts lack.
func pdfEverything() *Doc {
	d := pdfReport(24)
	d.Title = "Всё & <сразу> \"в одном\"\nдокументе"
	d.Layout.FooterNote = "Подготовлено в программе «Перечень»; подлинник хранится у уполномоченного лица"
	d.Properties["Title"] = "имя стандартного свойства"
	d.Properties["с пробелом (и скобкой)"] = "значение\x00\x01 с управляющими знаками"
	text := Section{Name: "Текст", Blocks: []Block{
		P(Heading1, "1. Общие положения"),
		P(Body, strings.Repeat("Настоящий перечень утверждён в соответствии с ГОСТ Р 7.0.97 и определяет состав сведений, порядок ведения — и сроки актуализации. ", 6)),
		P(Heading2, "1.1. Редакции"),
		&Para{Runs: []Run{{Text: "Было "}, {Text: "зачёркнуто и очень длинно, так что строка переломится посреди зачёркнутого", Struck: true}, {Text: ", стало "}, {Text: "подчёркнуто", Underline: true},
			{Text: " — "}, {Text: "полужирно", Bold: true}, {Text: ", "}, {Text: "курсивом", Italic: true}, {Text: " и "}, {Text: "тем и другим", Bold: true, Italic: true},
			{Text: ". Сайт: "}, {Text: "https://trud.alania.gov.ru/очень-длинный-адрес/который/не/помещается/в/одну/строку/index.html?a=1&b=2", Link: "https://trud.alania.gov.ru/очень-длинный (адрес)"},
			{Text: ", почта "}, {Text: "info@trud.alania.gov.ru", Link: "mailto:info@trud.alania.gov.ru"}, {Text: ", "}, {Text: "не ссылка", Link: "javascript:alert(1)"}, {Text: "."}}},
		P(Body, "Знаки: ₽ ☎ ✓ № § → ½ ≥ «ёлочки» „лапки“ … 中文 עברית 😀 \U0001D400 \ufffd, ударе\u0301ние, и\u0306 составное, ѣ ӕ, неразрыв\u2011ный, мяг\u00adкий перенос, нуль\u200bширина."),
		&Para{Align: Right, Runs: []Run{{Text: "вправо\nв две строки"}}},
		&Para{Align: Left, NoText: true, Runs: []Run{{Text: "влево, без отступа: (скобки) \\ обратная черта"}}},
		P(Small, "Примечание малым шрифтом."),
		P(Mono, strings.Repeat("9f86d081884c7d659a2feaa0c55ad015", 8)),
		&PageBreak{}, &PageBreak{},
	}}
	wide := Section{Name: "Широкая", Landscape: true, Blocks: []Block{
		P(Heading1, "2. Таблица с двойной шапкой"),
		&Table{Caption: "Таблица 1 — Сведения о точках", Head: 2, Rows: []Row{
			{Cells: []Cell{{Text: "№ п/п", RowSpan: 2}, {Text: "Точка", RowSpan: 2}, {Text: "Сведения", ColSpan: 3}, {Covered: true}, {Covered: true}}},
			{Cells: []Cell{{Covered: true}, {Covered: true}, {Text: "Вид"}, {Text: "Срок"}, {Text: "Примечание"}}},
			{Cells: []Cell{{Text: "1", Align: Center}, {Text: "Сайт\nОфициальный\nКомитета"}, {Runs: []Run{{Text: "старое", Struck: true}, {Text: " новое", Underline: true}}}, {Text: "5 дней", Bold: true}, {Text: ""}}},
			{Cells: []Cell{{Text: "Итого по всем видам", ColSpan: 4, Align: Right}, {Covered: true}, {Covered: true}, {Covered: true}, {Text: "1"}}},
		}},
		pdfQR(),
	}}
	d.Sections = append([]Section{text, wide}, d.Sections...)
	return d
}
