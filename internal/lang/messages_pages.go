package lang

import "maps"

// messages holds every text of the pages; one map per topic, so that a page's words stand together.
var messages = func() map[string]message {
	all := map[string]message{}
	for _, m := range []map[string]message{layoutMessages, registerMessages, subjectMessages, findingMessages, editionMessages, logMessages, errorMessages, fieldMessages, formMessages, peopleMessages, processMessages, settleMessages} {
		maps.Copy(all, m)
	}
	return all
}()

var layoutMessages = map[string]message{
	"layout.skip":     {"К содержанию", "Skip to content"},
	"layout.brand":    {"Перечень", "Perechen"},
	"layout.sections": {"Разделы", "Sections"},
	"layout.other":    {"English", "Русский"},
	"layout.past":     {"Прошлое состояние", "Past state"},
	"layout.present":  {"К\u00a0текущему перечню", "Back to the current register"},

	"past.edition": {"Показана редакция %d от\u00a0%s, запись журнала №\u00a0%s.", "This is edition %d of %s, log entry No.\u00a0%s."},
	"past.on":      {"Показано то, что было известно %s, запись журнала №\u00a0%s.", "This is what was known on %s, log entry No.\u00a0%s."},
	"past.before":  {"На %s журнал ещё не вёлся: записей нет.", "On %s the log had not begun: there are no entries."},
	"past.entry":   {"Показано состояние на записи журнала №\u00a0%s.", "This is the state at log entry No.\u00a0%s."},

	"nav.register":  {"Перечень", "Register"},
	"nav.points":    {"Точки", "Points"},
	"nav.processes": {"Процессы", "Processes"},
	"nav.clients":   {"Клиенты", "Clients"},
	"nav.order":     {"Порядок", "Procedure"},
	"nav.findings":  {"Замечания", "Findings"},
	"nav.editions":  {"Редакции", "Editions"},
	"nav.documents": {"Документы", "Documents"},

	"foot.entry":   {"Запись №\u00a0%s", "Entry No.\u00a0%s"},
	"foot.print":   {"отпечаток журнала", "log fingerprint"},
	"foot.verify":  {"проверить", "verify"},
	"foot.log":     {"Журнал записей", "Log of entries"},
	"foot.product": {"Перечень точек взаимодействия с\u00a0клиентом", "Register of the points where a client is served"},

	"class.digital": {"цифровая", "digital"},
	"class.offline": {"офлайн", "offline"},
	"class.printed": {"в\u00a0отчёте:", "as printed:"},
	"class.none":    {"не указан", "not stated"},
	"order.number":  {"п.\u00a0%s", "clause\u00a0%s"},

	"note.todo":  {"Что делать", "What to do"},
	"note.again": {"См.\u00a0выше:", "See above:"},

	"note.more": {"и\u00a0ещё %s", "and %s more"},

	"pager.label": {"Страницы", "Pages"},
	"pager.prev":  {"Предыдущие", "Previous"},
	"pager.next":  {"Следующие", "Next"},
	"pager.text":  {"%s–%s из\u00a0%s", "%s–%s of\u00a0%s"},

	"bodies.title": {"Перечни органов", "Registers of public bodies"},
	"bodies.none":  {"Пока нет ни одного органа", "No public body yet"},
	"bodies.next":  {"Добавьте орган вместе с\u00a0порядком, по которому он ведёт перечень:", "Add a body together with the procedure it keeps its register by:"},
	"bodies.demo":  {"Или посмотрите на двух готовых примерах:", "Or look at two ready examples:"},
	"bodies.line":  {"Запись №\u00a0%s от\u00a0%s", "Entry No.\u00a0%s of %s"},
	"bodies.state": {"%s, %s, %s", "%s, %s, %s"},
	"bodies.empty": {"Записей пока нет", "No entries yet"},

	"empty.import": {"Загрузите приказ или таблицу, которые у\u00a0вас есть. Сначала программа покажет, что нашла; в\u00a0перечень ничего не попадёт, пока вы не подтвердите.", "Load the order or the table you have. The program first shows what it found; nothing enters the register until you confirm."},
}

