package render

import (
	"cmp"
	"fmt"
	"strconv"

	"perechen/internal/lang"
	"perechen/internal/office"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// Processes makes the реестр межведомственных и внутриведомственных процессов as a landscape table that intake reads back
// without a change, those that were taken out of it included. A column that is empty in every row is not printed.
func Processes(r *register.Register, stamp Stamp) (*office.Doc, error) {
	layout, _ := layoutOn(register.DateOf(stamp.Time))
	departments := map[string]string{}
	for _, d := range r.Departments {
		departments[d.Key] = d.Title
	}
	t := &office.Table{Head: 1}
	head := office.Row{}
	var columns []procedure.ProcessColumn
	for _, c := range procedure.ProcessColumns() {
		printed := c.Field == "process"
		for i, p := range r.Processes {
			printed = printed || processText(c.Field, i, p, departments) != ""
		}
		if printed {
			columns = append(columns, c)
			t.Widths = append(t.Widths, c.Width)
			head.Cells = append(head.Cells, office.Cell{Text: c.Heading, Bold: true, Align: office.Center})
		}
	}
	t.Rows = append(t.Rows, head)
	for i, p := range r.Processes {
		row := office.Row{}
		for _, c := range columns {
			row.Cells = append(row.Cells, office.Cell{Text: processText(c.Field, i, p, departments)})
		}
		t.Rows = append(t.Rows, row)
	}
	name := r.Organisation.Name
	d := &office.Doc{Title: "Реестр процессов. " + r.Organisation.ShortName, Author: name, Created: stamp.Time, Layout: layout, Seal: stamp.Seal}
	blocks := []office.Block{
		&office.Para{Style: office.Title, Runs: []office.Run{{Text: "РЕЕСТР\nМЕЖВЕДОМСТВЕННЫХ И ВНУТРИВЕДОМСТВЕННЫХ ПРОЦЕССОВ\n" + cmp.Or(r.Organisation.Genitive, name), Bold: true}}, Keep: true},
		office.P(office.Small, fmt.Sprintf("На %s: %s.", lang.Date(string(register.DateOf(stamp.Time))), lang.Count(len(r.Processes), "процесс", "процесса", "процессов"))),
		t,
	}
	foot, err := stamp.blocks(nil)
	if err != nil {
		return nil, err
	}
	d.Sections = []office.Section{{Name: "Реестр процессов", Landscape: true, Blocks: append(blocks, foot...)}}
	return d, nil
}

// processText is what stands in a column for a process; i is its place, from 0.
func processText(field string, i int, p register.Process, departments map[string]string) string {
	act := func(a *register.Act) string {
		if a == nil {
			return ""
		}
		return a.Text()
	}
	switch field {
	case "number":
		return strconv.Itoa(i+1) + "."
	case "process":
		return p.Title
	case "scope":
		return p.Scope
	case "direction":
		return p.Direction
	case "department":
		return departments[p.Department]
	case "included":
		return act(p.Included)
	case "excluded":
		return act(p.Excluded)
	case "from":
		return lang.Date(string(p.From))
	case "to":
		return lang.Date(string(p.To))
	}
	return ""
}
