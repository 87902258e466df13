package office

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

// An xlsxLook is what a cell looks like.
type xlsxLook struct {
	style  Style // of a paragraph
	cell   bool  // of a table
	head   bool
	border bool
	bold   bool
	align  Align
	indent int  // steps
	free   bool // without the format «Text»
}

// style returns the number of a look in the workbook.
func (b *xlsxBook) style(k xlsxLook) (int, error) {
	if id, ok := b.styles[k]; ok {
		return id, nil
	}
	s := excelize.Style{
		Font:      &excelize.Font{Family: officeFont(b.l.Font), Size: b.size(k.style, k.cell), Bold: k.bold || k.head},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "top", Horizontal: "left", Indent: k.indent},
	}
	if !k.free {
		s.NumFmt = 49 // «Text»: a cell that an officer edits stays text
	}
	if k.style == Mono && !k.cell {
		s.Font.Family = monoFont
	}
	switch k.style {
	case Title, Heading1, Heading2:
		s.Font.Bold = true
		s.Alignment.Horizontal, s.Alignment.Vertical = "center", "center"
	}
	if k.head {
		s.Alignment.Horizontal, s.Alignment.Vertical = "center", "center"
	}
	switch k.align {
	case Left, Center, Right:
		s.Alignment.Horizontal = string(k.align)
	case Justify:
		s.Alignment.Horizontal = "justify"
	}
	if k.border {
		for _, side := range []string{"left", "top", "right", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: "000000", Style: 1})
		}
	}
	id, err := b.f.NewStyle(&s)
	if err != nil {
		return 0, err
	}
	b.styles[k] = id
	return id, nil
}

// size is the size of letters: a sheet is read on a screen, so its running text is as large as its tables.
func (b *xlsxBook) size(style Style, cell bool) float64 {
	l := b.l
	switch {
	case cell:
		return l.TableSize
	case style == Title:
		return min(l.Size, l.TableSize+2)
	case style == Small:
		return min(smallSize, l.TableSize)
	case style == Mono:
		return min(monoSize, l.TableSize)
	}
	return l.TableSize
}

// value is what a cell holds: a text, or runs where some letters look different from the others.
func (b *xlsxBook) value(runs []Run, look xlsxLook) (any, string, error) {
	var whole strings.Builder
	rich := false
	for _, r := range runs {
		whole.WriteString(r.Text)
		rich = rich || r.Bold || r.Italic || r.Struck || r.Underline
	}
	text, err := cellText(whole.String())
	if err != nil || !rich {
		return text, text, err
	}
	out := make([]excelize.RichTextRun, 0, len(runs))
	for _, r := range runs {
		t := cleanText(r.Text)
		if t == "" {
			continue
		}
		font := &excelize.Font{
			Family: officeFont(b.l.Font), Size: b.size(look.style, look.cell),
			Bold: r.Bold || look.bold || look.head, Italic: r.Italic, Strike: r.Struck,
		}
		if r.Underline {
			font.Underline = "single"
		}
		out = append(out, excelize.RichTextRun{Text: t, Font: font})
	}
	return out, text, nil
}
