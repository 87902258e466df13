package intake

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"perechen/internal/lang"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

var markup = expression(`</?[a-zA-Z]{1,8}>`)

// attributeColumns finds the columns «Тип признака», «Признак», «Значение признака» in a row; ok is false without the
// last two.
func attributeColumns(texts []string) (kind, title, value int, ok bool) {
	kind, title, value = -1, -1, -1
	for c, t := range texts {
		w := lang.Stems(t)
		has := func(word string) bool { return slices.Contains(w, lang.Stem(word)) }
		switch {
		case !has("признак") || len(w) > 4:
		case has("тип") || has("группа") || has("вид") || has("категория"):
			kind = c
		case has("значение"):
			value = c
		case title < 0:
			title = c
		}
	}
	return kind, title, value, title >= 0 && value >= 0
}

// rowTexts are the texts of a row by column; a vertical merge gives nothing to the rows below.
func rowTexts(t table, r int) []string {
	cells := t.Rows[r].Cells
	out := make([]string, len(cells))
	for i := range cells {
		text := cells[i].String()
		if t.format == "txt" {
			text = markup().ReplaceAllString(text, "")
		}
		out[i] = clean(text)
	}
	return out
}

// segmentHead tells a table that begins a dictionary of attributes or a profile.
func segmentHead(t table) bool {
	if len(t.Rows) == 0 {
		return false
	}
	if _, _, _, ok := attributeColumns(rowTexts(t, 0)); ok {
		return true
	}
	return profileHead(t)
}

// segmentation reads the tables of segmentation: the dictionary of attributes and the profiles of clients.
func segmentation(d *Draft, ts []table, found located, f *findings) {
	var group string
	s := &segments{d: d, f: f, keys: newKeyring()}
	for i, t := range ts {
		if found.used[t.index] {
			continue
		}
		for _, line := range t.before {
			folded := lang.Fold(line)
			if !strings.HasPrefix(folded, "профил") && len(line) < 200 && !strings.HasPrefix(folded, "признаки") && i > 0 {
				group = line
			}
		}
		s.table(t, group)
	}
}

type segments struct {
	d    *Draft
	f    *findings
	keys *keyring

	kind, title, value int // columns of the dictionary that is being read
	width              int
	last               string // type of the attribute above
	open               bool
	profile            bool // a profile is being read
	part               string
}

// table reads a table as a dictionary or as profiles, or as what goes on from the one before.
func (s *segments) table(t table, group string) {
	for r := range t.Rows {
		texts := rowTexts(t, r)
		filled := 0
		for _, x := range texts {
			if x != "" {
				filled++
			}
		}
		if filled == 0 {
			continue
		}
		if k, n, v, ok := attributeColumns(texts); ok {
			s.kind, s.title, s.value, s.width = k, n, v, len(texts)
			s.open, s.profile, s.last = true, false, ""
			continue
		}
		switch {
		case r == 0 && profileHead(t):
			s.open = false
			s.startProfile(texts, t.source(r, ""), group)
		case s.profile && (t.follow || r > 0) && len(texts) <= 4:
			s.profileRow(t, r, texts, group)
		case s.open && len(texts) == s.width && (r > 0 || t.follow):
			s.attributeRow(t, r, texts)
		case r == 0:
			s.open, s.profile = false, false
		}
	}
}

