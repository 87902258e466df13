package intake

import (
	"fmt"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/segment"
)

// attributeRow reads a row of the dictionary. Columns may stand in any order; cells that slid one column to the side are put
// back, and a finding says so.
func (s *segments) attributeRow(t table, r int, texts []string) {
	src := t.source(r, "")
	kind := ""
	if s.kind >= 0 {
		kind = oneLine(texts[s.kind])
	}
	title, value := oneLine(texts[s.title]), texts[s.value]
	n := len(s.d.Attributes)
	if s.kind < 0 && title != "" && value == "" && t.Rows[r].Cells[s.title].ColSpan == len(texts) {
		s.last = title // a type across the whole table
		return
	}
	if n > 0 && kind == "" && s.goesOn(title, value, t.follow && r == 0) {
		s.goOn(&s.d.Attributes[n-1], title, value, src)
		return
	}
	if title == "" && value == "" {
		if kind != "" {
			s.last = kind
		}
		return
	}
	printed := []string{kind, title, value}
	side := ""
	switch list := func(x string) bool { return strings.Contains(x, ";") }; {
	case kind != "" && value == "" && list(title):
		// «Льготы | Увеличение …; Надбавка … | »: the cells stand one column to the left.
		side = "влево"
		kind, title, value = s.last, kind, title
	case kind != "" && title == "" && list(kind) && !list(value):
		side = "вправо"
		kind, title, value = s.last, oneLine(value), kind
	}
	if side != "" {
		f := s.f.add("R19", register.Violation, "", fmt.Sprintf("Ячейки признака «%s» сдвинуты на столбец %s: признак напечатан в графе %s, значения — в графе %s; признак отнесён к типу «%s».",
			title, side, s.heading(side, true), s.heading(side, false), kind), []string{"shifted", ident(title)}, placeOf(src, title))
		f.Fix = "Верните ячейки на место: тип признака, признак, значения."
	}
	noType := false
	a := register.Attribute{Title: title, Position: n + 1, Source: src, Optional: segment.OptionalTitle(title)}
	a.Values = segment.SplitValues(value)
	a.Free = segment.Free(a.Values)
	if s.marks >= 0 {
		noType = segment.Mark(&a, texts[s.marks])
	}
	switch {
	case side != "" || noType:
	case kind != "":
		s.last = kind
	default:
		kind = s.last
	}
	a.Type = kind
	if side != "" {
		a.Printed = printed
	}
	s.judge(&a, value, printed)
	a.Key = s.keys.take(wordKey(ident(kind+" "+title), 40))
	s.d.Attributes = append(s.d.Attributes, a)
	s.ends = strings.HasSuffix(strings.TrimSpace(value), ";")
}

// heading names the column in which the title, or the values, of a shifted row are printed.
func (s *segments) heading(side string, ofTitle bool) string {
	switch {
	case side == "влево" && ofTitle:
		return "типа"
	case side == "влево":
		return "признака"
	case ofTitle:
		return "значений"
	}
	return "типа"
}

// judge says what is wrong in the values of a row as it is printed.
func (s *segments) judge(a *register.Attribute, value string, printed []string) {
	if trimmed := strings.TrimSpace(value); strings.HasSuffix(trimmed, ";") && !strings.Contains(strings.TrimRight(trimmed, "; \n"), ";") {
		// «…субъектов РФ;»: a list of one that goes on nowhere.
		if a.Printed == nil {
			a.Printed = printed
		}
		s.f.add("R13", register.Form, "", fmt.Sprintf("После единственного значения признака «%s» стоит точка с запятой, а следующего значения нет: «%s».", a.Title, clip(trimmed, 120)),
			[]string{"trailing", ident(a.Title)}, placeOf(a.Source, trimmed)).Fix = "Уберите точку с запятой или допишите значения."
	}
	for _, d := range segment.Defects(*a) {
		switch d.Code {
		case segment.Separators:
			what := "разделены и точкой с запятой, и запятой"
			if len(a.Values) == 1 {
				what = "разделены запятыми, а не точкой с запятой"
			}
			s.f.add("R13", register.Form, "", fmt.Sprintf("Значения признака «%s» %s: «%s»; взято одним значением.", a.Title, what, clip(d.At, 120)),
				[]string{"separators", ident(a.Title)}, placeOf(a.Source, d.At)).Fix = "Разделите значения точкой с запятой."
		case segment.Typo:
			s.f.add("R13", register.Form, "", fmt.Sprintf("Слово «%s» среди значений признака «%s» похоже на опечатку: «%s».", d.At, a.Title, d.Word),
				[]string{"typo", ident(a.Title), d.At}, placeOf(a.Source, valueWith(a.Values, d.At))).Fix = "Исправьте слово в приложении."
		case segment.Repeated:
			s.f.add("R13", register.Form, "", fmt.Sprintf("Значение «%s» признака «%s» названо дважды.", d.At, a.Title),
				[]string{"repeated", ident(a.Title), ident(d.At)}, placeOf(a.Source, d.At)).Fix = "Оставьте значение один раз."
		}
	}
}

// valueWith is the value in which a word stands.
func valueWith(values []string, word string) string {
	for _, v := range values {
		for _, w := range lang.Words(v) {
			if w == word {
				return v
			}
		}
	}
	return word
}

// goesOn tells whether a row without a type is the rest of the row above, which a page break cut: values alone, or a title and
// values that both begin in the middle. first says that the row begins a table of its own.
func (s *segments) goesOn(title, value string, first bool) bool {
	a := s.d.Attributes[len(s.d.Attributes)-1]
	switch {
	case title == "":
		return value != ""
	case !lowerStart(title) || lowerStart(a.Title):
		return false
	case value == "":
		return first || unfinished(a.Title)
	}
	return !s.ends && len(a.Values) > 0 && (lowerStart(value) || unfinished(a.Values[len(a.Values)-1]))
}

// goOn adds the rest of a row that a page break cut.
func (s *segments) goOn(a *register.Attribute, title, value string, src *register.Source) {
	whole := a.Title
	if title != "" {
		whole = glue(a.Title, title)
	}
	s.f.add("R19", register.Form, "", fmt.Sprintf("Значения признака «%s» разорвал конец страницы; части соединены.", whole),
		[]string{"split attribute", ident(a.Title)}, placeOf(a.Source, a.Title), placeOf(src, strings.TrimSpace(title+" "+value))).
		Fix = "Запретите перенос строк таблицы на другую страницу."
	if a.Printed == nil {
		a.Printed = []string{a.Type, a.Title, strings.Join(a.Values, "; ")}
	}
	if a.Printed[2] != "" && value != "" {
		a.Printed[2] += "\n"
	}
	a.Printed[2] += value
	a.Title = whole
	more := segment.SplitValues(value)
	// A list that is cut at semicolons goes on with a whole value only after one.
	inside := strings.Contains(a.Printed[2], ";") && !strings.HasPrefix(value, ";")
	if k := len(a.Values); k > 0 && len(more) > 0 && !s.ends && (inside || lowerStart(more[0]) || unfinished(a.Values[k-1])) {
		a.Values[k-1] = glue(a.Values[k-1], more[0])
		more = more[1:]
	}
	a.Values = append(a.Values, more...)
	s.ends = strings.HasSuffix(strings.TrimSpace(value), ";")
}
