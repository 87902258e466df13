package render

import (
	"strconv"
	"strings"

	"perechen/internal/journey"
	"perechen/internal/lang"
	"perechen/internal/office"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// Journey is a клиентский путь as a table: a row for each step under the name of its stage.
func Journey(v *journey.View, p *procedure.Procedure, stamp Stamp) (*office.Doc, error) {
	blocks := []office.Block{
		&office.Para{Style: office.Title, Runs: []office.Run{{Text: "КЛИЕНТСКИЙ ПУТЬ\n" + v.Title, Bold: true}}, Keep: true},
		office.P(office.Small, p.Holder.Name+": "+journey.About(v, lang.Russian)+"."),
	}
	if len(v.Processes) > 0 {
		blocks = append(blocks, office.P(office.Small, "Направления деятельности: "+strings.Join(v.Processes, "; ")+"."))
	}
	if v.Note != "" {
		blocks = append(blocks, office.P(office.Small, v.Note))
	}
	for _, m := range v.Marks {
		blocks = append(blocks, office.P(office.Small, "Внимание: "+m.Text(lang.Russian)+"."))
	}
	t := &office.Table{Head: 1, Widths: []float64{11, 46, 66, 34, 34, 26, 40}}
	t.Rows = append(t.Rows, headRow("№", "Что делает клиент", "Точка взаимодействия", "Потребность", "Документы", "Сколько длится", "Что мешает"))
	for i, s := range v.Stages {
		row := office.Row{Cells: []office.Cell{{Text: "Этап " + strconv.Itoa(i+1) + ". " + s.Title, Bold: true, ColSpan: len(t.Widths)}}}
		for range len(t.Widths) - 1 {
			row.Cells = append(row.Cells, office.Cell{Covered: true})
		}
		t.Rows = append(t.Rows, row)
		for _, x := range s.Steps {
			t.Rows = append(t.Rows, office.Row{Cells: []office.Cell{{Text: strconv.Itoa(x.No) + "."}, {Text: x.Action}, {Text: strings.Join(StepPoints(x), "\n")},
				{Text: x.NeedText}, {Text: strings.Join(x.Documents, ";\n")}, {Text: x.Duration}, {Text: painText(x)}}})
		}
	}
	if len(v.Steps()) > 0 {
		blocks = append(blocks, t)
	}
	return landscape("Клиентский путь. "+v.Title, "Клиентский путь", p, blocks, stamp)
}

// Journeys is the list of клиентские пути; note says what a filter left out, empty for all.
func Journeys(vs []*journey.View, p *procedure.Procedure, note string, stamp Stamp) (*office.Doc, error) {
	blocks := []office.Block{
		&office.Para{Style: office.Title, Runs: []office.Run{{Text: "КЛИЕНТСКИЕ ПУТИ\n" + p.Holder.Name, Bold: true}}, Keep: true},
		office.P(office.Small, "На "+lang.Date(string(register.DateOf(stamp.Time)))+": "+lang.Count(len(vs), "путь", "пути", "путей")+"."),
	}
	if note != "" {
		blocks = append(blocks, office.P(office.Small, note))
	}
	t := &office.Table{Head: 1, Widths: []float64{11, 62, 28, 52, 58, 18, 28}}
	t.Rows = append(t.Rows, headRow("№", "Путь", "Состояние", "Профиль клиента", "Направления деятельности", "Шагов", "Сколько длится"))
	for i, v := range vs {
		t.Rows = append(t.Rows, office.Row{Cells: []office.Cell{{Text: strconv.Itoa(i+1) + "."}, {Text: v.Title}, {Text: lang.Russian.T("journey.state." + v.State)}, {Text: v.Profile},
			{Text: strings.Join(v.Processes, ";\n")}, {Text: strconv.Itoa(v.Journey.Steps())}, {Text: v.Time(lang.Russian)}}})
	}
	if len(vs) > 0 {
		blocks = append(blocks, t)
	}
	return landscape("Клиентские пути. "+p.Holder.ShortName, "Клиентские пути", p, blocks, stamp)
}

// StepPoints says where a step is done, a line for each point: its class, its words, what has become of it.
func StepPoints(s journey.Step) []string {
	var out []string
	for _, x := range s.Points {
		text := x.Text
		if x.Place != "" {
			text += ", " + x.Place
		}
		switch {
		case x.Outside():
			text += " (вне органа)"
		case x.Class != "":
			text += " (" + ClassWord(x.Class) + ")"
		}
		if x.Bare {
			text += " — в перечне нет этого взаимодействия"
		}
		if x.Mark != nil {
			text += " — " + x.Mark.Text(lang.Russian)
		}
		out = append(out, text)
	}
	return out
}

func painText(s journey.Step) string {
	if s.Pain == "" || s.Weight == "" {
		return s.Pain
	}
	return s.Pain + " (" + lang.Russian.T("journey.pain."+s.Weight) + ")"
}

func headRow(titles ...string) office.Row {
	var row office.Row
	for _, h := range titles {
		row.Cells = append(row.Cells, office.Cell{Text: h, Bold: true, Align: office.Center})
	}
	return row
}

// landscape is a document of one wide section, with the stamp at its foot.
func landscape(title, sheet string, p *procedure.Procedure, blocks []office.Block, stamp Stamp) (*office.Doc, error) {
	layout, _ := layoutOn(register.DateOf(stamp.Time))
	foot, err := stamp.blocks(nil)
	if err != nil {
		return nil, err
	}
	return &office.Doc{Title: title, Author: p.Holder.Name, Created: stamp.Time, Layout: layout, Seal: stamp.Seal,
		Sections: []office.Section{{Name: sheet, Landscape: true, Blocks: append(blocks, foot...)}}}, nil
}
