package office

import (
	"bufio"
	"encoding/csv"
	"io"
	"strings"
)

// WriteCSV writes the rows of the document's tables, and nothing else of it, as Excel in Russia opens them: UTF-8 with a
// byte order mark, fields parted by «;», lines by CR LF. Tables follow one another with an empty line between them. A
// cell that covers others stands in its first place; the covered ones are empty.
//
// CSV has no types, so a program takes a cell that begins with =, +, -, @, a tab or a line end for a formula. Such a cell gets
// an apostrophe in front. A telephone «+7…» is no exception: a spreadsheet would reckon it.
func WriteCSV(w io.Writer, d *Doc) error {
	b := bufio.NewWriter(w)
	b.WriteString("\uFEFF")
	c := csv.NewWriter(b)
	c.Comma = ';'
	c.UseCRLF = true
	first := true
	for _, s := range d.Sections {
		for _, block := range s.Blocks {
			t, ok := block.(*Table)
			if !ok {
				continue
			}
			if !first {
				c.Flush()
				b.WriteString("\r\n")
			}
			first = false
			record := make([]string, t.columns())
			walk := newGridWalk(t)
			for i := range t.Rows {
				clear(record)
				for _, s := range walk.row(i) {
					if !s.above {
						record[s.col] = neutralFormula(cleanText(s.cell.String()))
					}
				}
				if err := c.Write(record); err != nil {
					return err
				}
			}
		}
	}
	c.Flush()
	if err := c.Error(); err != nil {
		return err
	}
	return b.Flush()
}

// neutralFormula puts an apostrophe before a text that a spreadsheet would take for a formula. White space before the sign does
// not hide it: some programs trim.
func neutralFormula(s string) string {
	if s == "" {
		return s
	}
	if t := strings.TrimLeft(s, " \u00A0"); t != "" && strings.ContainsRune("=+-@\t\n＝＋－＠", []rune(t)[0]) {
		return "'" + s
	}
	return s
}
