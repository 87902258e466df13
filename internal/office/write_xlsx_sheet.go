package office

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// freezeHeight is the greatest height of what stands above a heading that is frozen, points: more would leave no room on a small screen.
const freezeHeight = 320

// An xlsxSheet is a sheet being written, from the top down. In a dry run nothing is written, rows and heights are counted.
type xlsxSheet struct {
	*xlsxBook
	x        *xmlWriter
	number   int // of the sheet, from 0
	name     string
	dry      bool
	widths   []float64 // of the columns, mm
	row      int       // next row, from 1
	height   float64   // of the rows so far, points
	merged   []string  // what is joined: «A1:B2»
	breaks   []int     // the rows after which a page ends
	pictures []xlsxPicture
}

// sheet writes section number (from 0).
func (b *xlsxBook) sheet(number int, name string, sec *Section) error {
	s := &xlsxSheet{xlsxBook: b, number: number, name: name, row: 1}
	width, _ := b.l.area(sec)
	var main *Table // the one table with a heading, when there is one
	heads := 0
	s.widths = []float64{width}
	for _, block := range sec.Blocks {
		t, ok := block.(*Table)
		if !ok || t.columns() == 0 {
			continue
		}
		if t.columns() > len(s.widths) {
			s.widths = b.rule.fitColumns(t, b.l.TableSize, width)
		}
		if t.Head > 0 && len(t.Rows) > t.Head {
			heads++
			main = t
		}
	}
	if heads != 1 {
		main = nil
	}
	var failed error
	err := b.xml("xl/worksheets/sheet"+strconv.Itoa(number+1)+".xml", func(x *xmlWriter) {
		s.x = x
		failed = s.write(sec, main)
	})
	if failed != nil {
		return failed
	}
	if err != nil {
		return err
	}
	if len(s.pictures) > 0 {
		return b.drawing(number, s.pictures)
	}
	return nil
}

// write writes the sheet's parts in the order of the format (ECMA-376 part 1, 18.3.1.99).
func (s *xlsxSheet) write(sec *Section, main *Table) error {
	x := s.x
	x.raw(`<worksheet xmlns="`, nsSheet, `" xmlns:r="`, nsRelationships, `"><sheetPr><pageSetUpPr fitToPage="true"/></sheetPr><sheetViews><sheetView`)
	if s.number == 0 {
		x.raw(` tabSelected="1"`)
	}
	x.raw(` workbookViewId="0">`)
	filter := ""
	if main != nil {
		var err error
		if filter, err = s.heading(sec, main); err != nil {
			return err
		}
	}
	x.raw(`</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>`)
	for i, w := range s.widths {
		x.raw(`<col`)
		x.intAttr("min", i+1)
		x.intAttr("max", i+1)
		x.raw(` width="`, decimal(columnChars(w)), `" customWidth="1"/>`)
	}
	x.raw(`</cols><sheetData>`)
	if err := s.blocks(sec, nil); err != nil {
		return err
	}
	x.raw(`</sheetData>`)
	if filter != "" {
		x.raw(`<autoFilter ref="`, filter, `"/>`)
	}
	if len(s.merged) > 0 {
		x.raw(`<mergeCells`)
		x.intAttr("count", len(s.merged))
		x.raw(`>`)
		for _, ref := range s.merged {
			x.raw(`<mergeCell ref="`, ref, `"/>`)
		}
		x.raw(`</mergeCells>`)
	}
	s.page(sec)
	if len(s.breaks) > 0 {
		x.raw(`<rowBreaks`)
		x.intAttr("count", len(s.breaks))
		x.intAttr("manualBreakCount", len(s.breaks))
		x.raw(`>`)
		for _, row := range s.breaks {
			x.raw(`<brk`)
			x.intAttr("id", row)
			x.raw(` max="16383" man="1"/>`)
		}
		x.raw(`</rowBreaks>`)
	}
	if len(s.pictures) > 0 {
		x.raw(`<drawing r:id="drawing"/>`)
	}
	x.raw(`</worksheet>`)
	return nil
}

// columnChars is a width in the unit of a workbook: digits of its default font (11 points: 7 pixels) and 5 pixels beside.
func columnChars(mm float64) float64 {
	return math.Round(max(mm/25.4*96-5, 7)/7*100) / 100
}

