package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"perechen/internal/lang"
	"perechen/internal/procedure"
)

// A point is one point of interaction as a cell prints it.
type point struct {
	kind    string // "" when nothing tells it
	label   string
	value   string
	contact string // canonical
	place   string // a postal address inside the words
	hours   string // opening hours inside the words
	ident   string // see id; kept by pointReader.read
}

// text is the point as printed: see register.Touchpoint.Text.
func (p point) text() string {
	switch {
	case p.value == "":
		return p.label
	case p.label == "":
		return p.value
	}
	return p.label + ": " + p.value
}

// id is what makes two printed points one: the contact; without one, the words.
func (p point) id() string {
	if p.ident != "" {
		return p.ident
	}
	switch {
	case strings.HasPrefix(p.contact, "+") && p.kind != kPhone: // a messenger at a telephone's number
		return p.kind + ":" + p.contact
	case p.contact != "":
		return contactID(p.contact)
	}
	return "\x00" + ident(p.text())
}

// A cellOf is what a cell of points holds.
type cellOf struct {
	points []point
	doubts []doubt
}

// A doubt is a finding about a text, before it has a place.
type doubt struct {
	rule string
	text string // the sentence
	fix  string
}

// pointReader reads cells of points. The same cell is read once.
type pointReader struct {
	m     *procedure.Matcher
	cells map[string]cellOf
	kinds map[string]string
	codes func() *cityCodes // nil when nothing is known of the body's telephones
}

func newPointReader(m *procedure.Matcher) *pointReader {
	return &pointReader{m: m, cells: map[string]cellOf{}, kinds: map[string]string{}}
}

// longCell is the length, in bytes, above which a cell is not looked into: nobody prints a point in so many words.
const longCell = 8 << 10

// read gives the points of a clean cell, one or more.
func (r *pointReader) read(text string) cellOf {
	if got, ok := r.cells[text]; ok {
		return got
	}
	var c cellOf
	if len(text) > longCell {
		c.points = []point{{label: oneLine(text)}}
		c.doubts = []doubt{{"R13", "Ячейка слишком длинна для названия точки взаимодействия: «" + clip(text, 120) + "»; разобрать её не удалось.",
			"Напечатайте каждую точку отдельной строкой таблицы."}}
		c.points[0].ident = c.points[0].id()
		return c
	}
	parts := r.parts(text, &c)
	for _, p := range parts {
		c.points = append(c.points, r.inner(p, &c)...)
	}
	if len(c.points) == 1 && len(c.doubts) == 0 && c.points[0].contact == "" {
		r.channels(text, &c)
	}
	for i := range c.points {
		p := &c.points[i]
		text := p.text()
		p.place, p.hours, p.ident = placeIn(text), hoursIn(text), p.id()
	}
	r.cells[text] = c
	return c
}

// one makes a point of a text in which cs are the contacts; the first good one counts.
func (r *pointReader) one(text string, cs []contact, c *cellOf) point {
	if len(cs) == 0 && len(text) == 11 && strings.Trim(text, "0123456789") == "" {
		// A workbook keeps a telephone as a bare number.
		if n := contactsOf("тел. " + text); len(n) == 1 && n[0].canon != "" {
			return point{kind: kPhone, value: text, contact: n[0].canon}
		}
	}
	if len(cs) == 0 {
		label, value, ok := strings.Cut(text, ": ")
		kind := r.kind(label)
		if ok && (kind == kPhone && strings.ContainsAny(value, "0123456789") || kind == kEmail && strings.Contains(value, "@")) {
			c.doubts = append(c.doubts, doubt{"R12", "Контакт не удалось прочитать: «" + clip(text, 120) + "».",
				"Напечатайте номер с кодом города: 8 (8672) 64-90-22; адрес почты без пробелов."})
			return point{kind: kind, label: label, value: value}
		}
		kind = r.kind(text)
		if at := addressWords().FindStringIndex(text); kind == "" && at != nil && at[0] == 0 && placeIn(text) != "" {
			kind = r.kind("место нахождения") // an address and nothing else
		}
		return point{kind: kind, label: text}
	}
	k := r.coded(cs[0], text)
	label := strings.TrimRight(text[:k.from], " \n")
	value := text[k.from:]
	bare := strings.TrimRight(label, "<([«\"“„")
	switch {
	case bare != label && len(text)-k.to <= 4 && strings.Trim(text[k.to:], ">)]»\"”“.") == "": // «сайт <https://…>»
		label, value = bare, text[k.from:k.to]
	case strings.Count(label, "(") > strings.Count(label, ")"), // «Отдел кадров (каб. 5, тел. 64-90-22)»
		len(c.doubts) == 0 && r.placeWith(k, label): // «Отдел кадров, каб. 5, тел. 64-90-22»
		label, value = text, ""
	default:
		value = strings.TrimRight(value, ".;,")
	}
	label = strings.TrimRight(label, " \n")
	label = strings.TrimSuffix(label, ":")
	label = strings.TrimRight(label, " -–—,\n")
	p := point{kind: r.contactKind(k, label), label: oneLine(label), value: oneLine(value), contact: k.canon}
	if k.doubt != "" {
		c.doubts = append(c.doubts, doubt{"R12", "Контакт «" + clip(text[k.from:k.to], 80) + "» записан с ошибкой: " + k.doubt + ".",
			"Исправьте контакт в файле и загрузите его снова."})
	}
	if value == "" {
		if first := r.kind(label); first != "" && !net(first) {
			// A room with a telephone in brackets is a room.
			p.kind, p.contact = first, ""
			c.doubts = append(c.doubts, doubt{"R13", "В одной ячейке и место, и контакт: «" + clip(text, 160) + "»; взята одна точка, место.",
				"Если это две точки взаимодействия, напечатайте их отдельными строками."})
		}
	}
	return p
}

