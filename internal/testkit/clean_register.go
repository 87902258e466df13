package testkit

import (
	"fmt"
	"strings"
	"time"

	"perechen/internal/register"
)

// Clean is the full register of an invented ministry and its procedure. All 25 rules have something to look at, and
// every one of them must stay silent.
func Clean() Sample {
	return Sample{Register: cleanRegister(), Procedure: cleanProcedure(), On: "2026-03-02", Entries: cleanEntries()}
}

const (
	inDigital = "Взаимодействие в цифровой точке"
	inOffline = "Взаимодействие в офлайн-точке"
)

// cleanWordings print the needs of the clean procedure as a report does.
var cleanWordings = map[string]string{
	"info": "получение информации клиентом", "consultation": "получение консультации клиентом", "forms": "получение форм документов",
	"submission": "подача заявлений и документов", "progress": "получение информации о ходе рассмотрения обращения",
	"result": "получение ответа", "feedback": "предоставление обратной связи", "feedback-result": "получение результата рассмотрения обратной связи",
}

// cleanUsage makes a row; each need is a code, or «other:» with its wording.
func cleanUsage(position int, process, touchpoint string, class register.Class, needs ...string) register.Usage {
	u := register.Usage{Key: fmt.Sprintf("%s.%s", process, touchpoint), Process: process, Touchpoint: touchpoint, Client: "internal",
		Printed: class, Feature: inOffline, Position: position}
	if class == register.Digital {
		u.Feature = inDigital
	}
	var texts []string
	for _, n := range needs {
		code, text, isOther := strings.Cut(n, ":")
		if !isOther {
			text = cleanWordings[code]
		}
		u.Needs = append(u.Needs, register.NeedRef{Code: code, Text: text})
		texts = append(texts, text)
	}
	u.Text = strings.Join(texts, ", ")
	return u
}

