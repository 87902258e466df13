package render

import (
	"fmt"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/office"
	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/segment"
)

// Segments prints the dictionary of segmentation and the cards of the profiles as the appendices of an order do: the type of
// an attribute on its first row only, values separated by semicolons, a card for each profile. Intake reads it back without a
// change. A column of marks is printed only where the words alone would be read as another attribute.
func Segments(r *register.Register, p *procedure.Procedure, stamp Stamp) (*office.Doc, error) {
	layout, _ := layoutOn(register.DateOf(stamp.Time))
	d := &office.Doc{Title: "Признаки и профили клиентов. " + p.Holder.ShortName, Author: p.Holder.Name, Created: stamp.Time, Layout: layout, Seal: stamp.Seal}
	about := office.P(office.Small, fmt.Sprintf("%s. На %s.", p.Holder.Name, lang.Date(string(register.DateOf(stamp.Time)))))
	total := office.P(office.Small, fmt.Sprintf("Всего: %s, %s.", lang.Count(len(r.Attributes), "признак", "признака", "признаков"), lang.Count(len(r.Profiles), "профиль", "профиля", "профилей")))
	foot, err := stamp.blocks(nil)
	if err != nil {
		return nil, err
	}
	heading := func(text string) office.Block {
		return &office.Para{Style: office.Title, Runs: []office.Run{{Text: text, Bold: true}}, Keep: true}
	}
	if len(r.Attributes) > 0 || len(r.Profiles) == 0 {
		blocks := []office.Block{about, heading(appendixTitle(p, "attributes", "признаки", "Признаки для сегментации клиента"))}
		if len(r.Attributes) > 0 {
			blocks = append(blocks, dictionaryTable(r.Attributes))
		}
		d.Sections = append(d.Sections, office.Section{Name: "Признаки", Blocks: blocks})
	}
	if len(r.Profiles) > 0 {
		var blocks []office.Block
		if len(r.Attributes) == 0 {
			blocks = append(blocks, about)
		} else {
			blocks = append(blocks, office.P(office.Small, "")) // it follows the dictionary
		}
		title := appendixTitle(p, "profiles", "профил", "Профили клиентского сегмента")
		group := ""
		for i, x := range r.Profiles {
			switch {
			case x.Group == "" && (i == 0 || group != ""):
				text := title
				if i > 0 {
					text = "Профили без направления"
				}
				blocks = append(blocks, heading(text))
			case x.Group != group:
				blocks = append(blocks, &office.Para{Align: office.Center, NoText: true, Keep: true, Runs: []office.Run{{Text: x.Group, Bold: true}}}, heading(title))
			}
			group = x.Group
			blocks = append(blocks, profileCard(r, p, x), office.P(office.Small, ""))
		}
		d.Sections = append(d.Sections, office.Section{Name: "Профили", Follows: true, Blocks: blocks})
	}
	// The foot does not stand on a page of its own: what there is in all goes with it.
	total.Keep = true
	if blank, ok := foot[0].(*office.Para); ok {
		blank.Keep = true
	}
	last := &d.Sections[len(d.Sections)-1]
	last.Blocks = append(append(last.Blocks, total), foot...)
	return d, nil
}

// appendixTitle is the order's own title of an appendix of a kind, if it begins as such titles do, by which it is read back.
func appendixTitle(p *procedure.Procedure, kind, begins, otherwise string) string {
	for _, a := range p.Appendices {
		if a.Kind == kind && strings.HasPrefix(lang.Fold(a.Title), begins) {
			return a.Title
		}
	}
	return otherwise
}

func dictionaryTable(as []register.Attribute) *office.Table {
	t := &office.Table{Head: 1, Widths: []float64{34, 44, 92}}
	head := []string{"Тип признака", "Признак", "Значение признака"}
	marked := false
	untyped := make([]bool, len(as)) // an empty type below another one would be read as that one
	last := ""
	for i, a := range as {
		untyped[i] = a.Type == "" && last != ""
		if a.Type != "" {
			last = a.Type
		}
		marked = marked || untyped[i] || len(segment.Marks(a)) > 0
	}
	if marked {
		head = append(head, "Отметки")
		t.Widths = []float64{30, 40, 70, 30}
	}
	t.Rows = append(t.Rows, office.Row{})
	for _, h := range head {
		t.Rows[0].Cells = append(t.Rows[0].Cells, office.Cell{Text: h, Bold: true, Align: office.Center})
	}
	last = ""
	for i, a := range as {
		kind := a.Type
		if kind == last {
			kind = ""
		}
		if a.Type != "" {
			last = a.Type
		}
		row := office.Row{Cells: []office.Cell{{Text: kind}, {Text: a.Title}, {Text: strings.Join(a.Values, "; ")}}}
		if marked {
			ms := segment.Marks(a)
			if untyped[i] {
				ms = append(ms, segment.MarkNoType)
			}
			row.Cells = append(row.Cells, office.Cell{Text: strings.Join(ms, "; ")})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// profileCard is one profile in the rows of the order's form; what nobody has said is not printed.
func profileCard(r *register.Register, p *procedure.Procedure, x register.Profile) *office.Table {
	t := &office.Table{Widths: []float64{60, 110}}
	wide := func(text string, bold bool) {
		c := office.Cell{Text: text, Bold: bold, ColSpan: 2}
		if bold {
			c.Align = office.Center
		}
		t.Rows = append(t.Rows, office.Row{Keep: bold, Cells: []office.Cell{c, {Covered: true}}})
	}
	pair := func(name, text string) {
		if text != "" {
			t.Rows = append(t.Rows, office.Row{Cells: []office.Cell{{Text: name}, {Text: text}}})
		}
	}
	wide(x.Title, true)
	wide("Основные признаки", true)
	for _, v := range x.Values {
		pair(v.Attribute, v.Value)
	}
	pair("Цель", x.Purpose)
	if x.Features != "" {
		wide("Особенности клиентского пути", true)
		wide(x.Features, false)
	}
	if x.Inform != "" || x.Receive != "" || len(x.InformBy)+len(x.ReceiveBy) > 0 || x.Process != "" {
		wide("Предпочтительные каналы", true)
		pair("Информирование:", x.Inform)
		pair("Получение услуг:", x.Receive)
		pair("Точки информирования:", channelLines(r, p, x.InformBy))
		pair("Точки получения услуг:", channelLines(r, p, x.ReceiveBy))
		if q, ok := r.Process(x.Process); ok {
			pair("Процесс:", q.Title)
		}
	}
	return t
}

// channelLines names channels as intake reads them back, one on a line. A point that is no longer there is not named.
func channelLines(r *register.Register, p *procedure.Procedure, refs []register.ChannelRef) string {
	var lines []string
	for _, ref := range refs {
		if ref.Kind != "" {
			lines = append(lines, segment.KindLine+p.KindTitle(ref.Kind))
		} else if t, ok := r.Touchpoint(ref.Touchpoint); ok {
			lines = append(lines, t.Text())
		}
	}
	return strings.Join(lines, "\n")
}
