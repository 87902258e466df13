package procedure

import "testing"

func TestHeadingsOfTheProcessRegister(t *testing.T) {
	for heading, want := range map[string]string{
		"№ п/п": "number", "№": "number", "N п/п": "number",
		"Наименование процесса": "process", "Наименование функции (сервиса)": "process", "Процесс": "process", "Наименование": "process",
		"Функции и сервисы": "process", "Название услуги": "process", "Наименование межведомственного процесса": "process", "Бизнес-процесс": "process",
		"Наименование процесса (межведомственный, внутриведомственный)": "process",
		"Вид процесса": "scope", "Вид": "scope", "Межведомственный/внутриведомственный": "scope", "Тип (межведомственный или внутриведомственный)": "scope",
		"Вид процесса (межведомственный/внутриведомственный)": "scope", "Уровень процесса": "scope", "Реестр": "scope",
		"Направление деятельности": "direction", "Направление": "direction", "Сфера деятельности": "direction",
		"Ответственный отдел": "department", "Структурное подразделение": "department", "Ответственное структурное подразделение": "department",
		"Отдел, ответственный за процесс": "department", "Владелец процесса": "department", "Исполнитель": "department",
		"Акт о включении": "included", "Акт и дата включения": "included", "Дата и номер акта о включении": "included", "Реквизиты акта о включении процесса в реестр": "included",
		"Основание включения": "included", "Включён (акт)": "included", "Номер и дата приказа о внесении в реестр": "included",
		"Акт об исключении": "excluded", "Основание для исключения из реестра": "excluded", "№ и дата приказа об исключении": "excluded",
		"Дата включения": "from", "Дата включения в реестр": "from", "Действует с": "from", "Дата исключения": "to", "Действует по": "to",
		"Фамилия": "", "Оклад": "", "Дата": "", "Номер телефона": "",
	} {
		if got, _ := ProcessField(heading); got != want {
			t.Errorf("%q: got %q, want %q", heading, got, want)
		}
	}
	seen := map[string]bool{}
	for _, c := range ProcessColumns() {
		if got, _ := ProcessField(c.Heading); got != c.Field || seen[c.Field] {
			t.Errorf("the printed heading %q is read as %q, want %q", c.Heading, got, c.Field)
		}
		seen[c.Field] = true
	}
}
