package lang

// journeyMessages are the words of the client's ways.
var journeyMessages = map[string]message{
	"journey.state.as-is": {"как есть", "as is"},
	"journey.state.to-be": {"как должно быть", "to be"},
	"journey.any":         {"любой клиент", "any client"},
	"journey.days":        {"рабочий день|рабочих дня|рабочих дней", "working day|working days"},
	"journey.hours":       {"час|часа|часов", "hour|hours"},
	"journey.minutes":     {"минута|минуты|минут", "minute|minutes"},
	"journey.stages":      {"этап|этапа|этапов", "stage|stages"},
	"journey.steps":       {"шаг|шага|шагов", "step|steps"},
	"journey.steps.gen":   {"шага|шагов|шагов", "step|steps"},
	"journey.pains":       {"болевая точка|болевые точки|болевых точек", "pain|pains"},
	"journey.timed":       {"%s (известно для %s)", "%s (known for %s)"},
	"journey.or":          {"или", "or"},
	"journey.former":      {"прежняя точка", "former point"},
	"journey.outside":     {"вне органа", "outside"},
	"journey.bare":        {"в\u00a0перечне нет этого взаимодействия", "the register has no such interaction"},
	"journey.continued":   {"%s (продолжение)", "%s (continued)"},

	"journey.mark.gone":    {"точка исключена", "point excluded"},
	"journey.mark.ended":   {"точка действовала до", "point was valid until"},
	"journey.mark.changed": {"точка изменилась", "point changed"},
	"journey.mark.need":    {"здесь этого больше не дают", "not to be had here any more"},
	"journey.mark.process": {"процесс исключён", "process excluded"},
	"journey.mark.profile": {"профиль исключён", "profile excluded"},

	"journey.pain.slight": {"неудобство", "nuisance"},
	"journey.pain.middle": {"трудность", "difficulty"},
	"journey.pain.severe": {"препятствие", "obstacle"},

	"journey.lane.action":    {"Что делает клиент", "What the client does"},
	"journey.lane.points":    {"Где: точки взаимодействия", "Where: points of contact"},
	"journey.lane.need":      {"Потребность", "Need"},
	"journey.lane.documents": {"Документы", "Documents"},
	"journey.lane.time":      {"Сколько длится", "How long"},
	"journey.lane.pain":      {"Что мешает", "What hurts"},

	"journey.map.title": {"Карта клиентского пути «%s»", "Map of the journey “%s”"},
	"journey.map.part":  {"%s, часть %d из %d", "%s, part %d of %d"},
	"journey.map.more":  {"Карта клиентского пути «%s», продолжение", "Map of the journey “%s”, continued"},
	"journey.map.desc":  {"%s (%s), %s.", "%s (%s), %s."},
	"journey.map.none":  {"В\u00a0этом пути нет ни одного шага.", "This journey has no steps."},
}
