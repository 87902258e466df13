package intake

import (
	"strings"

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
	shifted := false
	switch list := func(x string) bool { return strings.Contains(x, ";") }; {
	case kind != "" && value == "" && list(title):
		// «Льготы | Увеличение …; Надбавка … | »: the cells stand one column to the left.
		shifted = true
		kind, title, value = s.last, kind, title
	case kind != "" && title == "" && list(kind) && !list(value):
		shifted = true
		kind, title, value = s.last, oneLine(value), kind
	}
	noType := false
	a := register.Attribute{Title: title, Position: n + 1, Source: src, Optional: segment.OptionalTitle(title)}
	a.Values = segment.SplitValues(value)
	a.Free = segment.Free(a.Values)
	if s.marks >= 0 {
		noType = segment.Mark(&a, texts[s.marks])
	}
	switch {
	case shifted || noType:
	case kind != "":
		s.last = kind
	default:
		kind = s.last
	}
	a.Type = kind
	if shifted {
		a.Printed = printed
	}
	if trimmed := strings.TrimSpace(value); a.Printed == nil && strings.HasSuffix(trimmed, ";") && !strings.Contains(strings.TrimRight(trimmed, "; \n"), ";") {
		a.Printed = printed // «…субъектов РФ;»: a list of one that goes on nowhere
	}
	a.Key = s.keys.take(wordKey(ident(kind+" "+title), 40))
	s.d.Attributes = append(s.d.Attributes, a)
	s.ends = strings.HasSuffix(strings.TrimSpace(value), ";")
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

// goOn adds the rest of a row that a page break cut. The row keeps its cells as printed: by them the check tells of the break.
func (s *segments) goOn(a *register.Attribute, title, value string, src *register.Source) {
	if a.Printed == nil {
		a.Printed = []string{a.Type, a.Title, strings.Join(a.Values, "; ")}
	}
	if a.Printed[2] != "" && value != "" {
		a.Printed[2] += "\n"
	}
	a.Printed[2] += value
	if title != "" {
		a.Title = glue(a.Title, title)
	}
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