func cleanRegister() *register.Register {
	processAct := &register.Act{Kind: "приказ", Number: "31-п", Date: "2025-02-03"}
	r := &register.Register{
		Organisation: register.Organisation{Slug: "minprirody", Name: "Министерство природных ресурсов Примерской области",
			ShortName: "Минприроды Примерской области", Genitive: "Министерства природных ресурсов Примерской области",
			HeadTitle: "Министр", HeadName: "П.П. Образцов", Procedure: "primer-minprirody-118-2025"},
		N: 60, Time: time.Date(2026, 2, 20, 9, 30, 0, 0, time.UTC),
		Departments: []register.Department{
			{Key: "kadry", Title: "отдел государственной службы и кадров", Genitive: "отдела государственной службы и кадров"},
			{Key: "it", Title: "отдел информационных технологий", Genitive: "отдела информационных технологий"},
			{Key: "buh", Title: "отдел бухгалтерского учёта", Genitive: "отдела бухгалтерского учёта"},
		},
		Processes: []register.Process{
			{Key: "p1", Title: "Поступление на государственную гражданскую службу", Department: "kadry", Position: 1, Included: processAct},
			{Key: "p2", Title: "Увольнение с государственной гражданской службы", Department: "kadry", Position: 2, Included: processAct},
			{Key: "p3", Title: "Предоставление доступа к информационным системам", Department: "it", Position: 3, Included: processAct},
			{Key: "p4", Title: "Смена счёта для выплаты заработной платы", Department: "buh", Position: 4, Included: processAct, From: "2025-06-01"},
			{Key: "p5", Title: "Оформление командировки", Department: "kadry", Position: 5, Included: processAct, From: "2024-01-01", To: "2025-12-31"},
		},
		Touchpoints: []register.Touchpoint{
			{Key: "t-site", Kind: "site", Label: "Официальный сайт Министерства", Value: "https://minprirody.primer.ru/", Contact: "https://minprirody.primer.ru/", Declared: "site", Position: 1},
			{Key: "t-email", Kind: "email", Label: "Электронная почта", Value: "kadry@minprirody.primer.ru", Contact: "kadry@minprirody.primer.ru", Declared: "email", Position: 2},
			{Key: "t-phone-kadry", Kind: "phone", Label: "Телефон отдела государственной службы и кадров", Value: "8 (4999) 20-11-01", Contact: "+74999201101", Department: "kadry", Declared: "phone-kadry", Position: 3},
			{Key: "t-phone-it", Kind: "phone", Label: "Телефон отдела информационных технологий", Value: "8 (4999) 20-11-02", Contact: "+74999201102", Department: "it", Position: 4},
			{Key: "t-phone-buh", Kind: "phone", Label: "Телефон отдела бухгалтерского учёта", Value: "+7 (4999) 20-11-03", Contact: "+74999201103", Department: "buh", Declared: "phone-buh", Position: 5},
			{Key: "t-edms", Kind: "edms", Label: "Система электронного документооборота «Дело-WEB»", Declared: "edms", Position: 6},
			{Key: "t-vk", Kind: "social", Label: "Страница в социальной сети «ВКонтакте»", Value: "vk.com/minprirody_primer", Contact: "https://vk.com/minprirody_primer", Declared: "vk", Position: 7},
			{Key: "t-204", Kind: "office", Label: "Кабинет 204, отдел государственной службы и кадров", Place: cleanAddress, Hours: "понедельник - пятница с 9:00 до 18:00, перерыв с 13:00 до 14:00", Department: "kadry", Declared: "room-204", Position: 8},
			{Key: "t-115", Kind: "office", Label: "Кабинет 115, отдел информационных технологий", Place: cleanAddress, Hours: "понедельник - четверг с 9:00 до 13:00", Department: "it", Declared: "room-115", Position: 9},
			{Key: "t-208", Kind: "office", Label: "Кабинет 208, отдел бухгалтерского учёта", Place: cleanAddress, Department: "buh", Declared: "room-208", Position: 10},
			{Key: "t-reception", Kind: "reception", Label: "Личный приём Министром сотрудников", Place: cleanAddress, Hours: "вторник с 14:00 до 16:00", Declared: "reception", Position: 11},
		},
		Appointments: []register.Appointment{
			{Key: "a1", Role: "officer", Person: "О.И. Примерова", Act: register.Act{Kind: "приказ", Number: "4-к", Date: "2025-01-10"}, From: "2025-01-10", To: "2025-12-31"},
			{Key: "a2", Role: "officer", Person: "С.В. Образцова", Act: register.Act{Kind: "приказ", Number: "7-к", Date: "2025-12-25"}, From: "2026-01-01"},
		},
		Editions: []register.Edition{
			{Number: 1, Date: "2025-04-01", Act: register.Act{Kind: "приказ", Number: "140-п", Date: "2025-04-01"}, N: 41},
			{Number: 2, Date: "2026-01-15", Act: register.Act{Kind: "приказ", Number: "9-п", Date: "2026-01-14"}, N: 52},
		},
	}
	position := 0
	row := func(process, touchpoint string, class register.Class, needs ...string) {
		position++
		r.Usages = append(r.Usages, cleanUsage(position, process, touchpoint, class, needs...))
	}
	row("p1", "t-site", register.Digital, "info", "forms")
	row("p1", "t-email", register.Digital, "submission", "consultation")
	row("p1", "t-phone-kadry", register.Digital, "info", "consultation", "progress")
	row("p1", "t-204", register.Offline, "submission", "consultation", "other:прохождение клиентом оценки на соответствие должности")
	row("p1", "t-vk", register.Digital, "info")
	row("p2", "t-phone-kadry", register.Digital, "info", "consultation")
	row("p2", "t-204", register.Offline, "submission", "result", "other:ознакомление с приказом под подпись")
	row("p2", "t-reception", register.Offline, "consultation", "feedback")
	row("p3", "t-edms", register.Digital, "submission", "result")
	row("p3", "t-phone-it", register.Digital, "consultation", "progress")
	row("p3", "t-115", register.Offline, "consultation", "other:установка средств электронной подписи")
	row("p4", "t-phone-buh", register.Digital, "info", "consultation")
	row("p4", "t-208", register.Offline, "forms", "submission", "feedback")
	row("p4", "t-email", register.Digital, "feedback", "feedback-result")
	old := cleanUsage(15, "p5", "t-204", register.Offline, "info")
	old.To = "2025-12-31"
	r.Usages = append(r.Usages, old)
	r.Attributes, r.Profiles = cleanSegments()
	r.Journeys = cleanJourneys(r)
	return r
}

