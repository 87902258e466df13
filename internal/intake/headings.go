package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"perechen/internal/lang"
	"perechen/internal/procedure"
)

// A field is what a column of the register's table holds: one of procedure.Fields.
type field int

const (
	fOther field = iota // not read
	fNumber
	fProcess
	fPoint
	fContact // the contact apart from the point's name
	fUsage
	fNeeds
	fFeature
	fClass
	fDepartment
	fPlace
	fHours
	// Those of the реестр процессов.
	fScope
	fDirection
	fIncluded
	fExcluded
	fFrom
	fTo
	nFields
)

// fieldCodes are the names of fields in a procedure.
var fieldCodes = map[string]field{"number": fNumber, "process": fProcess, "touchpoint": fPoint, "contact": fContact, "usage": fUsage,
	"needs": fNeeds, "feature": fFeature, "class": fClass, "department": fDepartment, "place": fPlace, "hours": fHours}

// fieldNames are the fields as a person calls them.
var fieldNames = map[field]string{
	fNumber: "№ п/п", fProcess: "направление деятельности (функция, сервис, процесс)", fPoint: "точка взаимодействия",
	fContact: "контакт", fUsage: "осуществляемое взаимодействие", fNeeds: "потребность",
	fFeature: "особенности взаимодействия", fClass: "тип точки", fDepartment: "отдел", fPlace: "адрес", fHours: "режим работы",
	fScope: "вид процесса", fDirection: "направление деятельности", fIncluded: "акт о включении", fExcluded: "акт об исключении",
	fFrom: "действует с", fTo: "действует по",
}

// processCodes are the fields of the реестр процессов by their names in procedure.ProcessField.
var processCodes = map[string]field{"number": fNumber, "process": fProcess, "scope": fScope, "direction": fDirection, "department": fDepartment,
	"included": fIncluded, "excluded": fExcluded, "from": fFrom, "to": fTo}

// headRunes is the length above which a cell is no heading.
const headRunes = 160

// headingReader knows headings by the procedure's own form and by the words common to all bodies; it remembers them, for
// headings repeat on every page.
type headingReader struct {
	names  func(heading string) (field, bool)
	own    map[string]bool
	seen   map[string]scored
	words  []string // of headings, for reading abbreviations
	points *pointReader
	needs  *needReader
}

// scored is the field of a heading; own tells that the procedure's form has this very heading.
type scored struct {
	field field
	own   bool
}

func newHeadingReader(p *procedure.Procedure, m *procedure.Matcher) *headingReader {
	h := &headingReader{own: map[string]bool{}, seen: map[string]scored{}, words: m.ColumnWords(),
		points: newPointReader(m), needs: newNeedReader(p, m)}
	h.names = func(heading string) (field, bool) {
		code, ok := m.Column(heading)
		return fieldCodes[code], ok
	}
	if p.Report != nil {
		for _, c := range p.Report.Columns {
			h.own[ident(c.Heading)] = true
		}
	}
	return h
}

// field tells which field a heading names, a clean text that may have several lines; fOther for anything else.
func (h *headingReader) field(text string) scored {
	if text == "" || utf8.RuneCountInString(text) > headRunes {
		return scored{}
	}
	if got, ok := h.seen[text]; ok {
		return got
	}
	var got scored
	for _, v := range h.readings(text) {
		if f, ok := h.names(v); ok {
			got = scored{f, h.own[ident(v)]}
			break
		}
	}
	if len(h.seen) < 10_000 {
		h.seen[text] = got
	}
	return got
}

var (
	wordBreak = lang.Expression(`(\p{L})-\s+(\p{Ll})`) // «взаимо-|действия», «взаимо- действия»
	lineBreak = lang.Expression(`(\p{Ll})\n(\p{Ll})`)  // «взаимо|действия»: at one of the ends
)

// readings are the ways to read a heading, the likeliest first: a word parted at the end of a line is whole again, Latin
// letters among Russian ones are Russian, abbreviations are spelt out.
func (h *headingReader) readings(text string) []string {
	text = russianText(text)
	var out []string
	if joined := wordBreak().ReplaceAllString(text, "$1$2"); joined != text {
		out = append(out, oneLine(joined))
	}
	out = append(out, oneLine(text))
	for _, at := range lineBreak().FindAllStringSubmatchIndex(text, 3) {
		out = append(out, oneLine(text[:at[3]]+text[at[4]:]))
	}
	for _, v := range out[:len(out):len(out)] {
		if whole := h.spelt(v); whole != v {
			out = append(out, whole)
		}
	}
	return out
}

// spelt puts words of headings for their abbreviations: «напр.», «деят-сти».
func (h *headingReader) spelt(text string) string {
	words := strings.Fields(lang.Fold(text))
	for i, w := range words {
		begin, point := strings.CutSuffix(strings.Trim(w, `,;:()"`), ".")
		begin, end, _ := strings.Cut(begin, "-")
		if !point && end == "" || utf8.RuneCountInString(begin) < 2 || utf8.RuneCountInString(begin) < 3 && end == "" || utf8.RuneCountInString(end) > 4 {
			continue
		}
		for _, whole := range h.words {
			if len(whole) > len(begin)+len(end) && strings.HasPrefix(whole, begin) && strings.HasSuffix(whole, end) {
				words[i] = whole
				break
			}
		}
	}
	return strings.Join(words, " ")
}

// russianText is a text with the Latin letters of its Russian words made Russian.
func russianText(s string) string {
	if !mixed(s) {
		return s
	}
	var b strings.Builder
	word := 0
	flush := func(to int) {
		if w := s[word:to]; w != "" {
			b.WriteString(cyrillicLooks(w))
		}
	}
	for i, r := range s {
		if !unicode.IsLetter(r) {
			flush(i)
			_, n := utf8.DecodeRuneInString(s[i:]) // a broken byte is one byte, though it reads as a rune of three
			b.WriteString(s[i : i+n])
			word = i + n
		}
	}
	flush(len(s))
	return b.String()
}

// cyrillicLooks is a word of both alphabets with Russian letters for the Latin ones that look like them.
func cyrillicLooks(w string) string {
	if !mixed(w) {
		return w
	}
	return strings.Map(func(r rune) rune {
		if c, ok := russianLooks[r]; ok {
			return c
		}
		return r
	}, w)
}

// russianLooks are Latin letters with the Russian letters that they look like.
var russianLooks = func() map[rune]rune {
	m := map[rune]rune{}
	for c, l := range lookalikes {
		if unicode.Is(unicode.Cyrillic, c) && c != 'і' && c != 'ѕ' && c != 'ј' {
			m[l] = c
		}
	}
	return m
}()
