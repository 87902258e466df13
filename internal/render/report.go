package render

import (
	"fmt"
	"slices"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/office"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// Report makes the report of clause 4.2 in the procedure's own form, or in the common form where the procedure has none
// (procedure.Form). ed is the edition that the register state is; nil makes a draft, which says that it is one. Text and order of rows are
// those of the register, so that a report read back by intake gives the same register.
func Report(r *register.Register, p *procedure.Procedure, ed *register.Edition, stamp Stamp) (*office.Doc, error) {
	form, _ := p.Form()
	day := register.DateOf(stamp.Time)
	if ed != nil {
		day = ed.Date
	}
	layout, _ := layoutOn(day)
	d := &office.Doc{
		Title:   "Отчёт о формировании перечня точек взаимодействия. " + p.Holder.ShortName,
		Author:  p.Holder.Name,
		Created: stamp.Time,
		Layout:  layout,
		Seal:    stamp.Seal,
	}
	blocks := corner(form, ed, p)
	blocks = append(blocks, &office.Para{Style: office.Title, Runs: []office.Run{{Text: title(form), Bold: true}}, Keep: true})
	blocks = append(blocks, table(r, p, form))
	foot, err := stamp.blocks(ed)
	if err != nil {
		return nil, err
	}
	d.Sections = []office.Section{{Name: "Отчёт", Blocks: append(blocks, foot...)}}
	return d, nil
}

// title is the first word on a line of its own and the rest as the page wraps it: where the order breaks its lines is a matter
// of its paper, not of its words.
func title(form procedure.Report) string {
	if len(form.Title) == 0 {
		return ""
	}
	return strings.TrimSuffix(form.Title[0]+"\n"+strings.Join(form.Title[1:], " "), "\n")
}

// corner is what stands above the title on the right: the mark of the appendix, and the mark of approval or «Проект».
func corner(form procedure.Report, ed *register.Edition, p *procedure.Procedure) []office.Block {
	var bs []office.Block
	if len(form.Appendix) > 0 {
		bs = append(bs, office.P(office.Approval, strings.Join(form.Appendix, "\n")), office.P(office.Approval, ""))
	}
	if ed == nil {
		return append(bs, office.P(office.Approval, "ПРОЕКТ"))
	}
	return append(bs, office.P(office.Approval, approval(ed, p)))
}

// approval is the mark of approval by an act: ГОСТ Р 7.0.97, реквизит «гриф утверждения документа».
func approval(ed *register.Edition, p *procedure.Procedure) string {
	issuer := ed.Act.Issuer
	if issuer == "" {
		issuer = p.Holder.Genitive
	}
	return strings.Join([]string{
		"УТВЕРЖДЕН",
		instrumental(ed.Act.Kind) + " " + issuer,
		fmt.Sprintf("от %s № %s", lang.Date(string(ed.Act.Date)), ed.Act.Number),
	}, "\n")
}

// table is the register as the official table: a header row, then the usages in report order, the cells of a process merged.
func table(r *register.Register, p *procedure.Procedure, form procedure.Report) *office.Table {
	t := &office.Table{Head: 1}
	head := office.Row{}
	for _, c := range form.Columns {
		t.Widths = append(t.Widths, width(c))
		head.Cells = append(head.Cells, office.Cell{Text: c.Heading, Bold: true, Align: office.Center})
	}
	t.Rows = append(t.Rows, head)
	f := newFields(r, p)
	f.onlyNeeds = !slices.ContainsFunc(form.Columns, func(c procedure.Column) bool { return c.Field == "usage" })
	for i := 0; i < len(r.Usages); {
		j := i
		for j < len(r.Usages) && r.Usages[j].Process == r.Usages[i].Process {
			j++
		}
		f.number++
		for k := i; k < j; k++ {
			row := office.Row{}
			for _, c := range form.Columns {
				cell := office.Cell{Text: f.text(c.Field, r.Usages[k])}
				if c.Group && j-i > 1 {
					if k == i {
						cell.RowSpan = j - i
					} else {
						cell = office.Cell{Covered: true}
					}
				}
				row.Cells = append(row.Cells, cell)
			}
			t.Rows = append(t.Rows, row)
		}
		i = j
	}
	return t
}

func width(c procedure.Column) float64 {
	if c.Width > 0 {
		return c.Width
	}
	return 34
}