var registerMessages = map[string]message{
	"register.title":     {"Перечень точек взаимодействия", "Register of points of contact"},
	"register.edition":   {"Редакция %d от\u00a0%s", "Edition %d of %s"},
	"register.noedition": {"Редакция ещё не утверждена", "No edition is approved yet"},
	"register.since":     {"после неё %s", "%s since"},
	"register.entries":   {"запись|записи|записей", "entry|entries"},
	"register.report":    {"Скачать отчёт", "Download the report"},
	"register.on":        {"На дату…", "On a date…"},
	"register.onlabel":   {"Что было известно на дату", "What was known on the date"},
	"register.print":     {"Печать", "Print"},
	"register.show":      {"Показать", "Show"},
	"register.facts":     {"Сводка", "Summary"},
	"register.export":    {"Скачать показанное:", "Download what is shown:"},
	"register.continued": {"продолжение", "continued"},
	"register.noprocess": {"Направление не указано", "No process stated"},
	"register.rows":      {"взаимодействие|взаимодействия|взаимодействий", "interaction|interactions"},
	"register.all":       {"%s, в\u00a0порядке отчёта", "%s, in the order of the report"},
	"register.part":      {"Отобрано %s из\u00a0%s", "%s of %s selected"},
	"register.page":      {"строки %s–%s", "rows %s–%s"},
	"register.caption":   {"Точки взаимодействия по направлениям деятельности", "Points of contact by process"},

	"fact.processes": {"процесс|процесса|процессов", "process|processes"},
	"fact.points":    {"точка|точки|точек", "point|points"},
	"fact.usages":    {"взаимодействие|взаимодействия|взаимодействий", "interaction|interactions"},
	"fact.needs":     {"потребностей закрыто", "needs met"},
	"fact.of":        {"%d из\u00a0%d", "%d of\u00a0%d"},
	"fact.findings":  {"замечание|замечания|замечаний", "finding|findings"},

	"filter.find":       {"Найти", "Find"},
	"filter.hint":       {"увольнение, справка, телефон", "dismissal, certificate, telephone (in Russian)"},
	"filter.more":       {"Отбор", "Filters"},
	"filter.reset":      {"Показать всё", "Show all"},
	"filter.process":    {"Направление", "Process"},
	"filter.kind":       {"Канал", "Channel"},
	"filter.need":       {"Потребность", "Need"},
	"filter.class":      {"Тип точки", "Class of point"},
	"filter.department": {"Отдел", "Department"},
	"filter.severity":   {"Вес", "Severity"},
	"filter.rule":       {"Правило", "Rule"},
	"filter.any.n":      {"любое", "any"},
	"filter.any.m":      {"любой", "any"},
	"filter.any.f":      {"любая", "any"},

	"empty.filter":     {"Под отбор ничего не подходит", "Nothing matches"},
	"empty.filtertext": {"Уберите часть условий или поищите другими словами: подойдёт любая форма слова.", "Remove some conditions or try other words: any form of a word will do."},
	"empty.title":      {"Взаимодействий в\u00a0перечне пока нет", "There are no interactions in the register yet"},
	"empty.points":     {"Посмотреть %s", "See %s"},
	"empty.before":     {"В\u00a0этот день перечня ещё не было", "There was no register on that day"},
	"empty.beforetext": {"Выберите более позднюю дату или вернитесь к\u00a0текущему перечню.", "Choose a later date or go back to the current register."},
	"empty.beforelink": {"К\u00a0текущему перечню", "Back to the current register"},

	"col.no":      {"№", "No."},
	"col.process": {"Направление деятельности", "Process"},
	"col.point":   {"Точка взаимодействия", "Point of contact"},
	"col.usage":   {"Осуществляемое взаимодействие", "What is done there"},
	"col.class":   {"Тип", "Class"},
	"col.notes":   {"На полях", "Notes"},
}

var subjectMessages = map[string]message{
	"points.title":     {"Точки взаимодействия", "Points of contact"},
	"points.line":      {"%s, в\u00a0порядке первого упоминания", "%s, in the order of first mention"},
	"points.used":      {"Используется", "In use"},
	"points.usedin":    {"в\u00a0%s", "in\u00a0%s"},
	"points.processes": {"процессе|процессах|процессах", "process|processes"},
	"points.unused":    {"не используется", "not in use"},
	"points.none":      {"Точек в\u00a0перечне пока нет", "There are no points in the register yet"},

	"point.kind":       {"Канал", "Channel"},
	"point.class":      {"Тип", "Class"},
	"point.classby":    {"по\u00a0п.\u00a0%s Порядка", "by clause\u00a0%s of the procedure"},
	"point.declared":   {"Названа в\u00a0Порядке", "Named in the procedure"},
	"point.department": {"Отдел", "Department"},
	"point.place":      {"Адрес", "Address"},
	"point.hours":      {"Часы работы", "Opening hours"},
	"point.valid":      {"Действует", "In force"},
	"point.key":        {"Ключ", "Key"},
	"point.source":     {"Откуда взято", "Taken from"},
	"point.usages":     {"Где используется", "Where it is used"},
	"point.unused":     {"Эту точку не использует ни одно направление деятельности.", "No process uses this point."},
	"point.gone":       {"Эта точка исключена из перечня. Ниже показано, какой она была.", "This point has been excluded from the register. Its last version is shown."},

	"valid.from":   {"с\u00a0%s", "from %s"},
	"valid.to":     {"по\u00a0%s", "until %s"},
	"valid.fromto": {"с\u00a0%s по\u00a0%s", "from %s until %s"},

	"processes.title":    {"Направления деятельности", "Processes"},
	"processes.line":     {"%s из\u00a0реестра межведомственных и\u00a0внутриведомственных процессов", "%s of the register of inter- and intra-departmental processes"},
	"processes.coverage": {"Какие потребности где удовлетворяются", "Which needs are met where"},
	"processes.caption":  {"В\u00a0клетке указан тип точек, через которые потребность удовлетворяется", "A cell names the class of the points through which the need is met"},
	"processes.all":      {"Во всех направлениях", "In all processes"},
	"processes.none":     {"Направлений в\u00a0перечне пока нет", "There are no processes in the register yet"},

	"process.position": {"Номер в\u00a0отчёте", "Number in the report"},
	"process.included": {"Включено в\u00a0реестр", "Included by"},
	"process.points":   {"Точки взаимодействия", "Points of contact"},
	"process.empty":    {"Для этого направления не указано ни одной точки взаимодействия.", "This process has no points of contact."},
	"process.coverage": {"Удовлетворяемые потребности", "Needs met"},
	"process.where":    {"Через точки", "Through points"},
	"process.nowhere":  {"нет", "none"},
	"process.gone":     {"Это направление исключено из перечня. Ниже показано, каким оно было.", "This process has been excluded from the register. Its last version is shown."},

	"clients.title":      {"Клиенты", "Clients"},
	"clients.line":       {"%s, %s", "%s, %s"},
	"clients.profiles":   {"профиль|профиля|профилей", "profile|profiles"},
	"clients.attributes": {"признак сегментации|признака сегментации|признаков сегментации", "attribute|attributes"},
	"clients.dictionary": {"Признаки сегментации", "Attributes"},
	"clients.attribute":  {"Признак", "Attribute"},
	"clients.free":       {"любое значение", "any value"},
	"clients.none":       {"Клиенты не описаны", "The clients are not described"},
	"clients.next":       {"Профили и\u00a0признаки сегментации приходят вместе с\u00a0приказом, если они в\u00a0нём есть.", "Profiles and attributes come with the order, if it has any."},

	"history.title":   {"История", "History"},
	"history.none":    {"Записей нет.", "No entries."},
	"history.version": {"Посмотреть, как было после этой записи", "See how it stood after this entry"},
}

