package render

import (
	"slices"
	"strconv"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/office"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// A sheet makes the table of a sheet of changes.
type sheet struct {
	a, b *register.Register
	p    *procedure.Procedure
}

// kindHeadings head the parts of the table.
var kindHeadings = map[register.Kind]string{
	register.KindDepartment: "Отделы",
	register.KindProcess:    "Процессы",
	register.KindTouchpoint: "Точки взаимодействия",
	register.KindUsage:      "Осуществляемое взаимодействие",
	register.KindAttribute:  "Признаки сегментации",
	register.KindProfile:    "Профили клиентского сегмента",
	register.KindJourney:    "Клиентские пути",
	register.KindForm:       "Бланки",
}

// table has a part for each kind of subject, and in it a row for each subject: what happened to it and what it says now,
// field by field.
func (s *sheet) table(ds []register.Difference) *office.Table {
	t := &office.Table{Head: 1, Widths: []float64{12, 28, 56, 74}}
	head := office.Row{}
	for _, h := range []string{"№ п/п", "Что произошло", "Что", "Содержание"} {
		head.Cells = append(head.Cells, office.Cell{Text: h, Bold: true, Align: office.Center})
	}
	t.Rows = append(t.Rows, head)
	for i, d := range ds {
		if i == 0 || ds[i-1].Kind != d.Kind {
			t.Rows = append(t.Rows, office.Row{Cells: []office.Cell{{Text: kindHeadings[d.Kind], Bold: true, ColSpan: 4}, {Covered: true}, {Covered: true}, {Covered: true}}})
		}
		t.Rows = append(t.Rows, office.Row{Cells: []office.Cell{
			{Text: strconv.Itoa(i+1) + "."},
			{Text: OpWord(d.Op)},
			{Text: Subject(d, s.a, s.b)},
			{Runs: inLines(s.content(d))},
		}})
	}
	return t
}

// inLines puts each group of runs on a line of its own. A word removed and the one put in its place are kept apart by a
// space that belongs to neither.
func inLines(lines [][]office.Run) []office.Run {
	var out []office.Run
	for i, line := range lines {
		if i > 0 {
			out = append(out, office.Run{Text: "\n"})
		}
		for j, r := range line {
			if j > 0 && line[j-1].Struck && r.Underline && !strings.HasSuffix(line[j-1].Text, " ") {
				out = append(out, office.Run{Text: " "})
			}
			out = append(out, r)
		}
	}
	return out
}

// content is what the last column says of a difference, a line for each field.
func (s *sheet) content(d register.Difference) [][]office.Run {
	var lines [][]office.Run
	if d.Op != register.Amend {
		x, mark := d.After, office.Run{Underline: true}
		if x == nil {
			x, mark = d.Before, office.Run{Struck: true}
		}
		for _, text := range s.whole(x) {
			mark.Text = text
			lines = append(lines, []office.Run{mark})
		}
		return lines
	}
	itemised := needsSayAll(d)
	for _, f := range d.Fields {
		if f.Field == "contact" || f.Field == "text" && itemised { // the machine's twin of what another line says
			continue
		}
		word := FieldWord(f.Field)
		if f.Field == "needs" && itemised {
			word = FieldWord("text")
		}
		before, after := s.value(d.Kind, f.Field, f.Before, s.a), s.value(d.Kind, f.Field, f.After, s.b)
		lines = append(lines, append([]office.Run{{Text: word + ": "}}, RedlineField(f.Field, before, after)...))
	}
	if len(lines) == 0 {
		lines = append(lines, []office.Run{{Text: "изменена запись контакта"}})
	}
	return lines
}

// needsSayAll tells whether the wording of a changed usage is its list of needs on both sides, so that the list says
// everything, item by item.
func needsSayAll(d register.Difference) bool {
	before, ok := d.Before.(register.Usage)
	after, also := d.After.(register.Usage)
	changed := slices.ContainsFunc(d.Fields, func(f register.FieldDifference) bool { return f.Field == "needs" })
	return ok && also && changed && listsNeeds(before) && listsNeeds(after)
}

func listsNeeds(u register.Usage) bool {
	var texts []string
	for _, n := range u.Needs {
		texts = append(texts, n.Text)
	}
	return len(texts) > 0 && slices.Equal(lang.Words(u.Text), lang.Words(strings.Join(texts, " ")))
}

// RedlineField is Redline for a field of a noun: those that hold lists are compared item by item.
func RedlineField(field, before, after string) []office.Run {
	if field == "needs" || field == "values" || field == "forms" {
		return RedlineItems(parts(before), parts(after), "; ")
	}
	return Redline(before, after)
}

// parts cuts a list that register.Compare has joined.
func parts(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "; ")
}

// whole is the content of an included or excluded subject in words, a line for each thing it says beside its name.
func (s *sheet) whole(x any) []string {
	var lines []string
	add := func(field, text string) {
		if text != "" {
			lines = append(lines, FieldWord(field)+": "+text)
		}
	}
	switch x := x.(type) {
	case register.Usage:
		lines = append(lines, x.Text)
		if x.Feature != "" {
			lines = append(lines, x.Feature)
		}
	case register.Touchpoint:
		add("kind", s.p.KindTitle(x.Kind))
		add("place", x.Place)
		add("hours", x.Hours)
		add("department", name("department", x.Department, s.b))
	case register.Process:
		add("scope", x.Scope)
		add("department", name("department", x.Department, s.b))
	case register.Profile:
		add("group", x.Group)
		add("purpose", x.Purpose)
	case register.Attribute:
		add("type", x.Type)
		add("values", strings.Join(x.Values, "; "))
	}
	if len(lines) == 0 {
		return []string{Subject(register.Difference{After: x}, s.b, s.b)}
	}
	return lines
}

// value reads a field of one side as a person would: keys by their titles, dates and codes by their words.
func (s *sheet) value(kind register.Kind, field, text string, in *register.Register) string {
	switch field {
	case "process", "touchpoint", "department":
		return name(field, text, in)
	case "kind":
		if kind == register.KindTouchpoint && text != "" {
			return s.p.KindTitle(text)
		}
	case "printed":
		return ClassWord(register.Class(text))
	case "from", "to", "date":
		return lang.Date(text)
	}
	return text
}
