package procedure

import (
	"strings"
	"testing"

	"perechen/procedures"
)

func load(t testing.TB, id string) *Procedure {
	t.Helper()
	p, err := Load(procedures.FS, id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

const komzan, minec = "komzan-alania-9r-2026", "minec-alania-46-2024"

func TestNeedsOfTheCommittee(t *testing.T) {
	m := NewMatcher(load(t, komzan))
	for wording, want := range map[string]string{
		"Получение информации клиентом":                                   "info",
		"получение клиентом информации":                                   "info",
		"Получение необходимой информации":                                "info",
		"получение сведений о вакансиях":                                  "info",
		"информирование":                                                  "info",
		"получение консультации клиентом":                                 "consultation",
		"получение консультации":                                          "consultation",
		"Получение клиентом консультаций по вопросам службы":              "consultation",
		"консультирование сотрудников":                                    "consultation",
		"консультация специалиста отдела":                                 "consultation",
		"запись на консультацию":                                          "",
		"просмотр информации на сайте":                                    "info",
		"Обращение клиента":                                               "submission",
		"оставить жалобу":                                                 "submission",
		"результат рассмотрения обратной связи":                           "feedback-result",
		"анкетирование":                                                   "feedback",
		"иные потребности":                                                "other",
		"получение обратной связи":                                        "", // who gets it?
		"получение разъяснений":                                           "consultation",
		"получение форм документов":                                       "forms",
		"получение бланков заявлений":                                     "forms",
		"выдача образца заявления":                                        "forms",
		"скачивание образцов":                                             "forms",
		"направление письменного обращения клиентом":                      "submission",
		"Подача письменного обращения клиентом":                           "submission",
		"подача клиентом заявлений и документов":                          "submission",
		"Представление клиентом документов":                               "submission",
		"представление заявления, обращения, запроса, документов, жалобы": "submission",
		"обращение с жалобой":                                             "submission",
		"предоставление обратной связи":                                   "feedback",
		"Оценка качества взаимодействия":                                  "feedback",
		"получение результата рассмотрения обратной связи":                "feedback-result",
		"получение информации о результатах рассмотрения обратной связи":  "feedback-result",
		"другие удовлетворяемые потребности внешнего клиента":             "other",
		"получение информации и консультации":                             "info consultation",
		"получение информации, форм документов":                           "info forms",
		"подача заявления и предоставление обратной связи":                "submission feedback",
		"получение информации в письменной форме":                         "info",
		"получение клиентом документов":                                   "",
		"прохождение клиентом оценки на соответствие должности":           "",
		"Прохождение клиентом оценки на соответствие должности государственной гражданской службы": "",
		"выдача документов клиенту":         "",
		"предоставление документов клиенту": "",
		"запись на приём":                   "",
		"":                                  "",
		"клиент":                            "",
	} {
		if got := needCodes(m.Needs(wording)); got != want {
			t.Errorf("%q: needs %q, want %q", wording, got, want)
		}
	}
}

func TestNeedsOfTheMinistry(t *testing.T) {
	m := NewMatcher(load(t, minec))
	for wording, want := range map[string]string{
		"получение информации о ходе рассмотрения обращения, запроса, документов": "progress",
		"получение клиентом информации о ходе рассмотрения его заявления":         "progress",
		"уточнение статуса заявления":                                             "progress",
		"получение результата, ответа, разъяснения":                               "result",
		"получение клиентом ответа на обращение":                                  "result",
		"получение результата рассмотрения заявления":                             "result",
		"получение информации о результате рассмотрения":                          "result",
		"получение результата рассмотрения обратной связи":                        "feedback-result",
		"получение ответа на обратную связь":                                      "feedback-result",
		"получение разъяснений":                                                   "result",
		"получение информации":                                                    "info",
		"подача заявления":                                                        "", // not in the Ministry's list
		"другие удовлетворяемые потребности внутреннего клиента":                  "other",
	} {
		if got := needCodes(m.Needs(wording)); got != want {
			t.Errorf("%q: needs %q, want %q", wording, got, want)
		}
	}
}

func needCodes(needs []Need) string {
	var codes []string
	for _, n := range needs {
		codes = append(codes, n.Code)
	}
	return strings.Join(codes, " ")
}

func TestKind(t *testing.T) {
	m := NewMatcher(load(t, komzan))
	for text, want := range map[string]string{
		"Официальный сайт Комитета: https://trud.alania.gov.ru/": "site",
		"сайт":                                       "site",
		"Интернет-сайт органа":                       "site",
		"Личный прием в кабинете 12":                 "reception",
		"Кабинет личного приема граждан":             "office",
		"Личный кабинет":                             "portal",
		"Платформа обратной связи":                   "portal",
		"Электронная почта: info@trud.alania.gov.ru": "email",
		"Адрес электронной почты":                    "email",
		"E-mail": "email",
		"Почтовый адрес: 362003, г. Владикавказ": "post",
		"Письмо":                              "post",
		"Телефон: 8 (8672) 64-90-22":          "phone",
		"телефонная связь":                    "phone",
		"Телефон горячей линии":               "phone",
		"Тел. отдела кадров":                  "phone",
		"телефон отдела, кабинет 5":           "phone",
		`система СЭД "Дело-WEB"`:              "edms",
		"ЕСЭД «Дело-WEB»":                     "edms",
		"СЭД":                                 "edms",
		`"Вконтакте"`:                         "social",
		"страницы в социальных сетях":         "social",
		"Телеграм-канал":                      "social",
		"Одноклассники":                       "social",
		"канал в MAX":                         "social",
		"Мессенджер MAX":                      "messenger",
		"чат-бот":                             "messenger",
		"портал правовой информации":          "portal",
		"Единый портал государственных услуг": "portal",
		"Госуслуги":                           "portal",
		"личный кабинет на портале":           "portal",
		"кабинет 314":                         "office",
		"помещения (кабинеты) Министерства":   "office",
		"Места приема документов для участия в конкурсе на замещение должностей":                        "office",
		"Место проведения конкурса на замещение должности государственной гражданской службы":           "office",
		"Места приема сотрудниками отдела организационной, кадровой работы и противодействия коррупции": "office",
		"места нахождения (осуществления деятельности) Комитета":                                        "office",
		"личный прием граждан в местах приема клиентов":                                                 "reception",
		"Личный приём председателя": "reception",
		"МФЦ": "mfc",
		"Информационный стенд": "stand",
		"Электронный адрес":    "email",
		"Единый контакт-центр": "phone",
		"t.me/komzan15":        "social",
		"АИС «Кадры»":          "system",
		"Интернет-приёмная":    "portal",
		"Официальный сайт, раздел «Интернет-приемная»": "site",
		"Приёмная министра":                            "office",
		"личное дело":                                  "",
		"":                                             "",
		"Увольнение":                                   "",
	} {
		if got, _ := m.Kind(text); got != want {
			t.Errorf("%q: kind %q, want %q", text, got, want)
		}
	}
}

func TestColumn(t *testing.T) {
	m := NewMatcher(load(t, minec)) // no form of its own: the common rules alone
	for heading, want := range map[string]string{
		"№ п/п":  "number",
		"№":      "number",
		"№\nп/п": "number",
		"N п/п":  "number",
		"Направление деятельности Комитета РСО-Алания по занятости населения": "process",
		"Функция (сервис)":                         "process",
		"Наименование процесса":                    "process",
		"Точка взаимодействия":                     "touchpoint",
		"Точки взаимодействия с клиентом":          "touchpoint",
		"Канал взаимодействия":                     "touchpoint",
		"Осуществляемое взаимодействие с клиентом": "usage",
		"Удовлетворяемые потребности клиента":      "needs",
		"Особенности взаимодействия с клиентом":    "feature",
		"Тип точки взаимодействия":                 "class",
		"Тип точки (цифровая/офлайн)":              "class",
		"Ответственный отдел":                      "department",
		"Ответственное структурное подразделение":  "department",
		"Режим работы":                             "hours",
		"График приёма":                            "hours",
		"Адрес":                                    "place",
		"Ответственный за ведение":                 "department",
		"Вид деятельности":                         "process",
		"Наименование точки":                       "touchpoint",
		"Формат взаимодействия":                    "class",
		"Контактные данные":                        "contact",
		"Тип признака":                             "",
		"Признак":                                  "",
		"Значение признака":                        "",
		"":                                         "",
	} {
		if got, _ := m.Column(heading); got != want {
			t.Errorf("%q: column %q, want %q", heading, got, want)
		}
	}
}

func TestTopics(t *testing.T) {
	m := NewMatcher(load(t, minec))
	for text, want := range map[string]string{
		"Увольнение с государственной гражданской службы":                         "hr",
		"Поступление на государственную гражданскую службу (прием на работу)":     "hr",
		"Ведение бухгалтерского учета":                                            "accounting",
		"Физическое лицо, меняющее расчетный счет для получения заработной платы": "accounting",
		"отдел технического обеспечения, защиты информации и делопроизводства":    "it",
		"Информационно-техническое обеспечение":                                   "it",
		"Благоустройство": "",
	} {
		var codes []string
		for _, tp := range m.Topics(text) {
			codes = append(codes, tp.Code)
		}
		if got := strings.Join(codes, " "); got != want {
			t.Errorf("%q: topics %q, want %q", text, got, want)
		}
	}
}

// TestDeclaredPointsAreOfTheirKind holds the common words to what the orders themselves say.
func TestDeclaredPointsAreOfTheirKind(t *testing.T) {
	for _, id := range IDs() {
		p := load(t, id)
		m := NewMatcher(p)
		for _, d := range p.Declared {
			if got, ok := m.Kind(d.Quote); ok && got != d.Kind { // the third telephone of a list is a bare number
				t.Errorf("%s: %q is of kind %q, want %q", id, d.Quote, got, d.Kind)
			}
			if got, _ := m.Kind(d.Label); got != d.Kind {
				t.Errorf("%s: %q is of kind %q, want %q", id, d.Label, got, d.Kind)
			}
		}
		for _, n := range p.Needs {
			if got := needCodes(m.Needs(n.Text)); got != n.Code {
				t.Errorf("%s: %q means %q, want %q", id, n.Text, got, n.Code)
			}
		}
		for _, k := range p.KeyPoints {
			if got, ok := m.Kind(k.Text); ok && !strings.Contains(strings.Join(k.Kinds, " "), got) {
				t.Errorf("%s: %q is of kind %q, want one of %v", id, k.Text, got, k.Kinds)
			}
		}
	}
}

func TestRuleNotation(t *testing.T) {
	for _, c := range []struct {
		rule, text string
		want       bool
	}{
		{"получение информации", "информацию получают", false},
		{"получение|получают информации", "информацию получают", true},
		{"=информация", "информация", true},
		{"=информация", "информация и ответ", false},
		{"прием !клиентом", "приём", true},
		{"прием !клиентом", "приём Клиентом", false},
		{"прием !клиентом", "приём клиента", true},
		{"чат-бот", "бот, чат", true},
		{"", "что угодно", false},
		{"=№ п п", "№ п/п", true},
	} {
		var rs rules
		rs.add(0, c.rule)
		if got := len(rs.match(c.text, nil)) > 0; got != c.want {
			t.Errorf("rule %q on %q: %v, want %v", c.rule, c.text, got, c.want)
		}
	}
}

func BenchmarkNeeds(b *testing.B) {
	m := NewMatcher(load(b, komzan))
	for b.Loop() {
		m.Needs("Подача письменного обращения клиентом")
	}
}