var findingMessages = map[string]message{
	"findings.title":     {"Замечания", "Findings"},
	"findings.line":      {"На %s: %s", "On %s: %s"},
	"findings.clean":     {"Замечаний нет", "No findings"},
	"findings.cleantext": {"Перечень согласуется с\u00a0Порядком и\u00a0сам с\u00a0собой.", "The register agrees with its procedure and with itself."},
	"findings.nomatch":   {"Под отбор не подходит ни одно замечание", "No finding matches"},
	"findings.matchtext": {"Уберите часть условий.", "Remove some conditions."},
	"findings.fix":       {"Что делать:", "What to do:"},
	"findings.depends":   {"Исчезнет, если исправить:", "Will disappear once this is corrected:"},
	"findings.or":        {" или", " or"},
	"findings.reason":    {"Отклонено:", "Rejected:"},
	"findings.reject":    {"Замечание неверно?", "Is the finding wrong?"},
	"findings.how":       {"Отклоните его и\u00a0назовите причину: оно не вернётся, пока не изменится то, о\u00a0чём оно.", "Reject it and give the reason: it does not return until its subject changes."},
	"findings.because":   {"причина", "reason in Russian"},

	"severity.violation":       {"Нарушение", "Violation"},
	"severity.unclear":         {"Неясность", "Unclear"},
	"severity.form":            {"Оформление", "Form"},
	"severity.violation.many":  {"Нарушения", "Violations"},
	"severity.unclear.many":    {"Неясности", "Unclear points"},
	"severity.form.many":       {"Оформление", "Form"},
	"severity.rejected.many":   {"Отклонённые", "Rejected"},
	"severity.violation.lead":  {"Перечень противоречит Порядку, или Порядок противоречит сам себе.", "The register contradicts its procedure, or the procedure contradicts itself."},
	"severity.unclear.lead":    {"Можно прочесть двояко: решить должен человек.", "It can be read in two ways: a person must decide."},
	"severity.form.lead":       {"Написание, ссылки, расположение.", "Spelling, references, layout."},
	"severity.rejected.lead":   {"Эти замечания рассмотрены и\u00a0не вернутся, пока не изменится их предмет.", "These findings have been settled and do not return until their subject changes."},
	"severity.violation.count": {"нарушение|нарушения|нарушений", "violation|violations"},
	"severity.unclear.count":   {"неясность|неясности|неясностей", "unclear point|unclear points"},
	"severity.form.count":      {"замечание по\u00a0оформлению|замечания по\u00a0оформлению|замечаний по\u00a0оформлению", "finding of form|findings of form"},
	"severity.rejected.count":  {"отклонено|отклонено|отклонено", "rejected|rejected"},

	"order.contents":   {"Содержание", "Contents"},
	"order.registered": {"Зарегистрирован: %s, №\u00a0%s от\u00a0%s", "Registered by %s, No. %s of %s"},
	"order.none":       {"Текста Порядка нет", "The text of the procedure is not here"},
	"order.next":       {"Порядок приходит вместе с\u00a0органом: perechen body add --procedure …", "The procedure comes with the body: perechen body add --procedure …"},
}
