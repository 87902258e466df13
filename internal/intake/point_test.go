package intake

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/procedure"
)

// TestPointsOfACell: «kind | label | value | contact» of each point of a cell; then «! rule …» of each doubt.
func TestPointsOfACell(t *testing.T) {
	for cell, want := range map[string]string{
		// contacts and their canonical forms
		"Телефон: 8 (8672) 64-90-22":             "phone | Телефон | 8 (8672) 64-90-22 | +78672649022",
		"Телефон 8(8672)649022":                  "phone | Телефон | 8(8672)649022 | +78672649022",
		"тел. +7 (8672) 64-90-22 доб. 123":       "phone | тел. | +7 (8672) 64-90-22 доб. 123 | +78672649022;ext=123",
		"тел./факс: 8-8672-64-90-22 (доб. 4)":    "phone | тел./факс | 8-8672-64-90-22 (доб. 4) | +78672649022;ext=4",
		"Телефон горячей линии: 8-800-100-00-01": "phone | Телефон горячей линии | 8-800-100-00-01 | +78001000001",
		"(8672) 64-90-22":                        "phone |  | (8672) 64-90-22 | +78672649022",
		"+7 918 820-00-00":                       "phone |  | +7 918 820-00-00 | +79188200000",
		"Телефон: 64-90-22":                      "phone | Телефон | 64-90-22 |  ! R12 номер напечатан без кода",
		"телефон: 8 (8672) 64-90-2":              "phone | телефон | 8 (8672) 64-90-2 |  ! R12 такого телефонного номера нет в России",
		"телефон 112":                            "phone | телефон | 112 | 112",
		"https://trud.alania.gov.ru/":            "site |  | https://trud.alania.gov.ru/ | https://trud.alania.gov.ru/",
		"Официальный сайт Комитета: https://trud.alania.gov.ru/":     "site | Официальный сайт Комитета | https://trud.alania.gov.ru/ | https://trud.alania.gov.ru/",
		"Сайт – trud.alania.gov.ru.":                                 "site | Сайт | trud.alania.gov.ru | https://trud.alania.gov.ru/",
		"сайт <https://economy.alania.gov.ru>":                       "site | сайт | https://economy.alania.gov.ru | https://economy.alania.gov.ru/",
		"Сайт (www.Trud.Alania.gov.ru)":                              "site | Сайт | www.Trud.Alania.gov.ru | https://www.trud.alania.gov.ru/",
		"сайт занятость15.рф":                                        "site | сайт | занятость15.рф | https://xn--15-6kc1a5agvgc4h2a.xn--p1ai/",
		"Сайт: trud.аlania.gov.ru":                                   "site | Сайт | trud.аlania.gov.ru |  ! R12 в адресе русские буквы стоят среди латинских: «а»",
		"Портал правовой информации: www.pravo.gov.ru":               "portal | Портал правовой информации | www.pravo.gov.ru | https://www.pravo.gov.ru/",
		"Портал госуслуг https://www.gosuslugi.ru/600123/1/form?a=1": "portal | Портал госуслуг | https://www.gosuslugi.ru/600123/1/form?a=1 | https://www.gosuslugi.ru/600123/1/form?a=1",
		"Электронная почта: Info@Trud.alania.gov.ru":                 "email | Электронная почта | Info@Trud.alania.gov.ru | info@trud.alania.gov.ru",
		"e-mail:info@trud.alania.gov.ru":                             "email | e-mail | info@trud.alania.gov.ru | info@trud.alania.gov.ru",
		"почта: infо@trud.alania.gov.ru":                             "email | почта | infо@trud.alania.gov.ru |  ! R12 в имени почтового ящика русские буквы стоят среди латинских: «о»",
		"почта: отдел@занятость.рф":                                  "email | почта | отдел@занятость.рф | отдел@xn--80antepec4fwa.xn--p1ai",
		"Вконтакте: vk.com/komzan15":                                 "social | Вконтакте | vk.com/komzan15 | https://vk.com/komzan15",
		"Телеграм-канал https://t.me/komzan15/":                      "social | Телеграм-канал | https://t.me/komzan15/ | https://t.me/komzan15",
		"Телеграм: @komzan15":                                        "social | Телеграм | @komzan15 | https://t.me/komzan15",
		"Канал @komzan15":                                            "social | Канал | @komzan15 |  ! R12 не сказано, в какой сети страница",
		// without contacts
		"СЭД «Дело-WEB»":         "edms | СЭД «Дело-WEB» |  | ",
		"Кабинет 25":             "office | Кабинет 25 |  | ",
		"Личный прием граждан":   "reception | Личный прием граждан |  | ",
		"16.02.2026":             " | 16.02.2026 |  | ",
		"приказ от 16.02.2026 №": " | приказ от 16.02.2026 № |  | ",
		"file.docx":              " | file.docx |  | ",
		"Комиссия":               " | Комиссия |  | ",
		// a remark after the contact stays with it
		"Телефон: 8 (8672) 64-90-22 (отдел кадров)":     "phone | Телефон | 8 (8672) 64-90-22 (отдел кадров) | +78672649022",
		"Отдел кадров (каб. 5, тел. 8 (8672) 64-90-22)": "office | Отдел кадров (каб. 5, тел. 8 (8672) 64-90-22) |  |  ! R13 и место, и контакт",
		"Отдел кадров, каб. 5, тел. 8 (8672) 64-90-22":  "office | Отдел кадров, каб. 5, тел. 8 (8672) 64-90-22 |  |  ! R13 и место, и контакт",
		"Приемная: 8 (8672) 64-90-22":                   "phone | Приемная | 8 (8672) 64-90-22 | +78672649022",
		"WhatsApp: +7 918 820-00-00":                    "messenger | WhatsApp | +7 918 820-00-00 | +79188200000",
		"Эл. почта: info @ trud.alania.gov.ru":          "email | Эл. почта | info @ trud.alania.gov.ru | info@trud.alania.gov.ru ! R12 в адресе почты пробел",
		"Почта: info@trud. alania.gov.ru":               "email | Почта | info@trud. alania.gov.ru | info@trud.alania.gov.ru ! R12 в адресе почты пробел",
		"Сайт: «https://trud.alania.gov.ru/».":          "site | Сайт | https://trud.alania.gov.ru/ | https://trud.alania.gov.ru/",
		"telegram @komzan.ru":                           "social | telegram | @komzan.ru | https://t.me/komzan.ru",
		"Республика Северная Осетия-Алания, г. Владикавказ, пр. Мира, 25": "office | Республика Северная Осетия-Алания, г. Владикавказ, пр. Мира, 25 |  | ",
		"1) сайт trud.alania.gov.ru 2) почта info@mail.ru 3) кабинет 5":   "site | сайт | trud.alania.gov.ru | https://trud.alania.gov.ru/ // email | почта | info@mail.ru | info@mail.ru // office | кабинет 5 |  | ",
		"1. сайт trud.alania.gov.ru; 2. почта info@mail.ru":               "site | сайт | trud.alania.gov.ru | https://trud.alania.gov.ru/ // email | почта | info@mail.ru | info@mail.ru",
		"а) кабинет 5, б) телефон 8 (8672) 64-90-22":                      "office | кабинет 5 |  |  // phone | телефон | 8 (8672) 64-90-22 | +78672649022",
		"Кабинет 1, личный прием":                                         "office | Кабинет 1, личный прием |  |  ! R13 взята одна точка",
		"Сайт, электронная почта и телефон":                               "site | Сайт |  |  // email | электронная почта |  |  // phone | телефон |  |  ! R13 взято 3",
		"Сайт: https://trud.alania.\ngov.ru/":                             "site | Сайт | https://trud.alania.gov.ru/ | https://trud.alania.gov.ru/",
		strings.Repeat("Телефон 8 (8672) 64-90-22, ", 400):                " | " + strings.TrimSpace(strings.Repeat("Телефон 8 (8672) 64-90-22, ", 400)) + " |  |  ! R13 слишком длинна",
		// several points
		"Телефоны: 8 (8672) 64-90-22, 64-90-23":                        "phone | Телефоны | 8 (8672) 64-90-22 | +78672649022 // phone | Телефоны | 64-90-23 | +78672649023",
		"тел. 8 (8672) 64-90-22/64-90-23 и 64-90-24":                   "phone | тел. | 8 (8672) 64-90-22 | +78672649022 // phone | тел. | 64-90-23 | +78672649023 // phone | тел. | 64-90-24 | +78672649024",
		"8 (8672) 64-90-22 (кадры), 64-90-23 (бухгалтерия)":            "phone |  | 8 (8672) 64-90-22 (кадры) | +78672649022 // phone |  | 64-90-23 (бухгалтерия) | +78672649023",
		"Сайт и электронная почта: trud.alania.gov.ru, info@mail.ru":   "site | Сайт | trud.alania.gov.ru | https://trud.alania.gov.ru/ // email | электронная почта | info@mail.ru | info@mail.ru",
		"https://trud.alania.gov.ru/, info@mail.ru":                    "site |  | https://trud.alania.gov.ru/ | https://trud.alania.gov.ru/ // email |  | info@mail.ru | info@mail.ru",
		"Телефон:\n8 (8672) 64-90-22":                                  "phone | Телефон | 8 (8672) 64-90-22 | +78672649022",
		"Телефоны:\n8 (8672) 64-90-22\n8 (8672) 64-90-23":              "phone | Телефоны | 8 (8672) 64-90-22 | +78672649022 // phone | Телефоны | 8 (8672) 64-90-23 | +78672649023",
		"- сайт trud.alania.gov.ru;\n- почта info@mail.ru;":            "site | сайт | trud.alania.gov.ru | https://trud.alania.gov.ru/ // email | почта | info@mail.ru | info@mail.ru",
		"Контакты: 8 (8672) 64-90-22, info@mail.ru":                    "phone | Контакты | 8 (8672) 64-90-22 | +78672649022 // email | Контакты | info@mail.ru | info@mail.ru",
		"Официальный сайт\nКомитета":                                   "site | Официальный сайт Комитета |  | ",
		"Места приема\nдокументов":                                     "office | Места приема документов |  | ",
		"телефон 8 (8672) 64-90-22, тот же 8 (8672) 64-90-22":          "phone | телефон | 8 (8672) 64-90-22 | +78672649022",
		"Отдел кадров: каб. 5; телефон 8 (8672) 64-90-22; зал прописи": "office | Отдел кадров: каб. 5 |  |  // phone | телефон | 8 (8672) 64-90-22 | +78672649022 // office | зал прописи |  | ",
	} {
		r := newPointReader(procedure.NewMatcher(load(t, komzan)))
		c := r.read(clean(cell))
		var got []string
		for _, p := range c.points {
			got = append(got, fmt.Sprintf("%s | %s | %s | %s", p.kind, p.label, p.value, p.contact))
		}
		line := strings.Join(got, " // ")
		for _, d := range c.doubts {
			line += " ! " + d.rule + " " + d.text
		}
		if _, doubt, ok := strings.Cut(want, " ! "); ok {
			rule, words, _ := strings.Cut(doubt, " ")
			if len(c.doubts) != 1 || c.doubts[0].rule != rule || !strings.Contains(c.doubts[0].text, words) {
				t.Errorf("%q: doubts %v, want %q", cell, c.doubts, doubt)
			}
			want, _, _ = strings.Cut(want, " ! ")
			line, _, _ = strings.Cut(line, " ! ")
		}
		if line != want {
			t.Errorf("%q:\n got %q\nwant %q", cell, line, want)
		}
	}
}

