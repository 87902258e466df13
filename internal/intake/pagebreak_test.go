package intake

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/office"
)

// paged puts the rows of a table from the given one on, on the next page.
func paged(t *office.Table, from int) *office.Table {
	for i := range t.Rows {
		t.Rows[i].Page = 1
		if i >= from {
			t.Rows[i].Page = 2
		}
	}
	return t
}

func TestRowsSplitByAPageBreak(t *testing.T) {
	const inOffline = "Взаимодействие в офлайн-точке"
	p := load(t, komzan)
	for name, c := range map[string]struct {
		doc  *office.Doc
		want []string
	}{
		"point and interaction go on after a blank row": {document("txt", grid(head,
			"2. | Служба | Места приема сотрудниками отдела | Получение информации клиентом, получение консультации | "+inOffline,
			"| | | |",
			"| | сотрудников Комитета | клиентом, подача клиентом заявлений | ",
			"3. | Отпуск | Кабинет 5 | Получение информации | "+inOffline)),
			[]string{"Служба | office Места приема сотрудниками отдела сотрудников Комитета | info consultation submission | о",
				"Отпуск | office Кабинет 5 | info | о", "! R19 оформление ×2"}},
		"only the interaction goes on": {document("docx", paged(grid(head,
			"1. | Служба | Кабинет 5 | Получение информации клиентом, получение | "+inOffline,
			"^ | ^ | | консультации клиентом | ",
			"2. | Отпуск | Кабинет 5 | Получение информации | "+inOffline), 2)),
			[]string{"Служба | office Кабинет 5 | info consultation | о", "Отпуск | office Кабинет 5 | info | о", "! R19 оформление ×2"}},
		"a whole interaction below an empty point is another usage": {document("docx", paged(grid(head,
			"1. | Служба | Кабинет 5 | Получение информации клиентом | "+inOffline,
			"^ | ^ | | Получение консультации клиентом | "+inOffline,
			"2. | Отпуск | Кабинет 5 | Получение информации | "+inOffline), 2)),
			[]string{"Служба | office Кабинет 5 | info | о", "Служба | office Кабинет 5 | consultation | о", "Отпуск | office Кабинет 5 | info | о"}},
		"a row with a point of its own is not joined": {document("docx", paged(grid(head,
			"1. | Служба | Кабинет 5 | Получение информации клиентом | "+inOffline,
			"^ | ^ | электронная почта: info@trud.alania.gov.ru | получение консультации клиентом | Взаимодействие в цифровой точке",
			"2. | Отпуск | Кабинет 5 | Получение информации | "+inOffline), 2)),
			[]string{"Служба | office Кабинет 5 | info | о", "Служба | email электронная почта: info@trud.alania.gov.ru | consultation | ц", "Отпуск | office Кабинет 5 | info | о"}},
		"a table all in small letters is not joined": {document("csv", grid(head,
			"1 | служба | кабинет 5 | получение информации | офлайн",
			"| | телефон: 8 (8672) 64-90-22 | получение консультации | ",
			"2 | отпуск | кабинет 5 | получение информации | офлайн")),
			[]string{"служба | office кабинет 5 | info | о", "служба | phone телефон: 8 (8672) 64-90-22 | consultation | ?", "отпуск | office кабинет 5 | info | о"}},
		"a word goes on": {document("docx", paged(grid(head,
			"1. | Служба | Кабинет 5 | Получение информации клиентом, получение консульта- | "+inOffline,
			"^ | ^ | | ции клиентом | ",
			"2. | Отпуск | Кабинет 5 | Получение информации | "+inOffline), 2)),
			[]string{"Служба | office Кабинет 5 | info consultation | о", "Отпуск | office Кабинет 5 | info | о", "! R19 оформление ×2"}},
		"the title goes on too": {document("docx", paged(grid(head,
			"1. | Сопровождение процесса | Кабинет 5, приемная | Получение информации клиентом, получение | "+inOffline,
			"| прохождения службы | руководителя | консультации клиентом | ",
			"2. | Отпуск | Кабинет 5 | Получение информации | "+inOffline), 2)),
			[]string{"Сопровождение процесса прохождения службы | office Кабинет 5, приемная руководителя | info consultation | о",
				"Отпуск | office Кабинет 5 | info | о", "! R19 оформление ×2"}},
		"the class is cut": {document("docx", paged(grid(head,
			"1. | Служба | Кабинет 5 | Получение информации клиентом, получение | Взаимодействие в",
			"^ | ^ | | консультации клиентом | офлайн-точке",
			"2. | Отпуск | Кабинет 5 | Получение информации | "+inOffline), 2)),
			[]string{"Служба | office Кабинет 5 | info consultation | о", "Отпуск | office Кабинет 5 | info | о", "! R19 оформление ×2"}},
		"goes on in the table of the next page": {document("docx", grid(head,
			"1. | Служба | Места приема | Получение информации клиентом, получение консультации | "+inOffline), "---", grid(
			"| | сотрудников Комитета | клиентом | ",
			"2. | Отпуск | Кабинет 5 | Получение информации | "+inOffline)),
			[]string{"Служба | office Места приема сотрудников Комитета | info consultation | о", "Отпуск | office Кабинет 5 | info | о", "! R19 оформление ×2"}},
		"goes on under repeated headings": {document("docx", grid(head,
			"1. | Служба | Места приема | Получение информации клиентом, получение консультации | "+inOffline), grid(head,
			"| | сотрудников Комитета | клиентом | ",
			"2. | Отпуск | Кабинет 5 | Получение информации | "+inOffline)),
			[]string{"Служба | office Места приема сотрудников Комитета | info consultation | о", "Отпуск | office Кабинет 5 | info | о", "! R19 оформление ×2"}},
		"three parts": {document("docx", paged(grid(head,
			"1. | Служба | Места | Получение информации клиентом, | "+inOffline,
			"^ | ^ | приема | получение | ",
			"^ | ^ | сотрудников | консультации | ",
			"2. | Отпуск | Кабинет 5 | Получение информации | "+inOffline), 2)),
			[]string{"Служба | office Места приема сотрудников | info consultation | о", "Отпуск | office Кабинет 5 | info | о", "! R19 оформление ×2", "! R19 оформление ×2"}},
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

func TestGlue(t *testing.T) {
	for halves, want := range map[[2]string]string{
		{"получение консульта-", "ции клиентом"}: "получение консультации клиентом",
		{"в офлайн-", "точке"}:                   "в офлайн-точке",
		{"по кадрово-", "правовым вопросам"}:     "по кадрово-правовым вопросам",
		{"организационно-", "кадровой работы"}:   "организационно-кадровой работы",
		{"приём до-", "кументов"}:                "приём документов",
		{"государствен-", "ной службы"}:          "государственной службы",
		{"https://trud-", "alania.ru"}:           "https://trud-alania.ru",
		{"Кабинет 5 -", "отдел"}:                 "Кабинет 5 - отдел",
		{"получение", "консультации"}:            "получение консультации",
		{"", "целое"}: "целое",
	} {
		if got := glue(halves[0], halves[1]); got != want {
			t.Errorf("glue(%q, %q) = %q, want %q", halves[0], halves[1], got, want)
		}
	}
}
