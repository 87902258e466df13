package lang

// wayMessages are the words of a process as a short way: for the one who needs it done.
var wayMessages = map[string]message{
	"way.back":       {"Спросить иначе", "Ask another way"},
	"way.where":      {"Куда обратиться", "Where to turn"},
	"way.steps":      {"Что сделать", "What to do"},
	"way.at":         {"Где:", "Where:"},
	"way.papers":     {"Какие документы понадобятся", "Papers you will need"},
	"way.by":         {"Кто отвечает", "Who answers"},
	"way.hours":      {"часы:", "hours:"},
	"way.call":       {"Позвонить", "Call"},
	"way.write":      {"Написать", "Write"},
	"way.open":       {"Открыть", "Open"},
	"way.map":        {"На карте", "On a map"},
	"way.copy":       {"Скопировать", "Copy"},
	"way.copied":     {"Скопировано", "Copied"},
	"way.share":      {"Поделиться", "Share"},
	"way.linkcopied": {"Ссылка скопирована", "The link is copied"},
	"way.rows":       {"Строки перечня и история процесса", "Rows of the register and history of the process"},
	"way.nowhere":    {"Для этого процесса в перечне пока нет ни одной точки. Спросите иначе:", "The register has no point for this process yet. Ask another way:"},

	"front.often":  {"Чаще всего нужно", "Needed most"},
	"front.all":    {"Все процессы: %s", "All processes: %s"},
	"front.units":  {"Отделы", "Departments"},
	"front.leader": {"Руководит:", "Headed by:"},
	"front.does":   {"Чем занимается", "What it does"},
	"front.nearby": {"Кто поможет сейчас", "Who can help now"},

	"successor.title": {"Чем заменено", "What replaces it"},
	"successor.lead":  {"Старые ссылки и сохранённые адреса поведут туда.", "Old links and kept addresses will lead there."},
	"successor.by":    {"Теперь", "Now it is"},
	"successor.none":  {"ничем не заменено", "nothing"},
	"successor.now":   {"Теперь:", "Now:"},
	"successor.name":  {"Назвать замену", "Name what replaces it"},

	"pwa.name": {"Куда обратиться: %s", "Where to turn: %s"},

	"step.info":         {"Узнайте, что и как", "Learn what and how"},
	"step.consultation": {"Посоветуйтесь", "Ask for advice"},
	"step.forms":        {"Возьмите бланк", "Take the form"},
	"step.submission":   {"Подайте заявление и документы", "Hand in your papers"},
	"step.progress":     {"Узнайте, как идёт дело", "Hear how it goes"},
	"step.result":       {"Получите результат", "Receive the result"},
	"step.feedback":     {"Скажите, как всё прошло", "Say how it went"},
	"step.answer":       {"Узнайте, что стало с вашим отзывом", "Learn what came of what you said"},
}