func TestPlacesAndHoursInACell(t *testing.T) {
	for cell, want := range map[string][2]string{
		"Кабинет 25, г. Владикавказ, пр. Мира, 25 (ежедневно с 9-00 до 18-00)":                      {"г. Владикавказ, пр. Мира, 25", "ежедневно с 9-00 до 18-00"},
		"Личный прием: 362003, г. Владикавказ, пр. Мира, 25\nпонедельник - пятница с 9-00 до 18-00": {"362003, г. Владикавказ, пр. Мира, 25", "понедельник - пятница с 9-00 до 18-00"},
		"Телефон: 8 (8672) 64-90-22": {"", ""},
		"г. Владикавказ":             {"", ""},
	} {
		r := newPointReader(procedure.NewMatcher(load(t, komzan)))
		c := r.read(clean(cell))
		if len(c.points) != 1 {
			t.Errorf("%q: %d points", cell, len(c.points))
			continue
		}
		if got := [2]string{c.points[0].place, c.points[0].hours}; got != want {
			t.Errorf("%q: %q, want %q", cell, got, want)
		}
	}
}

func TestPhrases(t *testing.T) {
	p := load(t, minec)
	r := newNeedReader(p, procedure.NewMatcher(p))
	for text, want := range map[string]string{
		"Получение информации клиентом, получение форм документов, направление письменного обращения клиентом":               "info: Получение информации клиентом / forms: получение форм документов / other: направление письменного обращения клиентом",
		"получение информации о ходе рассмотрения обращения, запроса, документов; получение результата, ответа, разъяснения": "progress: получение информации о ходе рассмотрения обращения, запроса, документов / result: получение результата, ответа, разъяснения",
		"Получение информации и консультации":                            "info: Получение информации и консультации / consultation: Получение информации и консультации",
		"Получение информации и получение консультации":                  "info: Получение информации / consultation: получение консультации",
		"- получение информации\n- получение консультации":               "info: получение информации / consultation: получение консультации",
		"Получение информации\nклиентом":                                 "info: Получение информации клиентом",
		"1) получение информации; 2) предоставление обратной связи.":     "info: получение информации / feedback: предоставление обратной связи",
		"Получение консуль-\nтации":                                      "consultation: Получение консуль- тации",
		"получение информации;\nв письменной форме":                      "info: получение информации / other: в письменной форме",
		"подача заявлений и документов":                                  "other: подача заявлений и документов",
		"Предварительная запись, личная консультация (устно, письменно)": "other: Предварительная запись / other: личная консультация (устно, письменно)",
		"получить информацию, подать заявление":                          "info: получить информацию / other: подать заявление",
		"—": "",
		"":  "",
	} {
		var got []string
		for _, n := range r.read(clean(text)).refs {
			got = append(got, n.Code+": "+n.Text)
		}
		if line := strings.Join(got, " / "); line != want {
			t.Errorf("%q:\n got %s\nwant %s", text, line, want)
		}
	}
}