// heading freezes the heading of the sheet's table, has it printed on each page, and lets a table without groups be
// filtered: then it returns the cells of the filter.
func (s *xlsxSheet) heading(sec *Section, main *Table) (filter string, err error) {
	dry := *s
	dry.dry = true
	if err := dry.blocks(sec, main); err != nil {
		return "", err
	}
	first, last := dry.row, dry.row+main.Head-1
	head := *main
	head.Rows = main.Rows[:main.Head]
	height := dry.height
	for _, h := range s.heights(&head) {
		height += h.whole()
	}
	if height <= freezeHeight {
		s.x.raw(`<pane ySplit="`, strconv.Itoa(last), `" topLeftCell="`, cellName(0, last+1), `" activePane="bottomLeft" state="frozen"/>`)
	}
	quoted := "'" + strings.ReplaceAll(s.name, "'", "''") + "'!"
	s.names = append(s.names, xlsxName{sheet: s.number, name: "_xlnm.Print_Titles", ref: fmt.Sprintf("%s$%d:$%d", quoted, first, last)})
	for _, r := range main.Rows[main.Head:] {
		for _, c := range r.Cells {
			if c.Covered || c.RowSpan > 1 || c.ColSpan > 1 {
				return "", nil
			}
		}
	}
	// Excel itself keeps the cells of a filter under this name, too.
	column, end := columnName(main.columns()-1), dry.row+len(main.Rows)-1
	s.names = append(s.names, xlsxName{sheet: s.number, name: "_xlnm._FilterDatabase", ref: fmt.Sprintf("%s$A$%d:$%s$%d", quoted, last, column, end), hidden: true})
	return fmt.Sprintf("A%d:%s%d", last, column, end), nil
}

// page sets the sheet up for paper: A4, the margins of the layout, one page wide, its number at the top, but not on the
// first page of all.
func (s *xlsxSheet) page(sec *Section) {
	l, x := s.l, s.x
	inch := func(name string, mm float64) { x.raw(` `, name, `="`, decimal(mm/25.4), `"`) }
	x.raw(`<pageMargins`)
	inch("left", l.Left)
	inch("right", l.Right)
	inch("top", l.Top)
	inch("bottom", l.Bottom)
	inch("header", numberEdge(l))
	inch("footer", l.Bottom/2)
	orient := "portrait"
	if sec.Landscape {
		orient = "landscape"
	}
	x.raw(`/><pageSetup paperSize="9" fitToWidth="1" fitToHeight="0" orientation="`, orient, `"/><headerFooter`)
	if s.number == 0 {
		x.raw(` differentFirst="1"`)
	}
	x.raw(`><oddHeader>&amp;C&amp;12&amp;P</oddHeader>`)
	// «&» is doubled; what Excel does not hold (255 units) is cut, the whole note stands in the other formats.
	if note := strings.Join(strings.Fields(cleanText(l.FooterNote)), " "); note != "" {
		footer := cutUTF16("&L&8 "+strings.ReplaceAll(note, "&", "&&"), 255)
		if n := len(footer) - len(strings.TrimRight(footer, "&")); n%2 == 1 {
			footer = footer[:len(footer)-1]
		}
		for _, name := range []string{"oddFooter", "firstFooter"} {
			if name == "oddFooter" || s.number == 0 {
				x.raw(`<`, name, `>`)
				x.text(footer)
				x.raw(`</`, name, `>`)
			}
		}
	}
	x.raw(`</headerFooter>`)
}

// blocks writes the blocks of the section in their order, up to the table until when it is given.
func (s *xlsxSheet) blocks(sec *Section, until *Table) error {
	afterTable := false
	for _, block := range sec.Blocks {
		var err error
		switch b := block.(type) {
		case *Para:
			s.gap(afterTable)
			err = s.para(b, 0)
		case *Table:
			s.gap(afterTable)
			if b == until {
				if b.Caption != "" {
					err = s.para(P(Body, b.Caption), 0)
				}
				return err
			}
			err = s.table(b)
		case *Code:
			s.gap(afterTable)
			err = s.code(b)
		case *PageBreak:
			if s.row > 1 {
				s.breaks = append(s.breaks, s.row-1)
			}
		}
		if err != nil {
			return err
		}
		if _, ok := block.(*PageBreak); !ok {
			_, afterTable = block.(*Table)
		}
	}
	return nil
}

// gap leaves a row empty after a table, so that what follows is not taken for a row of it.
func (s *xlsxSheet) gap(afterTable bool) {
	if afterTable {
		s.row++
		s.height += 15
	}
}

// tableWidths are the widths of the sheet's columns under a table, mm.
func (s *xlsxSheet) tableWidths(t *Table) []float64 { return s.widths[:t.columns()] }
