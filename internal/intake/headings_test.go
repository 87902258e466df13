package intake

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/office"
)

// TestHeadingsAsPeopleTypeThem holds tables whose headings are not those of the form. What is read by the cells and not by
// the heading is told, one doubt for a column.
func TestHeadingsAsPeopleTypeThem(t *testing.T) {
	const (
		inDigital = "Взаимодействие в цифровой точке"
		inOffline = "Взаимодействие в офлайн-точке"
		info      = "Получение информации клиентом"
		talk      = "Получение консультации клиентом"
		process1  = "Сопровождение процесса прохождения службы"
		process2  = "Увольнение со службы"
		phone     = "Телефон: 8 (8672) 64-90-22"
		place     = "Место приема сотрудниками отдела кадров"
	)
	want := []string{
		process1 + " | phone " + phone + " | info | о",
		process1 + " | office " + place + " | info consultation | о",
		process2 + " | email Электронная почта: info@trud.alania.gov.ru | consultation | ц",
	}
	doubt := "! R13 неясность ×1"
	rows := func(head string) *office.Table {
		return grid(head,
			"1. | "+process1+" | "+phone+" | "+info+" | "+inOffline,
			" | | "+place+" | "+info+", "+talk+" | "+inOffline,
			"2. | "+process2+" | Электронная почта: info@trud.alania.gov.ru | "+talk+" | "+inDigital)
	}
	p := load(t, komzan)
	for name, c := range map[string]struct {
		table *office.Table
		want  []string
	}{
		"words parted at the ends of lines made a row of the table its headings": {
			rows("№¶п/п | Направление¶деятель-¶ности | Точка¶взаимо-¶действия | Осуществляемое¶взаимодействие¶с клиентом | Особенности взаимо-¶действия"), want},
		"parted without a hyphen": {rows("№ | Направление¶деятель¶ности | Точка взаимо¶действия | Осуществляемое взаимо¶действие | Особен¶ности"), want},
		"abbreviations":           {rows("N п.п. | Напр. деятельности | Точка взаимод. | Осуществл. взаимодействие | Особ. взаимодействия"), want},
		"contractions":            {rows("№ | Напр. деят-сти | Точка взаимод-вия | Осуществляемое взаимод-вие | Особенности"), want},
		"Latin letters in Russian words": {
			rows("№ | Haпpaвлeниe дeятeльнocти | Toчкa взaимoдeйcтвия | Ocущecтвляeмoe взaимoдeйcтвиe | Ocoбeннocти взaимoдeйcтвия"), want},
		"a kind of interaction over what is done": {
			rows("№ | Направление деятельности | Точка взаимодействия | Вид взаимодействия | Тип точки"), append(want[:3:3], doubt)},
		"a place over points, a channel over classes": {
			rows("№ | Бизнес-процесс | Место взаимодействия | Цель обращения | Канал"), append(want[:3:3], doubt, doubt)},
		"no heading over the interaction": {
			rows("№ | Направление деятельности | Точка взаимодействия | | "), append(want[:3:3], doubt, doubt)},
		"the kind of a point and its address in columns of other names": {grid(
			"№ | Направление деятельности | Вид точки | Адрес, телефон | Осуществляемое взаимодействие | Особенности",
			"1. | "+process1+" | Телефон | 8 (8672) 64-90-22 | "+info+" | "+inOffline,
			" | | "+place+" | | "+info+", "+talk+" | "+inOffline,
			"2. | "+process2+" | Электронная почта | info@trud.alania.gov.ru | "+talk+" | "+inDigital), append(want[:3:3], doubt, doubt)},
		"an unnamed column of processes": {grid(
			"Наши дела | Точка взаимодействия | Осуществляемое взаимодействие | Особенности",
			process1+" | "+phone+" | "+info+" | "+inOffline,
			" | "+place+" | "+info+", "+talk+" | "+inOffline,
			process2+" | Электронная почта: info@trud.alania.gov.ru | "+talk+" | "+inDigital), append(want[:3:3], doubt)},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := Parse(document("docx", c.table), "отчёт", p)
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
	t.Run("rows without headings are no register", func(t *testing.T) {
		table := rows("Что | Где | Когда | Почему | Зачем")
		if d, err := Parse(document("docx", table), "отчёт", p); err == nil {
			t.Errorf("got %q, want a refusal", lines(d))
		}
	})
}

// TestLatinLettersInRussianWords: a point typed with Latin letters was another point, and an interaction typed so was none
// of the listed needs.
func TestLatinLettersInRussianWords(t *testing.T) {
	d, err := Parse(document("docx", grid(head,
		"1. | Приём | Места приема сотрудников | Получение информации, получение консультации | Взаимодействие в офлайн-точке",
		"2. | Пpиём | Mecтa пpиeмa coтpудникoв | Пoлучeниe инфopмaции, пoлучeниe кoнcультaции | Взaимoдeйcтвиe в oфлaйн-тoчкe")), "отчёт", load(t, komzan))
	if err != nil {
		t.Fatal(err)
	}
	got := lines(d)
	want := []string{"Приём | office Места приема сотрудников | info consultation | о", "! R13 оформление ×2", "! R13 оформление ×2",
		"- 2. | Пpиём | Mecтa пpиeмa coтpудникoв | Пoлучeниe инфopмaции, пoлучeниe кoнcультaции | Взaимoдeйcтвиe в oфлaйн-тoчкe"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
