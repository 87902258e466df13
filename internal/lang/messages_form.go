package lang

var formMessages = map[string]message{
	"form.may":   {"необязательно", "optional"},
	"form.error": {"Ошибка:", "Error:"},
	"form.was":   {"Сейчас в\u00a0перечне:", "In the register now:"},
	"form.wrong": {"Нужно исправить", "To be corrected"},

	"state.draft":     {"черновик", "draft"},
	"state.submitted": {"ждёт проверки", "awaits review"},
	"state.returned":  {"возвращено", "returned"},
	"state.included":  {"включено", "included"},
	"state.withdrawn": {"отозвано", "withdrawn"},
}
