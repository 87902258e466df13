package picture

import (
	"perechen/internal/office"
)

// Doc is the tables of the picture as a document; about says whose they are and of what day. Every row is there, whatever
// part of the picture was looked at.
func (p *Picture) Doc(author, about string) *office.Doc {
	d := &office.Doc{Title: p.Title, Author: author, Layout: office.Layout{Font: "Liberation Serif", Size: 12, TableSize: 10, Left: 20, Right: 10, Top: 20, Bottom: 20, Spacing: 1}}
	for i, t := range p.Tables {
		var blocks []office.Block
		if i == 0 {
			blocks = append(blocks, office.P(office.Title, p.Title), office.P(office.Small, about))
			if p.Says != "" {
				blocks = append(blocks, &office.Para{Runs: []office.Run{{Text: p.Says, Bold: true}}})
			}
			blocks = append(blocks, office.P(office.Body, p.Line))
			for _, l := range p.Loud {
				text := l.Title
				if l.What != "" {
					text += ": " + l.What + "."
				}
				if l.Why != "" {
					text += " " + l.Why
				}
				blocks = append(blocks, &office.Para{Runs: []office.Run{{Text: text, Bold: true}}})
			}
		}
		table := &office.Table{Caption: t.Caption, Head: 1}
		head := office.Row{}
		for k, h := range t.Head {
			head.Cells = append(head.Cells, office.Cell{Text: h, Bold: true})
			w := 22.0
			if k == 0 {
				w = 70
			}
			table.Widths = append(table.Widths, w)
		}
		table.Rows = append(table.Rows, head)
		for _, row := range t.Rows {
			r := office.Row{}
			for _, c := range row {
				text := c.Text
				if c.Small != "" {
					text += "\n" + c.Small
				}
				r.Cells = append(r.Cells, office.Cell{Text: text, Bold: c.Bad})
			}
			table.Rows = append(table.Rows, r)
		}
		d.Sections = append(d.Sections, office.Section{Name: name(t.Caption), Landscape: len(t.Head) > 5, Blocks: append(blocks, table)})
	}
	return d
}

// name makes a heading fit for a sheet of a workbook.
func name(s string) string {
	r := []rune(s)
	return string(r[:min(len(r), 28)])
}
