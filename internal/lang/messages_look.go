package lang

// lookMessages are of the choice of how pages look, and of the statement on accessibility.
var lookMessages = map[string]message{
	"layout.look":   {"Для слабовидящих", "Appearance"},
	"layout.access": {"Доступность", "Accessibility"},

	"look.title":         {"Как показывать страницы", "How pages look"},
	"look.lead":          {"Выбор действует на всех страницах и хранится только в вашем браузере.", "The choice holds on all pages and is kept in your browser only."},
	"look.size":          {"Размер букв", "Size of letters"},
	"look.size.":         {"обычный", "usual"},
	"look.size.large":    {"крупный", "large"},
	"look.size.huge":     {"очень крупный", "very large"},
	"look.colours":       {"Цвета", "Colours"},
	"look.colours.":      {"как на устройстве", "as on the device"},
	"look.colours.light": {"светлые", "light"},
	"look.colours.dark":  {"тёмные", "dark"},
	"look.colours.black": {"чёрным по белому", "black on white"},
	"look.colours.white": {"белым по чёрному", "white on black"},
	"look.colours.blue":  {"тёмно-синим по голубому", "dark blue on light blue"},
	"look.space":         {"Расстояние между буквами и строками", "Space between letters and lines"},
	"look.space.":        {"обычное", "usual"},
	"look.space.wide":    {"увеличенное", "wide"},
	"look.set":           {"Показывать так", "Show like this"},
	"look.usual":         {"Вернуть обычный вид", "Back to the usual look"},

	"access.title": {"Доступность страниц", "Accessibility of the pages"},
	"access.lead":  {"Страницы сделаны по ГОСТ Р 52872-2019 и WCAG 2.1 уровня AA. Здесь сказано, что и как проверено при выпуске этой версии.", "The pages follow WCAG 2.1 level AA (GOST R 52872-2019). This page says what was checked for this version, and how."},
	"access.how":   {"Что проверено", "What was checked"},
	"access.checked": {"Каждая страница открыта в браузере Chromium шириной 1280 и 360 точек и просмотрена программой axe-core 4.14 по правилам WCAG 2.1 A и AA: замечаний нет.¦" +
		"Основная работа проделана одной клавиатурой: порядок перехода, видимая рамка, ссылка «К содержанию», закрытие окон клавишей Esc.¦" +
		"Страницы читаются и формы отправляются без JavaScript.¦" +
		"Увеличение до 400 % и крупные буквы: содержание идёт в одну колонку, ничего не обрезано.¦" +
		"Контраст текста не ниже 4,5 : 1 в светлых и тёмных цветах и не ниже 7 : 1 в контрастных. Цвет нигде не служит единственным признаком.",
		"Every page was opened in Chromium at 1280 and 360 px and looked at by axe-core 4.14 with the rules of WCAG 2.1 A and AA: no violations.¦" +
			"The main work was done by keyboard alone: order of focus, visible outline, the link to the content, Esc closes windows.¦" +
			"Pages are read and forms are sent without JavaScript.¦" +
			"Zoom of 400 % and large letters: content flows in one column, nothing is cut off.¦" +
			"Contrast of text is at least 4.5:1 in light and dark colours and at least 7:1 in the contrast ones. Colour is never the only sign."},
	"access.can": {"Что можно настроить", "What can be set"},
	"access.canlist": {"Размер букв, контрастные цвета, расстояния между буквами и строками.|Тёмные цвета и отказ от движения берутся из настроек устройства.¦Документы в PDF размечены для программ чтения с экрана; те же сведения есть в DOCX, ODT и XLSX.¦У каждой схемы рядом есть таблица с теми же сведениями.",
		"Size of letters, contrast colours, space between letters and lines.¦Dark colours and reduced motion follow the settings of the device.¦PDF documents are tagged for screen readers; the same facts come as DOCX, ODT and XLSX.¦Every picture has a table with the same facts beside it."},
	"access.limits":    {"Что известно и не сделано", "Known limits"},
	"access.limitlist": {"Работа с программами экранного чтения NVDA и JAWS не проверялась людьми, которые ими пользуются постоянно; проверены имена, роли и состояния.¦Файлы, которые орган прикладывает сам (бланки), могут быть не размечены.", "Work with NVDA and JAWS was not tried by people who use them every day; names, roles and states were checked.¦Files that a body attaches itself (forms) may lack tags."},
	"access.tell":      {"Если что-то мешает", "If something is in the way"},
	"access.telltext":  {"Напишите или позвоните в орган, чьи страницы вы читаете: его точки взаимодействия перечислены здесь же. Нужное сведение сообщат другим способом.", "Write to or call the body whose pages you read: its points of contact are listed here. You will be told what you need in another way."},
}
