package render

import (
	"fmt"

	"perechen/internal/lang"
	"perechen/internal/office"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// listForm is the whole register: what the report says and what it leaves out, a row for each usage.
var listForm = []procedure.Column{
	{Heading: "№ п/п", Field: "number", Width: 11, Group: true},
	{Heading: "Направление деятельности", Field: "process", Width: 42, Group: true},
	{Heading: "Вид точки", Field: "kind", Width: 26},
	{Heading: "Точка взаимодействия", Field: "touchpoint", Width: 52},
	{Heading: "Осуществляемое взаимодействие", Field: "usage", Width: 52},
	{Heading: "Тип точки", Field: "class", Width: 22},
	{Heading: "Отдел", Field: "department", Width: 34},
	{Heading: "Место и часы", Field: "place", Width: 30},
}

// List makes a landscape table of the register's usages; note says what was left out by a filter, empty for the whole.
// A column that is empty in every row is not printed.
func List(r *register.Register, p *procedure.Procedure, note string, stamp Stamp) (*office.Doc, error) {
	layout, _ := layoutOn(register.DateOf(stamp.Time))
	f := newFields(r, p)
	form := procedure.Report{}
	for _, c := range listForm {
		for _, u := range r.Usages {
			if f.text(c.Field, u) != "" {
				form.Columns = append(form.Columns, c)
				break
			}
		}
	}
	d := &office.Doc{
		Title:   "Перечень точек взаимодействия. " + p.Holder.ShortName,
		Author:  p.Holder.Name,
		Created: stamp.Time,
		Layout:  layout,
		Seal:    stamp.Seal,
	}
	title := "ПЕРЕЧЕНЬ ТОЧЕК ВЗАИМОДЕЙСТВИЯ С КЛИЕНТОМ\n" + p.Holder.Name
	blocks := []office.Block{&office.Para{Style: office.Title, Runs: []office.Run{{Text: title, Bold: true}}, Keep: true}}
	about := fmt.Sprintf("На %s: %s, %s, %s.", lang.Date(string(register.DateOf(stamp.Time))),
		lang.Count(len(r.Processes), "процесс", "процесса", "процессов"),
		lang.Count(len(r.Touchpoints), "точка", "точки", "точек"),
		lang.Count(len(r.Usages), "взаимодействие", "взаимодействия", "взаимодействий"))
	blocks = append(blocks, office.P(office.Small, about))
	if note != "" {
		blocks = append(blocks, office.P(office.Small, note))
	}
	if len(form.Columns) > 0 {
		blocks = append(blocks, table(r, p, form))
	}
	foot, err := stamp.blocks(nil)
	if err != nil {
		return nil, err
	}
	d.Sections = []office.Section{{Name: "Перечень", Landscape: true, Blocks: append(blocks, foot...)}}
	return d, nil
}
