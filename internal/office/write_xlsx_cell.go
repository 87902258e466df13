package office

import (
	"strconv"
	"strings"
)

// A bookCell is a cell being written. Rich are its runs where some letters look different from the others.
type bookCell struct {
	style int
	text  string
	rich  []bookRun
}

type bookRun struct {
	font xlsxFont
	text string
}

// value fills a cell, but for its style.
func (b *xlsxBook) value(runs []Run, look xlsxLook) (c bookCell, err error) {
	var whole strings.Builder
	rich := false
	for _, r := range runs {
		whole.WriteString(r.Text)
		rich = rich || r.Bold || r.Italic || r.Struck || r.Underline
	}
	if c.text, err = cellText(whole.String()); err != nil || !rich {
		return c, err
	}
	for _, r := range runs {
		t := cleanText(r.Text)
		if t == "" {
			continue
		}
		c.rich = append(c.rich, bookRun{xlsxFont{
			family: officeFont(b.l.Font), size: b.size(look.style, look.cell),
			bold: r.Bold || look.bold || look.head, italic: r.Italic, struck: r.Struck, underline: r.Underline,
		}, t})
	}
	return c, nil
}

// put writes a row from column col (from 0).
func (s *xlsxSheet) put(col int, cells []bookCell, height rowHeight) {
	if !s.dry {
		x := s.x
		x.raw(`<row`)
		x.intAttr("r", s.row)
		x.raw(` ht="`, decimal(height.whole()), `"`)
		if height.fixed {
			x.raw(` customHeight="1"`)
		}
		x.raw(`>`)
		for i := range cells {
			s.cell(cellName(col+i, s.row), &cells[i])
		}
		x.raw(`</row>`)
	}
	s.row++
	s.height += height.whole()
}

// cell writes a cell, its text in place: what is typed as text is never a formula.
func (s *xlsxSheet) cell(name string, c *bookCell) {
	x := s.x
	x.raw(`<c r="`, name, `"`)
	x.intAttr("s", c.style)
	if c.text == "" {
		x.raw(`/>`)
		return
	}
	x.raw(` t="inlineStr"><is>`)
	for _, r := range c.rich {
		x.raw(`<r><rPr>`)
		r.font.properties(x, "rFont")
		x.raw(`</rPr>`)
		s.words(r.text)
		x.raw(`</r>`)
	}
	if len(c.rich) == 0 {
		s.words(c.text)
	}
	x.raw(`</is></c>`)
}

// words writes text that keeps its spaces. «_x0041_» would be read as a letter, so its underscore is written as one.
func (s *xlsxSheet) words(text string) {
	if strings.TrimSpace(text) == text {
		s.x.raw(`<t>`)
	} else {
		s.x.raw(`<t xml:space="preserve">`)
	}
	from := 0
	for i := range len(text) {
		if isEscape(text[i:]) {
			s.x.text(text[from:i])
			s.x.raw(`_x005F`)
			from = i
		}
	}
	s.x.text(text[from:])
	s.x.raw(`</t>`)
}

// isEscape reports whether s begins as a workbook writes a character by its number: «_x000D_».
func isEscape(s string) bool {
	if len(s) < 7 || s[0] != '_' || s[1] != 'x' || s[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(s[2:6], 16, 16)
	return err == nil
}

// merge joins cells of the row that was put last with those rows above it.
func (s *xlsxSheet) merge(row, col, rows, cols int) {
	if rows*cols > 1 {
		s.merged = append(s.merged, cellName(col, row)+":"+cellName(col+cols-1, row+rows-1))
	}
}

// cellName names the cell of a column (from 0) and a row (from 1): «B7».
func cellName(col, row int) string { return columnName(col) + strconv.Itoa(row) }

func columnName(col int) string {
	name := ""
	for col++; col > 0; col = (col - 1) / 26 {
		name = string(rune('A'+(col-1)%26)) + name
	}
	return name
}