// attributeRow reads a row of the dictionary.
func (s *segments) attributeRow(t table, r int, texts []string) {
	src := t.source(r, "")
	kind := ""
	if s.kind >= 0 {
		kind = oneLine(texts[s.kind])
	}
	title, value := oneLine(texts[s.title]), texts[s.value]
	n := len(s.d.Attributes)
	switch {
	case title == "" && value != "" && kind == "" && n > 0:
		a := &s.d.Attributes[n-1]
		s.f.add("R19", register.Form, "", fmt.Sprintf("Значения признака «%s» разорвал конец страницы; части соединены.", a.Title),
			[]string{"split attribute", ident(a.Title)}, placeOf(a.Source, a.Title), placeOf(src, value)).
			Fix = "Запретите перенос строк таблицы на другую страницу."
		s.goOn(a, value)
		return
	case title == "" && value == "":
		if kind != "" {
			s.last = kind
		}
		return
	case kind != "" && value == "" && strings.Contains(title, ";"):
		// «Льготы | Увеличение …; Надбавка … | »: the cells stand one column to the left.
		kind, title, value = s.last, kind, title
		s.f.add("R19", register.Violation, "", fmt.Sprintf("Ячейки признака «%s» сдвинуты на столбец влево: признак напечатан в графе типа, значения — в графе признака; признак отнесён к типу «%s».", title, kind),
			[]string{"shifted", ident(title)}, placeOf(src, title)).Fix = "Верните ячейки на место: тип признака, признак, значения."
	case kind != "":
		s.last = kind
	default:
		kind = s.last
	}
	a := register.Attribute{Type: kind, Title: title, Position: n + 1, Source: src}
	s.fill(&a, value)
	a.Key = s.keys.take(wordKey(ident(kind+" "+title), 40))
	s.d.Attributes = append(s.d.Attributes, a)
}

// fill gives an attribute its values. One value that explains itself in brackets is no value: any text may stand there.
func (s *segments) fill(a *register.Attribute, value string) {
	a.Values = values(value)
	if len(a.Values) == 1 && strings.Contains(a.Values[0], "(") && strings.HasSuffix(a.Values[0], ")") && len(a.Values[0]) > 60 {
		a.Free = true
	}
	for _, v := range a.Values {
		if strings.Contains(strings.ReplaceAll(v, ", ", ";"), ";") && len(a.Values) > 1 && !strings.ContainsAny(v, ":(") {
			s.f.add("R13", register.Form, "", fmt.Sprintf("Значения признака «%s» разделены и точкой с запятой, и запятой: «%s»; взято одним значением.", a.Title, clip(v, 120)),
				[]string{"separators", ident(a.Title)}, placeOf(a.Source, v)).Fix = "Разделите значения точкой с запятой."
		}
		if !strings.Contains(lang.Fold(a.Title), "канал") {
			continue
		}
		for _, w := range lang.Words(v) {
			if meant := channelTypo(w); meant != "" {
				s.f.add("R13", register.Form, "", fmt.Sprintf("Слово «%s» среди значений признака «%s» похоже на опечатку: «%s».", w, a.Title, meant),
					[]string{"typo", ident(a.Title), w}, placeOf(a.Source, v)).Fix = "Исправьте слово в приложении."
			}
		}
	}
}

// goOn adds the values of a cell that a page break cut: the first half of the first one stands at the end of what was read.
func (s *segments) goOn(a *register.Attribute, value string) {
	more := values(value)
	if k := len(a.Values); k > 0 && len(more) > 0 && lowerStart(more[0]) {
		a.Values[k-1] += " " + more[0]
		more = more[1:]
	}
	a.Values = append(a.Values, more...)
}

// values cuts a cell at semicolons and line breaks.
func values(s string) []string {
	var out []string
	for _, v := range strings.FieldsFunc(s, func(r rune) bool { return r == ';' || r == '\n' }) {
		if v = strings.TrimSpace(v); v != "" {
			out = append(out, v)
		}
	}
	return out
}

// channelWords are the words by which channels are recognised, long enough to tell a typing error from another word.
var channelWords = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, k := range procedure.KnownKinds() {
		for _, rule := range k.Words {
			for _, w := range lang.Words(rule) {
				if utf8.RuneCountInString(w) >= 7 {
					m[w] = true
				}
			}
		}
	}
	return m
})

// channelTypo gives the word of a channel from which a word differs by one or two letters; "" if it is such a word itself
// or resembles none.
func channelTypo(w string) string {
	if utf8.RuneCountInString(w) < 7 {
		return ""
	}
	best := ""
	for known := range channelWords() {
		if lang.Stem(known) == lang.Stem(w) {
			return ""
		}
		if distance(known, w, 2) <= 2 && (best == "" || known < best) {
			best = known
		}
	}
	return best
}