func TestClassOf(t *testing.T) {
	for text, want := range map[string]string{
		"Взаимодействие в цифровой точке": "digital", "Взаимодействие в офлайн-точке": "offline", "Взаимодействие в офлайн - точке": "offline",
		"оффлайн": "offline оффлайн", "офф-лайн": "offline офф-лайн", "off-line": "offline", "Offline": "offline", "oфлайн": "offline", "очно": "offline",
		"личное обращение": "offline", "онлайн": "digital", "он-лайн": "digital", "On-line": "digital", "дистанционно": "digital", "Цифровая": "digital",
		"цифровая и офлайн": "both", "по телефону": "", "": "",
	} {
		p := classOf(text)
		got := string(p.class)
		if p.both {
			got = "both"
		}
		if p.misspel != "" {
			got += " " + p.misspel
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestKeys(t *testing.T) {
	for _, c := range []struct{ kind, canon, want string }{
		{kPhone, "+78672649022", "tel-78672649022"},
		{kPhone, "+78672649022;ext=12", "tel-78672649022-12"},
		{kSite, "https://trud.alania.gov.ru/", "site-trud.alania.gov.ru"},
		{kPortal, "https://www.pravo.gov.ru/", "site-pravo.gov.ru"},
		{kEmail, "info@trud.alania.gov.ru", "mail-info@trud.alania.gov.ru"},
		{kSocial, "https://vk.com/komzan15", "vk-komzan15"},
		{kSocial, "https://t.me/komzan15", "tg-komzan15"},
		{kSite, "https://xn--80antepec4fwa.xn--p1ai/", "site-zanyatost.rf"},
	} {
		if got := contactKey(c.kind, c.canon); got != c.want {
			t.Errorf("%s: %q, want %q", c.canon, got, c.want)
		}
	}
	k := newKeyring()
	if diff := cmp.Diff([]string{"a", "a-2", "a-3", "b"}, []string{k.take("a"), k.take("a"), k.take("a"), k.take("b")}); diff != "" {
		t.Error(diff)
	}
	for _, s := range []string{"", "«»", "Ёж", strings.Repeat("длинное слово ", 50), "日本", "ъь"} {
		if key := wordKey(ident(s), 40); !validKey(key) {
			t.Errorf("%q: key %q", s, key)
		}
	}
}

// validKey is the charset of keys that the ledger takes.
func validKey(k string) bool {
	if k == "" || len(k) > 120 || !(k[0] >= 'a' && k[0] <= 'z' || k[0] >= '0' && k[0] <= '9') {
		return false
	}
	return strings.Trim(k, "abcdefghijklmnopqrstuvwxyz0123456789._@+-") == ""
}
