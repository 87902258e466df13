package render

import "perechen/internal/register"

// OpWord names what happened to a subject in the words of clause 2.3.
func OpWord(op register.Op) string {
	return map[register.Op]string{register.Include: "включено", register.Amend: "изменено", register.Exclude: "исключено"}[op]
}

// KindWord names a kind of subject, in the nominative.
func KindWord(k register.Kind) string {
	return map[register.Kind]string{
		register.KindOrganisation: "орган",
		register.KindProcedure:    "порядок",
		register.KindDepartment:   "отдел",
		register.KindAppointment:  "назначение",
		register.KindProcess:      "процесс",
		register.KindTouchpoint:   "точка взаимодействия",
		register.KindUsage:        "взаимодействие",
		register.KindAttribute:    "признак сегментации",
		register.KindProfile:      "профиль клиентского сегмента",
		register.KindDecision:     "решение по замечанию",
		register.KindEdition:      "редакция",
		register.KindErasure:      "стирание",
		register.KindTask:         "задача актуализации",
		register.KindConfirmation: "подтверждение",
		register.KindCalendar:     "производственный календарь",
		register.KindPublication:  "опубликование",
		register.KindJourney:      "клиентский путь",
		register.KindForm:         "бланк",
		register.KindClosure:      "изменение часов",
		register.KindPhrase:       "слова для поиска",
		register.KindReplacement:  "замена",
	}[k]
}

// FieldWord names a field of a subject by its JSON name; an unknown name stays as it is.
func FieldWord(field string) string {
	if w, ok := fieldWords[field]; ok {
		return w
	}
	return field
}

var fieldWords = map[string]string{
	"act": "акт", "attribute": "признак", "client": "клиент", "contact": "контакт", "declared": "пункт порядка", "department": "отдел",
	"deputy": "замещает", "feature": "особенности взаимодействия", "features": "особенности пути", "forms": "формы документов", "free": "свободный текст",
	"from": "действует с", "genitive": "родительный падеж", "group": "направление", "head_name": "имя руководителя", "head_title": "должность руководителя",
	"hours": "часы работы", "included": "акт о включении", "inform": "информирование", "key": "ключ", "kind": "вид точки", "label": "название", "name": "наименование",
	"needs": "потребности", "note": "примечание", "of": "путь как есть", "parent": "вышестоящий орган", "person": "лицо", "place": "адрес", "position": "место в перечне", "printed": "тип в отчёте", "procedure": "порядок",
	"process": "процесс", "processes": "процессы", "profile": "профиль клиента", "purpose": "цель", "receive": "получение услуг", "role": "роль", "scope": "реестр", "short_name": "краткое наименование",
	"slug": "адрес", "stages": "этапы и шаги", "state": "состояние пути", "text": "осуществляемое взаимодействие", "title": "наименование", "to": "действует по", "touchpoint": "точка взаимодействия", "type": "тип признака",
	"value": "контакт", "values": "значения", "versions": "файлы",
}

// Subject says what a difference is about in one line: a point as printed, a usage with its point and process.
func Subject(d register.Difference, a, b *register.Register) string {
	x := d.After
	in := b
	if x == nil {
		x, in = d.Before, a
	}
	switch x := x.(type) {
	case register.Department:
		return x.Title
	case register.Process:
		return x.Title
	case register.Touchpoint:
		return x.Text()
	case register.Usage:
		p, _ := in.Process(x.Process)
		t, _ := in.Touchpoint(x.Touchpoint)
		return t.Text() + " — " + p.Title
	case register.Attribute:
		return x.Title
	case register.Profile:
		return x.Title
	case register.Journey:
		return x.Title
	case register.Blank:
		return x.Title
	case register.Appointment:
		return x.Person
	}
	return d.Key
}