func cleanSegments() ([]register.Attribute, []register.Profile) {
	org := "Организационные"
	attributes := []register.Attribute{
		{Key: "kind", Type: org, Title: "Вид службы", Values: []string{"Государственная гражданская служба субъектов РФ"}},
		{Key: "category", Type: org, Title: "Категория должностей", Values: []string{"Руководитель", "помощник (советник)", "специалист", "обеспечивающий специалист"}},
		{Key: "group", Type: org, Title: "Группа должностей", Values: []string{"Высшая группа должностей", "Главная группа должностей", "Ведущая группа должностей", "Старшая группа должностей", "Младшая группа должностей"}},
		{Key: "tenure", Type: org, Title: "Стаж в организации / органе", Values: []string{"Менее 1 года", "1-2 года", "3-5 лет", "6-10 лет", "более 10 лет"}},
		{Key: "income", Type: org, Title: "Уровень дохода", Values: []string{"До 30 000", "30 001 - 60 000", "60 001 - 100 000", "более 100 000"}},
		{Key: "education", Type: org, Title: "Образование", Values: []string{"Высшее – бакалавриат", "Высшее – магистратура", "Среднее общее образование", "Среднее профессиональное образование"}},
		{Key: "benefit", Type: "Льготы", Title: "Льготы", Values: []string{"Надбавка к окладу за выслугу лет", "Транспортное обслуживание"}},
		{Key: "region", Type: org, Title: "Региональная принадлежность", Free: true},
	}
	for i := range attributes {
		attributes[i].Position = i + 1
	}
	profiles := []register.Profile{
		{Key: "pr1", Group: "Кадровая работа", Title: "Гражданин, поступающий на службу", Position: 1, Purpose: "Узнать условия конкурса и сдать документы",
			Values: []register.ProfileValue{{Attribute: "Категория должностей", Value: "Специалист"}, {Attribute: "Группа должностей", Value: "Старшая группа"},
				{Attribute: "Уровень дохода", Value: "30 001–60 000"}, {Attribute: "Образование", Value: "Высшее - бакалавриат"}, {Attribute: "Региональная принадлежность", Value: "Примерская область"}}},
		{Key: "pr2", Group: "Бухгалтерский учёт", Title: "Служащий, меняющий счёт для выплаты заработной платы", Position: 2, Purpose: "Сменить банк",
			Values: []register.ProfileValue{{Attribute: "Категория должностей", Value: "Обеспечивающий специалист"}, {Attribute: "Группа должностей", Value: "Ведущая группа"},
				{Attribute: "Стаж в организации", Value: "3-5 лет"}, {Attribute: "Наличие льготы", Value: "Транспортное обслуживание; надбавка к окладу за выслугу лет"}}},
	}
	return attributes, profiles
}

// cleanEntries are lines of the log with grounds of every allowed sort.
func cleanEntries() []register.Entry {
	day := time.Date(2025, 4, 1, 10, 0, 0, 0, time.UTC)
	entries := []register.Entry{
		{Kind: register.KindOrganisation, Key: "minprirody", Op: register.Include},
		{Kind: register.KindProcess, Key: "p1", Op: register.Include, Ground: register.Ground{Act: "приказ № 118-п от 14.03.2025", Text: "первое формирование"}},
		{Kind: register.KindTouchpoint, Key: "t-site", Op: register.Include, Ground: register.Ground{Clause: "3.2", Act: "приказ № 118-п от 14.03.2025"}},
		{Kind: register.KindUsage, Key: "p1.t-site", Op: register.Include, Ground: register.Ground{Clause: "4.1"}},
		{Kind: register.KindUsage, Key: "p1.t-site", Op: register.Amend, Ground: register.Ground{Clause: "4.1", Text: "изменились потребности"}},
		{Kind: register.KindProcess, Key: "p5", Op: register.Amend, Ground: register.Ground{Clause: "4.1", Act: "приказ № 31-п от 03.02.2025"}},
		{Kind: register.KindEdition, Key: "1", Op: register.Include},
	}
	for i := range entries {
		entries[i].N = int64(i + 1)
		entries[i].Time = day.Add(time.Duration(i) * time.Hour)
		entries[i].Actor = "u1"
	}
	return entries
}
