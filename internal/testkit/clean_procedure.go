package testkit

import (
	"perechen/internal/procedure"
	"perechen/internal/register"
)

const cleanTitle = "Порядок ведения перечня точек взаимодействия с внутренним клиентом по вопросам кадровой работы, " +
	"информационно-технического обеспечения и бухгалтерского учёта"

// cleanProcedure is the Порядок of an invented ministry: complete, and in agreement with itself.
func cleanProcedure() *procedure.Procedure {
	return &procedure.Procedure{
		ID:    "primer-minprirody-118-2025",
		Title: cleanTitle,
		Act: register.Act{Kind: "приказ", Number: "118-п", Date: "2025-03-14", Issuer: "Министерство природных ресурсов Примерской области",
			Place: "г. Примерск", Registration: &register.Registration{Number: "0231-25-4", Date: "2025-03-18", By: "Аппарат Правительства Примерской области"}},
		Basis: []procedure.Citation{{Clause: "преамбула", Quote: "утверждённой приказом Министерства от 20.01.2025 № 12-п",
			Act: register.Act{Kind: "приказ", Number: "12-п", Date: "2025-01-20"}}},
		Holder: procedure.Holder{Name: "Министерство природных ресурсов Примерской области", ShortName: "Минприроды Примерской области",
			Genitive: "Министерства природных ресурсов Примерской области", ShortGenitive: "Минприроды Примерской области",
			Word: "Министерство", HeadTitle: "Министр", HeadName: "П.П. Образцов", City: "г. Примерск", Slug: "minprirody"},
		Client: procedure.Client{Code: "internal", Word: "внутренний", Others: []string{"внешний"}, Clause: "1.1"},
		Topics: []procedure.Topic{
			{Code: "hr", Title: "кадровая работа", Words: []string{"кадровая работа", "кадры", "гражданская служба", "командировка"}, Clause: "название"},
			{Code: "it", Title: "информационно-техническое обеспечение", Words: []string{"техническое обеспечение", "информационные системы"}, Clause: "название"},
			{Code: "accounting", Title: "бухгалтерский учёт", Words: []string{"бухгалтерский учёт", "заработная плата"}, Clause: "название"},
		},
		Processes: procedure.Citation{Clause: "2.1", Quote: "утверждённого приказом Министерства от 03.02.2025 № 31-п",
			Act: register.Act{Kind: "приказ", Number: "31-п", Date: "2025-02-03"}},
		Departments: []procedure.Department{
			{Key: "kadry", Title: "отдел государственной службы и кадров", Genitive: "отдела государственной службы и кадров", Clause: "3.2"},
			{Key: "it", Title: "отдел информационных технологий", Genitive: "отдела информационных технологий", Clause: "3.2"},
			{Key: "buh", Title: "отдел бухгалтерского учёта", Genitive: "отдела бухгалтерского учёта", Clause: "3.2"},
		},
		Kinds: []procedure.Kind{
			{Code: "site", Title: "официальный сайт", Class: register.Digital, Clause: "3.2"},
			{Code: "email", Title: "электронная почта", Class: register.Digital, Clause: "3.2"},
			{Code: "phone", Title: "телефон", Class: register.Digital, Clause: "3.2"},
			{Code: "edms", Title: "система электронного документооборота", Class: register.Digital, Clause: "3.2"},
			{Code: "social", Title: "страница в социальной сети", Class: register.Digital, Clause: "3.2"},
			{Code: "office", Title: "кабинет", Class: register.Offline, Clause: "3.3"},
			{Code: "reception", Title: "личный приём", Class: register.Offline, Clause: "3.3"},
		},
		Needs: []procedure.Need{
			{Code: "info", Canonical: "info", Text: "получение информации", Clause: "2.5"},
			{Code: "consultation", Canonical: "consultation", Text: "получение консультации", Clause: "2.5"},
			{Code: "forms", Canonical: "forms", Text: "получение форм документов", Clause: "2.5"},
			{Code: "submission", Canonical: "submission", Text: "представление заявления, обращения, запроса, документов, жалобы", Clause: "2.5"},
			{Code: "progress", Canonical: "progress", Text: "получение информации о ходе рассмотрения обращения, запроса, документов", Clause: "2.5"},
			{Code: "result", Canonical: "result", Text: "получение результата, ответа, разъяснения", Clause: "2.5"},
			{Code: "feedback", Canonical: "feedback", Text: "предоставление обратной связи", Clause: "2.5"},
			{Code: "feedback-result", Canonical: "feedback-result", Text: "получение результата рассмотрения обратной связи", Clause: "2.5"},
			{Code: "other", Canonical: "other", Text: "другие удовлетворяемые потребности внутреннего клиента", Clause: "2.5", Other: true},
		},
		Principles: []procedure.Principle{
			{Text: "стремление к простоте и лёгкости взаимодействия", Clause: "2.6"},
			{Text: "взаимодействие в офлайн-точке и в цифровой точке", Clause: "2.6", Check: "both_classes"},
			{Text: "сохранение возможности доступа к функциям и сервисам Министерства", Clause: "2.6"},
		},
		KeyPoints: []procedure.KeyPoint{
			{Text: "взаимодействие в устной форме посредством телефонной связи", Clause: "3.4", Kinds: []string{"phone"}},
			{Text: "письменное взаимодействие (электронная почта)", Clause: "3.4", Kinds: []string{"email"}},
			{Text: "личный приём сотрудников", Clause: "3.4", Kinds: []string{"reception"}},
		},
		Declared: []procedure.DeclaredPoint{
			{Key: "site", Kind: "site", Class: register.Digital, Label: "официальный сайт Министерства", Value: "https://minprirody.primer.ru", Clause: "3.2", Item: 1, Quote: "официальный сайт Министерства - https://minprirody.primer.ru"},
			{Key: "email", Kind: "email", Class: register.Digital, Label: "электронная почта", Value: "kadry@minprirody.primer.ru", Clause: "3.2", Item: 2, Quote: "электронная почта - kadry@minprirody.primer.ru"},
			{Key: "phone-kadry", Kind: "phone", Class: register.Digital, Label: "телефон отдела государственной службы и кадров", Value: "8 (4999) 20-11-01", Department: "kadry", Clause: "3.2", Item: 3, Quote: "телефон отдела государственной службы и кадров - 8 (4999) 20-11-01"},
			{Key: "phone-it", Kind: "phone", Class: register.Digital, Label: "телефон отдела информационных технологий", Value: "8 (4999) 20-11-02", Department: "it", Clause: "3.2", Item: 3, Quote: "отдела информационных технологий - 8 (4999) 20-11-02"},
			{Key: "phone-buh", Kind: "phone", Class: register.Digital, Label: "телефон отдела бухгалтерского учёта", Value: "8 (4999) 20-11-03", Department: "buh", Clause: "3.2", Item: 3, Quote: "отдела бухгалтерского учёта - 8 (4999) 20-11-03"},
			{Key: "edms", Kind: "edms", Class: register.Digital, Label: "система электронного документооборота «Дело-WEB»", Clause: "3.2", Item: 4, Quote: "система электронного документооборота «Дело-WEB»"},
			{Key: "vk", Kind: "social", Class: register.Digital, Label: "страница в социальной сети «ВКонтакте»", Value: "vk.com/minprirody_primer", Clause: "3.2", Item: 5, Quote: "страница в социальной сети «ВКонтакте» - vk.com/minprirody_primer"},
			{Key: "room-204", Kind: "office", Class: register.Offline, Label: "кабинет 204, отдел государственной службы и кадров", Place: cleanAddress, Clause: "3.3", Item: 1, Quote: "кабинет 204, отдел государственной службы и кадров"},
			{Key: "room-115", Kind: "office", Class: register.Offline, Label: "кабинет 115, отдел информационных технологий", Place: cleanAddress, Clause: "3.3", Item: 2, Quote: "кабинет 115, отдел информационных технологий"},
			{Key: "room-208", Kind: "office", Class: register.Offline, Label: "кабинет 208, отдел бухгалтерского учёта", Place: cleanAddress, Clause: "3.3", Item: 3, Quote: "кабинет 208, отдел бухгалтерского учёта"},
			{Key: "reception", Kind: "reception", Class: register.Offline, Label: "личный приём Министром сотрудников", Place: cleanAddress, Clause: "3.3", Item: 4, Quote: "личный приём Министром сотрудников"},
		},
		Reception: []procedure.Reception{
			{Point: "reception", Who: "Министр", Hours: "вторник с 14:00 до 16:00", Place: cleanAddress, Clause: "3.3", Item: 5},
			{Point: "room-204", Hours: "понедельник - пятница с 9:00 до 18:00, перерыв с 13:00 до 14:00", Place: cleanAddress, Clause: "3.3", Item: 6},
		},
		Roles: []procedure.Role{
			{Code: "officer", Title: "Уполномоченное лицо", Clause: "2.2", Appointed: true, Duties: []procedure.Duty{
				{Text: "организует в Министерстве формирование и ведение Перечня", Clause: "2.3"}}},
			{Code: "department", Title: "Отдел", Clause: "2.4", Duties: []procedure.Duty{
				{Text: "готовит сведения, подлежащие включению в Перечень", Clause: "2.4"}}},
			{Code: "head", Title: "Министр", Clause: "2.2"},
		},
		Actualise: procedure.Actualisation{Clause: "4.1", DeadlineDays: 10, PeriodMonths: 12, Grounds: []procedure.Ground{
			{Code: "process", Text: "включения в реестр процессов или исключения из него функций, сервисов", Clause: "4.1"},
			{Code: "kind", Text: "изменения вида точек взаимодействия", Clause: "4.1"},
			{Code: "needs", Text: "изменения в точке взаимодействия удовлетворяемых потребностей", Clause: "4.1"},
		}},
		Report: &procedure.Report{Clause: "4.2", Approval: true, Appendix: []string{"Приложение № 1", "к Порядку ведения перечня"},
			Title: []string{"ОТЧЁТ", "О ФОРМИРОВАНИИ ПЕРЕЧНЯ ТОЧЕК ВЗАИМОДЕЙСТВИЯ"},
			Columns: []procedure.Column{
				{Heading: "№ п/п", Field: "number", Width: 12, Group: true},
				{Heading: "Направление деятельности", Field: "process", Width: 50, Group: true},
				{Heading: "Точка взаимодействия", Field: "touchpoint", Width: 55},
				{Heading: "Осуществляемое взаимодействие с клиентом", Field: "usage", Width: 80},
				{Heading: "Особенности взаимодействия с клиентом", Field: "feature", Width: 50},
			}},
		Appendices: []procedure.Appendix{
			{Title: "Отчёт о формировании перечня", Kind: "report", MentionedIn: "4.2"},
			{Title: "Признаки для сегментации внутреннего клиента", Kind: "attributes", MentionedIn: "2.7"},
			{Title: "Профили клиентского сегмента", Kind: "profiles", MentionedIn: "2.7"},
		},
		Clauses: cleanClauses(),
	}
}

