package lang

// wordMessages are the words of the page where a body says what people call its matters.
var wordMessages = map[string]message{
	"words.title":   {"Слова для поиска", "Words to search by"},
	"words.lead":    {"Как у\u00a0вас называют то, что перечень зовёт иначе: сокращения и\u00a0обиходные слова. Поиск понимает их сразу.", "What people here call the things that the register calls otherwise. The search understands them at once."},
	"words.lines":   {"По одному правилу в\u00a0строке", "One rule a line"},
	"words.hint":    {"«зп, получка = денежное содержание»: слева — как спрашивают, справа — как записано. «сменить, поменять» без «=»: каждое значит другое.", "«зп, получка = денежное содержание»: what people say on the left, what is written on the right. Without «=» each means the others."},
	"words.fault":   {"Строка %d: %s.", "Line %d: %s."},
	"words.done":    {"Сохранено: поиск уже понимает эти слова.", "Saved: the search understands these words already."},
	"words.changes": {"Что изменится в\u00a0ответах", "What changes in the answers"},
	"words.same":    {"Первые ответы останутся прежними.", "The first answers stay the same."},
	"words.nothing": {"ничего не\u00a0находилось", "nothing"},
	"words.save":    {"Сохранить", "Save"},
	"words.look":    {"Посмотреть, что изменится", "See what changes"},
}