// placeWith tells whether the words before a contact name a place, and then, last, the contact's own kind.
func (r *pointReader) placeWith(k contact, label string) bool {
	if first := r.kind(label); first == "" || net(first) {
		return false
	}
	words := lang.Words(label)
	last := r.kind(strings.Join(words[max(len(words)-2, 0):], " "))
	return len(words) > 2 && last == k.kind
}

// kind tells the kind of channel that a text names, "" if none. Figures do not matter: «кабинет 5» is as «кабинет 7».
func (r *pointReader) kind(text string) string {
	if text == "" {
		return ""
	}
	key := figureless(text)
	if k, ok := r.kinds[key]; ok {
		return k
	}
	k, _ := r.m.Kind(russianText(text))
	r.kinds[key] = k
	return k
}

// figureless is a text with every run of figures made one zero.
func figureless(s string) string {
	if !strings.ContainsAny(s, "0123456789") {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < '0' || c > '9' {
			b = append(b, c)
		} else if n := len(b); n == 0 || b[n-1] != '0' {
			b = append(b, '0')
		}
	}
	return string(b)
}

// contactKind is the kind of a point with a contact: the contact's own, save that a page may be a portal or a document
// system by its name.
func (r *pointReader) contactKind(c contact, label string) string {
	switch named := r.kind(label); {
	case c.kind == kPhone && (named == kMessenger || named == kSocial):
		return named
	case c.kind != kSite && c.kind != kSocial:
		return c.kind
	}
	switch named := r.kind(label); named {
	case "", kEmail, kPhone, kOffice, kReception, kPost:
		return c.kind
	default:
		if c.kind == kSocial && named == kSite {
			return kSocial
		}
		return named
	}
}

var (
	hoursWords = lang.Expression(`(?i)(ежедневно|круглосуточно|понедельник|пн\.?\s?[-–—]|по рабочим дням|в рабочие дни|в будни|будние дни|` +
		`режим работы|график работы|график приема|график приёма|часы работы|часы приема|часы приёма|время работы|время приема|время приёма)`)
	clockTime    = lang.Expression(`\d{1,2}\s?[:.-]\s?\d{2}|круглосуточно|\d{1,2}\s?(час|ч\.)`)
	addressWords = lang.Expression(`(^|[\s,(:«])(\d{6},|Республика [А-ЯЁ]|г\.\s?[А-ЯЁ]|город [А-ЯЁ]|ул\.\s|улица\s|пр\.\s?[А-ЯЁ]|просп|пр-т|проспект\s|пл\.\s|площадь\s|пер\.\s)`)
)

// hoursIn gives the opening hours that stand in a text, verbatim; "" if there are none.
func hoursIn(text string) string {
	if !strings.ContainsAny(text, "0123456789") || !mayHaveHours(text) {
		return ""
	}
	at := hoursWords().FindStringIndex(text)
	if at == nil {
		return ""
	}
	h := upTo(text[at[0]:], ")\n;")
	if !clockTime().MatchString(strings.ToLower(h)) {
		return ""
	}
	return strings.TrimRight(h, " .,")
}

// mayHaveHours is quick to deny that hoursWords could match.
func mayHaveHours(s string) bool {
	for _, w := range [...]string{"жедневно", "ЕЖЕДНЕВ", "руглосуточ", "онедельник", "ПОНЕДЕЛ", "пн", "Пн", "ПН", "рабочи", "будн", "ежим", "РЕЖИМ", "рафик", "ГРАФИК", "асы ", "ремя"} {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// placeIn gives the postal address that stands in a text, verbatim; "" if there is none.
func placeIn(text string) string {
	if !strings.ContainsAny(text, "0123456789") || !mayHaveAddress(text) {
		return ""
	}
	at := addressWords().FindStringSubmatchIndex(text)
	if at == nil {
		return ""
	}
	a := upTo(text[at[4]:], "()\n;")
	if i := hoursWords().FindStringIndex(a); i != nil {
		a = a[:i[0]]
	}
	a = strings.TrimRight(a, " .,")
	if !strings.ContainsAny(a, "0123456789") {
		return ""
	}
	return a
}

// mayHaveAddress is quick to deny that addressWords could match.
func mayHaveAddress(s string) bool {
	for _, w := range [...]string{"г.", "Республика", "город ", "ул.", "улица", "пр.", "просп", "пр-т", "пл.", "площадь", "пер."} {
		if strings.Contains(s, w) {
			return true
		}
	}
	i := strings.IndexByte(s, ',') // an index of six figures
	return i >= 6 && s[i-1] >= '0' && s[i-1] <= '9' && s[i-6] >= '0' && s[i-6] <= '9'
}

func upTo(s, stops string) string {
	if i := strings.IndexAny(s, stops); i >= 0 {
		return s[:i]
	}
	return s
}

// capital tells whether a text begins with a capital letter.
func capital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// startsWithKind tells whether a text names a kind of channel among its first words: «официальный сайт …», «кабинет 5».
func (r *pointReader) startsWithKind(text string) bool {
	words := lang.Words(text)
	if len(words) == 0 || lang.IsFunctionWord(words[0]) {
		return false
	}
	return r.kind(strings.Join(words[:min(len(words), 3)], " ")) != ""
}