const cleanAddress = "Примерская область, г. Примерск, ул. Лесная, 7"

func cleanClauses() []procedure.Clause {
	return []procedure.Clause{
		{Number: "название", Paragraphs: []string{"Об утверждении Порядка ведения перечня точек взаимодействия с внутренним клиентом по вопросам кадровой работы, информационно-технического обеспечения и бухгалтерского учёта"}},
		{Number: "преамбула", Paragraphs: []string{"В соответствии с дорожной картой внедрения клиентоцентричности, утверждённой приказом Министерства от 20.01.2025 № 12-п, приказываю:"}},
		{Number: "1.1", Heading: "Общие положения", Paragraphs: []string{"Настоящий Порядок разработан Министерством природных ресурсов Примерской области (далее - Министерство, Перечень) в целях взаимодействия с внутренним клиентом, в том числе с внешними совместителями, и устанавливает последовательность административных процедур."}},
		{Number: "1.2", Paragraphs: []string{"Основными задачами формирования Перечня являются:", "выстраивание эффективного взаимодействия Министерства с внутренним клиентом;", "формирование положительного опыта взаимодействия с внутренним клиентом."}},
		{Number: "2.1", Heading: "Порядок формирования Перечня", Paragraphs: []string{"Перечень формируется с учётом реестра межведомственных и внутриведомственных процессов, утверждённого приказом Министерства от 03.02.2025 № 31-п."}},
		{Number: "2.2", Paragraphs: []string{"Формирование Перечня осуществляется лицом, назначенным Министром (далее - уполномоченное лицо)."}},
		{Number: "2.3", Paragraphs: []string{"Уполномоченное лицо:", "организует в Министерстве формирование и ведение Перечня;", "проверяет полноту включаемых в Перечень сведений;", "обеспечивает включение сведений в Перечень, изменение Перечня и исключение сведений из Перечня."}},
		{Number: "2.4", Paragraphs: []string{"Сведения, подлежащие включению в Перечень, готовят отделы, осуществляющие соответствующие функции."}},
		{Number: "2.5", Paragraphs: []string{"Для каждой точки взаимодействия определены удовлетворяемые потребности внутреннего клиента:", "получение информации;", "получение консультации;", "получение форм документов;", "представление заявления, обращения, запроса, документов, жалобы;", "получение информации о ходе рассмотрения обращения, запроса, документов;", "получение результата, ответа, разъяснения;", "предоставление обратной связи;", "получение результата рассмотрения обратной связи;", "другие удовлетворяемые потребности внутреннего клиента."}},
		{Number: "2.6", Paragraphs: []string{"Принципы формирования точек взаимодействия:", "стремление к простоте и лёгкости взаимодействия;", "взаимодействие в офлайн-точке и в цифровой точке;", "сохранение возможности доступа к функциям и сервисам Министерства."}},
		{Number: "2.7", Paragraphs: []string{"Признаки для сегментации и профили клиентского сегмента приведены в приложениях № 2 и № 3 к настоящему Порядку."}},
		{Number: "3.1", Heading: "Типы точек взаимодействия", Paragraphs: []string{"Точки взаимодействия подразделяются на цифровые точки и офлайн-точки."}},
		{Number: "3.2", Paragraphs: []string{"Цифровые точки:", "официальный сайт Министерства - https://minprirody.primer.ru;", "электронная почта - kadry@minprirody.primer.ru;", "телефон отдела государственной службы и кадров - 8 (4999) 20-11-01, отдела информационных технологий - 8 (4999) 20-11-02, отдела бухгалтерского учёта - 8 (4999) 20-11-03;", "система электронного документооборота «Дело-WEB»;", "страница в социальной сети «ВКонтакте» - vk.com/minprirody_primer."}},
		{Number: "3.3", Paragraphs: []string{"Офлайн-точки:", "кабинет 204, отдел государственной службы и кадров;", "кабинет 115, отдел информационных технологий;", "кабинет 208, отдел бухгалтерского учёта;", "личный приём Министром сотрудников: вторник с 14:00 до 16:00, " + cleanAddress + ".", "График приёма: понедельник - пятница с 9:00 до 18:00, перерыв с 13:00 до 14:00."}},
		{Number: "3.4", Paragraphs: []string{"Ключевыми точками взаимодействия являются:", "взаимодействие в устной форме посредством телефонной связи;", "письменное взаимодействие (электронная почта);", "личный приём сотрудников."}},
		{Number: "4.1", Heading: "Заключительные положения", Paragraphs: []string{"Перечень подлежит актуализации в течение 10 рабочих дней в случаях:", "включения в реестр процессов или исключения из него функций, сервисов;", "изменения вида точек взаимодействия;", "изменения в точке взаимодействия удовлетворяемых потребностей."}},
		{Number: "4.2", Paragraphs: []string{"Отчёт о формировании перечня утверждается Министром по форме согласно приложению № 1 к настоящему Порядку."}},
	}
}
